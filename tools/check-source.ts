/**
 * From a schema of the contract to the source of a function that checks a value by it.
 *
 * The function gives a copy of a value that the schema accepts and undefined for every other one, which the
 * schema is then asked about: so it may refuse too much, and never accepts too much. What it does not
 * know of schemas (a refinement, a default, a transformation) it refuses altogether.
 */
import type { z } from 'zod';

/** A definition as Zod keeps it; each kind of schema has a few of the members. */
interface Definition {
  readonly type?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly coerce?: boolean;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly inclusive?: boolean;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
}

interface Check {
  readonly check?: string;
  readonly value?: number | bigint;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: RegExp;
}

type Member = readonly [name: string, schema: z.ZodType];

const definition = (schema: z.ZodType): Definition => schema._zod.def;

/** Thrown inside, where a schema says something that is not known here. */
class NotKnown extends Error {}

/** A module of functions; what is checked alike shares its function. */
export class CheckSource {
  readonly #names = new Map<z.ZodType, string>();
  readonly #functions = new Map<string, string>();
  readonly #open = new Set<z.ZodType>();

  /** The name of the function that checks by a schema. */
  of(schema: z.ZodType): string {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const body = this.#body(schema);
    const name = this.#functions.get(body) ?? `check${this.#functions.size}`;
    this.#functions.set(body, name);
    this.#names.set(schema, name);
    return name;
  }

  /** Every function so far. */
  get text(): string {
    const functions = [...this.#functions].map(
      ([body, name]) => `function ${name}(value) {\n${indented(body)}\n}`,
    );
    return functions.join('\n\n');
  }

  #body(schema: z.ZodType): string {
    try {
      if (this.#open.has(schema)) throw new NotKnown(); // It contains itself.
      this.#open.add(schema);
      return this.#statements(definition(schema));
    } catch (error) {
      if (error instanceof NotKnown) return 'return undefined; // Only the schema knows.';
      throw error;
    } finally {
      this.#open.delete(schema);
    }
  }

  #statements(def: Definition): string {
    if (def.coerce === true) throw new NotKnown();
    switch (def.type) {
      case 'string':
        return accepts([
          "typeof value === 'string'",
          ...formats(def),
          ...conditions(def, 'length'),
        ]);
      case 'number':
        return accepts([numberKind(def), ...conditions(def, 'number')]);
      case 'boolean':
        return accepts(["typeof value === 'boolean'", ...conditions(def)]);
      case 'null':
        return accepts(['value === null', ...conditions(def)]);
      case 'literal':
        return accepts([oneOf(def.values ?? []), ...conditions(def)]);
      case 'enum':
        return accepts([oneOf(Object.values(def.entries ?? {})), ...conditions(def)]);
      case 'unknown':
        return accepts(['true', ...conditions(def)]);
      case 'nullable':
        return `if (value === null) return null;\n${this.#passedTo(def.innerType, def)}`;
      case 'union':
        return this.#union(def);
      case 'array':
        return this.#array(def);
      case 'record':
        return this.#record(def);
      case 'object':
        return this.#object(def);
      default:
        throw new NotKnown();
    }
  }

  #passedTo(schema: z.ZodType | undefined, def: Definition): string {
    if (schema === undefined || conditions(def).length > 0) throw new NotKnown();
    return `return ${this.of(schema)}(value);`;
  }

  #union(def: Definition): string {
    // Of schemas that exclude each other without a discriminator, all would have to be tried.
    if (def.inclusive === false && def.discriminator === undefined) throw new NotKnown();
    if (conditions(def).length > 0) throw new NotKnown();
    return lines(
      'let checked;',
      ...(def.options ?? []).map(
        (option) => `if ((checked = ${this.of(option)}(value)) !== undefined) return checked;`,
      ),
      'return undefined;',
    );
  }

  #array(def: Definition): string {
    if (def.element === undefined) throw new NotKnown();
    return lines(
      refuses(['Array.isArray(value)', ...conditions(def, 'length')]),
      'const copy = [];',
      'for (const item of value) {',
      `  const checked = ${this.of(def.element)}(item);`,
      '  if (checked === undefined) return undefined;',
      '  copy.push(checked);',
      '}',
      'return copy;',
    );
  }

  #record(def: Definition): string {
    const { keyType, valueType } = def;
    if (keyType === undefined || valueType === undefined) throw new NotKnown();
    if (definition(keyType).type !== 'string' || conditions(def).length > 0) throw new NotKnown();
    return lines(
      'if (!isObject(value)) return undefined;',
      'const copy = {};',
      'for (const key of Object.keys(value)) {',
      `  if (${this.of(keyType)}(key) === undefined || key === '__proto__') return undefined;`,
      `  const checked = ${this.of(valueType)}(value[key]);`,
      '  if (checked === undefined) return undefined;',
      '  copy[key] = checked;',
      '}',
      'return copy;',
    );
  }

  #object(def: Definition): string {
    const { shape = {}, catchall } = def;
    const others = catchall && definition(catchall).type;
    if ((others !== 'never' && others !== 'unknown') || conditions(def).length > 0) {
      throw new NotKnown();
    }
    const members = Object.entries(shape);
    const known = others === 'never' ? [refusesOthers(Object.keys(shape))] : [];
    return lines(
      'if (!isObject(value)) return undefined;',
      ...known,
      ...(others === 'never' ? this.#madeWhole(members) : this.#copied(members)),
    );
  }

  /** What must be there is in the literal, as far as nothing comes before it that need not. */
  #madeWhole(members: readonly Member[]): string[] {
    const firstOptional = members.findIndex(([, member]) => definition(member).type === 'optional');
    const begin = members.slice(0, firstOptional < 0 ? members.length : firstOptional);
    const parts = begin.map(([name, member], at) => ({
      check: `const part${at} = ${this.of(member)}(value[${JSON.stringify(name)}]);`,
      member: `${JSON.stringify(name)}: part${at}`,
      refusal: `if (part${at} === undefined) return undefined;`,
    }));
    const literal = `{ ${parts.map(({ member }) => member).join(', ')} }`;
    const checks = parts.flatMap(({ check, refusal }) => [check, refusal]);
    if (begin.length === members.length) return [...checks, `return ${literal};`];
    const rest = members.slice(begin.length).map((member) => this.#member(member));
    return [...checks, `const copy = ${literal};`, ...rest, 'return copy;'];
  }

  #copied(members: readonly Member[]): string[] {
    const each = members.map((member) => this.#member(member));
    return ['const copy = { ...value };', ...each, 'return copy;'];
  }

  #member([key, schema]: Member): string {
    const name = JSON.stringify(key);
    const def = definition(schema);
    const optional = def.type === 'optional';
    if (optional && conditions(def).length > 0) throw new NotKnown();
    const inner = optional ? def.innerType : schema;
    if (inner === undefined) throw new NotKnown();
    const taken = lines(
      `const checked = ${this.of(inner)}(value[${name}]);`,
      'if (checked === undefined) return undefined;',
      `copy[${name}] = checked;`,
    );
    const when = optional ? `if (value[${name}] !== undefined) ` : '';
    return `${when}{\n${indented(taken)}\n}`;
  }
}

