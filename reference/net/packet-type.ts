/**
 * Protocol handlers.
 *
 * Who wants packets of a protocol hangs a handler into one of 16 lists, found by the low bits of the
 * protocol's number; who wants all packets hangs it into a list of its own. Receiving walks the lists
 * with no lock, under RCU: a handler is put in with its link already set, and one that is taken out
 * keeps its link, so a walk that stands on it goes on. It may be freed when every such walk is over,
 * for which dev_remove_pack waits.
 *
 * Source: Linux 2.6.11, net/core/dev.c. Left out: that a handler is called when the next one has been
 * found, which saves a reference on the buffer and cannot be told here.
 */
import { bugOn } from '../kernel/bug.ts';
import { preemptDisable, preemptEnable, type Cpu } from '../kernel/multitasking.ts';
import type { Steps } from '../kernel/processors.ts';
import { rcuReadLock, rcuReadUnlock, synchronizeRcu, type Rcu } from '../kernel/rcu.ts';
import { spinLock, spinUnlock, type SpinLock } from '../kernel/spin-lock.ts';

export const ETH_P_ALL = 0x0003;

/** @kernel struct packet_type */
export interface PacketType {
  readonly name: string;
  readonly protocol: number;
  readonly func: () => void;
  next: PacketType | null;
  /** Its memory belongs to somebody else. */
  freed: boolean;
}

interface List {
  next: PacketType | null;
}

export interface PacketTypes {
  /** @kernel ptype_all */
  readonly all: List;
  /** By hash. @kernel ptype_base */
  readonly base: readonly List[];
  /** For who changes the lists. @kernel ptype_lock */
  readonly lock: SpinLock;
}

export function newPacketTypes(): PacketTypes {
  const list = (): List => ({ next: null });
  return { all: list(), base: Array.from({ length: 16 }, list), lock: { held: false } };
}

export function newPacketType(name: string, protocol: number, func: () => void): PacketType {
  return { name, protocol, func, next: null, freed: false };
}

function listOf({ all, base }: PacketTypes, protocol: number): List {
  return protocol === ETH_P_ALL ? all : (base[protocol & 15] as List);
}

/** @kernel dev_add_pack */
export function* devAddPack(types: PacketTypes, handler: PacketType, cpu: Cpu): Steps {
  preemptDisable(cpu);
  yield* spinLock(types.lock);
  const list = listOf(types, handler.protocol);
  handler.next = list.next;
  yield 'link next';
  list.next = handler;
  yield 'link list';
  yield* spinUnlock(types.lock);
  preemptEnable(cpu);
}

/** Returns when nobody can be looking at the handler. @kernel dev_remove_pack */
export function* devRemovePack(types: PacketTypes, handler: PacketType, rcu: Rcu, cpu: Cpu): Steps {
  preemptDisable(cpu);
  yield* spinLock(types.lock);
  let link = listOf(types, handler.protocol);
  while (link.next !== null && link.next !== handler) {
    link = link.next;
    yield 'pass';
  }
  if (link.next !== null) link.next = handler.next;
  yield 'unlink';
  yield* spinUnlock(types.lock);
  preemptEnable(cpu);
  yield* synchronizeRcu(rcu, cpu);
  handler.freed = true;
}

/** Hands a packet to all who want it. @kernel netif_receive_skb */
export function* netifReceiveSkb(types: PacketTypes, protocol: number, cpu: Cpu): Steps {
  yield* rcuReadLock(cpu);
  for (const list of [types.all, listOf(types, protocol)]) {
    for (let at = list.next; at !== null; at = at.next) {
      yield 'look';
      bugOn(at.freed, `${at.name} was freed and is looked at`);
      if (at.protocol !== ETH_P_ALL && at.protocol !== protocol) continue;
      at.func();
      yield 'deliver';
    }
  }
  yield* rcuReadUnlock(cpu);
}

/** All handlers that are in the table. */
export function packetTypeNames({ all, base }: PacketTypes): string[] {
  const names: string[] = [];
  for (const list of [all, ...base]) {
    for (let at = list.next; at !== null; at = at.next) names.push(at.name);
  }
  return names;
}
