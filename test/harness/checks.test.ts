/** The checks that the build makes never accept what the schema refuses, and know every schema. */
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { randomChoices, valueOf } from '../../adapters/dummies/values.ts';
import type { PortSpec } from '../../contract/index.ts';
import { MESSAGES, PORTS } from '../../contract/schemas.ts';
import { checksOf, messageChecks, type Check, type Message } from '../../harness/checks.ts';
import { CHECK_PRELUDE, CheckSource } from '../../tools/check-source.ts';

type Case = readonly [name: string, schema: z.ZodType, check: Check];

const ofPorts = Object.entries<PortSpec>(PORTS).flatMap(([capability, { methods }]) =>
  Object.entries(methods).flatMap(([name, { args, ok }]): Case[] => {
    const op = `${capability}.${name}`;
    const checks = checksOf(op);
    if (checks === undefined) throw new Error(`${op} has no checks`);
    return [
      [`${op} args`, args, checks.args],
      [`${op} ok`, ok, checks.ok],
    ];
  }),
);

const ofMessages = Object.entries(MESSAGES).flatMap(([name, { args, ok }]): Case[] => [
  [`${name} args`, args, messageChecks(name as Message).args],
  [`${name} ok`, ok, messageChecks(name as Message).ok],
]);

/** Values that are wrong somewhere, or look odd. */
const STRANGE = [
  undefined, null, true, '', 'x', '10.0.0.256', '\u{1f600}'.repeat(40), 'a'.repeat(5000),
  0, -1, 0.5, NaN, Infinity, 2 ** 53, -(2 ** 31) - 1, [], {}, [[]], { __proto__: null, ok: 1 },
]; // prettier-ignore

/** The value with one of its parts replaced, left out or added, chosen by the numbers. */
function spoilt(value: unknown, path: readonly number[], strange: unknown): unknown {
  const [step = 0, ...rest] = path;
  if (typeof value !== 'object' || value === null || path.length === 0) return strange;
  const keys = Object.keys(value);
  const at = step % (keys.length + 2);
  const key = keys[at];
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<
    string,
    unknown
  >;
  if (key !== undefined) copy[key] = spoilt(copy[key], rest, strange);
  else if (at === keys.length) copy['another'] = strange;
  else delete copy[keys[0] ?? ''];
  return copy;
}

describe.each([...ofPorts, ...ofMessages])('%s', (_, schema, check) => {
  it('has a value from every seed', () => {
    for (let seed = 0; seed < 500; seed++) valueOf(schema, randomChoices(seed * 0x9e37_79b1));
  });

  it('takes every valid value as it is', () => {
    for (let seed = 0; seed < 30; seed++) {
      const value = valueOf(schema, randomChoices(seed));
      const parsed = schema.safeParse(value);
      if (parsed.success) expect(check(value)).toEqual(parsed.data);
    }
  });

  it('takes none that the schema refuses', () => {
    const path = fc.array(fc.nat(9), { maxLength: 5 });
    fc.assert(
      fc.property(fc.nat(), path, fc.constantFrom(...STRANGE), (seed, steps, strange) => {
        const value = spoilt(valueOf(schema, randomChoices(seed)), steps, strange);
        const checked = check(value);
        if (checked !== undefined) expect(schema.parse(value)).toEqual(checked);
      }),
    );
  });
});

/** The check that the build would make of a schema. */
function checkBy(schema: z.ZodType): Check {
  const source = new CheckSource();
  const name = source.of(schema);
  const text = `(() => {\n${CHECK_PRELUDE}\n${source.text}\nreturn ${name};\n})()`;
  return runInThisContext(text) as Check;
}

describe('a record', () => {
  it('is known by its keys too', () => {
    const check = checkBy(z.record(z.string().regex(/^[a-z]+$/), z.int()));
    expect(check({ a: 1, bc: 2 })).toEqual({ a: 1, bc: 2 });
    for (const strange of [{ A: 1 }, { a: 1, 'b c': 2 }, { '': 1 }, { a: 'x' }, [], null]) {
      expect(check(strange)).toBeUndefined();
    }
  });
});

describe('a schema that says more than is known', () => {
  const self: z.ZodType = z.strictObject({
    get inner() {
      return self.optional();
    },
  });
  it.each([
    ['a refinement', z.string().refine((text) => text !== 'x')],
    ['a default', z.string().default('x')],
    ['a transformation', z.string().trim()],
    ['another format', z.email()],
    ['a multiple', z.int().multipleOf(2)],
    ['schemas that exclude each other', z.xor([z.string(), z.literal('x')])],
    ['a coercion', z.coerce.number()],
    ['keys that are listed', z.record(z.enum(['a', 'b']), z.int())],
    ['itself', self],
  ])('is left to the schema: %s', (_, schema) => {
    const check = checkBy(z.array(schema));
    for (const value of ['x', 'a b', '3', 3, 4, { inner: {} }]) {
      expect(check([value])).toBeUndefined();
    }
    expect(check([])).toEqual([]);
  });
});
