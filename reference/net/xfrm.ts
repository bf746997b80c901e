/**
 * Transforms of packets on their way out, as IPsec has them.
 *
 * A route to a destination that has transforms is a stack: each has an output of its own, which puts a
 * header between IP's and what follows, and a trailer behind, and then says NET_XMIT_BYPASS, so that the
 * output below it is called; the lowest is IP's. The stack tells how much room all need together, so that
 * who builds a packet leaves it.
 *
 * Source: Linux 2.6.11, net/ipv4/xfrm4_output.c, net/ipv4/xfrm4_policy.c, __xfrm4_bundle_create();
 * include/net/dst.h, header_len, trailer_len. Left out: keys and ciphers, policies by port.
 */
import type { Errno } from '../../contract/index.ts';
import { enter } from '../kernel/ftrace.ts';
import { putBe16 } from './bytes.ts';
import { ipHeader, ipSendCheck, networkOctets } from './ip-header.ts';
import { LINK_ROOM } from './ip-output.ts';
import type { Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import type { Dst } from './route.ts';
import { kfreeSkb, pskbExpandHead, skbCloned } from './sk-buff-sharing.ts';
import { skbLinearize } from './sk-buff-paged.ts';
import { skbHeadroom, skbPush, skbPut, skbTailroom, type SkBuff } from './sk-buff.ts';

/** @kernel struct xfrm_state */
export interface Transform {
  /** Of IP, as the packet has it from then on. */
  readonly protocol: number;
  readonly header: Uint8Array;
  readonly trailer: Uint8Array;
  /** What its output answers once it has done its part: to go on, to have taken the packet, or an error. */
  readonly answer: 'NET_XMIT_BYPASS' | 0 | Errno;
}

/** The route with transforms on top, the first outermost in the stack. @kernel xfrm_lookup */
export function xfrmLookup({ xfrms }: Net, route: Dst): Dst {
  const transforms = xfrms.get(route.destination) ?? [];
  return transforms.reduceRight<Dst>(stackOn, route);
}

function stackOn(child: Dst, transform: Transform): Dst {
  return {
    ...child,
    child,
    headerLength: child.headerLength + transform.header.length,
    trailerLength: child.trailerLength + transform.trailer.length,
    output: (net, skb) => xfrmOutput(net, skb, transform, child),
  };
}

/** @kernel xfrm4_output */
function xfrmOutput(net: Net, skb: SkBuff, transform: Transform, child: Dst): Sent {
  enter('xfrm4_output');
  if (transform.answer !== 'NET_XMIT_BYPASS') {
    kfreeSkb(skb);
    return transform.answer;
  }
  skb.dst = child;
  return encapsulate(net, skb, transform, child);
}

/** Moves IP's header to the front, and writes header and trailer where there is room now. */
function encapsulate(net: Net, skb: SkBuff, transform: Transform, child: Dst): Sent {
  const { header, trailer, protocol } = transform;
  const { headerLength } = ipHeader(skb);
  const front = header.length + child.headerLength + LINK_ROOM;
  if (!makeRoom(skb, front, trailer.length + child.trailerLength)) {
    net.counters.OutDiscards += 1;
    kfreeSkb(skb);
    return 'ENOMEM';
  }
  const { bytes } = skb.head;
  const ip = bytes.slice(skb.data, skb.data + headerLength);
  skb.nh = skbPush(skb, header.length);
  skb.h = skb.nh + headerLength;
  bytes.set(ip, skb.nh);
  bytes.set(header, skb.h);
  bytes.set(trailer, skbPut(skb, trailer.length));
  const octets = networkOctets(skb);
  octets[9] = protocol;
  putBe16(octets, 2, skb.len);
  ipSendCheck(octets);
  return 'NET_XMIT_BYPASS';
}

/** Makes the packet one piece with so much room in front and behind. @kernel skb_cow_data */
function makeRoom(skb: SkBuff, front: number, behind: number): boolean {
  if (!skbLinearize(skb)) return false;
  const missingInFront = Math.max(0, front - skbHeadroom(skb));
  const missingBehind = Math.max(0, behind - skbTailroom(skb));
  const enough = missingInFront === 0 && missingBehind === 0 && !skbCloned(skb);
  return enough || pskbExpandHead(skb, missingInFront, missingBehind);
}
