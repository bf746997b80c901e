/**
 * Tasklets.
 *
 * A tasklet is work that is asked for: however often it is scheduled before it runs, it runs once. The
 * mark that says so goes away before the function is called, so one that is scheduled while it runs
 * will run once more. A softirq takes the whole list and runs through it; a disabled tasklet goes back
 * on the list, and the softirq is raised again to look after it.
 *
 * Source: Linux 2.6.11, kernel/softirq.c, tasklet_action; for `linux-6`, Linux 6.18. Left out:
 * tasklet_kill, and the state bit that keeps a tasklet from running on two processors at once.
 */
import { bugOn } from './bug.ts';
import {
  markSoftirq,
  openSoftirq,
  raiseSoftirq,
  type SoftirqCpu,
  type SoftirqRun,
  type Work,
} from './softirq.ts';

/** @kernel struct tasklet_struct */
export interface Tasklet<Piece> {
  readonly func: (run: SoftirqRun) => Work<Piece>;
  /** The softirq that runs it. */
  readonly vector: 'HI' | 'TASKLET';
  /** @kernel TASKLET_STATE_SCHED */
  scheduled: boolean;
  /** @kernel TASKLET_STATE_RUN */
  running: boolean;
  /** How often it is disabled. */
  count: number;
}

export function newTasklet<Piece>(given: Pick<Tasklet<Piece>, 'func' | 'vector'>): Tasklet<Piece> {
  return { ...given, scheduled: false, running: false, count: 0 };
}

export interface Tasklets<Piece> {
  readonly cpu: SoftirqCpu<Piece>;
  /** A newcomer goes to the end of the list; in 2.6.11 to its head. */
  readonly fifo: boolean;
  /** @kernel tasklet_hi_vec, tasklet_vec */
  readonly lists: Record<Tasklet<Piece>['vector'], Array<Tasklet<Piece>>>;
}

/** Tasklets of a processor, with the two softirqs that run them. @kernel softirq_init */
export function newTasklets<Piece>(cpu: SoftirqCpu<Piece>, fifo: boolean): Tasklets<Piece> {
  const tasklets: Tasklets<Piece> = { cpu, fifo, lists: { HI: [], TASKLET: [] } };
  for (const vector of ['HI', 'TASKLET'] as const) {
    openSoftirq(cpu, vector, (run) => taskletAction(tasklets, vector, run));
  }
  return tasklets;
}

function enlist<Piece>({ lists, fifo }: Tasklets<Piece>, tasklet: Tasklet<Piece>): void {
  if (fifo) lists[tasklet.vector].push(tasklet);
  else lists[tasklet.vector].unshift(tasklet);
}

/** @kernel tasklet_schedule, tasklet_hi_schedule */
export function taskletSchedule<Piece>(tasklets: Tasklets<Piece>, tasklet: Tasklet<Piece>): void {
  if (tasklet.scheduled) return;
  tasklet.scheduled = true;
  enlist(tasklets, tasklet);
  raiseSoftirq(tasklets.cpu, tasklet.vector);
}

/** Waits until it does not run, which on its own processor it would do for ever. @kernel tasklet_disable */
export function taskletDisable(tasklet: Tasklet<unknown>): void {
  tasklet.count++;
  bugOn(tasklet.running, 'a tasklet is to be disabled by what interrupted it, or by itself');
}

/** @kernel tasklet_enable */
export function taskletEnable(tasklet: Tasklet<unknown>): void {
  tasklet.count--;
}

/** @kernel tasklet_action, tasklet_hi_action */
export function* taskletAction<Piece>(
  tasklets: Tasklets<Piece>,
  vector: Tasklet<Piece>['vector'],
  run: SoftirqRun,
): Work<Piece> {
  const list = tasklets.lists[vector].splice(0);
  for (const tasklet of list) {
    if (tasklet.count === 0) {
      tasklet.scheduled = false;
      tasklet.running = true;
      yield* tasklet.func(run);
      tasklet.running = false;
    } else {
      enlist(tasklets, tasklet);
      markSoftirq(tasklets.cpu, vector);
    }
  }
}
