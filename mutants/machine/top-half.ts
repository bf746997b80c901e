/** Faults of the top half: calls, their stacks, their way to user memory, and who runs meanwhile. */
import type { Mutant } from '../mutant.ts';

const PRIVILEGED = `        trap(processor, 'protection-fault');
        return undefined;`;

const EFAULT = `        endCall(processor, { errno: 'EFAULT' });`;

const MAPPED = `address >= USER_MEMORY.from && address <= USER_MEMORY.to`;

export const TOP_HALF: readonly Mutant[] = [
  {
    id: 'top-registers-of-call-leak',
    statement: 'TOP-01',
    file: 'machine/context',
    find: `processor.registers = frame.saved.registers;`,
    replace: `processor.registers = { ...processor.registers, pc: frame.saved.registers.pc };`,
    does: 'Restores the program counter alone when a call or handler is left.',
  },
  {
    id: 'top-arguments-of-last-caller',
    statement: 'TOP-01',
    file: 'machine/context',
    find: `args: [...(frame.call?.args ?? [])],`,
    replace: `args: [
            ...([...processor.machine.processes.values()]
                .flatMap(({ frames }) => frames)
                .findLast(({ call }) => call !== undefined)?.call?.args ?? []),
        ],`,
    does: 'Keeps the arguments of system calls in one place for all processes.',
  },
  {
    id: 'top-result-of-last-call',
    statement: 'TOP-01',
    file: 'machine/signals',
    find: `    current.lastResult = 'value' in result ? result.value : -1;`,
    replace: `    for (const one of processor.machine.processes.values())
        one.lastResult = 'value' in result ? result.value : -1;`,
    does: 'Gives the result of a call to every process.',
  },
  {
    id: 'top-user-is-privileged',
    statement: 'TOP-02',
    file: 'machine/actions',
    find: `if (inUserMode(frame) && !IN_USER_MODE.has(action.do)) {`,
    replace: `if (false) {`,
    does: 'Lets a process execute privileged operations in user mode.',
  },
  {
    id: 'top-privileged-ignored',
    statement: 'TOP-02',
    file: 'machine/actions',
    find: PRIVILEGED,
    replace: `        return undefined;`,
    does: 'Ignores a privileged operation in user mode, without a trap.',
  },
  {
    id: 'top-privileged-done-and-trapped',
    statement: 'TOP-02',
    file: 'machine/actions',
    find: PRIVILEGED,
    replace: `        trap(processor, 'protection-fault');`,
    does: 'Traps a privileged operation in user mode after it has been done.',
  },
  {
    id: 'top-returns-in-kernel-mode',
    statement: 'TOP-02',
    file: 'machine/context',
    find: `mode: user ? 'user' : 'kernel',`,
    replace: `mode: user && current.lastResult === undefined ? 'user' : 'kernel',`,
    does: 'Leaves a process in kernel mode behind its first call.',
  },
  {
    id: 'top-one-kernel-stack',
    statement: 'TOP-03',
    file: 'machine/context',
    find: `const kernelFrames = current.frames.filter(`,
    replace: `const kernelFrames = [...processor.machine.processes.values()].flatMap(({ frames }) => frames).filter(`,
    does: 'Has one kernel stack for all processes.',
  },
  {
    id: 'top-handlers-on-own-stack',
    statement: 'TOP-03',
    file: 'machine/context',
    find: `const own = machine.scene.interruptStack === 'system' && ON_INTERRUPT_STACK.includes(kind);`,
    replace: `const own = ON_INTERRUPT_STACK.includes(kind);`,
    does: 'Runs handlers on a stack of the processor where there is none.',
  },
  {
    id: 'top-stack-kept-after-call',
    statement: 'TOP-03',
    file: 'machine/context',
    find: `    const depth = onOwnStack`,
    replace: `    if (user && current.lastResult !== undefined)
        return { ...stateOf(processor, { ...frame, kind: 'call' }), mode: 'user', depth: 1 };
    const depth = onOwnStack`,
    does: 'Leaves the frame of a call on the kernel stack when the process is back in user mode.',
  },
  {
    id: 'top-copies-above-the-map',
    statement: 'TOP-04',
    file: 'machine/exceptions',
    find: MAPPED,
    replace: `address >= USER_MEMORY.from && address <= USER_MEMORY.to + 1`,
    does: 'Copies from and to the address behind the last that is mapped.',
  },
  {
    id: 'top-last-address-refused',
    statement: 'TOP-04',
    file: 'machine/exceptions',
    find: MAPPED,
    replace: `address >= USER_MEMORY.from && address < USER_MEMORY.to`,
    does: 'Refuses the last address that is mapped.',
  },
  {
    id: 'top-bad-address-is-an-oops',
    statement: 'TOP-04',
    file: 'machine/calls',
    find: EFAULT,
    replace: `        trap(processor, 'page-fault');`,
    does: 'Takes a bad address that a process has given to a call for a fault of the kernel.',
  },
  {
    id: 'top-bad-address-does-not-end-the-call',
    statement: 'TOP-04',
    file: 'machine/calls',
    find: EFAULT,
    replace: `        callOf(processor, 'fails').result = { errno: 'EFAULT' };`,
    does: 'Goes on with a call after a bad address, with whatever was in the register.',
  },
  {
    id: 'top-bad-address-unnoticed',
    statement: 'TOP-04',
    file: 'machine/calls',
    find: EFAULT,
    replace: `        endCall(processor, { value: 0 });`,
    does: 'Says that all went well after a bad address.',
  },
  {
    id: 'top-copies-in-from-the-first-process',
    statement: 'TOP-04',
    file: 'machine/actions',
    find: `            registers[register] = current.memory.get(address) ?? 0;
        });`,
    replace: `            const [first = current] = processor.machine.processes.values();
            registers[register] = first.memory.get(address) ?? 0;
        });`,
    does: 'Copies in from the memory of the first process, whoever calls.',
  },
  {
    id: 'top-preempted-on-interrupt',
    statement: 'TOP-05',
    file: 'machine/signals',
    find: `if (machine.scene.preemptible !== true || !needResched)`,
    replace: `if (!needResched)`,
    does: 'Switches in the middle of a call when a process of higher priority is woken.',
  },
  {
    id: 'top-preempted-by-equals',
    statement: 'TOP-05',
    file: 'machine/scheduler',
    find: `current.priority < process.priority`,
    replace: `current.priority > process.priority`,
    does: 'Lets a woken process of lower priority have the processor, and not one of higher.',
  },
  {
    id: 'top-woken-in-user-mode-waits',
    statement: 'TOP-05',
    file: 'machine/signals',
    find: `    if (!processor.needResched)
        return false;
    giveWay`,
    replace: `    if (!processor.needResched)
        return false;
    if (topFrame(processor).result === undefined) {
        processor.needResched = false;
        return false;
    }
    giveWay`,
    does: 'Gives way behind system calls only, not in user mode.',
  },
  {
    id: 'top-preempted-with-preemption-off',
    statement: 'TOP-05',
    file: 'machine/signals',
    find: `if (preemptCount === 0 && interrupts && topFrame`,
    replace: `if (interrupts && topFrame`,
    does: 'Preempts a call that has disabled preemption.',
  },
  {
    id: 'top-wakes-another-channel',
    statement: 'TOP-06',
    file: 'machine/scheduler',
    find: `if (process.state !== 'sleeping' || process.channel !== channel)`,
    replace: `if (process.state !== 'sleeping')`,
    does: 'Wakes all that sleep, whatever they wait for.',
  },
  {
    id: 'top-sleeper-does-not-look-again',
    statement: 'TOP-06',
    file: 'machine/actions',
    find: `            if (until === undefined) {`,
    replace: `            if (true) {`,
    does: 'Takes each wake-up for the event that was waited for.',
  },
  {
    id: 'top-yield-does-nothing',
    statement: 'TOP-06',
    file: 'machine/actions',
    find: `        mustBeAbleToSleep(processor, 'yields');
        schedule(processor);`,
    replace: `        mustBeAbleToSleep(processor, 'yields');`,
    does: 'Keeps the processor when it is offered to others.',
  },
  {
    id: 'top-sleeper-keeps-the-processor',
    statement: 'TOP-06',
    file: 'machine/scheduler',
    find: `    current.interruptible = interruptible;
    schedule(processor);`,
    replace: `    current.interruptible = interruptible;
    switchTo(processor, processor.idle);`,
    does: 'Idles while a process sleeps, though others could run.',
  },
  {
    id: 'top-one-process-inside',
    statement: 'TOP-07',
    file: 'machine/calls',
    find: `    const entry = machine.scene.calls?.find((call) => call.number === number);`,
    replace: `    const taken = [...machine.processes.values()].some(({ frames }) => frames.some(({ call }) => call));
    const entry = taken ? undefined : machine.scene.calls?.find((call) => call.number === number);`,
    does: 'Lets one process at a time into the kernel, and refuses others.',
  },
  {
    id: 'top-calls-hold-interrupts',
    statement: 'TOP-08',
    file: 'machine/interrupts',
    find: `return processor.interrupts && line.level`,
    replace: `return processor.interrupts && processor.current.frames.at(-1)?.kind !== 'call' && line.level`,
    does: 'Holds interrupts off for the whole of a system call.',
  },
  {
    id: 'top-interrupted-call-abandoned',
    statement: 'TOP-08',
    file: 'machine/interrupts',
    find: `    record(processor, line.name, 'ends');`,
    replace: `    record(processor, line.name, 'ends');
    if (processor.current.frames.at(-1)?.kind === 'call')
        processor.registers.pc = 1000;`,
    does: 'Ends a call that was interrupted.',
  },
];
