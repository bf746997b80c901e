/** TCP segments. Source: RFC 793 section 3.1; RFC 3168 section 6.1 for ECE and CWR. */
import { type Ends, isIntact, pseudoHeader, withChecksum } from './checksums.ts';
import {
  type Around,
  bigEndian,
  bits,
  type Draft,
  headerWords,
  hexOf,
  joined,
  octetsIn,
  problemOf,
  type Raw,
  rightOf,
  tooShort,
  uint16,
  uint32,
  uint8,
  withParts,
} from './octets.ts';
import { decodeTcpOptions, encodeTcpOptions, type TcpOption } from './tcp-options.ts';

export const TCP = 6;

const HEADER = 20;

/** From the lowest bit up. */
export const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;

export type TcpFlag = (typeof TCP_FLAGS)[number];

/** Numbers in host order. */
export interface TcpSegment {
  readonly kind: 'tcp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  /** Octets, a multiple of 4; 20 without options. */
  readonly headerLength: number;
  /** Four bits that should be zero; left out where they are. */
  readonly reserved?: number;
  /** In the order of TCP_FLAGS. */
  readonly flags: readonly TcpFlag[];
  /** As on the wire, not scaled. */
  readonly window: number;
  readonly checksum: number;
  /** Left out where the segment is not whole. */
  readonly checksumRight?: boolean;
  readonly urgentPointer: number;
  readonly options: readonly TcpOption[];
  readonly data: string;
  readonly problem?: string;
}

/** The first eight octets or more of a segment, as an ICMP error quotes them. */
export interface TcpHead {
  readonly kind: 'tcp-head';
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  /** What there is behind the sequence number, less than a header. */
  readonly octets: string;
  readonly problem?: string;
}

/** Numbers left out are zero, and there are no options. */
export type TcpDraft = Draft<
  TcpSegment,
  'acknowledgment' | 'headerLength' | 'window' | 'checksum' | 'urgentPointer' | 'options'
>;

/** @throws RangeError — a field does not fit. */
export function encodeTcp(draft: TcpDraft | TcpHead, ends: Ends): Uint8Array {
  const { sourcePort, destinationPort, sequence } = draft;
  const start = [
    ...bigEndian(sourcePort, 2),
    ...bigEndian(destinationPort, 2),
    ...bigEndian(sequence, 4),
  ];
  if (draft.kind === 'tcp-head') return joined(start, octetsIn(draft.octets));
  const given = encodeTcpOptions(draft.options ?? []);
  // A header length that is given stands for a list of options that has its padding already.
  const options = joined(
    given,
    new Uint8Array(draft.headerLength === undefined ? -given.length & 3 : 0),
  );
  const whole = joined(start, secondPart(draft, options.length), options, octetsIn(draft.data));
  return withChecksum(whole, 16, draft.checksum, pseudoHeader(ends, TCP, whole.length));
}

/** From the acknowledgment number to the urgent pointer, with a checksum of zero. */
function secondPart(draft: TcpDraft, options: number): number[] {
  const words = headerWords(draft.headerLength ?? HEADER + options);
  const flags = draft.flags.map((flag) => 1 << TCP_FLAGS.indexOf(flag));
  return [
    ...bigEndian(draft.acknowledgment ?? 0, 4),
    (words << 4) | bits(draft.reserved ?? 0, 4),
    flags.reduce((all, flag) => all | flag, 0),
    ...bigEndian(draft.window ?? 0, 2),
    ...[0, 0],
    ...bigEndian(draft.urgentPointer ?? 0, 2),
  ];
}

export function decodeTcp(
  bytes: Uint8Array,
  ends: Ends,
  around: Around,
): TcpSegment | TcpHead | Raw {
  if (bytes.length < 8) return tooShort(bytes, around, 'tcp header shorter than 8 octets');
  const { cut } = around;
  if (bytes.length < HEADER) {
    const start = {
      sourcePort: uint16(bytes, 0),
      destinationPort: uint16(bytes, 2),
      sequence: uint32(bytes, 4),
    };
    const problem = cut ? undefined : 'tcp header shorter than 20 octets';
    return { kind: 'tcp-head', ...start, octets: hexOf(bytes, 8), ...problemOf(problem) };
  }
  const intact = () => isIntact(pseudoHeader(ends, TCP, bytes.length), bytes);
  return withParts(
    segmentOf(bytes),
    rightOf(cut ? undefined : intact()),
    problemOf(headerProblem((uint8(bytes, 12) >> 4) * 4, bytes.length, cut)),
  );
}

function segmentOf(bytes: Uint8Array): TcpSegment {
  const headerLength = (uint8(bytes, 12) >> 4) * 4;
  const headerEnd = Math.min(Math.max(HEADER, headerLength), bytes.length);
  const reserved = uint8(bytes, 12) & 0x0f;
  const segment = {
    kind: 'tcp' as const,
    sourcePort: uint16(bytes, 0),
    destinationPort: uint16(bytes, 2),
    sequence: uint32(bytes, 4),
    acknowledgment: uint32(bytes, 8),
    headerLength,
    flags: TCP_FLAGS.filter((_, bit) => (uint8(bytes, 13) & (1 << bit)) !== 0),
    window: uint16(bytes, 14),
    checksum: uint16(bytes, 16),
    urgentPointer: uint16(bytes, 18),
    options: decodeTcpOptions(bytes.subarray(HEADER, headerEnd)),
    data: hexOf(bytes, headerEnd),
  };
  return reserved === 0 ? segment : { ...segment, reserved };
}

function headerProblem(headerLength: number, there: number, cut: boolean): string | undefined {
  if (headerLength < HEADER) return `tcp header length ${headerLength}, less than 20 octets`;
  if (headerLength > there && !cut) {
    return `tcp header length ${headerLength}, but only ${there} octets`;
  }
  return undefined;
}
