/** The fields that sentences of each kind may name, in any order; written in the order given here. */
import type { OptionFacts } from './facts.ts';
import { checksum, DATA, type Field, flag, hardware, number, text } from './field-kinds.ts';
import { readIpv4Options, writeIpv4Options } from './ipv4-option-notation.ts';
import { readTcpOptions, writeTcpOptions } from './tcp-option-notation.ts';

const IPV4_OPTIONS: Field = {
  words: ['options'],
  read: (scanner) => ({ options: readIpv4Options(scanner) }),
  write: ({ options }) =>
    Array.isArray(options) && options.length > 0
      ? `options ${writeIpv4Options(options as OptionFacts[])}`
      : '',
};

const TCP_OPTIONS: Field = {
  words: ['<'],
  read: (scanner) => ({ 'tcp options': readTcpOptions(scanner) }),
  write: ({ 'tcp options': options }) =>
    Array.isArray(options) && options.length > 0 ? writeTcpOptions(options as OptionFacts[]) : '',
};

/** Of an answer, the sender's address is what it is about and stands at the beginning. */
const SENDER_HARDWARE: Field = {
  ...hardware('sha', 'sender hardware'),
  write: (facts) =>
    facts['operation'] === 'is-at' ? '' : hardware('sha', 'sender hardware').write(facts),
};

const LENGTH = number('length');

/** What IPv4 has around any payload. */
const IPV4 = [
  number('ttl', { max: 255, usual: 64 }),
  number('tos', { max: 255, usual: 0, hex: true }),
  flag('DF'),
  IPV4_OPTIONS,
  { ...number('total', { fact: 'total length' }), write: () => '' },
];

/** What IPv6 has around any payload. */
const IPV6 = [
  number('hlim', { fact: 'hop limit', max: 255, usual: 64 }),
  number('class', { fact: 'traffic class', max: 255, usual: 0, hex: true }),
  number('flow', { fact: 'flow label', max: 0xfffff, usual: 0, hex: true }),
];

/** In IP sentences the identification is simply `id`; ICMP has one of its own. */
const AROUND_IPV4 = [
  ...IPV4,
  number('ipid', { fact: 'ip id', usual: 0 }),
  checksum('ip-checksum', 'header checksum'),
];

const OFFSET = { max: 0xffff, unit: 8 };

/** The field names an unsigned 32-bit number. */
const WORD32 = { max: 0xffff_ffff };

/** Zero needs no mention where the flag is not set. */
const ACK: Field = {
  ...number('ack', WORD32),
  write: (facts) => {
    const set = typeof facts['flags'] === 'string' && facts['flags'].includes('.');
    return number('ack', set ? WORD32 : { ...WORD32, usual: 0 }).write(facts);
  },
};

const ECHO = [number('id'), number('seq'), LENGTH, DATA];

/** Octets of an ICMP error behind its eight of header. */
const QUOTES: Field = { ...number('quotes', { fact: 'quoted octets' }), write: () => '' };

const IPV6_ADDRESS = /[0-9a-fA-F:.]+/;

export const FIELDS = {
  ARP: [SENDER_HARDWARE, hardware('tha', 'target hardware')],
  IP: [
    number('id', { fact: 'ip id', usual: 0 }),
    number('offset', { ...OFFSET, usual: 0 }),
    flag('MF'),
    LENGTH,
    ...IPV4,
    checksum('checksum', 'header checksum'),
    DATA,
  ],
  UDP: [LENGTH, checksum('checksum', 'checksum'), DATA, ...AROUND_IPV4, ...IPV6],
  TCP: [
    number('seq', { ...WORD32, fact: 'sequence' }),
    LENGTH,
    ACK,
    number('win'),
    TCP_OPTIONS,
    number('urg', { usual: 0 }),
    checksum('checksum', 'checksum'),
    DATA,
    ...AROUND_IPV4,
    ...IPV6,
  ],
  ICMP: [
    number('code', { max: 255, usual: 0 }),
    number('mtu', { usual: 0 }),
    number('pointer', { max: 255 }),
    text('gateway', /\d+\.\d+\.\d+\.\d+/, 'an IPv4 address'),
    ...ECHO,
    QUOTES,
    checksum('checksum', 'checksum'),
    ...AROUND_IPV4,
  ],
  IP6: [
    number('id', { ...WORD32, fact: 'ip id' }),
    number('offset', OFFSET),
    flag('MF', true),
    LENGTH,
    ...IPV6,
    DATA,
  ],
  ICMP6: [
    number('code', { max: 255, usual: 0 }),
    number('mtu', WORD32),
    number('pointer', WORD32),
    text('target', IPV6_ADDRESS, 'an IPv6 address'),
    flag('router'),
    flag('solicited'),
    flag('override'),
    hardware('source-link', 'source link address'),
    hardware('target-link', 'target link address'),
    ...ECHO,
    QUOTES,
    checksum('checksum', 'checksum'),
    ...IPV6,
  ],
  RAW: [number('type', { fact: 'ethertype', hex: true }), LENGTH, DATA],
} as const satisfies Readonly<Record<string, readonly Field[]>>;
