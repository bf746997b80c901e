/** How sentences about ICMP messages begin, of either version. */
import { type Facts, textOf } from './facts.ts';
import { addressesText, between, type End, type Head } from './ends.ts';
import type { Scanner } from './scanner.ts';

export function icmpHead(
  keyword: string,
  end: End,
  messages: readonly string[],
  codes: Readonly<Record<string, readonly string[]>>,
  fields: string,
): Head {
  const words = messages.filter((message) => !message.startsWith('echo'));
  return {
    form: `${keyword} <address> > <address> <echo request|echo reply|${words.join('|')}|type <n>> ${fields}`,
    read: (scanner) => ({ ...between(scanner, end), ...message(scanner, words, codes) }),
    write: (facts) => {
      const { message: told, code } = facts;
      const named = typeof code === 'string' ? code : '';
      const type = facts['type'] === undefined ? '' : `type ${textOf(facts['type'])}`;
      const parts = [
        addressesText(facts),
        told === undefined || told === 'other' ? '' : textOf(told),
        type,
        named,
      ];
      return parts.filter((part) => part !== '').join(' ');
    },
  };
}

function message(
  scanner: Scanner,
  words: readonly string[],
  codes: Readonly<Record<string, readonly string[]>>,
): Facts {
  if (scanner.done) return {};
  if (scanner.accept(/type\b/) !== undefined) {
    return { message: 'other', type: scanner.number('a type', 255) };
  }
  const word = scanner.word(['echo', ...words, 'type'], 'a message');
  if (word === 'echo') {
    return { message: `echo ${scanner.word(['request', 'reply'], 'what echo it is')}` };
  }
  const names = codes[word] ?? [];
  const longestFirst = [...names].sort((one, other) => other.length - one.length);
  const code = names.length === 0 ? undefined : scanner.accept(oneOf(longestFirst));
  return { message: word, ...(code === undefined ? {} : { code }) };
}

const oneOf = (words: readonly string[]) => new RegExp(`(?:${words.join('|')})(?![\\w-])`);
