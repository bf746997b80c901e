/**
 * What options of IPv4 and of TCP have in common in sentences.
 *
 * `...` stands for any number of options. Padding behind the last one goes without saying.
 */
import { isDeepStrictEqual } from 'node:util';
import { type OptionFacts, textOf } from './facts.ts';
import type { Scanner } from './scanner.ts';

/** How one option is read and written. */
export interface Notation {
  readonly word: string;
  readonly kind: string;
  readonly read: (scanner: Scanner) => Readonly<Record<string, unknown>>;
  readonly write: (facts: OptionFacts) => string;
}

export function plain(word: string, kind: string): Notation {
  return { word, kind, read: () => ({}), write: () => word };
}

/** A word with a number, which a pattern may leave out. */
export function numeric(word: string, kind: string, name: string, max: number): Notation {
  return {
    word,
    kind,
    read: (scanner) =>
      scanner.peek(/\d/) === undefined ? {} : { [name]: scanner.number('a number', max) },
    write: (facts) => [word, facts[name]].join(' ').trim(),
  };
}

const UNKNOWN: Notation = {
  word: 'unknown',
  kind: 'unknown',
  read: (scanner) => {
    const type = scanner.number('the type of the option', 255);
    return { type, octets: scanner.accept(/(?:[0-9a-f]{2})+\b/) ?? '' };
  },
  write: ({ type, octets }) => `unknown ${textOf(type)} ${textOf(octets)}`.trim(),
};

const MALFORMED: Notation = {
  word: 'malformed',
  kind: 'malformed',
  read: (scanner) => ({ octets: scanner.expect(/(?:[0-9a-f]{2})+\b/, 'octets in hex') }),
  write: ({ octets }) => `malformed ${textOf(octets)}`,
};

/** What both protocols have. */
export const SHARED = [
  plain('nop', 'nop'),
  plain('eol', 'end'),
  plain('...', 'any'),
  UNKNOWN,
  MALFORMED,
];

export const written = (...parts: readonly unknown[]) =>
  parts
    .flat()
    .filter((part) => part !== '')
    .join(' ');

export function readList(
  scanner: Scanner,
  notations: readonly Notation[],
  end: RegExp,
): OptionFacts[] {
  const options: OptionFacts[] = [];
  while (scanner.accept(end) === undefined) {
    if (options.length > 0) scanner.expect(/,/, `a comma or ${end.source.replace('\\', '')}`);
    const word = scanner.word(
      notations.map((notation) => notation.word),
      'an option',
    );
    const notation = notations.find((each) => each.word === word) ?? UNKNOWN;
    options.push({ kind: notation.kind, ...notation.read(scanner) });
  }
  return options;
}

/** Padding of a packet's last word; `eol` in a pattern has no octets behind it. */
function isPadding({ kind, padding }: OptionFacts): boolean {
  return kind === 'end' && typeof padding === 'string' && /^(?:00){0,2}$/.test(padding);
}

export function writeList(
  options: readonly OptionFacts[],
  notations: readonly Notation[],
): string[] {
  const told = options.filter((option, at) => at + 1 < options.length || !isPadding(option));
  return told.map(
    (facts) => notations.find(({ kind }) => kind === facts.kind)?.write(facts) ?? facts.kind,
  );
}

/** Whether options have what those of a pattern say, in the same order. */
export function optionsMatch(
  actual: readonly OptionFacts[],
  expected: readonly OptionFacts[],
): boolean {
  const [first, ...others] = expected;
  if (first?.kind === 'any') {
    const places = [...actual.keys(), actual.length];
    return places.some((place) => optionsMatch(actual.slice(place), others));
  }
  const [next, ...rest] = actual;
  if (first === undefined) return rest.length === 0 && (next === undefined || next.kind === 'end');
  if (next === undefined) return false;
  const same = Object.entries(first).every(([name, fact]) => isDeepStrictEqual(next[name], fact));
  return same && optionsMatch(rest, others);
}
