/**
 * Segments of a connection that carry no data: ACKs, FIN, resets, probes.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_send_ack(), tcp_send_delayed_ack(), tcp_send_fin(),
 * tcp_send_active_reset(), tcp_write_wakeup(), tcp_xmit_probe_skb(), tcp_send_probe0().
 */
import { enter } from '../../kernel/ftrace.ts';
import { NS_PER_MS } from '../clock.ts';
import type { Sent } from '../netfilter.ts';
import { append, newBuffer } from './buffers.ts';
import { ACK, DELACK_MAX, DELACK_MIN, FIN, PSH, RESOURCE_PROBE, RST } from './constants.ts';
import { currentMss } from './mss.ts';
import { pushPendingFrames, tcpFragment, updateSendHead } from './output.ts';
import { fitBuffer } from './retransmit.ts';
import { FAST_TICK_MS, tickAt } from './rtt-bsd.ts';
import { before, between, distance, later } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { resetDelackTimer, resetProbeTimer } from './timer-control.ts';
import { timerRuns } from './timer.ts';
import { isLocalDrop, tcpTransmitSkb } from './transmit.ts';

/** A timer that is due now runs with the next tick. Milliseconds. */
const JIFFY = 1;

const NONE = new Uint8Array(0);

/**
 * A number that the peer takes, even when it has shrunk its window; 4.4BSD does not see to that.
 *
 * @kernel tcp_acceptable_seq
 */
function acceptableSeq({ sndUna, sndWnd, sndMax, net }: TcpSock): number {
  const end = (sndUna + sndWnd) | 0;
  return before(end, sndMax) && net.profile !== 'bsd-4.4' ? end : sndMax;
}

function sendControl(sk: TcpSock, seq: number, flags: number): Sent {
  return tcpTransmitSkb(sk, newBuffer(seq, flags, NONE, 0));
}

/** @kernel tcp_send_ack */
export function tcpSendAck(sk: TcpSock): void {
  enter('tcp_send_ack');
  if (sk.state !== 'CLOSED') sendControl(sk, acceptableSeq(sk), ACK);
}

/** An ACK that can wait a while for data that it may ride on. @kernel tcp_send_delayed_ack */
export function tcpSendDelayedAck(sk: TcpSock): void {
  enter('tcp_send_delayed_ack');
  const { clock, profile } = sk.net;
  if (profile === 'bsd-4.4') {
    resetDelackTimer(sk, tickAt(clock, 1, FAST_TICK_MS));
    return;
  }
  const ato = boundedAto(sk);
  let due = clock.now + ato * NS_PER_MS;
  const delack = sk.timers?.delack;
  if (delack !== undefined && timerRuns(delack)) {
    // It is nearly due anyway.
    if (delack.due <= clock.now + (ato >> 2) * NS_PER_MS) {
      tcpSendAck(sk);
      return;
    }
    due = Math.min(due, delack.due);
  }
  sk.ack.scheduled = true;
  resetDelackTimer(sk, due);
}

function boundedAto({ ack, rtt }: TcpSock): number {
  if (ack.ato <= DELACK_MIN) return Math.max(ack.ato, JIFFY);
  let most = ack.pingpong || ack.pushed ? DELACK_MAX : 500;
  if (rtt.srtt > 0) most = Math.min(most, Math.max(rtt.srtt >> 3, DELACK_MIN));
  return Math.min(ack.ato, most);
}

/** Says that no more data come, behind those that wait. @kernel tcp_send_fin */
export function tcpSendFin(sk: TcpSock): void {
  enter('tcp_send_fin');
  const { tail } = sk.sendQueue;
  if (sk.sendHead !== null && tail !== null) {
    tail.flags |= FIN;
    tail.endSeq = (tail.endSeq + 1) | 0;
  } else {
    const buffer = newBuffer(sk.writeSeq, ACK | FIN, NONE, 0);
    buffer.endSeq = (sk.writeSeq + 1) | 0;
    append(sk.sendQueue, buffer);
    sk.sendHead = buffer;
  }
  sk.writeSeq = (sk.writeSeq + 1) | 0;
  pushPendingFrames(sk, 'off');
}

