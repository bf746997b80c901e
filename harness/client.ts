/**
 * The ports of an implementation as the suite calls them.
 *
 * Arguments are checked before they leave, so that a bad value in a feature is named and never sent;
 * answers are checked when they arrive, so that no step has to.
 */
import {
  ANSWER_KINDS,
  CAPABILITIES,
  PORTS,
  type Capability,
  type Errno,
  type Method,
  type Outcome,
  type PortSpec,
} from '../contract/index.ts';
import type { ArgsOf, FailureOf, ValueOf } from '../contract/port.ts';
import { checksOf, type MethodChecks } from './checks.ts';
import type { Connection } from './connection.ts';
import { AdapterFault, ImplementationFailed } from './problems.ts';
import { exampleOf, explainIssues } from './validation.ts';

/** A port whose methods give only what a scenario can judge. */
export type ClientPort<Spec extends PortSpec> = {
  readonly [Name in keyof Spec['methods']]: (
    args: ArgsOf<Spec['methods'][Name]>,
  ) => Promise<Outcome<ValueOf<Spec['methods'][Name]>, FailureOf<Spec['methods'][Name]>>>;
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
): Promise<Outcome<never, Errno>> {
  const checks = checksOf(op);
  if (checks === undefined) throw new RangeError(`the contract has no method ${op}`);
  const checked = checks.args.safeParse(args);
  if (!checked.success) throw new RangeError(`${op}: ${explainIssues(checked.error, 'args')}`);
  return checkedAnswer(op, checks, await connection.call(op, checked.data as object));
}

function checkedAnswer(op: string, checks: MethodChecks, answer: unknown): Outcome<never, Errno> {
  const { method } = checks;
  const members = typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
  const kind = ANSWER_KINDS.find((name) => name === members[0]);
  if (members.length !== 1 || kind === undefined) {
    throw invalid(op, method, `exactly one of ${ANSWER_KINDS.join(', ')} is wanted`);
  }
  const given = answer as Record<string, unknown>;
  switch (kind) {
    case 'ok':
      return { ok: checkedValue(op, checks, given['ok']) };
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
      throw invalid(op, method, 'this call never sleeps');
  }
}

function checkedValue(op: string, { method, ok }: MethodChecks, value: unknown): never {
  const parsed = ok.safeParse(value);
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
