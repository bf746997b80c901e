/**
 * The IPv4 header in a buffer.
 *
 * Source: RFC 791, section 3.1; Linux 2.6.11, include/linux/ip.h.
 */
import { be16, be32, octetAt, putBe16, putBe32 } from './bytes.ts';
import { csumUpdate, ipFastCsum } from './csum.ts';
import type { SkBuff } from './sk-buff.ts';

export const IP_HEADER = 20;
export const IP_MAX = 65_535;
export const IP_DF = 0x4000;
export const IP_MF = 0x2000;
export const IP_OFFSET_MASK = 0x1fff;

/** @kernel struct iphdr */
export interface IpHeader {
  readonly version: number;
  /** Octets of header, options included. */
  readonly headerLength: number;
  readonly tos: number;
  readonly totalLength: number;
  readonly id: number;
  /** Flags and offset as they stand in the header. */
  readonly fragOff: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly saddr: number;
  readonly daddr: number;
}

/** Octets from the network header on, as they are in memory. */
export function networkOctets(skb: SkBuff): Uint8Array {
  return skb.head.bytes.subarray(skb.nh ?? skb.data, skb.tail);
}

/** The header that begins at that place. */
export function readIpHeader(bytes: Uint8Array, at = 0): IpHeader {
  const first = octetAt(bytes, at);
  return {
    version: first >>> 4,
    headerLength: (first & 15) * 4,
    tos: octetAt(bytes, at + 1),
    totalLength: be16(bytes, at + 2),
    id: be16(bytes, at + 4),
    fragOff: be16(bytes, at + 6),
    ttl: octetAt(bytes, at + 8),
    protocol: octetAt(bytes, at + 9),
    saddr: be32(bytes, at + 12),
    daddr: be32(bytes, at + 16),
  };
}

/** The header at the network header. @kernel skb->nh.iph */
export function ipHeader(skb: SkBuff): IpHeader {
  return readIpHeader(skb.head.bytes, skb.nh ?? skb.data);
}

/** Octets from the start of the datagram that the first octet of this fragment stands at. */
export function fragmentOffset({ fragOff }: IpHeader): number {
  return (fragOff & IP_OFFSET_MASK) * 8;
}

/** Whether it is a piece of a datagram, the first or a later one. */
export function isFragment({ fragOff }: IpHeader): boolean {
  return (fragOff & (IP_MF | IP_OFFSET_MASK)) !== 0;
}

/** What a sender says; the length is read from the buffer. */
export interface NewIpHeader {
  readonly tos: number;
  readonly id: number;
  readonly fragOff: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly saddr: number;
  readonly daddr: number;
  /** A multiple of four octets. */
  readonly options: Uint8Array;
}

/** Writes a header with its checksum at the network header. */
export function writeIpHeader(skb: SkBuff, header: NewIpHeader): void {
  const { bytes } = skb.head;
  const at = skb.nh ?? skb.data;
  const { options } = header;
  bytes[at] = 0x40 | ((IP_HEADER + options.length) / 4);
  bytes[at + 1] = header.tos;
  putBe16(bytes, at + 2, skb.len);
  putBe16(bytes, at + 4, header.id);
  putBe16(bytes, at + 6, header.fragOff);
  bytes[at + 8] = header.ttl;
  bytes[at + 9] = header.protocol;
  putBe32(bytes, at + 12, header.saddr);
  putBe32(bytes, at + 16, header.daddr);
  if (options.length > 0) bytes.set(options, at + IP_HEADER);
  ipSendCheck(bytes, at);
}

/** Of the header that begins at that place. @kernel ip_send_check */
export function ipSendCheck(bytes: Uint8Array, at = 0): void {
  putBe16(bytes, at + 10, 0);
  putBe16(bytes, at + 10, ipFastCsum(bytes, at, (octetAt(bytes, at) & 15) * 4));
}

/** One hop less, and the checksum amended for it. @kernel ip_decrease_ttl */
export function ipDecreaseTtl(bytes: Uint8Array): void {
  const before = be16(bytes, 8);
  bytes[8] = octetAt(bytes, 8) - 1;
  putBe16(bytes, 10, csumUpdate(be16(bytes, 10), before, be16(bytes, 8)));
}
