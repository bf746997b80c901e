/**
 * UDP: datagrams between ports.
 *
 * Source: RFC 768; Linux 2.6.11, net/ipv4/udp.c; 4.4BSD, netinet/udp_usrreq.c.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { enter } from '../kernel/ftrace.ts';
import { ERESTARTSYS, type Restartable } from '../kernel/interrupted-call.ts';
import type { Steps } from '../kernel/processors.ts';
import type { Task } from '../kernel/task.ts';
import { be16, putBe16 } from './bytes.ts';
import { csumPartial, csumTcpudpMagic } from './csum.ts';
import { swab16 } from './bytes.ts';
import { bsdErrno, icmpErrno } from './icmp-errno.ts';
import { icmpSend } from './icmp.ts';
import { allMatching, lookupSock, type Flow } from './inet-port.ts';
import {
  ipAppendData,
  ipFlushPendingFrames,
  ipMakeSkb,
  ipPushPendingFrames,
  transportOctets,
} from './ip-append.ts';
import { IP_HEADER, ipHeader } from './ip-header.ts';
import type { Net } from './net.ts';
import type { IcmpError, InetProtocol, Quoted } from './protocols.ts';
import { dstMtu } from './path-mtu.ts';
import { ipRouteOutput, type Dst } from './route.ts';
import { skbTrim } from './sk-buff-paged.ts';
import { kfreeSkb, skbClone } from './sk-buff-sharing.ts';
import { CHECKSUM_UNNECESSARY, skbContents, type SkBuff } from './sk-buff.ts';
import {
  chargesSender,
  sockError,
  sockQueueRcvSkb,
  wakeSock,
  type Cork,
  type Sock,
} from './sock.ts';
import { IPPROTO_UDP, UDP_CHECK_OFFSET, UDP_HEADER } from './transport-checksum.ts';
import { copyFromUser, type UserOctets } from './user-memory.ts';
import { waitForRoom } from './datagram.ts';

const LENGTH_MAX = 65_535;

/** One end of a flow. */
export interface InetAddress {
  readonly address: number;
  readonly port: number;
}

/** What a program wants sent. */
export interface Message extends UserOctets {
  readonly to?: InetAddress | undefined;
  readonly more: boolean;
  readonly outOfBand: boolean;
  readonly dontWait: boolean;
}

type Failure = Errno;

/** Whom a datagram goes to. */
function receiver(sk: Sock, { to }: Message): Outcome<InetAddress, Failure> {
  if (to === undefined) {
    if (!sk.connected) return failure('EDESTADDRREQ');
    return success({ address: sk.daddr, port: sk.dport });
  }
  if (sk.connected && sk.net.profile === 'bsd-4.4') return failure('EISCONN');
  return to.port === 0 ? failure('EINVAL') : success(to);
}

/** The route, from the socket's own when it is still good. @kernel sk_dst_check */
export function routeOf(sk: Sock, daddr: number, own: boolean): Outcome<Dst, Failure> {
  const { net, cachedDst } = sk;
  if (own && cachedDst !== null && cachedDst.generation === net.routing.generation) {
    return success(cachedDst);
  }
  const device = net.devices.get(sk.boundDevice ?? '');
  const route = ipRouteOutput(net, { daddr, saddr: sk.sourceAddress, device });
  if (!('ok' in route)) {
    net.counters.OutNoRoutes += 1;
    return route;
  }
  if (route.ok.type === 'broadcast' && !sk.broadcast) return failure('EACCES');
  if (own) sk.cachedDst = route.ok;
  return route;
}

/**
 * Sends a datagram, or a piece of one that is not yet whole.
 *
 * @returns octets taken.
 * @kernel udp_sendmsg
 */
