/**
 * What Vegas decides once per round trip.
 *
 * Had the queues been empty, the window would have passed in the least round trip: that is the expected
 * rate. The actual one is what was sent between a segment and its ACK, over that round trip. The difference,
 * times the least round trip, is what waits in queues and need not have been sent: the extra data. Vegas
 * keeps it between alpha and beta segments, and leaves slow start when it exceeds gamma.
 *
 * Source: JSAC 13(8), sections III-B and III-C; the eighth given back at the end of slow start is ns-2's.
 */
import { MAX_WINDOW } from './constants.ts';
import { after, distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { vegasOf, type Growth, type VegasState } from './vegas-state.ts';

/** Segments that a window has at least. */
export const LEAST_SEGMENTS = 2;

const least = (sk: TcpSock): number => LEAST_SEGMENTS * sk.mss;

export const slowStarts = (sk: TcpSock): boolean => sk.cwnd < sk.ssthresh;

/** Whether the ACK at hand is of the tag: then a round trip is over. */
export function isRoundOver(sk: TcpSock, { round }: VegasState): boolean {
  return round.tag === null || after(sk.sndUna, round.tag);
}

/** Octets under way that wait in queues; 0 and more, since no round trip is shorter than the least. */
function extraOctets(sk: TcpSock, { clock, round }: VegasState): number {
  const elapsed = sk.net.clock.now - round.since;
  const rtt = round.samples > 0 ? round.sum / round.samples : elapsed;
  // Without a sample the least round trip is not known, or this one may be shorter than it.
  if (round.tag === null || rtt <= clock.baseRtt) return 0;
  // What left since the tag did is what is under way now, whatever else its ACK acknowledges.
  const sent = distance(round.tag, sk.sndNxt);
  // (expected - actual) * baseRtt, with expected = sent / baseRtt and actual = sent / rtt
  return sent - (sent * clock.baseRtt) / rtt;
}

/** The tag has been acknowledged: decides, and tags the segment that is sent next. */
export function endRound(sk: TcpSock, underWay: number): void {
  const state = vegasOf(sk);
  const { round } = state;
  const extra = extraOctets(sk, state) / sk.mss;
  round.growth = slowStarts(sk) ? inSlowStart(sk, state, extra) : inAvoidance(sk, extra);
  beginRound(sk, state, sk.sndNxt, underWay);
}

export function beginRound(sk: TcpSock, { round }: VegasState, tag: number, window: number): void {
  round.tag = tag;
  round.since = sk.net.clock.now;
  round.samples = 0;
  round.sum = 0;
  round.window = window;
  round.acked = 0;
  round.grown = 0;
}

/** In between the window stays as it is, so that rates can be compared. */
function inSlowStart(sk: TcpSock, { round }: VegasState, extra: number): Growth {
  const { tunables } = sk.net.tcp;
  if (!tunables.vegasSlowStart) return 'segment-per-ack';
  round.doubles = !round.doubles;
  if (!round.doubles) return 'none';
  if (extra <= tunables.vegasGamma) return 'segment-per-ack';
  sk.ssthresh = least(sk);
  sk.cwnd = Math.max(sk.cwnd - Math.floor(sk.cwnd / 8), least(sk));
  return 'none';
}

function inAvoidance(sk: TcpSock, extra: number): Growth {
  const { tunables } = sk.net.tcp;
  if (!tunables.vegasAvoidance) return 'segment-per-round';
  if (extra < tunables.vegasAlpha) return 'segment-per-round';
  if (extra > tunables.vegasBeta) sk.cwnd = Math.max(sk.cwnd - sk.mss, least(sk));
  return 'none';
}

/**
 * Lets the window grow by what the ACK at hand is worth.
 *
 * @param underWay - octets, before the ACK.
 */
export function grow(sk: TcpSock, { round }: VegasState, underWay: number, acked: number): void {
  round.acked += acked;
  // A window that is not used would grow without end.
  if (sk.cwnd - underWay > sk.mss) return;
  sk.cwnd = Math.min(sk.cwnd + growthOf(sk, round), MAX_WINDOW * 2 ** sk.sndWscale, sk.cwndClamp);
}

function growthOf(sk: TcpSock, round: VegasState['round']): number {
  if (round.growth === 'segment-per-ack') return slowStarts(sk) ? sk.mss : 0;
  if (round.growth === 'none' || round.window === 0) return 0;
  // Spread over the round trip: a segment when all of the window has been acknowledged.
  const due = Math.min(sk.mss, Math.floor((sk.mss * round.acked) / round.window));
  const growth = Math.max(0, due - round.grown);
  round.grown += growth;
  return growth;
}
