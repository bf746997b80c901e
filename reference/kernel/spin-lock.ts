/**
 * Spin locks.
 *
 * A processor that finds the lock held tries again at its next step. Test and set are one step, as
 * the locked exchange instruction makes them. Whoever tries next gets a lock that was released: there
 * is no queue.
 *
 * Source: Linux 2.6.11, include/asm-i386/spinlock.h; CONFIG_DEBUG_SPINLOCK. Left out: readers, since only writers of a
 * notifier chain and users of a queue take a lock here.
 */
import { bugOn } from './bug.ts';
import type { Steps } from './processors.ts';

export interface SpinLock {
  held: boolean;
}

/** @kernel spin_lock, write_lock */
export function* spinLock(lock: SpinLock): Steps {
  while (lock.held) yield 'spin';
  lock.held = true;
  yield 'lock';
}

/** Tries once. @returns whether it got the lock. @kernel spin_trylock */
export function* spinTrylock(lock: SpinLock): Steps<boolean> {
  const got = !lock.held;
  lock.held ||= got;
  yield got ? 'lock' : 'busy';
  return got;
}

/** @kernel spin_unlock, write_unlock */
export function* spinUnlock(lock: SpinLock): Steps {
  bugOn(!lock.held, 'spin_unlock of a lock that nobody holds');
  lock.held = false;
  yield 'unlock';
}
