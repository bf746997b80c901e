/**
 * The socket as protocols see it, and what it is charged for.
 *
 * Source: Linux 2.6.11, include/net/sock.h, struct sock; include/linux/ip.h, struct inet_opt.
 */
import type { Errno } from '../../contract/index.ts';
import { wakeUp, type WaitQueue } from '../kernel/wait-queue.ts';
import { NS_PER_MS } from './clock.ts';
import type { SendPage } from './ip-append.ts';
import type { NetDevice } from './net-device.ts';
import type { Net } from './net.ts';
import type { Dst } from './route.ts';
import { skbContents, type SkBuff } from './sk-buff.ts';
import { probe } from './skb-probe.ts';

export type PmtuDisc = 'DONT' | 'WANT' | 'DO';

/** What the first append of a datagram fixed. @kernel inet->cork */
export interface Cork {
  readonly dst: Dst;
  readonly daddr: number;
  readonly dport: number;
  readonly saddr: number;
  readonly mtu: number;
  /** Octets so far, of transport header and data. */
  length: number;
}

interface Batch {
  /** Datagrams left of those that were there when the reader looked last. @kernel reader_queue */
  queued: number;
  /** Octets that were read and not yet given back. @kernel forward_deficit */
  deficit: number;
}

/** @kernel struct sock, struct inet_opt */
export interface Sock {
  readonly net: Net;
  readonly type: 'SOCK_DGRAM' | 'SOCK_RAW' | 'SOCK_STREAM';
  /** Of IP. */
  readonly protocol: number;
  connected: boolean;
  closed: boolean;
  receiveShutdown: boolean;
  sendShutdown: boolean;
  /** Waits to be told by the next call. */
  error: Errno | null;
  readonly receiveQueue: SkBuff[];
  /** Where the reader gives room back for many datagrams at once. @kernel struct udp_sock of linux-6 */
  readonly batch?: Batch;
  /** Octets that buffers in the queue are charged for. */
  rmemAlloc: number;
  rcvbuf: number;
  /** Octets of buffers that were handed down and are not sent. */
  wmemAlloc: number;
  sndbuf: number;
  readonly sleepers: WaitQueue;
  /** Buffers of its own have left. @kernel sk_write_space */
  readonly writeSpace: () => void;
  /** Nanoseconds; Infinity for no limit. */
  rcvtimeo: number;
  sndtimeo: number;
  reuseAddress: boolean;
  broadcast: boolean;
  priority: number;
  boundDevice: string | null;
  /** Address that packets to it must have; 0 for any. @kernel rcv_saddr */
  receiveAddress: number;
  /** Address that its packets have; 0 for the route's. @kernel saddr */
  sourceAddress: number;
  port: number;
  daddr: number;
  dport: number;
  /** The program has chosen them itself. @kernel SOCK_BINDADDR_LOCK, SOCK_BINDPORT_LOCK */
  addressLocked: boolean;
  portLocked: boolean;
  ttl: number;
  /** Of packets to groups. @kernel mc_ttl, mc_loop */
  multicastTtl: number;
  multicastLoop: boolean;
  /** Groups that it has joined, each on an interface. @kernel inet->mc_list */
  readonly groups: Map<number, NetDevice>;
  tos: number;
  pmtuDisc: PmtuDisc;
  headerIncluded: boolean;
  receiveErrors: boolean;
  corked: boolean;
  cork: Cork | null;
  /** Buffers of a datagram that is not yet sent. @kernel sk_write_queue */
  readonly writeQueue: SkBuff[];
  /** Where scattered data go. @kernel sk_sndmsg_page */
  sendPage: SendPage | null;
  cachedDst: Dst | null;
  /** Counter for packets that are not to be cut. */
  readonly ident: { id: number };
  /** Types that an ICMP raw socket does not want. @kernel ICMP_FILTER */
  icmpFilter: number;
}

/** Least that buffers may be set to. @kernel SOCK_MIN_RCVBUF, SOCK_MIN_SNDBUF */
export const SOCK_MIN_RCVBUF = 256;
export const SOCK_MIN_SNDBUF = 2048;

/** @kernel tick */
export const BSD_TICK_MS = 10;

/**
 * How long a call may sleep, in nanoseconds: Linux warns of a negative time and does not sleep, 4.4BSD sleeps for a tick.
 *
 * @kernel sock_rcvtimeo, sock_sndtimeo, schedule_timeout; in 4.4BSD timeout
 */
export function sockTimeo(sk: Sock, name: 'rcvtimeo' | 'sndtimeo'): number {
  const { [name]: timeo } = sk;
  const least = sk.net.profile === 'bsd-4.4' ? BSD_TICK_MS * NS_PER_MS : 0;
  return timeo < 0 ? least : timeo;
}

/** @kernel sysctl_rmem_default, on a machine of medium size */
export const RMEM_DEFAULT = 110_592;

