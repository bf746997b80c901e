/**
 * Checks of arguments and values by the contract.
 *
 * The build makes a function of each schema, in a module a port, which is loaded when the port is first
 * called. What such a function refuses the schema itself is asked about: it says what is wrong.
 */
import { createRequire } from 'node:module';
import type { MESSAGES } from '../contract/index.ts';
import { isCapability } from './built-ports.ts';
import { builtFile } from './root.ts';

/** What of an operation is checked. */
export type Part = 'args' | 'ok';

/** Gives a copy of a value that is valid, and undefined where the schema is to be asked. */
export type Check = (value: unknown) => unknown;

export type Checks = Readonly<Record<Part, Check>>;

export const CHECKS = builtFile('checks');

/** The module of what the protocol itself says. */
export const PROTOCOL_CHECKS = 'protocol';

/** An operation of the protocol itself. */
export type Message = keyof typeof MESSAGES;

const require = createRequire(import.meta.url);

const loaded = new Map<string, Checks>();

function load(module: string, prefix: string): void {
  const checks = require(`${CHECKS}/${module}.cjs`) as Readonly<Record<string, Checks>>;
  for (const [name, each] of Object.entries(checks)) loaded.set(prefix + name, each);
}

/** Those of a message of the protocol. */
export function messageChecks(message: Message): Checks {
  if (!loaded.has(message)) load(PROTOCOL_CHECKS, '');
  return loaded.get(message) as Checks;
}

/** Those of a method, by its name on the wire; undefined if the contract has none of that name. */
export function checksOf(op: string): Checks | undefined {
  const known = loaded.get(op);
  if (known !== undefined) return known;
  const capability = op.slice(0, op.indexOf('.'));
  if (!isCapability(capability)) return undefined;
  load(capability, `${capability}.`);
  return loaded.get(op);
}

/** A valid value, or what is wrong with it by field. */
export type Judged<Value> =
  | { readonly value: Value; readonly issues: undefined }
  | { readonly value?: undefined; readonly issues: string };

/** Checks a message of the protocol. */
export async function judgeMessage<Value>(
  message: Message,
  part: Part,
  value: unknown,
): Promise<Judged<Value>> {
  const checked = messageChecks(message)[part](value);
  if (checked !== undefined) return { value: checked as Value, issues: undefined };
  const { judgeBySchema } = await import('./schema-judge.ts');
  return judgeBySchema(message, part, value) as Judged<Value>;
}
