/** Faults of spin locks. */
import type { Mutant } from '../mutant.ts';

export const SPIN_LOCK: readonly Mutant[] = [
  {
    id: 'spin-lock-test-then-set',
    statement: 'NTF-05',
    alsoBreaks: ['SKB-02', 'SYN-04'],
    file: 'kernel/spin-lock',
    find: `    lock.held = true;`,
    replace: `    yield 'test';
    lock.held = true;`,
    does: 'Tests the lock in one step and sets it in the next, so two processors can both find it free.',
  },
  {
    id: 'spin-lock-never-waits',
    statement: 'NTF-05',
    alsoBreaks: ['SKB-02', 'SYN-04'],
    file: 'kernel/spin-lock',
    find: `    while (lock.held)
        yield 'spin';`,
    replace: ``,
    does: 'Takes the lock without looking whether somebody holds it.',
  },
  {
    id: 'spin-lock-waits-one-turn',
    statement: 'SYN-04',
    alsoBreaks: ['NTF-05', 'SKB-02'],
    file: 'kernel/spin-lock',
    find: `    while (lock.held)
        yield 'spin';`,
    replace: `    if (lock.held)
        yield 'spin';`,
    does: 'Looks again only once, then takes the lock whoever holds it.',
  },
  {
    id: 'spin-trylock-waits',
    statement: 'SYN-04',
    file: 'kernel/spin-lock',
    find: `    const got = !lock.held;`,
    replace: `    while (lock.held)
        yield 'lock';
    const got = !lock.held;`,
    does: 'Makes spin_trylock wait for the lock like spin_lock.',
  },
  {
    id: 'spin-trylock-always-succeeds',
    statement: 'SYN-04',
    file: 'kernel/spin-lock',
    find: `    const got = !lock.held;`,
    replace: `    const got = true;`,
    does: 'Says that it has got a lock that another holds.',
  },
  {
    id: 'spin-trylock-does-not-take',
    statement: 'SYN-04',
    file: 'kernel/spin-lock',
    find: `    lock.held ||= got;`,
    replace: ``,
    does: 'Says whether the lock is free but does not take it.',
  },
  {
    id: 'spin-trylock-answers-reversed',
    statement: 'SYN-04',
    file: 'kernel/spin-lock',
    find: `    yield got ? 'lock' : 'busy';`,
    replace: `    yield got ? 'busy' : 'lock';`,
    does: 'Answers as down_trylock does, 0 for success.',
  },
  {
    id: 'spin-unlock-keeps-lock',
    statement: 'SYN-04',
    alsoBreaks: ['NTF-05', 'SKB-02'],
    file: 'kernel/spin-lock',
    find: `    lock.held = false;`,
    replace: ``,
    does: 'Does not release the lock.',
  },
  {
    id: 'spin-unlock-unchecked',
    statement: 'SYN-04',
    file: 'kernel/spin-lock',
    find: `    bugOn(!lock.held, 'spin_unlock of a lock that nobody holds');`,
    replace: ``,
    does: 'Does not notice that a lock is released that nobody holds.',
  },
];
