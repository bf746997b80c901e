/** Packets, in and out. */
import type { Direction, IcmpPacket, IpInfo, Packet, SequenceRange, TcpPacket } from './ast.ts';
import { ICMP_TYPES, icmpCode, icmpType, UNREACHABLE_CODES } from './icmp-words.ts';
import { parseTcpOptions } from './parse-options.ts';
import { Unsupported, type Place } from './problems.ts';
import type { Tokens } from './tokens.ts';

const MAX_16 = 0xffff;
const MAX_32 = 0xffff_ffff;

/** Longest segment: what an IP packet has beside its two headers. */
const MAX_DATAGRAM = 65_535;

/** What may stand between the direction and the packet, and is not supported. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  ipv4: 'a packet within another (ipv4)',
  ipv6: 'a packet within another (ipv6)',
  gre: 'GRE',
  GREv0: 'GRE',
  mpls: 'MPLS',
  udp: 'UDP',
};

const ECN = ['noecn', 'ect0', 'ect1', 'ect01', 'ce'] as const;

/** Whether a packet follows. */
export function atPacket(tokens: Tokens): boolean {
  return tokens.is('mark', '<') || tokens.is('mark', '>');
}

export function parsePacket(tokens: Tokens): Packet {
  const { place, text } = tokens.take();
  const direction = text === '<' ? 'in' : 'out';
  refuseUnsupported(tokens);
  const ip = parseIpInfo(tokens, direction);
  refuseUnsupported(tokens);
  return tokens.accept('word', 'icmp')
    ? parseIcmp(tokens, { place, direction, ip })
    : parseTcp(tokens, { place, direction, ip });
}

function refuseUnsupported(tokens: Tokens): void {
  const { kind, text, place } = tokens.peek();
  const what = kind === 'word' && Object.hasOwn(UNSUPPORTED, text) ? UNSUPPORTED[text] : undefined;
  if (what !== undefined) throw new Unsupported(place, what);
}

interface Begun {
  readonly place: Place;
  readonly direction: Direction;
  readonly ip: IpInfo;
}

function parseIpInfo(tokens: Tokens, direction: Direction): IpInfo {
  const opening = tokens.accept('mark', '[') ?? tokens.accept('mark', '(');
  if (opening === undefined) return {};
  const info = parseIpField(tokens, direction);
  const closing = opening.text === '[' ? ']' : ')';
  tokens.expect('mark', closing);
  return info;
}

function parseIpField(tokens: Tokens, direction: Direction): IpInfo {
  const { place, text } = tokens.expect(
    'word',
    undefined,
    'noecn, ect0, ect1, ect01, ce, tos or ttl',
  );
  if (text === 'ttl') return { ttl: tokens.number('the ttl', 255) };
  if (text === 'tos') return { tos: parseTos(tokens) };
  if (text === 'flowlabel') throw new Unsupported(place, 'IPv6 (flowlabel)');
  const ecn = ECN.find((name) => name === text);
  if (ecn === undefined) {
    throw tokens.error(place, `expected noecn, ect0, ect1, ect01, ce, tos or ttl, found "${text}"`);
  }
  if (ecn === 'ect01' && direction === 'in') {
    throw tokens.error(place, 'ect01 is for outbound packets only; say ect0 or ect1');
  }
  return { ecn };
}

function parseTos(tokens: Tokens): number {
  const { place, text } = tokens.expect('hex', undefined, 'the tos in hex, such as 0x10');
  const tos = Number(text);
  if (tos <= 0xff) return tos;
  throw tokens.error(place, `the tos ${text} does not fit 8 bits`);
}

function parseTcp(tokens: Tokens, begun: Begun): TcpPacket {
  const ports = parsePorts(tokens);
  const flags = parseFlags(tokens);
  const sequence = parseSequence(tokens);
  const acknowledgment = optionalNumber(tokens, 'ack', 'the acknowledgment', MAX_32);
  const window = optionalNumber(tokens, 'win', 'the window', MAX_16);
  if (window === undefined && begun.direction === 'in') {
    throw tokens.error(begun.place, 'an inbound packet needs its window; add win and a number');
  }
  const urgentPointer = optionalNumber(tokens, 'urg', 'the urgent pointer', MAX_16);
  const options = parseTcpOptions(tokens, begun.direction);
  const { kind, text, place } = tokens.peek();
  if (kind === 'mark' && text === '{') throw new Unsupported(place, 'a mutation of the packet');
  return {
    kind: 'tcp',
    ...begun,
    ...(ports !== undefined && { ports }),
    flags,
    sequence,
    ...(acknowledgment !== undefined && { acknowledgment }),
    ...(window !== undefined && { window }),
    ...(urgentPointer !== undefined && { urgentPointer }),
    options,
  };
}

