/** Faults of lists of buffers. */
import type { Mutant } from '../mutant.ts';

const file = 'net/sk-buff-queue';

const statement = 'SKB-02';

export const SK_BUFF_QUEUE: readonly Mutant[] = [
  {
    id: 'queue-count-not-raised',
    statement,
    file,
    find: `list.qlen = qlen + 1;`,
    replace: `list.qlen = qlen;`,
    does: 'Links a buffer and does not count it.',
  },
  {
    id: 'queue-count-not-lowered',
    statement,
    file,
    find: `list.qlen = qlen - 1;`,
    replace: `list.qlen = qlen;`,
    does: 'Takes a buffer off and counts it on.',
  },
  {
    id: 'queue-link-without-prev',
    statement,
    file,
    find: `    next.prev = skb;`,
    replace: ``,
    does: "Links a buffer without setting its successor's link back.",
  },
  {
    id: 'queue-unlink-without-prev',
    statement,
    file,
    find: `    next.prev = prev;`,
    replace: ``,
    does: "Takes a buffer off without setting its successor's link back.",
  },
  {
    id: 'queue-head-at-tail',
    statement,
    file,
    find: `link(skb, list, list.next, list)`,
    replace: `link(skb, list.prev, list, list)`,
    does: 'Queues at the tail what should go to the head.',
  },
  {
    id: 'queue-tail-at-head',
    statement,
    file,
    find: `link(skb, list.prev, list, list)`,
    replace: `link(skb, list, list.next, list)`,
    does: 'Queues at the head what should go to the tail.',
  },
  {
    id: 'queue-insert-behind',
    statement,
    file,
    find: `link(skb, successor.prev, successor, list)`,
    replace: `link(skb, successor, successor.next, list)`,
    does: 'Inserts a buffer behind its neighbour instead of before it.',
  },
  {
    id: 'queue-append-before',
    statement,
    file,
    find: `link(skb, predecessor, predecessor.next, list)`,
    replace: `link(skb, predecessor.prev, predecessor, list)`,
    does: 'Appends a buffer before its neighbour instead of behind it.',
  },
  {
    id: 'queue-append-at-end',
    statement,
    file,
    find: `link(skb, predecessor, predecessor.next, list)`,
    replace: `link(skb, list.prev, list, list)`,
    does: 'Appends a buffer to the end of the list instead of behind its neighbour.',
  },
  {
    id: 'dequeue-from-wrong-end',
    statement,
    file,
    find: `const first = skbPeek(list);`,
    replace: `const first = skbPeekTail(list);`,
    does: 'Dequeues the last buffer instead of the first.',
  },
  {
    id: 'dequeue-tail-from-wrong-end',
    statement,
    file,
    find: `const last = skbPeekTail(list);`,
    replace: `const last = skbPeek(list);`,
    does: 'Dequeues the first buffer when the last was asked for.',
  },
  {
    id: 'dequeue-only-looks',
    statement,
    file,
    find: `    if (first !== null)
        yield* unlink(first, list);`,
    replace: ``,
    does: 'Returns the first buffer and leaves it on the list.',
  },
  {
    id: 'peek-gives-the-head',
    statement,
    file,
    find: `return list.next === list ? null : list.next;`,
    replace: `return list.next === list || list.next === list.prev ? null : list.next;`,
    does: 'Takes a list of one buffer for an empty one.',
  },
  {
    id: 'peek-tail-gives-the-first',
    statement,
    file,
    find: `return list.prev === list ? null : list.prev;`,
    replace: `return list.prev === list ? null : list.next;`,
    does: 'Looks at the first buffer when the last was asked for.',
  },
  {
    id: 'queue-list-pointer-kept',
    statement,
    alsoBreaks: ['SKB-11'],
    file,
    find: `    skb.list = null;`,
    replace: ``,
    does: 'Leaves the list pointer in a buffer that was taken off.',
  },
  {
    id: 'queue-list-pointer-not-set',
    statement,
    file,
    find: `    skb.list = list;`,
    replace: ``,
    does: 'Links a buffer without noting which list it is on.',
  },
  {
    id: 'queue-twice-unnoticed',
    statement,
    file,
    find: `bugOn(skb.list !== null, `,
    replace: `bugOn(false, `,
    does: 'Lets a buffer be queued that is on a list already.',
  },
  {
    id: 'purge-stops-after-one',
    statement,
    file,
    find: `skb !== null; skb = yield* skbDequeue(list)`,
    replace: `skb !== null; skb = null`,
    does: 'Purges the first buffer of a list and leaves the others.',
  },
  {
    id: 'purge-does-not-free',
    statement,
    file,
    find: `        kfreeSkb(skb);`,
    replace: ``,
    does: 'Takes all buffers off a list when it is purged and frees none.',
  },
  {
    id: 'queue-tail-without-lock',
    statement,
    file,
    find: `    yield* spinLock(list.lock);
    yield* link(skb, list.prev, list, list);`,
    replace: `    yield* link(skb, list.prev, list, list);`,
    does: 'Queues at the tail without taking the lock.',
  },
  {
    id: 'dequeue-without-lock',
    statement,
    file,
    find: `    yield* spinLock(list.lock);
    const first`,
    replace: `    const first`,
    does: 'Dequeues without taking the lock.',
  },
  {
    id: 'dequeue-looks-before-the-lock',
    statement,
    file,
    find: `    yield* spinLock(list.lock);
    const first = skbPeek(list);
    yield 'read the first';`,
    replace: `    const first = skbPeek(list);
    yield 'read the first';
    yield* spinLock(list.lock);`,
    does: 'Reads the first buffer before it takes the lock, so two can take the same one.',
  },
];
