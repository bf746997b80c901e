/**
 * Segments of an established connection.
 *
 * Most are just what is expected: the next data, or an ACK of what was sent last. The fast path takes
 * them; all else goes the slow way, which looks at everything in the order of the standard.
 *
 * Source: RFC 9293, section 3.10.7.4; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_established().
 */
import { enter } from '../../kernel/ftrace.ts';
import { ackSndCheck } from './ack-policy.ts';
import { tcpAck, type AckVerdict } from './ack.ts';
import { sendChallengeAck } from './challenge-ack.ts';
import { ACK, PSH } from './constants.ts';
import { tcpDataQueue } from './data-queue.ts';
import { headerLengthOf } from './mss.ts';
import { dataSndCheck } from './output.ts';
import type { Segment } from './segment.ts';
import { after, distance } from './seq.ts';
import { acceptableSegment, saysNothing } from './sequence-check.ts';
import type { TcpSock } from './tcp-sock.ts';
import { readTimestamps, replaceTsRecent, storeTsRecent } from './timestamp.ts';
import { tcpUrg } from './urgent.ts';
import { receiveWindow } from './window.ts';

/** Header prediction. @kernel tp->pred_flags */
function isPredicted(sk: TcpSock, segment: Segment): boolean {
  const { flags, seq, ack, window, headerLength, data } = segment;
  return (
    (flags & ~PSH) === ACK &&
    seq === sk.rcvNxt &&
    window * 2 ** sk.sndWscale === sk.sndWnd &&
    !after(ack, sk.sndNxt) &&
    headerLength === headerLengthOf(sk) &&
    sk.outOfOrder.head === null &&
    sk.urgState === 'none' &&
    data.length <= receiveWindow(sk)
  );
}

/** @returns false where the answer is a reset. @kernel tcp_rcv_established */
export function tcpRcvEstablished(sk: TcpSock, segment: Segment): boolean {
  enter('tcp_rcv_established');
  return isPredicted(sk, segment) ? fastPath(sk, segment) : slowPath(sk, segment);
}

function fastPath(sk: TcpSock, segment: Segment): boolean {
  readTimestamps(sk, segment);
  if (sk.timestamps) {
    // Without its timestamp, or with an old one, it is not so plain.
    if (!sk.sawTimestamp || distance(sk.tsRecent, sk.rcvTsval) < 0) return slowPath(sk, segment);
    if (sk.rcvNxt === sk.rcvWup) storeTsRecent(sk);
  }
  const { data, ack } = segment;
  if (data.length === 0) {
    if (!isRefused(sk, tcpAck(sk, segment))) dataSndCheck(sk);
    return true;
  }
  tcpDataQueue(sk, segment);
  if (ack !== sk.sndUna && !isRefused(sk, tcpAck(sk, segment))) dataSndCheck(sk);
  ackSndCheck(sk);
  return true;
}

function slowPath(sk: TcpSock, segment: Segment): boolean {
  if (saysNothing(sk, segment)) return true;
  const verdict = acceptableSegment(sk, segment);
  if (verdict !== 'accepted') return verdict === 'discarded';
  replaceTsRecent(sk, segment.seq);
  if ((segment.flags & ACK) === 0) return true;
  if (isRefused(sk, tcpAck(sk, segment))) return true;
  tcpUrg(sk, segment);
  tcpDataQueue(sk, segment);
  dataSndCheck(sk);
  ackSndCheck(sk);
  return true;
}

/**
 * An ACK of what was never sent: the standard has it answered, Linux 2.6.11 looks at the data alone. Of what was
 * acknowledged long ago Linux 6 asks as well.
 *
 * @returns whether the segment is done with.
 */
function isRefused(sk: TcpSock, verdict: AckVerdict): boolean {
  const { profile } = sk.net;
  if (verdict === 'loss') return true;
  if (verdict !== 'too-new' && verdict !== 'too-old') return false;
  if (profile === 'notes' || profile === 'linux-2.6.11') return false;
  sendChallengeAck(sk);
  return true;
}
