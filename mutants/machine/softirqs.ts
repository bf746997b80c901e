/** Faults of software interrupts on the machine. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/softirqs';

export const MACHINE_SOFTIRQS: readonly Mutant[] = [
  {
    id: 'soft-runs-at-any-priority',
    statement: 'SIQ-03',
    alsoBreaks: ['SIQ-01', 'SIQ-04', 'CLK-06'],
    file,
    find: `asked && softirqs !== 0 && level < SPLSOFT && interrupts`,
    replace: `asked && softirqs !== 0 && interrupts`,
    does: 'Serves a software interrupt whatever the priority.',
  },
  {
    id: 'soft-runs-at-its-own-level',
    statement: 'SIQ-03',
    alsoBreaks: ['CLK-06'],
    file,
    find: `level < SPLSOFT`,
    replace: `level <= SPLSOFT + 1`,
    does: 'Serves a software interrupt at splnet.',
  },
  {
    id: 'soft-runs-inside-handlers',
    statement: 'SIQ-01',
    alsoBreaks: ['SIQ-02', 'SIQ-04', 'CLK-04', 'CLK-06', 'CLK-07', 'TOP-05', 'SYS-01'],
    file,
    find: `    return asked && softirqs !== 0 && level < SPLSOFT && interrupts && !inInterrupt(processor);`,
    replace: `    return (asked || inInterrupt(processor)) && softirqs !== 0 && level < SPLSOFT && !(processor.preemptCount & 0xff00);`,
    does: 'Serves a software interrupt inside the handler that asked for it.',
  },
  {
    id: 'softclock-holds-devices-off',
    statement: 'CLK-06',
    alsoBreaks: ['CLK-07'],
    file,
    find: `    record(processor, softirq, 'starts');
    const end = () => {
        leave(processor);`,
    replace: `    record(processor, softirq, 'starts');
    const { interrupts } = processor;
    if (softirq === 'TIMER')
        processor.interrupts = false;
    const end = () => {
        leave(processor);
        processor.interrupts = interrupts;`,
    does: 'Lets no device interrupt the software clock.',
  },
  {
    id: 'softclock-at-any-priority',
    statement: 'CLK-06',
    file,
    find: `level < SPLSOFT && interrupts`,
    replace: `(level < SPLSOFT || (softirqs & 2) !== 0) && interrupts`,
    does: 'Runs the software clock whatever the priority is.',
  },
  {
    id: 'soft-highest-number-first',
    statement: 'SIQ-04',
    file,
    find: `SOFTIRQS.findIndex(`,
    replace: `SOFTIRQS.findLastIndex(`,
    does: 'Serves software interrupts in the wrong order.',
  },
  {
    id: 'soft-hardware-forgotten',
    statement: 'SIQ-04',
    file,
    find: `const asked = checkSoftirqs || machine.scene.softInterrupts === 'hardware';`,
    replace: `const asked = checkSoftirqs && machine.scene.softInterrupts !== 'hardware';`,
    does: 'Never serves a software interrupt that is a line of its own.',
  },
  {
    id: 'soft-bottom-halves-stay-disabled',
    statement: 'SIQ-01',
    alsoBreaks: ['SIQ-02', 'SIQ-04', 'CLK-04', 'CLK-06', 'CLK-07', 'CLK-08'],
    file,
    find: `    processor.preemptCount -= SOFTIRQ_OFFSET;
    if (processor.softirqs`,
    replace: `    if (processor.softirqs`,
    does: 'Forgets that a software interrupt is over, so that no other comes.',
  },
  {
    id: 'softirq-machine-nine-passes',
    statement: 'SIQ-07',
    file: 'machine/softirqs',
    find: `const MAX_PASSES = 10;`,
    replace: `const MAX_PASSES = 9;`,
    does: 'Gives up after nine passes.',
  },
  {
    id: 'softirq-machine-rest-is-left',
    statement: 'SIQ-07',
    file: 'machine/softirqs',
    find: `    if (processor.softirqs !== 0)
        wakeKsoftirqd(processor);
}`,
    replace: `}`,
    does: 'Leaves what the passes have not done to nobody.',
  },
  {
    id: 'softirq-bsd-waits-for-splx',
    statement: 'SIQ-01',
    profile: 'bsd-4.4',
    file: 'machine/softirqs',
    find: `    if (machine.profile === 'bsd-4.4')
        processor.checkSoftirqs = true;
    else if`,
    replace: `    if (machine.profile === 'bsd-4.4')
        return;
    else if`,
    does: 'Looks for a software interrupt only when the priority is lowered, though it was never raised.',
  },
  {
    id: 'softirq-lower-raises',
    statement: 'SIQ-03',
    file: 'machine/actions',
    find: `lowerPriority(processor, Math.min(processor.level, levelOf(to)));`,
    replace: `lowerPriority(processor, levelOf(to));`,
    does: 'Raises the priority when it is told to lower it to a higher level.',
  },
];
