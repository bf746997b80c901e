/**
 * Tasks that sleep, and one processor that runs them in kernel mode.
 *
 * A task that has to wait takes itself off the processor: it sets its state and yields `SCHEDULE`.
 * Whoever wakes it makes it runnable again and puts it at the end of the run queue; it goes on when
 * those before it have slept or finished. Nothing here preempts.
 *
 * Source: Linux 2.6.11, kernel/sched.c, schedule(), try_to_wake_up(). Left out: priorities, since
 * all that run here were woken and nobody computes.
 */
import { bug } from './bug.ts';
import type { Steps } from './processors.ts';

/** @kernel TASK_RUNNING, TASK_INTERRUPTIBLE, TASK_UNINTERRUPTIBLE */
export type TaskState = 'running' | 'interruptible' | 'uninterruptible';

/** @kernel struct task_struct */
export interface Task {
  readonly name: string;
  state: TaskState;
  /** Signals that were sent and not yet delivered, oldest first. */
  readonly pending: string[];
  /** Puts a task that was woken back on its run queue. @kernel activate_task */
  activate: () => void;
}

export function newTask(name: string): Task {
  return { name, state: 'running', pending: [], activate: () => undefined };
}

/** The step at which a task gives up the processor; it goes on when it is runnable and its turn has come. */
export const SCHEDULE = 'schedule';

/**
 * Makes a sleeping task runnable.
 *
 * @param states - in which it may be woken.
 * @returns whether it slept so.
 * @kernel try_to_wake_up
 */
export function tryToWakeUp(
  task: Task,
  states: readonly TaskState[] = ['interruptible', 'uninterruptible'],
): boolean {
  if (task.state === 'running' || !states.includes(task.state)) return false;
  task.state = 'running';
  task.activate();
  return true;
}

/** @kernel signal_pending */
export function signalPending(task: Task): boolean {
  return task.pending.length > 0;
}

/** Posts a signal; a task that sleeps interruptibly wakes to it. @kernel send_sig, signal_wake_up */
export function sendSignal(task: Task, signal: string): void {
  task.pending.push(signal);
  tryToWakeUp(task, ['interruptible']);
}

/** Work that a task does in the kernel, and what it has come to. */
export interface KernelCall<Result> {
  readonly task: Task;
  /** Undefined while it sleeps. */
  result: { readonly value: Result } | undefined;
}

/** No call that ends is longer, between two sleeps. */
const MAX_STEPS = 100_000;

/** One processor: runs whoever is runnable, in the order of waking, until all sleep. */
export class RunQueue {
  readonly #runnable: (() => void)[] = [];

  /** Begins a call and runs until nobody is runnable. @throws KernelBug — as the work does. */
  begin<Result>(task: Task, work: Steps<Result>): KernelCall<Result> {
    const call: KernelCall<Result> = { task, result: undefined };
    const goOn = (): void => {
      for (let taken = 0; taken <= MAX_STEPS; taken++) {
        const step = work.next();
        if (step.done) {
          call.result = { value: step.value };
          return;
        }
        if (step.value === SCHEDULE && task.state !== 'running') return;
      }
      bug(`${task.name} does not come to an end`);
    };
    task.state = 'running';
    task.activate = () => this.#runnable.push(goOn);
    task.activate();
    this.run();
    return call;
  }

  /** Runs until nobody is runnable. */
  run(): void {
    for (let next = this.#runnable.shift(); next !== undefined; next = this.#runnable.shift()) {
      next();
    }
  }
}
