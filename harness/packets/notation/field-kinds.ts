/** Kinds of fields that a sentence may name: how each is read and written. */
import { isMac } from '../addresses.ts';
import type { Facts } from './facts.ts';
import type { Scanner } from './scanner.ts';

export interface Field {
  /** Words that it begins with. */
  readonly words: readonly string[];
  /** What follows the word, as facts. */
  readonly read: (scanner: Scanner, word: string) => Facts;
  /** The field as text; empty where a reader may take it for granted. */
  readonly write: (facts: Facts) => string;
}

interface NumberForm {
  /** The name of the fact, if it is not the word. */
  readonly fact?: string;
  readonly max?: number;
  /** A value that needs no mention. */
  readonly usual?: number;
  readonly hex?: boolean;
  /** Of what the number has to be a multiple. */
  readonly unit?: number;
}

export function number(word: string, form: NumberForm = {}): Field {
  const { fact = word, max = 0xffff, usual, hex = false, unit = 1 } = form;
  return {
    words: [word],
    read: (scanner) => {
      const value = scanner.number(`a number behind "${word}"`, max);
      if (value % unit !== 0) scanner.fail(`${word} ${value} is no multiple of ${unit}`);
      return { [fact]: value };
    },
    write: (facts) => {
      const value = facts[fact];
      if (typeof value !== 'number' || value === usual) return '';
      return `${word} ${hex ? `0x${value.toString(16)}` : value}`;
    },
  };
}

/** A word that says that something is so, with "no-" before it that it is not. */
export function flag(word: string, tellsNo = false): Field {
  return {
    words: [word, `no-${word}`],
    read: (_, found) => ({ [word]: found === word }),
    write: (facts) => {
      if (facts[word] === true) return word;
      return facts[word] === false && tellsNo ? `no-${word}` : '';
    },
  };
}

/** `checksum good`, `bad`, `none` or its value. */
export function checksum(word: string, fact: string): Field {
  return {
    words: [word],
    read: (scanner) => {
      if (scanner.peek(/0x/) !== undefined) {
        return { [`${fact} value`]: scanner.number('a checksum', 0xffff) };
      }
      return { [fact]: scanner.word(['good', 'bad', 'none'], 'what the checksum is') };
    },
    write: (facts) =>
      facts[fact] === 'bad' || facts[fact] === 'none' ? `${word} ${facts[fact]}` : '',
  };
}

/** Something of one form. */
export function text(word: string, pattern: RegExp, what: string): Field {
  return {
    words: [word],
    read: (scanner) => ({ [word]: scanner.expect(pattern, what) }),
    write: (facts) => (facts[word] === undefined ? '' : `${word} ${facts[word] as string}`),
  };
}

export const DATA: Field = {
  words: ['data'],
  read: (scanner) => ({ data: scanner.expect(/(?:[0-9a-f]{2})+\b/, 'octets in hex') }),
  write: () => '',
};

const MAC = /[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}/;

export function hardware(word: string, fact: string): Field {
  return {
    words: [word],
    read: (scanner) => ({ [fact]: readMac(scanner) }),
    write: (facts) =>
      facts[fact] === undefined || facts[fact] === '00:00:00:00:00:00'
        ? ''
        : `${word} ${facts[fact] as string}`,
  };
}

export function readMac(scanner: Scanner): string {
  const found = scanner.expect(MAC, 'an Ethernet address, such as 02:00:00:00:00:01');
  return isMac(found) ? found.toLowerCase() : scanner.fail('no Ethernet address');
}
