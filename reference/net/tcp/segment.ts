/**
 * A segment that has come, read once.
 *
 * Source: RFC 9293, section 3.1.
 */
import { be16, be32, octetAt } from '../bytes.ts';
import { ipHeader } from '../ip-header.ts';
import { skbContents, type SkBuff } from '../sk-buff.ts';
import { FIN, SYN, TCP_HEADER } from './constants.ts';

/** Numbers in host order, sequence numbers signed. */
export interface Segment {
  readonly saddr: number;
  readonly daddr: number;
  readonly sport: number;
  readonly dport: number;
  /** Name of the device that it came in by. */
  readonly device: string | null;
  readonly seq: number;
  /** Behind its last octet; SYN and FIN count one each. */
  readonly endSeq: number;
  readonly ack: number;
  readonly flags: number;
  /** As on the wire, not scaled. */
  readonly window: number;
  readonly urgent: number;
  readonly headerLength: number;
  readonly options: Uint8Array;
  readonly data: Uint8Array;
  readonly tos: number;
  /** Of one host only; a segment to many is nobody's. */
  readonly unicast: boolean;
  /** Octets that a buffer with it is charged for. */
  readonly truesize: number;
  /** Sequence number of a connection in TIME_WAIT that it comes after; 0 for none. @kernel TCP_SKB_CB(skb)->when */
  reusedIsn: number;
}

/** Reads a segment whose length and checksum are right. */
export function readSegment(skb: SkBuff): Segment {
  const { saddr, daddr, tos } = ipHeader(skb);
  return segmentFrom(skbContents(skb), {
    saddr,
    daddr,
    tos,
    device: skb.dev,
    unicast: skb.dst?.type === 'local',
    truesize: skb.truesize,
  });
}

const NOTHING = new Uint8Array(0);

/** What the layer below knows of a segment; beyond its ends it need not know anything. */
type Around = Pick<Segment, 'saddr' | 'daddr'> &
  Partial<Pick<Segment, 'tos' | 'device' | 'unicast' | 'truesize'>>;

/** The segment that stands in these octets. */
export function segmentFrom(
  bytes: Uint8Array,
  { saddr, daddr, tos = 0, device = null, unicast = true, truesize = bytes.length }: Around,
): Segment {
  const headerLength = (octetAt(bytes, 12) >>> 4) * 4;
  const flags = octetAt(bytes, 13);
  const seq = be32(bytes, 4) | 0;
  const data = bytes.length > headerLength ? bytes.subarray(headerLength) : NOTHING;
  const control = ((flags & SYN) !== 0 ? 1 : 0) + ((flags & FIN) !== 0 ? 1 : 0);
  return {
    saddr,
    daddr,
    sport: be16(bytes, 0),
    dport: be16(bytes, 2),
    device,
    seq,
    endSeq: (seq + data.length + control) | 0,
    ack: be32(bytes, 8) | 0,
    flags,
    window: be16(bytes, 14),
    urgent: be16(bytes, 18),
    headerLength,
    options: headerLength > TCP_HEADER ? bytes.subarray(TCP_HEADER, headerLength) : NOTHING,
    data,
    tos,
    unicast,
    truesize,
    reusedIsn: 0,
  };
}
