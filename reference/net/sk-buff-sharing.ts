/**
 * Who owns a buffer.
 *
 * Two counts keep apart who uses a descriptor (`users`) and how many descriptors use the data
 * (`dataref`). Whoever wants to write must be alone with the data, and gets there by copying.
 *
 * Source: Linux 2.6.11, net/core/skbuff.c. Left out: references to routes and to connection tracking.
 */
import { bugOn } from '../kernel/bug.ts';
import { releaseFragments, shareFragments } from './sk-buff-paged.ts';
import {
  allocData,
  allocSkb,
  skbContents,
  skbEnd,
  skbHeadlen,
  skbHeadroom,
  skbLinear,
  skbPut,
  skbReserve,
  type SkBuff,
} from './sk-buff.ts';

/** Headroom is made in steps of 16 octets. */
const HEADROOM_STEP = 16;

/** True again after the sibling is gone. @kernel skb_cloned */
export function skbCloned(skb: SkBuff): boolean {
  return skb.cloned && skb.head.dataref !== 1;
}

/** @kernel skb_shared */
export function skbShared(skb: SkBuff): boolean {
  return skb.users !== 1;
}

/** @kernel skb_get */
export function skbGet(skb: SkBuff): SkBuff {
  skb.users += 1;
  return skb;
}

/** What giving up a reference freed. */
export interface Freed {
  readonly descriptor: boolean;
  readonly data: boolean;
}

/** Gives up one reference to the data. @kernel skb_release_data */
function releaseData(skb: SkBuff): boolean {
  skb.head.dataref -= 1;
  if (skb.head.dataref > 0) return false;
  releaseFragments(skb.head);
  for (const piece of skb.head.fragList) kfreeSkb(piece);
  return true;
}

/** @kernel kfree_skb */
export function kfreeSkb(skb: SkBuff): Freed {
  bugOn(skb.users === 0, 'kfree_skb of a buffer that is freed already');
  bugOn(skb.users === 1 && skb.list !== null, 'kfree_skb of a buffer that is still on a list');
  skb.users -= 1;
  if (skb.users > 0) return { descriptor: false, data: false };
  skb.owner?.destructor(skb);
  skb.owner = null;
  return { descriptor: true, data: releaseData(skb) };
}

/** A copy of the scratch, where anything is in it. */
function ownScratch({ cb }: SkBuff): Uint8Array | null {
  return cb === null ? null : cb.slice();
}

/**
 * A second descriptor of the same data, on no list and owned by no one else.
 *
 * @kernel skb_clone
 */
export function skbClone(skb: SkBuff): SkBuff {
  skb.cloned = true;
  skb.head.dataref += 1;
  return { ...skb, cb: ownScratch(skb), next: null, prev: null, list: null, users: 1, owner: null };
}

/**
 * What a copy takes over beside the contents; header pointers keep their place in the packet.
 *
 * @kernel copy_skb_header
 */
function copyHeader(copy: SkBuff, skb: SkBuff): void {
  const shift = copy.data - skb.data;
  const moved = (place: number | null): number | null => (place === null ? null : place + shift);
  const { stamp, dev, inputDev, realDev, priority, protocol, security, pktType } = skb;
  Object.assign(copy, { stamp, dev, inputDev, realDev, priority, protocol, security, pktType });
  copy.dst = skb.dst;
  copy.localDf = skb.localDf;
  copy.ipSummed = skb.ipSummed;
  copy.csum = skb.csum;
  copyFeatures(copy, skb);
  copy.cb = ownScratch(skb);
  copy.h = moved(skb.h);
  copy.nh = moved(skb.nh);
  copy.mac = moved(skb.mac);
}

/** What single features keep in a packet. */
export function copyFeatures(copy: SkBuff, skb: SkBuff): void {
  copy.nfMark = skb.nfMark;
  copy.tcIndex = skb.tcIndex;
  copy.bridgePort = skb.bridgePort;
  copy.securityPath = skb.securityPath;
}

/** A full private copy, headroom and its octets included, all of it linear. @kernel skb_copy */
export function skbCopy(skb: SkBuff): SkBuff | null {
  const copy = allocSkb(skbEnd(skb) + skb.dataLen);
  if (copy === null) return null;
  skbReserve(copy, skbHeadroom(skb));
  skbPut(copy, skb.len);
  copy.head.bytes.set(skb.head.bytes.subarray(0, skb.data));
  copy.head.bytes.set(skbContents(skb), copy.data);
  copyHeader(copy, skb);
  return copy;
}

/** A copy with a linear part of its own; page fragments are shared. @kernel pskb_copy */
export function pskbCopy(skb: SkBuff): SkBuff | null {
  const copy = allocSkb(skbEnd(skb));
  if (copy === null) return null;
  skbReserve(copy, skbHeadroom(skb));
  skbPut(copy, skbHeadlen(skb));
  copy.head.bytes.set(skbLinear(skb), copy.data);
  copy.head.frags.push(...shareFragments(skb.head));
  copy.head.fragList.push(...skb.head.fragList.map(skbGet));
  copy.dataLen = skb.dataLen;
  copy.len = skb.len;
  copyHeader(copy, skb);
  return copy;
}

/**
 * Re-allocates the data with more room on both sides; afterwards they are private.
 *
 * @returns false when there is no memory, with nothing changed.
 * @kernel pskb_expand_head
 */
export function pskbExpandHead(skb: SkBuff, headroom: number, tailroom: number): boolean {
  bugOn(skbShared(skb), 'pskb_expand_head of a shared descriptor');
  const fresh = allocData(headroom + skbEnd(skb) + tailroom);
  if (fresh === null) return false;
  fresh.bytes.set(skb.head.bytes.subarray(0, skb.tail), headroom);
  fresh.frags.push(...shareFragments(skb.head));
  fresh.fragList.push(...skb.head.fragList.map(skbGet));
  releaseData(skb);
  skb.head = fresh;
  skb.data += headroom;
  skb.tail += headroom;
  if (skb.h !== null) skb.h += headroom;
  if (skb.nh !== null) skb.nh += headroom;
  if (skb.mac !== null) skb.mac += headroom;
  skb.cloned = false;
  return true;
}

function roundedUp(length: number): number {
  return Math.ceil(length / HEADROOM_STEP) * HEADROOM_STEP;
}

/** A private copy with at least so much headroom. @kernel skb_realloc_headroom */
export function skbReallocHeadroom(skb: SkBuff, headroom: number): SkBuff | null {
  const missing = headroom - skbHeadroom(skb);
  if (missing <= 0) return pskbCopy(skb);
  const copy = skbClone(skb);
  if (pskbExpandHead(copy, roundedUp(missing), 0)) return copy;
  kfreeSkb(copy);
  return null;
}

/** Makes the data private and the headroom long enough. @kernel skb_cow */
export function skbCow(skb: SkBuff, headroom: number): boolean {
  const missing = Math.max(0, Math.max(headroom, HEADROOM_STEP) - skbHeadroom(skb));
  if (missing === 0 && !skbCloned(skb)) return true;
  return pskbExpandHead(skb, roundedUp(missing), 0);
}

/** Trades a shared descriptor for a clone of one's own. @kernel skb_share_check */
export function skbShareCheck(skb: SkBuff): SkBuff {
  if (!skbShared(skb)) return skb;
  const own = skbClone(skb);
  kfreeSkb(skb);
  return own;
}

/** Trades cloned data for a copy that may be written. @kernel skb_unshare */
export function skbUnshare(skb: SkBuff): SkBuff | null {
  if (!skbCloned(skb)) return skb;
  const own = skbCopy(skb);
  kfreeSkb(skb);
  return own;
}
