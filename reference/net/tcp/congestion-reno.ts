/**
 * Reno: slow start, congestion avoidance, fast retransmit and fast recovery, with a window in octets.
 *
 * The window grows by a segment for each ACK below the threshold, by about a segment a round trip above
 * it. Three duplicates halve it and send the missing segment again; while it is on its way each further
 * duplicate stands for a segment that has left the network. A timeout begins again with one segment,
 * and with all that had been sent since.
 *
 * Source: RFC 5681; 4.4BSD-Lite2, netinet/tcp_input.c, tcp_input(); netinet/tcp_timer.c, tcp_timers();
 * netinet/tcp_subr.c, tcp_quench().
 */
import { enter } from '../../kernel/ftrace.ts';
import type { AckEvent, CongestionOps } from './congestion.ts';
import { DUPLICATES } from './constants.ts';
import { cwndRestart } from './cwnd-validate.ts';
import { tcpPushPendingFrames } from './output.ts';
import { goBack, tcpRetransmitSkb } from './retransmit.ts';
import { stopTiming } from './rtt-bsd.ts';
import { distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { resetRetransmitTimer } from './timer-control.ts';
import { timerRuns } from './timer.ts';
import { MAX_WINDOW } from './constants.ts';

/** Half of what is under way at most, in whole segments, two at least. */
export function halved(sk: TcpSock): number {
  const half = Math.floor(Math.min(sk.sndWnd, sk.cwnd) / 2 / sk.mss);
  return Math.max(half, 2) * sk.mss;
}

function grow(sk: TcpSock): void {
  const { cwnd, ssthresh, mss } = sk;
  const increment = cwnd > ssthresh ? Math.floor((mss * mss) / cwnd) : mss;
  sk.cwnd = Math.min(cwnd + increment, MAX_WINDOW * 2 ** sk.sndWscale, sk.cwndClamp);
}

/** Sends the first segment again without waiting for the timeout. */
function fastRetransmit(sk: TcpSock): void {
  sk.ssthresh = halved(sk);
  stopTiming(sk);
  if (sk.sendQueue.head !== null) tcpRetransmitSkb(sk, sk.sendQueue.head);
  resetRetransmitTimer(sk);
  sk.cwnd = sk.ssthresh + DUPLICATES * sk.mss;
}

/** Whether an ACK can only mean that a segment came out of order. */
export function isDuplicate({ timers }: TcpSock, { hasData, windowChanged }: AckEvent): boolean {
  return !hasData && !windowChanged && timers !== null && timerRuns(timers.retransmit);
}

/** The third duplicate sends one segment; only those behind it let new ones go. */
function notAcked(sk: TcpSock, event: AckEvent): boolean {
  if (!isDuplicate(sk, event)) {
    sk.dupacks = 0;
    return true;
  }
  sk.dupacks += 1;
  if (sk.dupacks === DUPLICATES) {
    fastRetransmit(sk);
    return false;
  }
  if (sk.dupacks > DUPLICATES) sk.cwnd += sk.mss;
  return true;
}

/** @param inflated - duplicates from which on the window is taken back. */
function acked(sk: TcpSock, { dataAcked }: AckEvent, inflated: number): void {
  if (sk.dupacks >= inflated && sk.cwnd > sk.ssthresh) sk.cwnd = sk.ssthresh;
  sk.dupacks = 0;
  if (dataAcked) grow(sk);
}

/** @kernel tcp_quench */
function quench(sk: TcpSock): void {
  enter('tcp_quench');
  sk.cwnd = sk.mss;
}

const common: Omit<CongestionOps, 'name' | 'acked'> = {
  counts: 'octets',
  mayTransmit(sk, octets) {
    const underWay = distance(sk.sndUna, sk.sndNxt);
    // Segments may have become longer than the window was made for: one alone goes all the same.
    return underWay === 0 || underWay + octets <= sk.cwnd;
  },
  notAcked,
  timedOut(sk) {
    sk.ssthresh = halved(sk);
    sk.cwnd = sk.mss;
    sk.dupacks = 0;
    return goBack(sk);
  },
  restartAfterIdle(sk) {
    if (sk.net.profile === 'bsd-4.4') sk.cwnd = Math.min(sk.cwnd, sk.mss);
    else cwndRestart(sk);
  },
  localDrop: quench,
  quench,
  resegmented(sk) {
    stopTiming(sk);
    goBack(sk);
    tcpPushPendingFrames(sk);
  },
};

/** With the rule as it was meant: three duplicates have inflated the window. */
export const reno: CongestionOps = {
  ...common,
  name: 'reno',
  acked: (sk, event) => acked(sk, event, DUPLICATES),
};

/** As it was: after exactly three duplicates the inflated window is kept. */
export const reno1990: CongestionOps = {
  ...common,
  name: 'reno-1990',
  acked: (sk, event) => acked(sk, event, DUPLICATES + 1),
};
