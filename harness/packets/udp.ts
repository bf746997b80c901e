/** UDP over IPv4 and IPv6. Source: RFC 768, RFC 8200 section 8.1. */
import { checksumOver, type Ends, isIntact, pseudoHeader } from './checksums.ts';
import {
  type Around,
  bigEndian,
  type Draft,
  hexOf,
  joined,
  octetsIn,
  problemOf,
  type Raw,
  rightOf,
  tooShort,
  trailerOf,
  uint16,
  withParts,
} from './octets.ts';

export const UDP = 17;

const HEADER = 8;

export interface UdpDatagram {
  readonly kind: 'udp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Octets of header and data. */
  readonly length: number;
  /** 0 says that there is none, which only IPv4 allows. */
  readonly checksum: number;
  /** Left out where the datagram is not whole. */
  readonly checksumRight?: boolean;
  readonly data: string;
  /** Octets of the IP packet behind the datagram's length. */
  readonly trailer?: string;
  readonly problem?: string;
}

export type UdpDraft = Draft<UdpDatagram, 'length' | 'checksum'>;

/** @throws RangeError — a field does not fit. */
export function encodeUdp(draft: UdpDraft, ends: Ends): Uint8Array {
  const data = octetsIn(draft.data);
  const ports = [...bigEndian(draft.sourcePort, 2), ...bigEndian(draft.destinationPort, 2)];
  const length = bigEndian(draft.length ?? HEADER + data.length, 2);
  const whole = joined(ports, length, [0, 0], data);
  const checksum = draft.checksum ?? transmitted(whole, ends);
  whole.set(bigEndian(checksum, 2), 6);
  return joined(whole, octetsIn(draft.trailer ?? ''));
}

/** A checksum that comes out as zero is sent as its other form, since zero says "none". */
function transmitted(whole: Uint8Array, ends: Ends): number {
  return checksumOver(pseudoHeader(ends, UDP, whole.length), whole) || 0xffff;
}

export function decodeUdp(bytes: Uint8Array, ends: Ends, around: Around): UdpDatagram | Raw {
  if (bytes.length < HEADER) return tooShort(bytes, around, 'udp header shorter than 8 octets');
  const length = uint16(bytes, 4);
  const problem = lengthProblem(length, bytes.length, around.cut);
  const end = length < HEADER ? bytes.length : Math.min(length, bytes.length);
  const datagram = {
    kind: 'udp' as const,
    sourcePort: uint16(bytes, 0),
    destinationPort: uint16(bytes, 2),
    length,
    checksum: uint16(bytes, 6),
    data: hexOf(bytes, HEADER, end),
  };
  return withParts(
    datagram,
    rightOf(length === end ? isRight(bytes.subarray(0, end), ends) : undefined),
    trailerOf(bytes.subarray(end)),
    problemOf(problem),
  );
}

function lengthProblem(length: number, there: number, cut: boolean): string | undefined {
  if (length < HEADER) return `udp length ${length}, less than the 8 octets of the header`;
  if (length > there && !cut) return `udp length ${length}, but only ${there} octets`;
  return undefined;
}

function isRight(whole: Uint8Array, ends: Ends): boolean {
  if (uint16(whole, 6) === 0) return ends.source.length === 4;
  return isIntact(pseudoHeader(ends, UDP, whole.length), whole);
}
