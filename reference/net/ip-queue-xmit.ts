/**
 * IP output of protocols that size their packets themselves, such as TCP and SCTP.
 *
 * They hand down one ready segment after another of a socket whose peer is fixed, so the socket keeps
 * its route from one to the next and asks again only when routing has changed. A segment says DF while
 * the path MTU is being discovered; else one that was sized before the path shrank is still cut.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_queue_xmit(); include/net/ip.h, ip_dont_fragment().
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { enter } from '../kernel/ftrace.ts';
import { IP_DF, IP_HEADER, writeIpHeader } from './ip-header.ts';
import { dstOutput, ipSelectIdent } from './ip-output.ts';
import { nfHook, type Sent } from './netfilter.ts';
import { dstMtuLocked } from './path-mtu.ts';
import { ipRouteOutput, type Dst } from './route.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { skbPush, type SkBuff } from './sk-buff.ts';
import type { Sock } from './sock.ts';
import { sourceRouteOption, type SourceRoute } from './source-route.ts';

const NO_OPTIONS = new Uint8Array(0);

/** What it needs to know of a socket. */
export type XmitSock = Pick<
  Sock,
  | 'net'
  | 'protocol'
  | 'boundDevice'
  | 'sourceAddress'
  | 'daddr'
  | 'cachedDst'
  | 'tos'
  | 'ttl'
  | 'priority'
  | 'pmtuDisc'
  | 'ident'
> & {
  /** The way that its packets have to go; left out or null where that is up to routing. @kernel inet->opt */
  readonly sourceRoute?: SourceRoute | null;
};

/** The socket's route while it is good; null when it has to be looked up. @kernel __sk_dst_check */
export function skDstCheck(sk: Pick<Sock, 'net' | 'cachedDst'>): Dst | null {
  if (sk.cachedDst?.generation !== sk.net.routing.generation) sk.cachedDst = null;
  return sk.cachedDst;
}

/** The route to the socket's peer, or to the first stop on a way that it has chosen. */
function routeTo(sk: XmitSock): Outcome<Dst, 'EHOSTUNREACH'> {
  const { net, sourceRoute } = sk;
  const kept = skDstCheck(sk);
  if (kept !== null) return success(kept);
  enter('ip_route_output_flow');
  const found = ipRouteOutput(net, {
    daddr: sourceRoute?.stops[0] ?? sk.daddr,
    saddr: sk.sourceAddress,
    device: net.devices.get(sk.boundDevice ?? ''),
  });
  if (!('ok' in found)) return failure('EHOSTUNREACH');
  sk.cachedDst = found.ok;
  return found;
}

/** Whether packets must not be cut, since a router is to say that they are too long. @kernel ip_dont_fragment */
export function ipDontFragment({ net, pmtuDisc }: XmitSock, dst: Dst): boolean {
  return pmtuDisc === 'DO' || (pmtuDisc === 'WANT' && !dstMtuLocked(net, dst));
}

/**
 * Sends a segment: the route, the header, and down.
 *
 * @param skb - begins at the transport header, with room in front for IP's and the link's.
 * @param mayFragment - the protocol asks for no DF, whatever the socket says. @kernel ipfragok
 * @kernel ip_queue_xmit
 */
export function ipQueueXmit(sk: XmitSock, skb: SkBuff, mayFragment = false): Sent {
  enter('ip_queue_xmit');
  const { net, sourceRoute } = sk;
  const route = skb.dst === null ? routeTo(sk) : success(skb.dst);
  if (!('ok' in route) || (sourceRoute?.strict === true && route.ok.usesGateway)) {
    net.counters.OutNoRoutes += 1;
    kfreeSkb(skb);
    return 'EHOSTUNREACH';
  }
  const dst = route.ok;
  skb.dst = dst;
  buildHeader(sk, skb, dst, ipDontFragment(sk, dst) && !mayFragment ? IP_DF : 0);
  skb.priority = sk.priority;
  const place = { hook: 'LOCAL_OUT', in: null, out: dst.device } as const;
  return nfHook(net.netfilter, place, skb, (passed) => dstOutput(net, passed));
}

function buildHeader(sk: XmitSock, skb: SkBuff, dst: Dst, fragOff: number): void {
  const { sourceRoute = null } = sk;
  const options = sourceRoute === null ? NO_OPTIONS : sourceRouteOption(sourceRoute, sk.daddr);
  skb.h = skb.data;
  skb.nh = skbPush(skb, IP_HEADER + options.length);
  writeIpHeader(skb, {
    tos: sk.tos,
    id: ipSelectIdent(sk.net, { destination: dst.destination, fragOff }, sk.ident),
    fragOff,
    ttl: sk.ttl,
    protocol: sk.protocol,
    saddr: dst.source,
    daddr: dst.destination,
    options,
  });
}
