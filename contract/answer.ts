/**
 * What an implementation answers to a request.
 *
 * An answer is a plain object with exactly one of six members, the same in process and on the wire.
 */
import type { Errno } from './errno.ts';

/** The answers a scenario can judge: a value, the one errno of a failed call, or a caught bug. */
export type Outcome<Value, Failure extends Errno = never> =
  | { readonly ok: Value }
  | { readonly errno: Failure }
  /** The kernel noticed that it was misused (a BUG, an oops, a panic) and says why. Not a crash. */
  | { readonly bug: string };

/** The call sleeps; asked after by `poll` with its token, which answers as the call will. */
export interface Parked {
  /** A token that the implementation chooses; good until the call has been answered. */
  readonly call: string;
  /** What it waits for, in the words of the implementation. */
  readonly waitsFor?: string;
}

/** Every answer that a port method may give. */
export type Answer<Value, Failure extends Errno = never> =
  | Outcome<Value, Failure>
  | { readonly parked: Parked }
  /** This implementation does not have the operation. */
  | { readonly unsupported: string }
  /** The adapter itself failed; says nothing about the kernel behind it. */
  | { readonly fault: string };

export const ANSWER_KINDS = ['ok', 'errno', 'bug', 'parked', 'unsupported', 'fault'] as const;

export type AnswerKind = (typeof ANSWER_KINDS)[number];

export function success<Value>(value: Value): { readonly ok: Value } {
  return { ok: value };
}

export function failure<Failure extends Errno>(errno: Failure): { readonly errno: Failure } {
  return { errno };
}
