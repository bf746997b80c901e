/**
 * ICMP messages. Source: RFC 792; RFC 1191 section 4 for the next-hop MTU.
 *
 * Fields that a message does not use are zero unless they are given.
 */
import { ipv4Octets, ipv4Text } from './addresses.ts';
import { isIntact, withChecksum } from './checksums.ts';
import { decodeIpv4, encodeIpv4, type Ipv4Draft, type Ipv4Packet } from './ipv4.ts';
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
  uint8,
} from './octets.ts';

export const ICMP = 1;

export const ICMP_TYPE = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  'source-quench': 4,
  redirect: 5,
  'echo-request': 8,
  'time-exceeded': 11,
  'parameter-problem': 12,
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
      readonly message: 'destination-unreachable';
      /** Octets; 0 where the code is not 4, or from a router that does not know RFC 1191. */
      readonly nextHopMtu: number;
      /** The two octets before it, left out where they are zero. */
      readonly unused?: string;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'time-exceeded' | 'source-quench';
      /** Four octets, left out where they are zero. */
      readonly unused?: string;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'parameter-problem';
      /** The octet of the quoted packet that is wrong, counted from 0. */
      readonly pointer: number;
      /** Three octets, left out where they are zero. */
      readonly unused?: string;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'redirect';
      readonly gateway: string;
      readonly quoted: Quoted;
    }
  | {
      readonly message: 'other';
      readonly type: number;
      /** All octets behind the checksum. */
      readonly octets: string;
    };

export type IcmpMessage = Body<Ipv4Packet | Raw> & {
  readonly kind: 'icmp';
  readonly code: number;
  readonly checksum: number;
  readonly checksumRight?: boolean;
  readonly problem?: string;
};

/** The code is 0 if it is left out. */
export type IcmpDraft = Body<Ipv4Draft | Raw> & {
  readonly kind: 'icmp';
  readonly code?: number;
  readonly checksum?: number;
  readonly checksumRight?: boolean;
  readonly problem?: string;
};

/** @throws RangeError — a field does not fit. */
export function encodeIcmp(draft: IcmpDraft): Uint8Array {
  const type = draft.message === 'other' ? draft.type : ICMP_TYPE[draft.message];
  const start = [...bigEndian(type, 1), ...bigEndian(draft.code ?? 0, 1), 0, 0];
  return withChecksum(joined(start, ...restOf(draft)), 2, draft.checksum);
}

function restOf(draft: IcmpDraft): ArrayLike<number>[] {
  switch (draft.message) {
    case 'echo-request':
    case 'echo-reply':
      return [bigEndian(draft.identifier, 2), bigEndian(draft.sequence, 2), octetsIn(draft.data)];
    case 'destination-unreachable':
      return [unused(draft, 2), bigEndian(draft.nextHopMtu, 2), encodeQuoted(draft.quoted)];
    case 'time-exceeded':
    case 'source-quench':
      return [unused(draft, 4), encodeQuoted(draft.quoted)];
    case 'parameter-problem':
      return [bigEndian(draft.pointer, 1), unused(draft, 3), encodeQuoted(draft.quoted)];
    case 'redirect':
      return [ipv4Octets(draft.gateway), encodeQuoted(draft.quoted)];
    case 'other':
      return [octetsIn(draft.octets)];
  }
}

function unused(draft: { readonly unused?: string }, octets: number): Uint8Array {
  return draft.unused === undefined ? new Uint8Array(octets) : octetsIn(draft.unused);
}

function encodeQuoted(quoted: Ipv4Draft | Raw): Uint8Array {
  return quoted.kind === 'raw' ? octetsIn(quoted.octets) : encodeIpv4(quoted);
}

export function decodeIcmp(bytes: Uint8Array, around: Around): IcmpMessage | Raw {
  if (bytes.length < 4) return tooShort(bytes, around, 'icmp message shorter than 4 octets');
  const type = uint8(bytes, 0);
  const names = Object.keys(ICMP_TYPE) as (keyof typeof ICMP_TYPE)[];
  const message = names.find((name) => ICMP_TYPE[name] === type);
  const short = message !== undefined && bytes.length < 8;
  return {
    kind: 'icmp',
    code: uint8(bytes, 1),
    checksum: uint16(bytes, 2),
    ...rightOf(around.cut ? undefined : isIntact(bytes)),
    ...(message === undefined || short
      ? { message: 'other', type, octets: hexOf(bytes, 4) }
      : bodyOf(message, bytes, around)),
    ...problemOf(short && !around.cut ? 'icmp message shorter than 8 octets' : undefined),
  };
}

function bodyOf(
  message: keyof typeof ICMP_TYPE,
  bytes: Uint8Array,
  around: Around,
): Body<Ipv4Packet | Raw> {
  const rest = bytes.subarray(8);
  const quoted = () => (around.quoted ? raw(rest) : decodeIpv4(rest, true));
  switch (message) {
    case 'echo-request':
    case 'echo-reply': {
      const [identifier, sequence] = [uint16(bytes, 4), uint16(bytes, 6)];
      return { message, identifier, sequence, data: hexOf(bytes, 8) };
    }
    case 'destination-unreachable': {
      const nextHopMtu = uint16(bytes, 6);
      return { message, nextHopMtu, ...unusedAt(bytes, 4, 6), quoted: quoted() };
    }
    case 'time-exceeded':
    case 'source-quench':
      return { message, ...unusedAt(bytes, 4, 8), quoted: quoted() };
    case 'parameter-problem':
      return { message, pointer: uint8(bytes, 4), ...unusedAt(bytes, 5, 8), quoted: quoted() };
    case 'redirect':
      return { message, gateway: ipv4Text(bytes, 4), quoted: quoted() };
  }
}

function unusedAt(bytes: Uint8Array, from: number, to: number): { readonly unused?: string } {
  const octets = hexOf(bytes, from, to);
  return /^0*$/.test(octets) ? {} : { unused: octets };
}
