/** Faults of sleep and wake-up. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/wait-queue';

const LOOK = `        if (condition())
            break;`;

export const WAIT_QUEUE: readonly Mutant[] = [
  {
    id: 'wait-wakes-nobody',
    statement: 'TOP-06',
    file,
    find: `const woken = tryToWakeUp(waiter.task, states);`,
    replace: `const woken = false;`,
    does: 'Walks the queue and wakes nobody.',
  },
  {
    id: 'wait-looks-once',
    statement: 'TOP-06',
    file,
    find: `        yield SCHEDULE;
    }
    finishWait(queue, waiter);`,
    replace: `        yield SCHEDULE;
        break;
    }
    finishWait(queue, waiter);`,
    does: 'Takes any wake-up for the event and does not look again.',
  },
  {
    id: 'wait-sleeps-first',
    statement: 'TOP-06',
    file,
    find: LOOK,
    replace: `        yield SCHEDULE;
        if (condition())
            break;`,
    does: 'Sleeps before it looks whether the event has happened.',
  },
  {
    id: 'wait-exclusive-at-the-head',
    statement: 'TOP-06',
    file,
    find: `            queue.push(waiter);`,
    replace: `            queue.unshift(waiter);`,
    does: 'Puts an exclusive sleeper at the head of the queue, in front of those who came before.',
  },
  {
    id: 'wait-wakes-every-exclusive',
    statement: 'TOP-06',
    file,
    find: `if (woken && waiter.exclusive && --left === 0)`,
    replace: `if (woken && waiter.exclusive && left === 0)`,
    does: 'Wakes all of the exclusive sleepers, so that all but one find nothing.',
  },
  {
    id: 'wait-wakes-one',
    statement: 'TOP-06',
    file,
    find: `if (woken && waiter.exclusive && --left === 0)`,
    replace: `if (woken && --left === 0)`,
    does: 'Wakes one sleeper, exclusive or not.',
  },
  {
    id: 'wait-others-stay-behind',
    statement: 'TOP-06',
    file,
    find: `    if (place >= 0)
        queue.splice(place, 1);`,
    replace: ``,
    does: 'Leaves who was woken on the queue, so that the next wake-up is spent on it.',
  },
  {
    id: 'task-signal-wakes-every-sleep',
    statement: 'TOP-06',
    alsoBreaks: ['SCL-05'],
    file: 'kernel/task',
    find: `tryToWakeUp(task, ['interruptible']);`,
    replace: `tryToWakeUp(task);`,
    does: 'Wakes a task to a signal however it sleeps.',
  },
  {
    id: 'task-signal-wakes-no-sleep',
    statement: 'SCL-05',
    alsoBreaks: ['TOP-06'],
    file: 'kernel/task',
    find: `tryToWakeUp(task, ['interruptible']);`,
    replace: ``,
    does: 'Posts a signal and lets the task sleep on.',
  },
];
