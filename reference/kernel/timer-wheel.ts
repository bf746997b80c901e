/**
 * The cascading timer wheel.
 *
 * Five vectors of slots. The first has a slot for each of the next 256 ticks, a slot of the second
 * stands for 256 ticks, of the third for 2^14 and so on: each turns once while the next moves by one
 * slot. A timer waits in the finest vector that reaches its expiry. When a vector has turned, the next
 * slot of the coarser one is emptied into the finer ones (cascade), so that a timer fires at its very
 * tick. Adding, moving and deleting take the same time however many timers there are.
 *
 * Invariant: before tick `timerJiffies` is run, every timer that is due at it is in the first vector.
 *
 * Source: Linux 2.6.11, kernel/timer.c. Left out: expiries of 64 bits, which are cut to 2^32 - 1 ahead.
 */
import type { Jiffies } from './jiffies.ts';
import { attachTimer, detachTimer, type Slot, type TimerBase, type TimerList } from './timer.ts';

const ROOT_BITS = 8;
const VECTOR_BITS = 6;

/** One of tv1 to tv5. */
interface Vector {
  /** Each slot stands for 2^shift ticks. */
  readonly shift: number;
  /** A timer less than so many ticks ahead has its place here or in a finer vector. */
  readonly reach: number;
  readonly slots: Slot[];
}

function newVectors(): Vector[] {
  return [0, 1, 2, 3, 4].map((which) => {
    const shift = which === 0 ? 0 : ROOT_BITS + (which - 1) * VECTOR_BITS;
    const bits = which === 0 ? ROOT_BITS : VECTOR_BITS;
    // The last has twice the slots that it needs: what is 2^31 ticks ahead counts as past.
    const reach = Math.min(2 ** (shift + bits), 2 ** 31);
    return { shift, reach, slots: Array.from({ length: 2 ** bits }, (): Slot => new Set()) };
  });
}

/** The slot of a vector in which a tick has its place. */
function indexOf({ shift, slots }: Vector, tick: number): number {
  return (tick >>> shift) & (slots.length - 1);
}

function slotOf(vector: Vector, tick: number): Slot {
  return vector.slots[indexOf(vector, tick)] as Slot;
}

/** Takes a slot's timers away from the wheel; they stay together. */
function emptied(vector: Vector, tick: number): Slot {
  const slot = slotOf(vector, tick);
  vector.slots[indexOf(vector, tick)] = new Set();
  return slot;
}

/** Ticks until a slot of a vector has its turn: one has, at every multiple of its span. */
function untilTurn({ shift }: Vector, tick: number): number {
  return (-tick >>> 0) % 2 ** shift;
}

/** How many slots on from that of a tick the first is that has a timer; Infinity: none has. */
function slotsToTimer({ shift, slots }: Vector, tick: number): number {
  const first = Math.floor(tick / 2 ** shift);
  const away = slots.findIndex((_, at) => (slots[(first + at) % slots.length] as Slot).size > 0);
  return away < 0 ? Infinity : away;
}

/** @kernel tvec_base_t */
export class TimerWheel implements TimerBase {
  readonly clock: Jiffies;
  /** The next tick to run. */
  #timerJiffies: number;
  readonly #vectors = newVectors();

  /** @kernel init_timers_cpu */
  constructor(clock: Jiffies) {
    this.clock = clock;
    this.#timerJiffies = clock.jiffies;
  }

  /** @kernel internal_add_timer */
  place(timer: TimerList): void {
    detachTimer(timer);
    const ahead = (timer.expires - this.#timerJiffies) >>> 0;
    const vector = this.#vectors.find(({ reach }) => ahead < reach);
    // What is past fires at the next tick that is run.
    if (vector === undefined) attachTimer(timer, slotOf(this.#root, this.#timerJiffies));
    else attachTimer(timer, slotOf(vector, timer.expires));
  }

  /** Jiffies is read again each time, since ticks may come while a function computes. */
  run(): void {
    for (;;) {
      const behind = (this.clock.jiffies - this.#timerJiffies) | 0;
      if (behind < 0) return;
      if (behind > 0) this.#advance(Math.min(behind, this.#idleTicks()));
      this.#cascade();
      const due = emptied(this.#root, this.#timerJiffies);
      // Before the functions are called: one that starts a timer for now is to wait for the next tick.
      this.#advance(1);
      for (const timer of due) {
        detachTimer(timer);
        timer.function();
      }
    }
  }

  ticksToWork(): number {
    const next = (this.#timerJiffies - this.clock.jiffies) | 0;
    return Math.max(1, next + this.#idleTicks());
  }

  get #root(): Vector {
    return this.#vectors[0] as Vector;
  }

  /** Empties the coarser slots whose turn it is: the next vector's when one has turned, and so on. */
  #cascade(): void {
    for (const vector of this.#vectors.slice(1)) {
      if (this.#timerJiffies % 2 ** vector.shift !== 0) return;
      for (const timer of emptied(vector, this.#timerJiffies)) this.place(timer);
    }
  }

  #advance(ticks: number): void {
    this.#timerJiffies = (this.#timerJiffies + ticks) >>> 0;
  }

  /** On how many ticks from the next one on no timer fires and no slot is emptied; Infinity: on all. */
  #idleTicks(): number {
    let idle = Infinity;
    for (const vector of this.#vectors) {
      const turn = untilTurn(vector, this.#timerJiffies);
      if (turn >= idle) break;
      idle = Math.min(
        idle,
        turn + slotsToTimer(vector, this.#timerJiffies + turn) * 2 ** vector.shift,
      );
    }
    return idle;
  }
}
