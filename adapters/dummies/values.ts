/**
 * Values that a schema accepts, built by walking it.
 *
 * Whoever asks decides what is free: how long a list is, which of several, which number, which text.
 */
import { z } from 'zod';

/** The parts of JSON Schema that the contract's schemas come to. */
interface JsonSchema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

export interface Choices {
  /** A whole number from least to most. */
  number(least: number, most: number): number;
  /** How many items there are, from least to most. */
  count(least: number, most: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
  /** Texts to choose from; those that the schema refuses are left out. */
  texts(): readonly string[];
}

/** A dummy is asked for values of the same schema over and over. */
const described = new WeakMap<z.ZodType, JsonSchema>();

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = described.get(schema);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(schema) as JsonSchema;
  described.set(schema, made);
  return made;
}

export function valueOf(schema: z.ZodType, choices: Choices): Record<string, unknown> {
  return valueFrom(jsonSchemaOf(schema), choices) as Record<string, unknown>;
}

/** Names that members of a value may have; undefined: that depends on the value. */
export function membersOf(schema: z.ZodType): ReadonlySet<string> | undefined {
  const { properties, additionalProperties } = jsonSchemaOf(schema);
  const closed = properties !== undefined && additionalProperties === false;
  return closed ? new Set(Object.keys(properties)) : undefined;
}

function valueFrom(schema: JsonSchema, choices: Choices): unknown {
  if ('const' in schema) return schema.const;
  const { enum: listed, anyOf, oneOf = anyOf } = schema;
  if (listed !== undefined) return choices.oneOf(listed);
  if (oneOf !== undefined) return valueFrom(choices.oneOf(oneOf), choices);
  switch (schema.type) {
    case 'object':
      return objectFrom(schema, choices);
    case 'array': {
      const { items = {}, minItems = 0, maxItems = Infinity } = schema;
      return listOf(choices.count(minItems, maxItems), () => valueFrom(items, choices));
    }
    case 'integer':
    case 'number':
      return choices.number(
        schema.minimum ?? Number.MIN_SAFE_INTEGER,
        schema.maximum ?? Number.MAX_SAFE_INTEGER,
      );
    case 'boolean':
      return choices.oneOf([false, true]);
    case 'null':
      return null;
    default:
      return textFrom(schema, choices);
  }
}

/** Texts for schemas that take none of those to choose from; the second fits all octets but none at all. */
const RARE = ['2001:db8::1', '00'];

function textFrom(schema: JsonSchema, choices: Choices): string {
  const fitting = choices.texts().filter((text) => accepts(schema, text));
  return choices.oneOf(fitting.length > 0 ? fitting : RARE.filter((text) => accepts(schema, text)));
}

function objectFrom(schema: JsonSchema, choices: Choices): object {
  const { properties = {}, required = [], additionalProperties, propertyNames = {} } = schema;
  const members = Object.entries(properties)
    .filter(([name]) => required.includes(name) || choices.count(0, 1) === 1)
    .map(([name, part]): [string, unknown] => [name, valueFrom(part, choices)]);
  if (typeof additionalProperties !== 'object') return Object.fromEntries(members);
  const more = listOf(choices.count(0, Infinity), (): [string, unknown] => [
    textFrom(propertyNames, choices),
    valueFrom(additionalProperties, choices),
  ]);
  return Object.fromEntries([...members, ...more]);
}

function listOf<Item>(length: number, make: () => Item): Item[] {
  return Array.from({ length }, make);
}

function accepts({ pattern = '', minLength = 0, maxLength = Infinity }: JsonSchema, text: string) {
  return text.length >= minLength && text.length <= maxLength && new RegExp(pattern).test(text);
}

/** The least of everything: zero or what is nearest to it, the first, nothing at all. */
export const LEAST: Choices = {
  number: (least, most) => Math.min(Math.max(0, least), most),
  count: (least) => least,
  oneOf: (items) => first(items),
  texts: () => ['', 'a', '0.0.0.0', '00:00:00:00:00:00'],
};

/** Whatever comes, the boundaries and small numbers most often; the same from the same seed. */
export function randomChoices(seed: number): Choices {
  const next = generator(seed);
  const below = (count: number) => Math.floor(next() * count);
  const oneOf = <Item>(items: readonly Item[]): Item => first(items.slice(below(items.length)));
  return {
    number: (least, most) => {
      const any = least + Math.floor(next() * (most - least + 1));
      const wanted = oneOf([0, 1, below(64), any]);
      return Math.min(Math.max(wanted, least), most);
    },
    count: (least, most) => Math.min(least + below(4), most),
    oneOf,
    texts: () => [
      ...['', 'a', 'b', 'c', 'first', 'second', 'lock', 'unlock'],
      ...listOf(4, () => listOf(below(8), () => (256 + below(256)).toString(16).slice(1)).join('')),
      `10.0.0.${below(256)}`,
      `02:00:00:00:00:${(256 + below(256)).toString(16).slice(1)}`,
    ],
  };
}

/** @throws RangeError — there is nothing to choose from. */
function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new RangeError('no value fits the schema');
  return item;
}

/** Numbers from 0 to below 1, by Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
