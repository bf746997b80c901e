/**
 * The checks of a method's arguments and of its value.
 *
 * Zod makes a function of each schema (z.compile), which accepts what is valid several times as fast and
 * leaves what is not to the schema itself. That function is made when it is first needed, so that the
 * ports that a run does not touch cost it nothing.
 */
import { z } from 'zod';
import { methodOf, type Method } from '../contract/index.ts';

export class MethodChecks {
  readonly method: Method;
  #args: z.ZodType | undefined;
  #ok: z.ZodType | undefined;

  constructor(method: Method) {
    this.method = method;
  }

  get args(): z.ZodType {
    return (this.#args ??= z.compile(this.method.args));
  }

  get ok(): z.ZodType {
    return (this.#ok ??= z.compile(this.method.ok));
  }
}

const known = new Map<string, MethodChecks>();

/** Those of a method by its name on the wire; undefined if the contract has none of that name. */
export function checksOf(op: string): MethodChecks | undefined {
  const made = known.get(op);
  if (made !== undefined) return made;
  const method = methodOf(op);
  if (method === undefined) return undefined;
  const checks = new MethodChecks(method);
  known.set(op, checks);
  return checks;
}
