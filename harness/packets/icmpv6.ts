/**
 * ICMPv6 messages, as far as echo, errors and neighbour discovery go.
 *
 * Source: RFC 4443; RFC 4861 sections 4.3, 4.4 and 4.6.
 */
import { ipv6Octets, ipv6Text } from './addresses.ts';
import { type Ends, isIntact, pseudoHeader, withChecksum } from './checksums.ts';
import { decodeIpv6, encodeIpv6, type Ipv6Draft, type Ipv6Packet } from './ipv6.ts';
import {
  decodeNeighbourOptions,
  encodeNeighbourOptions,
  type NeighbourOption,
} from './neighbour-options.ts';
import {
  type Around,
  bigEndian,
  hexOf,
  joined,
  octetsIn,
  problemOf,
  type Raw,
  raw,
  rightOf,
  tooShort,
  uint16,
  uint32,
  uint8,
} from './octets.ts';

export const ICMPV6 = 58;

export const ICMPV6_TYPE = {
  'destination-unreachable': 1,
  'packet-too-big': 2,
  'time-exceeded': 3,
  'parameter-problem': 4,
  'echo-request': 128,
  'echo-reply': 129,
  'neighbour-solicitation': 135,
  'neighbour-advertisement': 136,
} as const;

/** A message as it is; `Quoted` is what an error message quotes. */
type Body<Quoted> =
  | {
      readonly message: 'echo-request' | 'echo-reply';
      readonly identifier: number;
      readonly sequence: number;
      readonly data: string;
    }
  | {
      readonly message: 'packet-too-big';
      /** Octets that the next link takes. */
      readonly mtu: number;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'parameter-problem';
      /** The octet of the quoted packet that is wrong, counted from 0. */
      readonly pointer: number;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'destination-unreachable' | 'time-exceeded';
      /** A number that should be zero; left out where it is. */
      readonly reserved?: number;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'neighbour-solicitation' | 'neighbour-advertisement';
      /** 32 bits: of an advertisement, the three highest say router, solicited, override. */
      readonly flags: number;
      readonly target: string;
      readonly options: readonly NeighbourOption[];
    }
  | {
      readonly message: 'other';
      readonly type: number;
      /** All octets behind the checksum. */
      readonly octets: string;
    };

export type Icmpv6Message = Body<Ipv6Packet | Raw> & {
  readonly kind: 'icmpv6';
  readonly code: number;
  readonly checksum: number;
  readonly checksumRight?: boolean;
  readonly problem?: string;
};

/** The code is 0 if it is left out. */
export type Icmpv6Draft = Body<Ipv6Draft | Raw> & {
  readonly kind: 'icmpv6';
  readonly code?: number;
  readonly checksum?: number;
  readonly checksumRight?: boolean;
  readonly problem?: string;
};

/** Bits of an advertisement's flags. */
export const ADVERTISEMENT = {
  router: 0x8000_0000,
  solicited: 0x4000_0000,
  override: 0x2000_0000,
} as const;

/** @throws RangeError — a field does not fit. */
export function encodeIcmpv6(draft: Icmpv6Draft, ends: Ends): Uint8Array {
  const type = draft.message === 'other' ? draft.type : ICMPV6_TYPE[draft.message];
  const start = [...bigEndian(type, 1), ...bigEndian(draft.code ?? 0, 1), 0, 0];
  const whole = joined(start, ...restOf(draft));
  return withChecksum(whole, 2, draft.checksum, pseudoHeader(ends, ICMPV6, whole.length));
}

function restOf(draft: Icmpv6Draft): ArrayLike<number>[] {
  switch (draft.message) {
    case 'echo-request':
    case 'echo-reply':
      return [bigEndian(draft.identifier, 2), bigEndian(draft.sequence, 2), octetsIn(draft.data)];
    case 'packet-too-big':
      return [bigEndian(draft.mtu, 4), encodeQuoted(draft.quoted)];
    case 'parameter-problem':
      return [bigEndian(draft.pointer, 4), encodeQuoted(draft.quoted)];
    case 'destination-unreachable':
    case 'time-exceeded':
      return [bigEndian(draft.reserved ?? 0, 4), encodeQuoted(draft.quoted)];
    case 'neighbour-solicitation':
    case 'neighbour-advertisement':
      return [
        bigEndian(draft.flags, 4),
        ipv6Octets(draft.target),
        encodeNeighbourOptions(draft.options),
      ];
    case 'other':
      return [octetsIn(draft.octets)];
  }
}

function encodeQuoted(quoted: Ipv6Draft | Raw): Uint8Array {
  return quoted.kind === 'raw' ? octetsIn(quoted.octets) : encodeIpv6(quoted);
}

export function decodeIcmpv6(bytes: Uint8Array, ends: Ends, around: Around): Icmpv6Message | Raw {
  if (bytes.length < 4) return tooShort(bytes, around, 'icmpv6 message shorter than 4 octets');
  const type = uint8(bytes, 0);
  const names = Object.keys(ICMPV6_TYPE) as (keyof typeof ICMPV6_TYPE)[];
  const message = names.find((name) => ICMPV6_TYPE[name] === type);
  const least = message?.startsWith('neighbour') === true ? 24 : 8;
  const short = message !== undefined && bytes.length < least;
  const intact = () => isIntact(pseudoHeader(ends, ICMPV6, bytes.length), bytes);
  return {
    kind: 'icmpv6',
    code: uint8(bytes, 1),
    checksum: uint16(bytes, 2),
    ...rightOf(around.cut ? undefined : intact()),
    ...(message === undefined || short
      ? { message: 'other', type, octets: hexOf(bytes, 4) }
      : bodyOf(message, bytes, around)),
    ...problemOf(short && !around.cut ? `icmpv6 message shorter than ${least} octets` : undefined),
  };
}

function bodyOf(
  message: keyof typeof ICMPV6_TYPE,
  bytes: Uint8Array,
  around: Around,
): Body<Ipv6Packet | Raw> {
  const rest = bytes.subarray(8);
  const quoted = () => (around.quoted ? raw(rest) : decodeIpv6(rest, true));
  const word = uint32(bytes, 4);
  switch (message) {
    case 'echo-request':
    case 'echo-reply': {
      const [identifier, sequence] = [uint16(bytes, 4), uint16(bytes, 6)];
      return { message, identifier, sequence, data: hexOf(bytes, 8) };
    }
    case 'packet-too-big':
      return { message, mtu: word, quoted: quoted() };
    case 'parameter-problem':
      return { message, pointer: word, quoted: quoted() };
    case 'destination-unreachable':
    case 'time-exceeded':
      return { message, ...(word === 0 ? {} : { reserved: word }), quoted: quoted() };
    case 'neighbour-solicitation':
    case 'neighbour-advertisement': {
      const options = decodeNeighbourOptions(bytes.subarray(24));
      return { message, flags: word, target: ipv6Text(bytes, 8), options };
    }
  }
}
