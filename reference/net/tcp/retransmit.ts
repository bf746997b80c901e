/**
 * Sending again.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_retransmit_skb(); 4.4BSD, netinet/tcp_timer.c, where
 * SND.NXT is set back.
 */
import { enter } from '../../kernel/ftrace.ts';
import type { Sent } from '../netfilter.ts';
import { EVER_RETRANS, RETRANS, trimHead, type TcpBuffer } from './buffers.ts';
import { joinFollowing } from './collapse.ts';
import { currentMss } from './mss.ts';
import { tcpFragment } from './output.ts';
import { before, distance, later } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { tcpTransmitSkb } from './transmit.ts';

/** What of a buffer has been acknowledged goes; what is too long for the path is cut. */
export function fitBuffer(sk: TcpSock, buffer: TcpBuffer): void {
  if (buffer.length > 0 && before(buffer.seq, sk.sndUna)) {
    trimHead(buffer, Math.min(distance(buffer.seq, sk.sndUna), buffer.length));
  }
}

/**
 * Sends a buffer again.
 *
 * @returns 0, or why it did not leave: the peer has shrunk its window, there is no route, or what IP says.
 * @kernel tcp_retransmit_skb
 */
export function tcpRetransmitSkb(sk: TcpSock, buffer: TcpBuffer): Sent {
  enter('tcp_retransmit_skb', buffer.length);
  fitBuffer(sk, buffer);
  const windowEnd = (sk.sndUna + sk.sndWnd) | 0;
  // The first one may always go: it asks whether the window is open again.
  if (!before(buffer.seq, windowEnd) && buffer.seq !== sk.sndUna) return 'EAGAIN';
  const mss = currentMss(sk);
  if (buffer.length > mss) cut(sk, buffer, mss);
  else joinFollowing(sk, buffer, mss);
  if (!sk.af.rebuildHeader(sk)) return 'EHOSTUNREACH';
  buffer.when = timeStamp(sk.net);
  const sent = tcpTransmitSkb(sk, buffer);
  if (sent !== 0) return sent;
  sk.sndMax = later(buffer.endSeq, sk.sndMax);
  sk.net.tcp.counters.RetransSegs += 1;
  sk.totalRetransmits += 1;
  buffer.marks |= RETRANS | EVER_RETRANS;
  buffer.transmissions += 1;
  if (sk.retransStamp === 0) sk.retransStamp = buffer.when;
  sk.congestion.sent?.(sk, buffer);
  return 0;
}

/** One that was under way becomes two. */
function cut(sk: TcpSock, buffer: TcpBuffer, mss: number): void {
  const counted = isUnderWay(sk, buffer);
  tcpFragment(sk, buffer, mss);
  if (!counted) return;
  sk.packetsOut += 1;
  if (buffer.marks !== 0 && buffer.next !== null && (buffer.marks & 4) !== 0) sk.lostOut += 1;
}

function isUnderWay(sk: TcpSock, buffer: TcpBuffer): boolean {
  return before(buffer.seq, sk.sndNxt);
}

/**
 * Begins again with the first segment that is not acknowledged; those behind it follow as the window
 * opens.
 *
 * @returns 0, or why it did not leave.
 */
export function goBack(sk: TcpSock): Sent {
  const { head } = sk.sendQueue;
  if (head === null) return 0;
  sk.sndNxt = head.seq;
  sk.sendHead = head;
  sk.packetsOut = 0;
  const sent = tcpRetransmitSkb(sk, head);
  sk.sendHead = head.next;
  sk.sndNxt = head.endSeq;
  sk.packetsOut = 1;
  return sent;
}
