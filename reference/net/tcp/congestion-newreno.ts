/**
 * NewReno as Linux has it, with a window in segments.
 *
 * The sender keeps count of what has left the network: duplicates stand for segments that arrived, what
 * is marked lost has gone. In recovery the window goes down by one for two ACKs (rate halving) and an
 * ACK of a part shows the next loss; it ends when all that was sent before it is acknowledged.
 *
 * Source: RFC 6582; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_fastretrans_alert(), tcp_enter_loss(),
 * tcp_cwnd_down(), tcp_enter_cwr(), reno_cong_avoid(); net/ipv4/tcp_output.c, tcp_simple_retransmit(). Left out: undoing of a reduction that turns out
 * to have been needless, and what needs SACK or ECN.
 */
import type { AckEvent, CongestionOps } from './congestion.ts';
import { EVER_RETRANS, LOST, RETRANS, type TcpBuffer } from './buffers.ts';
import { DUPLICATES } from './constants.ts';
import { currentSsthresh, cwndRestart } from './cwnd-validate.ts';
import { tcpPushPendingFrames } from './output.ts';
import { tcpRetransmitSkb } from './retransmit.ts';
import { before } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { resetRetransmitTimer } from './timer-control.ts';

/** Segments that are in the network. @kernel tcp_packets_in_flight */
export function packetsInFlight({ packetsOut, sackedOut, lostOut, retransOut }: TcpSock): number {
  return packetsOut - sackedOut - lostOut + retransOut;
}

/** @kernel tcp_recalc_ssthresh */
function recalcSsthresh(sk: TcpSock): number {
  return Math.max(sk.cwnd >> 1, 2);
}

/** @kernel reno_cong_avoid */
export function renoCongAvoid(sk: TcpSock): void {
  if (sk.cwnd <= sk.ssthresh) {
    if (sk.cwnd < sk.cwndClamp) sk.cwnd += 1;
  } else if (sk.cwndCount >= sk.cwnd) {
    if (sk.cwnd < sk.cwndClamp) sk.cwnd += 1;
    sk.cwndCount = 0;
  } else {
    sk.cwndCount += 1;
  }
  sk.cwndStamp = timeStamp(sk.net);
}

/** More duplicates than there are segments that can have arrived do not count. @kernel tcp_check_reno_reordering */
function limitSacked(sk: TcpSock): void {
  const holes = Math.min(Math.max(sk.lostOut, 1), sk.packetsOut);
  if (sk.sackedOut + holes > sk.packetsOut) sk.sackedOut = sk.packetsOut - holes;
}

/** @kernel tcp_remove_reno_sacks */
function removeSacked(sk: TcpSock, acked: number): void {
  if (acked > 0) sk.sackedOut = Math.max(0, sk.sackedOut - (acked - 1));
  limitSacked(sk);
}

/** The first segment is lost. @kernel tcp_mark_head_lost */
function markHeadLost(sk: TcpSock): void {
  const { head } = sk.sendQueue;
  if (head === null || head === sk.sendHead || (head.marks & (LOST | RETRANS)) !== 0) return;
  head.marks |= LOST;
  sk.lostOut += 1;
}

/** @kernel tcp_xmit_retransmit_queue */
function retransmitQueue(sk: TcpSock): void {
  let left = sk.lostOut;
  for (let buffer = sk.sendQueue.head; buffer !== null && left > 0; buffer = buffer.next) {
    if (buffer === sk.sendHead || packetsInFlight(sk) >= sk.cwnd) return;
    if ((buffer.marks & LOST) === 0) continue;
    // To 2.6.11 one that is cut meanwhile is still one.
    if (sk.net.profile !== 'linux-6') left -= 1;
    if ((buffer.marks & RETRANS) !== 0) continue;
    if (tcpRetransmitSkb(sk, buffer) !== 0) return;
    sk.retransOut += 1;
    if (buffer === sk.sendQueue.head) resetRetransmitTimer(sk);
  }
}

/** One less for two ACKs, and no burst. @kernel tcp_cwnd_down */
function cwndDown(sk: TcpSock): void {
  const decrement = sk.cwndCount + 1;
  const least = sk.ssthresh >> 1;
  sk.cwndCount = decrement & 1;
  if (decrement >> 1 > 0 && sk.cwnd > least) sk.cwnd -= decrement >> 1;
  sk.cwnd = Math.min(sk.cwnd, packetsInFlight(sk) + 1);
  sk.cwndStamp = timeStamp(sk.net);
}

