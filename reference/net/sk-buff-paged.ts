/**
 * Contents in page fragments.
 *
 * Data that were never linear (from the page cache, or gathered by sendmsg) hang behind the linear
 * buffer as up to 18 pieces of pages. Headers must be linear to be read, so a layer asks for the
 * octets that it needs and they are copied forward.
 *
 * Source: Linux 2.6.11, net/core/skbuff.c.
 */
import type { Profile } from '../../contract/index.ts';
import { bugOn } from '../kernel/bug.ts';
import { kfreeSkb, pskbExpandHead, skbCloned } from './sk-buff-sharing.ts';
import {
  maxSkbFrags,
  skbContents,
  skbEnd,
  skbHeadlen,
  skbIsNonlinear,
  skbPull,
  type Fragment,
  type SkBuff,
  type SkBuffData,
} from './sk-buff.ts';

/** Extra room, so that the next header need not re-allocate again. */
const PULL_SLACK = 128;

/** Another buffer's view of the same pages. @kernel get_page */
export function shareFragments(data: SkBuffData): Fragment[] {
  for (const { page } of data.frags) page.users += 1;
  return data.frags.map((frag) => ({ ...frag }));
}

/** @kernel put_page */
export function releaseFragments(data: SkBuffData): void {
  // Looked at first, since most packets have none, and to empty an array costs something.
  if (data.frags.length === 0) return;
  for (const { page } of data.frags) page.users -= 1;
  data.frags.length = 0;
}

/** Appends a fragment on a page of its own. @kernel skb_fill_page_desc */
export function skbAddFragment(skb: SkBuff, octets: Uint8Array, profile: Profile): void {
  const { frags } = skb.head;
  const most = maxSkbFrags(profile);
  bugOn(frags.length >= most, `more than ${most} page fragments`);
  frags.push({ page: { bytes: octets.slice(), users: 1 }, offset: 0, size: octets.length });
  skb.len += octets.length;
  skb.dataLen += octets.length;
  skb.truesize += octets.length;
}

/** Removes octets from the front of the fragments, and of the list behind them, of which all are taken or none. */
function eatFragments(skb: SkBuff, length: number): void {
  const { frags } = skb.head;
  let left = length;
  while (left > 0) {
    const first = frags[0];
    if (first === undefined) return eatFragList(skb, left);
    const eaten = Math.min(left, first.size);
    first.offset += eaten;
    first.size -= eaten;
    left -= eaten;
    if (first.size > 0) break;
    first.page.users -= 1;
    frags.shift();
  }
}

function eatFragList(skb: SkBuff, length: number): void {
  const pieces = skb.head.fragList.splice(0);
  const held = pieces.reduce((sum, { len }) => sum + len, 0);
  bugOn(length !== held, `${length} octets of a list of ${held}`);
  for (const piece of pieces) kfreeSkb(piece);
}

/** Removes octets from the front, made linear first where they are not. @kernel pskb_pull */
export function pskbPull(skb: SkBuff, length: number): boolean {
  return pskbMayPull(skb, length) && skbPull(skb, length) !== null;
}

/**
 * Moves octets from the fragments to the tail.
 *
 * @returns false when there is no memory.
 * @kernel __pskb_pull_tail
 */
function pskbPullTail(skb: SkBuff, length: number): boolean {
  const missing = skb.tail + length - skbEnd(skb);
  if (missing > 0 || skbCloned(skb)) {
    if (!pskbExpandHead(skb, 0, missing > 0 ? missing + PULL_SLACK : 0)) return false;
  }
  const from = skbHeadlen(skb);
  skb.head.bytes.set(skbContents(skb).subarray(from, from + length), skb.tail);
  eatFragments(skb, length);
  skb.tail += length;
  skb.dataLen -= length;
  return true;
}

/**
 * Makes the first octets linear.
 *
 * @returns false when there are not so many, or no memory.
 * @kernel pskb_may_pull
 */
export function pskbMayPull(skb: SkBuff, length: number): boolean {
  if (length <= skbHeadlen(skb)) return true;
  if (length > skb.len) return false;
  return pskbPullTail(skb, length - skbHeadlen(skb));
}

/** @returns false when there is no memory. @kernel skb_linearize */
export function skbLinearize(skb: SkBuff): boolean {
  return !skbIsNonlinear(skb) || pskbPullTail(skb, skb.dataLen);
}

/** Lets go of the fragments beyond a number of their octets. */
function trimFragments(skb: SkBuff, keep: number): void {
  // Fragments belong to all clones; cutting them would cut the siblings' packets.
  bugOn(skbCloned(skb), 'skb_trim of fragments that a clone shares');
  const { frags, fragList } = skb.head;
  let before = 0;
  for (const frag of frags) {
    frag.size = Math.min(frag.size, Math.max(0, keep - before));
    before += frag.size;
  }
  for (let last = frags.at(-1); last !== undefined && last.size === 0; last = frags.at(-1)) {
    last.page.users -= 1;
    frags.pop();
  }
  for (const piece of fragList.splice(0)) {
    if (before < keep) {
      skbTrim(piece, keep - before);
      fragList.push(piece);
    } else kfreeSkb(piece);
    before += piece.len;
  }
  skb.dataLen = keep;
}

/** Cuts the contents to a length; a greater one changes nothing. @kernel skb_trim */
export function skbTrim(skb: SkBuff, length: number): void {
  if (length >= skb.len) return;
  const linear = skbHeadlen(skb);
  if (skbIsNonlinear(skb)) trimFragments(skb, Math.max(0, length - linear));
  skb.tail = skb.data + Math.min(length, linear);
  skb.len = length;
}

/**
 * Makes all linear that is left, if there is room for it behind the tail: so its pages need not be kept.
 *
 * @kernel skb_condense
 */
function skbCondense(skb: SkBuff): void {
  if (skb.dataLen <= skbEnd(skb) - skb.tail) skbLinearize(skb);
}

/**
 * Cuts contents of which some are in fragments, as Linux 6 does: those that a clone shares are copied first.
 *
 * @returns false when there is no memory.
 * @kernel pskb_trim
 */
export function pskbTrim(skb: SkBuff, length: number): boolean {
  if (length >= skb.len) return true;
  const paged = skbIsNonlinear(skb);
  if (paged && skbCloned(skb) && !pskbExpandHead(skb, 0, 0)) return false;
  skbTrim(skb, length);
  if (paged) skbCondense(skb);
  return true;
}
