/**
 * Netlink: sockets between programs and the kernel.
 *
 * A message that a program sends is handed to the kernel at once, and what the kernel has to say waits at
 * the socket: answers at that which asked, notes of changes at all that are in the group.
 *
 * Source: Linux 2.6.11, net/netlink/af_netlink.c; net/core/rtnetlink.c, rtnetlink_rcv_skb(),
 * rtnetlink_rcv_msg(), netlink_ack(). Left out: messages between programs, other families.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { le16, le32, putLe16, putLe32 } from './little-endian.ts';
import type { Net } from './net.ts';
import { dumpRoutes, getRoute, newRoute, delRoute, type Answering } from './rtnetlink.ts';

export interface NetlinkSock {
  readonly net: Net;
  /** Its name; the kernel's is 0. @kernel nl_pid */
  readonly pid: number;
  readonly inRouteGroup: boolean;
  readonly privileged: boolean;
  readonly queue: Uint8Array[];
  /** A message was lost, and the next receive is to say so. */
  overrun: boolean;
}

/** The netlink sockets of a host. @kernel nl_table */
export type NetlinkTable = NetlinkSock[];

export const NLMSG_HDRLEN = 16;
const NLMSG_ERROR = 2;
const NLM_F_REQUEST = 1;
const NLM_F_ACK = 4;
export const NLM_F_ECHO = 8;
const NLM_F_DUMP = 0x300;
const RTM_BASE = 16;
const RTM_MAX = 47;
const [AF_UNSPEC, AF_INET, AF_MAX] = [0, 2, 32];

/** @kernel sysctl_rmem_default, sysctl_wmem_default */
const BUFFER = 110_592;
const OVERHEAD = 32;
/** What a message costs beyond its octets. @kernel sizeof(struct sk_buff) */
const SK_BUFF = 192;

/** The numbers of Linux. */
const NUMBERS: Partial<Record<Errno, number>> = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  ENETUNREACH: 101,
};

const aligned = (length: number): number => (length + 3) & ~3;

/** @returns whether there was room. @kernel netlink_attachskb, netlink_broadcast_deliver */
export function netlinkQueue(sk: NetlinkSock, message: Uint8Array): boolean {
  const held = sk.queue.reduce((sum, { length }) => sum + length + SK_BUFF, 0);
  if (held > BUFFER || sk.overrun) {
    sk.overrun = true;
    return false;
  }
  sk.queue.push(message);
  return true;
}

/** To all of the group but one, or none. @kernel netlink_broadcast */
function broadcast(table: NetlinkTable, message: Uint8Array, except: NetlinkSock | null): void {
  for (const sk of table) if (sk.inRouteGroup && sk !== except) netlinkQueue(sk, message);
}

/** @kernel netlink_ack */
function acknowledge(sk: NetlinkSock, request: Uint8Array, errno: Errno | null): void {
  const quoted = errno === null ? request.subarray(0, NLMSG_HDRLEN) : request;
  const reply = new Uint8Array(NLMSG_HDRLEN + 4 + aligned(quoted.length));
  putLe32(reply, 0, NLMSG_HDRLEN + 4 + quoted.length);
  putLe16(reply, 4, NLMSG_ERROR);
  putLe32(reply, 8, le32(request, 8));
  putLe32(reply, 12, sk.pid);
  putLe32(reply, 16, errno === null ? 0 : -(NUMBERS[errno] ?? 0) >>> 0);
  reply.set(quoted, 20);
  netlinkQueue(sk, reply);
}

/** @kernel rtnetlink_rcv_msg */
function process(
  table: NetlinkTable,
  sk: NetlinkSock,
  request: Uint8Array,
): Outcome<unknown, Errno> | null {
  const [type, flags] = [le16(request, 4), le16(request, 6)];
  if ((flags & NLM_F_REQUEST) === 0 || type < RTM_BASE) return null;
  if (type > RTM_MAX) return failure('EINVAL');
  if (request.length < NLMSG_HDRLEN + 1) return null;
  const family = request[NLMSG_HDRLEN] ?? 0;
  const newer = sk.net.profile === 'linux-6';
  if (family >= AF_MAX && !newer) return failure('EAFNOSUPPORT');
  // In each four of types the third asks and the others change.
  const asks = (type & 3) === 2;
  if (!asks && !sk.privileged) return failure('EPERM');
  // For a family that nobody has answers whoever answers for all, and that is nobody.
  if (family !== AF_INET && family !== AF_UNSPEC) return failure(newer ? 'EOPNOTSUPP' : 'EINVAL');
  const { net } = sk;
  const answering: Answering = {
    pid: sk.pid,
    reply: (message) => netlinkQueue(sk, message),
    notify(message) {
      const echo = (flags & NLM_F_ECHO) !== 0;
      // Who gets an echo need not be told twice; up to 2.6.11 nobody is told of what it did itself.
      broadcast(table, message, echo || !newer ? sk : null);
      if (echo) netlinkQueue(sk, message);
    },
  };
  if (type === 24) return newRoute(net, request, answering);
  if (type === 25) return delRoute(net, request, answering);
  if (type !== 26) return failure('EINVAL');
  if ((flags & NLM_F_DUMP) === 0) return getRoute(net, request, answering);
  // The end of a list says that it was done, so nothing else does.
  dumpRoutes(net, request, answering);
  return null;
}

/** @kernel netlink_sendmsg, rtnetlink_rcv_skb */
export function netlinkSend(
  table: NetlinkTable,
  sk: NetlinkSock,
  octets: Uint8Array,
): Outcome<Record<string, never>, 'EMSGSIZE'> {
  if (octets.length > BUFFER - OVERHEAD) return failure('EMSGSIZE');
  for (let rest = octets; rest.length >= NLMSG_HDRLEN;) {
    const length = le32(rest, 0);
    if (length < NLMSG_HDRLEN || length > rest.length) break;
    const request = rest.slice(0, length);
    const done = process(table, sk, request);
    const errno = done !== null && 'errno' in done ? done.errno : null;
    const wanted = (le16(request, 6) & NLM_F_ACK) !== 0 && !isDump(request);
    if (errno !== null || wanted) acknowledge(sk, request, errno);
    rest = rest.subarray(Math.min(aligned(length), rest.length));
  }
  return success({});
}

const isDump = (request: Uint8Array): boolean =>
  le16(request, 4) === 26 && (le16(request, 6) & NLM_F_DUMP) !== 0;

/** @kernel netlink_recvmsg */
export function netlinkReceive(sk: NetlinkSock): Outcome<Uint8Array, 'EAGAIN' | 'ENOBUFS'> {
  if (sk.overrun) {
    sk.overrun = false;
    return failure('ENOBUFS');
  }
  const message = sk.queue.shift();
  return message === undefined ? failure('EAGAIN') : success(message);
}
