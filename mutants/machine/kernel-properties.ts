/** Faults of what a kernel is as a whole: re-entrant, non-preemptive, and right on many processors. */
import type { Mutant } from '../mutant.ts';

const PREEMPTIBLE = `if (machine.scene.preemptible !== true || !needResched)`;

export const KERNEL_PROPERTIES: readonly Mutant[] = [
  {
    id: 'unx-sleeper-keeps-others-out',
    statement: 'UNX-01',
    file: 'machine/scheduler',
    find: `        if (!mayRun(process, processor))
            continue;`,
    replace: `        const inside = [...processor.machine.processes.values()].some((other) => other !== process && other.state === 'sleeping' && other.frames.some(({ call }) => call));
        if (!mayRun(process, processor) || (inside && process.frames.length === 1))
            continue;`,
    does: 'Runs no process that is not in the kernel while another sleeps there.',
  },
  {
    id: 'unx-runs-on-two-processors',
    statement: 'UNX-02',
    file: 'machine/scheduler',
    find: `    if (next !== processor.idle)
        machine`,
    replace: `    if (next !== processor.idle && machine.processors.length === 1)
        machine`,
    does: 'Leaves a process that runs in the queue, where another processor finds it.',
  },
  {
    id: 'unx-idle-processor-not-told',
    statement: 'UNX-02',
    file: 'machine/scheduler',
    find: `    if (taker !== undefined)`,
    replace: `    if (taker === undefined)`,
    does: 'Lets a processor idle while a process that had to give way waits for another.',
  },
  {
    id: 'unx-quantum-ends-in-call',
    statement: 'UNX-03',
    file: 'machine/signals',
    find: PREEMPTIBLE,
    replace: `const { quantum = Infinity } = machine.scene.clock ?? {};
    if (!needResched || (machine.scene.preemptible !== true && processor.current.ranTicks < quantum))`,
    does: 'Takes the processor from a call when the quantum has ended.',
  },
  {
    id: 'unx-never-preemptible',
    statement: 'UNX-03',
    file: 'machine/signals',
    find: PREEMPTIBLE,
    replace: `if (needResched !== undefined)`,
    does: 'Does not preempt a call, though the kernel is to be preemptible.',
  },
  {
    id: 'unx-quantum-never-ends',
    statement: 'UNX-03',
    file: 'machine/clock',
    find: `if (current !== processor.idle && current.ranTicks >= quantum)`,
    replace: `if (quantum === 0)`,
    does: 'Lets a process run as long as it likes.',
  },
  {
    id: 'unx-gives-way-in-long-computation',
    statement: 'UNX-04',
    file: 'machine/signals',
    find: PREEMPTIBLE,
    replace: `if (!needResched || (machine.scene.preemptible !== true && topFrame(processor).micro === undefined))`,
    does: 'Gives way in long computations of a call, whatever it is in the middle of.',
  },
  {
    id: 'unx-gives-way-now-and-then',
    statement: 'UNX-05',
    file: 'machine/signals',
    find: PREEMPTIBLE,
    replace: `if (!needResched || (machine.scene.preemptible !== true && processor.steps % 64 !== 0))`,
    does: 'Gives way in a call at every 64th step.',
  },
  {
    id: 'unx-preempts-at-next-tick',
    statement: 'UNX-05',
    file: 'machine/signals',
    find: PREEMPTIBLE,
    replace: `if (machine.scene.preemptible !== true || !needResched || processor.steps % 64 !== 0)`,
    does: 'Preempts a call only at every 64th step, though it may at any.',
  },
  {
    id: 'unx-semaphore-lets-all-in',
    statement: 'UNX-06',
    file: 'machine/locks',
    find: `    if (semaphore.count > 0) {`,
    replace: `    if (true) {`,
    does: 'Lets everybody have a semaphore at once.',
  },
  {
    id: 'unx-semaphore-not-given-back',
    statement: 'UNX-06',
    file: 'machine/locks',
    find: `    const next = semaphore.waiters.shift();`,
    replace: `    const next = undefined;`,
    does: 'Counts a semaphore that is given back, without waking who waits for it.',
  },
  {
    id: 'unx-semaphore-taken-at-any-wake-up',
    statement: 'UNX-06',
    file: 'machine/locks',
    find: `        } while (semaphore.waiters.includes(current));`,
    replace: `        } while (false);`,
    does: 'Takes any wake-up for the semaphore that was waited for.',
  },
  {
    id: 'unx-holder-unknown',
    statement: 'UNX-06',
    file: 'machine/locks',
    find: `    semaphore.holder = current.name;`,
    replace: ``,
    does: 'Does not know who holds a semaphore, so a deadlock looks like sleep.',
  },
  {
    id: 'unx-one-processor-in-the-kernel',
    statement: 'UNX-08',
    file: 'machine/machine',
    find: `function execute(processor) {
    const frame = topFrame(processor);`,
    replace: `function execute(processor) {
    const frame = topFrame(processor);
    const { processors } = processor.machine;
    const inside = (one) => topFrame(one).kind === 'call' && topFrame(one).spinsOn === undefined;
    if (inside(processor) && processors.slice(0, processor.id).some(inside)) {
        processor.steps += 1;
        return;
    }`,
    does: 'Lets one processor at a time go on in the kernel.',
  },
  {
    id: 'unx-lock-passed-on-slowly',
    statement: 'UNX-08',
    file: 'machine/locks',
    find: `        frame.spinsOn = name;
        yield;`,
    replace: `        frame.spinsOn = name;
        for (let tries = 0; tries < 20; tries++)
            yield;`,
    does: 'Tries a spin lock that is held again after twenty steps only.',
  },
  {
    id: 'preempt-enable-too-often',
    statement: 'UNX-03',
    file: 'machine/locks',
    find: `    if ((processor.preemptCount & 0xff) === 0) {`,
    replace: `    if (false) {`,
    does: 'Does not notice that preemption is enabled which was not disabled.',
  },
  {
    id: 'unx-preempts-with-interrupts-off',
    statement: 'UNX-05',
    file: 'machine/signals',
    find: `if (preemptCount === 0 && interrupts &&`,
    replace: `if (preemptCount === 0 &&`,
    does: 'Preempts a call that has disabled interrupts.',
  },
];
