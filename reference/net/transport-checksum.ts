/**
 * The checksum of a TCP segment or UDP datagram, and who computes which part of it.
 *
 * On transmit the data were summed when they were copied from the user, so only the header is left;
 * or the device sums everything and is told by skb.csum where to put the result, over a field that
 * holds the pseudo-header's sum already. On receive the device may have done nothing, may have summed
 * the segment, or may vouch for all of it.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, net/ipv4/udp.c, net/core/dev.c (skb_checksum_help).
 */
import { enter } from '../kernel/ftrace.ts';
import { octetAt, be16, putBe16, swab16 } from './bytes.ts';
import { csumBetween, csumFold, csumPartial, csumTcpudpMagic, csumTcpudpNofold } from './csum.ts';
import { skbTrim } from './sk-buff-paged.ts';
import {
  CHECKSUM_HW,
  CHECKSUM_NONE,
  CHECKSUM_UNNECESSARY,
  skbContents,
  skbIsNonlinear,
  skbLinear,
  type SkBuff,
} from './sk-buff.ts';

export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;

/** @kernel offsetof(struct tcphdr, check) */
export const TCP_CHECK_OFFSET = 16;

/** @kernel offsetof(struct udphdr, check) */
export const UDP_CHECK_OFFSET = 6;

const UDP_LENGTH_OFFSET = 4;

export const TCP_HEADER_MIN = 20;
export const UDP_HEADER = 8;

/** Segments up to this long are verified at once, longer ones while they are copied to the user. */
const VERIFY_AT_ONCE = 76;

/** What a protocol counts, as far as checksums go. @kernel struct tcp_mib, struct udp_mib */
export interface TransportMib {
  inErrors: number;
}

/** The two ends of a segment: IPv4 addresses as unsigned numbers. */
export interface Ends {
  readonly source: number;
  readonly destination: number;
}

/** Length of a TCP header, from its data offset. @kernel th->doff << 2 */
export function tcpHeaderLength(segment: Uint8Array): number {
  return (octetAt(segment, 12) >>> 4) * 4;
}

/** @returns in host order. @kernel tcp_v4_check */
function tcpV4Check(length: number, { source, destination }: Ends, sum: number): number {
  enter('tcp_v4_check');
  return csumTcpudpMagic({ source, destination, length, protocol: IPPROTO_TCP }, sum);
}

/** Sums the packet from data on. @kernel skb_checksum */
function skbChecksum(skb: SkBuff, sum: number): number {
  return skbIsNonlinear(skb)
    ? csumPartial(skbContents(skb), sum)
    : csumBetween(skb.head.bytes, skb.data, skb.tail, sum);
}

/**
 * Fills in the check field of a segment that begins at data. In software skb.csum must hold the sum
 * of what follows the header; with hardware it receives the place of the field.
 *
 * @kernel tcp_v4_send_check
 */
export function tcpV4SendCheck(skb: SkBuff, ends: Ends): void {
  enter('tcp_v4_send_check');
  const segment = skbLinear(skb);
  if (skb.ipSummed === CHECKSUM_HW) {
    putBe16(segment, TCP_CHECK_OFFSET, swab16(~tcpV4Check(skb.len, ends, 0) & 0xffff));
    skb.csum = TCP_CHECK_OFFSET;
    return;
  }
  const sum = csumPartial(segment.subarray(0, tcpHeaderLength(segment)), skb.csum);
  putBe16(segment, TCP_CHECK_OFFSET, swab16(tcpV4Check(skb.len, ends, sum)));
}

/** A computed zero is sent as all ones, since zero says that there is no checksum. */
function udpNonZero(check: number): number {
  return check === 0 ? 0xffff : check;
}

/** The same for a UDP datagram. @kernel udp_push_pending_frames */
export function udpSendCheck(skb: SkBuff, ends: Ends): void {
  enter('udp_push_pending_frames');
  const datagram = skbLinear(skb);
  const pseudo = { ...ends, length: skb.len, protocol: IPPROTO_UDP };
  if (skb.ipSummed === CHECKSUM_HW) {
    putBe16(datagram, UDP_CHECK_OFFSET, swab16(~csumTcpudpMagic(pseudo, 0) & 0xffff));
    skb.csum = UDP_CHECK_OFFSET;
    return;
  }
  const sum = csumPartial(datagram.subarray(0, UDP_HEADER), skb.csum);
  putBe16(datagram, UDP_CHECK_OFFSET, swab16(udpNonZero(csumTcpudpMagic(pseudo, sum))));
}

/**
 * What a device does that sums transport segments: from the transport header to the end, the result
 * to where skb.csum says. It knows of UDP that zero means none.
 *
 * @kernel skb_checksum_help, where the device turns out not to be able to
 */
