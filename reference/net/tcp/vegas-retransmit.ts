/**
 * When Vegas sends a segment again: not only when the third duplicate comes.
 *
 * Any duplicate makes it look how long the first segment has been under way, and so do the first two ACKs
 * of new data after a retransmission. The window becomes smaller only for the loss of a segment that had
 * been sent since it last did: the others were lost at a rate that is no more.
 *
 * Source: JSAC 13(8), section III-A; by how much the window becomes smaller is not said there, ns-2,
 * tcp/tcp-vegas.cc, takes a quarter, and half for a segment that is lost a second time.
 */
import { SINCE_CUT, type TcpBuffer } from './buffers.ts';
import { DUPLICATES } from './constants.ts';
import { tcpPushPendingFrames } from './output.ts';
import { tcpRetransmitSkb } from './retransmit.ts';
import { stopTiming } from './rtt-bsd.ts';
import type { TcpSock } from './tcp-sock.ts';
import { resetRetransmitTimer } from './timer-control.ts';
import { isOverdue, waitLonger } from './vegas-clock.ts';
import { LEAST_SEGMENTS } from './vegas-round.ts';
import { vegasOf, type VegasState } from './vegas-state.ts';

/** ACKs of new data that are looked at after a retransmission. */
const WORRIED_ACKS = 2;

/** The first segment is missing: a duplicate has come. */
export function duplicateCame(sk: TcpSock): void {
  const state = vegasOf(sk);
  const { head } = sk.sendQueue;
  sk.dupacks += 1;
  if (head === null) return;
  const third = sk.dupacks === DUPLICATES && state.recover === null;
  if (third || isOverdue(sk, head)) {
    resend(sk, state, head);
  } else if (sk.dupacks > DUPLICATES && state.deflated !== null) {
    sk.cwnd += sk.mss;
    tcpPushPendingFrames(sk);
  }
}

function resend(sk: TcpSock, state: VegasState, head: TcpBuffer): void {
  const { transmissions } = head;
  state.worried = Math.min(WORRIED_ACKS, sk.packetsOut);
  waitLonger(state.clock, transmissions);
  if (mayCut(sk, head)) {
    cut(sk, state, transmissions);
    sk.cwnd += sk.dupacks * sk.mss;
  } else {
    state.deflated ??= sk.cwnd;
  }
  sendAgain(sk, head);
  sk.dupacks = Math.max(sk.dupacks, DUPLICATES);
}

function sendAgain(sk: TcpSock, head: TcpBuffer): void {
  stopTiming(sk);
  tcpRetransmitSkb(sk, head);
  resetRetransmitTimer(sk);
}

function mayCut(sk: TcpSock, head: TcpBuffer): boolean {
  return !sk.net.tcp.tunables.vegasSingleCut || (head.marks & SINCE_CUT) !== 0;
}

function cut(sk: TcpSock, state: VegasState, transmissions: number): void {
  const octets = Math.min(state.deflated ?? sk.cwnd, sk.sndWnd);
  const segments = smaller(Math.floor(octets / sk.mss), transmissions);
  state.deflated = segments * sk.mss;
  sk.cwnd = state.deflated;
  nothingSentSince(sk);
}

function smaller(window: number, transmissions: number): number {
  if (window <= LEAST_SEGMENTS + 1) return LEAST_SEGMENTS;
  return transmissions > 1 ? Math.floor(window / 2) : window - Math.floor(window / 4);
}

/** The window has just become smaller: all that is under way was sent before. */
export function nothingSentSince(sk: TcpSock): void {
  for (let buffer = sk.sendQueue.head; buffer !== null; buffer = buffer.next) {
    if (buffer === sk.sendHead) return;
    buffer.marks &= ~SINCE_CUT;
  }
}

/** New data were acknowledged: the window loses what duplicates have added. */
export function deflate(sk: TcpSock, state: VegasState): void {
  if (state.deflated === null) return;
  sk.cwnd = Math.min(sk.cwnd, state.deflated);
  // Slow start is over, too.
  sk.ssthresh = LEAST_SEGMENTS * sk.mss;
  state.deflated = null;
}

/** The same: is the next segment missing as well? */
export function lookAgain(sk: TcpSock, state: VegasState): void {
  if (state.worried === 0) return;
  state.worried -= 1;
  const { head } = sk.sendQueue;
  if (head === null || head === sk.sendHead || !isOverdue(sk, head)) return;
  sendAgain(sk, head);
  // Duplicates that come now are of what was sent before it: they are no reason to send it once more.
  sk.dupacks = DUPLICATES;
  state.deflated ??= sk.cwnd;
}
