/** Faults of the cascading timer wheel. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/timer-wheel';
const statement = 'CLK-08';

const CALLS = `            for (const timer of due) {
                detachTimer(timer);
                timer.function();
            }`;

const NEXT_TICK = `            this.#advance(1);`;

const COARSER = `for (const vector of this.#vectors.slice(1)) {`;

const CASCADED = `for (const timer of emptied(vector, this.#timerJiffies))`;

const AHEAD = `const ahead = (timer.expires - this.#timerJiffies) >>> 0;`;

const IN_REACH = `ahead < reach`;

const PAST = `attachTimer(timer, slotOf(this.#root, this.#timerJiffies));`;

export const TIMER_WHEEL: readonly Mutant[] = [
  {
    id: 'whl-pending-while-it-runs',
    statement,
    file,
    find: CALLS,
    replace: CALLS.replace(
      /( +detachTimer\(timer\);\n)( +timer\.function\(\);\n)/,
      (_, detach: string, call: string) => call + detach,
    ),
    does: 'Takes a timer off the wheel behind the call of its function, which so cannot start it again.',
  },
  {
    id: 'whl-fires-what-was-deleted',
    statement,
    file,
    find: `for (const timer of due) {`,
    replace: `for (const timer of [...due]) {`,
    does: 'Calls every timer of a tick, also one that a function has deleted or moved meanwhile.',
  },
  {
    id: 'whl-last-added-first',
    statement,
    file,
    find: `for (const timer of due) {`,
    replace: `for (const timer of [...due].reverse().filter(({ entry }) => entry === due)) {`,
    does: 'Calls the timers of one tick in the opposite order.',
  },
  {
    id: 'whl-one-timer-a-tick',
    statement,
    file,
    find: CALLS,
    replace: CALLS.replace('timer.function();', 'timer.function();\n                break;'),
    does: 'Calls one timer of a tick and forgets the others.',
  },
  {
    id: 'whl-now-is-this-tick',
    statement,
    file,
    find: `${NEXT_TICK}
${CALLS}`,
    replace: `${CALLS}
${NEXT_TICK}`,
    does: 'Counts a tick as run only behind its timers, so one that is started for now comes a turn later.',
  },
  {
    id: 'whl-past-waits-for-its-slot',
    statement,
    file,
    find: PAST,
    replace: `attachTimer(timer, slotOf(this.#root, timer.expires));`,
    does: 'Puts a timer that is past into the slot of its time, where its turn comes later.',
  },
  {
    id: 'whl-past-is-dropped',
    statement,
    file,
    find: PAST,
    replace: `return;`,
    does: 'Drops a timer whose time is past.',
  },
  {
    id: 'whl-past-is-far-future',
    statement,
    file,
    find: `Math.min(2 ** (shift + bits), 2 ** 31)`,
    replace: `2 ** (shift + bits)`,
    does: 'Takes a time in the past for one that is almost 2^32 ticks away.',
  },
  {
    id: 'whl-distance-not-wrapped',
    statement,
    file,
    find: AHEAD,
    replace: `const ahead = timer.expires - this.#timerJiffies;`,
    does: 'Subtracts without regard to the wrap, so what lies behind it fires early.',
  },
  {
    id: 'whl-last-slot-is-the-present-one',
    statement,
    file,
    find: IN_REACH,
    replace: `ahead <= reach`,
    does: 'Puts a timer just one turn away into the slot of the present tick.',
  },
  {
    id: 'whl-second-vector-too-coarse',
    statement,
    file,
    find: `ROOT_BITS + (which - 1) * VECTOR_BITS`,
    replace: `ROOT_BITS + which * VECTOR_BITS`,
    does: 'Lets a slot of the second vector stand for 2^14 ticks.',
  },
  {
    id: 'whl-no-cascade',
    statement,
    file,
    find: COARSER,
    replace: `for (const vector of []) {`,
    does: 'Never empties the coarser slots, so nothing beyond 256 ticks fires.',
  },
  {
    id: 'whl-cascades-the-second-only',
    statement,
    file,
    find: COARSER,
    replace: `for (const vector of this.#vectors.slice(1, 2)) {`,
    does: 'Empties slots of the second vector only, so nothing beyond 2^14 ticks fires.',
  },
  {
    id: 'whl-cascades-no-fifth',
    statement,
    file,
    find: COARSER,
    replace: `for (const vector of this.#vectors.slice(1, 4)) {`,
    does: 'Never empties the slots of the last vector, so nothing beyond 2^26 ticks fires.',
  },
  {
    id: 'whl-fires-instead-of-cascading',
    statement,
    file,
    find: CASCADED,
    replace: `for (const timer of [...emptied(vector, this.#timerJiffies)].map((early) => ({
                ...early,
                expires: this.#timerJiffies,
                function: () => (detachTimer(early), early.function()),
            })))`,
    does: 'Fires the timers of a coarser slot when its turn comes, early.',
  },
  {
    id: 'whl-cascade-reverses',
    statement,
    file,
    find: CASCADED,
    replace: `for (const timer of [...emptied(vector, this.#timerJiffies)].reverse())`,
    does: 'Turns the order of timers round when it empties a coarser slot.',
  },
  {
    id: 'whl-missed-ticks-lost',
    statement,
    file,
    find: `Math.min(behind, this.#idleTicks())`,
    replace: `behind`,
    does: 'Runs the present tick only, so the timers of missed ticks are lost.',
  },
  {
    id: 'whl-jiffies-read-once',
    statement,
    file,
    find: `        for (;;) {
            const behind = (this.clock.jiffies - this.#timerJiffies) | 0;`,
    replace: `        const { jiffies } = this.clock;
        for (;;) {
            const behind = (jiffies - this.#timerJiffies) | 0;`,
    does: 'Reads jiffies once, so what becomes due while a function computes waits for the next tick.',
  },
];
