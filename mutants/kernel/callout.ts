/** Faults of callouts, hardclock and softclock. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/callout';

const WALK = `while (place.next !== null && time > place.next.time) {`;

const DUE = `    if (!countDown(callouts))
        return;`;

const WHO = `    if (basePriority)
        softclock.call();
    else
        softclock.request();`;

const COUNTED = `        due = true;
        if (callout.time === 0)
            return due;`;

const CALL = `        callouts.next = due.next;
        callouts.free += 1;
        due.function(due.argument);`;

export const CALLOUT: readonly Mutant[] = [
  {
    id: 'clo-first-asked-first-called',
    statement: 'CLK-08',
    file,
    profile: 'bsd-4.4',
    find: WALK,
    replace: `while (place.next !== null && time >= place.next.time) {`,
    does: 'Calls the functions of one tick in the order in which they were asked for.',
  },
  {
    id: 'clo-zero-is-now',
    statement: 'CLK-08',
    file,
    find: `let time = Math.max(ticks, 1);`,
    replace: `let time = ticks;`,
    does: 'Takes 0 ticks for now, so a function that asks for itself again keeps softclock busy for ever.',
  },
  {
    id: 'clo-appended',
    statement: 'CLK-08',
    file,
    find: WALK,
    replace: `while (place.next !== null) {`,
    does: 'Appends a callout to the list, whatever its time.',
  },
  {
    id: 'clo-successor-keeps-its-difference',
    statement: 'CLK-08',
    file,
    find: `    if (next !== null)
        next.time -= time;`,
    replace: ``,
    does: 'Inserts a callout without taking its time off the one behind it, which so comes late.',
  },
  {
    id: 'clo-times-not-relative',
    statement: 'CLK-08',
    alsoBreaks: ['CLK-05'],
    file,
    find: `time -= Math.max(place.next.time, 0);`,
    replace: ``,
    does: 'Keeps the whole time instead of the difference to the one before, so the later ones come late.',
  },
  {
    id: 'clo-overdue-delays-newcomers',
    statement: 'CLK-08',
    file,
    find: `time -= Math.max(place.next.time, 0);`,
    replace: `time -= place.next.time;`,
    does: 'Adds what others are overdue to the time of a newcomer.',
  },
  {
    id: 'clo-untimeout-loses-the-difference',
    statement: 'CLK-08',
    file,
    find: `gone.next.time += Math.max(gone.time, 0);`,
    replace: `gone.next.time += 0;`,
    does: 'Takes a callout back without adding its time to the one behind it, which so comes early.',
  },
  {
    id: 'clo-untimeout-adds-what-is-overdue',
    statement: 'CLK-08',
    file,
    find: `gone.next.time += Math.max(gone.time, 0);`,
    replace: `gone.next.time += gone.time;`,
    does: 'Adds a negative time too, so the one behind an overdue callout comes early.',
  },
  {
    id: 'clo-untimeout-ignores-the-argument',
    statement: 'CLK-08',
    file,
    find: `callout.function === func && callout.argument === argument`,
    replace: `callout.function === func`,
    does: 'Takes back the first call of a function, whatever its argument.',
  },
  {
    id: 'clo-untimeout-ignores-the-function',
    statement: 'CLK-08',
    file,
    find: `callout.function === func && callout.argument === argument`,
    replace: `callout.argument === argument`,
    does: 'Takes back the first call with an argument, whatever its function.',
  },
  {
    id: 'clo-untimeout-takes-all',
    statement: 'CLK-08',
    file,
    find: `    place.next = gone.next;
    callouts.free += 1;`,
    replace: `    place.next = gone.next;
    callouts.free += 1;
    untimeout(callouts, func, argument);`,
    does: 'Takes back every call that matches.',
  },
  {
    id: 'clo-untimeout-leaks',
    statement: 'CLK-08',
    file,
    find: `    place.next = gone.next;
    callouts.free += 1;`,
    replace: `    place.next = gone.next;`,
    does: 'Does not give a callout that was taken back to the free ones.',
  },
  {
    id: 'clo-never-full',
    statement: 'CLK-08',
    file,
    find: `if (callouts.free === 0)`,
    replace: `if (false)`,
    does: 'Finds room for any number of callouts.',
  },
  {
    id: 'clo-freed-after-the-call',
    statement: 'CLK-08',
    file,
    find: CALL,
    replace: `        callouts.next = due.next;
        due.function(due.argument);
        callouts.free += 1;`,
    does: 'Frees a callout behind the call of its function, which so finds a full table full.',
  },
  {
    id: 'clo-stays-in-the-list',
    statement: 'CLK-08',
    file,
    find: CALL,
    replace: `        due.function(due.argument);
        callouts.next = due.next;
        callouts.free += 1;`,
    does: 'Takes a callout off the list behind its call, and with it what the function put before it.',
  },
  {
    id: 'clo-argument-lost',
    statement: 'CLK-08',
    file,
    find: `due.function(due.argument);`,
    replace: `due.function(0);`,
    does: 'Hands every function the argument 0.',
  },
  {
    id: 'clo-one-a-softclock',
    statement: 'CLK-08',
    file,
    find: `for (let due = callouts.next; due !== null && due.time <= 0; due = callouts.next) {`,
    replace: `for (let due = callouts.next; due !== null && due.time <= 0; due = null) {`,
    does: 'Calls one function a softclock, however many are due.',
  },
  {
    id: 'clo-overdue-stops-the-count',
    statement: 'CLK-08',
    file,
    find: COUNTED,
    replace: `        due = true;
        return due;`,
    does: 'Counts only the first callout down, so while it is overdue the others stand still.',
  },
  {
    id: 'clo-softclock-at-every-tick',
    statement: 'CLK-05',
    alsoBreaks: ['CLK-08'],
    file,
    find: DUE,
    replace: `    countDown(callouts);`,
    does: 'Asks for softclock at every tick.',
  },
  {
    id: 'clo-softclock-while-anything-waits',
    statement: 'CLK-05',
    alsoBreaks: ['CLK-08'],
    file,
    find: DUE,
    replace: `    countDown(callouts);
    if (callouts.next === null)
        return;`,
    does: 'Asks for softclock at every tick while a function waits, due or not.',
  },
  {
    id: 'clo-softclock-a-tick-late',
    statement: 'CLK-05',
    alsoBreaks: ['CLK-08'],
    file,
    find: COUNTED,
    replace: `        if (callout.time === 0)
            return due;
        due = true;`,
    does: 'Asks for softclock at the tick behind the one at which a function is due.',
  },
  {
    id: 'clo-softclock-asked-for-once',
    statement: 'CLK-05',
    alsoBreaks: ['CLK-08'],
    file,
    find: COUNTED,
    replace: `        if (callout.time === 0)
            return true;`,
    does: 'Asks for softclock at the very tick at which a function is due, and no more while it is overdue.',
  },
  {
    id: 'clo-softclock-never-at-once',
    statement: 'CLK-05',
    alsoBreaks: ['CLK-08'],
    file,
    find: WHO,
    replace: `    softclock.request();`,
    does: 'Asks for a software interrupt although the clock interrupted base priority.',
  },
  {
    id: 'clo-softclock-always-at-once',
    statement: 'CLK-05',
    alsoBreaks: ['CLK-08'],
    file,
    find: WHO,
    replace: `    softclock.call();`,
    does: 'Runs softclock inside hardclock although the priority is raised.',
  },
];
