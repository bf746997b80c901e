/**
 * How a port is described.
 *
 * A port is data: each method with the schema of its arguments and of its value, the errnos and the
 * bugs it may answer. The TypeScript types, the validation at the boundary, the protocol document
 * and the published schema all come from that one description.
 */
import type { z } from 'zod';
import type { Answer } from './answer.ts';
import type { Errno } from './errno.ts';

export interface Method<
  Args extends z.ZodType = z.ZodType,
  Value extends z.ZodType = z.ZodType,
  Failure extends Errno = Errno,
  Sleeps extends boolean = boolean,
> {
  /** One sentence for the protocol document. */
  readonly does: string;
  /** The kernel function behind it. */
  readonly kernel?: string;
  readonly args: Args;
  readonly ok: Value;
  /** Exactly the errnos that may be answered. */
  readonly errnos: readonly Failure[];
  /** The misuses that the kernel catches, in words; empty when there is none. */
  readonly bugs: readonly string[];
  /** Whether it may answer `parked`. */
  readonly sleeps: Sleeps;
}

export interface PortSpec {
  /** What the suite can use it for, in a sentence. */
  readonly does: string;
  /** Raised when methods or optional fields are added. */
  readonly version: number;
  readonly methods: Readonly<Record<string, Method>>;
}

/** Fills in what is left out: no errno, no bug, never asleep. */
export function method<
  Args extends z.ZodType,
  Value extends z.ZodType,
  const Failure extends Errno = never,
  const Sleeps extends boolean = false,
>(description: {
  does: string;
  kernel?: string;
  args: Args;
  ok: Value;
  errnos?: readonly Failure[];
  bugs?: readonly string[];
  sleeps?: Sleeps;
}): Method<Args, Value, Failure, Sleeps> {
  return { errnos: [], bugs: [], sleeps: false as Sleeps, ...description };
}

type ArgsOf<M> = M extends Method<infer Args, z.ZodType, Errno> ? z.input<Args> : never;
type ValueOf<M> = M extends Method<z.ZodType, infer Value, Errno> ? z.output<Value> : never;
type FailureOf<M> = M extends Method<z.ZodType, z.ZodType, infer Failure> ? Failure : never;

/** True for a method that may sleep. */
type SleepsOf<M> = M extends { readonly sleeps: infer Sleeps } ? Sleeps : never;

/** At once or later: who has an answer at hand need not promise one. */
export type NowOrLater<Value> = Value | Promise<Value>;

/** The interface that an implementation offers for a port. */
export type PortOf<Spec extends PortSpec> = {
  readonly [Name in keyof Spec['methods']]: (
    args: ArgsOf<Spec['methods'][Name]>,
  ) => NowOrLater<Answer<ValueOf<Spec['methods'][Name]>, FailureOf<Spec['methods'][Name]>>>;
};

export type { ArgsOf, FailureOf, SleepsOf, ValueOf };
