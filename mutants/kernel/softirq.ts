/** Faults of software interrupts. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/softirq';

const VECTORS = `vectors: ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'SCSI', 'TASKLET'],`;

const RULES = `${VECTORS}
    maxRestart: MAX_SOFTIRQ_RESTART,
    maxTimeMs: Infinity,
    yieldsToProcess: false,
    handlersIrqsOff: false,`;

const EXIT = `    yield* handler();
    cpu.hardirqs--;
    yield* doSoftirq(cpu, 'interrupt exit');`;

const REPEAT = `} while (cpu.pending !== 0 && pass < maxRestart);`;

const BITS = `    for (let bit = 0; pending >> bit !== 0; bit++) {
        if (((pending >> bit) & 1) === 0)
            continue;`;

const IN_INTERRUPT = `    if (!inInterrupt(cpu))
        wakeupSoftirqd(cpu, 'process');`;

export const SOFTIRQ: readonly Mutant[] = [
  {
    id: 'softirq-highest-first',
    statement: 'SIQ-07',
    file,
    find: BITS,
    replace: `    for (let bit = 31; bit >= 0; bit--) {
        if (((pending >> bit) & 1) === 0)
            continue;`,
    does: 'Runs pending softirqs from the highest vector to the lowest.',
  },
  {
    id: 'softirq-timer-before-hi',
    statement: 'SIQ-07',
    file,
    find: VECTORS,
    replace: `vectors: ['TIMER', 'HI', 'NET_TX', 'NET_RX', 'SCSI', 'TASKLET'],`,
    does: 'Has the timers before the high-priority tasklets.',
  },
  {
    id: 'softirq-receive-before-send',
    statement: 'SIQ-07',
    file,
    find: VECTORS,
    replace: `vectors: ['HI', 'TIMER', 'NET_RX', 'NET_TX', 'SCSI', 'TASKLET'],`,
    does: 'Receives before it sends.',
  },
  {
    id: 'softirq-tasklets-before-network',
    statement: 'SIQ-07',
    file,
    find: VECTORS,
    replace: `vectors: ['HI', 'TIMER', 'TASKLET', 'NET_TX', 'NET_RX', 'SCSI'],`,
    does: 'Has tasklets before the network.',
  },
  {
    id: 'softirq-disks-last',
    statement: 'SIQ-07',
    file,
    find: VECTORS,
    replace: `vectors: ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'TASKLET', 'SCSI'],`,
    does: 'Has disks after the tasklets.',
  },
  {
    id: 'softirq-joins-the-pass',
    statement: 'SIQ-07',
    file,
    find: BITS,
    replace: `    for (let bit = 0; (pending | cpu.pending) >> bit !== 0; bit++) {
        const raised = (((pending | cpu.pending) >> bit) & 1) !== 0;
        cpu.pending &= ~(1 << bit);
        if (!raised)
            continue;`,
    does: 'Runs in the same pass what is raised during it, if its vector is still to come.',
  },
  {
    id: 'softirq-cleared-after-the-pass',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-06', 'DEV-02'],
    file,
    find: `        bugOn(cpu.softirqs !== before, 'a softirq ends with bottom halves disabled');
    }`,
    replace: `        bugOn(cpu.softirqs !== before, 'a softirq ends with bottom halves disabled');
    }
    cpu.pending = 0;`,
    does: 'Clears the pending bits after the pass, so what was raised meanwhile is lost.',
  },
  {
    id: 'softirq-raise-toggles',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-02'],
    file,
    find: `    cpu.pending |= 1 <<`,
    replace: `    cpu.pending ^= 1 <<`,
    does: 'Turns the bit over, so raising twice is raising never.',
  },
  {
    id: 'softirq-one-pass',
    statement: 'SIQ-07',
    file,
    find: REPEAT,
    replace: `} while (false);`,
    does: 'Leaves everything that is raised during the first pass to ksoftirqd.',
  },
  {
    id: 'softirq-nine-passes',
    statement: 'SIQ-07',
    file,
    find: `MAX_SOFTIRQ_RESTART = 10`,
    replace: `MAX_SOFTIRQ_RESTART = 9`,
    does: 'Gives up after nine passes.',
  },
  {
    id: 'softirq-ten-restarts',
    statement: 'SIQ-07',
    file,
    find: REPEAT,
    replace: `} while (cpu.pending !== 0 && pass <= maxRestart);`,
    does: 'Restarts ten times, which makes eleven passes.',
  },
  {
    id: 'softirq-never-gives-up',
    statement: 'SIQ-07',
    file,
    find: REPEAT,
    replace: `} while (cpu.pending !== 0);`,
    does: 'Goes on until nothing is pending, and the process waits for ever.',
  },
  {
    id: 'softirq-rest-forgotten',
    statement: 'SIQ-07',
    alsoBreaks: ['DEV-02'],
    file,
    find: `    if (cpu.pending !== 0)
        wakeupSoftirqd(cpu, context);`,
    replace: ``,
    does: 'Does not wake ksoftirqd for what is left after the last pass.',
  },
  {
    id: 'softirq-nests',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-02', 'SIQ-06', 'DEV-02'],
    file,
    find: `return cpu.hardirqs + cpu.softirqs > 0;`,
    replace: `return cpu.hardirqs > 0;`,
    does: 'Runs softirqs inside softirqs, and while bottom halves are disabled.',
  },
  {
    id: 'softirq-in-hard-handlers',
    statement: 'SIQ-07',
    file,
    find: EXIT,
    replace: `    yield* handler();
    const outer = cpu.hardirqs - 1;
    cpu.hardirqs = 0;
    yield* doSoftirq(cpu, 'interrupt exit');
    cpu.hardirqs = outer;`,
    does: 'Runs softirqs at the end of each hard interrupt, the nested ones too.',
  },
  {
    id: 'softirq-before-the-handler',
    statement: 'SIQ-02',
    alsoBreaks: ['SIQ-06', 'SIQ-07', 'DEV-02'],
    file,
    find: EXIT,
    replace: `    cpu.hardirqs--;
    yield* doSoftirq(cpu, 'interrupt exit');
    cpu.hardirqs++;
    yield* handler();
    cpu.hardirqs--;`,
    does: 'Runs softirqs when a hard interrupt begins, so work that it queues waits for the next one.',
  },
  {
    id: 'softirq-not-on-interrupt-exit',
    statement: 'SIQ-02',
    alsoBreaks: ['SIQ-06', 'SIQ-07', 'DEV-02'],
    file,
    find: EXIT,
    replace: `    yield* handler();
    cpu.hardirqs--;`,
    does: 'Runs no softirqs when a hard interrupt ends.',
  },
  {
    id: 'softirq-handlers-with-interrupts-off',
    statement: 'SIQ-07',
    file,
    find: RULES,
    replace: RULES.replace('IrqsOff: false', 'IrqsOff: true'),
    does: 'Keeps other lines out while a handler runs, which Linux 2.6.11 does not.',
  },
  {
    id: 'softirq-passes-are-timed',
    statement: 'SIQ-07',
    file,
    find: RULES,
    replace: RULES.replace('Infinity', '2'),
    does: 'Begins no further pass after two jiffies, which Linux 2.6.11 does not ask.',
  },
  {
    id: 'softirq-bh-inner-enable-runs',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-02'],
    file,
    find: `    cpu.softirqs--;
    yield* doSoftirq(cpu, 'bh enable');`,
    replace: `    const outer = cpu.softirqs - 1;
    cpu.softirqs = 0;
    yield* doSoftirq(cpu, 'bh enable');
    cpu.softirqs = outer;`,
    does: 'Runs softirqs at each local_bh_enable, not only at the outermost.',
  },
  {
    id: 'softirq-bh-enable-runs-nothing',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-02'],
    file,
    find: `    yield* doSoftirq(cpu, 'bh enable');`,
    replace: ``,
    does: 'Leaves what came while bottom halves were disabled to the next interrupt.',
  },
  {
    id: 'softirq-bh-flag',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-02'],
    file,
    find: `export function localBhDisable(cpu) {
    cpu.softirqs++;`,
    replace: `export function localBhDisable(cpu) {
    cpu.softirqs = 1;`,
    does: 'Keeps a flag instead of a count, so the first enable undoes two disables.',
  },
  {
    id: 'softirq-raise-wakes-nobody',
    statement: 'SIQ-07',
    file,
    find: IN_INTERRUPT,
    replace: ``,
    does: 'Does not wake ksoftirqd when a process raises a softirq.',
  },
  {
    id: 'softirq-raise-always-wakes',
    statement: 'SIQ-07',
    alsoBreaks: ['SIQ-02'],
    file,
    find: IN_INTERRUPT,
    replace: `    wakeupSoftirqd(cpu, 'process');`,
    does: 'Wakes ksoftirqd for every softirq that is raised, in a hard handler too.',
  },
  {
    id: 'softirq-raise-wakes-though-held-off',
    statement: 'SIQ-07',
    file,
    find: IN_INTERRUPT,
    replace: `    if (cpu.hardirqs === 0)
        wakeupSoftirqd(cpu, 'process');`,
    does: 'Wakes ksoftirqd though bottom halves are disabled and their enable will look.',
  },
  {
    id: 'softirq-wakes-twice',
    statement: 'SIQ-07',
    file,
    find: `    if (cpu.ksoftirqdReady)
        return;`,
    replace: ``,
    does: 'Wakes ksoftirqd though it is awake.',
  },
  {
    id: 'ksoftirqd-one-round',
    statement: 'SIQ-07',
    alsoBreaks: ['DEV-02'],
    file,
    find: `    while (cpu.pending !== 0) {
        yield* doSoftirq(cpu, 'ksoftirqd');`,
    replace: `    if (cpu.pending !== 0) {
        yield* doSoftirq(cpu, 'ksoftirqd');`,
    does: 'Lets ksoftirqd sleep after ten passes, though softirqs are pending.',
  },
  {
    id: 'ksoftirqd-never-asleep',
    statement: 'SIQ-07',
    file,
    find: `    }
    cpu.ksoftirqdReady = false;`,
    replace: `    }`,
    does: 'Keeps ksoftirqd awake when there is nothing left to do.',
  },
  {
    id: 'softirq-missing-handler-skipped',
    statement: 'SIQ-07',
    file,
    find: ` ?? bug('a raised vector has no handler')`,
    replace: ` ?? (function* () { })`,
    does: 'Passes over a vector that has no handler.',
  },
  {
    id: 'softirq-balance-unchecked',
    statement: 'SIQ-07',
    file,
    find: `        bugOn(cpu.softirqs !== before, 'a softirq ends with bottom halves disabled');`,
    replace: ``,
    does: 'Does not notice that a softirq left bottom halves disabled.',
  },
  {
    id: 'softirq-time-limit-late',
    statement: 'SIQ-07',
    profile: 'linux-6',
    file: 'kernel/softirq',
    find: `if (cpu.jiffies() >= end ||`,
    replace: `if (cpu.jiffies() > end ||`,
    does: 'Begins another pass when the time is up.',
  },
  {
    id: 'softirq-time-rounds-down',
    statement: 'SIQ-07',
    profile: 'linux-6',
    file,
    find: `Math.ceil((ms * hz) / 1000)`,
    replace: `Math.floor((ms * hz) / 1000)`,
    does: 'Rounds a time that is less than a jiffy down to none.',
  },
];
