/**
 * Segments of a connection that is being made or ended.
 *
 * Source: RFC 9293, section 3.10.7; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_state_process().
 */
import { enter } from '../../kernel/ftrace.ts';
import { wakeSock } from '../sock.ts';
import { ackSndCheck } from './ack-policy.ts';
import { tcpAck } from './ack.ts';
import { sendChallengeAck } from './challenge-ack.ts';
import { ACK, FIN, RST, SYN } from './constants.ts';
import { tcpSendAck } from './control.ts';
import { tcpDataQueue } from './data-queue.ts';
import { initMetrics } from './establish.ts';
import { initializeRcvMss } from './mss.ts';
import { dataSndCheck } from './output.ts';
import { bsdSample, countsTicks } from './rtt-bsd.ts';
import { rttSample } from './rtt.ts';
import type { Segment } from './segment.ts';
import { after, before } from './seq.ts';
import { acceptableSegment, saysNothing, tcpReset } from './sequence-check.ts';
import { setState, tcpDone } from './set-state.ts';
import { rcvSynSent } from './syn-sent.ts';
import type { TcpSock } from './tcp-sock.ts';
import { resetKeepaliveTimer } from './timer-control.ts';
import { tcpTimeWait } from './time-wait.ts';
import { replaceTsRecent, timestampNow } from './timestamp.ts';
import { tcpUrg } from './urgent.ts';

/** @returns false where the answer is a reset. @kernel tcp_rcv_state_process */
export function tcpRcvStateProcess(sk: TcpSock, segment: Segment): boolean {
  enter('tcp_rcv_state_process');
  switch (sk.state) {
    case 'CLOSED':
      return true;
    case 'LISTEN':
      return listening(sk, segment);
    case 'SYN_SENT':
      return rcvSynSent(sk, segment);
    default:
      return synchronized(sk, segment);
  }
}

function listening(sk: TcpSock, segment: Segment): boolean {
  if ((segment.flags & ACK) !== 0) return false;
  if ((segment.flags & RST) !== 0) return true;
  if ((segment.flags & SYN) !== 0) return sk.af.connRequest(sk, segment);
  return true;
}

function synchronized(sk: TcpSock, segment: Segment): boolean {
  if (saysNothing(sk, segment)) return true;
  const verdict = acceptableSegment(sk, segment);
  if (verdict !== 'accepted') return verdict === 'discarded';
  replaceTsRecent(sk, segment.seq);
  if ((segment.flags & ACK) === 0) return true;
  const acked = processAck(sk, segment);
  if (acked !== 'go on') return acked === 'done';
  tcpUrg(sk, segment);
  const good = processData(sk, segment);
  if (sk.state !== 'CLOSED') {
    dataSndCheck(sk);
    ackSndCheck(sk);
  }
  return good;
}

type Processed = 'go on' | 'done' | 'reset';

/** The fifth step, by state. */
function processAck(sk: TcpSock, segment: Segment): Processed {
  const verdict = tcpAck(sk, segment);
  if (sk.state === 'SYN_RECEIVED') {
    if (verdict !== 'acceptable') return 'reset';
    establish(sk, segment);
    return 'go on';
  }
  if (verdict === 'loss') return 'done';
  if (verdict === 'too-new' && sk.net.profile === 'bsd-4.4') {
    tcpSendAck(sk);
    return 'done';
  }
  // One that comes late may be, while a connection ends.
  if ((verdict === 'too-new' || verdict === 'too-old') && sk.net.profile === 'linux-6') {
    sendChallengeAck(sk);
    return 'done';
  }
  if (sk.sndUna !== sk.writeSeq) return 'go on';
  switch (sk.state) {
    case 'FIN_WAIT_1':
      return finAcked(sk, segment);
    case 'CLOSING':
      tcpTimeWait(sk, 'TIME_WAIT', 0);
      return 'done';
    case 'LAST_ACK':
      tcpDone(sk);
      return 'done';
    default:
      return 'go on';
  }
}

