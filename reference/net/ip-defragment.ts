/**
 * Reassembly of fragments.
 *
 * Fragments of one datagram have source, destination, protocol and identification in common, and stand
 * in a queue in the order of their offsets. The time that a queue may live runs from its first arrival.
 * Memory is bounded: above a high mark, queues that nothing has come to for longest go first; in `linux-6`
 * those that are there stay, and nothing more is taken before the time of some is up.
 *
 * Source: RFC 791, section 3.2; Linux 2.6.11, net/ipv4/ip_fragment.c; for `linux-6`, RFC 5722.
 */
import { enter } from '../kernel/ftrace.ts';
import { after, cancel, NS_PER_S, type ClockTimer } from './clock.ts';
import { putBe16 } from './bytes.ts';
import { icmpSend } from './icmp.ts';
import {
  IP_MAX,
  IP_MF,
  fragmentOffset,
  ipHeader,
  ipSendCheck,
  networkOctets,
  type IpHeader,
} from './ip-header.ts';
import type { Net } from './net.ts';
import { Peers, type PeerStorage } from './peers.ts';
import { pskbPull, skbTrim } from './sk-buff-paged.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { skbPush, type SkBuff } from './sk-buff.ts';

/** @kernel ipfrag_time */
const FRAG_TIME_NS = 30 * NS_PER_S;

const KIB = 1024;

/** Octets, of buffers as they are charged. @kernel sysctl_ipfrag_high_thresh, sysctl_ipfrag_low_thresh */
export const THRESHOLDS = { high: 256 * KIB, low: 192 * KIB } as const;

/** @kernel ipfrag_high_thresh of Linux 6.18 */
const HIGH_THRESH_6 = 4096 * KIB;

/** Octets of the queue itself. @kernel sizeof(struct ipq) */
const IPQ_SIZE = 128;

/** A fragment without its header, at its place in the datagram. */
interface Piece {
  offset: number;
  readonly skb: SkBuff;
}

/** @kernel struct ipq */
interface FragmentQueue {
  readonly key: string;
  readonly pieces: Piece[];
  /** Octets of data known so far: where the last piece ends, as far as pieces have told. */
  length: number;
  lastIn: boolean;
  timer: ClockTimer | null;
  memory: number;
  /** Fragments of the source so far, when one of these came last. @kernel rid */
  rid: number;
}

/** In the order of the last arrival: the first is who has waited longest. */
export interface Defragmenter {
  readonly queues: Map<string, FragmentQueue>;
  /** Octets that all fragments are charged for. @kernel ip_frag_mem */
  memory: number;
  /** Fragments by source. @kernel inet_peer->rid */
  readonly fragmentsOf: Peers<number>;
}

export function newDefragmenter(storage: PeerStorage): Defragmenter {
  return { queues: new Map(), memory: 0, fragmentsOf: new Peers(storage) };
}

/**
 * Takes a fragment.
 *
 * @returns the whole datagram when this was the last that was missing.
 * @kernel ip_defrag
 */
export function ipDefrag(net: Net, skb: SkBuff): SkBuff | undefined {
  enter('ip_defrag');
  net.counters.ReasmReqds += 1;
  if (net.profile !== 'linux-6') evict(net);
  else if (isFull(net)) {
    net.counters.ReasmFails += 1;
    kfreeSkb(skb);
    return undefined;
  }
  const header = ipHeader(skb);
  const queue = queueOf(net, header);
  if (isTooFar(net, queue, header.saddr)) beginAnew(net, queue);
  if (!enqueue(net, queue, skb, header)) {
    kfreeSkb(skb);
    return undefined;
  }
  const { defragmenter } = net;
  defragmenter.queues.delete(queue.key);
  defragmenter.queues.set(queue.key, queue);
  return isComplete(queue) ? reassemble(net, queue) : undefined;
}

/** @kernel inet_frag_find of Linux 6.18 */
function isFull({ defragmenter }: Net): boolean {
  return defragmenter.memory > HIGH_THRESH_6;
}

function queueOf(net: Net, { id, saddr, daddr, protocol }: IpHeader): FragmentQueue {
  const { queues } = net.defragmenter;
  const key = `${saddr} ${daddr} ${protocol} ${id}`;
  const known = queues.get(key);
  if (known !== undefined) return known;
  const queue: FragmentQueue = {
    key,
    pieces: [],
    length: 0,
    lastIn: false,
    timer: null,
    memory: 0,
    rid: 0,
  };
  queue.timer = after(net.clock, FRAG_TIME_NS, () => expire(net, queue));
  queues.set(key, queue);
  charge(net, queue, IPQ_SIZE);
  return queue;
}

/** Fragments of one source between two of a datagram, at most. @kernel ipfrag_max_dist */
const MAX_DIST = 64;

/** Identifications come round: what is so far apart may be of two datagrams. @kernel ip_frag_too_far */
function isTooFar({ profile, defragmenter }: Net, queue: FragmentQueue, saddr: number): boolean {
  const { fragmentsOf } = defragmenter;
  const rid = (fragmentsOf.get(saddr) ?? 0) + 1;
  const distance = rid - queue.rid;
  fragmentsOf.set(saddr, rid);
  queue.rid = rid;
  return profile === 'linux-6' && queue.pieces.length > 0 && distance > MAX_DIST;
}

/** @kernel ip_frag_reinit */
function beginAnew(net: Net, queue: FragmentQueue): void {
  cancel(queue.timer);
  queue.timer = after(net.clock, FRAG_TIME_NS, () => expire(net, queue));
  for (const { skb } of queue.pieces.splice(0)) {
    charge(net, queue, -skb.truesize);
    kfreeSkb(skb);
  }
  queue.length = 0;
  queue.lastIn = false;
  net.counters.ReasmFails += 1;
}

