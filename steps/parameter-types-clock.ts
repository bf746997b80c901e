/** The nouns of the features on clocks and timers. */
import { defineParameterType } from '@cucumber/cucumber';

/** Nanoseconds in a unit of time. */
const UNITS = { ns: 1, ms: 1_000_000, s: 1_000_000_000 } as const;

defineParameterType({
  name: 'nanoseconds',
  regexp: /(\d+) (ns|ms|s)/,
  transformer: (count: string, unit: string) => Number(count) * UNITS[unit as keyof typeof UNITS],
});

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
