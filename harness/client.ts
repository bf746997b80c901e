/**
 * The ports of an implementation as the suite calls them.
 *
 * Arguments are checked before they leave, so that a bad value in a feature is named and never sent;
 * answers are checked when they arrive, so that no step has to.
 */
import {
  ANSWER_KINDS,
  CAPABILITIES,
  methodOf,
  ParkedAnswer,
  PORTS,
  type Capability,
  type Errno,
  type Method,
  type Outcome,
  type Parked,
  type PortSpec,
} from '../contract/index.ts';
import type { ArgsOf, FailureOf, SleepsOf, ValueOf } from '../contract/port.ts';
import type { Connection } from './connection.ts';
import { AdapterFault, ImplementationFailed } from './problems.ts';
import { exampleOf, explainIssues } from './validation.ts';

/** A call that sleeps. */
export interface SleepingCall<Value = unknown, Failure extends Errno = Errno> {
  /** What it waits for, where the implementation says so. */
  readonly waitsFor: string | undefined;
  /**
   * Asks what it has come to; once that was told, it is told again.
   *
   * @throws as callChecked does.
   */
  poll(): Promise<MaybeAsleep<Value, Failure>>;
}

/** What a call that may sleep gives. */
export type MaybeAsleep<Value = unknown, Failure extends Errno = Errno> =
  Outcome<Value, Failure> | { readonly asleep: SleepingCall<Value, Failure> };

type Given<Value, Failure extends Errno, Sleeps> = [Sleeps] extends [true]
  ? MaybeAsleep<Value, Failure>
  : Outcome<Value, Failure>;

/** A port whose methods give only what a scenario can judge. */
export type ClientPort<Spec extends PortSpec> = {
  readonly [Name in keyof Spec['methods']]: (
    args: ArgsOf<Spec['methods'][Name]>,
  ) => Promise<
    Given<
      ValueOf<Spec['methods'][Name]>,
      FailureOf<Spec['methods'][Name]>,
      SleepsOf<Spec['methods'][Name]>
    >
  >;
};

export type ClientPorts = { readonly [Name in Capability]: ClientPort<(typeof PORTS)[Name]> };

/** The source of the connection changes with each scenario; the ports stay. */
export function clientPorts(connection: () => Connection): ClientPorts {
  const ports = CAPABILITIES.map((capability) => {
    const methods: PortSpec['methods'] = PORTS[capability].methods;
    const calls = Object.keys(methods).map((name) => {
      const op = `${capability}.${name}`;
      return [name, (args: object) => callChecked(connection(), op, args)] as const;
    });
    return [capability, Object.fromEntries(calls)] as const;
  });
  return Object.fromEntries(ports) as unknown as ClientPorts;
}

/**
 * @throws RangeError — an argument is out of its range; names the field.
 * @throws ImplementationFailed — no proper answer.
 * @throws AdapterFault — the adapter says that it failed.
 */
export async function callChecked(
  connection: Connection,
  op: string,
  args: object,
): Promise<MaybeAsleep<never>> {
  const method = methodOf(op);
  if (method === undefined) throw new RangeError(`the contract has no method ${op}`);
  const checked = method.args.safeParse(args);
  if (!checked.success) throw new RangeError(`${op}: ${explainIssues(checked.error, 'args')}`);
  const answer = await connection.call(op, checked.data as object);
  return checkedAnswer(op, method, connection, answer);
}

/** Asks after a call until it no longer sleeps; what it came to is kept. */
function sleepingCall(
  op: string,
  method: Method,
  connection: Connection,
  { call, waitsFor }: Parked,
): SleepingCall<never> {
  let result: Outcome<never, Errno> | undefined;
  const asleep: SleepingCall<never> = {
    waitsFor,
    poll: async () => {
      if (result !== undefined) return result;
      const polled = checkedAnswer(op, method, connection, await connection.call('poll', { call }));
      if ('asleep' in polled) return { asleep };
      result = polled;
      return result;
    },
  };
  return asleep;
}

function checkedAnswer(
  op: string,
  method: Method,
  connection: Connection,
  answer: unknown,
): MaybeAsleep<never> {
  const members = typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
  const kind = ANSWER_KINDS.find((name) => name === members[0]);
  if (members.length !== 1 || kind === undefined) {
    throw invalid(op, method, `exactly one of ${ANSWER_KINDS.join(', ')} is wanted`);
  }
  const given = answer as Record<string, unknown>;
  switch (kind) {
    case 'ok':
      return { ok: checkedValue(op, method, given['ok']) };
    case 'errno':
      return { errno: checkedErrno(op, method, given['errno']) };
    case 'bug':
      return { bug: checkedReason(op, method, given['bug']) };
    case 'unsupported':
      throw new ImplementationFailed(
        'unsupported',
        `${op} is answered "unsupported" (${String(given['unsupported'])}), but its capability is declared`,
      );
    case 'fault':
      throw new AdapterFault(`the adapter failed in ${op}: ${String(given['fault'])}`);
    case 'parked':
      return { asleep: sleepingCall(op, method, connection, checkedParked(op, method, given)) };
  }
}

function checkedParked(op: string, method: Method, given: Record<string, unknown>): Parked {
  if (!method.sleeps) throw invalid(op, method, 'this call never sleeps');
  const parsed = ParkedAnswer.safeParse(given);
  if (!parsed.success) throw invalid(op, method, explainIssues(parsed.error, 'answer'));
  return parsed.data.parked as Parked;
}

function checkedValue(op: string, method: Method, value: unknown): never {
  const parsed = method.ok.safeParse(value);
  if (parsed.success) return parsed.data as never;
  throw invalid(op, method, explainIssues(parsed.error, 'ok'));
}

function checkedReason(op: string, method: Method, reason: unknown): string {
  if (typeof reason === 'string') return reason;
  throw invalid(op, method, 'bug: the reason, a text, is wanted');
}

function checkedErrno(op: string, method: Method, errno: unknown): Errno {
  const known = method.errnos.find((name) => name === errno);
  if (known !== undefined) return known;
  const may =
    method.errnos.length > 0 ? `it may give ${method.errnos.join(', ')}` : 'it gives none';
  throw invalid(op, method, `errno ${JSON.stringify(errno)} is none that this call gives; ${may}`);
}

function invalid(op: string, method: Method, what: string): ImplementationFailed {
  const example = JSON.stringify({ ok: exampleOf(method.ok) });
  return new ImplementationFailed(
    'invalid-answer',
    `the answer to ${op} is not valid: ${what}. A valid one: ${example}`,
  );
}
