/**
 * A connection is there: what it begins with.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_init_metrics(), tcp_init_buffer_space().
 */
import { initialCwnd } from './cwnd-validate.ts';
import type { TcpSock } from './tcp-sock.ts';
import { timeStamp } from './tcp-sock.ts';
import { clearKeepaliveTimer, resetKeepaliveTimer } from './timer-control.ts';
import { countsOctets, fullSpace } from './window.ts';

/** @kernel tcp_init_metrics, tcp_init_buffer_space */
export function initMetrics(sk: TcpSock): void {
  const now = timeStamp(sk.net);
  sk.cwnd = initialCwnd(sk);
  sk.cwndStamp = now;
  sk.lsndtime = now;
  sk.rcvTstamp = now;
  sk.windowClamp = Math.min(sk.windowClamp, Math.max(fullSpace(sk), 0));
  // Where octets are counted nothing has to be learnt of what they cost.
  sk.rcvSsthresh = countsOctets(sk.net) ? sk.windowClamp : Math.min(sk.rcvSsthresh, sk.windowClamp);
  // In 4.4BSD the same timer has watched over the handshake.
  if (sk.keepalive) resetKeepaliveTimer(sk, sk.keepIdle);
  else clearKeepaliveTimer(sk);
}
