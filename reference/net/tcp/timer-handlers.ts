/**
 * What happens when a timer of a connection fires.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer(), tcp_write_timeout(),
 * tcp_probe_timer(), tcp_delack_timer(), tcp_keepalive_timer(); 4.4BSD, netinet/tcp_timer.c, tcp_timers().
 */
import { enter } from '../../kernel/ftrace.ts';
import { ATO_MIN, RESOURCE_PROBE, RTO_MAX } from './constants.ts';
import { tcpSendAck, tcpSendActiveReset, tcpSendProbe0, tcpWriteWakeup } from './control.ts';
import { withSock } from './lock.ts';
import { dropRoute } from './rebuild-header.ts';
import { stopTiming } from './rtt-bsd.ts';
import { backOff } from './rtt.ts';
import { tcpDone } from './set-state.ts';
import { finTime, leastFinTime } from './state-process.ts';
import { timeStamp, type TcpSock, type Timers } from './tcp-sock.ts';
import { resetKeepaliveTimer, resetRetransmitTimer } from './timer-control.ts';
import { tcpTimeWait } from './time-wait.ts';
import { startTimer } from './timer.ts';
import { isLocalDrop } from './transmit.ts';

/** Retransmissions after which the route is doubted. @kernel tcp_retries1 */
const RETRIES_1 = 3;
/** Of a connection that no program has any more. @kernel tcp_orphan_retries */
const ORPHAN_RETRIES = 8;

/** What a timer waits while a process has the socket. @kernel HZ/20, TCP_DELACK_MIN */
const AGAIN = 50_000_000;
const DELACK_AGAIN = 40_000_000;

/** A timer's work, with the socket to itself; while a process has that, the timer tries again soon. */
export function underLock(sk: TcpSock, name: keyof Timers, work: (sk: TcpSock) => void): void {
  if (!sk.owned) withSock(sk, () => work(sk));
  else if (sk.timers !== null) {
    const later = name === 'delack' ? DELACK_AGAIN : AGAIN;
    startTimer(sk.timers[name], sk.net.clock.now + later);
  }
}

/** Nothing came back for too long. @kernel tcp_write_err */
export function writeError(sk: TcpSock): void {
  sk.error = sk.softError ?? 'ETIMEDOUT';
  tcpDone(sk);
}

/**
 * How often a segment of an orphan is sent again: Linux gives it up soon, the others know no difference.
 */
function orphanRetries(sk: TcpSock, alive: boolean): number {
  if (!sk.net.profile.startsWith('linux')) return Infinity;
  return alive ? ORPHAN_RETRIES : 0;
}

function isHandshake({ state }: TcpSock): boolean {
  return state === 'SYN_SENT' || state === 'SYN_RECEIVED';
}

/** @returns whether the connection was given up. @kernel tcp_write_timeout */
function writeTimeout(sk: TcpSock): boolean {
  const { tunables } = sk.net.tcp;
  let until: number;
  if (isHandshake(sk)) {
    if (sk.retransmits > 0) dropRoute(sk);
    until = sk.synRetries > 0 ? sk.synRetries : tunables.synRetries;
  } else {
    if (sk.retransmits >= RETRIES_1) dropRoute(sk);
    until = tunables.retransmissions;
    if (sk.dead) {
      until = Math.min(until, orphanRetries(sk, sk.rtt.rto < RTO_MAX));
    }
  }
  if (sk.retransmits < until) return false;
  writeError(sk);
  return true;
}

/** The peer has closed its window on what was under way: our segments are probes. */
function shutWindow(sk: TcpSock): boolean {
  return sk.sndWnd === 0 && !sk.dead && !isHandshake(sk) && sk.net.profile !== 'bsd-4.4';
}

/** Since Linux 5.0 a timeout that is shorter does not have the host press its own queue. */
function afterLocalDrop({ net, rtt }: TcpSock): number {
  return net.profile === 'linux-6' ? RESOURCE_PROBE : Math.min(rtt.rto, RESOURCE_PROBE);
}

