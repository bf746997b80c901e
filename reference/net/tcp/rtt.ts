/**
 * Round-trip time and the timeout that follows from it, finely as in Linux.
 *
 * `srtt` is eight times the mean and `mdev` four times the mean deviation, so that both are updated by
 * shifts; the timeout is their sum, never less than 200 ms above the mean.
 *
 * Source: RFC 6298; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rtt_estimator(), tcp_set_rto().
 */
import { RTO_MAX, RTO_MIN } from './constants.ts';
import { bsdBackOff, bsdSample, bsdTimeout, countsTicks } from './rtt-bsd.ts';
import { after } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';

/** @param ms - measured, in milliseconds. */
export function rttSample(sk: TcpSock, ms: number): void {
  if (countsTicks(sk)) return;
  rttEstimator(sk, ms);
  setRto(sk);
  sk.rtt.backoff = 0;
}

/** @kernel tcp_rtt_estimator */
function rttEstimator(sk: TcpSock, ms: number): void {
  const { rtt } = sk;
  let m = Math.max(ms, 1);
  if (rtt.srtt === 0) {
    rtt.srtt = m << 3;
    rtt.mdev = m << 1;
    rtt.mdevMax = Math.max(rtt.mdev, RTO_MIN);
    rtt.rttvar = rtt.mdevMax;
    rtt.rttSeq = sk.sndNxt;
    return;
  }
  m -= rtt.srtt >> 3;
  rtt.srtt += m;
  if (m < 0) {
    m = -m - (rtt.mdev >> 2);
    // A round trip that has become shorter is no reason to wait longer.
    if (m > 0) m >>= 3;
  } else {
    m -= rtt.mdev >> 2;
  }
  rtt.mdev += m;
  if (rtt.mdev > rtt.mdevMax) {
    rtt.mdevMax = rtt.mdev;
    rtt.rttvar = Math.max(rtt.rttvar, rtt.mdevMax);
  }
  if (!after(sk.sndUna, rtt.rttSeq)) return;
  if (rtt.mdevMax < rtt.rttvar) rtt.rttvar -= (rtt.rttvar - rtt.mdevMax) >> 2;
  rtt.rttSeq = sk.sndNxt;
  rtt.mdevMax = RTO_MIN;
}

/** @kernel tcp_set_rto, tcp_bound_rto */
function setRto({ rtt }: TcpSock): void {
  rtt.rto = Math.min((rtt.srtt >> 3) + rtt.rttvar, RTO_MAX);
}

/** A segment has timed out once more. */
export function backOff(sk: TcpSock): void {
  const { rtt } = sk;
  rtt.backoff += 1;
  rtt.rto = countsTicks(sk) ? bsdBackOff(sk) : Math.min(rtt.rto * 2, RTO_MAX);
}

/** The smoothed time in milliseconds; null before the first sample. */
export function smoothedRtt(sk: TcpSock): number | null {
  const { srtt } = sk.rtt;
  if (srtt === 0) return null;
  return countsTicks(sk) ? (srtt * 500) / 8 : srtt / 8;
}

/** The mean deviation in milliseconds. */
export function rttDeviation(sk: TcpSock): number | null {
  const { srtt, mdev, rttvar } = sk.rtt;
  if (srtt === 0) return null;
  return countsTicks(sk) ? (rttvar * 500) / 4 : mdev / 4;
}

export { bsdSample, bsdTimeout };
