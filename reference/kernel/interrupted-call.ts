/**
 * Calls that sleep and are interrupted by a signal.
 *
 * A call that a signal has woken before it did anything ends with an inner code. Then the handler runs,
 * and on its way back to the task the kernel decides: with SA_RESTART the call is made again, else it
 * fails with EINTR. A call that has done a part returns that part and never comes here.
 *
 * Source: Linux 2.6.11, arch/i386/kernel/signal.c, handle_signal(); 4.4BSD, kern/kern_synch.c, tsleep().
 * Left out: signals without a handler, which end the task or do nothing.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';

/** What an interrupted call returns inside the kernel. @kernel ERESTARTSYS */
export const ERESTARTSYS = Symbol('ERESTARTSYS');

export type Restartable<Value, Failure extends Errno> =
  Outcome<Value, Failure> | typeof ERESTARTSYS;

/** A result whose value is seen in another way. */
export function outcomeOf<From, To, Failure extends Errno>(
  result: Restartable<From, Failure>,
  see: (value: From) => To,
): Restartable<To, Failure> {
  return result !== ERESTARTSYS && 'ok' in result ? success(see(result.ok)) : result;
}

/** The signals of a task in user mode: what its handlers are like, and which of them have run. */
export interface SignalHandlers {
  /** Whether all that were posted last are handled with SA_RESTART. */
  restart: boolean;
  /** Signals whose handler has run, oldest first. */
  handled: string[];
}

/** Runs the handlers of all that is pending, as on any way back to user mode. @kernel do_signal */
export function handleSignals(task: Task, handlers: SignalHandlers): void {
  if (task.pending.length > 0) handlers.handled.push(...task.pending.splice(0));
}

/** Makes a call, and makes it again as often as a signal wants it restarted. */
export function* restarting<Value, Failure extends Errno>(
  task: Task,
  handlers: SignalHandlers,
  call: () => Steps<Restartable<Value, Failure>>,
): Steps<Outcome<Value, Failure | 'EINTR'>> {
  for (;;) {
    const result = yield* call();
    handleSignals(task, handlers);
    if (result !== ERESTARTSYS) return result;
    if (!handlers.restart) return failure('EINTR');
  }
}
