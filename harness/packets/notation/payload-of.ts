/** What a packet to be sent carries, from what a sentence says of it. */
import type { IpPayloadDraft } from '../ip-payload.ts';
import type { Raw } from '../octets.ts';
import { TCP_FLAGS, type TcpDraft } from '../tcp.ts';
import { FLAG_LETTERS, type Keyword, PROTOCOL_NAMES } from './facts.ts';
import type { Given } from './given.ts';
import { icmpDraft, icmpv6Draft, type Quoted } from './icmp-of.ts';
import { tcpOptionOf } from './option-of.ts';

/** What a packet gets that its sentence does not name; what is not here either is zero or none. */
export interface Defaults {
  readonly source?: string;
  readonly destination?: string;
  /** Of IPv4, and the hop limit of IPv6; 64 unless given. */
  readonly ttl?: number;
  /** Of TCP; 65535 unless given. */
  readonly window?: number;
  /** Ethernet addresses; without them and without `ETH`, the packet has no link header. */
  readonly link?: { readonly source: string; readonly destination: string };
  /** Octets that an ICMP error quotes in all; the IP header and 8 more unless given. */
  readonly quotedOctets?: number;
}

/** Experimental by RFC 3692, so nobody's. */
const SOME_PROTOCOL = 253;

export function protocolOf(given: Given): number {
  const { protocol } = given.facts;
  if (typeof protocol === 'number') return protocol;
  return PROTOCOL_NAMES[protocol as keyof typeof PROTOCOL_NAMES] ?? SOME_PROTOCOL;
}

export function payloadOf(
  keyword: Keyword,
  given: Given,
  about: Quoted,
  defaults: Defaults,
): IpPayloadDraft {
  const checksum = given.facts['checksum'] === 'none' ? 0 : given.number('checksum value');
  const checked = checksum === undefined ? {} : { checksum };
  switch (keyword) {
    case 'UDP':
      return { kind: 'udp', ...portsOf(given), data: dataOf(given), ...checked };
    case 'TCP':
      return { ...tcpDraft(given, defaults), ...checked };
    case 'ICMP':
      return { ...icmpDraft(given, dataOf(given), about), ...checked };
    case 'ICMP6':
      return { ...icmpv6Draft(given, dataOf(given), about), ...checked };
    default:
      return raw(given);
  }
}

function portsOf(given: Given) {
  return {
    sourcePort: given.number('source port') ?? 0,
    destinationPort: given.number('destination port') ?? 0,
  };
}

function tcpDraft(given: Given, defaults: Defaults): TcpDraft {
  const letters = given.text('flags') ?? '.';
  return {
    kind: 'tcp',
    ...portsOf(given),
    sequence: given.number('sequence') ?? 0,
    acknowledgment: given.number('ack') ?? 0,
    flags: TCP_FLAGS.filter((_, at) => letters.includes(FLAG_LETTERS[at] ?? ' ')),
    window: given.number('win') ?? defaults.window ?? 0xffff,
    urgentPointer: given.number('urg') ?? 0,
    options: given.options('tcp options').map((facts) => tcpOptionOf(facts)),
    data: dataOf(given),
  };
}

/** The data that is named, or as many octets as are. */
export function dataOf(given: Given): string {
  const [data, length] = [given.text('data'), given.number('length')];
  if (data === undefined) return filling(length ?? 0, given.number('offset') ?? 0);
  if (length !== undefined && length !== data.length / 2) {
    throw new RangeError(`${data.length / 2} octets of data where the length is ${length}`);
  }
  return data;
}

/**
 * Octets that tell a place: each is the offset in its datagram modulo 251, a prime, so that data that
 * lands elsewhere by a power of two is noticed.
 */
export function filling(length: number, offset = 0): string {
  const first = (((offset % PERIOD) + PERIOD) % PERIOD) * 2;
  const periods = Math.ceil((first + length * 2) / CYCLE.length);
  return CYCLE.repeat(periods).slice(first, first + length * 2);
}

const PERIOD = 251;

/** All octets from 0 on, once. */
const CYCLE = Array.from({ length: PERIOD }, (_, at) => at.toString(16).padStart(2, '0')).join('');

export function raw(given: Given): Raw {
  return { kind: 'raw', octets: dataOf(given) };
}