/** Ends a connection at once. @kernel tcp_send_active_reset */
export function tcpSendActiveReset(sk: TcpSock): void {
  enter('tcp_send_active_reset');
  sk.net.tcp.counters.OutRsts += 1;
  sendControl(sk, acceptableSeq(sk), ACK | RST);
}

/** The answer to a SYN that crossed ours. @kernel tcp_send_synack */
export function tcpSendSynack(sk: TcpSock): void {
  const { head } = sk.sendQueue;
  if (head === null) return;
  head.flags |= ACK;
  head.when = timeStamp(sk.net);
  tcpTransmitSkb(sk, head);
}

/** Nothing that the peer could take: an old number makes it say where it is. @kernel tcp_xmit_probe_skb */
function xmitProbe(sk: TcpSock, urgent: boolean): Sent {
  enter('tcp_xmit_probe_skb');
  return sendControl(sk, urgent ? sk.sndUna : (sk.sndUna - 1) | 0, ACK);
}

/** 4.4BSD asks with one octet that the window has no room for. */
function bsdProbe(sk: TcpSock): Sent {
  const { sendHead } = sk;
  if (sendHead === null) return xmitProbe(sk, false);
  fitBuffer(sk, sendHead);
  const probe = newBuffer(sendHead.seq, ACK, sendHead.bytes, 0);
  probe.start = sendHead.start;
  probe.length = 1;
  sk.sndMax = later((sendHead.seq + 1) | 0, sk.sndMax);
  return tcpTransmitSkb(sk, probe);
}

/**
 * Sends what the window takes, or a probe where it takes nothing.
 *
 * @returns 0, or why it did not leave.
 * @kernel tcp_write_wakeup
 */
export function tcpWriteWakeup(sk: TcpSock): Sent {
  enter('tcp_write_wakeup');
  const { sendHead } = sk;
  const room = sendHead === null ? 0 : distance(sendHead.seq, (sk.sndUna + sk.sndWnd) | 0);
  if (sendHead === null || room <= 0) {
    if (sk.net.profile === 'bsd-4.4') return bsdProbe(sk);
    const { sndUp, sndUna } = sk;
    if (sk.urgMode && between(sndUp, (sndUna + 1) | 0, (sndUna + 0xffff) | 0)) xmitProbe(sk, true);
    return xmitProbe(sk, false);
  }
  const mss = currentMss(sk);
  const length = Math.min(room, mss);
  if (length < sendHead.length) tcpFragment(sk, sendHead, length);
  sendHead.flags |= PSH;
  sendHead.when = timeStamp(sk.net);
  const sent = tcpTransmitSkb(sk, sendHead);
  if (sent !== 0) return sent;
  updateSendHead(sk, sendHead);
  sk.congestion.sent?.(sk, sendHead);
  return 0;
}

/** @kernel tcp_send_probe0 */
export function tcpSendProbe0(sk: TcpSock): void {
  enter('tcp_send_probe0');
  const sent = tcpWriteWakeup(sk);
  if (sk.packetsOut > 0 || sk.sendHead === null) {
    sk.probesOut = 0;
    sk.rtt.backoff = 0;
    return;
  }
  if (isLocalDrop(sent)) {
    // That the own interface had no room says nothing of the peer.
    if (sk.probesOut === 0) sk.probesOut = 1;
    resetProbeTimer(sk, sk.rtt.backoff, RESOURCE_PROBE);
    return;
  }
  if (sk.rtt.backoff < sk.net.tcp.tunables.retransmissions) sk.rtt.backoff += 1;
  sk.probesOut += 1;
  resetProbeTimer(sk, sk.rtt.backoff);
}