/** @kernel tcp_complete_cwr */
function completeCwr(sk: TcpSock): void {
  sk.cwnd = Math.min(sk.cwnd, sk.ssthresh);
  sk.cwndStamp = timeStamp(sk.net);
}

/** @kernel tcp_moderate_cwnd */
function moderateCwnd(sk: TcpSock): void {
  sk.cwnd = Math.min(sk.cwnd, packetsInFlight(sk) + DUPLICATES);
  sk.cwndStamp = timeStamp(sk.net);
}

/** What was under way when the trouble began has arrived. @returns whether nothing more is to be done. */
function endOfTrouble(sk: TcpSock): boolean {
  if (sk.caState === 'CWR') {
    // An ACK of just what was sent may be for a duplicate.
    if (sk.sndUna !== sk.highSeq) {
      completeCwr(sk);
      sk.caState = 'Open';
    }
    return false;
  }
  if (sk.caState === 'Recovery') sk.sackedOut = 0;
  if (sk.caState === 'Recovery' || sk.caState === 'Loss') {
    sk.retransmits = 0;
    // Only beyond it is it sure that duplicates are none of old segments.
    if (sk.sndUna === sk.highSeq) {
      moderateCwnd(sk);
      return true;
    }
    if (sk.caState === 'Recovery') completeCwr(sk);
  }
  sk.caState = 'Open';
  return false;
}

/** @kernel tcp_time_to_recover */
function timeToRecover(sk: TcpSock): boolean {
  return sk.lostOut > 0 || sk.sackedOut + 1 > DUPLICATES;
}

function enterRecovery(sk: TcpSock): void {
  sk.highSeq = sk.sndNxt;
  if (sk.caState === 'Open' || sk.caState === 'Disorder') sk.ssthresh = recalcSsthresh(sk);
  sk.cwndCount = 0;
  sk.caState = 'Recovery';
}

/** @kernel tcp_try_to_open */
function tryToOpen(sk: TcpSock): void {
  if (sk.caState === 'CWR') {
    cwndDown(sk);
    return;
  }
  sk.caState = sk.sackedOut + sk.lostOut > 0 || sk.retransOut > 0 ? 'Disorder' : 'Open';
  if (sk.caState === 'Disorder') sk.highSeq = sk.sndNxt;
  moderateCwnd(sk);
}

/** @kernel tcp_fastretrans_alert */
function fastretransAlert(sk: TcpSock, event: AckEvent): void {
  const moved = sk.sndUna !== event.priorUna;
  const duplicate = !moved && !event.hasData && !event.windowChanged;
  let lost = duplicate;
  if (sk.packetsOut === 0) sk.sackedOut = 0;
  if (sk.caState !== 'Open' && !before(sk.sndUna, sk.highSeq) && endOfTrouble(sk)) return;
  if (sk.caState === 'Recovery') {
    if (moved) {
      removeSacked(sk, event.priorPackets - sk.packetsOut);
      // An ACK of a part: the next one is missing, too.
      lost = true;
    } else if (duplicate) {
      addSacked(sk);
    }
  } else if (sk.caState === 'Loss') {
    if (event.dataAcked) sk.retransmits = 0;
    moderateCwnd(sk);
    retransmitQueue(sk);
    return;
  } else {
    if (moved) sk.sackedOut = 0;
    if (duplicate) addSacked(sk);
    if (!timeToRecover(sk)) {
      tryToOpen(sk);
      return;
    }
    enterRecovery(sk);
  }
  if (lost) markHeadLost(sk);
  cwndDown(sk);
  retransmitQueue(sk);
}

/** @kernel tcp_add_reno_sack */
function addSacked(sk: TcpSock): void {
  sk.sackedOut += 1;
  limitSacked(sk);
}

/** All that is under way is taken for lost. @kernel tcp_enter_loss */
function enterLoss(sk: TcpSock): void {
  const first = sk.caState === 'Open' || sk.caState === 'Disorder';
  const again = sk.caState === 'Loss' && sk.retransmits === 0;
  if (first || sk.sndUna === sk.highSeq || again) sk.ssthresh = recalcSsthresh(sk);
  sk.cwnd = 1;
  sk.cwndCount = 0;
  sk.cwndStamp = timeStamp(sk.net);
  sk.sackedOut = 0;
  sk.retransOut = 0;
  markAllLost(sk);
  sk.caState = 'Loss';
  sk.highSeq = sk.sndNxt;
}

