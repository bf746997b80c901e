/**
 * Building of a datagram piece by piece, in buffers that are already as long as fragments may be.
 *
 * What is appended collects in the socket's write queue, each buffer with room for the headers of a
 * fragment; nothing is sent before it is pushed. A buffer that turns out not to be the last is cut back
 * to a multiple of 8 octets of data, and what was behind goes to the front of the next.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), ip_push_pending_frames(),
 * ip_flush_pending_frames(). Left out: hardware checksums, sendpage.
 */
import { failure, success, type Errno, type Outcome, type Profile } from '../../contract/index.ts';
import { enter } from '../kernel/ftrace.ts';
import { IP_DF, IP_HEADER, IP_MAX, writeIpHeader } from './ip-header.ts';
import { dstOutput, ipSelectIdent, LINK_ROOM } from './ip-output.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { dstMtuLocked } from './path-mtu.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { skbTrim } from './sk-buff-paged.ts';
import {
  allocSkb,
  maxSkbFrags,
  PAGE_SIZE,
  skbContents,
  skbLinear,
  skbPull,
  skbPut,
  skbReserve,
  type Page,
  type SkBuff,
} from './sk-buff.ts';
import { chargesSender, skbSetOwnerW, type Cork, type Sock } from './sock.ts';
import { copyFromUser, type UserOctets } from './user-memory.ts';

/** The page that pieces go into one after the other. @kernel sk->sk_sndmsg_page */
export interface SendPage {
  page: Page;
  offset: number;
}

/** Where appending takes its octets from. */
export interface Source extends UserOctets {
  /** MSG_MORE: this is not all. */
  readonly more: boolean;
}

const NO_OPTIONS = new Uint8Array(0);

/** Most octets of a buffer of a datagram, IP header included, that are not its last. */
function maxFragmentLength(mtu: number): number {
  return ((mtu - IP_HEADER) & ~7) + IP_HEADER;
}

/**
 * Appends to the datagram.
 *
 * @param transport - octets in front of the first that a transport header needs; IPsec's come on top.
 * @kernel ip_append_data
 */
export function ipAppendData(
  sk: Sock,
  cork: Cork,
  source: Source,
  transport: number,
): Outcome<Record<string, never>, 'EFAULT' | 'EMSGSIZE' | 'ENOBUFS'> {
  const { octets, more } = source;
  enter('ip_append_data', octets.length);
  const { device, headerLength } = cork.dst;
  // What IPsec will put in front is part of the first fragment.
  const front = sk.writeQueue.length === 0 ? headerLength : 0;
  const total = transport + front + octets.length;
  if (cork.length + total > IP_MAX - IP_HEADER) return failure('EMSGSIZE');
  const before = cork.length;
  cork.length += total;
  let left = total;
  let at = 0;
  let header = transport + front;
  while (left > 0) {
    const tail = sk.writeQueue.at(-1);
    const copy = tail === undefined ? 0 : roomIn(tail, cork.mtu, left, sk.net.profile);
    if (tail === undefined || copy <= 0) {
      const full = more && !device.scatterGather;
      const made = newBuffer(sk, cork, { tail, left, front: tail === undefined ? front : 0, full });
      if (made === undefined) return fail(sk, cork, before, 'ENOBUFS');
      const fresh = made.data - made.gap - header;
      const copied = copyFromUser(source, at, fresh);
      if (copied === null) return fail(sk, cork, before, 'EFAULT');
      put(made.skb, made.at + header + made.gap, copied);
      at += fresh;
      left -= made.data - made.gap;
      header = 0;
      continue;
    }
    const length = Math.min(copy, left);
    const piece = copyFromUser(source, at, length);
    if (piece === null) return fail(sk, cork, before, 'EFAULT');
    if (!device.scatterGather) put(tail, skbPut(tail, length), piece);
    else if (!appendToPage(sk, tail, piece)) return fail(sk, cork, before, 'EMSGSIZE');
    at += length;
    left -= length;
  }
  return success({});
}

function fail<Failure extends Errno>(
  sk: Sock,
  cork: Cork,
  before: number,
  errno: Failure,
): Outcome<never, Failure> {
  cork.length = before;
  sk.net.counters.OutDiscards += 1;
  return failure(errno);
}

/** What a buffer still takes: to the MTU if that is all, else to the last multiple of 8. */
function roomIn({ len }: SkBuff, mtu: number, left: number, profile: Profile): number {
  const toMtu = mtu - len;
  // In 4.4BSD even the last fragment is no longer than the others.
  return toMtu < left || profile === 'bsd-4.4' ? maxFragmentLength(mtu) - len : toMtu;
}

function put({ head }: SkBuff, at: number, octets: Uint8Array): void {
  head.bytes.set(octets, at);
}

interface NewBuffer {
  readonly tail: SkBuff | undefined;
  readonly left: number;
  /** Room in front of IP's header. */
  readonly front: number;
  /** As long as the MTU, since more will come that can go nowhere else. */
  readonly full: boolean;
}

