/** From what the reference does to what the contract answers. */
import { failure, success, type Answer, type Errno, type Outcome } from '../../contract/index.ts';
import { KernelBug } from '../../reference/kernel/bug.ts';

/** The suite handed back a token that it was never given. */
export class UnknownHandle extends Error {
  override readonly name = 'UnknownHandle';
}

/** Runs the kernel and turns a caught bug into the answer that says so. */
export function answering<Value, Failure extends Errno>(
  work: () => Answer<Value, Failure>,
): Answer<Value, Failure> {
  try {
    return work();
  } catch (error) {
    if (error instanceof KernelBug) return { bug: error.message };
    if (error instanceof UnknownHandle) return { fault: error.message };
    throw error;
  }
}

/** The same for work that cannot fail otherwise. */
export function answeringOk<Value>(work: () => Value): Answer<Value> {
  return answering(() => success(work()));
}

/** A null of the kernel that means "no memory". */
export function orNoMemory<Value>(
  value: Value | null,
): { readonly ok: Value } | { readonly errno: 'ENOMEM' } {
  return value === null ? failure('ENOMEM') : success(value);
}

/** What became of a call, with its value seen in another way. */
export function outcomeAs<From, To, Failure extends Errno>(
  outcome: Outcome<From, Failure>,
  see: (value: From) => To,
): Outcome<To, Failure> {
  return 'ok' in outcome ? success(see(outcome.ok)) : outcome;
}
