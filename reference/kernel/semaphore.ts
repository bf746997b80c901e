/**
 * Counting semaphores.
 *
 * The count says how many may still take the semaphore. Who finds it at 0 sleeps in a queue, and who
 * gives the semaphore back wakes the first of the queue. All waiters are exclusive: each unit of the
 * count is for one of them.
 *
 * Source: Linux 2.6.11, include/asm-i386/semaphore.h, arch/i386/kernel/semaphore.c. Left out: the
 * negative counts, by which the assembly code sees whether anybody waits.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { bugOn } from './bug.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';
import {
  waitEvent,
  wakeUp,
  type SleepState,
  type WaitQueue,
  type WaitResult,
} from './wait-queue.ts';

/** From where the kernel was called. */
export type Context = 'process' | 'interrupt';

/** @kernel struct semaphore */
export interface Semaphore {
  count: number;
  readonly wait: WaitQueue;
}

/** @kernel sema_init */
export function newSemaphore(count: number): Semaphore {
  return { count, wait: [] };
}

/** An interrupt handler belongs to no task that could sleep. @kernel might_sleep */
function mightSleep(context: Context): void {
  bugOn(context === 'interrupt', 'sleeping function called from invalid context');
}

function* take(semaphore: Semaphore, task: Task, state: SleepState): Steps<WaitResult> {
  const waiter = { task, exclusive: true };
  const result = yield* waitEvent(semaphore.wait, waiter, state, () => semaphore.count > 0);
  if (result === 'done') semaphore.count--;
  return result;
}

/** @kernel down */
export function* down(
  semaphore: Semaphore,
  task: Task,
  context: Context,
): Steps<Outcome<Record<string, never>>> {
  mightSleep(context);
  yield* take(semaphore, task, 'uninterruptible');
  return success({});
}

/**
 * @errors EINTR — it had to wait and a signal is pending, which is then delivered.
 * @kernel down_interruptible
 */
export function* downInterruptible(
  semaphore: Semaphore,
  task: Task,
  context: Context,
): Steps<Outcome<Record<string, never>, 'EINTR'>> {
  mightSleep(context);
  const result = yield* take(semaphore, task, 'interruptible');
  if (result === 'done') return success({});
  task.pending.length = 0;
  return failure('EINTR');
}

/** Never sleeps. @returns 0 if it has taken the semaphore, else 1. @kernel down_trylock */
export function downTrylock(semaphore: Semaphore): number {
  if (semaphore.count === 0) return 1;
  semaphore.count--;
  return 0;
}

/** Whoever calls it need not have taken the semaphore. @kernel up */
export function up(semaphore: Semaphore): void {
  semaphore.count++;
  wakeUp(semaphore.wait);
}
