/** The nouns of the features on software interrupts and the receive path. */
import { defineParameterType } from '@cucumber/cucumber';
import { SOFTIRQ_VECTORS } from '../contract/index.ts';

/** Longest first: a pattern takes the first alternative that fits. */
const VECTOR = SOFTIRQ_VECTORS.toSorted((a, b) => b.length - a.length).join('|');

defineParameterType({
  name: 'vector',
  regexp: new RegExp(VECTOR),
  transformer: (text: string) => text as 'HI',
});

defineParameterType({
  name: 'vectors',
  regexp: new RegExp(`(?:${VECTOR})(?:, (?:${VECTOR}))*`),
  transformer: (text: string) => text.split(', '),
});

defineParameterType({
  name: 'awakeOrAsleep',
  regexp: /awake|asleep/,
  transformer: (text: string) => (text === 'awake' ? 'woken' : 'asleep'),
});

defineParameterType({
  name: 'raised',
  regexp: /raised|not raised/,
  transformer: (text: string) => text === 'raised',
});

defineParameterType({
  name: 'onOrOff',
  regexp: /on|off/,
  transformer: (text: string) => text === 'on',
});

defineParameterType({
  name: 'driver',
  regexp: /one interrupt each|polled/,
  transformer: (text: string) => (text === 'polled' ? 'polling' : 'interrupts'),
});

/** So many, or so many per cent of what is expected. */
defineParameterType({
  name: 'tolerance',
  regexp: /(\d+)( %)?/,
  transformer: (number: string, percent?: string) => (expected: number) =>
    percent === undefined ? Number(number) : (expected * Number(number)) / 100,
});
