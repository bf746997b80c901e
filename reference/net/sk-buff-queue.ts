/**
 * Lists of buffers.
 *
 * A list is a ring: the head and the buffers are linked both ways, so that every place has a
 * neighbour and no end needs a case of its own. The count is kept beside. One list, one lock.
 *
 * Operations are sequences of single reads and writes, so that what the lock is for can be shown.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h, net/core/skbuff.c.
 */
import { bug, bugOn } from '../kernel/bug.ts';
import type { Steps } from '../kernel/processors.ts';
import { spinLock, spinUnlock, type SpinLock } from '../kernel/spin-lock.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import type { SkBuff } from './sk-buff.ts';

/** @kernel struct sk_buff_head */
export interface SkBuffHead {
  next: SkBuffLink;
  prev: SkBuffLink;
  qlen: number;
  readonly lock: SpinLock;
}

export type SkBuffLink = SkBuff | SkBuffHead;

/** A walk longer than this goes in a circle that misses the head. */
const MAX_WALK = 100_000;

/** @kernel skb_queue_head_init */
export function newSkBuffHead(): SkBuffHead {
  const links = { qlen: 0, lock: { held: false } } as SkBuffHead;
  links.next = links;
  links.prev = links;
  return links;
}

/** Looked at before the lock is taken, so that the refusal leaves the list usable. */
function refuseListed(skb: SkBuff): void {
  bugOn(skb.list !== null, 'the buffer is on a list already');
}

/** Puts a buffer between two neighbours. @kernel __skb_insert */
function* link(skb: SkBuff, prev: SkBuffLink, next: SkBuffLink, list: SkBuffHead): Steps {
  skb.next = next;
  skb.prev = prev;
  yield 'link the buffer';
  next.prev = skb;
  yield 'link its successor';
  prev.next = skb;
  yield 'link its predecessor';
  skb.list = list;
  const { qlen } = list;
  yield 'read the count';
  list.qlen = qlen + 1;
  yield 'write the count';
}

/** Closes the gap that a buffer leaves. @kernel __skb_unlink */
function* unlink(skb: SkBuff, list: SkBuffHead): Steps {
  const { qlen } = list;
  yield 'read the count';
  list.qlen = qlen - 1;
  yield 'write the count';
  const next = skb.next as SkBuffLink;
  const prev = skb.prev as SkBuffLink;
  skb.next = null;
  skb.prev = null;
  skb.list = null;
  yield 'unlink the buffer';
  next.prev = prev;
  yield 'link its successor';
  prev.next = next;
  yield 'link its predecessor';
}

/** @kernel skb_queue_head */
export function* skbQueueHead(list: SkBuffHead, skb: SkBuff): Steps {
  refuseListed(skb);
  yield* spinLock(list.lock);
  yield* link(skb, list, list.next, list);
  yield* spinUnlock(list.lock);
}

/** @kernel skb_queue_tail */
export function* skbQueueTail(list: SkBuffHead, skb: SkBuff): Steps {
  refuseListed(skb);
  yield* spinLock(list.lock);
  yield* link(skb, list.prev, list, list);
  yield* spinUnlock(list.lock);
}

function listOf(neighbour: SkBuff): SkBuffHead {
  return neighbour.list ?? bug('the neighbour is on no list');
}

/** Puts a buffer before one that is on a list. @kernel skb_insert */
export function* skbInsert(successor: SkBuff, skb: SkBuff): Steps {
  refuseListed(skb);
  const list = listOf(successor);
  yield* spinLock(list.lock);
  yield* link(skb, successor.prev as SkBuffLink, successor, list);
  yield* spinUnlock(list.lock);
}

/** Puts a buffer behind one that is on a list. @kernel skb_append */
export function* skbAppend(predecessor: SkBuff, skb: SkBuff): Steps {
  refuseListed(skb);
  const list = listOf(predecessor);
  yield* spinLock(list.lock);
  yield* link(skb, predecessor, predecessor.next as SkBuffLink, list);
  yield* spinUnlock(list.lock);
}

/** Takes a buffer off the list that it is on, if any. @kernel skb_unlink */
export function* skbUnlink(skb: SkBuff): Steps {
  const { list } = skb;
  if (list === null) return;
  yield* spinLock(list.lock);
  // Another processor may have taken it off while this one waited for the lock.
  if (skb.list === list) yield* unlink(skb, list);
  yield* spinUnlock(list.lock);
}

/** The first buffer, which stays; null for an empty list. @kernel skb_peek */
export function skbPeek(list: SkBuffHead): SkBuff | null {
  return list.next === list ? null : (list.next as SkBuff);
}

/** The last buffer, which stays; null for an empty list. @kernel skb_peek_tail */
export function skbPeekTail(list: SkBuffHead): SkBuff | null {
  return list.prev === list ? null : (list.prev as SkBuff);
}

/** @kernel skb_dequeue */
export function* skbDequeue(list: SkBuffHead): Steps<SkBuff | null> {
  yield* spinLock(list.lock);
  const first = skbPeek(list);
  yield 'read the first';
  if (first !== null) yield* unlink(first, list);
  yield* spinUnlock(list.lock);
  return first;
}

/** @kernel skb_dequeue_tail */
export function* skbDequeueTail(list: SkBuffHead): Steps<SkBuff | null> {
  yield* spinLock(list.lock);
  const last = skbPeekTail(list);
  yield 'read the last';
  if (last !== null) yield* unlink(last, list);
  yield* spinUnlock(list.lock);
  return last;
}

/** Frees every buffer of the list. @kernel skb_queue_purge */
export function* skbQueuePurge(list: SkBuffHead): Steps {
  for (let skb = yield* skbDequeue(list); skb !== null; skb = yield* skbDequeue(list)) {
    kfreeSkb(skb);
  }
}

/** The buffers along one of the two links, from the head round to the head. */
export function skbQueueWalk(list: SkBuffHead, along: 'next' | 'prev'): SkBuff[] {
  const buffers: SkBuff[] = [];
  for (let link = list[along]; link !== list;) {
    bugOn(link === null || buffers.length > MAX_WALK, 'the links do not lead back to the head');
    buffers.push(link as SkBuff);
    link = (link as SkBuff)[along] as SkBuffLink;
  }
  return buffers;
}
