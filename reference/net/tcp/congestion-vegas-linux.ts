/**
 * Vegas as Linux has it: only its way to avoid congestion, with windows in segments.
 *
 * Losses are found and repaired as ever, slow start doubles every round trip, and what counts is the least
 * round trip since the last decision: delayed ACKs make the others longer. Numbers are integers with one
 * binary place. It works in the state Open alone, and begins anew whenever that is entered.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_input.c, vegas_cong_avoid(), vegas_rtt_calc(), include/net/tcp.h,
 * tcp_vegas_enable(); net/ipv4/tcp_output.c, tcp_event_data_sent().
 */
import { EVER_RETRANS, type TcpBuffer } from './buffers.ts';
import type { AckEvent, CongestionOps } from './congestion.ts';
import { linuxControl, renoCongAvoid } from './congestion-newreno.ts';
import { after, distance } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';

/** Binary places of alpha, beta, gamma and of what is compared with them. @kernel V_PARAM_SHIFT */
const SHIFT = 1;

const NO_RTT = 0x7fff_ffff;

/** Samples, the one counted twice among them, that are too few to decide by. */
const TOO_FEW = 2;

/** @kernel tp->vegas */
interface LinuxVegas {
  /** It decides; else the window grows as Reno's. @kernel doing_vegas_now */
  on: boolean;
  begSndUna: number;
  begSndNxt: number;
  begSndCwnd: number;
  samples: number;
  /** Milliseconds, plus 1. */
  minRtt: number;
  baseRtt: number;
  /** Of the ACK at hand. */
  sample: number | null;
}

function stateOf(sk: TcpSock): LinuxVegas {
  sk.ccState ??= enabled(sk, NO_RTT);
  return sk.ccState as LinuxVegas;
}

/** @kernel tcp_vegas_enable */
function enabled(sk: TcpSock, baseRtt: number): LinuxVegas {
  return {
    on: true,
    begSndUna: sk.sndUna,
    begSndNxt: sk.sndNxt,
    begSndCwnd: sk.cwnd,
    samples: 0,
    minRtt: NO_RTT,
    baseRtt,
    sample: null,
  };
}

function beginAnew(sk: TcpSock): void {
  sk.ccState = enabled(sk, stateOf(sk).baseRtt);
}

/** @kernel vegas_rtt_calc */
function rttCalc(vegas: LinuxVegas, rtt: number): void {
  vegas.baseRtt = Math.min(vegas.baseRtt, rtt);
  vegas.minRtt = Math.min(vegas.minRtt, rtt);
  vegas.samples += 1;
}

function bufferAcked(sk: TcpSock, buffer: TcpBuffer): void {
  const vegas = stateOf(sk);
  if (buffer.length === 0) return;
  if ((buffer.marks & EVER_RETRANS) !== 0) vegas.sample = null;
  // Of several the oldest: its ACK may have waited for the others.
  else vegas.sample ??= timeStamp(sk.net) - buffer.when + 1;
}

/** @kernel vegas_cong_avoid */
function avoid(sk: TcpSock): void {
  const vegas = stateOf(sk);
  if (!vegas.on) {
    renoCongAvoid(sk);
    return;
  }
  if (after(sk.sndUna, vegas.begSndNxt)) roundOver(sk, vegas);
  if (sk.cwnd <= sk.ssthresh) sk.cwnd += 1;
  sk.cwnd = Math.max(Math.min(sk.cwnd, sk.cwndClamp), 2);
  sk.cwndStamp = timeStamp(sk.net);
}

function roundOver(sk: TcpSock, vegas: LinuxVegas): void {
  const window = Math.floor(distance(vegas.begSndUna, vegas.begSndNxt) / sk.mss);
  const before = vegas.begSndCwnd;
  vegas.begSndUna = vegas.begSndNxt;
  vegas.begSndNxt = sk.sndNxt;
  vegas.begSndCwnd = sk.cwnd;
  if (vegas.sample !== null) rttCalc(vegas, vegas.sample);
  if (vegas.samples <= TOO_FEW) {
    if (sk.cwnd > sk.ssthresh) sk.cwnd += 1;
  } else {
    decide(sk, vegas, window, before);
  }
  vegas.samples = 0;
  vegas.minRtt = NO_RTT;
}

/** @param before - the congestion window when the round trip began. */
function decide(sk: TcpSock, vegas: LinuxVegas, window: number, before: number): void {
  const { vegasAlpha, vegasBeta, vegasGamma } = sk.net.tcp.tunables;
  const target = Math.floor((window * vegas.baseRtt * 2 ** SHIFT) / vegas.minRtt);
  const diff = window * 2 ** SHIFT - target;
  if (sk.cwnd < sk.ssthresh) {
    if (diff <= vegasGamma << SHIFT) return;
    sk.ssthresh = 2;
    sk.cwnd = Math.min(sk.cwnd, (target >> SHIFT) + 1);
    return;
  }
  let next = before;
  if (diff > vegasBeta << SHIFT) next -= 1;
  else if (diff < vegasAlpha << SHIFT) next += 1;
  sk.cwnd += Math.sign(next - sk.cwnd);
}

const ops = linuxControl('vegas-linux', { avoid, always: true });

/** Does something after which the state may be another. @kernel tcp_set_ca_state */
function watched<Value>(sk: TcpSock, work: () => Value): Value {
  const before = sk.caState;
  const value = work();
  if (sk.caState === before) return value;
  if (sk.caState === 'Open') beginAnew(sk);
  else stateOf(sk).on = false;
  return value;
}

function handle(sk: TcpSock, event: AckEvent): boolean {
  const vegas = stateOf(sk);
  if (vegas.sample !== null) rttCalc(vegas, vegas.sample);
  const may = watched(sk, () => ops.notAcked(sk, event));
  stateOf(sk).sample = null;
  return may;
}

export const vegasLinux: CongestionOps = {
  ...ops,
  acked: handle,
  notAcked: handle,
  bufferAcked,
  timedOut: (sk) => watched(sk, () => ops.timedOut(sk)),
  localDrop: (sk) => watched(sk, () => ops.localDrop(sk)),
  resegmented: (sk) => watched(sk, () => ops.resegmented(sk)),
  restartAfterIdle(sk) {
    ops.restartAfterIdle(sk);
    if (sk.caState === 'Open') beginAnew(sk);
  },
};
