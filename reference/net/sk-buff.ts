/**
 * sk_buff: one descriptor of one packet.
 *
 * The descriptor holds positions into a block of memory: head ≤ data ≤ tail ≤ end. Layers move
 * data and tail and never the octets, so a header costs nothing to add or to strip. Contents may
 * go on in page fragments: `len` counts all, `dataLen` those outside the block.
 *
 * Positions are offsets from head, which is therefore always 0. Sharing is in sk-buff-sharing.ts,
 * fragments in sk-buff-paged.ts, lists in sk-buff-queue.ts.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h, net/core/skbuff.c. Left out: rounding of the size to
 * a cache line (an observer may only count on "at least").
 */
import { freshOctets } from '../../contract/index.ts';
import type { Profile } from '../../contract/index.ts';
import { bug, bugOn } from '../kernel/bug.ts';
import type { Dst } from './route.ts';
import type { SkBuffHead, SkBuffLink } from './sk-buff-queue.ts';
import type { Sock } from './sock.ts';

/** Octets of a page; a fragment lies within one. */
export const PAGE_SIZE = 4096;

/** A maximal packet in pages, and two for its ragged ends; Linux 6 has one for both. @kernel MAX_SKB_FRAGS */
export function maxSkbFrags(profile: Profile): number {
  return 65_536 / PAGE_SIZE + (profile === 'linux-6' ? 1 : 2);
}

/** @kernel sizeof(struct skb_shared_info), on i386. */
const SHARED_INFO_SIZE = 160;

/** @kernel sizeof(struct sk_buff), on i386, rounded to a cache line. */
export const SK_BUFF_SIZE = 192;

/** The largest object that kmalloc hands out. */
const KMALLOC_MAX = 131_072;

/** Room that a driver leaves for the stack in a frame to come. */
const DEV_HEADROOM = 16;

export const CB_SIZE = 40;

/** @kernel struct page, as far as fragments use it. */
export interface Page {
  readonly bytes: Uint8Array;
  users: number;
}

/** @kernel skb_frag_t */
export interface Fragment {
  readonly page: Page;
  offset: number;
  size: number;
}

/** The memory between head and end with skb_shared_info behind it: what clones have in common. */
export interface SkBuffData {
  readonly bytes: Uint8Array;
  dataref: number;
  readonly frags: Fragment[];
  /** Buffers that hold the rest of the packet: IP fragments of one datagram. */
  readonly fragList: SkBuff[];
}

/** Who is charged for a buffer, and is told when it is freed. @kernel skb->sk, skb->destructor */
export interface SkBuffOwner {
  readonly sk: Sock;
  readonly destructor: (skb: SkBuff) => void;
}

export const PACKET_HOST = 0;
export const CHECKSUM_NONE = 0;
export const CHECKSUM_HW = 1;
export const CHECKSUM_UNNECESSARY = 2;

/**
 * Fields that a clone and a copy take over as they are.
 *
 * @kernel copy_skb_header
 */
export interface CarriedFields {
  /** Time of arrival; 0 for none. */
  stamp: number;
  /** Device that the packet came from or goes to, by name. */
  dev: string | null;
  inputDev: string | null;
  realDev: string | null;
  priority: number;
  /** Link-layer type, host order. */
  protocol: number;
  security: number;
  /** May be fragmented here although it says DF. @kernel local_df */
  localDf: boolean;
  /** Route; null before there is one. */
  dst: Dst | null;
  pktType: number;
  ipSummed: number;
  /** A sum on receive, an offset on transmit with hardware. */
  csum: number;
  /** What functions of netfilter tell one another. @kernel nfmark */
  nfMark: number;
  /** DS field, as the queue before the wire has found it. @kernel tc_index */
  tcIndex: number;
  /** Port of a bridge by which it came in; null for none. @kernel nf_bridge->physindev */
  bridgePort: string | null;
  /** Protocols of the transforms that it came through. @kernel sec_path */
  securityPath: readonly number[];
  /** Scratch of the layer that has the packet now; null, for zeros, until one writes to it. */
  cb: Uint8Array | null;
}

/** @kernel struct sk_buff */
export interface SkBuff extends CarriedFields {
  next: SkBuffLink | null;
  prev: SkBuffLink | null;
  list: SkBuffHead | null;

  head: SkBuffData;
  data: number;
  tail: number;
  len: number;
  dataLen: number;
  /** Octets of memory that the packet is charged for. */
  truesize: number;

  /** Transport, network and link header, as offsets from head; null before they are known. */
  h: number | null;
  nh: number | null;
  mac: number | null;

  /** Whether the data have ever been shared with a clone; see skbCloned. */
  cloned: boolean;
  users: number;
  owner: SkBuffOwner | null;
}

const NO_PATH: readonly number[] = [];

/** @returns null where kmalloc would have no memory to give. */
export function allocData(size: number): SkBuffData | null {
  if (size + SHARED_INFO_SIZE > KMALLOC_MAX) return null;
  return { bytes: freshOctets(size), dataref: 1, frags: [], fragList: [] };
}

/**
 * A new, empty buffer.
 *
 * @param size - octets from head to end.
 * @returns null when there is no memory.
 * @kernel alloc_skb
 */
