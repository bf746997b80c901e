/** The nouns of the features on terminals and pipes. */
import { defineParameterType } from '@cucumber/cucumber';
import { octetsFrom } from './parameter-types.ts';
import { bytesOf, octetsOf, TERMINAL_CHARACTERS, TERMINAL_FLAGS } from '../contract/index.ts';

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
