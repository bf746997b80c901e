/** Faults of read-copy update. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/rcu';

const READ_LOCK = `export function* rcuReadLock(cpu) {
    preemptDisable(cpu);
}
/** @kernel rcu_read_unlock */
export function* rcuReadUnlock(cpu) {
    preemptEnable(cpu);
}`;

const QUEUED = `    dataOf(rcu, processor).next.push(callback);`;

const TICK = `    if (interrupted !== 'kernel')
        rcuQuiescent(rcu, processor);`;

const WAITS_FOR = `    for (const processor of rcu.data.keys())
        rcu.waitingFor.add(processor);`;

export const RCU: readonly Mutant[] = [
  {
    id: 'rcu-read-lock-does-nothing',
    statement: 'RCU-02',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05', 'RCU-06'],
    file,
    find: READ_LOCK,
    replace: `export function* rcuReadLock() {
}
export function* rcuReadUnlock() {
}`,
    does: 'Leaves preemption on in a read-side section.',
  },
  {
    id: 'rcu-read-lock-does-not-nest',
    statement: 'RCU-02',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05', 'RCU-06'],
    file,
    find: READ_LOCK,
    replace: `export function* rcuReadLock(cpu) {
    currentThread(cpu).preemptCount = 1;
}
export function* rcuReadUnlock(cpu) {
    currentThread(cpu).preemptCount = 0;
}`,
    does: 'Keeps one bit where a depth is needed, so the inner rcu_read_unlock ends the section.',
  },
  {
    id: 'rcu-readers-take-a-lock',
    statement: 'RCU-03',
    alsoBreaks: ['RCU-01', 'RCU-02', 'RCU-04', 'RCU-05', 'RCU-06'],
    file,
    find: READ_LOCK,
    replace: `const readers = { cpu: null, depth: 0 };
export function* rcuReadLock(cpu) {
    while (readers.depth > 0 && readers.cpu !== cpu)
        yield 'spin';
    readers.depth = readers.cpu === cpu ? readers.depth + 1 : 1;
    readers.cpu = cpu;
    preemptDisable(cpu);
}
export function* rcuReadUnlock(cpu) {
    readers.depth--;
    preemptEnable(cpu);
}`,
    does: 'Lets readers on different processors exclude each other by a lock.',
  },
  {
    id: 'rcu-freed-at-once',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05'],
    file,
    find: QUEUED,
    replace: `    callback();`,
    does: 'Runs the callback in call_rcu itself, while readers still hold the old copy.',
  },
  {
    id: 'rcu-freed-at-next-tick',
    statement: 'RCU-01',
    alsoBreaks: ['RCU-03', 'RCU-04', 'RCU-06'],
    file,
    find: QUEUED,
    replace: `    dataOf(rcu, processor).done.push(callback);`,
    does: 'Frees the old copy at the next clock tick, without waiting for readers.',
  },
  {
    id: 'rcu-waits-for-one-processor',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: WAITS_FOR,
    replace: `    rcu.waitingFor.add(rcu.data.length - 1);`,
    does: 'Waits for readers on the last processor only.',
  },
  {
    id: 'rcu-first-report-completes',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: `    if (rcu.waitingFor.size > 0)
        return;`,
    replace: ``,
    does: 'Ends the grace period when the first processor reports, not the last.',
  },
  {
    id: 'rcu-kernel-tick-counts',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: TICK,
    replace: `    rcuQuiescent(rcu, processor);`,
    does: 'Takes a tick that interrupts the kernel for a quiescent state, though a reader may run there.',
  },
  {
    id: 'rcu-user-tick-does-not-count',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01'],
    file,
    find: TICK,
    replace: `    if (interrupted === 'idle')
        rcuQuiescent(rcu, processor);`,
    does: 'Does not see that a processor in user mode reads nothing.',
  },
  {
    id: 'rcu-idle-tick-does-not-count',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05', 'RCU-02'],
    file,
    find: TICK,
    replace: `    if (interrupted === 'user')
        rcuQuiescent(rcu, processor);`,
    does: 'Waits for ever for a processor that is idle.',
  },
  {
    id: 'rcu-kernel-tick-wipes-switch',
    statement: 'RCU-06',
    file,
    find: TICK,
    replace: `    dataOf(rcu, processor).quiescentPassed = interrupted !== 'kernel';`,
    does: 'Forgets at a tick in the kernel that the processor has switched tasks since.',
  },
  {
    id: 'rcu-old-quiescent-state-counts',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: `        data.quiescentPassed = false;
