/**
 * The ports of an implementation as the suite calls them.
 *
 * Arguments are checked before they leave, so that a bad value in a feature is named and never sent;
 * answers are checked when they arrive, so that no step has to.
 */
import {
  ANSWER_KINDS,
  type Capability,
  type Errno,
  type Outcome,
  type Parked,
  type PORTS,
  type PortSpec,
} from '../contract/index.ts';
import type { ArgsOf, FailureOf, SleepsOf, ValueOf } from '../contract/port.ts';
import { builtPorts, type BuiltMethod } from './built-ports.ts';
import { checksOf, messageChecks, type Checks } from './checks.ts';
import type { Connection } from './connection.ts';
import { AdapterFault, ImplementationFailed } from './problems.ts';

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
  const ports = Object.entries(builtPorts()).map(([capability, { methods }]) => {
    const calls = Object.keys(methods).map((name) => {
      const op = `${capability}.${name}`;
      return [name, (args: object) => callChecked(connection(), op, args)] as const;
    });
    return [capability, Object.fromEntries(calls)] as const;
  });
  return Object.fromEntries(ports) as unknown as ClientPorts;
}

/** A method as its calls are checked. */
interface CheckedMethod extends BuiltMethod, Checks {
  readonly op: string;
}

const methods = new Map<string, CheckedMethod>();

function checkedMethod(op: string): CheckedMethod | undefined {
  const known = methods.get(op);
  if (known !== undefined) return known;
  const checks = checksOf(op);
  if (checks === undefined) return undefined;
  const [capability, name] = op.split('.') as [Capability, string];
  const described = builtPorts()[capability].methods[name] as BuiltMethod;
  const method = { op, ...described, ...checks };
  methods.set(op, method);
  return method;
}

/** What an answer comes to; a promise when the schema has to be asked, or an example shown. */
type Judged = MaybeAsleep<never> | Promise<MaybeAsleep<never>>;

/**
 * Thousands of calls are made this way, so each is as few promises as it can be.
 *
 * @throws RangeError — an argument is out of its range; names the field.
 * @throws ImplementationFailed — no proper answer.
 * @throws AdapterFault — the adapter says that it failed.
 */
export function callChecked(
  connection: Connection,
  op: string,
  args: object,
): Promise<MaybeAsleep<never>> {
  const method = checkedMethod(op);
  if (method === undefined) {
    return Promise.reject(new RangeError(`the contract has no method ${op}`));
  }
  const read = (answer: unknown) => checkedAnswer(method, connection, answer);
  const checked = method.args(args) as object | undefined;
  if (checked !== undefined) return connection.call(op, checked, read);
  return argsBySchema(op, args).then((accepted) => connection.call(op, accepted, read));
}

async function argsBySchema(op: string, args: object): Promise<object> {
  const { judgeBySchema } = await import('./schema-judge.ts');
  const { value, issues } = judgeBySchema(op, 'args', args);
  if (issues !== undefined) throw new RangeError(`${op}: ${issues}`);
  return value as object;
}

/** Asks after a call until it no longer sleeps; what it came to is kept. */
function sleepingCall(
  method: CheckedMethod,
  connection: Connection,
  { call, waitsFor }: Parked,
): SleepingCall<never> {
  let result: Outcome<never, Errno> | undefined;
  const asleep: SleepingCall<never> = {
    waitsFor,
    poll: async () => {
      if (result !== undefined) return result;
      const polled = await connection.call('poll', { call }, (answer) =>
        checkedAnswer(method, connection, answer),
      );
      if ('asleep' in polled) return { asleep };
      result = polled;
      return result;
    },
  };
  return asleep;
}

function checkedAnswer(method: CheckedMethod, connection: Connection, answer: unknown): Judged {
  const members = typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
  const kind = ANSWER_KINDS.find((name) => name === members[0]);
  if (members.length !== 1 || kind === undefined) {
    return invalid(method, `exactly one of ${ANSWER_KINDS.join(', ')} is wanted`);
  }
  const given = answer as Record<string, unknown>;
  switch (kind) {
    case 'ok':
      return checkedValue(method, given['ok']);
    case 'errno':
      return checkedErrno(method, given['errno']);
    case 'bug':
      return checkedReason(method, given['bug']);
    case 'unsupported':
      throw new ImplementationFailed(
        'unsupported',
        `${method.op} is answered "unsupported" (${String(given['unsupported'])}), but its capability is declared`,
      );
    case 'fault':
      throw new AdapterFault(`the adapter failed in ${method.op}: ${String(given['fault'])}`);
    case 'parked':
      return checkedParked(method, connection, given);
  }
}

function checkedParked(
  method: CheckedMethod,
  connection: Connection,
  given: Record<string, unknown>,
): Judged {
  if (!method.sleeps) return invalid(method, 'this call never sleeps');
  const asleep = (answer: unknown) => {
    const { parked } = answer as { parked: Parked };
    return { asleep: sleepingCall(method, connection, parked) };
  };
  const checked = messageChecks('poll').ok(given);
  return checked === undefined
    ? bySchema(method, 'poll', given, 'answer').then(asleep)
    : asleep(checked);
}

function checkedValue(method: CheckedMethod, value: unknown): Judged {
  const checked = method.ok(value);
  return checked === undefined
    ? bySchema(method, method.op, value, 'ok').then((ok) => ({ ok: ok as never }))
    : { ok: checked as never };
}

function checkedReason(method: CheckedMethod, reason: unknown): Judged {
  return typeof reason === 'string'
    ? { bug: reason }
    : invalid(method, 'bug: the reason, a text, is wanted');
}

function checkedErrno(method: CheckedMethod, errno: unknown): Judged {
  const { errnos } = method;
  const known = errnos.find((name) => name === errno);
  if (known !== undefined) return { errno: known };
  const may = errnos.length > 0 ? `it may give ${errnos.join(', ')}` : 'it gives none';
  return invalid(method, `errno ${JSON.stringify(errno)} is none that this call gives; ${may}`);
}

/** The schema's word on what its check did not accept. */
async function bySchema(
  method: CheckedMethod,
  op: string,
  value: unknown,
  root: string,
): Promise<unknown> {
  const { judgeBySchema } = await import('./schema-judge.ts');
  const { value: accepted, issues } = judgeBySchema(op, 'ok', value, root);
  return issues === undefined ? accepted : invalid(method, issues);
}

/** @throws ImplementationFailed — always; with a valid answer as an example. */
async function invalid({ op }: CheckedMethod, what: string): Promise<never> {
  const { exampleAnswer } = await import('./schema-judge.ts');
  throw new ImplementationFailed(
    'invalid-answer',
    `the answer to ${op} is not valid: ${what}. A valid one: ${exampleAnswer(op)}`,
  );
}
