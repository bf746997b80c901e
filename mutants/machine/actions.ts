/** Faults of single actions of the machine. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/actions';

export const MACHINE_ACTIONS: readonly Mutant[] = [
  {
    id: 'sleep-does-not-sleep',
    statement: 'SCL-04',
    alsoBreaks: ['SCL-03', 'SCL-05', 'SCL-06', 'SCL-08', 'CLK-08'],
    file,
    find: `            sleepOn(processor, on, interruptible);
            yield;`,
    replace: `            if (until === undefined) return;
            yield;`,
    does: 'Waits for nothing.',
  },
  {
    id: 'sleep-without-a-look',
    statement: 'SCL-04',
    file,
    find: `        while (!holds()) {`,
    replace: `        for (let first = true; first || !holds(); first = false) {`,
    does: 'Sleeps before it looks whether the event has come.',
  },
  {
    id: 'sleep-ignores-pending-signals',
    statement: 'SCL-05',
    file,
    find: `            if (interruptible && signalPending(current))
                return interruptCall(processor);
            sleepOn`,
    replace: `            sleepOn`,
    does: 'Sleeps although a signal is there already.',
  },
  {
    id: 'priority-lowered-without-a-look',
    statement: 'SIQ-01',
    alsoBreaks: ['SIQ-03', 'SIQ-04', 'CLK-06'],
    file,
    find: `    processor.checkSoftirqs = true;`,
    replace: ``,
    does: 'Lowers the priority and does not look for software interrupts.',
  },
  {
    id: 'priority-restored-to-zero',
    statement: 'SIQ-01',
    file,
    find: `levels.pop() ??`,
    replace: `Math.min(levels.pop() ?? 0, 0) ??`,
    does: 'Restores the priority to the lowest, whatever it was.',
  },
  {
    id: 'alarm-not-taken-back',
    statement: 'CLK-08',
    file,
    find: `        if (ticks > 0)
            setTimer`,
    replace: `        if (ticks >= 0)
            setTimer`,
    does: 'Rings at the next tick when an alarm is taken back.',
  },
  {
    id: 'alarm-to-whoever-runs',
    statement: 'CLK-08',
    file,
    find: `const fires = (on) => postSignal(current, 'SIGALRM', on);`,
    replace: `const fires = (on) => postSignal(on.current === on.idle ? current : on.current, 'SIGALRM', on);`,
    does: 'Sends the alarm to the process that it finds running.',
  },
];
