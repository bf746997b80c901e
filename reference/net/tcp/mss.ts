/**
 * How long segments are.
 *
 * Source: RFC 9293, section 3.7.1; RFC 6691; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_sync_mss(),
 * tcp_current_mss(); include/net/tcp.h, tcp_initialize_rcv_mss().
 */
import { dstMtu } from '../path-mtu.ts';
import { ipRouteOutput } from '../route.ts';
import { TCP_HEADER, TIMESTAMPS_ALIGNED } from './constants.ts';
import { pathMtuOf } from './rebuild-header.ts';
import type { TcpSock } from './tcp-sock.ts';

/** Least MTU of a path, and with it the least MSS that is used. */
const LEAST_PACKET = 68;
/** @kernel TCP_MIN_RCVMSS, TCP_MSS_DEFAULT */
const MIN_RCVMSS = 536;

/** Octets of header of a segment with data. @kernel tp->tcp_header_len */
export function headerLengthOf({ timestamps }: TcpSock): number {
  return TCP_HEADER + (timestamps ? TIMESTAMPS_ALIGNED : 0);
}

/** Data of the longest segment that a path takes, options aside. */
export function mssOfMtu(mtu: number, netHeader: number): number {
  return Math.max(mtu - netHeader - TCP_HEADER, LEAST_PACKET - netHeader - TCP_HEADER);
}

/**
 * Fits segments to the path, to what the peer takes, and to its window.
 *
 * @kernel tcp_sync_mss
 */
export function syncMss(sk: TcpSock, pmtu: number): number {
  let mss = Math.min(mssOfMtu(pmtu, sk.af.netHeaderLength), sk.mssClamp);
  // Options have their room in each segment.
  mss = Math.max(mss, 48) - (headerLengthOf(sk) - TCP_HEADER);
  const most = mostOfWindow(sk);
  if (most > 0 && mss > most) mss = Math.max(most, LEAST_PACKET - headerLengthOf(sk));
  sk.pmtu = pmtu;
  sk.mss = mss;
  return mss;
}

/**
 * What of the peer's greatest window a segment takes at most; 0 while there is no window.
 *
 * A peer that says how far it is when half of it is used up would have the host wait otherwise.
 *
 * @kernel tcp_bound_to_half_wnd
 */
function mostOfWindow({ maxWindow, net }: TcpSock): number {
  // 4.4BSD lets half a window go before a segment is full, but cuts none for it.
  if (net.profile === 'bsd-4.4') return 0;
  // Later systems leave tiny windows whole.
  return net.profile === 'linux-6' && maxWindow <= MIN_RCVMSS ? maxWindow : maxWindow >> 1;
}

/** @kernel tcp_current_mss */
export function currentMss(sk: TcpSock): number {
  const mtu = pathMtuOf(sk);
  return mtu === sk.pmtu ? sk.mss : syncMss(sk, mtu);
}

/** What is offered to the peer. @kernel dst_metric(dst, RTAX_ADVMSS) */
export function advertisedMss(sk: TcpSock): number {
  return asProgramWants(sk, mssOfMtu(pathMtuOf(sk), sk.af.netHeaderLength));
}

/** Before 2.6.34 what the program has set is only for what is sent. */
function asProgramWants({ userMss, net }: TcpSock, mss: number): number {
  return userMss > 0 && net.profile === 'linux-6' ? Math.min(userMss, mss) : mss;
}

/** The same for a peer that there is no connection to yet. */
export function advertisedMssTo(sk: TcpSock, raddr: number, laddr: number): number {
  const route = ipRouteOutput(sk.net, { daddr: raddr, saddr: laddr });
  const mtu = 'ok' in route ? dstMtu(sk.net, route.ok) : 1500;
  return asProgramWants(sk, mssOfMtu(mtu, sk.af.netHeaderLength));
}

/** A first guess of the peer's segments. @kernel tcp_initialize_rcv_mss */
export function initializeRcvMss(sk: TcpSock): void {
  let hint = Math.min(sk.advmss, sk.mss, sk.rcvWnd >> 1, MIN_RCVMSS);
  hint = Math.max(hint, 8);
  sk.ack.rcvMss = hint;
}
