/**
 * Notifier chains.
 *
 * A chain is a singly linked list kept in descending priority. Registration does the ordering, so
 * an announcement is a plain walk that ends early when a notifier answers with the stop bit.
 * Registration takes a lock, the walk takes none.
 *
 * Source: Linux 2.6.11, kernel/sys.c; for `linux-6`, kernel/notifier.c of Linux 6.18. Left out: the
 * atomic, blocking and SRCU heads of later kernels, which differ in the lock only.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { bugOn } from './bug.ts';
import type { Steps } from './processors.ts';
import { spinLock, spinUnlock, type SpinLock } from './spin-lock.ts';

export const NOTIFY_DONE = 0x0000;
export const NOTIFY_OK = 0x0001;
export const NOTIFY_STOP_MASK = 0x8000;
export const NOTIFY_BAD = NOTIFY_STOP_MASK | 0x0002;
export const NOTIFY_STOP = NOTIFY_STOP_MASK | NOTIFY_OK;

/** A walk longer than this goes in a circle. */
const MAX_CALLS = 10_000;

/** @kernel struct notifier_block */
export interface NotifierBlock {
  readonly name: string;
  readonly notifierCall: (event: number, data: string) => number;
  /** Signed 32-bit integer; a higher priority runs earlier. */
  readonly priority: number;
  next: NotifierBlock | null;
}

/** What a block is made of before it is on a chain. */
export interface NotifierInit extends Pick<NotifierBlock, 'name' | 'notifierCall'> {
  readonly priority?: number | undefined;
}

/** A block as C initialises it: what is not named is zero, the priority too. */
export function newNotifierBlock({
  name,
  notifierCall,
  priority = 0,
}: NotifierInit): NotifierBlock {
  return { name, notifierCall, priority, next: null };
}

/** @kernel struct notifier_block * — the list head. */
export interface NotifierChain {
  next: NotifierBlock | null;
}

/** What differs between systems. */
export interface NotifierRules {
  /** Registering a block that is on the chain is refused; in 2.6.11 it ties the list into a loop. */
  readonly refusesTwice: boolean;
  /** The successor is read before a notifier runs, so a callback cannot change who is next. */
  readonly readsNextFirst: boolean;
}

/** @kernel notifier_lock — one for all chains. */
export const newNotifierLock = (): SpinLock => ({ held: false });

/**
 * @errors EEXIST — the block is on the chain already, where the rules refuse it.
 * @kernel notifier_chain_register
 */
export function* notifierChainRegister(
  chain: NotifierChain,
  block: NotifierBlock,
  lock: SpinLock,
  rules: NotifierRules,
): Steps<Outcome<Record<string, never>, 'EEXIST'>> {
  yield* spinLock(lock);
  let link: NotifierChain = chain;
  // Not below its equals: a newcomer goes behind those of its own priority.
  while (link.next !== null && link.next.priority >= block.priority) {
    if (rules.refusesTwice && link.next === block) {
      yield* spinUnlock(lock);
      return failure('EEXIST');
    }
    link = link.next;
    yield `pass ${(link as NotifierBlock).name}`;
  }
  block.next = link.next;
  yield 'link next';
  link.next = block;
  yield 'link list';
  yield* spinUnlock(lock);
  return success({});
}

/**
 * The block keeps its own link, so that a walk that stands on it can go on.
 *
 * @errors ENOENT — the block is not on the chain.
 * @kernel notifier_chain_unregister
 */
export function* notifierChainUnregister(
  chain: NotifierChain,
  block: NotifierBlock,
  lock: SpinLock,
): Steps<Outcome<Record<string, never>, 'ENOENT'>> {
  yield* spinLock(lock);
  let link: NotifierChain = chain;
  while (link.next !== null && link.next !== block) {
    link = link.next;
    yield `pass ${(link as NotifierBlock).name}`;
  }
  if (link.next === null) {
    yield* spinUnlock(lock);
    return failure('ENOENT');
  }
  link.next = block.next;
  yield 'unlink';
  yield* spinUnlock(lock);
  return success({});
}

/**
 * Announces an event; the walk holds no lock, so a notifier may register or unregister.
 *
 * @returns the answer that ended the call, or else the last one; NOTIFY_DONE for an empty chain.
 * @kernel notifier_call_chain
 */
export function notifierCallChain(
  chain: NotifierChain,
  event: number,
  data: string,
  rules: NotifierRules,
): number {
  let answer = NOTIFY_DONE;
  let calls = 0;
  for (let block = chain.next; block !== null;) {
    bugOn(++calls > MAX_CALLS, 'the chain has no end');
    const successor = block.next;
    answer = block.notifierCall(event, data);
    if (answer & NOTIFY_STOP_MASK) return answer;
    block = rules.readsNextFirst ? successor : block.next;
  }
  return answer;
}

/** Names of the blocks, first to last. @throws KernelBug — the chain has no end. */
export function notifierChainNames(chain: NotifierChain): string[] {
  const names: string[] = [];
  for (let block = chain.next; block !== null; block = block.next) {
    bugOn(names.length > MAX_CALLS, 'the chain has no end');
    names.push(block.name);
  }
  return names;
}