function markAllLost(sk: TcpSock): void {
  sk.lostOut = 0;
  for (const buffer of underWay(sk)) {
    buffer.marks &= EVER_RETRANS;
    buffer.marks |= LOST;
    sk.lostOut += 1;
  }
}

function* underWay({ sendQueue, sendHead }: TcpSock): Generator<TcpBuffer> {
  for (let buffer = sendQueue.head; buffer !== null; buffer = buffer.next) {
    if (buffer === sendHead) return;
    yield buffer;
  }
}

/** What is longer than the path takes is lost, whatever was thought of it. */
function markTooLong(sk: TcpSock): void {
  for (const buffer of underWay(sk)) {
    if (buffer.length <= sk.mss) continue;
    if ((buffer.marks & RETRANS) !== 0) sk.retransOut -= 1;
    buffer.marks &= ~RETRANS;
    if ((buffer.marks & LOST) === 0) sk.lostOut += 1;
    buffer.marks |= LOST;
  }
}

/** The path has become narrower. @kernel tcp_simple_retransmit */
function simpleRetransmit(sk: TcpSock): void {
  // To 2.6.11 what was taken for lost before gives no cause.
  const known = sk.net.profile === 'linux-6' ? 0 : sk.lostOut;
  markTooLong(sk);
  if (sk.lostOut === known) return;
  limitSacked(sk);
  // Nothing is said of how much the network takes: the window stays.
  if (sk.caState !== 'Loss') {
    sk.highSeq = sk.sndNxt;
    sk.ssthresh = currentSsthresh(sk);
    sk.caState = 'Loss';
  }
  retransmitQueue(sk);
  tcpPushPendingFrames(sk);
}

/** The window has to become smaller, but nothing is lost. @kernel tcp_enter_cwr */
function enterCwr(sk: TcpSock): void {
  if (sk.caState !== 'Open' && sk.caState !== 'Disorder') return;
  sk.ssthresh = recalcSsthresh(sk);
  sk.cwnd = Math.min(sk.cwnd, packetsInFlight(sk) + 1);
  sk.cwndCount = 0;
  sk.highSeq = sk.sndNxt;
  sk.cwndStamp = timeStamp(sk.net);
  sk.caState = 'CWR';
}

/** How the window grows. */
interface Growth {
  readonly avoid: (sk: TcpSock, event: AckEvent) => void;
  /** Also while the window is not used. */
  readonly always: boolean;
}

function onAck(sk: TcpSock, event: AckEvent, { avoid, always }: Growth): void {
  const moved = sk.sndUna !== event.priorUna;
  const full = always || event.priorInFlight >= sk.cwnd;
  const dubious = (!moved && !event.hasData && !event.windowChanged) || sk.caState !== 'Open';
  if (!dubious) {
    if (event.dataAcked && full) avoid(sk, event);
    return;
  }
  const mayRaise = sk.caState === 'Open' || sk.caState === 'Disorder' || sk.caState === 'Loss';
  if (event.dataAcked && full && mayRaise) avoid(sk, event);
  fastretransAlert(sk, event);
}

/** What is common to all that Linux has: they differ in how the window grows. */
const common: Omit<CongestionOps, 'name' | 'acked' | 'notAcked'> = {
  counts: 'segments',
  mayTransmit: (sk) => packetsInFlight(sk) < sk.cwnd,
  timedOut(sk) {
    enterLoss(sk);
    const { head } = sk.sendQueue;
    const sent = head === null ? 0 : tcpRetransmitSkb(sk, head);
    if (sent === 0) sk.retransOut += 1;
    return sent;
  },
  restartAfterIdle: cwndRestart,
  localDrop: enterCwr,
  // The host knows better than a router that is asked to do too much.
  quench: () => undefined,
  resegmented: simpleRetransmit,
};

export function linuxControl(name: CongestionOps['name'], growth: Growth): CongestionOps {
  const handle = (sk: TcpSock, event: AckEvent) => {
    onAck(sk, event, growth);
    return true;
  };
  return { ...common, name, acked: handle, notAcked: handle };
}

export const newReno = linuxControl('newreno', { avoid: renoCongAvoid, always: false });
