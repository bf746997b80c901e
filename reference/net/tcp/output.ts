/**
 * Sending what may be sent.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_write_xmit(), tcp_fragment(), update_send_head(),
 * tcp_push_one(); include/net/tcp.h, __tcp_push_pending_frames(); RFC 2861, tcp_cwnd_validate().
 */
import { enter } from '../../kernel/ftrace.ts';
import { insertBehind, newBuffer, EVER_RETRANS, RETRANS, type TcpBuffer } from './buffers.ts';
import { joinFollowing } from './collapse.ts';
import { FIN, PSH } from './constants.ts';
import { cwndValidate } from './cwnd-validate.ts';
import { currentMss } from './mss.ts';
import { fitBuffer } from './retransmit.ts';
import { timeSegment, stopTiming } from './rtt-bsd.ts';
import { nagleOf, tcpSndTest, type Nagle } from './send-test.ts';
import { before, later } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { resetProbeTimer, resetRetransmitTimer } from './timer-control.ts';
import { timerRuns } from './timer.ts';
import { tcpTransmitSkb } from './transmit.ts';

/**
 * Cuts a buffer in two; what ends the octets, FIN and PSH, goes with the second.
 *
 * @kernel tcp_fragment
 */
export function tcpFragment(sk: TcpSock, buffer: TcpBuffer, length: number): void {
  enter('tcp_fragment', length);
  const rest = newBuffer((buffer.seq + length) | 0, buffer.flags, buffer.bytes, 0);
  rest.start = buffer.start + length;
  rest.length = buffer.length - length;
  rest.endSeq = buffer.endSeq;
  rest.when = buffer.when;
  rest.sentAt = buffer.sentAt;
  rest.marks = buffer.marks;
  rest.transmissions = buffer.transmissions;
  // The memory is shared, and its cost with it.
  rest.truesize = buffer.truesize >> 1;
  buffer.truesize -= rest.truesize;
  buffer.flags &= ~(FIN | PSH);
  buffer.length = length;
  buffer.endSeq = rest.seq;
  buffer.sum = -1;
  insertBehind(sk.sendQueue, buffer, rest);
}

/** The buffer has been sent. @kernel update_send_head */
export function updateSendHead(sk: TcpSock, buffer: TcpBuffer): void {
  enter('update_send_head');
  sk.sendHead = buffer.next;
  const again = before(buffer.seq, sk.sndMax);
  sk.sndNxt = buffer.endSeq;
  sk.sndMax = later(buffer.endSeq, sk.sndMax);
  sk.packetsOut += 1;
  if (again) countAgain(sk, buffer);
  else timeSegment(sk, buffer.seq);
  buffer.transmissions += 1;
  if (sk.packetsOut === 1) resetRetransmitTimer(sk);
}

/** It had been sent before SND.NXT was set back. */
function countAgain(sk: TcpSock, buffer: TcpBuffer): void {
  buffer.marks |= EVER_RETRANS | RETRANS;
  stopTiming(sk);
  sk.totalRetransmits += 1;
  sk.net.tcp.counters.RetransSegs += 1;
}

/** Sends one buffer. @returns whether it left. */
function sendOne(sk: TcpSock, buffer: TcpBuffer, mss: number): boolean {
  fitBuffer(sk, buffer);
  if (buffer.length > mss) tcpFragment(sk, buffer, mss);
  else if (buffer.next !== null || before(buffer.seq, sk.sndMax)) joinFollowing(sk, buffer, mss);
  buffer.when = timeStamp(sk.net);
  if (tcpTransmitSkb(sk, buffer) !== 0) return false;
  updateSendHead(sk, buffer);
  if (buffer.length < mss && buffer.length > 0) sk.sndSml = buffer.endSeq;
  sk.congestion.sent?.(sk, buffer);
  return true;
}

/**
 * Sends buffers as long as there are any and they may go.
 *
 * @returns whether nothing is under way although something waits.
 * @kernel tcp_write_xmit
 */
export function tcpWriteXmit(sk: TcpSock, nagle: Nagle): boolean {
  enter('tcp_write_xmit');
  if (sk.state === 'CLOSED') return false;
  const mss = currentMss(sk);
  let sent = false;
  for (let buffer = sk.sendHead; buffer !== null; buffer = sk.sendHead) {
    const last = buffer === sk.sendQueue.tail;
    if (!tcpSndTest(sk, buffer, mss, last ? nagle : 'push')) break;
    if (!sendOne(sk, buffer, mss)) break;
    sent = true;
  }
  if (sent) {
    cwndValidate(sk);
    return false;
  }
  return sk.packetsOut === 0 && sk.sendHead !== null;
}

/** Sends the first buffer alone, while more are being written. @kernel tcp_push_one */
export function tcpPushOne(sk: TcpSock, mss: number): void {
  enter('tcp_push_one');
  const { sendHead } = sk;
  if (sendHead === null || !tcpSndTest(sk, sendHead, mss, 'push')) return;
  if (sendOne(sk, sendHead, mss)) cwndValidate(sk);
}

/** @kernel __tcp_push_pending_frames */
export function pushPendingFrames(sk: TcpSock, nagle: Nagle): void {
  enter('__tcp_push_pending_frames');
  if (sk.sendHead === null) return;
  if (tcpWriteXmit(sk, nagle)) checkProbeTimer(sk);
}

/** Sends what the socket's own options allow. @kernel tcp_push_pending_frames */
export function tcpPushPendingFrames(sk: TcpSock, nagle: Nagle = nagleOf(sk)): void {
  enter('tcp_push_pending_frames');
  pushPendingFrames(sk, nagle);
}

/** An ACK has come: perhaps more may go. @kernel tcp_data_snd_check */
export function dataSndCheck(sk: TcpSock): void {
  if (sk.sendHead !== null) tcpPushPendingFrames(sk);
}

/** Nothing is under way that an answer could come to: asks after a while. @kernel tcp_check_probe_timer */
function checkProbeTimer(sk: TcpSock): void {
  const { timers } = sk;
  if (timers === null || timerRuns(timers.retransmit) || timerRuns(timers.probe)) return;
  resetProbeTimer(sk);
}
