/**
 * Spin locks.
 *
 * A processor that finds the lock held tries again at its next step. Test and set are one step, as
 * the locked exchange instruction makes them.
 *
 * Source: Linux 2.6.11, include/asm-i386/spinlock.h. Left out: readers, since only writers of a
 * notifier chain and users of a queue take a lock here.
 */
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

/** @kernel spin_unlock, write_unlock */
export function* spinUnlock(lock: SpinLock): Steps {
  lock.held = false;
  yield 'unlock';
}