function charge({ defragmenter }: Net, queue: FragmentQueue, octets: number): void {
  queue.memory += octets;
  defragmenter.memory += octets;
}

/** Takes a queue out; its pieces are the caller's. */
function unlink(net: Net, queue: FragmentQueue): void {
  cancel(queue.timer);
  net.defragmenter.queues.delete(queue.key);
  charge(net, queue, -queue.memory);
}

function destroy(net: Net, queue: FragmentQueue): void {
  unlink(net, queue);
  for (const { skb } of queue.pieces.splice(0)) kfreeSkb(skb);
  net.counters.ReasmFails += 1;
}

/** @kernel ip_evictor */
function evict(net: Net): void {
  const { defragmenter } = net;
  const { high, low } = THRESHOLDS;
  if (defragmenter.memory <= high) return;
  for (const queue of defragmenter.queues.values()) {
    if (defragmenter.memory <= low) return;
    destroy(net, queue);
  }
}

/** Time is up; who sent the first piece is told, since only that says what it was. @kernel ip_expire */
function expire(net: Net, queue: FragmentQueue): void {
  net.counters.ReasmTimeout += 1;
  const first = queue.pieces[0];
  if (first?.offset === 0) {
    const { skb } = first;
    skbPush(skb, skb.data - (skb.nh ?? skb.data));
    icmpSend(net, skb, { type: 11, code: 1, info: 0 });
  }
  destroy(net, queue);
}

/**
 * Puts a fragment in its place.
 *
 * @returns false when it is of no use.
 * @kernel ip_frag_queue
 */
function enqueue(net: Net, queue: FragmentQueue, skb: SkBuff, header: IpHeader): boolean {
  const offset = fragmentOffset(header);
  const data = header.totalLength - header.headerLength;
  const isLast = (header.fragOff & IP_MF) === 0;
  // What is not the last must be a multiple of 8 octets; what is over belongs nowhere.
  const end = offset + (isLast ? data : data & ~7);
  if (!fits(queue, end, isLast) || end === offset) return false;
  if (!pskbPull(skb, header.headerLength)) return false;
  skbTrim(skb, end - offset);
  const inserted =
    net.profile === 'linux-6'
      ? insertAlone(net, queue, offset, skb)
      : insert(net, queue, offset, skb);
  if (!inserted) return false;
  if (isLast) queue.lastIn = true;
  queue.length = Math.max(queue.length, end);
  charge(net, queue, skb.truesize);
  return true;
}

/** Whether a piece that ends there agrees with what is known of the datagram's end. */
function fits({ length, lastIn }: FragmentQueue, end: number, isLast: boolean): boolean {
  if (isLast) return end >= length && (!lastIn || end === length);
  return !lastIn || end <= length;
}

/** Of octets that came twice, the earlier piece keeps what is in front, the newcomer the rest. */
function insert(net: Net, queue: FragmentQueue, start: number, skb: SkBuff): boolean {
  const { pieces } = queue;
  const found = pieces.findIndex((piece) => piece.offset >= start);
  const place = found < 0 ? pieces.length : found;
  const before = pieces[place - 1];
  const covered = before === undefined ? 0 : before.offset + before.skb.len - start;
  if (covered > 0 && (covered >= skb.len || !pskbPull(skb, covered))) return false;
  const offset = start + Math.max(0, covered);
  const end = offset + skb.len;
  for (let next = pieces[place]; next !== undefined && next.offset < end; next = pieces[place]) {
    const overlap = end - next.offset;
    if (overlap < next.skb.len) {
      pskbPull(next.skb, overlap);
      next.offset += overlap;
      break;
    }
    pieces.splice(place, 1);
    charge(net, queue, -next.skb.truesize);
    kfreeSkb(next.skb);
  }
  pieces.splice(place, 0, { offset, skb });
  return true;
}

/** A piece that overlaps another, without being the same again, spoils the whole datagram. */
function insertAlone(net: Net, queue: FragmentQueue, offset: number, skb: SkBuff): boolean {
  const { pieces } = queue;
  const end = offset + skb.len;
  const other = pieces.find((piece) => offset < piece.offset + piece.skb.len && piece.offset < end);
  if (other !== undefined) {
    const same = other.offset <= offset && end <= other.offset + other.skb.len;
    if (!same) destroy(net, queue);
    return false;
  }
  const place = pieces.findIndex((piece) => piece.offset > offset);
  pieces.splice(place < 0 ? pieces.length : place, 0, { offset, skb });
  return true;
}

function isComplete({ pieces, length, lastIn }: FragmentQueue): boolean {
  if (!lastIn || pieces[0]?.offset !== 0) return false;
  return pieces.reduce((sum, { skb }) => sum + skb.len, 0) === length;
}

/** Hangs all pieces behind the first. @kernel ip_frag_reasm */
function reassemble(net: Net, queue: FragmentQueue): SkBuff | undefined {
  unlink(net, queue);
  const [first, ...rest] = queue.pieces.splice(0).map(({ skb }) => skb) as [SkBuff, ...SkBuff[]];
  const headerLength = first.data - (first.nh ?? first.data);
  if (headerLength + queue.length > IP_MAX) {
    for (const skb of [first, ...rest]) kfreeSkb(skb);
    net.counters.ReasmFails += 1;
    return undefined;
  }
  skbPush(first, headerLength);
  for (const piece of rest) {
    first.head.fragList.push(piece);
    first.len += piece.len;
    first.dataLen += piece.len;
    first.truesize += piece.truesize;
  }
  const bytes = networkOctets(first);
  putBe16(bytes, 2, first.len);
  putBe16(bytes, 6, 0);
  ipSendCheck(bytes.subarray(0, headerLength));
  net.counters.ReasmOKs += 1;
  return first;
}
