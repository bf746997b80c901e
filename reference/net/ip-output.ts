/**
 * IP output: from a packet with a header and a route to the neighbour, in pieces where it is too long.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_output(), ip_finish_output(), ip_finish_output2(),
 * ip_fragment(); include/net/dst.h, dst_output().
 */
import { enter } from '../kernel/ftrace.ts';
import { bugOn } from '../kernel/bug.ts';
import { putBe16 } from './bytes.ts';
import { linkOutput, neighbourOutput } from './arp.ts';
import { icmpSend } from './icmp.ts';
import {
  ipHeader,
  IP_DF,
  IP_MF,
  ipSendCheck,
  networkOctets,
  fragmentOffset,
  type IpHeader,
} from './ip-header.ts';
import { optionsForFragments } from './ip-options.ts';
import { devQueueXmit } from './net-device.ts';
import { ETH_P_IP, MAC_BROADCAST } from './net-input.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { dstMtu } from './path-mtu.ts';
import type { Dst } from './route.ts';
import { copyFeatures, kfreeSkb, skbCloned, skbShared } from './sk-buff-sharing.ts';
import {
  allocSkb,
  skbContents,
  skbHeadlen,
  skbPagelen,
  skbHeadroom,
  skbPush,
  skbPut,
  skbReserve,
  type SkBuff,
} from './sk-buff.ts';
import { probe } from './skb-probe.ts';
import { skbSetOwnerW } from './sock.ts';

/** Octets before the network header in a buffer of our own: the link header, rounded up. */
export const LINK_ROOM = 16;

/** Outputs on top of each other; more are a circle. */
const MAX_BYPASS = 100;

/** The route of a packet that has one by now. */
export function dstOf(skb: SkBuff): Dst {
  bugOn(skb.dst === null, 'a packet without a route');
  return skb.dst as Dst;
}

/** Calls the output of the route, and again as long as that has put another one in. @kernel dst_output */
export function dstOutput(net: Net, skb: SkBuff): Sent {
  enter('dst_output');
  for (let calls = 0; ; calls++) {
    const sent = dstOf(skb).output(net, skb);
    if (sent !== 'NET_XMIT_BYPASS') return sent;
    bugOn(calls > MAX_BYPASS, 'dst_output goes in a circle');
  }
}

/** @kernel ip_output */
export function ipOutput(net: Net, skb: SkBuff): Sent {
  enter('ip_output');
  probe(net, 'ip_output', skb);
  net.counters.OutRequests += 1;
  // Since 2.6.12 the last hook sees the packet before it is cut.
  if (net.profile === 'linux-6') return ipFinishOutput(net, skb, fragmentAsNeeded);
  return fragmentAsNeeded(net, skb, ipFinishOutput);
}

type Output = (net: Net, skb: SkBuff) => Sent;

function fragmentAsNeeded(net: Net, skb: SkBuff, output: Output = ipFinishOutput2): Sent {
  return skb.len > dstMtu(net, dstOf(skb)) ? ipFragment(net, skb, output) : output(net, skb);
}

/** @kernel ip_finish_output */
function ipFinishOutput(net: Net, skb: SkBuff, output: Output = ipFinishOutput2): Sent {
  enter('ip_finish_output');
  const { device } = dstOf(skb);
  // In later systems the last hook is told by which interface a packet that is passed on came.
  const cameBy = net.profile === 'linux-6' ? (net.devices.get(skb.dev ?? '') ?? null) : null;
  skb.dev = device.name;
  skb.protocol = ETH_P_IP;
  const place = { hook: 'POST_ROUTING', in: cameBy, out: device } as const;
  return nfHook(net.netfilter, place, skb, (passed) => output(net, passed));
}

/** @kernel ip_finish_output2 */
function ipFinishOutput2(net: Net, skb: SkBuff): Sent {
  enter('ip_finish_output2');
  const { device, nextHop, type } = dstOf(skb);
  if (device.kind === 'loopback') return devQueueXmit(net, device, skb);
  if (type === 'broadcast') return linkOutput(net, device, MAC_BROADCAST, skb);
  if (type === 'multicast') return linkOutput(net, device, multicastMac(nextHop), skb);
  return neighbourOutput(net, device, nextHop, skb);
}

/** The low 23 bits of the group. Source: RFC 1112, section 6.4. */
function multicastMac(group: number): Uint8Array {
  return Uint8Array.of(0x01, 0x00, 0x5e, (group >>> 16) & 0x7f, group >>> 8, group);
}

/**
 * The next identification.
 *
 * @param connected - the sender's own counter, where its peer is fixed.
 * @param pieces - identifications to use up.
 * @kernel ip_select_ident
 */
export function ipSelectIdent(
  net: Net,
  { destination, fragOff }: { readonly destination: number; readonly fragOff: number },
  connected: { id: number } | null,
  pieces = 1,
): number {
  if (net.profile === 'bsd-4.4') {
    net.ipId = (net.ipId + 1) & 0xffff;
    return net.ipId;
  }
  if ((fragOff & IP_DF) !== 0) {
    if (connected === null) return 0;
    connected.id = (connected.id + 1) & 0xffff;
    return (connected.id - 1) & 0xffff;
  }
  const { peerIds } = net.routing;
  const id = peerIds.get(destination) ?? net.random() & 0xffff;
  peerIds.set(destination, (id + pieces) & 0xffff);
  return id;
}

