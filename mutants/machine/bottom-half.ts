/** Faults of the bottom half and of what it shares with the rest, in several modules. */
import type { Mutant } from '../mutant.ts';

export const MACHINE_BOTTOM_HALF: readonly Mutant[] = [
  {
    id: 'call-registers-leak',
    statement: 'SYS-01',
    file: 'machine/calls',
    find: `    const { result } = callOf(processor, 'returns');
    leave(processor);`,
    replace: `    const { result } = callOf(processor, 'returns');
    const { pc: _, ...left } = processor.registers;
    leave(processor);
    Object.assign(processor.registers, left);`,
    does: 'Comes back from a system call with the registers of the kernel.',
  },
  {
    id: 'handler-registers-leak',
    statement: 'SYS-01',
    file: 'machine/signals',
    find: `    leave(processor);
    record(processor, processor.current.name, 'resumes');`,
    replace: `    const { pc: _, ...left } = processor.registers;
    leave(processor);
    Object.assign(processor.registers, left);
    record(processor, processor.current.name, 'resumes');`,
    does: 'Comes back from a signal handler with the registers of the handler.',
  },
  {
    id: 'call-without-a-frame',
    statement: 'SYS-01',
    file: 'machine/calls',
    find: `        kind: 'call',`,
    replace: `        kind: 'user',`,
    does: 'Runs the program of a system call in user mode.',
  },
  {
    id: 'efault-is-success',
    statement: 'EXC-03',
    file: 'machine/calls',
    find: `        endCall(processor, { errno: 'EFAULT' });`,
    replace: '        endCall(processor, { value: 0 });',
    does: 'Returns 0 for a bad address.',
  },
  {
    id: 'bad-address-used',
    statement: 'EXC-03',
    file: 'machine/calls',
    find: `    if (mapped(address))
        move();`,
    replace: `    if (true)
        move();`,
    does: 'Copies from and to whatever address a process hands over.',
  },
  {
    id: 'user-copy-anywhere',
    statement: 'BOT-02',
    file: 'machine/calls',
    find: `    callOf(processor, 'copies from or to user memory');`,
    replace: '',
    does: 'Copies from and to user memory in handlers as well.',
  },
  {
    id: 'touch-from-the-kernel',
    statement: 'BOT-02',
    file: 'machine/actions',
    find: '!mapped(address) || !inUserMode(frame)',
    replace: '!mapped(address)',
    does: 'Lets the kernel reach into user memory directly.',
  },
  {
    id: 'user-access-from-handlers',
    statement: 'BOT-02',
    file: 'machine/actions',
    find: 'if (!inUserMode(frame) && IN_USER_MODE_ONLY.has(action.do))',
    replace: `if (frame.kind === 'call' && IN_USER_MODE_ONLY.has(action.do))`,
    does: 'Lets handlers load from and store to user memory.',
  },
  {
    id: 'sleep-unchecked',
    statement: 'IRQ-06',
    file: 'machine/scheduler',
    find: `    mustBeAbleToSleep(processor, \`sleeps on \${channel}\`);`,
    replace: '',
    does: 'Puts the current process to sleep when a handler sleeps.',
  },
  {
    id: 'sleep-in-handler-returns',
    statement: 'IRQ-06',
    file: 'machine/scheduler',
    find: `    mustBeAbleToSleep(processor, \`sleeps on \${channel}\`);`,
    replace: `    if (processor.preemptCount !== 0)
        return;
    mustBeAbleToSleep(processor, \`sleeps on \${channel}\`);`,
    does: 'Ignores a sleep in a handler, which goes on without what it has waited for.',
  },
  {
    id: 'woken-runs-inside-the-handler',
    statement: 'IRQ-06',
    file: 'machine/scheduler',
    find: `        makeRunnable(process, processor);
    }
}`,
    replace: `        makeRunnable(process, processor);
    }
    if (processor.needResched && processor.current !== processor.idle)
        schedule(processor);
}`,
    does: 'Gives the processor to whom a handler wakes in the middle of the handler.',
  },
  {
    id: 'sleep-in-softirqs',
    statement: 'BOT-03',
    file: 'machine/scheduler',
    find: `    if (!inAtomic(processor) && frame.kind === 'call')`,
    replace: '    if (processor.preemptCount < 0x10000)',
    does: 'Lets software interrupts and timers block.',
  },
  {
    id: 'sleep-anywhere',
    statement: 'BOT-03',
    file: 'machine/scheduler',
    find: `    if (!inAtomic(processor) && frame.kind === 'call')`,
    replace: '    if (processor !== undefined)',
    does: 'Lets everything block.',
  },
  {
    id: 'down-unchecked',
    statement: 'BOT-03',
    file: 'machine/locks',
    find: `    mustBeAbleToSleep(processor, \`waits for \${name}\`);`,
    replace: '',
    does: 'Takes a free semaphore in a handler.',
  },
  {
    id: 'yield-unchecked',
    statement: 'BOT-03',
    file: 'machine/actions',
    find: `        mustBeAbleToSleep(processor, 'yields');`,
    replace: '',
    does: 'Lets a handler yield the processor.',
  },
  {
    id: 'up-needs-a-process',
    statement: 'BOT-03',
    file: 'machine/locks',
    find: `    semaphore.holder = next.name;
`,
    replace: `    semaphore.holder = next.name;
    if (processor.preemptCount !== 0)
        return;
`,
    does: 'Wakes nobody when a handler releases a semaphore.',
  },
  {
    id: 'wake-only-when-idle',
    statement: 'IRQ-02',
    file: 'machine/scheduler',
    find: `        if (process.state !== 'sleeping' || process.channel !== channel)`,
    replace: `        if (processor.current !== processor.idle || process.state !== 'sleeping' || process.channel !== channel)`,
    does: 'Wakes nobody while somebody runs.',
  },
  {
    id: 'wake-takes-from-equals',
    statement: 'IRQ-02',
    file: 'machine/scheduler',
    find: 'current.priority < process.priority',
    replace: 'current.priority <= process.priority',
    does: 'Takes the processor away for a process that is no more important.',
  },
  {
    id: 'switch-drops-registers',
    statement: 'IRQ-02',
    file: 'machine/scheduler',
    find: '    current.registers = processor.registers;',
    replace: '    current.registers = { ...processor.registers, r0: 0 };',
    does: 'Loses a register of a process that has to give way.',
  },
  {
    id: 'switch-forgets-late-fault',
    statement: 'EXC-02',
    file: 'machine/scheduler',
    find: '    current.registers = processor.registers;',
    replace: `    current.registers = processor.registers;
    current.lateFault = undefined;`,
    does: 'Loses the floating-point state of a process that is switched.',
  },
  {
    id: 'all-devices-on-one-line',
    statement: 'IRQ-07',
    file: 'machine/machine',
    find: 'machine.lines.get(device.line)',
    replace: '[...machine.lines.values()].at(1)',
    does: 'Hears all devices as the first of them.',
  },
  {
    id: 'card-reports-to-the-next-tick',
    statement: 'IRQ-07',
    file: 'machine/softirqs',
    find: 'const asked = checkSoftirqs || machine',
    replace: 'const asked = machine',
    does: 'Leaves what a card has reported until something else happens.',
  },
  {
    id: 'idle-for-ever',
    statement: 'BOT-05',
    file: 'machine/machine',
    find: `        if (topFrame(processor).kind === 'idle' && processor.needResched)`,
    replace: '        if (false)',
    does: 'Does not leave the idle loop when somebody is woken.',
  },
  {
    id: 'idle-ticks-not-counted',
    statement: 'BOT-05',
    file: 'machine/clock',
    find: '        processor.idleTicks += 1;',
    replace: '        processor.idleTicks += 0;',
    does: 'Does not count idle ticks.',
  },
  {
    id: 'idle-ticks-in-handlers',
    statement: 'BOT-05',
    file: 'machine/clock',
    find: `found.kind === 'idle'`,
    replace: 'current === processor.idle',
    does: 'Counts ticks inside a handler as idle when it has interrupted nobody.',
  },
  {
    id: 'idle-ticks-charged',
    statement: 'BOT-05',
    file: 'machine/clock',
    find: '        processor.idleTicks += 1;',
    replace: `        for (const { usage } of [...processor.machine.processes.values()].slice(0, 1))
            usage.system += 1;`,
    does: 'Charges idle ticks to a process that sleeps.',
  },
  {
    id: 'signal-to-the-current',
    statement: 'BOT-06',
    file: 'machine/actions',
    find: '        postSignal(processNamed(processor.machine, process), signal, processor);',
    replace:
      '        postSignal(processor.current === processor.idle ? processNamed(processor.machine, process) : processor.current, signal, processor);',
    does: 'Sends a signal to whoever runs instead of whom the handler names.',
  },
  {
    id: 'wake-anybody',
    statement: 'BOT-06',
    file: 'machine/scheduler',
    find: `process.state !== 'sleeping' || process.channel !== channel`,
    replace: `process.state !== 'sleeping'`,
    does: 'Wakes everybody who sleeps, whatever for.',
  },
  {
    id: 'nothing-is-a-descriptor',
    statement: 'BOT-06',
    file: 'machine/actions',
    find: `(taken ?? bug(\`oops: \${who} has taken nothing that it could use\`))`,
    replace: `(taken ?? '')`,
    does: 'Goes on with a descriptor where there was none.',
  },
  {
    id: 'handler-shows-first-process',
    statement: 'BOT-06',
    file: 'machine/actions',
    find: `record(processor, frame.who, 'sees', undefined, stateOf(processor, frame));`,
    replace: `const state = stateOf(processor, frame);
        const [first] = processor.machine.processes.keys();
        record(processor, frame.who, 'sees', undefined, frame.kind === 'interrupt' ? { ...state, current: first ?? null } : state);`,
    does: 'Takes the process that has asked for the current one.',
  },
  {
    id: 'queue-from-behind',
    statement: 'WQ-01',
    file: 'machine/actions',
    find: '.shift();',
    replace: '.pop();',
    does: 'Takes the request that was queued last.',
  },
  {
    id: 'queue-keeps-requests',
    statement: 'WQ-01',
    file: 'machine/actions',
    find: '.shift();',
    replace: '.at(0);',
    does: 'Leaves a request in the queue when it takes it.',
  },
  {
    id: 'queue-emptied-at-once',
    statement: 'WQ-01',
    file: 'machine/actions',
    find: '.shift();',
    replace: '.splice(0)[0];',
    does: 'Takes one request and drops all that are behind it.',
  },
  {
    id: 'device-reports-at-once',
    statement: 'WQ-02',
    file: 'machine/actions',
    find: 'at: now + 1 + steps',
    replace: 'at: now',
    does: 'Lets a device report before it has done anything.',
  },
  {
    id: 'device-never-reports',
    statement: 'WQ-02',
    file: 'machine/actions',
    find: '        devices.push({ line',
    replace: '        [].push({ line',
    does: 'Starts a device that never reports.',
  },
  {
    id: 'data-not-delivered',
    statement: 'WQ-02',
    file: 'machine/actions',
    find: '() => current.memory.set(address, registers[register])',
    replace: '() => undefined',
    does: 'Returns from a read without having copied the data out.',
  },
  {
    id: 'data-to-the-first-process',
    statement: 'WQ-02',
    file: 'machine/actions',
    find: '() => current.memory.set(address, registers[register])',
    replace:
      '() => [...processor.machine.processes.values()][0].memory.set(address, registers[register])',
    does: 'Copies all data into the memory of the first process.',
  },
];