/** The third segment of the handshake. */
function establish(sk: TcpSock, segment: Segment): void {
  sk.copiedSeq = sk.rcvNxt;
  setState(sk, 'ESTABLISHED');
  sk.socketState = 'connected';
  wakeSock(sk);
  sk.sndUna = segment.ack;
  sk.sndWnd = segment.window * 2 ** sk.sndWscale;
  sk.sndWl1 = segment.seq;
  sk.maxWindow = Math.max(sk.maxWindow, sk.sndWnd);
  firstSample(sk);
  initMetrics(sk);
  initializeRcvMss(sk);
}

/** How long the answer to our SYN-ACK took, where that can be told. */
function firstSample(sk: TcpSock): void {
  if (sk.rtt.srtt !== 0) return;
  if (sk.timestamps && sk.sawTimestamp && sk.rcvTsecr !== 0) {
    const elapsed = (timestampNow(sk.net) - sk.rcvTsecr) | 0;
    if (countsTicks(sk)) bsdSample(sk, elapsed + 1);
    else rttSample(sk, elapsed);
  } else if (sk.handshakeMs > 0) {
    rttSample(sk, sk.handshakeMs);
  }
}

/** Our FIN has arrived. */
function finAcked(sk: TcpSock, segment: Segment): Processed {
  setState(sk, 'FIN_WAIT_2');
  sk.sendShutdown = true;
  if (!sk.dead) {
    wakeSock(sk);
    return 'go on';
  }
  if (sk.linger2 < 0 || hasNewData(sk, segment)) {
    tcpDone(sk);
    return 'reset';
  }
  const wait = finTime(sk);
  const { timeWait } = sk.net.tcp.tunables;
  if (wait > timeWait) {
    resetKeepaliveTimer(sk, wait - timeWait);
    return 'go on';
  }
  if ((segment.flags & FIN) !== 0) return 'go on';
  tcpTimeWait(sk, 'FIN_WAIT_2', wait);
  return 'done';
}

/** Milliseconds to wait for the peer's FIN. @kernel tcp_fin_time */
export function finTime({ linger2, net, rtt }: TcpSock): number {
  const wait = linger2 > 0 ? linger2 : net.tcp.tunables.finWait2Timeout;
  return Math.max(wait, leastFinTime(rtt));
}

/** Three and a half times the timeout. */
export function leastFinTime({ rto }: TcpSock['rtt']): number {
  return (rto << 2) - (rto >> 1);
}

/** Octets that have not come before, FIN aside. */
function hasNewData(sk: TcpSock, { seq, endSeq, flags }: Segment): boolean {
  const fin = (flags & FIN) !== 0 ? 1 : 0;
  return endSeq !== seq && after((endSeq - fin) | 0, sk.rcvNxt);
}

/** Behind its FIN the peer can have nothing to say but what it has said; 4.4BSD passes the rest over. */
function behindFin(sk: TcpSock, segment: Segment): boolean {
  if (!hasNewData(sk, segment)) {
    tcpDataQueue(sk, segment);
    return true;
  }
  if (sk.net.profile === 'bsd-4.4') return true;
  tcpReset(sk);
  return false;
}

/** The seventh and eighth step. @returns false where data come that nobody will read. */
function processData(sk: TcpSock, segment: Segment): boolean {
  switch (sk.state) {
    case 'CLOSE_WAIT':
    case 'CLOSING':
    case 'LAST_ACK':
      return before(segment.seq, sk.rcvNxt) ? behindFin(sk, segment) : true;
    case 'FIN_WAIT_1':
    case 'FIN_WAIT_2':
      if (sk.receiveShutdown && hasNewData(sk, segment)) {
        tcpReset(sk);
        return false;
      }
      tcpDataQueue(sk, segment);
      return true;
    case 'ESTABLISHED':
      tcpDataQueue(sk, segment);
      return true;
    default:
      return true;
  }
}