export function allocSkb(size: number): SkBuff | null {
  const head = allocData(size);
  if (head === null) return null;
  // One literal, so that all buffers have one shape from the start: they are made for every packet.
  return {
    stamp: 0,
    dev: null,
    inputDev: null,
    realDev: null,
    priority: 0,
    protocol: 0,
    security: 0,
    localDf: false,
    dst: null,
    pktType: PACKET_HOST,
    ipSummed: CHECKSUM_NONE,
    csum: 0,
    nfMark: 0,
    tcIndex: 0,
    bridgePort: null,
    securityPath: NO_PATH,
    cb: null,
    next: null,
    prev: null,
    list: null,
    head,
    data: 0,
    tail: 0,
    len: 0,
    dataLen: 0,
    truesize: size + SK_BUFF_SIZE,
    h: null,
    nh: null,
    mac: null,
    cloned: false,
    users: 1,
    owner: null,
  };
}

/** @kernel dev_alloc_skb */
export function devAllocSkb(size: number): SkBuff | null {
  const skb = allocSkb(size + DEV_HEADROOM);
  if (skb !== null) skbReserve(skb, DEV_HEADROOM);
  return skb;
}

/** Offset of the end of the linear buffer. */
export function skbEnd(skb: SkBuff): number {
  return skb.head.bytes.length;
}

/** @kernel skb_is_nonlinear */
export function skbIsNonlinear(skb: SkBuff): boolean {
  return skb.dataLen > 0;
}

/** Octets in the block and in the page fragments, those of the list behind left out. @kernel skb_pagelen */
export function skbPagelen(skb: SkBuff): number {
  return skb.head.frags.reduce((sum, { size }) => sum + size, skbHeadlen(skb));
}

/** Octets of contents in the linear buffer. @kernel skb_headlen */
export function skbHeadlen(skb: SkBuff): number {
  return skb.len - skb.dataLen;
}

/** @kernel skb_headroom */
export function skbHeadroom(skb: SkBuff): number {
  return skb.data;
}

/** Behind the fragments there is nothing that could grow. @kernel skb_tailroom */
export function skbTailroom(skb: SkBuff): number {
  return skbIsNonlinear(skb) ? 0 : skbEnd(skb) - skb.tail;
}

/**
 * Makes headroom. Only for an empty buffer, and like the kernel without a check: whoever reserves
 * too much finds out at the next skb_put.
 *
 * @kernel skb_reserve
 */
export function skbReserve(skb: SkBuff, length: number): void {
  skb.data += length;
  skb.tail += length;
}

/**
 * Extends the contents at the tail.
 *
 * The kernel notices an over-run after it has moved the tail, and dies; whether the tail had moved
 * no one can see, so it is checked first.
 *
 * @returns the old tail, where the new octets go.
 * @kernel skb_put
 */
export function skbPut(skb: SkBuff, length: number): number {
  bugOn(skbIsNonlinear(skb), 'skb_put on a buffer with page fragments');
  if (skb.tail + length > skbEnd(skb)) bug(`skb_over_panic: put:${length} over the end`);
  const old = skb.tail;
  skb.tail += length;
  skb.len += length;
  return old;
}

/**
 * Extends the contents in front.
 *
 * @returns the new data, where the new octets go.
 * @kernel skb_push
 */
export function skbPush(skb: SkBuff, length: number): number {
  if (length > skb.data) bug(`skb_under_panic: push:${length} under the head`);
  skb.data -= length;
  skb.len += length;
  return skb.data;
}

/**
 * Removes octets from the front; the octets stay where they are.
 *
 * @returns the new data, or null with nothing changed when there are not so many.
 * @kernel skb_pull
 */
export function skbPull(skb: SkBuff, length: number): number | null {
  if (length > skb.len) return null;
  bugOn(length > skbHeadlen(skb), 'skb_pull past the linear part');
  skb.data += length;
  skb.len -= length;
  return skb.data;
}

/** Octets of the linear contents, as they are in memory: writing to them writes the packet. */
export function skbLinear(skb: SkBuff): Uint8Array {
  return skb.head.bytes.subarray(skb.data, skb.tail);
}

/** All contents in one block, fragments included. @kernel skb_copy_bits */
export function skbContents(skb: SkBuff): Uint8Array {
  if (!skbIsNonlinear(skb)) return skbLinear(skb);
  const contents = new Uint8Array(skb.len);
  contents.set(skbLinear(skb));
  let at = skbHeadlen(skb);
  for (const { page, offset, size } of skb.head.frags) {
    // Fragments that a sibling has added since are none of this descriptor's.
    const mine = Math.min(size, skb.len - at);
    contents.set(page.bytes.subarray(offset, offset + mine), at);
    at += mine;
  }
  for (const piece of skb.head.fragList) {
    contents.set(skbContents(piece), at);
    at += piece.len;
  }
  return contents;
}

/** What must hold between any two operations. */
export function checkLayout(skb: SkBuff): void {
  bugOn(skb.data < 0 || skb.data > skb.tail, 'data is not between head and tail');
  bugOn(skbHeadlen(skb) !== skb.tail - skb.data, 'len is not what data and tail say');
}