/** @kernel tcp_retransmit_timer */
export function retransmitTimer(sk: TcpSock): void {
  enter('tcp_retransmit_timer');
  if (sk.packetsOut === 0 || sk.sendQueue.head === null) return;
  if (shutWindow(sk)) {
    if (timeStamp(sk.net) - sk.rcvTstamp > RTO_MAX) {
      writeError(sk);
      return;
    }
    stopTiming(sk);
    sk.congestion.timedOut(sk);
  } else {
    if (writeTimeout(sk)) return;
    stopTiming(sk);
    if (isLocalDrop(sk.congestion.timedOut(sk)) && sk.net.profile !== 'bsd-4.4') {
      // The own interface had no room: that says nothing of the network.
      if (sk.retransmits === 0) sk.retransmits = 1;
      resetRetransmitTimer(sk, afterLocalDrop(sk));
      return;
    }
    sk.retransmits += 1;
  }
  backOff(sk);
  resetRetransmitTimer(sk);
  if (sk.retransmits > RETRIES_1) dropRoute(sk);
}

/** @kernel tcp_probe_timer */
export function probeTimer(sk: TcpSock): void {
  enter('tcp_probe_timer');
  if (sk.packetsOut > 0 || sk.sendHead === null) {
    sk.probesOut = 0;
    return;
  }
  let most = sk.net.tcp.tunables.retransmissions;
  if (sk.dead) {
    most = Math.min(most, orphanRetries(sk, sk.rtt.rto * 2 ** sk.rtt.backoff < RTO_MAX));
  }
  if (sk.probesOut > most) writeError(sk);
  else tcpSendProbe0(sk);
}

/** @kernel tcp_delack_timer */
export function delackTimer(sk: TcpSock): void {
  enter('tcp_delack_timer');
  const { ack, rtt } = sk;
  if (sk.state === 'CLOSED' || !ack.scheduled) return;
  if (!ack.pingpong) {
    // The data that the ACK was to ride on did not come: it waits longer the next time.
    ack.ato = Math.min(ack.ato * 2, rtt.rto);
  } else {
    ack.pingpong = false;
    ack.ato = ATO_MIN;
  }
  tcpSendAck(sk);
}

/** @kernel tcp_keepalive_timer */
export function keepaliveTimer(sk: TcpSock): void {
  enter('tcp_keepalive_timer');
  if (isHandshake(sk)) {
    // In 4.4BSD a handshake takes 75 seconds at most.
    writeError(sk);
    return;
  }
  if (sk.state === 'FIN_WAIT_2' && sk.dead) {
    orphanWaits(sk);
    return;
  }
  if (!sk.keepalive || sk.state === 'CLOSED') return;
  const next = keepaliveProbe(sk);
  if (sk.connected) resetKeepaliveTimer(sk, next);
}

/** The peer has not ended its half yet; Linux takes from the time what has gone by, and what is left, once more. */
function orphanWaits(sk: TcpSock): void {
  const { timeWait } = sk.net.tcp.tunables;
  const left = Math.max(finTime(sk) - timeWait, leastFinTime(sk.rtt));
  tcpTimeWait(sk, 'FIN_WAIT_2', sk.net.profile === 'bsd-4.4' ? timeWait : left);
}

/**
 * Milliseconds since the peer has said anything. To 2.6.11, data that bring no new ACK are nothing.
 *
 * @kernel keepalive_time_elapsed
 */
function silentFor({ net, rcvTstamp, ack }: TcpSock): number {
  const last = net.profile === 'linux-2.6.11' ? rcvTstamp : Math.max(rcvTstamp, ack.lrcvtime);
  return timeStamp(net) - last;
}

/** Asks whether the peer is still there, if it has been silent. @returns milliseconds to the next look. */
function keepaliveProbe(sk: TcpSock): number {
  // What is under way asks as well.
  if (sk.packetsOut > 0 || sk.sendHead !== null) return sk.keepIdle;
  const silent = silentFor(sk);
  if (silent < sk.keepIdle) return sk.keepIdle - silent;
  if (sk.probesOut >= sk.keepCount) {
    tcpSendActiveReset(sk);
    writeError(sk);
    return sk.keepIdle;
  }
  // That the own interface had no room says nothing of the peer; 4.4BSD does not learn of it.
  if (isLocalDrop(tcpWriteWakeup(sk))) return RESOURCE_PROBE;
  sk.probesOut += 1;
  return sk.keepInterval;
}
