/**
 * Vegas: it sees congestion coming by the round trip, and avoids it, where Reno has to lose segments.
 *
 * Three mechanisms, each of which can be left out: it finds losses by the age of segments, it keeps the
 * data that wait in queues between two bounds, and it doubles the window every other round trip only.
 * What it leaves out, Reno does; Reno's coarse timeout stays as the last resort.
 *
 * Source: L. Brakmo, L. Peterson, TCP Vegas, IEEE JSAC 13(8), 1995; ns-2, tcp/tcp-vegas.cc. Left out: that
 * the least round trip is measured anew when a single segment is under way.
 */
import type { Sent } from '../netfilter.ts';
import { SINCE_CUT } from './buffers.ts';
import { isDuplicate, halved, reno } from './congestion-reno.ts';
import type { AckEvent, CongestionOps } from './congestion.ts';
import { tcpPushPendingFrames } from './output.ts';
import { goBack } from './retransmit.ts';
import { before, distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { noteAcked, takeSample } from './vegas-clock.ts';
import { deflate, duplicateCame, lookAgain, nothingSentSince } from './vegas-retransmit.ts';
import { beginRound, endRound, grow, isRoundOver, LEAST_SEGMENTS } from './vegas-round.ts';
import { vegasOf, type VegasState } from './vegas-state.ts';

function acked(sk: TcpSock, event: AckEvent): void {
  const state = vegasOf(sk);
  const sample = takeSample(state.clock);
  if (sample !== null) {
    state.round.samples += 1;
    state.round.sum += sample;
  }
  takeBack(sk, state);
  if (state.recover !== null && !before(sk.sndUna, state.recover)) state.recover = null;
  if (!event.dataAcked) return;
  const underWay = event.priorInFlight;
  if (isRoundOver(sk, state)) endRound(sk, underWay);
  grow(sk, state, underWay, distance(event.priorUna, sk.sndUna));
  lookAgain(sk, state);
}

/** Duplicates have inflated the window. */
function takeBack(sk: TcpSock, state: VegasState): void {
  if (sk.net.tcp.tunables.vegasRetransmission) deflate(sk, state);
  else if (sk.dupacks >= 3 && sk.cwnd > sk.ssthresh) sk.cwnd = sk.ssthresh;
  sk.dupacks = 0;
}

function notAcked(sk: TcpSock, event: AckEvent): boolean {
  if (!sk.net.tcp.tunables.vegasRetransmission) return reno.notAcked(sk, event);
  if (isDuplicate(sk, event)) duplicateCame(sk);
  else sk.dupacks = 0;
  return true;
}

/** @returns 0, or why the first segment did not leave. */
function timedOut(sk: TcpSock): Sent {
  const state = vegasOf(sk);
  sk.ssthresh = halved(sk);
  sk.cwnd = LEAST_SEGMENTS * sk.mss;
  sk.dupacks = 0;
  state.worried = 0;
  state.deflated = null;
  state.recover = sk.sndMax;
  state.round.growth = 'none';
  state.round.doubles = false;
  nothingSentSince(sk);
  const sent = goBack(sk);
  beginRound(sk, state, sk.sndUna, sk.cwnd);
  if (sent === 0) tcpPushPendingFrames(sk);
  return sent;
}

export const vegas: CongestionOps = {
  ...reno,
  name: 'vegas',
  acked,
  notAcked,
  timedOut,
  sent(_sk, buffer) {
    buffer.marks |= SINCE_CUT;
  },
  bufferAcked: noteAcked,
};
