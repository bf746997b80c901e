/** The nouns of the features. */
import { defineParameterType } from '@cucumber/cucumber';
import { ERRNOS, SOFTIRQ_VECTORS, type Errno } from '../contract/index.ts';

const ANSWERS = {
  NOTIFY_DONE: 0x0000,
  NOTIFY_OK: 0x0001,
  NOTIFY_STOP: 0x8001,
  NOTIFY_BAD: 0x8002,
} as const;

/** "01 F2", "01F2", "20 octets of 06" or "no octets", as the contract writes octets. */
export function octetsFrom(text: string): string {
  if (text === 'no octets') return '';
  const repeated = /^(\d+) octets of ([0-9A-F]{2})$/.exec(text);
  if (repeated !== null) return (repeated[2] ?? '').repeat(Number(repeated[1])).toLowerCase();
  return text.replaceAll(/\s/g, '').toLowerCase();
}

/** The name of an answer where it has one. */
export function answerName(answer: number): string {
  const named = Object.entries(ANSWERS).find(([, value]) => value === answer);
  return named?.[0] ?? hex(answer, 8);
}

/** 0x0000 with as many digits as asked for. */
export function hex(value: number, digits: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(digits, '0')}`;
}

defineParameterType({
  name: 'octets',
  regexp: /no octets|\d+ octets of [0-9A-F]{2}|[0-9A-F]{2,}(?: +[0-9A-F]+)*/,
  transformer: octetsFrom,
});

defineParameterType({
  name: 'word16',
  regexp: /0x[0-9A-F]{4}/,
  transformer: Number,
});

defineParameterType({
  name: 'octet',
  regexp: /0x[0-9A-F]{2}/,
  transformer: Number,
});

defineParameterType({
  name: 'word32',
  regexp: /0x[0-9A-F]{8}/,
  transformer: Number,
});

defineParameterType({
  name: 'ipv4',
  regexp: /\d+\.\d+\.\d+\.\d+/,
  transformer: (text: string) => text,
});

defineParameterType({
  name: 'transport',
  regexp: /TCP|UDP/,
  transformer: (text: string) => text.toLowerCase() as 'tcp' | 'udp',
});

defineParameterType({
  name: 'errno',
  regexp: new RegExp(ERRNOS.join('|')),
  transformer: (text: string) => text as Errno,
});

defineParameterType({
  name: 'answer',
  regexp: /NOTIFY_(?:DONE|OK|STOP|BAD)|0x[0-9A-F]{8}/,
  transformer: (text: string): number =>
    text in ANSWERS ? ANSWERS[text as keyof typeof ANSWERS] : Number(text),
});

defineParameterType({
  name: 'names',
  regexp: /nobody|[a-z]+(?:, [a-z]+)*/,
  transformer: (text: string): readonly string[] => (text === 'nobody' ? [] : text.split(', ')),
});

defineParameterType({
  name: 'skb',
  regexp: /it|"([a-z]+)"/,
  transformer: (text?: string) => text ?? 'it',
});

/** A part of a buffer: "its data", or 'the data of "clone"'. */
for (const [name, part] of [
  ['skbData', 'data'],
  ['skbMemory', 'memory'],
  ['skbControlBlock', 'control block'],
] as const) {
  defineParameterType({
    name,
    regexp: new RegExp(`its ${part}|the ${part} of "([a-z]+)"`),
    transformer: (owner?: string) => owner ?? 'it',
  });
}

defineParameterType({
  name: 'field',
  regexp: /stamp|dev|input_dev|real_dev|priority|protocol|security|pkt_type|ip_summed|csum/,
  transformer: (text: string) => text as 'dev',
});

defineParameterType({
  name: 'header',
  regexp: /h|nh|mac/,
  transformer: (text: string) => text as 'h' | 'nh' | 'mac',
});

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

/** A task of the scenario, by the name it has there. */
defineParameterType({
  name: 'task',
  regexp: /[a-z]+/,
  transformer: (text: string) => text,
});
