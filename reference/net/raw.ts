/**
 * Raw sockets: copies of what comes in, and packets whose header a program may have made itself.
 *
 * Source: Linux 2.6.11, net/ipv4/raw.c; 4.4BSD, netinet/raw_ip.c.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { enter } from '../kernel/ftrace.ts';
import { be16, octetAt, putBe16, putBe32 } from './bytes.ts';
import { icmpErrno } from './icmp-errno.ts';
import { ipAppendData, ipFlushPendingFrames, ipMakeSkb, ipPushPendingFrames } from './ip-append.ts';
import { IP_HEADER, ipHeader, ipSendCheck, networkOctets, readIpHeader } from './ip-header.ts';
import { dstOutput, ipSelectIdent, LINK_ROOM } from './ip-output.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import type { IcmpError, Quoted } from './protocols.ts';
import { dstMtu } from './path-mtu.ts';
import type { Dst } from './route.ts';
import { kfreeSkb, skbClone } from './sk-buff-sharing.ts';
import { allocSkb, skbContents, skbPush, skbPut, skbReserve, type SkBuff } from './sk-buff.ts';
import { sockError, sockQueueRcvSkb, wakeSock, type Sock } from './sock.ts';
import { routeOf, type InetAddress, type Message } from './udp.ts';
import { copyFromUser } from './user-memory.ts';

export const IPPROTO_RAW = 255;
const IPPROTO_ICMP = 1;
const PACKET_MAX = 65_535;

interface Flow {
  readonly protocol: number;
  readonly saddr: number;
  readonly daddr: number;
  readonly device: string | null;
}

/** @kernel __raw_v4_lookup */
const matches = (sk: Sock, { protocol, saddr, daddr, device }: Flow): boolean =>
  sk.protocol === protocol &&
  (sk.daddr === 0 || sk.daddr === saddr) &&
  (sk.receiveAddress === 0 || sk.receiveAddress === daddr) &&
  (sk.boundDevice === null || sk.boundDevice === device);

/** Whether the program has asked not to be given such. @kernel icmp_filter */
function filtered({ icmpFilter, protocol }: Sock, message: Uint8Array): boolean {
  const type = octetAt(message, 0);
  return protocol === IPPROTO_ICMP && type < 32 && ((icmpFilter >>> type) & 1) === 1;
}

/**
 * Gives each raw socket of the protocol a copy, the IP header in front.
 *
 * @returns whether there was one.
 * @kernel raw_v4_input
 */
export function rawDeliver(net: Net, skb: SkBuff, protocol: number): boolean {
  const { saddr, daddr } = ipHeader(skb);
  const flow = { protocol, saddr, daddr, device: skb.dev };
  const wanting = net.rawSockets.filter((sk) => matches(sk, flow));
  for (const sk of wanting) {
    if (filtered(sk, skbContents(skb))) continue;
    const copy = skbClone(skb);
    skbPush(copy, copy.data - (copy.nh ?? copy.data));
    if (!sockQueueRcvSkb(sk, copy, 0)) kfreeSkb(copy);
  }
  return wanting.length > 0;
}

/** In 4.4BSD raw sockets are not told. @kernel raw_err */
export function rawError(net: Net, quoted: Quoted, error: IcmpError): void {
  if (net.profile === 'bsd-4.4') return;
  const meaning = icmpErrno(error);
  if (meaning === undefined) return;
  const answered = { ...quoted, saddr: quoted.daddr, daddr: quoted.saddr };
  for (const sk of net.rawSockets.filter((other) => matches(other, answered))) {
    const tooBig = error.type === 3 && error.code === 4;
    const fatal = meaning.fatal || (tooBig && sk.pmtuDisc !== 'DONT');
    if (!sk.receiveErrors && (!fatal || !sk.connected)) continue;
    sk.error = meaning.errno;
    wakeSock(sk);
  }
}

function receiver(sk: Sock, { to }: Message): Outcome<number, Errno> {
  if (to !== undefined) return success(to.address);
  return sk.connected ? success(sk.daddr) : failure('EDESTADDRREQ');
}

/** @returns octets sent. @kernel raw_sendmsg */
export function rawSendmsg(sk: Sock, message: Message): Outcome<number, Errno> {
  enter('raw_sendmsg');
  const { octets } = message;
  if (octets.length > PACKET_MAX) return failure('EMSGSIZE');
  if (message.outOfBand) return failure('EOPNOTSUPP');
  const to = receiver(sk, message);
  if (!('ok' in to)) return to;
  const error = sockError(sk);
  if (error !== null) return failure(error);
  const route = routeOf(sk, to.ok, sk.connected && message.to === undefined);
  if (!('ok' in route)) return route;
  const sent = sk.headerIncluded
    ? sendWithHeader(sk, route.ok, message)
    : sendBare(sk, route.ok, message);
  if (sent === 0 || sent === 'NET_XMIT_DROP' || sent === 'NET_XMIT_BYPASS') {
    return success(octets.length);
  }
  return failure(sent);
}

/** A packet whose IP header is ours. */
function sendBare(sk: Sock, dst: Dst, message: Message): Sent {
  const cork = {
    dst,
    daddr: dst.destination,
    dport: 0,
    saddr: sk.sourceAddress === 0 ? dst.source : sk.sourceAddress,
    mtu: dstMtu(sk.net, dst),
    length: 0,
  };
  const appended = ipAppendData(sk, cork, { ...message, more: false }, 0);
  if ('errno' in appended) {
    ipFlushPendingFrames(sk);
    return appended.errno;
  }
  const skb = ipMakeSkb(sk);
  return skb === undefined ? 0 : ipPushPendingFrames(sk, skb, cork);
}

/** A packet whose header the program has made: what it may leave to us is filled in. @kernel raw_send_hdrinc */
function sendWithHeader(sk: Sock, dst: Dst, message: Message): Sent {
  const { net } = sk;
  const { octets } = message;
  if (octets.length > dst.device.mtu) return 'EMSGSIZE';
  if (octets.length < IP_HEADER) return 'EINVAL';
  const copied = copyFromUser(message, 0, octets.length);
  if (copied === null) return 'EFAULT';
  const skb = allocSkb(LINK_ROOM + octets.length) as SkBuff;
  skbReserve(skb, LINK_ROOM);
  skb.nh = skbPut(skb, octets.length);
  skb.dst = dst;
  skb.priority = sk.priority;
  const bytes = networkOctets(skb);
  bytes.set(copied);
  const { headerLength, saddr, fragOff, daddr } = readIpHeader(bytes);
  if (headerLength >= IP_HEADER && headerLength <= octets.length) {
    if (saddr === 0) putBe32(bytes, 12, dst.source);
    putBe16(bytes, 2, octets.length);
    if (be16(bytes, 4) === 0) {
      putBe16(bytes, 4, ipSelectIdent(net, { destination: daddr, fragOff }, null));
    }
    ipSendCheck(bytes);
  }
  const place = { hook: 'LOCAL_OUT', in: null, out: dst.device } as const;
  return nfHook(net.netfilter, place, skb, (passed) => dstOutput(net, passed));
}

/** Who sent a packet that waits, and all of it, its header included. */
export function rawContents(skb: SkBuff): {
  readonly from: InetAddress;
  readonly octets: Uint8Array;
} {
  return { from: { address: ipHeader(skb).saddr, port: 0 }, octets: skbContents(skb).slice() };
}
