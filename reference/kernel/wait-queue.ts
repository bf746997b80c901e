/**
 * Wait queues.
 *
 * Those who wait for the same thing stand in one queue. A sleeper that may be woken together with
 * others stands at the head, an exclusive one at the tail, so that a wake-up that walks from the head
 * wakes all of the former and then one of the latter. A sleeper enters the queue and sets its state
 * *before* it looks at what it waits for: a wake-up between look and sleep is then not lost.
 *
 * Source: Linux 2.6.11, kernel/wait.c, prepare_to_wait(), finish_wait(); kernel/sched.c,
 * __wake_up_common(). 4.4BSD's tsleep and wakeup are the same without exclusive sleepers.
 */
import type { Steps } from './processors.ts';
import { SCHEDULE, signalPending, tryToWakeUp, type Task, type TaskState } from './task.ts';

/** @kernel wait_queue_t */
export interface Waiter {
  readonly task: Task;
  /** Only one of the exclusive is woken at a time. @kernel WQ_FLAG_EXCLUSIVE */
  readonly exclusive: boolean;
}

/** @kernel wait_queue_head_t */
export type WaitQueue = Waiter[];

export type SleepState = Exclude<TaskState, 'running'>;

/** @kernel prepare_to_wait, prepare_to_wait_exclusive */
export function prepareToWait(queue: WaitQueue, waiter: Waiter, state: SleepState): void {
  if (!queue.includes(waiter)) {
    if (waiter.exclusive || queue.length === 0) queue.push(waiter);
    else queue.unshift(waiter);
  }
  waiter.task.state = state;
}

/** @kernel finish_wait */
export function finishWait(queue: WaitQueue, waiter: Waiter): void {
  waiter.task.state = 'running';
  const place = queue.indexOf(waiter);
  if (place >= 0) queue.splice(place, 1);
}

/**
 * Wakes all that are not exclusive and the first exclusive ones.
 *
 * @param exclusive - how many of these; Infinity for all. One that does not sleep is not counted.
 * @param states - of the sleepers that are meant.
 * @kernel wake_up, wake_up_nr, wake_up_all, wake_up_interruptible
 */
export function wakeUp(queue: WaitQueue, exclusive = 1, states?: readonly SleepState[]): void {
  if (queue.length === 0) return;
  let left = exclusive;
  for (const waiter of [...queue]) {
    const woken = tryToWakeUp(waiter.task, states);
    if (woken && waiter.exclusive && --left === 0) return;
  }
}

/** How a wait ended: what was waited for has come, or a signal did. */
export type WaitResult = 'done' | 'signal';

/**
 * Sleeps until the condition holds, looking again after each wake-up.
 *
 * @param state - an interruptible sleep also ends when a signal is pending.
 * @kernel wait_event, wait_event_interruptible
 */
export function* waitEvent(
  queue: WaitQueue,
  waiter: Waiter,
  state: SleepState,
  condition: () => boolean,
): Steps<WaitResult> {
  let result: WaitResult = 'done';
  for (;;) {
    prepareToWait(queue, waiter, state);
    if (condition()) break;
    if (state === 'interruptible' && signalPending(waiter.task)) {
      result = 'signal';
      break;
    }
    yield SCHEDULE;
  }
  finishWait(queue, waiter);
  return result;
}
