/** The wait-queue port of the reference kernel. */
import { failure, success, type PortOf, type Profile } from '../../contract/index.ts';
import type { waitQueue } from '../../contract/index.ts';
import { SCHEDULE, sendSignal, signalPending, type Task } from '../../reference/kernel/task.ts';
import {
  finishWait,
  prepareToWait,
  waitEvent,
  wakeUp,
  type SleepState,
  type Waiter,
  type WaitQueue,
  type WaitResult,
} from '../../reference/kernel/wait-queue.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import type { Sleepers } from './sleeping.ts';

type Port = PortOf<typeof waitQueue>;

/** Sleeps once, whatever has happened. @kernel sleep_on, interruptible_sleep_on */
function* sleepOn(queue: WaitQueue, waiter: Waiter, state: SleepState): Steps<WaitResult> {
  prepareToWait(queue, waiter, state);
  if (state === 'uninterruptible' || !signalPending(waiter.task)) yield SCHEDULE;
  finishWait(queue, waiter);
  return state === 'interruptible' && signalPending(waiter.task) ? 'signal' : 'done';
}

export function waitQueuePort(profile: Profile, sleepers: Sleepers): Port {
  const queues = new Map<string, WaitQueue>();
  const happened = new Set<string>();
  let woken: string[] = [];

  const named = (name: string): WaitQueue => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return queue;
  };

  function* wait(task: Task, args: Parameters<Port['wait']>[0]) {
    const state = args.interruptible === true ? 'interruptible' : 'uninterruptible';
    // 4.4BSD knows no exclusive sleeper: its wakeup wakes all.
    const waiter = { task, exclusive: args.exclusive === true && profile !== 'bsd-4.4' };
    const { event } = args;
    const result =
      event === undefined
        ? yield* sleepOn(named(args.queue), waiter, state)
        : yield* waitEvent(named(args.queue), waiter, state, () => happened.has(event));
    woken.push(task.name);
    if (result === 'done') return success({});
    task.pending.length = 0;
    return failure('EINTR');
  }

  return {
    wait: (args) => {
      const task = sleepers.task(args.task);
      return sleepers.call(task, () => wait(task, args), `queue ${args.queue}`);
    },
    wakeUp: ({ queue, all = false }) =>
      sleepers.act(() => {
        wakeUp(named(queue), all ? Infinity : 1);
        return success({});
      }),
    happen: ({ event }) =>
      sleepers.act(() => {
        happened.add(event);
        return success({});
      }),
    signal: ({ task }) =>
      sleepers.act(() => {
        sendSignal(sleepers.task(task), 'SIGUSR1');
        return success({});
      }),
    woken: () =>
      sleepers.act(() => {
        const tasks = woken;
        woken = [];
        return success({ tasks });
      }),
  };
}
