/** Faults of semaphores. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/semaphore';

const WAIT = `    const waiter = { task, exclusive: true };
    const result = yield* waitEvent(semaphore.wait, waiter, state, () => semaphore.count > 0);`;

const TRYLOCK = `    if (semaphore.count === 0)
        return 1;
    semaphore.count--;
    return 0;`;

export const SEMAPHORE: readonly Mutant[] = [
  {
    id: 'semaphore-one-too-many',
    statement: 'SYN-05',
    file,
    find: `() => semaphore.count > 0);`,
    replace: `() => semaphore.count >= 0);`,
    does: 'Lets in one more than the count says.',
  },
  {
    id: 'semaphore-is-a-mutex',
    statement: 'SYN-05',
    file,
    find: `    return { count, wait: [] };`,
    replace: `    return { count: Math.min(count, 1), wait: [] };`,
    does: 'Lets in one at a time, whatever the count.',
  },
  {
    id: 'semaphore-not-counted-down',
    statement: 'SYN-05',
    file,
    find: `    if (result === 'done')
        semaphore.count--;`,
    replace: ``,
    does: 'Does not take anything off the count when it lets somebody in.',
  },
  {
    id: 'semaphore-last-waiter-first',
    statement: 'SYN-05',
    file,
    find: WAIT,
    replace: WAIT.replace('exclusive: true', 'exclusive: false'),
    does: 'Puts waiters at the head of the queue, so the last one is let in first.',
  },
  {
    id: 'semaphore-interrupted-stays-counted',
    statement: 'SYN-05',
    file,
    find: `    if (result === 'done')
        semaphore.count--;`,
    replace: `    semaphore.count--;`,
    does: 'Takes one off the count for a wait that a signal has ended.',
  },
  {
    id: 'semaphore-signal-counts-as-success',
    statement: 'SYN-05',
    file,
    find: `    return failure('EINTR');`,
    replace: `    return success({});`,
    does: 'Says that the semaphore was taken when a signal has ended the wait.',
  },
  {
    id: 'semaphore-signal-looked-at-first',
    statement: 'SYN-05',
    file,
    find: `    const result = yield* take(semaphore, task, 'interruptible');`,
    replace: `    const pending = task.pending.length > 0;
    const result = pending ? 'signal' : yield* take(semaphore, task, 'interruptible');`,
    does: 'Fails with EINTR though it would not have had to wait.',
  },
  {
    id: 'semaphore-down-interruptible-is-deaf',
    statement: 'SYN-05',
    file,
    find: `take(semaphore, task, 'interruptible');`,
    replace: `take(semaphore, task, 'uninterruptible');`,
    does: 'Waits through signals in down_interruptible.',
  },
  {
    id: 'semaphore-down-wakes-to-signals',
    statement: 'SYN-05',
    file,
    find: `take(semaphore, task, 'uninterruptible');`,
    replace: `take(semaphore, task, 'interruptible');`,
    does: 'Lets a signal end the wait of down, which then has not got the semaphore.',
  },
  {
    id: 'semaphore-trylock-answers-reversed',
    statement: 'SYN-05',
    file,
    find: TRYLOCK,
    replace: `    if (semaphore.count === 0)
        return 0;
    semaphore.count--;
    return 1;`,
    does: 'Answers as spin_trylock does, 1 for success.',
  },
  {
    id: 'semaphore-trylock-takes-anyway',
    statement: 'SYN-05',
    file,
    find: TRYLOCK,
    replace: `    semaphore.count--;
    return semaphore.count < 0 ? 1 : 0;`,
    does: 'Counts down though it has not got the semaphore.',
  },
  {
    id: 'semaphore-trylock-only-looks',
    statement: 'SYN-05',
    file,
    find: TRYLOCK,
    replace: `    return semaphore.count === 0 ? 1 : 0;`,
    does: 'Says that it has the semaphore but leaves the count as it is.',
  },
  {
    id: 'semaphore-up-wakes-nobody',
    statement: 'SYN-05',
    file,
    find: `    wakeUp(semaphore.wait);`,
    replace: ``,
    does: 'Adds one to the count and lets the waiters sleep.',
  },
  {
    id: 'semaphore-up-not-counted-without-waiters',
    statement: 'SYN-05',
    file,
    find: `    semaphore.count++;`,
    replace: `    if (semaphore.wait.length > 0)
        semaphore.count++;`,
    does: 'Forgets an up that nobody waits for, as a condition variable does.',
  },
  {
    id: 'semaphore-sleeps-in-interrupt',
    statement: 'SYN-05',
    file,
    find: `    bugOn(context === 'interrupt', 'sleeping function called from invalid context');`,
    replace: ``,
    does: 'Does not notice that an interrupt handler may have to sleep.',
  },
  {
    id: 'semaphore-checks-context-too-late',
    statement: 'SYN-05',
    file,
    find: `    mightSleep(context);
    yield* take`,
    replace: `    if (semaphore.count === 0)
        mightSleep(context);
    yield* take`,
    does: 'Notices down in an interrupt handler only where it has to wait.',
  },
  {
    id: 'sem-signal-stays-pending',
    statement: 'SYN-05',
    file: 'kernel/semaphore',
    find: `    task.pending.length = 0;`,
    replace: ``,
    does: 'Leaves the signal pending that has ended a wait, so that it ends the next one too.',
  },
];