export function* udpSendmsg(
  sk: Sock,
  task: Task,
  message: Message,
): Steps<Restartable<number, Failure>> {
  enter('udp_sendmsg');
  const { octets } = message;
  if (octets.length > LENGTH_MAX) return failure('EMSGSIZE');
  if (message.outOfBand) return failure('EOPNOTSUPP');
  if (sk.net.profile === 'bsd-4.4' && octets.length > sk.sndbuf) return failure('EMSGSIZE');
  const faulted = copiedBefore(sk, message);
  if (faulted !== undefined) return failure(faulted);
  const pending = sk.cork !== null;
  const corked = pending ? success(sk.cork as Cork) : begin(sk, message);
  if (!('ok' in corked)) return corked;
  if (chargesSender(sk) && !pending) {
    const room = yield* waitForRoom(sk, task, message.dontWait);
    if (room === ERESTARTSYS || !('ok' in room)) return room;
  }
  const more = message.more || sk.corked;
  sk.cork = corked.ok;
  const transport = pending ? 0 : UDP_HEADER;
  const appended = ipAppendData(sk, corked.ok, { ...message, more }, transport);
  if (!('ok' in appended)) {
    ipFlushPendingFrames(sk);
    return appended;
  }
  if (more) return success(octets.length);
  return udpPush(sk, octets.length);
}

/** 4.4BSD copies all before it asks where to; an error that waits, or no peer, comes first. @kernel sosend */
function copiedBefore(sk: Sock, message: Message): 'EFAULT' | undefined {
  const asked = message.to !== undefined || sk.connected;
  if (sk.net.profile !== 'bsd-4.4' || sk.error !== null || !asked) return undefined;
  const copied = copyFromUser(message, 0, message.octets.length);
  return copied === null ? 'EFAULT' : undefined;
}

/** Sends what has been appended. @returns as the call that it is a part of. */
export function udpPush(sk: Sock, length: number): Outcome<number, Failure> {
  const sent = udpPushPendingFrames(sk);
  if (sent === 0) return success(length);
  // A queue that was full is no error for a program that has not asked for such.
  if (sent === 'NET_XMIT_DROP') return sk.receiveErrors ? failure('ENOBUFS') : success(length);
  return sent === 'NET_XMIT_BYPASS' ? success(length) : failure(sent);
}

/** What all pieces of a datagram have in common. */
function begin(sk: Sock, message: Message): Outcome<Cork, Failure> {
  const to = receiver(sk, message);
  if (!('ok' in to)) return to;
  const error = sockError(sk);
  if (error !== null) return failure(error);
  const own = sk.connected && message.to === undefined;
  const route = routeOf(sk, to.ok.address, own);
  if (!('ok' in route)) return route;
  return success({
    dst: route.ok,
    daddr: route.ok.destination,
    dport: to.ok.port,
    saddr: sk.sourceAddress === 0 ? route.ok.source : sk.sourceAddress,
    mtu: dstMtu(sk.net, route.ok),
    length: 0,
  });
}

/** Writes the UDP header before the whole datagram. @kernel udp_push_pending_frames */
function udpPushPendingFrames(sk: Sock): ReturnType<typeof ipPushPendingFrames> {
  enter('udp_push_pending_frames');
  const { cork, net } = sk;
  const skb = ipMakeSkb(sk);
  if (skb === undefined || cork === null) return 0;
  const header = transportOctets(skb);
  putBe16(header, 0, sk.port);
  putBe16(header, 2, cork.dport);
  putBe16(header, 4, skb.len - IP_HEADER);
  const datagram = skbContents(skb).subarray(IP_HEADER);
  putBe16(header, UDP_CHECK_OFFSET, checksum(cork.saddr, cork.daddr, datagram) || 0xffff);
  net.counters.UdpOutDatagrams += 1;
  return ipPushPendingFrames(sk, skb, cork);
}

/** In network order, as it would be over a field of zero. */
function checksum(saddr: number, daddr: number, datagram: Uint8Array): number {
  const ends = { source: saddr, destination: daddr };
  const pseudo = { ...ends, length: datagram.length, protocol: IPPROTO_UDP };
  return swab16(csumTcpudpMagic(pseudo, csumPartial(datagram, 0)));
}

/** Whether the header agrees with what there is, and the checksum with both. */
function goodDatagram(skb: SkBuff, saddr: number, daddr: number): boolean {
  const datagram = skbContents(skb);
  const length = be16(datagram, 4);
  if (datagram.length < UDP_HEADER || length > datagram.length || length < UDP_HEADER) return false;
  if (length < datagram.length) skbTrim(skb, length);
  if (be16(datagram, UDP_CHECK_OFFSET) === 0 || skb.ipSummed === CHECKSUM_UNNECESSARY) return true;
  return checksum(saddr, daddr, datagram.subarray(0, length)) === 0;
}

