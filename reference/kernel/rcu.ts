/**
 * Read-copy update: when the old copy may be freed.
 *
 * Readers only keep their processor from switching to another task. So once every processor has
 * switched, or was seen outside the kernel, whoever was reading when the old copy was replaced has
 * left. Such a moment is a quiescent state, and the time until all processors have had one is a grace
 * period. Grace periods are numbered batches, of which one runs at a time and one may be waiting. A
 * processor's callbacks wait in `next` for a batch, in `current` for it to complete, and in `done` to
 * be run.
 *
 * Source: Linux 2.6.11, kernel/rcupdate.c. Left out: the bh flavour, processors that come and go, and
 * the locks around the batch numbers, since a step here is indivisible.
 */
import type { Steps } from './processors.ts';
import {
  currentThread,
  preemptDisable,
  preemptEnable,
  sleepStep,
  type Cpu,
  type Interrupted,
} from './multitasking.ts';

/** Passes over the callbacks that one tick makes; what is left waits for the next. */
const MAX_SOFTIRQ_RESTART = 10;

/** Callbacks that one pass runs, so that a long list does not hold up the processor. @kernel maxbatch */
const MAX_BATCH = 10;

/** @kernel struct rcu_head */
export type RcuCallback = () => void;

/** One processor's part. @kernel struct rcu_data */
interface RcuData {
  next: RcuCallback[];
  current: RcuCallback[];
  done: RcuCallback[];
  /** The batch that `current` waits for. */
  batch: number;
  /** The batch that this processor last heard of. */
  quiescentBatch: number;
  /** It has still to pass a quiescent state for that batch. */
  quiescentPending: boolean;
  quiescentPassed: boolean;
}

/** @kernel struct rcu_ctrlblk */
export interface Rcu {
  /** The batch that runs, or else ran last. */
  batch: number;
  completed: number;
  nextPending: boolean;
  /** Passes of the tasklet so far. */
  passes: number;
  /** Processors that the batch waits for. */
  readonly waitingFor: Set<number>;
  readonly data: readonly RcuData[];
}

export function newRcu(processors: number): Rcu {
  const data = (): RcuData => ({
    next: [],
    current: [],
    done: [],
    batch: 0,
    quiescentBatch: 0,
    quiescentPending: false,
    quiescentPassed: false,
  });
  return {
    batch: 0,
    completed: 0,
    nextPending: false,
    passes: 0,
    waitingFor: new Set(),
    data: Array.from({ length: processors }, data),
  };
}

function dataOf(rcu: Rcu, processor: number): RcuData {
  const data = rcu.data[processor];
  if (data === undefined) throw new RangeError(`there is no processor ${processor}`);
  return data;
}

/** Takes no step of its own: whatever others do, a reader goes on. @kernel rcu_read_lock */
export function* rcuReadLock(cpu: Cpu): Steps {
  preemptDisable(cpu);
}

/** @kernel rcu_read_unlock */
export function* rcuReadUnlock(cpu: Cpu): Steps {
  preemptEnable(cpu);
}

/** Sleeps for a grace period. @kernel synchronize_kernel, later synchronize_rcu */
export function* synchronizeRcu(rcu: Rcu, cpu: Cpu): Steps {
  const self = currentThread(cpu);
  let over = false;
  callRcu(rcu, cpu.number, () => {
    over = true;
    self.sleeping = false;
  });
  while (!over) yield* sleepStep(cpu);
}

/** The callback runs after a grace period, on this processor. @kernel call_rcu */
export function callRcu(rcu: Rcu, processor: number, callback: RcuCallback): void {
  dataOf(rcu, processor).next.push(callback);
}

/** A quiescent state: no reader is left on this processor. @kernel rcu_qsctr_inc */
export function rcuQuiescent(rcu: Rcu, processor: number): void {
  dataOf(rcu, processor).quiescentPassed = true;
}

/** No processor has a callback left. */
export function rcuIdle(rcu: Rcu): boolean {
  return rcu.data.every(
    ({ next, current, done }) => next.length + current.length + done.length === 0,
  );
}

/** Whether there is anything to do for this processor. @kernel rcu_pending */
function rcuPending(rcu: Rcu, processor: number): boolean {
  const data = dataOf(rcu, processor);
  const { next, current, done, batch, quiescentBatch, quiescentPending } = data;
  return (
    (current.length > 0 && rcu.completed >= batch) ||
    (current.length === 0 && next.length > 0) ||
    done.length > 0 ||
    quiescentBatch !== rcu.batch ||
    quiescentPending
  );
}

/**
 * A clock tick, and the tasklet that it schedules if there is anything to do.
 *
 * @param interrupted - in user mode and in the idle loop nobody reads.
 * @kernel rcu_check_callbacks
 */
export function rcuTick(rcu: Rcu, processor: number, interrupted: Interrupted): void {
  if (!rcuPending(rcu, processor)) return;
  if (interrupted !== 'kernel') rcuQuiescent(rcu, processor);
  for (let left = MAX_SOFTIRQ_RESTART; left > 0; left--) {
    if (!processCallbacks(rcu, processor)) return;
  }
}

/**
 * One pass of the tasklet.
 *
 * @returns whether callbacks are left that could run at once.
 * @kernel rcu_process_callbacks
 */
function processCallbacks(rcu: Rcu, processor: number): boolean {
  rcu.passes++;
  const data = dataOf(rcu, processor);
  if (data.current.length > 0 && rcu.completed >= data.batch) {
    data.done.push(...data.current.splice(0));
  }
  if (data.next.length > 0 && data.current.length === 0) {
    data.current = data.next.splice(0);
    // The batch that runs may have begun before these were queued: only the next one counts.
    data.batch = rcu.batch + 1;
    rcu.nextPending = true;
    startBatch(rcu);
  }
  checkQuiescentState(rcu, data, processor);
  for (const callback of data.done.splice(0, MAX_BATCH)) callback();
  return data.done.length > 0;
}

/** Begins the batch that waits, unless one runs. @kernel rcu_start_batch */
function startBatch(rcu: Rcu): void {
  if (!rcu.nextPending || rcu.completed !== rcu.batch) return;
  rcu.nextPending = false;
  rcu.batch++;
  for (const processor of rcu.data.keys()) rcu.waitingFor.add(processor);
}

/** @kernel rcu_check_quiescent_state */
function checkQuiescentState(rcu: Rcu, data: RcuData, processor: number): void {
  if (data.quiescentBatch !== rcu.batch) {
    // What it has passed so far may have been before the batch began.
    data.quiescentBatch = rcu.batch;
    data.quiescentPending = true;
    data.quiescentPassed = false;
    return;
  }
  if (!data.quiescentPending || !data.quiescentPassed) return;
  data.quiescentPending = false;
  rcu.waitingFor.delete(processor);
  if (rcu.waitingFor.size > 0) return;
  rcu.completed = rcu.batch;
  startBatch(rcu);
}
