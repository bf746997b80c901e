/** The nouns of the features. */
import { defineParameterType } from '@cucumber/cucumber';
import {
  bytesOf,
  ERRNOS,
  octetsOf,
  TERMINAL_CHARACTERS,
  TERMINAL_FLAGS,
  type Errno,
} from '../contract/index.ts';

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

/**
 * Octets from a text, in which ^ and a letter or sign stand for a control character as on a keyboard:
 * ^D, ^J (newline), ^M (carriage return), ^? (DEL).
 */
function octetsOfText(text: string): string {
  const plain = text.replaceAll(/\^([@-_?])/g, (_, key: string) =>
    String.fromCharCode(key.charCodeAt(0) ^ 0x40),
  );
  return octetsOf([...plain].map((character) => character.charCodeAt(0)));
}

/** Octets as a feature writes them: runs of one octet by their length, others as text. */
export function textOfOctets(octets: string): string {
  const bytes = [...bytesOf(octets)];
  const [first = 0] = bytes;
  if (bytes.length > 4 && bytes.every((byte) => byte === first)) {
    return `${bytes.length} octets of ${octetsOf([first]).toUpperCase()}`;
  }
  const shown = bytes.map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : controlName(byte),
  );
  return `"${shown.join('')}"`;
}

function controlName(byte: number): string {
  if (byte > 0x7f) return `\\x${octetsOf([byte])}`;
  return `^${String.fromCharCode(byte ^ 0x40)}`;
}

/** A text in quotes, or runs of one octet each: "4 octets of 61 and 20 octets of 62". */
defineParameterType({
  name: 'content',
  regexp: /"([^"]*)"|(\d+ octets of [0-9A-F]{2}(?: and \d+ octets of [0-9A-F]{2})*)/,
  transformer: (text?: string, runs?: string) =>
    runs === undefined ? octetsOfText(text ?? '') : runs.split(' and ').map(octetsFrom).join(''),
});

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

/** A task of the scenario, by the name it has there. */
defineParameterType({
  name: 'task',
  regexp: /[a-z]+/,
  transformer: (text: string) => text,
});

/** Runs of one octet each. */
defineParameterType({
  name: 'runs',
  regexp: /\d+ octets of [0-9A-F]{2}(?:, \d+ octets of [0-9A-F]{2})*/,
  transformer: (text: string): readonly string[] => text.split(', '),
});

/** An end of a pipe, in the words of the scenario. */
defineParameterType({
  name: 'end',
  regexp: /the (?:second )?(?:reading|writing) end|the end of [a-z]+/,
  transformer: (text: string) => text,
});

defineParameterType({
  name: 'events',
  regexp: /nothing|(?:IN|OUT|HUP|ERR)(?:, (?:IN|OUT|HUP|ERR))*/,
  transformer: (text: string): readonly string[] => (text === 'nothing' ? [] : text.split(', ')),
});

defineParameterType({
  name: 'signals',
  regexp: /no signal|SIG[A-Z0-9]+(?:, SIG[A-Z0-9]+)*/,
  transformer: (text: string): readonly string[] => (text === 'no signal' ? [] : text.split(', ')),
});

defineParameterType({
  name: 'restarts',
  regexp: /has SA_RESTART|has not SA_RESTART/,
  transformer: (text: string) => text === 'has SA_RESTART',
});

const OPEN_MODES = {
  'for reading': 'O_RDONLY',
  'for writing': 'O_WRONLY',
  'for reading and writing': 'O_RDWR',
} as const;

defineParameterType({
  name: 'opening',
  regexp: /for reading and writing|for (?:reading|writing)(?: without blocking)?/,
  transformer: (text: string) => ({
    mode: OPEN_MODES[text.replace(' without blocking', '') as keyof typeof OPEN_MODES],
    nonblock: text.endsWith(' without blocking'),
  }),
});

const FLAG = new RegExp(TERMINAL_FLAGS.join('|')).source;

defineParameterType({
  name: 'flags',
  regexp: new RegExp(`no flags|(?:${FLAG})(?:(?:, | and )(?:${FLAG}))*`),
  transformer: (text: string): readonly string[] =>
    text === 'no flags' ? [] : text.split(/, | and /),
});

defineParameterType({
  name: 'character',
  regexp: new RegExp(TERMINAL_CHARACTERS.join('|')),
  transformer: (text: string) => text as (typeof TERMINAL_CHARACTERS)[number],
});

defineParameterType({
  name: 'mode',
  regexp: /cooked|raw/,
  transformer: (text: string) => text as 'cooked' | 'raw',
});

const WHEN_TO_SET = {
  'at once': 'TCSANOW',
  'when its output has left': 'TCSADRAIN',
  'when its output has left, and discards its input': 'TCSAFLUSH',
} as const;

defineParameterType({
  name: 'when',
  regexp: /at once|when its output has left(?:, and discards its input)?/,
  transformer: (text: string) => WHEN_TO_SET[text as keyof typeof WHEN_TO_SET],
});