/** A buffer at the end of the queue; what the last had too much is moved to its front. */
function newBuffer(
  sk: Sock,
  { mtu, dst }: Cork,
  { tail, left, front, full }: NewBuffer,
): { skb: SkBuff; at: number; data: number; gap: number } | undefined {
  const most = maxFragmentLength(mtu);
  const gap = tail === undefined ? 0 : Math.max(0, tail.len - most);
  const wanted = left + gap;
  const whole = tail === undefined || sk.net.profile !== 'bsd-4.4';
  const data = wanted > (whole ? mtu : most) - IP_HEADER ? most - IP_HEADER : wanted;
  // Without a buffer for sending, nobody is charged.
  if (chargesSender(sk) && tail !== undefined && sk.wmemAlloc > 2 * sk.sndbuf) return undefined;
  // Only the last needs it, but with more to come nobody knows which that is.
  const trailer = data === wanted ? dst.trailerLength : 0;
  const skb = allocSkb(LINK_ROOM + (full ? mtu : IP_HEADER + data) + trailer);
  if (skb === null) return undefined;
  skbSetOwnerW(sk, skb);
  skbReserve(skb, LINK_ROOM);
  const begin = skbPut(skb, IP_HEADER + data);
  skb.nh = begin + front;
  skb.h = skb.nh + IP_HEADER;
  skb.dst = dst;
  if (tail !== undefined && gap > 0) {
    put(skb, skb.h, skbContents(tail).slice(most));
    skbTrim(tail, most);
  }
  sk.writeQueue.push(skb);
  return { skb, at: begin + IP_HEADER, data, gap };
}

/** @returns false when the buffer can have no more pieces. */
function appendToPage(sk: Sock, skb: SkBuff, octets: Uint8Array): boolean {
  for (let at = 0; at < octets.length;) {
    const place = currentPage(sk);
    const piece = octets.subarray(at, at + PAGE_SIZE - place.offset);
    const { frags } = skb.head;
    const last = frags.at(-1);
    if (last?.page === place.page && last.offset + last.size === place.offset) {
      last.size += piece.length;
    } else if (frags.length >= maxSkbFrags(sk.net.profile)) {
      return false;
    } else {
      place.page.users += 1;
      frags.push({ page: place.page, offset: place.offset, size: piece.length });
    }
    place.page.bytes.set(piece, place.offset);
    place.offset += piece.length;
    skb.len += piece.length;
    skb.dataLen += piece.length;
    skb.truesize += piece.length;
    at += piece.length;
  }
  return true;
}

/** The socket's page while it has room, else a new one. */
function currentPage(sk: Sock): SendPage {
  if (sk.sendPage === null || sk.sendPage.offset === PAGE_SIZE) {
    ipPutSendPage(sk);
    sk.sendPage = { page: allocPage(sk.net), offset: 0 };
  }
  return sk.sendPage;
}

/** A page of which only the asker knows; those that nobody has any more are forgotten. @kernel alloc_pages */
function allocPage(net: Net): Page {
  const page = { bytes: new Uint8Array(PAGE_SIZE), users: 1 };
  net.sendPages = net.sendPages.filter(({ users }) => users > 0);
  net.sendPages.push(page);
  return page;
}

/** The socket fills its page no more: it is free when no buffer has it either. @kernel __free_page */
export function ipPutSendPage(sk: Sock): void {
  if (sk.sendPage !== null) sk.sendPage.page.users -= 1;
  sk.sendPage = null;
}

/** Throws the datagram away. @kernel ip_flush_pending_frames */
export function ipFlushPendingFrames(sk: Sock): void {
  for (const skb of sk.writeQueue.splice(0)) kfreeSkb(skb);
  sk.cork = null;
}

/** Makes one packet of what was appended: the first buffer, and the others hung behind it. */
export function ipMakeSkb(sk: Sock): SkBuff | undefined {
  const [first, ...rest] = sk.writeQueue.splice(0);
  if (first === undefined) return undefined;
  skbPull(first, (first.nh ?? first.data) - first.data);
  for (const piece of rest) {
    skbPull(piece, IP_HEADER);
    first.head.fragList.push(piece);
    first.len += piece.len;
    first.dataLen += piece.len;
  }
  return first;
}

/**
 * Sends what was appended as one datagram.
 *
 * @kernel ip_push_pending_frames
 */
export function ipPushPendingFrames(sk: Sock, skb: SkBuff, cork: Cork): Sent {
  enter('ip_push_pending_frames');
  const { net } = sk;
  skb.localDf = sk.pmtuDisc !== 'DO';
  const discovers = sk.pmtuDisc === 'WANT' && !dstMtuLocked(net, cork.dst);
  const whole = skb.head.fragList.length === 0;
  const fragOff = sk.pmtuDisc === 'DO' || (whole && discovers) ? IP_DF : 0;
  const connected = sk.connected ? sk.ident : null;
  writeIpHeader(skb, {
    tos: sk.tos,
    id: ipSelectIdent(net, { destination: cork.daddr, fragOff }, connected),
    fragOff,
    ttl: cork.dst.type === 'multicast' ? sk.multicastTtl : sk.ttl,
    protocol: sk.protocol,
    saddr: cork.saddr,
    daddr: cork.daddr,
    options: NO_OPTIONS,
  });
  skb.priority = sk.priority;
  skb.dst = cork.dst;
  sk.cork = null;
  const place = { hook: 'LOCAL_OUT', in: null, out: cork.dst.device } as const;
  return nfHook(net.netfilter, place, skb, (passed) => dstOutput(net, passed));
}

/** Octets of the transport header on, in the first buffer. */
export function transportOctets(skb: SkBuff): Uint8Array {
  return skbLinear(skb).subarray(IP_HEADER);
}
