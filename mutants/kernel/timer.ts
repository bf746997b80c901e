/** Faults in what can be done to a kernel timer. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/timer';
const statement = 'CLK-08';

const CHANGED = `if (!pending || timer.expires !== expires)`;

const SET = `    timer.expires = expires;
    base.place(timer);`;

const DELETE = `    detachTimer(timer);
    return pending;`;

export const TIMER: readonly Mutant[] = [
  {
    id: 'tmr-add-pending-unnoticed',
    statement,
    file,
    find: `bugOn(addLooks && timerPending(timer), 'a timer is added that is pending');`,
    replace: ``,
    does: 'Adds a timer that is pending without a word.',
  },
  {
    id: 'tmr-add-pending-noticed-in-2-6-11',
    statement,
    file,
    profile: 'linux-2.6.11',
    find: `bugOn(addLooks && timerPending(timer)`,
    replace: `bugOn(timerPending(timer)`,
    does: 'Refuses to add a timer that is pending, which Linux 2.6.11 moves.',
  },
  {
    id: 'tmr-mod-moves-pending-only',
    statement,
    file,
    find: CHANGED,
    replace: `if (pending && timer.expires !== expires)`,
    does: 'Leaves a timer alone that is modified while it is not pending.',
  },
  {
    id: 'tmr-mod-starts-only',
    statement,
    file,
    find: CHANGED,
    replace: `if (!pending)`,
    does: 'Leaves a pending timer at its old time.',
  },
  {
    id: 'tmr-mod-same-time-moves',
    statement,
    file,
    find: CHANGED,
    replace: `if (true)`,
    does: 'Puts a timer behind its equals when it is modified to the time that it has.',
  },
  {
    id: 'tmr-mod-keeps-the-earlier',
    statement,
    file,
    find: CHANGED,
    replace: `if (!pending || timer.expires > expires)`,
    does: 'Moves a pending timer to an earlier time only.',
  },
  {
    id: 'tmr-mod-returns-0',
    statement,
    file,
    find: `        setTimer(base, timer, expires);
    return pending;`,
    replace: `        setTimer(base, timer, expires);
    return false;`,
    does: 'Says of every timer that is modified that it was not pending.',
  },
  {
    id: 'tmr-mod-fires-twice',
    statement,
    file,
    find: SET,
    replace: `    timer.entry = null;
${SET}`,
    does: 'Leaves a modified timer where it waited too, so that it fires at its old and at its new time.',
  },
  {
    id: 'tmr-mod-forgets-the-new-time',
    statement,
    file,
    find: SET,
    replace: `    timer.expires ||= expires;
    base.place(timer);`,
    does: 'Starts a timer for the time that it had before.',
  },
  {
    id: 'tmr-del-does-nothing',
    statement,
    file,
    find: DELETE,
    replace: `    return pending;`,
    does: 'Deletes no timer.',
  },
  {
    id: 'tmr-del-leaves-it-in-its-slot',
    statement,
    file,
    find: DELETE,
    replace: `    timer.entry = null;
    return pending;`,
    does: 'Marks a deleted timer as not pending, but leaves it where it waits.',
  },
  {
    id: 'tmr-del-empties-the-slot',
    statement,
    file,
    find: DELETE,
    replace: `    timer.entry?.clear();
${DELETE}`,
    does: 'Deletes all timers that wait in one slot.',
  },
  {
    id: 'tmr-del-returns-1',
    statement,
    file,
    find: DELETE,
    replace: DELETE.replace('pending', 'true'),
    does: 'Says of every timer that is deleted that it was pending.',
  },
  {
    id: 'tmr-softirq-after-the-last-tick',
    statement,
    file,
    find: `const step = Math.min(left, base.ticksToWork());`,
    replace: `const step = left;`,
    does: 'Runs the timers once behind many ticks instead of after each.',
  },
];