/**
 * Cuts a packet into fragments and sends each.
 *
 * Every piece but the last carries a multiple of 8 octets. A packet that is a piece itself is cut into
 * pieces of the same datagram.
 *
 * @kernel ip_fragment
 */
export function ipFragment(net: Net, skb: SkBuff, output: (net: Net, skb: SkBuff) => Sent): Sent {
  enter('ip_fragment');
  const header = ipHeader(skb);
  const mtu = dstMtu(net, dstOf(skb));
  if ((header.fragOff & IP_DF) !== 0 && !skb.localDf) {
    net.counters.FragFails += 1;
    icmpSend(net, skb, { type: 3, code: 4, info: mtu });
    kfreeSkb(skb);
    return 'EMSGSIZE';
  }
  const pieces = readyMade(skb, header, mtu) ?? cutUp(net, skb, header, mtu);
  for (const [at, piece] of pieces.entries()) {
    const sent = output(net, piece);
    if (sent !== 0) {
      for (const unsent of pieces.slice(at + 1)) kfreeSkb(unsent);
      net.counters.FragFails += 1;
      return sent;
    }
    net.counters.FragCreates += 1;
  }
  net.counters.FragOKs += 1;
  return 0;
}

/** Writes length, offset and checksum of a piece. */
function finishPiece(piece: SkBuff, offset: number, flags: number): void {
  const bytes = networkOctets(piece);
  putBe16(bytes, 2, piece.len);
  putBe16(bytes, 6, (offset / 8) | flags);
  ipSendCheck(bytes);
}

/**
 * The pieces as they hang in the packet's list, when each is good as it is: then only headers are made.
 *
 * @returns undefined where they do not fit.
 */
function readyMade(skb: SkBuff, header: IpHeader, mtu: number): SkBuff[] | undefined {
  const { headerLength } = header;
  const { fragList } = skb.head;
  const room = mtu - headerLength;
  const first = skbPagelen(skb) - headerLength;
  const fits =
    fragList.length > 0 &&
    first <= room &&
    first % 8 === 0 &&
    (header.fragOff & (IP_MF | 0x1fff)) === 0 &&
    !skbCloned(skb) &&
    fragList.every(
      (piece, at) =>
        piece.len <= room &&
        (at === fragList.length - 1 || piece.len % 8 === 0) &&
        skbHeadroom(piece) >= headerLength + LINK_ROOM - 2 &&
        !skbShared(piece),
    );
  if (!fits) return undefined;
  const bytes = networkOctets(skb).slice(0, headerLength);
  const later = optionsForFragments(bytes);
  const rest = fragList.splice(0);
  const linear = skbHeadlen(skb);
  skb.len = skbPagelen(skb);
  skb.dataLen = skb.len - linear;
  let offset = first;
  finishPiece(skb, 0, IP_MF);
  for (const [at, piece] of rest.entries()) {
    const { len } = piece;
    piece.nh = skbPush(piece, headerLength);
    networkOctets(piece).set(later);
    inherit(piece, skb);
    finishPiece(piece, offset, at === rest.length - 1 ? 0 : IP_MF);
    offset += len;
  }
  return [skb, ...rest];
}

/** What a piece takes over from its packet. @kernel ip_copy_metadata */
function inherit(piece: SkBuff, from: SkBuff): void {
  const { priority, protocol, security, dst, dev, inputDev, pktType, owner } = from;
  Object.assign(piece, { priority, protocol, security, dst, dev, inputDev, pktType });
  copyFeatures(piece, from);
  // Each piece is the socket's, too, and charged until it has left.
  if (owner !== null && piece.owner === null) skbSetOwnerW(owner.sk, piece);
}

/** Copies the packet into pieces as long as they may be. */
function cutUp({ profile }: Net, skb: SkBuff, header: IpHeader, mtu: number): SkBuff[] {
  const { headerLength } = header;
  const contents = skbContents(skb);
  const pieces: SkBuff[] = [];
  const most = (mtu - headerLength) & ~7;
  // In 4.4BSD even the last is no longer than the others.
  const last = profile === 'bsd-4.4' ? most : mtu - headerLength;
  const begin = fragmentOffset(header);
  for (let at = headerLength; at < contents.length;) {
    const left = contents.length - at;
    const length = left <= last ? left : most;
    const piece = allocSkb(LINK_ROOM + headerLength + length) as SkBuff;
    skbReserve(piece, LINK_ROOM);
    piece.nh = skbPut(piece, headerLength + length);
    const bytes = networkOctets(piece);
    const front = contents.subarray(0, headerLength);
    bytes.set(at === headerLength ? front : optionsForFragments(front));
    bytes.set(contents.subarray(at, at + length), headerLength);
    inherit(piece, skb);
    at += length;
    const more = at < contents.length || (header.fragOff & IP_MF) !== 0;
    finishPiece(piece, begin + at - length - headerLength, more ? IP_MF : 0);
    pieces.push(piece);
  }
  kfreeSkb(skb);
  return pieces;
}
