/**
 * Segments that no connection sends: resets of what is nobody's, answers of TIME_WAIT and of requests.
 *
 * Source: RFC 9293, section 3.10.7.1; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_send_reset(),
 * tcp_v4_send_ack(); net/ipv4/ip_output.c, ip_send_reply(), ip_build_and_send_pkt().
 */
import { enter } from '../../kernel/ftrace.ts';
import { putBe16, putBe32 } from '../bytes.ts';
import { IP_DF, IP_HEADER, writeIpHeader } from '../ip-header.ts';
import { dstOutput, ipSelectIdent, LINK_ROOM } from '../ip-output.ts';
import { nfHook, type Sent } from '../netfilter.ts';
import type { Net } from '../net.ts';
import { tosToPriority } from '../priority.ts';
import { ipRouteOutput, type Dst } from '../route.ts';
import { allocSkb, skbLinear, skbPut, skbPush, skbReserve, type SkBuff } from '../sk-buff.ts';
import { IPPROTO_TCP, tcpV4SendCheck } from '../transport-checksum.ts';
import { ACK, RST, TCP_HEADER } from './constants.ts';
import { writeTimestamps } from './options.ts';
import type { Segment } from './segment.ts';

/** A segment without data, by its two ends. */
export interface Bare {
  readonly saddr: number;
  readonly sport: number;
  readonly daddr: number;
  readonly dport: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly window: number;
  readonly timestamps?: { readonly tsval: number; readonly tsecr: number } | null;
  /** Writes options behind the header, so many octets. */
  readonly options?: { readonly length: number; readonly write: (bytes: Uint8Array) => void };
  readonly tos?: number;
}

const TTL = 64;

/** Sends it, if there is a way. @returns what came of it. */
export function sendBare(net: Net, bare: Bare): Sent {
  const route = ipRouteOutput(net, { daddr: bare.daddr, saddr: bare.saddr });
  if (!('ok' in route)) {
    net.counters.OutNoRoutes += 1;
    return 'EHOSTUNREACH';
  }
  const skb = bareSegment(bare);
  if (skb === null) return 'ENOBUFS';
  net.tcp.counters.OutSegs += 1;
  return sendWithHeader(net, route.ok, skb, bare.tos ?? 0);
}

function bareSegment(bare: Bare): SkBuff | null {
  const stamps = bare.timestamps ?? null;
  const extra = bare.options?.length ?? (stamps === null ? 0 : 12);
  const skb = allocSkb(LINK_ROOM + IP_HEADER + TCP_HEADER + extra);
  if (skb === null) return null;
  skbReserve(skb, LINK_ROOM + IP_HEADER);
  skb.h = skbPut(skb, TCP_HEADER + extra);
  const bytes = skbLinear(skb);
  putBe16(bytes, 0, bare.sport);
  putBe16(bytes, 2, bare.dport);
  putBe32(bytes, 4, bare.seq);
  putBe32(bytes, 8, bare.ack);
  bytes[12] = ((TCP_HEADER + extra) / 4) << 4;
  bytes[13] = bare.flags;
  putBe16(bytes, 14, bare.window);
  if (bare.options !== undefined) bare.options.write(bytes);
  else if (stamps !== null) writeTimestamps(bytes, TCP_HEADER, stamps.tsval, stamps.tsecr);
  tcpV4SendCheck(skb, {
    source: bare.saddr,
    destination: bare.daddr,
  });
  return skb;
}

/** @kernel ip_build_and_send_pkt */
function sendWithHeader(net: Net, dst: Dst, skb: SkBuff, tos: number): Sent {
  skb.dst = dst;
  skb.nh = skbPush(skb, IP_HEADER);
  skb.priority = tosToPriority(tos, net.profile);
  const fragOff = net.profile === 'bsd-4.4' ? 0 : IP_DF;
  writeIpHeader(skb, {
    tos,
    id: ipSelectIdent(net, { destination: dst.destination, fragOff }, null),
    fragOff,
    ttl: TTL,
    protocol: IPPROTO_TCP,
    saddr: dst.source,
    daddr: dst.destination,
    options: NO_OPTIONS,
  });
  const place = { hook: 'LOCAL_OUT', in: null, out: dst.device } as const;
  return nfHook(net.netfilter, place, skb, (passed) => dstOutput(net, passed));
}

const NO_OPTIONS = new Uint8Array(0);

/**
 * Resets the connection that a segment supposes. A reset is never answered, nor what was for many.
 *
 * @kernel tcp_v4_send_reset
 */
export function sendReset(net: Net, segment: Segment): void {
  enter('tcp_v4_send_reset');
  if ((segment.flags & RST) !== 0 || !segment.unicast) return;
  net.tcp.counters.OutRsts += 1;
  const acked = (segment.flags & ACK) !== 0;
  sendBare(net, {
    saddr: segment.daddr,
    sport: segment.dport,
    daddr: segment.saddr,
    dport: segment.sport,
    seq: acked ? segment.ack : 0,
    ack: acked ? 0 : segment.endSeq,
    flags: acked ? RST : RST | ACK,
    window: 0,
  });
}
