/** The nouns of the features on clocks and timers. */
import { defineParameterType } from '@cucumber/cucumber';

/** Nanoseconds in a unit of time. */
const UNITS = { ns: 1, ms: 1_000_000, s: 1_000_000_000 } as const;

const nanoseconds = (count: string, unit: string): number =>
  Number(count) * UNITS[unit as keyof typeof UNITS];

defineParameterType({
  name: 'nanoseconds',
  regexp: /(\d+) (ns|ms|s)/,
  transformer: nanoseconds,
});

/** "10 ms" in a table; undefined: it is no time. */
export function nanosecondsFrom(text: string): number | undefined {
  const [, count, unit] = /^(\d+) (ns|ms|s)$/.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : nanoseconds(count, unit);
}

defineParameterType({
  name: 'calloutCall',
  regexp: /(?:un)?timeout\([^)]*\)/,
  transformer: (text: string) => text,
});

defineParameterType({
  name: 'clockPriority',
  regexp: /base|raised/,
  transformer: (text: string) => text as 'base' | 'raised',
});
