/** Calls of the reference that sleep: tokens for them, and what became of them. */
import type { Answer, Errno, Outcome } from '../../contract/index.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import { newTask, RunQueue, type KernelCall, type Task } from '../../reference/kernel/task.ts';
import { answering, UnknownHandle } from './answering.ts';

type AnyOutcome = Outcome<unknown, Errno>;

interface ParkedCall {
  readonly call: KernelCall<AnyOutcome>;
  readonly waitsFor: string | undefined;
}

/** The tasks of one boot and the processor that they share. */
export class Sleepers {
  readonly #processor = new RunQueue();
  readonly #tasks = new Map<string, Task>();
  readonly #parked = new Map<string, ParkedCall>();
  #tokens = 0;

  /** The task of that name; it is there when it is first named. */
  task(name: string): Task {
    const known = this.#tasks.get(name);
    if (known !== undefined) return known;
    const task = newTask(name);
    this.#tasks.set(name, task);
    return task;
  }

  /**
   * Makes a call for a task: answers what it comes to, or `parked` when it sleeps.
   *
   * @param waitsFor - in words, for the answer.
   */
  call<Value, Failure extends Errno>(
    task: Task,
    work: () => Steps<Outcome<Value, Failure>>,
    waitsFor?: string,
  ): Answer<Value, Failure> {
    return answering((): Answer<Value, Failure> => {
      if (this.#sleeps(task)) return { fault: `${task.name} sleeps in another call` };
      const call = this.#processor.begin(task, work());
      return call.result?.value ?? this.#park(call, waitsFor);
    });
  }

  /** Runs work that wakes others, and then whoever was woken. */
  act<Value, Failure extends Errno>(work: () => Outcome<Value, Failure>): Answer<Value, Failure> {
    return answering(() => {
      const outcome = work();
      this.#processor.run();
      return outcome;
    });
  }

  /** Runs whoever was woken, until all sleep. */
  settle(): void {
    this.#processor.run();
  }

  /** As the contract wants it of `poll`. */
  poll(token: string): Answer<unknown, Errno> {
    return answering((): Answer<unknown, Errno> => {
      const parked = this.#parked.get(token);
      if (parked === undefined) throw new UnknownHandle(`no call sleeps under the token ${token}`);
      const { call, waitsFor } = parked;
      if (call.result === undefined) return parkedAnswer(token, waitsFor);
      this.#parked.delete(token);
      return call.result.value;
    });
  }

  #sleeps(task: Task): boolean {
    for (const { call } of this.#parked.values()) {
      if (call.task === task && call.result === undefined) return true;
    }
    return false;
  }

  #park(call: KernelCall<AnyOutcome>, waitsFor: string | undefined): Answer<never> {
    const token = `call-${++this.#tokens}`;
    this.#parked.set(token, { call, waitsFor });
    return parkedAnswer(token, waitsFor);
  }
}

function parkedAnswer(call: string, waitsFor: string | undefined): Answer<never> {
  return { parked: waitsFor === undefined ? { call } : { call, waitsFor } };
}
