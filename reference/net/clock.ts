/**
 * Virtual time of a host: work by deadline, and by the order of scheduling where deadlines are equal.
 *
 * A binary heap; work that was cancelled stays in it until its time comes, and is then passed over.
 */
export interface ClockTimer {
  /** Nanoseconds since boot. */
  readonly at: number;
  readonly order: number;
  /** Null when it was cancelled or has run. */
  work: (() => void) | null;
  /** Whether it is still in the heap, so that it can be given work again. */
  queued: boolean;
}

export interface Clock {
  /** Nanoseconds since boot. */
  now: number;
  scheduled: number;
  readonly heap: ClockTimer[];
}

export const NS_PER_MS = 1_000_000;
export const NS_PER_S = 1_000_000_000;

export function newClock(): Clock {
  return { now: 0, scheduled: 0, heap: [] };
}

const before = (a: ClockTimer, b: ClockTimer): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

function swap(heap: ClockTimer[], a: number, b: number): void {
  [heap[a], heap[b]] = [heap[b] as ClockTimer, heap[a] as ClockTimer];
}

/** Has work done so many nanoseconds from now. */
export function after(clock: Clock, delayNs: number, work: () => void): ClockTimer {
  const timer = { at: clock.now + delayNs, order: clock.scheduled++, work, queued: true };
  const { heap } = clock;
  let at = heap.push(timer) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(timer, heap[parent] as ClockTimer)) break;
    swap(heap, at, parent);
    at = parent;
  }
  return timer;
}

/** @returns whether it had still been to come. */
export function cancel(timer: ClockTimer | null): boolean {
  if (timer === null || timer.work === null) return false;
  timer.work = null;
  return true;
}

function takeFirst({ heap }: Clock): ClockTimer | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first !== undefined) first.queued = false;
  if (last === undefined || first === undefined || heap.length === 0) return first;
  heap[0] = last;
  for (let at = 0; ;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      if (child < heap.length && before(heap[child] as ClockTimer, heap[least] as ClockTimer)) {
        least = child;
      }
    }
    if (least === at) return first;
    swap(heap, at, least);
    at = least;
  }
}

/** When the next work is due; null when there is none. */
export function nextAt(clock: Clock): number | null {
  while (clock.heap[0]?.work === null) takeFirst(clock);
  return clock.heap[0]?.at ?? null;
}

/**
 * Lets time pass and does what falls due, in order.
 *
 * @param settle - called behind each piece of work: runs whoever that has woken.
 */
export function advance(clock: Clock, to: number, settle: () => void): void {
  for (let next = nextAt(clock); next !== null && next <= to; next = nextAt(clock)) {
    const timer = takeFirst(clock);
    clock.now = next;
    const work = timer?.work;
    if (timer !== undefined) timer.work = null;
    work?.();
    settle();
  }
  clock.now = Math.max(clock.now, to);
}
