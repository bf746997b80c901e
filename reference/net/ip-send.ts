/**
 * Sends a packet of the kernel's own, such as an ICMP message.
 *
 * Source: Linux 2.6.11, net/ipv4/icmp.c, whose socket lets its packets be cut up.
 */
import { enter } from '../kernel/ftrace.ts';
import { IP_HEADER, writeIpHeader } from './ip-header.ts';
import { dstOutput, ipSelectIdent, LINK_ROOM } from './ip-output.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { tosToPriority } from './priority.ts';
import type { Dst } from './route.ts';
import { allocSkb, skbPut, skbReserve } from './sk-buff.ts';

const DEFAULT_TTL = 64;
/** Errors of 4.4BSD live as long as can be. @kernel MAXTTL */
const MAXTTL = 255;

export interface KernelDatagram {
  readonly protocol: number;
  readonly tos: number;
  /** Transport header and data, checksum included. */
  readonly message: Uint8Array;
}

/** Sends by a route, from that route's source address. */
export function ipSend(net: Net, dst: Dst, { protocol, tos, message }: KernelDatagram): Sent {
  enter('ip_send');
  const skb = allocSkb(LINK_ROOM + IP_HEADER + message.length);
  if (skb === null) return 'ENOMEM';
  skbReserve(skb, LINK_ROOM);
  skb.nh = skbPut(skb, IP_HEADER + message.length);
  skb.h = skb.nh + IP_HEADER;
  skb.head.bytes.set(message, skb.h);
  skb.dst = dst;
  skb.priority = tosToPriority(tos, net.profile);
  writeIpHeader(skb, {
    tos,
    id: ipSelectIdent(net, { destination: dst.destination, fragOff: 0 }, null),
    fragOff: 0,
    ttl: net.profile === 'bsd-4.4' ? MAXTTL : DEFAULT_TTL,
    protocol,
    saddr: dst.source,
    daddr: dst.destination,
    options: new Uint8Array(0),
  });
  const place = { hook: 'LOCAL_OUT', in: null, out: dst.device } as const;
  return nfHook(net.netfilter, place, skb, (passed) => dstOutput(net, passed));
}
