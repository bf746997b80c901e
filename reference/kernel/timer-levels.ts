/**
 * The timer wheel without cascading.
 *
 * Nine levels of 64 buckets, each level eight times coarser than the one below. A timer is rounded up
 * to the granularity of the level that reaches its expiry and stays there until it fires: late by at
 * most one bucket, never early. Most timers are deleted before they fire, and cascading them on the way
 * was wasted work.
 *
 * The wheel's own clock stands still while nothing is due and is forwarded when a timer is placed, so
 * that the distance to an expiry is not overrated.
 *
 * Source: Linux 6.18, kernel/time/timer.c. Left out: deferrable and per-processor bases; the shortcut
 * for a timer that keeps its bucket while that bucket is being run, by which it could fire early.
 */
import { timeAfter, timeAfterEq, timeBefore, type Jiffies } from './jiffies.ts';
import { attachTimer, detachTimer, type Slot, type TimerBase, type TimerList } from './timer.ts';

const LVL_CLK_SHIFT = 3;
const LVL_SIZE = 64;
/** Nine where HZ is above 100. */
const LVL_DEPTH = 9;

/** Granularity of a level, in ticks. */
const granularity = (level: number) => 2 ** (level * LVL_CLK_SHIFT);

/** A timer at least so many ticks ahead belongs to this level or above. @kernel LVL_START */
const levelStart = (level: number) => (LVL_SIZE - 1) * granularity(level - 1);

const WHEEL_TIMEOUT_CUTOFF = levelStart(LVL_DEPTH);
const WHEEL_TIMEOUT_MAX = WHEEL_TIMEOUT_CUTOFF - granularity(LVL_DEPTH - 1);

/** When the wheel looks again although nothing is pending. */
const NEXT_TIMER_MAX_DELTA = 2 ** 30 - 1;

/** Where a timer is to wait. */
interface Place {
  readonly level: number;
  readonly index: number;
  /** The jiffy at which the bucket's turn comes. */
  readonly expiry: number;
}

/** @kernel struct timer_base */
export class TimerLevels implements TimerBase {
  readonly clock: Jiffies;
  #clk: number;
  #nextExpiry: number;
  readonly #levels: Slot[][] = Array.from({ length: LVL_DEPTH }, () =>
    Array.from({ length: LVL_SIZE }, (): Slot => new Set()),
  );

  /** @kernel init_timer_cpu */
  constructor(clock: Jiffies) {
    this.clock = clock;
    this.#clk = clock.jiffies;
    this.#nextExpiry = (this.#clk + NEXT_TIMER_MAX_DELTA) >>> 0;
  }

  place(timer: TimerList): void {
    this.#forward();
    const { level, index, expiry } = this.#placeFor(timer.expires);
    const bucket = this.#bucket(level, index);
    // One that stays in its bucket keeps its turn there.
    if (timer.entry === bucket) return;
    detachTimer(timer);
    attachTimer(timer, bucket);
    if (timeBefore(expiry, this.#nextExpiry)) this.#nextExpiry = expiry;
  }

  run(): void {
    const { clock } = this;
    while (timeAfterEq(clock.jiffies, this.#clk) && timeAfterEq(clock.jiffies, this.#nextExpiry)) {
      this.#clk = this.#nextExpiry;
      const expired = this.#collectExpired();
      // One ahead of the tick that is run, so that a timer started for now waits for the next tick.
      this.#clk = (this.#clk + 1) >>> 0;
      this.#nextExpiry = this.#firstExpiry();
      for (const bucket of expired.reverse()) callTimers(bucket);
    }
  }

  ticksToWork(): number {
    return Math.max(1, (this.#nextExpiry - this.clock.jiffies) | 0);
  }

  #bucket(level: number, index: number): Slot {
    return this.#levels[level]?.[index] as Slot;
  }

  /** @kernel forward_timer_base */
  #forward(): void {
    const { jiffies } = this.clock;
    if (!timeAfter(jiffies, this.#clk)) return;
    this.#clk = timeAfter(this.#nextExpiry, jiffies) ? jiffies : this.#nextExpiry;
  }

  /** @kernel calc_wheel_index */
  #placeFor(expires: number): Place {
    const ahead = (expires - this.#clk) >>> 0;
    if (ahead >= 2 ** 31) return { level: 0, index: this.#clk % LVL_SIZE, expiry: this.#clk };
    const beyond = ahead >= WHEEL_TIMEOUT_CUTOFF;
    const within = beyond ? (this.#clk + WHEEL_TIMEOUT_MAX) >>> 0 : expires;
    let level = 0;
    while (level < LVL_DEPTH - 1 && ahead >= levelStart(level + 1)) level += 1;
    return roundedUp(within, level);
  }

  /** Takes away the buckets whose turn it is, finest first. @kernel collect_expired_timers */
  #collectExpired(): Slot[] {
    const expired: Slot[] = [];
    for (const [level, buckets] of this.#levels.entries()) {
      if (this.#clk % granularity(level) !== 0) break;
      const index = Math.floor(this.#clk / granularity(level)) % LVL_SIZE;
      expired.push(this.#bucket(level, index));
      buckets[index] = new Set();
    }
    return expired;
  }

  /** The first turn of a bucket with timers. @kernel timer_recalc_next_expiry */
  #firstExpiry(): number {
    let away = NEXT_TIMER_MAX_DELTA;
    for (const [level, buckets] of this.#levels.entries()) {
      const turn = Math.ceil(this.#clk / granularity(level));
      // The coarser the level, the farther its first turn.
      if (turn * granularity(level) - this.#clk >= away) break;
      const at = buckets.findIndex((_, next) => this.#bucket(level, (turn + next) % LVL_SIZE).size);
      if (at >= 0) away = Math.min(away, (turn + at) * granularity(level) - this.#clk);
    }
    return (this.#clk + away) >>> 0;
  }
}

/** Up to the next bucket even where it divides, since the present tick is partly over. @kernel calc_index */
function roundedUp(expires: number, level: number): Place {
  const turn = Math.floor(expires / granularity(level)) + 1;
  return { level, index: turn % LVL_SIZE, expiry: (turn * granularity(level)) >>> 0 };
}

/** The latest arrival first: a bucket is a list to whose head timers are added. @kernel expire_timers */
function callTimers(bucket: Slot): void {
  for (const timer of [...bucket].reverse()) {
    // A function may have deleted or moved one that waited behind it.
    if (timer.entry !== bucket) continue;
    detachTimer(timer);
    timer.function();
  }
}
