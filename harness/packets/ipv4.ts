/** IPv4 packets. Source: RFC 791 section 3.1; RFC 1122 section 3.2.1. */
import { ipv4Octets, ipv4Text } from './addresses.ts';
import { type Ends, isIntact, withChecksum } from './checksums.ts';
import {
  decodePayload,
  encodePayload,
  type IpPayload,
  type IpPayloadDraft,
  PROTOCOL,
} from './ip-payload.ts';
import {
  decodeIpv4Options,
  encodeIpv4Options,
  type Ipv4Option,
  ultimateDestination,
} from './ipv4-options.ts';
import {
  bigEndian,
  bits,
  type Draft,
  headerWords,
  joined,
  octetsIn,
  problemOf,
  raw,
  type Raw,
  trailerOf,
  uint16,
  uint8,
  withParts,
} from './octets.ts';

const HEADER = 20;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;

/** Numbers in host order. */
export interface Ipv4Packet {
  readonly kind: 'ipv4';
  readonly version: number;
  /** Octets, a multiple of 4; 20 without options. */
  readonly headerLength: number;
  /** The octet once called type of service. */
  readonly tos: number;
  /** Octets of header and payload. */
  readonly totalLength: number;
  readonly identification: number;
  /** The flag that must be zero; left out where it is. */
  readonly reservedFlag?: boolean;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** Octets, a multiple of 8. */
  readonly fragmentOffset: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly checksum: number;
  readonly checksumRight?: boolean;
  readonly source: string;
  readonly destination: string;
  readonly options: readonly Ipv4Option[];
  /** Of a fragment, the first too, the octets as they are. */
  readonly payload: IpPayload;
  /** Octets behind the total length, such as Ethernet's padding. */
  readonly trailer?: string;
  readonly problem?: string;
}

type Computed = 'version' | 'headerLength' | 'totalLength' | 'protocol' | 'checksum';
/** All zero, none or false, but for a ttl of 64. */
type Defaulted =
  | 'tos'
  | 'identification'
  | 'dontFragment'
  | 'moreFragments'
  | 'fragmentOffset'
  | 'ttl'
  | 'options';

export type Ipv4Draft = Draft<Omit<Ipv4Packet, 'payload'>, Computed | Defaulted> & {
  readonly payload: IpPayloadDraft;
};

/** @throws RangeError — a field does not fit, or a raw payload has no protocol. */
export function encodeIpv4(draft: Ipv4Draft): Uint8Array {
  const given = encodeIpv4Options(draft.options ?? []);
  // A header length that is given stands for a list of options that has its padding already.
  const padding = draft.headerLength === undefined ? -given.length & 3 : 0;
  const options = joined(given, new Uint8Array(padding));
  const payload = encodePayload(draft.payload, endsOf(draft));
  const header = joined(fixedHeader(draft, options.length, payload.length), options);
  return joined(withChecksum(header, 10, draft.checksum), payload, octetsIn(draft.trailer ?? ''));
}

function fixedHeader(draft: Ipv4Draft, options: number, payload: number): number[] {
  const headerLength = draft.headerLength ?? HEADER + options;
  const words = headerWords(headerLength);
  return [
    (bits(draft.version ?? 4, 4) << 4) | words,
    ...bigEndian(draft.tos ?? 0, 1),
    ...bigEndian(draft.totalLength ?? headerLength + payload, 2),
    ...bigEndian(draft.identification ?? 0, 2),
    ...bigEndian(fragmentWord(draft), 2),
    ...bigEndian(draft.ttl ?? 64, 1),
    ...bigEndian(draft.protocol ?? protocolOf(draft.payload), 1),
    ...[0, 0],
    ...ipv4Octets(draft.source),
    ...ipv4Octets(draft.destination),
  ];
}

function fragmentWord(draft: Ipv4Draft): number {
  const flags =
    (draft.reservedFlag === true ? 0x8000 : 0) |
    (draft.dontFragment === true ? DONT_FRAGMENT : 0) |
    (draft.moreFragments === true ? MORE_FRAGMENTS : 0);
  return flags | bits((draft.fragmentOffset ?? 0) / 8, 13);
}

