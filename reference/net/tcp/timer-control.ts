/**
 * Starting and stopping of a connection's timers.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, tcp_reset_xmit_timer(); net/ipv4/tcp_timer.c; 4.4BSD,
 * netinet/tcp_timer.h.
 */
import { NS_PER_MS } from '../clock.ts';
import { RTO_MAX } from './constants.ts';
import { bsdTimeout, countsTicks } from './rtt-bsd.ts';
import type { TcpSock, Timers } from './tcp-sock.ts';
import { startTimer, stopTimer, type LazyTimer } from './timer.ts';

/** When a timer of so many milliseconds is due. */
function dueIn(sk: TcpSock, ms: number): number {
  const { clock } = sk.net;
  return countsTicks(sk) ? bsdTimeout(clock, ms) : clock.now + ms * NS_PER_MS;
}

/** Undefined once the connection is gone: nobody starts a timer then. */
function timersOf({ timers }: TcpSock): Timers | undefined {
  return timers ?? undefined;
}

function start(sk: TcpSock, timer: LazyTimer | undefined, ms: number): void {
  if (timer !== undefined) startTimer(timer, dueIn(sk, ms));
}

/** @kernel tcp_reset_xmit_timer(sk, TCP_TIME_RETRANS, when) */
export function resetRetransmitTimer(sk: TcpSock, ms = sk.rtt.rto): void {
  const timers = timersOf(sk);
  if (timers !== undefined) stopTimer(timers.probe);
  start(sk, timers?.retransmit, ms);
}

/** @kernel tcp_clear_xmit_timer */
export function clearRetransmitTimer(sk: TcpSock): void {
  const timers = timersOf(sk);
  if (timers !== undefined) stopTimer(timers.retransmit);
}

export function clearProbeTimer(sk: TcpSock): void {
  const timers = timersOf(sk);
  if (timers !== undefined) stopTimer(timers.probe);
}

/** Least and most of a persist timer of 4.4BSD. @kernel TCPTV_PERSMIN, TCPTV_PERSMAX */
const PERSIST_MIN = 5000;
const PERSIST_MAX = 60_000;

/** @kernel tcp_reset_xmit_timer(sk, TCP_TIME_PROBE0, when); in 4.4BSD tcp_setpersist */
export function resetProbeTimer(sk: TcpSock, backoff = 0, most = RTO_MAX): void {
  const { rtt } = sk;
  if (sk.net.profile === 'bsd-4.4') {
    const base = (((rtt.srtt >> 2) + rtt.rttvar) >> 1) * 500;
    const ms = Math.min(Math.max(base * 2 ** backoff, PERSIST_MIN), PERSIST_MAX);
    start(sk, timersOf(sk)?.probe, ms);
    return;
  }
  start(sk, timersOf(sk)?.probe, Math.min(rtt.rto * 2 ** backoff, most));
}

export function resetDelackTimer(sk: TcpSock, due: number): void {
  const timers = timersOf(sk);
  if (timers !== undefined) startTimer(timers.delack, due);
}

/** @kernel tcp_reset_keepalive_timer */
export function resetKeepaliveTimer(sk: TcpSock, ms: number): void {
  const timers = timersOf(sk);
  if (timers !== undefined) startTimer(timers.keepalive, sk.net.clock.now + ms * NS_PER_MS);
}

/** @kernel tcp_delete_keepalive_timer */
export function clearKeepaliveTimer(sk: TcpSock): void {
  const timers = timersOf(sk);
  if (timers !== undefined) stopTimer(timers.keepalive);
}

/** @kernel tcp_clear_xmit_timers */
export function clearTimers(sk: TcpSock): void {
  const timers = timersOf(sk);
  if (timers === undefined) return;
  for (const timer of [timers.retransmit, timers.probe, timers.delack, timers.keepalive]) {
    stopTimer(timer);
  }
}
