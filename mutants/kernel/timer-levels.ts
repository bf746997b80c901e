/** Faults of the timer wheel without cascading. */
import type { Mutant } from '../mutant.ts';

const common = { statement: 'CLK-08', file: 'kernel/timer-levels', profile: 'linux-6' } as const;

const TURN = `const turn = Math.floor(expires / granularity(level)) + 1;`;

export const TIMER_LEVELS: readonly Mutant[] = [
  {
    ...common,
    id: 'lvl-rounded-down',
    find: TURN,
    replace: `const turn = Math.floor(expires / granularity(level));`,
    does: 'Rounds an expiry down to its bucket, so timers are early.',
  },
  {
    ...common,
    id: 'lvl-rounded-up-to-itself',
    find: TURN,
    replace: `const turn = Math.ceil(expires / granularity(level));`,
    does: 'Leaves an expiry that divides by the granularity as it is.',
  },
  {
    ...common,
    id: 'lvl-levels-begin-at-64',
    find: `(LVL_SIZE - 1) * granularity(level - 1)`,
    replace: `LVL_SIZE * granularity(level - 1)`,
    does: 'Lets a level reach 64 buckets ahead instead of 63.',
  },
  {
    ...common,
    id: 'lvl-levels-four-times-coarser',
    find: `const LVL_CLK_SHIFT = 3;`,
    replace: `const LVL_CLK_SHIFT = 2;`,
    does: 'Makes each level four times coarser than the one below instead of eight times.',
  },
  {
    ...common,
    id: 'lvl-eight-levels',
    find: `const LVL_DEPTH = 9;`,
    replace: `const LVL_DEPTH = 8;`,
    does: 'Has eight levels, as at HZ 100.',
  },
  {
    ...common,
    id: 'lvl-no-cutoff',
    find: `const beyond = ahead >= WHEEL_TIMEOUT_CUTOFF;`,
    replace: `const beyond = false;`,
    does: 'Lets a timer beyond the last level wrap round into a bucket that comes too early.',
  },
  {
    ...common,
    id: 'lvl-clock-not-forwarded',
    find: `        this.#clk = timeAfter(this.#nextExpiry, jiffies) ? jiffies : this.#nextExpiry;`,
    replace: ``,
    does: 'Counts the distance from the last tick at which something was due.',
  },
  {
    ...common,
    id: 'lvl-now-is-this-tick',
    find: `this.#clk = (this.#clk + 1) >>> 0;`,
    replace: ``,
    does: 'Lets a timer that is started for now fire in the tick that is run.',
  },
  {
    ...common,
    id: 'lvl-first-added-first',
    find: `for (const timer of [...bucket].reverse()) {`,
    replace: `for (const timer of [...bucket]) {`,
    does: 'Calls the timers of a bucket in the order in which they were added.',
  },
  {
    ...common,
    id: 'lvl-finest-first',
    find: `for (const bucket of expired.reverse())`,
    replace: `for (const bucket of expired)`,
    does: 'Calls the timers of the finer levels first.',
  },
  {
    ...common,
    id: 'lvl-modified-in-bucket-moves',
    find: `        if (timer.entry === bucket)
            return;`,
    replace: ``,
    does: 'Moves a timer to the head of its bucket when it is modified within it.',
  },
  {
    ...common,
    id: 'lvl-fires-what-was-deleted',
    find: `        if (timer.entry !== bucket)
            continue;`,
    replace: ``,
    does: 'Calls every timer of a bucket, also one that a function has deleted meanwhile.',
  },
  {
    ...common,
    id: 'lvl-pending-while-it-runs',
    find: `        detachTimer(timer);
        timer.function();`,
    replace: `        timer.function();
        detachTimer(timer);`,
    does: 'Takes a timer off the wheel behind the call of its function, which so cannot start it again.',
  },
];