/** @kernel udp_rcv */
function udpRcv(net: Net, skb: SkBuff): number {
  enter('udp_rcv');
  const { saddr, daddr } = ipHeader(skb);
  if (!goodDatagram(skb, saddr, daddr)) {
    net.counters.UdpInErrors += 1;
    kfreeSkb(skb);
    return 0;
  }
  const datagram = skbContents(skb);
  const flow: Flow = {
    saddr,
    sport: be16(datagram, 0),
    daddr,
    dport: be16(datagram, 2),
    device: skb.dev,
  };
  const toMany = skb.dst?.type === 'broadcast' || skb.dst?.type === 'multicast';
  if (toMany) {
    for (const sk of allMatching(net, flow)) queueRcv(sk, skbClone(skb));
    kfreeSkb(skb);
    return 0;
  }
  const sk = lookupSock(net, flow);
  if (sk !== undefined) {
    queueRcv(sk, skb);
    return 0;
  }
  net.counters.UdpNoPorts += 1;
  icmpSend(net, skb, { type: 3, code: 3, info: 0 });
  kfreeSkb(skb);
  return 0;
}

/** @kernel udp_queue_rcv_skb */
function queueRcv(sk: Sock, skb: SkBuff): void {
  if (sockQueueRcvSkb(sk, skb, UDP_HEADER)) {
    if (sk.net.profile !== 'linux-6') sk.net.counters.UdpInDatagrams += 1;
    return;
  }
  sk.net.counters.UdpInErrors += 1;
  kfreeSkb(skb);
}

/** A datagram was read: later systems count it only now. @kernel udp_recvmsg */
export function udpWasRead({ net }: Sock): void {
  if (net.profile === 'linux-6') net.counters.UdpInDatagrams += 1;
}

/** A datagram was taken and could not be copied: later systems count it as an error. @kernel udp_recvmsg */
export function udpWasLost({ net }: Sock): void {
  if (net.profile === 'linux-6') net.counters.UdpInErrors += 1;
}

/** Who sent a datagram that waits, and what it says. */
export function udpContents(skb: SkBuff): {
  readonly from: InetAddress;
  readonly octets: Uint8Array;
} {
  const datagram = skbContents(skb);
  const from = { address: ipHeader(skb).saddr, port: be16(datagram, 0) };
  return { from, octets: datagram.slice(UDP_HEADER) };
}

function sockOf(net: Net, { saddr, daddr, transport, device }: Quoted): Sock | undefined {
  const flow = { saddr: daddr, sport: be16(transport, 2), daddr: saddr, dport: be16(transport, 0) };
  return lookupSock(net, { ...flow, device });
}

/** An error about a datagram of ours. @kernel udp_err */
function udpErr(net: Net, quoted: Quoted, error: IcmpError): void {
  const sk = sockOf(net, quoted);
  if (sk === undefined) return;
  if (net.profile === 'bsd-4.4') {
    udpNotify(sk, bsdErrno(error));
    return;
  }
  const meaning = icmpErrno(error);
  if (meaning === undefined) return;
  const tooBig = error.type === 3 && error.code === 4;
  if (tooBig && sk.pmtuDisc === 'DONT') return;
  const fatal = meaning.fatal || tooBig;
  if (!sk.receiveErrors && (!fatal || !sk.connected)) return;
  sk.error = meaning.errno;
  wakeSock(sk);
}

/** 4.4BSD does not ask whether it may pass. @kernel udp_ctlinput, in_pcbnotify, udp_notify */
function udpNotify(sk: Sock, errno: Errno | null): void {
  if (errno === null || !sk.connected) return;
  sk.error = errno;
  wakeSock(sk);
}

export const udpProtocol: InetProtocol = {
  handler: udpRcv,
  errHandler: udpErr,
  isOurs: (net, quoted) => sockOf(net, quoted) !== undefined,
};
