/** Faults of tasklets. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/tasklet';

const RUN = `            tasklet.scheduled = false;
            tasklet.running = true;
            yield* tasklet.func(run);
            tasklet.running = false;`;

const BACK = `            enlist(tasklets, tasklet);
            markSoftirq(tasklets.cpu, vector);`;

export const TASKLET: readonly Mutant[] = [
  {
    id: 'tasklet-runs-as-often-as-asked',
    statement: 'SIQ-07',
    file,
    find: `    if (tasklet.scheduled)
        return;`,
    replace: ``,
    does: 'Puts a tasklet on the list each time that it is scheduled.',
  },
  {
    id: 'tasklet-mark-cleared-after-the-call',
    statement: 'SIQ-07',
    file,
    find: RUN,
    replace: `            tasklet.running = true;
            yield* tasklet.func(run);
            tasklet.running = false;
            tasklet.scheduled = false;`,
    does: 'Clears the mark after the call, so a tasklet scheduled while it runs is forgotten.',
  },
  {
    id: 'tasklet-mark-never-cleared',
    statement: 'SIQ-07',
    file,
    find: RUN,
    replace: RUN.replace('            tasklet.scheduled = false;\n', ''),
    does: 'Never clears the mark, so a tasklet runs once and never again.',
  },
  {
    id: 'tasklet-disabled-runs',
    statement: 'SIQ-07',
    file,
    find: `if (tasklet.count === 0) {`,
    replace: `if (true) {`,
    does: 'Runs a tasklet though it is disabled.',
  },
  {
    id: 'tasklet-disabled-dropped',
    statement: 'SIQ-07',
    file,
    find: BACK,
    replace: `            tasklet.scheduled = false;`,
    does: 'Drops a disabled tasklet from the list.',
  },
  {
    id: 'tasklet-disabled-not-looked-after',
    statement: 'SIQ-07',
    file,
    find: BACK,
    replace: `            enlist(tasklets, tasklet);`,
    does: 'Keeps a disabled tasklet on the list and does not raise its softirq again.',
  },
  {
    id: 'tasklet-enable-clears',
    statement: 'SIQ-07',
    file,
    find: `    tasklet.count--;`,
    replace: `    tasklet.count = 0;`,
    does: 'Enables a tasklet at once, however often it was disabled.',
  },
  {
    id: 'tasklet-first-come',
    statement: 'SIQ-07',
    file,
    find: `    if (fifo)`,
    replace: `    if (true)`,
    does: 'Runs tasklets first come, first served, which Linux 2.6.11 does not.',
  },
  {
    id: 'tasklet-high-priority-ignored',
    statement: 'SIQ-07',
    file,
    find: `    raiseSoftirq(tasklets.cpu, tasklet.vector);`,
    replace: `    raiseSoftirq(tasklets.cpu, 'TASKLET');`,
    does: 'Raises the low-priority softirq for every tasklet.',
  },
  {
    id: 'tasklet-schedule-wakes-nobody',
    statement: 'SIQ-07',
    file,
    find: `    raiseSoftirq(tasklets.cpu, tasklet.vector);`,
    replace: `    markSoftirq(tasklets.cpu, tasklet.vector);`,
    does: 'Does not wake ksoftirqd when a process schedules a tasklet.',
  },
  {
    id: 'tasklet-disable-does-not-wait',
    statement: 'SIQ-07',
    file,
    find: `    bugOn(tasklet.running, 'a tasklet is to be disabled by what interrupted it, or by itself');`,
    replace: ``,
    does: 'Returns from disabling a tasklet that is running.',
  },
];
