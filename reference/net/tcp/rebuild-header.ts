/**
 * The route of a connection.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_rebuild_header(); 4.4BSD, netinet/ip_output.c, tcp_output.c,
 * where there is no route.
 */
import { skDstCheck } from '../ip-queue-xmit.ts';
import { dstMtu } from '../path-mtu.ts';
import { ipRouteOutput } from '../route.ts';
import type { TcpSock } from './tcp-sock.ts';

/** Looks the route up anew when the one that was kept is no longer good. @kernel tcp_v4_rebuild_header */
export function tcpV4RebuildHeader(sk: TcpSock): boolean {
  if (skDstCheck(sk) !== null) return true;
  const { net, daddr, sourceAddress, boundDevice } = sk;
  const device = net.devices.get(boundDevice ?? '');
  const route = ipRouteOutput(net, { daddr, saddr: sourceAddress, device });
  if (!('ok' in route)) {
    const told = 'errno' in route && net.profile !== 'bsd-4.4';
    sk.softError = told ? route.errno : 'EHOSTUNREACH';
    return false;
  }
  sk.cachedDst = route.ok;
  return true;
}

/** Forgets the route: segments that it was given do not arrive. @kernel dst_negative_advice */
export function dropRoute(sk: TcpSock): void {
  sk.cachedDst = null;
}

/** Longest packet to the peer; that of Ethernet where there is no route any more. */
export function pathMtuOf(sk: TcpSock): number {
  const dst = skDstCheck(sk);
  return dst === null ? sk.pmtu || 1500 : dstMtu(sk.net, dst);
}
