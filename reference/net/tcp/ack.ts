/**
 * What an ACK does: frees what has arrived, moves the window, and feeds timers and congestion control.
 *
 * Source: RFC 9293, section 3.10.7.4, fifth; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_ack(),
 * tcp_clean_rtx_queue(), tcp_ack_update_window(), tcp_ack_probe(); 4.4BSD, netinet/tcp_input.c.
 */
import { EVER_RETRANS, LOST, RETRANS, unlink, type TcpBuffer } from './buffers.ts';
import { packetsInFlight } from './congestion-newreno.ts';
import { SYN } from './constants.ts';
import { mayUpdateWindow } from './may-update-window.ts';
import { syncMss } from './mss.ts';
import { timedAcked } from './rtt-bsd.ts';
import { bsdSample, rttSample } from './rtt.ts';
import { countsTicks } from './rtt-bsd.ts';
import type { Segment } from './segment.ts';
import { after, before, distance, later } from './seq.ts';
import { newSpace } from './send-room.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import {
  clearProbeTimer,
  clearRetransmitTimer,
  resetProbeTimer,
  resetRetransmitTimer,
} from './timer-control.ts';
import { timestampNow } from './timestamp.ts';

/**
 * What is thought of the number: it belongs here, is from before, from long before, or is of what was never sent;
 * or it told of a loss, and the segment is done with.
 */
export type AckVerdict = 'acceptable' | 'old' | 'too-old' | 'too-new' | 'loss';

/** One of what nobody has ever sent is a guess. Source: RFC 5961, section 5.2; Linux 6.1, tcp_ack(). */
function ageOf({ net, sndUna, maxWindow, octetsAcked }: TcpSock, ack: number): 'old' | 'too-old' {
  const oldest = (sndUna - Math.min(maxWindow, octetsAcked)) | 0;
  return net.profile === 'linux-6' && before(ack, oldest) ? 'too-old' : 'old';
}

/** @kernel tcp_ack */
export function tcpAck(sk: TcpSock, segment: Segment): AckVerdict {
  const { ack, seq, endSeq } = segment;
  if (after(ack, sk.sndMax)) return 'too-new';
  if (before(ack, sk.sndUna)) return ageOf(sk, ack);
  const priorUna = sk.sndUna;
  const priorPackets = sk.packetsOut;
  const priorInFlight = inFlight(sk);
  const hasData = seq !== endSeq;
  const windowChanged = updateWindow(sk, segment);
  sk.softError = null;
  sk.rcvTstamp = timeStamp(sk.net);
  sk.probesOut = 0;
  // What was urgent has arrived.
  if (sk.urgMode && !before(sk.sndUna, sk.sndUp)) sk.urgMode = false;
  if (priorPackets === 0 && sk.sndMax === priorUna) {
    if (sk.sendHead !== null) ackProbe(sk, sk.sendHead);
    return 'acceptable';
  }
  const dataAcked = cleanRtxQueue(sk);
  const event = { priorUna, priorPackets, priorInFlight, dataAcked, hasData, windowChanged };
  if (ack !== priorUna) sk.congestion.acked(sk, event);
  else if (priorPackets > 0 && !sk.congestion.notAcked(sk, event)) return 'loss';
  if (sk.packetsOut === 0 && sk.sendHead !== null) ackProbe(sk, sk.sendHead);
  if (ack !== priorUna) newSpace(sk);
  return 'acceptable';
}

/** What is under way, as the congestion control counts it. */
function inFlight(sk: TcpSock): number {
  if (sk.congestion.counts === 'octets') return distance(sk.sndUna, sk.sndNxt);
  return packetsInFlight(sk);
}

