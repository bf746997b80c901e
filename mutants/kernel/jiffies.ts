/** Faults of the clock and of jiffies. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/jiffies';

const PHASE = `clock.phase += nanoseconds * clock.hz;`;

const TICKS = `    while (clock.phase >= NSEC_PER_SEC) {
        clock.phase -= NSEC_PER_SEC;
        interrupt();
    }`;

const COUNT = `counter.jiffies = (counter.jiffies + 1) >>> 0;`;

const FIRST = `return (-300 * hz) >>> 0;`;

const AFTER = `return ((b - a) | 0) < 0;`;

const AFTER_EQ = `return ((a - b) | 0) >= 0;`;

export const JIFFIES: readonly Mutant[] = [
  {
    id: 'clk-ticks-at-the-start',
    statement: 'CLK-01',
    alsoBreaks: ['CLK-02'],
    file,
    find: `while (clock.phase >= NSEC_PER_SEC) {`,
    replace: `while (clock.phase > 0) {`,
    does: 'Counts a tick when it begins instead of when it is over.',
  },
  {
    id: 'clk-rest-forgotten',
    statement: 'CLK-01',
    file,
    find: TICKS,
    replace: `${TICKS}
    clock.phase = 0;`,
    does: 'Forgets what has passed of the present tick each time that it looks at the clock.',
  },
  {
    id: 'clk-one-tick-at-a-time',
    statement: 'CLK-01',
    alsoBreaks: ['CLK-02', 'KRN-03'],
    file,
    find: `while (clock.phase >= NSEC_PER_SEC) {`,
    replace: `if (clock.phase >= NSEC_PER_SEC) {`,
    does: 'Counts one tick however many have come.',
  },
  {
    id: 'clk-hz-always-100',
    statement: 'CLK-01',
    alsoBreaks: ['CLK-02'],
    file,
    find: PHASE,
    replace: `clock.phase += nanoseconds * 100;`,
    does: 'Ticks 100 times a second, whatever HZ is.',
  },
  {
    id: 'clk-whole-milliseconds',
    statement: 'CLK-01',
    alsoBreaks: ['CLK-02'],
    file,
    find: PHASE,
    replace: `clock.phase += Math.round(nanoseconds / 1e6) * 1e6 * clock.hz;`,
    does: 'Rounds the time that passes to milliseconds.',
  },
  {
    id: 'clk-tick-cut-to-nanoseconds',
    statement: 'CLK-01',
    file,
    find: TICKS,
    replace: TICKS.replaceAll('NSEC_PER_SEC', 'Math.floor(NSEC_PER_SEC / clock.hz) * clock.hz'),
    does: 'Cuts a tick to whole nanoseconds, so that it is early where HZ does not divide them.',
  },
  {
    id: 'jif-counts-in-twos',
    statement: 'CLK-02',
    file,
    find: COUNT,
    replace: `counter.jiffies = (counter.jiffies + 2) >>> 0;`,
    does: 'Adds two to jiffies at each tick.',
  },
  {
    id: 'jif-does-not-wrap',
    statement: 'CLK-02',
    file,
    find: COUNT,
    replace: `counter.jiffies += 1;`,
    does: 'Lets jiffies grow beyond 32 bits.',
  },
  {
    id: 'jif-of-31-bits',
    statement: 'CLK-02',
    file,
    find: COUNT,
    replace: `counter.jiffies = (counter.jiffies + 1) & 0x7fffffff;`,
    does: 'Lets jiffies wrap at 2^31, as a signed number would.',
  },
  {
    id: 'jif-stops-at-the-end',
    statement: 'CLK-02',
    file,
    find: COUNT,
    replace: `counter.jiffies = Math.min(counter.jiffies + 1, 0xffffffff);`,
    does: 'Lets jiffies stay at its highest value.',
  },
  {
    id: 'jif-begins-at-0',
    statement: 'CLK-02',
    file,
    find: FIRST,
    replace: `return 0 * hz;`,
    does: 'Lets jiffies begin at 0.',
  },
  {
    id: 'jif-begins-300-ticks-before',
    statement: 'CLK-02',
    file,
    find: FIRST,
    replace: `return (-300 - 0 * hz) >>> 0;`,
    does: 'Lets jiffies begin 300 ticks before its wrap, not 300 seconds.',
  },
  {
    id: 'jif-compared-as-numbers',
    statement: 'CLK-02',
    file,
    find: AFTER,
    replace: `return a > b;`,
    does: 'Takes the greater number for the later one, which is wrong across the wrap.',
  },
  {
    id: 'jif-after-means-not-before',
    statement: 'CLK-02',
    file,
    find: AFTER,
    replace: `return ((b - a) | 0) <= 0;`,
    does: 'Says that a value is after itself.',
  },
  {
    id: 'jif-half-is-not-after',
    statement: 'CLK-02',
    file,
    find: AFTER,
    replace: `return ((a - b) | 0) > 0;`,
    does: 'Says of two values half the range apart that neither is after the other.',
  },
  {
    id: 'jif-after-eq-means-after',
    statement: 'CLK-02',
    file,
    find: AFTER_EQ,
    replace: `return ((a - b) | 0) > 0;`,
    does: 'Says of a value that it is not after or equal to itself.',
  },
  {
    id: 'jif-before-is-after',
    statement: 'CLK-02',
    file,
    find: `return timeAfter(b, a);`,
    replace: `return timeAfter(a, b);`,
    does: 'Says before where it should say after.',
  },
];
