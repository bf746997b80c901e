/**
 * Work queues, as a driver keeps them: places in memory, with a first and an end.
 *
 * Putting an item in takes two steps, and between them nobody else may touch the queue: whoever has
 * read where it ends writes there, and what others have put in since is lost. Taking one out is a
 * single step.
 */
import type { Machine, Micro, WorkQueue } from './state.ts';

export function queueNamed({ queues }: Machine, name: string): WorkQueue {
  const queue = queues.get(name) ?? { places: [], first: 0, end: 0 };
  queues.set(name, queue);
  return queue;
}

export function* enqueue(queue: WorkQueue, item: string): Micro {
  const { end } = queue;
  yield;
  queue.places[end] = item;
  queue.end = end + 1;
}

/** Takes the first item; undefined: there is none. */
export function dequeue(queue: WorkQueue): string | undefined {
  return queue.first < queue.end ? queue.places[queue.first++] : undefined;
}

export function itemsOf({ places, first, end }: WorkQueue): string[] {
  return places.slice(first, end);
}