export function newSock(net: Net, type: Sock['type'], protocol: number): Sock {
  const bsd = net.profile === 'bsd-4.4';
  const sk: Sock = {
    net,
    type,
    protocol,
    connected: false,
    closed: false,
    receiveShutdown: false,
    sendShutdown: false,
    error: null,
    receiveQueue: [],
    ...(net.profile === 'linux-6' && type === 'SOCK_DGRAM' && { batch: { queued: 0, deficit: 0 } }),
    rmemAlloc: 0,
    rcvbuf: bsd ? 41_600 : RMEM_DEFAULT,
    wmemAlloc: 0,
    sndbuf: bsd ? 9216 : RMEM_DEFAULT,
    sleepers: [],
    writeSpace: () => wakeSock(sk),
    rcvtimeo: Infinity,
    sndtimeo: Infinity,
    reuseAddress: false,
    broadcast: false,
    priority: 0,
    boundDevice: null,
    receiveAddress: 0,
    sourceAddress: 0,
    port: 0,
    daddr: 0,
    dport: 0,
    addressLocked: false,
    portLocked: false,
    ttl: 64,
    multicastTtl: 1,
    multicastLoop: true,
    groups: new Map(),
    tos: 0,
    pmtuDisc: bsd ? 'DONT' : 'WANT',
    headerIncluded: false,
    receiveErrors: false,
    corked: false,
    cork: null,
    writeQueue: [],
    sendPage: null,
    cachedDst: null,
    ident: { id: 0 },
    icmpFilter: 0,
  };
  return sk;
}

/** The notes and 4.4BSD hand a datagram straight to the interface; Linux counts it until it has left. */
export function chargesSender({ net }: Sock): boolean {
  return net.profile === 'linux-2.6.11' || net.profile === 'linux-6';
}

/** Makes a buffer the socket's, which is charged for it until it is freed. @kernel skb_set_owner_w, sock_wfree */
export function skbSetOwnerW(sk: Sock, skb: SkBuff): void {
  const truesize = chargesSender(sk) ? skb.truesize : 0;
  sk.wmemAlloc += truesize;
  skb.owner = {
    sk,
    destructor: () => {
      sk.wmemAlloc -= truesize;
      if (truesize > 0 && 2 * sk.wmemAlloc <= sk.sndbuf) sk.writeSpace();
    },
  };
}

/** A sleeping reader or writer looks again. @kernel sk->sk_data_ready, sk_write_space, sk_error_report */
export function wakeSock(sk: Sock): void {
  wakeUp(sk.sleepers, Infinity);
}

/** Octets of a sender's address, as a 4.4BSD buffer counts them. */
const BSD_ADDRESS = 16;

/**
 * Whether a datagram may wait with those that do. Linux 6.18 takes one for UDP however long it is, and for
 * raw sockets one that begins within the buffer.
 *
 * @kernel sock_queue_rcv_skb; __udp_enqueue_schedule_skb of Linux 6.18; in 4.4BSD sbspace
 */
function hasRoom({ net, batch, rmemAlloc, rcvbuf }: Sock, cost: number): boolean {
  if (batch !== undefined) return rmemAlloc === 0 || rmemAlloc + cost <= rcvbuf;
  if (net.profile === 'linux-6') return rmemAlloc < rcvbuf;
  if (net.profile === 'bsd-4.4') return rmemAlloc + cost <= rcvbuf;
  return rmemAlloc + cost < rcvbuf;
}

/**
 * Puts a datagram into the receive queue, when there is room.
 *
 * @param header - octets of the protocol's in front of what is read, which are not counted by 4.4BSD.
 * @kernel sock_queue_rcv_skb; in 4.4BSD sbappendaddr
 */
export function sockQueueRcvSkb(sk: Sock, skb: SkBuff, header: number): boolean {
  const bsd = sk.net.profile === 'bsd-4.4';
  const cost = bsd ? skb.len - header + BSD_ADDRESS : skb.truesize;
  if (!hasRoom(sk, cost)) return false;
  sk.rmemAlloc += cost;
  skb.dst = null;
  skb.owner = { sk, destructor: () => uncharge(sk, cost) };
  probe(sk.net, 'sock_queue_rcv_skb', skb);
  sk.receiveQueue.push(skb);
  wakeSock(sk);
  return true;
}

/**
 * Gives the room of a datagram back. In later systems who reads does so for many at once: when that is a
 * quarter of the buffer, or when nothing is left of what was there.
 *
 * @kernel sock_rfree; udp_rmem_release of Linux 6.18
 */
function uncharge(sk: Sock, cost: number): void {
  const { batch } = sk;
  if (batch === undefined || sk.closed) {
    sk.rmemAlloc -= cost;
    return;
  }
  batch.deficit += cost;
  if (batch.deficit < sk.rcvbuf >> 2 && batch.queued > 0) return;
  sk.rmemAlloc -= batch.deficit;
  batch.deficit = 0;
}

/** Takes the first datagram out of the queue. @kernel __skb_recv_udp of Linux 6.18 */
export function takeFirst({ batch, receiveQueue }: Sock): void {
  if (batch?.queued === 0) batch.queued = receiveQueue.length;
  receiveQueue.shift();
  if (batch !== undefined) batch.queued -= 1;
}

/** Octets of the first datagram that waits; 0 for none. @kernel SIOCINQ */
export function waitingOctets({ receiveQueue }: Sock): number {
  const [first] = receiveQueue;
  return first === undefined ? 0 : skbContents(first).length;
}

/** The error that waits, told once. @kernel sock_error */
export function sockError(sk: Sock): Errno | null {
  const { error } = sk;
  sk.error = null;
  return error;
}
