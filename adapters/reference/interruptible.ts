/** Calls of the reference that a signal may interrupt, and the signals that tasks were sent. */
import { success, type Answer, type Errno } from '../../contract/index.ts';
import {
  handleSignals,
  outcomeOf,
  restarting,
  type Restartable,
  type SignalHandlers,
} from '../../reference/kernel/interrupted-call.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import { sendSignal, type Task } from '../../reference/kernel/task.ts';
import type { Sleepers } from './sleeping.ts';

export class Interruptible {
  readonly #sleepers: Sleepers;
  readonly #handlers = new Map<Task, SignalHandlers>();

  constructor(sleepers: Sleepers) {
    this.#sleepers = sleepers;
  }

  #handlersOf(task: Task): SignalHandlers {
    const known = this.#handlers.get(task);
    if (known !== undefined) return known;
    const handlers: SignalHandlers = { restart: false, handled: [] };
    this.#handlers.set(task, handlers);
    return handlers;
  }

  /** Makes a call for a task, by its name. */
  call<Value, Failure extends Errno>(
    name: string,
    work: (task: Task) => Steps<Restartable<Value, Failure>>,
    waitsFor: string,
  ): Answer<Value, Failure | 'EINTR'> {
    const task = this.#sleepers.task(name);
    const call = () => restarting(task, this.#handlersOf(task), () => work(task));
    return this.#sleepers.call(task, call, waitsFor);
  }

  /** A signal that is handled comes to a task; one that is in no call handles it at once. */
  interrupt(name: string, restart: boolean): Answer<Record<string, never>> {
    return this.#sleepers.act(() => {
      const task = this.#sleepers.task(name);
      const inUserMode = task.state === 'running';
      this.#handlersOf(task).restart = restart;
      sendSignal(task, 'SIGUSR1');
      if (inUserMode) handleSignals(task, this.#handlersOf(task));
      return success({});
    });
  }

  /** The signals that a task has handled since the last such question. */
  handled(name: string): string[] {
    const handlers = this.#handlersOf(this.#sleepers.task(name));
    const { handled } = handlers;
    handlers.handled = [];
    return handled;
  }
}

/** The value of a call turned into what the port answers. */
export function* mapped<From, To, Failure extends Errno>(
  work: Steps<Restartable<From, Failure>>,
  turn: (value: From) => To,
): Steps<Restartable<To, Failure>> {
  return outcomeOf(yield* work, turn);
}