export function deviceChecksum(skb: SkBuff): void {
  if (skb.ipSummed !== CHECKSUM_HW) return;
  const segment = skbLinear(skb);
  const check = csumFold(csumPartial(segment, 0));
  const sent = skb.csum === UDP_CHECK_OFFSET ? udpNonZero(check) : check;
  putBe16(segment, skb.csum, swab16(sent));
  skb.ipSummed = CHECKSUM_NONE;
}

/**
 * First look at a received segment; afterwards it is verified, or skb.csum holds the sum of its
 * pseudo-header for whoever sums the rest.
 *
 * @returns false when it is known to be bad already.
 * @kernel tcp_v4_checksum_init
 */
function tcpV4ChecksumInit(skb: SkBuff, ends: Ends): boolean {
  if (skb.ipSummed === CHECKSUM_HW) {
    skb.ipSummed = CHECKSUM_UNNECESSARY;
    if (tcpV4Check(skb.len, ends, skb.csum) === 0) return true;
    // The device may be wrong about a good segment: from here on it has said nothing.
    skb.ipSummed = CHECKSUM_NONE;
  }
  if (skb.len <= VERIFY_AT_ONCE) {
    if (tcpV4Check(skb.len, ends, skbChecksum(skb, 0)) !== 0) return false;
    skb.ipSummed = CHECKSUM_UNNECESSARY;
  } else {
    skb.csum = ~tcpV4Check(skb.len, ends, 0) & 0xffff;
  }
  return true;
}

/** Sums what nobody has verified. @kernel tcp_checksum_complete, udp_checksum_complete */
function checksumComplete(skb: SkBuff): boolean {
  return skb.ipSummed === CHECKSUM_UNNECESSARY || csumFold(skbChecksum(skb, skb.csum)) === 0;
}

/** Whether TCP takes a segment that begins at data. */
function tcpV4Verify(skb: SkBuff, ends: Ends): boolean {
  const segment = skbContents(skb);
  const headerLength = tcpHeaderLength(segment);
  if (segment.length < TCP_HEADER_MIN) return false;
  if (headerLength < TCP_HEADER_MIN || headerLength > segment.length) return false;
  if (skb.ipSummed === CHECKSUM_UNNECESSARY) return true;
  return tcpV4ChecksumInit(skb, ends) && checksumComplete(skb);
}

/** @kernel udp_checksum_init */
function udpChecksumInit(skb: SkBuff, ends: Ends, check: number): void {
  const pseudo = { ...ends, length: skb.len, protocol: IPPROTO_UDP };
  if (check === 0) {
    skb.ipSummed = CHECKSUM_UNNECESSARY;
  } else if (skb.ipSummed === CHECKSUM_HW) {
    skb.ipSummed = CHECKSUM_UNNECESSARY;
    if (csumTcpudpMagic(pseudo, skb.csum) === 0) return;
    skb.ipSummed = CHECKSUM_NONE;
  }
  if (skb.ipSummed !== CHECKSUM_UNNECESSARY) skb.csum = csumTcpudpNofold(pseudo, 0);
}

/** What the link added behind the datagram is cut off, and with it the device's sum is void. */
function trimPadding(skb: SkBuff, length: number): void {
  if (length === skb.len) return;
  skbTrim(skb, length);
  if (skb.ipSummed === CHECKSUM_HW) skb.ipSummed = CHECKSUM_NONE;
}

/** Whether UDP takes a datagram that begins at data. */
function udpVerify(skb: SkBuff, ends: Ends): boolean {
  const datagram = skbContents(skb);
  const length = be16(datagram, UDP_LENGTH_OFFSET);
  if (datagram.length < UDP_HEADER) return false;
  if (length < UDP_HEADER || length > datagram.length) return false;
  trimPadding(skb, length);
  udpChecksumInit(skb, ends, be16(datagram, UDP_CHECK_OFFSET));
  return checksumComplete(skb);
}

/** What is not taken is dropped and counted. */
function counted(accepted: boolean, mib: TransportMib): boolean {
  if (!accepted) mib.inErrors += 1;
  return accepted;
}

/** @returns whether TCP took the segment that begins at data. @kernel tcp_v4_rcv */
export function tcpV4Receive(skb: SkBuff, ends: Ends, mib: TransportMib): boolean {
  return counted(tcpV4Verify(skb, ends), mib);
}

/** @returns whether UDP took the datagram that begins at data. @kernel udp_rcv */
export function udpReceive(skb: SkBuff, ends: Ends, mib: TransportMib): boolean {
  return counted(udpVerify(skb, ends), mib);
}