function parsePorts(tokens: Tokens): TcpPacket['ports'] {
  if (!tokens.is('integer')) return undefined;
  const source = tokens.number('the source port', MAX_16);
  tokens.expect('mark', '>');
  return { source, destination: tokens.number('the destination port', MAX_16) };
}

function parseFlags(tokens: Tokens): string {
  if (tokens.accept('mark', '-') !== undefined) return '';
  if (tokens.accept('mark', '.') !== undefined) return '.';
  const { text, place } = tokens.expect('word', undefined, 'TCP flags, such as S, F., P. or "."');
  if (/^[FSRPEWU]*[A0-7]+/.test(text)) throw new Unsupported(place, `AccECN (flags ${text})`);
  const wrong = /[^FSRPEWU]/.exec(text)?.[0];
  if (wrong !== undefined) {
    throw tokens.error(place, `"${wrong}" is no TCP flag; there are F S R P . E W U`);
  }
  if (tokens.is('decimal') && tokens.peek().joined) {
    throw new Unsupported(tokens.peek().place, 'AccECN (a number of flags)');
  }
  return tokens.accept('mark', '.') === undefined ? text : `${text}.`;
}

export function parseSequence(tokens: Tokens): SequenceRange {
  const { place } = tokens.peek();
  const from = tokens.number('the first sequence number', MAX_32);
  tokens.expect('mark', ':');
  const to = tokens.number('the last sequence number', MAX_32);
  tokens.expect('mark', '(');
  const length = tokens.number('the length', MAX_DATAGRAM - 40);
  tokens.expect('mark', ')');
  if (to - from === length) return { from, to, length };
  throw tokens.error(
    place,
    `${from}:${to}(${length}) is not consistent: from ${from} on, ${length} octets end at ${from + length}`,
  );
}

function optionalNumber(
  tokens: Tokens,
  word: string,
  what: string,
  most: number,
): number | undefined {
  return tokens.accept('word', word) && tokens.number(what, most);
}

function parseIcmp(tokens: Tokens, begun: Begun): IcmpPacket {
  const type = tokens.expect('word', undefined, 'an ICMP type, such as unreachable');
  if (icmpType(type.text) === undefined) {
    const names = Object.keys(ICMP_TYPES).join(', ');
    throw tokens.error(type.place, `"${type.text}" is no ICMP type; there are ${names} and type_N`);
  }
  const code = parseIcmpCode(tokens, type.text);
  const mtuAt = tokens.peek().place;
  const mtu = optionalNumber(tokens, 'mtu', 'the mtu', MAX_16);
  const fragNeeded =
    icmpType(type.text) === 3 && code !== undefined && icmpCode(code, type.text) === 4;
  if (mtu !== undefined && !fragNeeded) {
    throw tokens.error(mtuAt, 'only unreachable frag_needed has an mtu');
  }
  if (tokens.is('word', 'id')) throw new Unsupported(tokens.peek().place, 'ICMP echo (id)');
  const quoted = parseQuoted(tokens);
  return {
    kind: 'icmp',
    ...begun,
    type: type.text,
    ...(code !== undefined && { code }),
    ...(mtu !== undefined && { mtu }),
    ...(quoted !== undefined && { quoted }),
  };
}

function parseIcmpCode(tokens: Tokens, type: string): string | undefined {
  const { kind, text, place } = tokens.peek();
  if (kind !== 'word' || text === 'mtu' || text === 'id') return undefined;
  if (icmpCode(text, type) === undefined) {
    const names = type === 'unreachable' ? `${UNREACHABLE_CODES.join(', ')} and ` : '';
    throw tokens.error(place, `"${text}" is no code of ICMP ${type}; there are ${names}code_N`);
  }
  return tokens.take().text;
}

function parseQuoted(tokens: Tokens): SequenceRange | undefined {
  if (tokens.accept('mark', '[') === undefined) return undefined;
  const { kind, text, place } = tokens.peek();
  if (kind === 'word' && (text === 'udp' || text === 'raw')) {
    throw new Unsupported(place, `ICMP about ${text}`);
  }
  const quoted = parseSequence(tokens);
  tokens.expect('mark', ']');
  return quoted;
}