/** What a module of such functions begins with. */
export const CHECK_PRELUDE = `function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}`;

function refusesOthers(names: readonly string[]): string {
  const known = names.map((name) => `key !== ${JSON.stringify(name)}`);
  const other = known.length === 0 ? 'true' : known.join(' && ');
  return `for (const key in value) if (${other}) return undefined;`;
}

/** The conditions that a schema's own checks come to. @throws NotKnown — one of them is not known. */
function conditions(def: Definition, kind?: 'length' | 'number'): string[] {
  return (def.checks ?? []).map((check) => condition(check._zod.def, kind));
}

function condition(check: Check, kind: 'length' | 'number' | undefined): string {
  if (kind === 'number' && typeof check.value === 'number') {
    const orEqual = check.inclusive === true ? '=' : '';
    if (check.check === 'greater_than') return `value >${orEqual} ${check.value}`;
    if (check.check === 'less_than') return `value <${orEqual} ${check.value}`;
  }
  if (kind === 'number' && check.check === 'number_format') return numberKind(check);
  if (kind === 'length' && check.check === 'min_length') return `value.length >= ${check.minimum}`;
  if (kind === 'length' && check.check === 'max_length') return `value.length <= ${check.maximum}`;
  if (kind === 'length' && check.check === 'string_format') return format(check);
  throw new NotKnown();
}

function numberKind({ format }: { readonly format?: string }): string {
  if (format === undefined) return 'Number.isFinite(value)';
  if (format === 'safeint') return 'Number.isSafeInteger(value)';
  throw new NotKnown();
}

function formats(def: Definition): string[] {
  return def.format === undefined ? [] : [format(def)];
}

/** Formats that are what their pattern says, and nothing more. */
function format({ format: name, pattern }: Check): string {
  const plain = name === 'regex' || name === 'ipv4';
  if (!plain || pattern === undefined || /[gy]/.test(pattern.flags)) throw new NotKnown();
  return `${String(pattern)}.test(value)`;
}

function oneOf(values: readonly unknown[]): string {
  if (values.some((value) => typeof value === 'bigint' || value === undefined))
    throw new NotKnown();
  return `(${values.map((value) => `value === ${JSON.stringify(value)}`).join(' || ')})`;
}

const accepts = (all: readonly string[]) => `return ${all.join(' && ')} ? value : undefined;`;

const refuses = (all: readonly string[]) => `if (!(${all.join(' && ')})) return undefined;`;

const lines = (...all: readonly string[]) => all.join('\n');

const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '  ');
