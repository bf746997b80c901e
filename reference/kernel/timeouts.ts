/**
 * Sleeping until something happens, but not for ever.
 *
 * Virtual time stands still while tasks run. Who sleeps with a deadline is woken like by anybody else
 * when time has come there, and finds that what it waited for has not happened.
 *
 * Source: Linux 2.6.11, kernel/timer.c, schedule_timeout(); include/linux/wait.h,
 * wait_event_interruptible_timeout(). Left out: ticks, to which the kernel rounds a timeout up.
 */
import type { Steps } from './processors.ts';
import { tryToWakeUp, type Task } from './task.ts';
import { waitEvent, type Waiter, type WaitQueue, type WaitResult } from './wait-queue.ts';

interface Deadline {
  readonly task: Task;
  readonly atMs: number;
}

/** Virtual time, and who sleeps until a certain one. */
export interface Timeouts {
  nowMs: number;
  readonly deadlines: Set<Deadline>;
}

export const newTimeouts = (): Timeouts => ({ nowMs: 0, deadlines: new Set() });

/** When the next sleeper is to be woken; Infinity when there is none. */
export function nextDeadlineMs({ deadlines }: Timeouts): number {
  return Math.min(Infinity, ...[...deadlines].map(({ atMs }) => atMs));
}

/** Wakes those whose time has come. */
export function wakeExpired({ nowMs, deadlines }: Timeouts): void {
  for (const { task, atMs } of deadlines) if (atMs <= nowMs) tryToWakeUp(task);
}

/**
 * Sleeps interruptibly until the condition holds or the time has come.
 *
 * @param atMs - Infinity: without end.
 */
export function* waitEventTimeout(
  queue: WaitQueue,
  waiter: Waiter,
  timeouts: Timeouts,
  atMs: number,
  condition: () => boolean,
): Steps<WaitResult | 'timeout'> {
  const deadline = { task: waiter.task, atMs };
  timeouts.deadlines.add(deadline);
  const over = (): boolean => timeouts.nowMs >= atMs;
  const result = yield* waitEvent(queue, waiter, 'interruptible', () => condition() || over());
  timeouts.deadlines.delete(deadline);
  return result === 'done' && !condition() ? 'timeout' : result;
}
