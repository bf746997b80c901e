/** Faults of spin locks. */
import type { Mutant } from '../mutant.ts';

export const SPIN_LOCK: readonly Mutant[] = [
  {
    id: 'spin-lock-test-then-set',
    statement: 'NTF-05',
    alsoBreaks: ['SKB-02'],
    file: 'kernel/spin-lock',
    find: `    lock.held = true;`,
    replace: `    yield 'test';
    lock.held = true;`,
    does: 'Tests the lock in one step and sets it in the next, so two processors can both find it free.',
  },
  {
    id: 'spin-lock-never-waits',
    statement: 'NTF-05',
    alsoBreaks: ['SKB-02'],
    file: 'kernel/spin-lock',
    find: `    while (lock.held)
        yield 'spin';`,
    replace: ``,
    does: 'Takes the lock without looking whether somebody holds it.',
  },
];
