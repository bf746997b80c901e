/** IPv6 packets and their fragments. Source: RFC 8200 sections 3 and 4.5. */
import { ipv6Octets, ipv6Text } from './addresses.ts';
import type { Ends } from './checksums.ts';
import {
  decodePayload,
  encodePayload,
  type IpPayload,
  type IpPayloadDraft,
  PROTOCOL,
} from './ip-payload.ts';
import {
  type Around,
  bigEndian,
  bits,
  type Draft,
  hexOf,
  joined,
  octetsIn,
  problemOf,
  type Raw,
  raw,
  tooShort,
  trailerOf,
  uint16,
  uint32,
  uint8,
} from './octets.ts';

const HEADER = 40;
const FRAGMENT_HEADER = 8;

export const IPV6_FRAGMENT = 44;

/** Numbers in host order. */
export interface Ipv6Packet {
  readonly kind: 'ipv6';
  readonly version: number;
  readonly trafficClass: number;
  readonly flowLabel: number;
  /** Octets behind the header, extension headers included. */
  readonly payloadLength: number;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly source: string;
  readonly destination: string;
  /** Behind another extension header than fragment, the octets as they are, that header first. */
  readonly payload: IpPayload | Ipv6Fragment;
  /** Octets behind the payload length, such as Ethernet's padding. */
  readonly trailer?: string;
  readonly problem?: string;
}

/** A fragment header and the octets behind it, also where it is the only fragment. */
export interface Ipv6Fragment {
  readonly kind: 'ipv6-fragment';
  readonly nextHeader: number;
  /** Octets, a multiple of 8. */
  readonly fragmentOffset: number;
  readonly moreFragments: boolean;
  /** 32 bits. */
  readonly identification: number;
  /** The ten reserved bits, the two lowest those beside the flag; left out where they are zero. */
  readonly reserved?: number;
  readonly octets: string;
}

type Computed = 'version' | 'payloadLength' | 'nextHeader';
/** Zero, but for a hop limit of 64. */
type Defaulted = 'trafficClass' | 'flowLabel' | 'hopLimit';

export type Ipv6Draft = Draft<Omit<Ipv6Packet, 'payload'>, Computed | Defaulted> & {
  readonly payload: IpPayloadDraft | Ipv6Fragment;
};

/** @throws RangeError — a field does not fit, or a raw payload has no next header. */
export function encodeIpv6(draft: Ipv6Draft): Uint8Array {
  const payload =
    draft.payload.kind === 'ipv6-fragment'
      ? encodeFragment(draft.payload)
      : encodePayload(draft.payload, endsOf(draft));
  const trafficClass = bits(draft.trafficClass ?? 0, 8);
  const flowLabel = bits(draft.flowLabel ?? 0, 20);
  return joined(
    bigEndian(bits(draft.version ?? 6, 4) * 2 ** 28 + trafficClass * 2 ** 20 + flowLabel, 4),
    bigEndian(draft.payloadLength ?? payload.length, 2),
    bigEndian(draft.nextHeader ?? nextHeaderOf(draft.payload), 1),
    bigEndian(draft.hopLimit ?? 64, 1),
    ipv6Octets(draft.source),
    ipv6Octets(draft.destination),
    payload,
    octetsIn(draft.trailer ?? ''),
  );
}

function nextHeaderOf({ kind }: Ipv6Draft['payload']): number {
  if (kind === 'raw') throw new RangeError('a packet of raw octets needs its next header');
  return kind === 'ipv6-fragment' ? IPV6_FRAGMENT : PROTOCOL[kind];
}

function endsOf({ source, destination }: Pick<Ipv6Draft, 'source' | 'destination'>): Ends {
  return { source: ipv6Octets(source), destination: ipv6Octets(destination) };
}

function encodeFragment(fragment: Ipv6Fragment): Uint8Array {
  const reserved = bits(fragment.reserved ?? 0, 10);
  const offset = bits(fragment.fragmentOffset / 8, 13);
  return joined(
    [...bigEndian(fragment.nextHeader, 1), reserved >> 2],
    bigEndian((offset << 3) | ((reserved & 3) << 1) | Number(fragment.moreFragments), 2),
    bigEndian(fragment.identification, 4),
    octetsIn(fragment.octets),
  );
}

/**
 * What a packet holds, as far as it can be told.
 *
 * @param quoted - by an ICMPv6 error, so it may be the beginning of a longer packet.
 */
export function decodeIpv6(bytes: Uint8Array, quoted = false): Ipv6Packet | Raw {
  if (bytes.length < HEADER) return raw(bytes, 'ipv6 header shorter than 40 octets');
  const header = headerOf(bytes);
  const end = HEADER + header.payloadLength;
  const around = { cut: end > bytes.length, quoted };
  return {
    ...header,
    payload: payloadOf(header, bytes.subarray(HEADER, end), around),
    ...trailerOf(bytes.subarray(end)),
    ...problemOf(problemIn(header, bytes.length - HEADER, quoted)),
  };
}

function headerOf(bytes: Uint8Array): Omit<Ipv6Packet, 'payload'> {
  const first = uint32(bytes, 0);
  return {
    kind: 'ipv6',
    version: first >>> 28,
    trafficClass: (first >>> 20) & 0xff,
    flowLabel: first & 0xfffff,
    payloadLength: uint16(bytes, 4),
    nextHeader: uint8(bytes, 6),
    hopLimit: uint8(bytes, 7),
    source: ipv6Text(bytes, 8),
    destination: ipv6Text(bytes, 24),
  };
}

type Header = Omit<Ipv6Packet, 'payload'>;

function payloadOf(header: Header, bytes: Uint8Array, around: Around): Ipv6Packet['payload'] {
  if (header.version !== 6) return raw(bytes);
  if (header.nextHeader !== IPV6_FRAGMENT) {
    return decodePayload(bytes, header.nextHeader, endsOf(header), around);
  }
  if (bytes.length < FRAGMENT_HEADER)
    return tooShort(bytes, around, 'fragment header shorter than 8 octets');
  const word = uint16(bytes, 2);
  const reserved = (uint8(bytes, 1) << 2) | ((word >> 1) & 3);
  return {
    kind: 'ipv6-fragment',
    nextHeader: uint8(bytes, 0),
    fragmentOffset: word & 0xfff8,
    moreFragments: (word & 1) !== 0,
    identification: uint32(bytes, 4),
    ...(reserved === 0 ? {} : { reserved }),
    octets: hexOf(bytes, FRAGMENT_HEADER),
  };
}

function problemIn(header: Header, there: number, quoted: boolean): string | undefined {
  const { version, payloadLength } = header;
  if (version !== 6) return `ip version ${version}, not 6`;
  if (payloadLength > there && !quoted) {
    return `ipv6 payload length ${payloadLength}, but only ${there} octets`;
  }
  return undefined;
}
