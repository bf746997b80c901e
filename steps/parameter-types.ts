/** The nouns of the features. */
import { defineParameterType } from '@cucumber/cucumber';
import { ERRNOS, SOFTIRQ_VECTORS, type Errno } from '../contract/index.ts';

const ANSWERS = {
  NOTIFY_DONE: 0x0000,
  NOTIFY_OK: 0x0001,
  NOTIFY_STOP: 0x8001,
  NOTIFY_BAD: 0x8002,
} as const;

/** A name, or one processor's copy of it, and its value. */
const ASSIGNMENT = String.raw`(?:per_cpu\(\w+, \d\)|\w+) = -?\d+`;

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

/** "x = 1 and per_cpu(hits, 0) = 7": names with their values, in the order of the text. */
defineParameterType({
  name: 'assignments',
  regexp: new RegExp(`${ASSIGNMENT}(?: and ${ASSIGNMENT})*`),
  transformer: (text: string) =>
    text.split(' and ').map((each) => {
      const [name = '', value] = each.split(' = ');
      return [name, Number(value)] as const;
    }),
});

/** A task of the scenario, by the name it has there. */
defineParameterType({
  name: 'task',
  regexp: /[a-z]+/,
  transformer: (text: string) => text,
});

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
defineParameterType({
  name: 'path',
  regexp: /\/[^\s,]*/,
  transformer: (text: string) => text,
});

/** Names in a directory: "nothing" or "bin, lib". */
defineParameterType({
  name: 'entries',
  regexp: /nothing|[^\s,/"]+(?:, [^\s,/"]+)*/,
  transformer: (text: string): readonly string[] => (text === 'nothing' ? [] : text.split(', ')),
});

/** How a file is opened, as the contract takes it. */
export interface OpenFlags {
  readonly mode: 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';
  readonly flags: ('O_CREAT' | 'O_EXCL' | 'O_TRUNC' | 'O_APPEND')[];
}

/** "O_RDWR O_CREAT" */
defineParameterType({
  name: 'openFlags',
  regexp: /O_(?:RDONLY|WRONLY|RDWR)(?: O_(?:CREAT|EXCL|TRUNC|APPEND))*/,
  transformer: (text: string): OpenFlags => {
    const [mode, ...flags] = text.split(' ');
    return { mode, flags } as OpenFlags;
  },
});

defineParameterType({
  name: 'whence',
  regexp: /SEEK_(?:SET|CUR|END)/,
  transformer: (text: string) => text as 'SEEK_SET',
});

/** An open file: "the file", or 'file "reader"'. */
defineParameterType({
  name: 'file',
  regexp: /the file|file "([a-z]+)"/,
  transformer: (name?: string) => name ?? 'the file',
});

/** "AA, BB and CC": an octet each. */
defineParameterType({
  name: 'octetList',
  regexp: /[0-9A-F]{2}(?:(?:, | and )[0-9A-F]{2})*/,
  transformer: (text: string): readonly string[] => text.toLowerCase().split(/, | and /),
});

defineParameterType({
  name: 'mapAccess',
  regexp: /read-only|read-write/,
  transformer: (text: string) => text as 'read-only' | 'read-write',
});

defineParameterType({
  name: 'residence',
  regexp: /(?:resident|out)(?:, (?:resident|out))*/,
  transformer: (text: string): readonly boolean[] =>
    text.split(', ').map((place) => place === 'resident'),
});

defineParameterType({
  name: 'signal',
  regexp: /SIG[A-Z]+/,
  transformer: (text: string) => text,
/** What was read, one after another: "1, -2, poison". */
defineParameterType({
  name: 'readings',
  regexp: /(?:-?\d+|poison)(?:, (?:-?\d+|poison))*/,
  transformer: (text: string): readonly string[] => text.split(', '),
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