`,
    replace: ``,
    does: 'Counts a task switch from before the grace period began.',
  },
  {
    id: 'rcu-joins-running-batch',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: `    data.batch = rcu.batch + 1;`,
    replace: `    data.batch = Math.max(rcu.batch, rcu.completed + 1);`,
    does: 'Lets new callbacks wait for the grace period that runs, which began before them.',
  },
  {
    id: 'rcu-next-batch-never-begins',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: `    rcu.completed = rcu.batch;
    startBatch(rcu);`,
    replace: `    rcu.completed = rcu.batch;`,
    does: 'Does not begin the grace period that was asked for while another ran.',
  },
  {
    id: 'rcu-callbacks-last-first',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: `.next.push(callback);`,
    replace: `.next.unshift(callback);`,
    does: 'Keeps callbacks on a stack, so the last one runs first.',
  },
  {
    id: 'rcu-pass-drops-the-rest',
    statement: 'RCU-06',
    file,
    find: `data.done.splice(0, MAX_BATCH))`,
    replace: `data.done.splice(0).slice(0, MAX_BATCH))`,
    does: 'Forgets the callbacks that do not fit into one pass.',
  },
  {
    id: 'rcu-pass-without-limit',
    statement: 'RCU-06',
    profile: 'linux-2.6.11',
    file,
    find: `data.done.splice(0, MAX_BATCH))`,
    replace: `data.done.splice(0))`,
    does: 'Runs all callbacks in one pass, however many there are.',
  },
  {
    id: 'rcu-batch-ends-a-tick-early',
    statement: 'RCU-06',
    profile: 'linux-2.6.11',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04'],
    file,
    find: `    checkQuiescentState(rcu, data, processor);
    for`,
    replace: `    checkQuiescentState(rcu, data, processor);
    if (data.current.length > 0 && rcu.completed >= data.batch)
        data.done.push(...data.current.splice(0));
    for`,
    does: 'Runs callbacks in the tick that ends the grace period, not in the next one.',
  },
  {
    id: 'synchronize-rcu-returns-at-once',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05'],
    file,
    find: `    let over = false;`,
    replace: `    let over = true;`,
    does: 'Returns from synchronize_rcu without waiting for a grace period.',
  },
  {
    id: 'synchronize-rcu-spins',
    statement: 'RCU-06',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05'],
    file,
    find: `        yield* sleepStep(cpu);`,
    replace: `        yield 'spin';`,
    does: 'Burns the processor in synchronize_rcu instead of sleeping.',
  },
  {
    id: 'sleep-with-preemption-off',
    statement: 'RCU-05',
    file: 'kernel/multitasking',
    find: `    bugOn(self.preemptCount > 0, 'scheduling while atomic');`,
    replace: ``,
    does: 'Lets a reader wait for a grace period that cannot end before it has left.',
  },
  {
    id: 'give-way-with-preemption-off',
    statement: 'RCU-05',
    file: 'kernel/multitasking',
    find: `    bugOn(currentThread(cpu).preemptCount > 0, 'scheduling while atomic');
    cpu.needResched`,
    replace: `    cpu.needResched`,
    does: 'Does not notice that a reader gives up its processor.',
  },
  {
    id: 'preempted-with-preemption-off',
    statement: 'RCU-02',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-04', 'RCU-05', 'RCU-06'],
    file: 'kernel/multitasking',
    find: `    return needResched && current?.preemptCount === 0;`,
    replace: `    return needResched;`,
    does: 'Switches tasks when the quantum expires, whatever the preemption count.',
  },
  {
    id: 'preempt-enable-does-not-reschedule',
    statement: 'RCU-02',
    alsoBreaks: ['RCU-05', 'RCU-06'],
    file: 'kernel/multitasking',
    find: `    if (ended || thread.sleeping || mayPreempt(cpu))`,
    replace: `    if (ended || thread.sleeping)`,
    does: 'Forgets the switch that was put off while preemption was off.',
  },
  {
    id: 'quantum-one-tick-longer',
    statement: 'RCU-02',
    file: 'kernel/multitasking',
    find: `--cpu.ticksLeft <= 0`,
    replace: `--cpu.ticksLeft < 0`,
    does: 'Gives every task a tick more than its quantum.',
  },
  {
    id: 'preempt-enable-unbalanced',
    statement: 'RCU-02',
    file: 'kernel/multitasking',
    find: `    bugOn(self.preemptCount === 0, 'preempt_enable without preempt_disable');`,
    replace: ``,
    does: 'Does not notice that preemption is turned on more often than it was turned off.',
  },
  {
    id: 'copy-shares-the-original',
    statement: 'RCU-04',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-06'],
    file: 'kernel/poison',
    find: `    return { fields: new Map(fields), freed: false };`,
    replace: `    return { fields: fields instanceof Map ? fields : new Map(fields), freed: false };`,
    does: 'Copies the pointer instead of the structure, so readers see it while it is changed.',
  },
  {
    id: 'copy-forgets-the-last-field',
    statement: 'RCU-04',
    alsoBreaks: ['RCU-01', 'RCU-03', 'RCU-06'],
    file: 'kernel/poison',
    find: `    return { fields: new Map(fields), freed: false };`,
    replace: `    const all = [...fields];
    return { fields: new Map(fields instanceof Map ? all.slice(0, 1) : all), freed: false };`,
    does: 'Copies the first field only.',
  },
  {
    id: 'rcu-one-pass-a-tick',
    statement: 'RCU-06',
    profile: 'linux-2.6.11',
    file: 'kernel/rcu',
    find: `const MAX_SOFTIRQ_RESTART = 10;`,
    replace: `const MAX_SOFTIRQ_RESTART = 1;`,
    does: 'Leaves what one pass has not run to the next tick.',
  },
  {
    id: 'rcu-rest-of-a-quantum',
    statement: 'RCU-02',
    file: 'kernel/multitasking',
    find: `    cpu.ticksLeft = quantum;
    const before`,
    replace: `    const before`,
    does: "Gives who is switched to what is left of the last one's quantum.",
  },
  {
    id: 'rcu-freed-twice-unnoticed',
    statement: 'RCU-06',
    file: 'kernel/poison',
    find: `bugOn(structure.freed, 'a structure is freed twice');`,
    replace: ``,
    does: 'Frees a structure twice without a word.',
  },
];
