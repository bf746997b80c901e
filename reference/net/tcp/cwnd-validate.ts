/**
 * A congestion window that is not used says nothing of the network any more.
 *
 * Source: RFC 2861; Linux 2.6.11, include/net/tcp.h, tcp_cwnd_validate(); net/ipv4/tcp_output.c,
 * tcp_cwnd_application_limited(), tcp_cwnd_restart(); net/ipv4/tcp_input.c, tcp_init_cwnd().
 */
import { enter } from '../../kernel/ftrace.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';

/** @kernel tcp_cwnd_validate */
export function cwndValidate(sk: TcpSock): void {
  enter('tcp_cwnd_validate');
  if (sk.net.profile === 'bsd-4.4') return;
  const now = timeStamp(sk.net);
  const unit = cwndUnit(sk);
  const used = sk.packetsOut * unit;
  // No room for another segment: part of one may be left of a window in octets.
  if (used + unit > sk.cwnd) {
    sk.cwndUsed = 0;
    sk.cwndStamp = now;
    return;
  }
  sk.cwndUsed = Math.max(sk.cwndUsed, used);
  if (now - sk.cwndStamp >= sk.rtt.rto) applicationLimited(sk, now);
}

/** What a segment counts in the congestion window. */
export function cwndUnit(sk: TcpSock): number {
  return sk.congestion.counts === 'segments' ? 1 : sk.mss;
}

/** @kernel tcp_cwnd_application_limited */
function applicationLimited(sk: TcpSock, now: number): void {
  if (sk.caState === 'Open' && !sk.noSpace) {
    const used = Math.max(sk.cwndUsed, initialCwnd(sk));
    if (used < sk.cwnd) {
      sk.ssthresh = currentSsthresh(sk);
      sk.cwnd = Math.floor((sk.cwnd + used) / 2);
    }
    sk.cwndUsed = 0;
  }
  sk.cwndStamp = now;
}

/**
 * The threshold that remembers a window which becomes smaller for another reason than a loss. Where it is
 * becoming smaller for one the threshold says so already.
 *
 * @kernel tcp_current_ssthresh
 */
export function currentSsthresh({ caState, ssthresh, cwnd }: TcpSock): number {
  if (caState === 'CWR' || caState === 'Recovery') return ssthresh;
  return Math.max(ssthresh, (cwnd >>> 1) + (cwnd >>> 2));
}

/** The window that a connection begins with, in its own unit. @kernel TCP_INIT_CWND; 2.6.11, tcp_init_sock */
export function initialCwnd(sk: TcpSock): number {
  const { profile } = sk.net;
  const segments = profile === 'linux-6' ? 10 : profile === 'bsd-4.4' ? 1 : 2;
  return segments * cwndUnit(sk);
}

/**
 * The least that an idle time leaves. A connection of 2.6.11 begins with less, since tcp_init_metrics()
 * does not come to this unless the route knows a round-trip time.
 *
 * Source: RFC 2414, section 1.
 * @kernel tcp_init_cwnd
 */
function restartLeast(sk: TcpSock): number {
  if (sk.net.profile !== 'linux-2.6.11') return initialCwnd(sk);
  const segments = sk.mss > 1460 ? 2 : sk.mss > 1095 ? 3 : 4;
  return segments * cwndUnit(sk);
}

/** Half for each timeout that has passed since data were sent. @kernel tcp_cwnd_restart */
export function cwndRestart(sk: TcpSock): void {
  const now = timeStamp(sk.net);
  const least = Math.min(restartLeast(sk), sk.cwnd);
  sk.ssthresh = currentSsthresh(sk);
  let cwnd = sk.cwnd;
  let delta = now - sk.lsndtime - sk.rtt.rto;
  for (; delta > 0 && cwnd > least; delta -= sk.rtt.rto) cwnd >>>= 1;
  sk.cwnd = Math.max(cwnd, least);
  sk.cwndStamp = now;
  sk.cwndUsed = 0;
}
