/**
 * From a buffer to a segment on its way: header, bookkeeping, and the network layer.
 *
 * The buffer itself stays in the queue for as long as it may have to be sent again; what leaves is a copy.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_transmit_skb(), tcp_event_ack_sent(),
 * tcp_event_data_sent(), tcp_cwnd_restart(); 4.4BSD, netinet/tcp_output.c.
 */
import { enter } from '../../kernel/ftrace.ts';
import { putBe16, putBe32 } from '../bytes.ts';
import { LINK_ROOM } from '../ip-output.ts';
import type { Sent } from '../netfilter.ts';
import { allocSkb, skbLinear, skbPut, skbReserve, type SkBuff } from '../sk-buff.ts';
import { bufferData, bufferSum, type TcpBuffer } from './buffers.ts';
import { ACK, PSH, SYN, TCP_HEADER, TCP_HEADER_MAX, TIMESTAMPS_ALIGNED, URG } from './constants.ts';
import { headerLengthOf } from './mss.ts';
import { synOptionsLength, writeSynOptions, writeTimestamps, type SynOptions } from './options.ts';
import { between, distance } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { stopTimer } from './timer.ts';
import { timestampNow } from './timestamp.ts';
import { offerWindow } from './window.ts';

/** Room for the headers of the layers below. @kernel MAX_HEADER */
const NETWORK_ROOM = 60;

/**
 * Sends a buffer.
 *
 * @returns 0, or what went wrong: the buffer then counts as not sent.
 * @kernel tcp_transmit_skb
 */
export function tcpTransmitSkb(sk: TcpSock, buffer: TcpBuffer): Sent {
  enter('tcp_transmit_skb', buffer.length);
  buffer.sentAt = sk.net.clock.now;
  const skb = segmentOf(sk, buffer);
  if (skb === null) return 'ENOBUFS';
  sk.af.sendCheck(sk, skb);
  if ((buffer.flags & ACK) !== 0) eventAckSent(sk);
  if (buffer.length > 0) eventDataSent(sk);
  sk.net.tcp.counters.OutSegs += 1;
  const sent = sk.af.queueXmit(sk, skb);
  if (sent === 0) return 0;
  return isLocalDrop(sent) ? droppedHere(sk, sent) : sent;
}

/** The queue before the wire was full, or there was no memory. */
export function isLocalDrop(sent: Sent): boolean {
  return sent === 'NET_XMIT_DROP' || sent === 'ENOBUFS';
}

/** The segment, with its header. @returns null when there is no memory. */
function segmentOf(sk: TcpSock, buffer: TcpBuffer): SkBuff | null {
  const syn = (buffer.flags & SYN) !== 0 ? synOptionsOf(sk, buffer) : null;
  const headerLength = syn === null ? headerLengthOf(sk) : TCP_HEADER + synOptionsLength(syn);
  const skb = allocSkb(LINK_ROOM + NETWORK_ROOM + TCP_HEADER_MAX + buffer.length);
  if (skb === null) return null;
  skbReserve(skb, LINK_ROOM + NETWORK_ROOM);
  skb.h = skbPut(skb, headerLength + buffer.length);
  const bytes = skbLinear(skb);
  writeHeader(sk, buffer, bytes, headerLength);
  if (syn !== null) writeSynOptions(bytes, TCP_HEADER, syn);
  else if (sk.timestamps) writeTimestamps(bytes, TCP_HEADER, timestampNow(sk.net), sk.tsRecent);
  if (buffer.length > 0) bytes.set(bufferData(buffer), headerLength);
  skb.csum = bufferSum(buffer);
  return skb;
}

function writeHeader(
  sk: TcpSock,
  { seq, flags }: TcpBuffer,
  bytes: Uint8Array,
  headerLength: number,
): void {
  putBe16(bytes, 0, sk.port);
  putBe16(bytes, 2, sk.dport);
  putBe32(bytes, 4, seq);
  putBe32(bytes, 8, (flags & ACK) !== 0 ? sk.rcvNxt : 0);
  bytes[12] = (headerLength / 4) << 4;
  bytes[13] = flags;
  putBe16(bytes, 14, (flags & SYN) !== 0 ? synWindow(sk) : offerWindow(sk));
  // The urgent pointer leads to the octet behind the last urgent one.
  const urgent = distance(seq, sk.sndUp);
  if (sk.urgMode && between(sk.sndUp, (seq + 1) | 0, (seq + 0xffff) | 0)) {
    putBe16(bytes, 18, urgent);
    bytes[13] = flags | URG;
  }
}

/** The window of a SYN is never scaled. */
function synWindow(sk: TcpSock): number {
  sk.rcvWup = sk.rcvNxt;
  return Math.min(sk.rcvWnd, 0xffff);
}

/** What a SYN of a connection says; as an answer only what the peer's SYN has said as well, but in Linux. */
function synOptionsOf(sk: TcpSock, { flags }: TcpBuffer): SynOptions {
  const { tunables } = sk.net.tcp;
  const answer = (flags & ACK) !== 0 && !sk.net.profile.startsWith('linux');
  const timestamps = answer ? sk.timestamps : tunables.timestamps;
  const scales = answer ? sk.windowScaling : tunables.windowScaling;
  return {
    mss: sk.advmss + (sk.timestamps ? TIMESTAMPS_ALIGNED : 0),
    wscale: scales ? sk.rcvWscale : null,
    timestamps: timestamps ? { tsval: timestampNow(sk.net), tsecr: sk.tsRecent } : null,
  };
}

/** Whatever carries an ACK is one. @kernel tcp_event_ack_sent */
function eventAckSent(sk: TcpSock): void {
  enter('tcp_event_ack_sent');
  const { ack, timers } = sk;
  if (ack.quick > 0) {
    ack.quick -= 1;
    if (ack.quick === 0) ack.ato = 40;
  }
  ack.scheduled = false;
  ack.pushed = false;
  if (timers !== null) stopTimer(timers.delack);
}

/** @kernel tcp_event_data_sent */
function eventDataSent(sk: TcpSock): void {
  enter('tcp_event_data_sent');
  const now = timeStamp(sk.net);
  if (sk.packetsOut === 0 && now - sk.lsndtime > sk.rtt.rto) sk.congestion.restartAfterIdle(sk);
  sk.lsndtime = now;
  // An answer within the time that an ACK waits: data go both ways.
  if (now - sk.ack.lrcvtime < sk.ack.ato) sk.ack.pingpong = true;
}

/**
 * The own interface had no room. 4.4BSD and the notes fall back to a window of one packet; in 4.4BSD
 * the segment counts as sent, as if it had been lost farther on.
 */
function droppedHere(sk: TcpSock, sent: Sent): Sent {
  sk.congestion.localDrop(sk);
  return sk.net.profile === 'bsd-4.4' ? 0 : sent;
}

/** Whether the peer is to give the octets to its program at once. */
export function markPush(sk: TcpSock, buffer: TcpBuffer): void {
  buffer.flags |= PSH;
  sk.pushedSeq = sk.writeSeq;
}
