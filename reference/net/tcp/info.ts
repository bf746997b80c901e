/**
 * What a connection keeps, for who wants to look.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_get_info(); net/ipv4/tcp_ipv4.c, tcp4_seq_show().
 */
import type { TcpState, TcpTimer } from '../../../contract/index.ts';
import type { Net } from '../net.ts';
import type { InetAddress } from '../udp.ts';
import { tcpName } from './bind-call.ts';
import { packetsInFlight } from './congestion-newreno.ts';
import { NO_THRESHOLD } from './constants.ts';
import { currentMss } from './mss.ts';
import { requestsOf } from './syn-queue.ts';
import { distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { tuples } from './tuple-table.ts';
import { receiveWindow } from './window.ts';

/** Octets that are under way, as far as the sender knows. */
export function inFlightOctets(sk: TcpSock): number {
  if (sk.congestion.counts === 'octets') return Math.max(0, distance(sk.sndUna, sk.sndNxt));
  return Math.max(0, Math.min(packetsInFlight(sk) * sk.mss, distance(sk.sndUna, sk.sndNxt)));
}

/** A window in octets. */
export function inOctets(sk: TcpSock, window: number): number {
  return sk.congestion.counts === 'octets' ? window : window * sk.mss;
}

export function windows(sk: TcpSock) {
  const none = sk.ssthresh >= NO_THRESHOLD;
  return {
    mss: sk.connected ? currentMss(sk) : sk.mss,
    congestionWindow: Math.min(inOctets(sk, sk.cwnd), 0xffff_ffff),
    slowStartThreshold: none ? null : inOctets(sk, sk.ssthresh),
    sendWindow: sk.sndWnd,
    receiveWindow: receiveWindow(sk),
    inFlight: inFlightOctets(sk),
  };
}

/** The timers that run, with the time when each is due. */
export function runningTimers({ timers }: TcpSock): { timer: TcpTimer; at: number }[] {
  if (timers === null) return [];
  const named = [
    ['retransmission', timers.retransmit],
    ['zero-window-probe', timers.probe],
    ['delayed-ack', timers.delack],
    ['keepalive', timers.keepalive],
  ] as const;
  return named
    .filter(([, { due }]) => due !== Infinity)
    .map(([timer, { due }]) => ({ timer, at: Math.ceil(due) }));
}

export interface Listed {
  readonly state: TcpState;
  readonly local: InetAddress;
  readonly peer: InetAddress;
}

const NOBODY: InetAddress = { address: 0, port: 0 };

/** All connections there are, requests among them. @kernel tcp4_seq_show */
export function connections({ tcp }: Net): Listed[] {
  const listed: Listed[] = [];
  for (const list of tcp.listening.values()) {
    for (const sk of list) {
      listed.push({ state: 'LISTEN', local: tcpName(sk), peer: NOBODY });
      if (sk.listening === null) continue;
      for (const { laddr, raddr, rport } of requestsOf(sk.listening.synQueue)) {
        const local = { address: laddr, port: sk.port };
        listed.push({ state: 'SYN_RECEIVED', local, peer: { address: raddr, port: rport } });
      }
    }
  }
  for (const one of tuples(tcp.established)) {
    const local = { address: one.receiveAddress, port: one.port };
    listed.push({ state: one.state, local, peer: { address: one.daddr, port: one.dport } });
  }
  return listed;
}
