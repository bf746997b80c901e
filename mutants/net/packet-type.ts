/** Faults of protocol handlers. */
import type { Mutant } from '../mutant.ts';

const file = 'net/packet-type';

const READ_LOCK = `    yield* rcuReadLock(cpu);`;

export const PACKET_TYPE: readonly Mutant[] = [
  {
    id: 'packet-type-removed-at-once',
    statement: 'RCU-07',
    file,
    find: `    yield* synchronizeRcu(rcu, cpu);`,
    replace: ``,
    does: 'Frees a handler while lookups may still stand on it.',
  },
  {
    id: 'packet-type-clears-own-link',
    statement: 'RCU-07',
    file,
    find: `        link.next = handler.next;`,
    replace: `        [link.next, handler.next] = [handler.next, null];`,
    does: 'Clears the link of a handler that is removed, so a lookup that stands on it ends there.',
  },
  {
    id: 'packet-type-linked-before-ready',
    statement: 'RCU-07',
    file,
    find: `    handler.next = list.next;
    yield 'link next';
    list.next = handler;
    yield 'link list';`,
    replace: `    const rest = list.next;
    list.next = handler;
    yield 'link list';
    handler.next = rest;
    yield 'link next';`,
    does: 'Puts a handler into the list before its own link is set, so a lookup misses those behind.',
  },
  {
    id: 'packet-type-added-without-lock',
    statement: 'RCU-07',
    file,
    find: `    yield* spinLock(types.lock);
    const list = listOf(types, handler.protocol);
    handler.next = list.next;
    yield 'link next';
    list.next = handler;
    yield 'link list';
    yield* spinUnlock(types.lock);`,
    replace: `    const list = listOf(types, handler.protocol);
    handler.next = list.next;
    yield 'link next';
    list.next = handler;
    yield 'link list';`,
    does: 'Adds a handler without the lock, so two that are added at once can lose one.',
  },
  {
    id: 'packet-type-lookup-takes-lock',
    statement: 'RCU-07',
    alsoBreaks: ['RCU-03'],
    file,
    find: READ_LOCK,
    replace: `${READ_LOCK}
    yield* spinLock(types.lock);
    yield* spinUnlock(types.lock);`,
    does: 'Takes the lock of the table to look a packet up.',
  },
  {
    id: 'packet-type-trusts-hash',
    statement: 'RCU-07',
    file,
    find: `        if (at.protocol !== ETH_P_ALL && at.protocol !== protocol)
                continue;`,
    replace: ``,
    does: 'Hands a packet to every handler in the list that its protocol hashes to.',
  },
  {
    id: 'packet-type-no-taps',
    statement: 'RCU-07',
    file,
    find: `[types.all, listOf(types, protocol)]`,
    replace: `[listOf(types, protocol)]`,
    does: 'Forgets those that want packets of all protocols.',
  },
  {
    id: 'packet-type-first-hearer-only',
    statement: 'RCU-07',
    file,
    find: `            yield 'deliver';`,
    replace: `            yield 'deliver';
            break;`,
    does: 'Ends the lookup at the first handler of the protocol.',
  },
  {
    id: 'packet-type-taps-last',
    statement: 'PRO-01',
    alsoBreaks: ['RCU-07'],
    file,
    find: `[types.all, listOf(types, protocol)]`,
    replace: `[listOf(types, protocol), types.all]`,
    does: 'Lets those that want all packets hear one when those of its protocol have.',
  },
];