/** @returns whether the window has changed. @kernel tcp_ack_update_window */
function updateWindow(sk: TcpSock, segment: Segment): boolean {
  const window = (segment.flags & SYN) !== 0 ? segment.window : segment.window * 2 ** sk.sndWscale;
  let changed = false;
  if (mayUpdateWindow(sk, segment, window)) {
    sk.sndWl1 = segment.seq;
    if (sk.sndWnd !== window) {
      changed = true;
      sk.sndWnd = window;
      if (window > sk.maxWindow) {
        sk.maxWindow = window;
        syncMss(sk, sk.pmtu);
      }
    }
  }
  sk.octetsAcked += distance(sk.sndUna, segment.ack);
  sk.sndUna = segment.ack;
  return changed;
}

/** The samples of one ACK. */
interface Samples {
  /** Milliseconds; null for none, since what was acknowledged had been sent again. */
  rtt: number | null;
  dataAcked: boolean;
}

/** Frees all buffers that are acknowledged in full. @kernel tcp_clean_rtx_queue */
function cleanRtxQueue(sk: TcpSock): boolean {
  const now = timeStamp(sk.net);
  const samples: Samples = { rtt: null, dataAcked: false };
  const before_ = sk.sndUna;
  let freed = false;
  for (let buffer = sk.sendQueue.head; buffer !== null; buffer = sk.sendQueue.head) {
    if (after(buffer.endSeq, sk.sndUna)) break;
    freed = true;
    forget(sk, buffer, samples, now);
  }
  // SND.NXT had been set back, and the peer has had what lies behind it all the same.
  sk.sndNxt = later(sk.sndNxt, before_);
  const partly = sk.sendQueue.head !== null && before(sk.sendQueue.head.seq, sk.sndUna);
  if (freed) {
    measure(sk, samples);
    if (sk.packetsOut === 0) clearRetransmitTimer(sk);
    else resetRetransmitTimer(sk);
  }
  return samples.dataAcked || partly;
}

function forget(sk: TcpSock, buffer: TcpBuffer, samples: Samples, now: number): void {
  if (buffer === sk.sendHead) {
    sk.sendHead = buffer.next;
  } else {
    sk.packetsOut -= 1;
    if ((buffer.marks & LOST) !== 0) sk.lostOut -= 1;
    if ((buffer.marks & RETRANS) !== 0 && sk.retransOut > 0) sk.retransOut -= 1;
  }
  // Which of its transmissions is acknowledged nobody knows. Source: P. Karn.
  if ((buffer.marks & EVER_RETRANS) !== 0) samples.rtt = null;
  else samples.rtt ??= now - buffer.when;
  if ((buffer.flags & SYN) !== 0) sk.retransStamp = 0;
  else samples.dataAcked = true;
  sk.congestion.bufferAcked?.(sk, buffer);
  sk.wmemQueued -= buffer.truesize;
  unlink(sk.sendQueue, buffer);
}

/** @kernel tcp_ack_update_rtt */
function measure(sk: TcpSock, { rtt }: Samples): void {
  sk.retransmits = 0;
  // An ACK that was lost comes again with the old stamp; the notes' system believes its own clock alone.
  const echoes = sk.sawTimestamp && sk.timestamps && sk.rcvTsecr !== 0;
  if (echoes && sk.net.profile !== 'notes') {
    const elapsed = (timestampNow(sk.net) - sk.rcvTsecr) | 0;
    if (countsTicks(sk)) bsdSample(sk, elapsed + 1);
    else rttSample(sk, elapsed);
  } else if (countsTicks(sk)) {
    timedAcked(sk, sk.sndUna);
  } else if (rtt !== null) {
    rttSample(sk, rtt);
  }
}

/** Nothing is under way: does the window now let go what waits? @kernel tcp_ack_probe */
function ackProbe(sk: TcpSock, sendHead: TcpBuffer): void {
  if (!after(sendHead.endSeq, (sk.sndUna + sk.sndWnd) | 0)) {
    sk.rtt.backoff = 0;
    clearProbeTimer(sk);
  } else {
    resetProbeTimer(sk, sk.rtt.backoff);
  }
}
