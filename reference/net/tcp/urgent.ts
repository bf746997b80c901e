/**
 * Urgent data: one octet that is out of the order of the others.
 *
 * The pointer leads to the octet behind it. The last octet before the newest pointer is it; it is kept
 * aside, unless the program wants it in line.
 *
 * Source: RFC 9293, section 3.8.5; RFC 6093; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_check_urg(),
 * tcp_urg().
 */
import { wakeSock } from '../sock.ts';
import { URG } from './constants.ts';
import type { Segment } from './segment.ts';
import { after, distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';

/** @kernel tcp_check_urg */
function checkUrg(sk: TcpSock, segment: Segment): void {
  const pointer = segment.urgent > 0 ? segment.urgent - 1 : 0;
  const at = (segment.seq + pointer) | 0;
  // Read long since, or known already.
  if (after(sk.copiedSeq, at) || after(sk.rcvNxt, at)) return;
  if (sk.urgState !== 'none' && !after(at, sk.urgSeq)) return;
  sk.urgSignal?.();
  skipOldMark(sk);
  sk.urgState = 'announced';
  sk.urgSeq = at;
}

/** An octet that was urgent and that nobody has read is none any more: with a newer one it is skipped. */
function skipOldMark(sk: TcpSock): void {
  const unread = sk.urgSeq === sk.copiedSeq && sk.urgState !== 'none' && !sk.oobInline;
  if (!unread || sk.copiedSeq === sk.rcvNxt) return;
  const { head } = sk.received;
  sk.copiedSeq = (sk.copiedSeq + 1) | 0;
  if (head !== null && !after(head.endSeq, sk.copiedSeq)) {
    sk.received.head = head.next;
    if (head.next === null) sk.received.tail = null;
    else head.next.prev = null;
    sk.received.count -= 1;
    sk.rmemAlloc -= head.truesize;
  }
}

/** @kernel tcp_urg */
export function tcpUrg(sk: TcpSock, segment: Segment): void {
  if ((segment.flags & URG) !== 0) checkUrg(sk, segment);
  if (sk.urgState !== 'announced') return;
  const place = distance(segment.seq, sk.urgSeq);
  if (place < 0 || place >= segment.data.length) return;
  sk.urgState = 'there';
  sk.urgOctet = segment.data[place] ?? 0;
  wakeSock(sk);
}