function protocolOf({ kind }: IpPayloadDraft): number {
  if (kind === 'raw') throw new RangeError('a packet of raw octets needs its protocol');
  return PROTOCOL[kind];
}

function endsOf(packet: Pick<Ipv4Draft, 'source' | 'destination' | 'options'>): Ends {
  const destination = ultimateDestination(packet.destination, packet.options ?? []);
  return { source: ipv4Octets(packet.source), destination: ipv4Octets(destination) };
}

/**
 * What a packet holds, as far as it can be told.
 *
 * @param quoted - by an ICMP error, so it may be the beginning of a longer packet.
 */
export function decodeIpv4(bytes: Uint8Array, quoted = false): Ipv4Packet | Raw {
  if (bytes.length < HEADER) return raw(bytes, 'ip header shorter than 20 octets');
  const { headerEnd, end } = extent(bytes);
  const header = headerOf(bytes, headerEnd);
  const problem =
    headerProblem(header, bytes.length) ?? lengthProblem(header, bytes.length, quoted);
  const body = bytes.subarray(headerEnd, end);
  const whole = !header.moreFragments && header.fragmentOffset === 0;
  const sound = headerProblem(header, bytes.length) === undefined && whole;
  const around = { cut: header.totalLength > bytes.length, quoted };
  const payload = sound ? decodePayload(body, header.protocol, endsOf(header), around) : raw(body);
  return withParts(
    header,
    { payload },
    trailerOf(bytes.subarray(end)),
    problemOf(problem),
  ) as Ipv4Packet;
}

/** Where the header and the packet end in what there is; a length that cannot be right is ignored. */
function extent(bytes: Uint8Array): { headerEnd: number; end: number } {
  const headerLength = (uint8(bytes, 0) & 0x0f) * 4;
  const headerEnd = Math.min(Math.max(HEADER, headerLength), bytes.length);
  const totalLength = uint16(bytes, 2);
  return {
    headerEnd,
    end: totalLength < headerEnd ? bytes.length : Math.min(totalLength, bytes.length),
  };
}

function headerOf(bytes: Uint8Array, headerEnd: number): Omit<Ipv4Packet, 'payload'> {
  const fragment = uint16(bytes, 6);
  const header = {
    kind: 'ipv4' as const,
    version: uint8(bytes, 0) >> 4,
    headerLength: (uint8(bytes, 0) & 0x0f) * 4,
    tos: uint8(bytes, 1),
    totalLength: uint16(bytes, 2),
    identification: uint16(bytes, 4),
    dontFragment: (fragment & DONT_FRAGMENT) !== 0,
    moreFragments: (fragment & MORE_FRAGMENTS) !== 0,
    fragmentOffset: (fragment & 0x1fff) * 8,
    ttl: uint8(bytes, 8),
    protocol: uint8(bytes, 9),
    checksum: uint16(bytes, 10),
    checksumRight: isIntact(bytes.subarray(0, headerEnd)),
    source: ipv4Text(bytes, 12),
    destination: ipv4Text(bytes, 16),
    options: decodeIpv4Options(bytes.subarray(HEADER, headerEnd)),
  };
  return (fragment & 0x8000) === 0 ? header : { ...header, reservedFlag: true };
}

type Lengths = Pick<Ipv4Packet, 'version' | 'headerLength' | 'totalLength'>;

function headerProblem({ version, headerLength }: Lengths, there: number): string | undefined {
  if (version !== 4) return `ip version ${version}, not 4`;
  if (headerLength < HEADER) return `ip header length ${headerLength}, less than 20 octets`;
  if (headerLength > there) return `ip header length ${headerLength}, but only ${there} octets`;
  return undefined;
}

function lengthProblem(lengths: Lengths, there: number, quoted: boolean): string | undefined {
  const { headerLength, totalLength } = lengths;
  if (totalLength < headerLength) {
    return `ip total length ${totalLength}, less than the header's ${headerLength} octets`;
  }
  if (totalLength > there && !quoted)
    return `ip total length ${totalLength}, but only ${there} octets`;
  return undefined;
}
