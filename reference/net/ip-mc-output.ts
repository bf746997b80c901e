/**
 * Output of a packet to many: this host may be one of them.
 *
 * A copy comes back as if it had been received, before the packet leaves. It has its route already, needs
 * no link header, and was summed by nobody else, so much of the way in is saved.
 *
 * Source: RFC 1112, section 7.1; Linux 2.6.11, net/ipv4/ip_output.c, ip_mc_output(), ip_dev_loopback_xmit().
 */
import { enter } from '../kernel/ftrace.ts';
import { ipHeader } from './ip-header.ts';
import { dstOf, ipOutput } from './ip-output.ts';
import { doNetSoftirq, ETH_P_IP, netifRx, PACKET_LOOPBACK } from './net-input.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { kfreeSkb, skbClone } from './sk-buff-sharing.ts';
import { CHECKSUM_UNNECESSARY, type SkBuff } from './sk-buff.ts';

/** @kernel ip_mc_output */
export function ipMcOutput(net: Net, skb: SkBuff): Sent {
  enter('ip_mc_output');
  const { type } = dstOf(skb);
  if (type === 'broadcast' || skb.owner?.sk.multicastLoop !== false) loopBack(net, skb);
  // What may go no hop is for this host only.
  const stays = type === 'multicast' && ipHeader(skb).ttl === 0;
  const sent = stays ? 0 : ipOutput(net, skb);
  if (stays) kfreeSkb(skb);
  doNetSoftirq(net);
  return sent;
}

/** @kernel ip_dev_loopback_xmit */
function loopBack(net: Net, skb: SkBuff): void {
  const { device } = dstOf(skb);
  const copy = skbClone(skb);
  copy.dev = device.name;
  copy.protocol = ETH_P_IP;
  const place = { hook: 'POST_ROUTING', in: null, out: device } as const;
  nfHook(net.netfilter, place, copy, (passed) => {
    passed.pktType = PACKET_LOOPBACK;
    passed.ipSummed = CHECKSUM_UNNECESSARY;
    netifRx(net, device, passed);
    return 0;
  });
}
