/**
 * The wait queues in which a caller stands that asks several files at once.
 *
 * A poll routine names the queues whose wake-ups may change its answer, and the caller enters each of
 * them; it may stand in many, and leaves them all when it has its answer.
 *
 * Source: Linux 2.6.11, fs/select.c, __pollwait(), poll_freewait(); include/linux/poll.h.
 */
import type { Task } from './task.ts';
import { finishWait, prepareToWait, type Waiter, type WaitQueue } from './wait-queue.ts';

/** @kernel poll_table, struct poll_wqueues */
export interface PollTable {
  readonly waiter: Waiter;
  readonly queues: Set<WaitQueue>;
}

export function newPollTable(task: Task): PollTable {
  return { waiter: { task, exclusive: false }, queues: new Set() };
}

/** Called by poll routines. @kernel poll_wait */
export function pollWait(table: PollTable, queue: WaitQueue): void {
  table.queues.add(queue);
  prepareToWait(queue, table.waiter, 'interruptible');
}

/** @kernel poll_freewait */
export function pollFreeWait({ queues, waiter }: PollTable): void {
  for (const queue of queues) finishWait(queue, waiter);
  queues.clear();
}
