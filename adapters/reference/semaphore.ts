/** The semaphore port of the reference kernel. */
import { success, type PortOf, type semaphore as semaphorePorts } from '../../contract/index.ts';
import {
  down,
  downInterruptible,
  downTrylock,
  newSemaphore,
  up,
  type Semaphore,
} from '../../reference/kernel/semaphore.ts';
import { sendSignal } from '../../reference/kernel/task.ts';
import { UnknownHandle } from './answering.ts';
import type { Sleepers } from './sleeping.ts';

export function semaphorePort(sleepers: Sleepers): PortOf<typeof semaphorePorts> {
  const semaphores = new Map<string, Semaphore>();

  const named = (name: string): Semaphore => {
    const semaphore = semaphores.get(name);
    if (semaphore === undefined) throw new UnknownHandle(`there is no semaphore ${name}`);
    return semaphore;
  };

  return {
    init: ({ semaphore, count }) =>
      sleepers.act(() => {
        semaphores.set(semaphore, newSemaphore(count));
        return success({});
      }),
    down: ({ semaphore, task: name, context = 'process' }) => {
      const task = sleepers.task(name);
      const work = () => down(named(semaphore), task, context);
      return sleepers.call(task, work, `semaphore ${semaphore}`);
    },
    downInterruptible: ({ semaphore, task: name, context = 'process' }) => {
      const task = sleepers.task(name);
      const work = () => downInterruptible(named(semaphore), task, context);
      return sleepers.call(task, work, `semaphore ${semaphore}`);
    },
    downTrylock: ({ semaphore }) =>
      sleepers.act(() => success({ result: downTrylock(named(semaphore)) })),
    up: ({ semaphore }) =>
      sleepers.act(() => {
        up(named(semaphore));
        return success({});
      }),
    count: ({ semaphore }) => sleepers.act(() => success({ count: named(semaphore).count })),
    signal: ({ task }) =>
      sleepers.act(() => {
        sendSignal(sleepers.task(task), 'SIGUSR1');
        return success({});
      }),
  };
}
