/**
 * A new stream socket.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_init_sock().
 */
import type { Net } from '../net.ts';
import type { AfSpecific } from './af-specific.ts';
import { congestionControl } from './congestion.ts';
import { BSD_FIRST_RTTVAR, countsTicks } from './rtt-bsd.ts';
import { TcpSock } from './tcp-sock.ts';
import { newTimer } from './timer.ts';
import {
  delackTimer,
  keepaliveTimer,
  probeTimer,
  retransmitTimer,
  underLock,
} from './timer-handlers.ts';

/** @kernel tcp_v4_init_sock */
export function openTcp(net: Net, af: AfSpecific): TcpSock {
  const { tunables } = net.tcp;
  const congestion = congestionControl(tunables.congestionControl);
  const sk = new TcpSock(net, af, congestion, tunables.synTimeout);
  if (countsTicks(sk)) sk.rtt.rttvar = BSD_FIRST_RTTVAR;
  const { clock } = net;
  sk.timers = {
    retransmit: newTimer(clock, () => underLock(sk, 'retransmit', retransmitTimer)),
    probe: newTimer(clock, () => underLock(sk, 'probe', probeTimer)),
    delack: newTimer(clock, () => underLock(sk, 'delack', delackTimer)),
    keepalive: newTimer(clock, () => underLock(sk, 'keepalive', keepaliveTimer)),
  };
  return sk;
}
