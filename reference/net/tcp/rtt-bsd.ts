/**
 * Round-trip time as 4.4BSD measures it: of one segment at a time, in ticks of 500 ms.
 *
 * Timers count the same ticks, so one of n ticks fires between n - 1 and n of them later.
 *
 * Source: 4.4BSD, netinet/tcp_input.c, tcp_xmit_timer(); netinet/tcp_timer.h.
 */
import { NS_PER_MS, type Clock } from '../clock.ts';
import { after } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';

export const SLOW_TICK_MS = 500;
export const FAST_TICK_MS = 200;

/** @kernel TCPTV_MIN, TCPTV_REXMTMAX, in ticks */
const TICKS_MIN = 2;
const TICKS_MAX = 128;

const BACKOFF = [1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 64, 64, 64] as const;

/** The system's clock is coarse, or its congestion control is from a time when all were. */
export function countsTicks({ net, congestionName }: TcpSock): boolean {
  return net.profile === 'bsd-4.4' || congestionName === 'reno-1990';
}

/** When the n-th tick from now is. @returns nanoseconds since boot. */
export function tickAt({ now }: Clock, ticks: number, tickMs = SLOW_TICK_MS): number {
  const tick = tickMs * NS_PER_MS;
  return (Math.floor(now / tick) + ticks) * tick;
}

export function ticksNow({ clock }: TcpSock['net']): number {
  return Math.floor(clock.now / (SLOW_TICK_MS * NS_PER_MS));
}

/** Begins to time a segment, when none is. @kernel t_rtt = 1 */
export function timeSegment(sk: TcpSock, seq: number): void {
  const { rtt } = sk;
  if (rtt.timedSince !== null) return;
  rtt.timedSince = ticksNow(sk.net);
  rtt.timedSeq = seq;
}

/** Gives the measurement up: the segment was sent again. */
export function stopTiming({ rtt }: TcpSock): void {
  rtt.timedSince = null;
}

/** What was timed has been acknowledged. */
export function timedAcked(sk: TcpSock, ack: number): void {
  const { rtt } = sk;
  if (rtt.timedSince === null || !after(ack, rtt.timedSeq)) return;
  bsdSample(sk, ticksNow(sk.net) - rtt.timedSince + 1);
}

/**
 * @param ticks - counted from 1.
 * @kernel tcp_xmit_timer
 */
export function bsdSample(sk: TcpSock, ticks: number): void {
  const { rtt } = sk;
  if (rtt.srtt === 0) {
    rtt.srtt = ticks << 3;
    rtt.rttvar = ticks << 1;
  } else {
    let delta = ticks - 1 - (rtt.srtt >> 3);
    rtt.srtt = Math.max(rtt.srtt + delta, 1);
    delta = Math.abs(delta) - (rtt.rttvar >> 2);
    rtt.rttvar = Math.max(rtt.rttvar + delta, 1);
  }
  rtt.timedSince = null;
  rtt.backoff = 0;
  rtt.rto = bounded((rtt.srtt >> 3) + rtt.rttvar) * SLOW_TICK_MS;
}

function bounded(ticks: number): number {
  return Math.min(Math.max(ticks, TICKS_MIN), TICKS_MAX);
}

/** The timeout after so many doublings, in milliseconds. @kernel TCP_REXMTVAL, tcp_backoff */
export function bsdBackOff({ rtt }: TcpSock): number {
  const factor = BACKOFF[Math.min(rtt.backoff, BACKOFF.length - 1)] ?? 64;
  return bounded(((rtt.srtt >> 3) + rtt.rttvar) * factor) * SLOW_TICK_MS;
}

/** When a timer of so many milliseconds is due on the ticks. */
export function bsdTimeout(clock: Clock, ms: number): number {
  return tickAt(clock, Math.ceil(ms / SLOW_TICK_MS));
}

/** Before the first sample: a deviation of three seconds. @kernel tcp_newtcpcb */
export const BSD_FIRST_RTTVAR = 24;

export { timeStamp };
