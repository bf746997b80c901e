/** IPv4 options in sentences: `options [rr 3 10.0.0.1, lsrr 10.0.0.2 10.0.0.3, ra 0]`. */
import { isIPv4 } from 'node:net';
import type { Ipv4Option } from '../ipv4-options.ts';
import { type OptionFacts, textOf } from './facts.ts';
import { type Notation, numeric, readList, SHARED, writeList, written } from './option-notation.ts';
import type { Scanner } from './scanner.ts';

const ADDRESS = /\d+\.\d+\.\d+\.\d+/;

function addresses(scanner: Scanner): string[] {
  const found: string[] = [];
  while (scanner.peek(ADDRESS) !== undefined) found.push(address(scanner));
  return found;
}

function address(scanner: Scanner): string {
  const text = scanner.peek(ADDRESS) ?? '';
  if (!isIPv4(text)) scanner.fail('expected an IPv4 address');
  return scanner.expect(ADDRESS, 'an IPv4 address');
}

function pointer(scanner: Scanner): { readonly pointer?: number } {
  if (scanner.accept(/pointer\b/) === undefined) return {};
  return { pointer: scanner.number('octets from the start of the option', 255) };
}

/** Of a packet, the pointer is told only where what is filled does not tell it. */
function pointerText(facts: OptionFacts, first: number, slot: number): string {
  const { pointer: at, recorded } = facts;
  const filled = Array.isArray(recorded) ? first + slot * recorded.length : undefined;
  return at === undefined || at === filled ? '' : `pointer ${textOf(at)}`;
}

const RECORD_ROUTE: Notation = {
  word: 'rr',
  kind: 'record-route',
  read: (scanner) => {
    const slots = scanner.number('a number of slots', 9);
    const recorded = addresses(scanner);
    return { slots, ...(recorded.length === 0 ? {} : { recorded }), ...pointer(scanner) };
  },
  write: (facts) =>
    written('rr', facts['slots'], facts['recorded'] ?? '', pointerText(facts, 4, 4)),
};

function sourceRoute(word: string, kind: string): Notation {
  return {
    word,
    kind,
    read: (scanner) => ({ addresses: addresses(scanner), ...pointer(scanner) }),
    write: (facts) => {
      const at = facts['pointer'] === 4 ? '' : pointerText(facts, 4, 4);
      return written(word, facts['addresses'], at);
    },
  };
}

/** Slots that are filled are written `10.0.0.1@1000`, the time in ms; without addresses `@1000`. */
function timestamp(word: string, slots: string): Notation {
  return {
    word,
    kind: `timestamp ${slots}`,
    read: (scanner) => {
      const count = scanner.number('a number of slots', 9);
      const recorded: string[] = [];
      for (let entry; (entry = scanner.accept(/[0-9.]*@\d+/)) !== undefined;) recorded.push(entry);
      const overflow = scanner.accept(/overflow\b/);
      return {
        count,
        ...(recorded.length === 0 ? {} : { recorded }),
        ...(overflow === undefined ? {} : { overflow: scanner.number('hosts', 15) }),
        ...pointer(scanner),
      };
    },
    write: (facts) => {
      const overflow = facts['overflow'];
      const lost = overflow === undefined || overflow === 0 ? '' : `overflow ${textOf(overflow)}`;
      const at =
        slots === 'prespecified' && facts['pointer'] === 5
          ? ''
          : pointerText(facts, 5, slots === 'time' ? 4 : 8);
      return written(word, facts['count'], facts['recorded'] ?? '', lost, at);
    },
  };
}

const IPV4: readonly Notation[] = [
  ...SHARED,
  RECORD_ROUTE,
  sourceRoute('lsrr', 'loose-source-route'),
  sourceRoute('ssrr', 'strict-source-route'),
  timestamp('ts', 'time'),
  timestamp('ts-addr', 'address'),
  timestamp('ts-prespec', 'prespecified'),
  numeric('ra', 'router-alert', 'value', 0xffff),
];

export function readIpv4Options(scanner: Scanner): OptionFacts[] {
  scanner.expect(/\[/, 'options in brackets');
  return readList(scanner, IPV4, /\]/);
}

export function writeIpv4Options(options: readonly OptionFacts[]): string {
  return `[${writeList(options, IPV4).join(', ')}]`;
}

export function ipv4OptionFacts(option: Ipv4Option): OptionFacts {
  switch (option.kind) {
    case 'record-route': {
      const { kind, pointer: at, addresses: all } = option;
      const recorded = all.slice(0, Math.max(0, Math.floor((at - 4) / 4)));
      return { kind, slots: all.length, recorded, pointer: at };
    }
    case 'timestamp': {
      const { slots, entries, overflow, pointer: at } = option;
      const filled = Math.max(0, Math.floor((at - 5) / (slots === 'time' ? 4 : 8)));
      const told = slots === 'prespecified' ? entries : entries.slice(0, filled);
      const recorded = told.map((entry) => `${entry.address ?? ''}@${entry.timeMs}`);
      return { kind: `timestamp ${slots}`, count: entries.length, recorded, overflow, pointer: at };
    }
    default:
      return { ...option };
  }
}
