/** Faults of memory that processors share. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/memory-model';

const ADD = `    write(memory, self, variable, ((memory.values.get(variable) ?? 0) + value) | 0);`;

const FULL_BARRIER = `    for (const { variable } of [...self.buffer])
        drain(memory, self, variable);
    smpRmb(self);`;

const LAST_ONE = `(old) => old - 1) === 1 ? 1 : 0;`;

export const MEMORY_MODEL: readonly Mutant[] = [
  {
    id: 'atomic-add-through-store-buffer',
    statement: 'SYN-02',
    file,
    find: ADD,
    replace: `    store(self, variable, (load(memory, self, variable) + value) | 0);`,
    does: 'Adds what it has loaded and stores the sum later, so two processors can add to the same value.',
  },
  {
    id: 'atomic-add-reads-stale-value',
    statement: 'SYN-02',
    file,
    find: ADD,
    replace: `    write(memory, self, variable, (load(memory, self, variable) + value) | 0);`,
    does: 'Adds to the old value that the processor still has in its cache.',
  },
  {
    id: 'atomic-add-does-not-wrap',
    statement: 'SYN-02',
    file,
    find: ADD,
    replace: `    const sum = (memory.values.get(variable) ?? 0) + value;
    write(memory, self, variable, Math.max(-0x80000000, Math.min(0x7fffffff, sum)));`,
    does: 'Stops at the ends of the range instead of wrapping around.',
  },
  {
    id: 'atomic-dec-ignores-sign',
    statement: 'SYN-02',
    file,
    find: LAST_ONE,
    replace: `(old) => old - 1) <= 1 ? 1 : 0;`,
    does: 'Says that a counter has become 0 when it has become negative.',
  },
  {
    id: 'atomic-dec-tests-before',
    statement: 'SYN-02',
    file,
    find: LAST_ONE,
    replace: `(old) => old - 1) === 0 ? 1 : 0;`,
    does: 'Tests the counter before it counts down.',
  },
  {
    id: 'atomic-dec-tests-separately',
    statement: 'SYN-02',
    file,
    find: `    return atomicReturn(memory, self, variable, ${LAST_ONE}`,
    replace: `    const old = load(memory, self, variable);
    atomicAdd(memory, self, variable, -1);
    return old === 1 ? 1 : 0;`,
    does: 'Looks at the value in its cache, then counts down in memory, so two can miss that it is 0.',
  },
  {
    id: 'xchg-returns-new-value',
    statement: 'SYN-02',
    alsoBreaks: ['SYN-03'],
    file,
    find: `    return atomicReturn(memory, self, variable, () => value);`,
    replace: `    atomicReturn(memory, self, variable, () => value);
    return value;`,
    does: 'Returns what it has written instead of what was there.',
  },
  {
    id: 'xchg-is-no-barrier',
    statement: 'SYN-03',
    alsoBreaks: ['SYN-02'],
    file,
    find: `    smpMb(memory, self);
    const old`,
    replace: `    const old`,
    does: 'Orders nothing around an atomic operation that returns a value.',
  },
  {
    id: 'smp-wmb-does-nothing',
    statement: 'SYN-03',
    file,
    find: `    self.epoch++;`,
    replace: ``,
    does: 'Takes smp_wmb for a hint to the compiler, so a later store can reach memory first.',
  },
  {
    id: 'smp-rmb-does-nothing',
    statement: 'SYN-03',
    file,
    find: `export function smpRmb(self) {
    self.stale.clear();`,
    replace: `export function smpRmb(self) {
    return;`,
    does: 'Takes smp_rmb for a hint to the compiler, so a later load can use an old value.',
  },
  {
    id: 'smp-mb-as-write-barrier',
    statement: 'SYN-03',
    alsoBreaks: ['SYN-02'],
    file,
    find: FULL_BARRIER,
    replace: `    smpWmb(self);
    smpRmb(self);`,
    does: 'Makes of smp_mb a read and a write barrier, so a load still overtakes an earlier store.',
  },
  {
    id: 'smp-mb-leaves-old-values',
    statement: 'SYN-03',
    file,
    find: FULL_BARRIER,
    replace: FULL_BARRIER.replace('\n    smpRmb(self);', ''),
    does: 'Waits in smp_mb for its own stores but goes on using old values of what others stored.',
  },
  {
    id: 'store-buffer-not-forwarded',
    statement: 'SYN-03',
    file,
    find: `    return own?.value ?? self.stale`,
    replace: `    return self.stale`,
    does: 'Loads from memory what it has just stored itself, and finds the value before.',
  },
  {
    id: 'store-buffer-forwards-oldest',
    statement: 'SYN-03',
    file,
    find: `self.buffer.findLast((store)`,
    replace: `self.buffer.find((store)`,
    does: 'Reads back the oldest of its own waiting stores instead of the youngest.',
  },
  {
    id: 'store-buffer-drains-youngest',
    statement: 'SYN-03',
    file,
    find: `self.buffer.findIndex((waiting)`,
    replace: `self.buffer.findLastIndex((waiting)`,
    does: 'Lets stores to one variable reach memory in the wrong order.',
  },
  {
    id: 'own-store-leaves-old-value',
    statement: 'SYN-03',
    file,
    find: `    self.stale.delete(variable);`,
    replace: ``,
    does: 'Goes on using an old value of a variable that it has itself stored to since.',
  },
  {
    id: 'per-cpu-one-copy',
    statement: 'SYN-01',
    file,
    find: `        perCpu: new Map(perCpu),`,
    replace: `        perCpu: (perCpu.shared ??= new Map(perCpu)),`,
    does: 'Keeps one copy of a per-CPU variable for all processors.',
  },
  {
    id: 'per-cpu-load-preemptible',
    statement: 'SYN-01',
    file,
    find: `    bugWherePreemptible(self, variable);
    return self`,
    replace: `    return self`,
    does: 'Lets a per-CPU variable be read while the task can be moved to another processor.',
  },
  {
    id: 'per-cpu-store-preemptible',
    statement: 'SYN-01',
    file,
    find: `    bugWherePreemptible(self, variable);
    self`,
    replace: `    self`,
    does: 'Lets a per-CPU variable be written while the task can be moved to another processor.',
  },
  {
    id: 'per-cpu-get-does-not-nest',
    statement: 'SYN-01',
    file,
    find: `    self.preemptCount++;`,
    replace: `    self.preemptCount = 1;`,
    does: 'Keeps one bit where a depth is needed, so the inner put_cpu_var turns preemption on.',
  },
  {
    id: 'per-cpu-put-unbalanced',
    statement: 'SYN-01',
    file,
    find: `    bugOn(self.preemptCount === 0, 'put_cpu_var without get_cpu_var');`,
    replace: ``,
    does: 'Does not notice that preemption is turned on more often than it was turned off.',
  },
  {
    id: 'atomic-overtakes-write-barrier',
    statement: 'SYN-03',
    file: 'kernel/memory-model',
    find: `(w) => w.epoch < self.epoch || w.variable === variable`,
    replace: `(w) => w.variable === variable`,
    does: 'Lets an atomic operation overtake stores from before a write barrier.',
  },
];
