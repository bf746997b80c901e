/**
 * Forwarding: a packet for another host goes on.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward(), ip_forward_finish(); net/ipv4/route.c,
 * ip_error(), ip_rt_send_redirect().
 */
import { enter } from '../kernel/ftrace.ts';
import { NS_PER_MS, NS_PER_S } from './clock.ts';
import { icmpSend } from './icmp.ts';
import { IP_DF, ipDecreaseTtl, ipHeader, ipSendCheck, networkOctets } from './ip-header.ts';
import { optionsOf } from './ip-input.ts';
import { advanceSourceRoute, rewriteAddresses } from './ip-options.ts';
import { dstOf, dstOutput, LINK_ROOM } from './ip-output.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { dstMtu } from './path-mtu.ts';
import { tosToPriority } from './priority.ts';
import { kfreeSkb, skbCow } from './sk-buff-sharing.ts';
import { CHECKSUM_NONE, PACKET_HOST, type SkBuff } from './sk-buff.ts';
import { probe } from './skb-probe.ts';
import { xfrmLookup } from './xfrm.ts';

/** After so many that were ignored, a host is told no more. @kernel ip_rt_redirect_number */
const REDIRECT_NUMBER = 9;
/** @kernel ip_rt_redirect_load */
const REDIRECT_LOAD_NS = 20 * NS_PER_MS;
/** A host that was quiet for as long is told anew. @kernel ip_rt_redirect_silence */
const REDIRECT_SILENCE_NS = 20.48 * NS_PER_S;

const drop = (skb: SkBuff): 0 => {
  kfreeSkb(skb);
  return 0;
};

/** @kernel ip_forward */
export function ipForward(net: Net, skb: SkBuff): Sent {
  enter('ip_forward');
  probe(net, 'ip_forward', skb);
  if (skb.pktType !== PACKET_HOST) return drop(skb);
  skb.ipSummed = CHECKSUM_NONE;
  if (ipHeader(skb).ttl <= 1) {
    if (net.profile === 'linux-6') net.counters.InHdrErrors += 1;
    icmpSend(net, skb, { type: 11, code: 0, info: 0 });
    return drop(skb);
  }
  const dst = xfrmLookup(net, dstOf(skb));
  skb.dst = dst;
  if (optionsOf(skb)?.strict === true && dst.usesGateway) {
    icmpSend(net, skb, { type: 3, code: 5, info: 0 });
    return drop(skb);
  }
  if (net.profile === 'linux-6' && tooBig(net, skb)) {
    net.counters.FragFails += 1;
    icmpSend(net, skb, { type: 3, code: 4, info: dstMtu(net, dst) });
    return drop(skb);
  }
  if (!skbCow(skb, LINK_ROOM + dst.headerLength)) return drop(skb);
  ipDecreaseTtl(networkOctets(skb));
  if (dst.redirect && (optionsOf(skb)?.sourceRoute ?? 0) === 0) sendRedirect(net, skb);
  skb.priority = tosToPriority(ipHeader(skb).tos, net.profile);
  const place = { hook: 'FORWARD', in: net.devices.get(skb.dev ?? '') ?? null } as const;
  return nfHook(net.netfilter, { ...place, out: dst.device }, skb, (passed) =>
    ipForwardFinish(net, passed),
  );
}

const tooBig = (net: Net, skb: SkBuff): boolean =>
  skb.len > dstMtu(net, dstOf(skb)) && (ipHeader(skb).fragOff & IP_DF) !== 0;

/** @kernel ip_forward_finish */
function ipForwardFinish(net: Net, skb: SkBuff): Sent {
  enter('ip_forward_finish');
  net.counters.ForwDatagrams += 1;
  const options = optionsOf(skb);
  if (options !== undefined) {
    const bytes = networkOctets(skb);
    const address = dstOf(skb).source;
    rewriteAddresses(bytes, options, address);
    const { nextStop, sourceRoute } = options;
    if (nextStop !== null) advanceSourceRoute(bytes, sourceRoute, nextStop, address);
    ipSendCheck(bytes);
  }
  return dstOutput(net, skb);
}

/** The sender could send to the next hop itself. @kernel ip_rt_send_redirect */
function sendRedirect(net: Net, skb: SkBuff): void {
  const { saddr } = ipHeader(skb);
  const { nextHop } = dstOf(skb);
  const told = net.redirectsSent.get(saddr) ?? { count: 0, last: -Infinity };
  const silence = net.clock.now - told.last;
  if (silence > REDIRECT_SILENCE_NS) told.count = 0;
  if (told.count >= REDIRECT_NUMBER) {
    told.last = net.clock.now;
  } else if (told.count === 0 || silence > REDIRECT_LOAD_NS * 2 ** told.count) {
    icmpSend(net, skb, { type: 5, code: 1, info: nextHop });
    told.last = net.clock.now;
    told.count += 1;
  }
  net.redirectsSent.set(saddr, told);
}

/** Input of a packet that there is no way for. @kernel ip_error */
export function ipError(net: Net, skb: SkBuff): Sent {
  enter('ip_error');
  icmpSend(net, skb, { type: 3, code: 0, info: 0 });
  return drop(skb);
}
