/** Faults of processes: their registers, their life, what they are charged, and the machine below. */
import type { Mutant } from '../mutant.ts';

const EXCHANGED = `    processor.registers = next.registers;`;

const ENDED = `            ended.state = 'gone';`;

export const PROCESSES: readonly Mutant[] = [
  {
    id: 'prc-register-not-restored',
    statement: 'KRN-04',
    file: 'machine/scheduler',
    find: EXCHANGED,
    replace: `    processor.registers = { ...next.registers, r3: processor.registers.r3 };`,
    does: 'Forgets one of the registers at a switch.',
  },
  {
    id: 'prc-registers-not-saved',
    statement: 'KRN-04',
    file: 'machine/scheduler',
    find: `    current.registers = processor.registers;`,
    replace: `    current.registers = { pc: processor.registers.pc, r0: 0, r1: 0, r2: 0, r3: 0 };`,
    does: 'Saves nothing but the program counter at a switch.',
  },
  {
    id: 'prc-interrupts-not-switched',
    statement: 'KRN-04',
    file: 'machine/scheduler',
    find: `    processor.interrupts = next.interrupts;`,
    replace: ``,
    does: 'Leaves interrupts at a switch as the process before had them.',
  },
  {
    id: 'prc-all-run-at-start-up',
    statement: 'KRN-04',
    file: 'machine/machine',
    find: `        if (process.parent === undefined)
            makeRunnable`,
    replace: `        makeRunnable`,
    does: 'Starts up with processes that nobody has forked yet.',
  },
  {
    id: 'prc-interrupt-stack-leaves-twice',
    statement: 'KRN-04',
    file: 'machine/context',
    find: `    if (processor.interruptStack.pop() === undefined)
        processor`,
    replace: `    if (processor.interruptStack.pop() === undefined || processor.current.frames.length > 1)
        processor`,
    does: 'Takes a frame off the stack of the process, too, when it leaves the interrupt stack.',
  },
  {
    id: 'prc-modes-swapped',
    statement: 'KRN-11',
    file: 'machine/clock',
    find: `else if (inUserMode(found))`,
    replace: `else if (!inUserMode(found))`,
    does: 'Charges user mode for ticks of kernel mode, and the other way round.',
  },
  {
    id: 'prc-mode-of-the-handler',
    statement: 'KRN-11',
    file: 'machine/clock',
    find: `return stack.at(-2);`,
    replace: `return stack.at(-1);`,
    does: 'Looks at the handler of the clock for the mode, so that it is always the kernel.',
  },
  {
    id: 'prc-idle-is-nobody',
    statement: 'KRN-11',
    file: 'machine/clock',
    find: `        processor.idleTicks += 1;`,
    replace: `        return;`,
    does: 'Does not count ticks that find the processor idle.',
  },
  {
    id: 'prc-charged-to-the-first',
    statement: 'KRN-11',
    file: 'machine/clock',
    find: `function charge(processor) {
    const { current } = processor;`,
    replace: `function charge(processor) {
    const [current] = processor.machine.processes.values();`,
    does: 'Charges every tick to the first process.',
  },
  {
    id: 'prc-handlers-are-free',
    statement: 'KRN-11',
    file: 'machine/clock',
    find: `    if (found.kind === 'idle')`,
    replace: `    if (found.kind === 'interrupt')
        return;
    if (found.kind === 'idle')`,
    does: 'Charges nobody for a tick that falls into a handler.',
  },
  {
    id: 'prc-sleeper-is-charged',
    statement: 'KRN-11',
    file: 'machine/clock',
    find: `    if (found.kind === 'idle')`,
    replace: `    const sleeper = [...processor.machine.processes.values()].find(({ state }) => state === 'sleeping');
    if (found.kind === 'idle' && sleeper !== undefined)
        sleeper.usage.system += 1;
    else if (found.kind === 'idle')`,
    does: 'Charges a tick that finds the processor idle to a process that sleeps.',
  },
  {
    id: 'prc-status-lost',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: `typeof ended.status === 'number' ? ended.status : -1`,
    replace: `typeof ended.status === 'number' ? 0 : -1`,
    does: 'Tells a parent that its child has ended with status 0, whatever it was.',
  },
  {
    id: 'prc-child-never-forgotten',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: ENDED,
    replace: ``,
    does: 'Tells of the same child again at the next wait.',
  },
  {
    id: 'prc-wait-does-not-wait',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: `        if (children.length === 0)`,
    replace: `        if (!children.some(({ state }) => state === 'zombie'))`,
    does: 'Says that there is no child when none has ended yet.',
  },
  {
    id: 'prc-end-wakes-nobody',
    statement: 'KRN-12',
    file: 'machine/signals',
    find: `        if (parent.state === 'sleeping' && parent.channel === 'child')
            makeRunnable(parent, processor);`,
    replace: ``,
    does: 'Does not wake a parent that waits when its child ends.',
  },
  {
    id: 'prc-waits-for-any-process',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: `parent === current.name && state !== 'unborn' && state !== 'gone'`,
    replace: `parent !== undefined && state !== 'unborn' && state !== 'gone'`,
    does: 'Lets a process wait for the children of others.',
  },
  {
    id: 'prc-child-gets-registers',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: `    record(processor, current.name, 'forks', name);`,
    replace: `    record(processor, current.name, 'forks', name);
    child.registers = { ...processor.registers, pc: 0 };`,
    does: 'Starts a child with what is in the registers of its parent.',
  },
  {
    id: 'prc-wakes-one',
    statement: 'KRN-12',
    file: 'machine/scheduler',
    find: `        record(processor, who, 'wakes', process.name);
        makeRunnable(process, processor);`,
    replace: `        record(processor, who, 'wakes', process.name);
        makeRunnable(process, processor);
        return;`,
    does: 'Wakes the first of those that sleep on a channel.',
  },
  {
    id: 'prc-priority-ignored',
    statement: 'KRN-12',
    file: 'machine/scheduler',
    find: `if (chosen === undefined || process.priority > chosen.priority)`,
    replace: `if (chosen === undefined)`,
    does: 'Runs processes in the order in which they became runnable, whatever their priority.',
  },
  {
    id: 'prc-last-come-first',
    statement: 'KRN-12',
    file: 'machine/scheduler',
    find: `if (chosen === undefined || process.priority > chosen.priority)`,
    replace: `if (chosen === undefined || process.priority >= chosen.priority)`,
    does: 'Runs of equals the one that became runnable last.',
  },
  {
    id: 'prc-preempted-goes-last',
    statement: 'KRN-12',
    file: 'machine/signals',
    find: `schedule(processor, usedUp ? 'last' : 'first');`,
    replace: `schedule(processor, 'last');`,
    does: 'Puts a process that was preempted behind its equals.',
  },
  {
    id: 'prc-used-up-stays-first',
    statement: 'KRN-12',
    file: 'machine/signals',
    find: `schedule(processor, usedUp ? 'last' : 'first');`,
    replace: `schedule(processor, 'first');`,
    does: 'Leaves a process that has used up its quantum in front of its equals.',
  },
  {
    id: 'wait-counts-the-unborn',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: `state !== 'unborn' && state !== 'gone'`,
    replace: `state !== 'gone'`,
    does: 'Waits for a child that was never forked.',
  },
  {
    id: 'fork-twice',
    statement: 'KRN-12',
    file: 'machine/processes',
    find: `child?.parent !== current.name || child.state !== 'unborn'`,
    replace: `child?.parent !== current.name`,
    does: 'Forks a child that is there already.',
  },
  {
    id: 'semaphore-last-come-first',
    statement: 'UNX-06',
    file: 'machine/locks',
    find: `semaphore.waiters.shift()`,
    replace: `semaphore.waiters.pop()`,
    does: 'Gives a semaphore to the one that has waited shortest.',
  },
  {
    id: 'child-wakes-parent-anywhere',
    statement: 'KRN-12',
    file: 'machine/signals',
    find: `parent.state === 'sleeping' && parent.channel === 'child'`,
    replace: `parent.state === 'sleeping'`,
    does: 'Wakes a parent whose child ends, whatever it waits for.',
  },
];
