/**
 * The control block: 40 octets of a buffer for the layer that has it now.
 *
 * A layer lays its own structure over them and may count on nothing that another left there.
 *
 * Source: Linux 2.6.11, include/net/tcp.h (struct tcp_skb_cb), net/ipv4/tcp_ipv4.c (tcp_v4_rcv),
 * include/net/ip.h (struct inet_skb_parm).
 */
import { bugOn } from '../kernel/bug.ts';
import { octetAt, be32 } from './bytes.ts';
import { CB_SIZE, skbContents, type SkBuff } from './sk-buff.ts';

/** TCP's fields behind the 16 octets that it leaves to IP, all in host order. */
const TCP_SEQ = 16;
const TCP_END_SEQ = 20;
const TCP_WHEN = 24;
const TCP_FLAGS = 28;

/** @kernel sizeof(struct ip_options) */
const IP_OPTIONS_SIZE = 16;

const FIN = 0x01;
const SYN = 0x02;

const TCP_HEADER_MIN = 20;

/** @kernel struct tcp_skb_cb */
export interface TcpControlBlock {
  /** Sequence number of the first octet. */
  readonly seq: number;
  /** Sequence number behind the last: SYN and FIN count one each. */
  readonly endSeq: number;
  /** Time of sending, from which round-trip times are computed. */
  readonly when: number;
  /** Octet 13 of the TCP header. */
  readonly flags: number;
}

/** The octets, to be written to. */
function octetsFor(skb: SkBuff): Uint8Array {
  return (skb.cb ??= new Uint8Array(CB_SIZE));
}

function view(skb: SkBuff): DataView {
  const { buffer, byteOffset } = octetsFor(skb);
  return new DataView(buffer, byteOffset, CB_SIZE);
}

/** @kernel TCP_SKB_CB */
export function tcpControlBlock(skb: SkBuff): TcpControlBlock {
  const cb = view(skb);
  return {
    seq: cb.getUint32(TCP_SEQ, true),
    endSeq: cb.getUint32(TCP_END_SEQ, true),
    when: cb.getUint32(TCP_WHEN, true),
    flags: cb.getUint8(TCP_FLAGS),
  };
}

export function setTcpControlBlock(skb: SkBuff, block: TcpControlBlock): void {
  const cb = view(skb);
  cb.setUint32(TCP_SEQ, block.seq, true);
  cb.setUint32(TCP_END_SEQ, block.endSeq, true);
  cb.setUint32(TCP_WHEN, block.when, true);
  cb.setUint8(TCP_FLAGS, block.flags);
}

/** Sequence space that a segment takes: its data, and one each for SYN and FIN. */
export function endSequence(seq: number, flags: number, dataLength: number): number {
  const syn = flags & SYN ? 1 : 0;
  const fin = flags & FIN ? 1 : 0;
  return (seq + syn + fin + dataLength) >>> 0;
}

/** What TCP notes of a segment that begins at data. @kernel tcp_v4_rcv */
export function tcpReceiveControlBlock(skb: SkBuff): void {
  const segment = skbContents(skb);
  const headerLength = (octetAt(segment, 12) >>> 4) * 4;
  bugOn(segment.length < TCP_HEADER_MIN, 'the contents are shorter than a TCP header');
  bugOn(headerLength < TCP_HEADER_MIN, 'the TCP header says that it is too short');
  bugOn(segment.length < headerLength, 'the contents are shorter than the TCP header says');
  const seq = be32(segment, 4);
  const flags = octetAt(segment, 13);
  const endSeq = endSequence(seq, flags, segment.length - headerLength);
  setTcpControlBlock(skb, { seq, endSeq, when: 0, flags });
}

/** IP's own use of the same octets: no options. @kernel IPCB */
export function clearIpControlBlock(skb: SkBuff): void {
  skb.cb?.fill(0, 0, IP_OPTIONS_SIZE);
}

/** @throws KernelBug — more octets than there are. */
export function writeControlBlock(skb: SkBuff, octets: Uint8Array): void {
  bugOn(octets.length > CB_SIZE, `${octets.length} octets into a control block of ${CB_SIZE}`);
  octetsFor(skb).set(octets);
}
