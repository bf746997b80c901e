/** Frames under way, the earliest first; of those that arrive at one time, the one that set out first. */
import type { Frame } from './frame.ts';
import type { End } from './hosted.ts';

export interface Arrival<F extends Frame = string> {
  /** Nanoseconds since the lab began. */
  readonly at: number;
  /** Place among all frames that have set out. */
  readonly order: number;
  /** Where it arrives. */
  readonly to: End<F>;
  readonly frame: F;
  /** What happened to it on the way, in words. */
  readonly remark: string | undefined;
}

type Place = Pick<Arrival<Frame>, 'at' | 'order'>;

const before = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap. */
export class Arrivals<F extends Frame = string> {
  readonly #heap: Arrival<F>[] = [];

  get length(): number {
    return this.#heap.length;
  }

  /** When the first arrives; infinity when none is under way. */
  get firstAt(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  add(arrival: Arrival<F>): void {
    const heap = this.#heap;
    let at = heap.push(arrival) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Arrival<F>;
      if (!before(arrival, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = arrival;
  }

  takeFirst(): Arrival<F> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  /** Puts one at the top, and lets it sink to its place. */
  #sink(sinking: Arrival<F>): void {
    const heap = this.#heap;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const right = heap[child + 1];
      if (right !== undefined && before(right, heap[child] as Arrival<F>)) child++;
      const below = heap[child] as Arrival<F>;
      if (!before(below, sinking)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = sinking;
  }
}
