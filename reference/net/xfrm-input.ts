/**
 * Transforms of packets that come in, as IPsec has them, and what asks whether a packet has passed them.
 *
 * A protocol of IP is the transform: its handler takes header and trailer off, notes itself in the path of
 * the packet, and has what is left handed to the next protocol. A policy compares the path.
 *
 * Source: Linux 2.6.11, net/ipv4/xfrm4_input.c, xfrm4_rcv(); net/xfrm/xfrm_policy.c, __xfrm_policy_check().
 * Left out: keys and ciphers.
 */
import { putBe16 } from './bytes.ts';
import { ipHeader, ipSendCheck, networkOctets } from './ip-header.ts';
import type { Net } from './net.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { skbLinearize, skbTrim } from './sk-buff-paged.ts';
import { skbPull, type SkBuff } from './sk-buff.ts';

/** @kernel struct xfrm_state */
export interface InputState {
  readonly protocol: number;
  /** Octets in front and behind. */
  readonly header: number;
  readonly trailer: number;
  readonly next: number;
}

/** @returns false where the protocol is somebody's already. @kernel xfrm_state_insert */
export function addInputState(net: Net, state: InputState): boolean {
  if (net.protocols.has(state.protocol)) return false;
  net.protocols.set(state.protocol, { handler: (_, skb) => xfrm4Rcv(skb, state) });
  return true;
}

/** @returns the protocol to go on with; 0 for a packet that was thrown away. @kernel xfrm4_rcv */
function xfrm4Rcv(skb: SkBuff, { protocol, header, trailer, next }: InputState): number {
  if (!skbLinearize(skb) || skb.len < header + trailer) {
    kfreeSkb(skb);
    return 0;
  }
  const { headerLength } = ipHeader(skb);
  const ip = networkOctets(skb).slice(0, headerLength);
  skbPull(skb, header);
  skbTrim(skb, skb.len - trailer);
  skb.h = skb.data;
  skb.nh = skb.data - headerLength;
  ip[9] = next;
  putBe16(ip, 2, headerLength + skb.len);
  ipSendCheck(ip);
  skb.head.bytes.set(ip, skb.nh);
  skb.securityPath = [...skb.securityPath, protocol];
  return next;
}

/** Whether a packet may be given to the protocol. @kernel xfrm4_policy_check */
export function policyCheck({ inputPolicies }: Net, skb: SkBuff, protocol: number): boolean {
  const wanted = inputPolicies.get(protocol);
  if (wanted === undefined) return true;
  const path = skb.securityPath;
  return path.length === wanted.length && wanted.every((one, at) => path[at] === one);
}
