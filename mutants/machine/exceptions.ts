/** Faults of exceptions. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/exceptions';

export const MACHINE_EXCEPTIONS: readonly Mutant[] = [
  {
    id: 'exc-division-is-segv',
    statement: 'EXC-01',
    file,
    find: `'divide-error': 'SIGFPE'`,
    replace: `'divide-error': 'SIGSEGV'`,
    does: 'Sends SIGSEGV for a division by zero.',
  },
  {
    id: 'exc-address-is-ill',
    statement: 'EXC-01',
    file,
    find: `'page-fault': 'SIGSEGV'`,
    replace: `'page-fault': 'SIGILL'`,
    does: 'Sends SIGILL for a bad address.',
  },
  {
    id: 'exc-instruction-is-segv',
    statement: 'EXC-01',
    file,
    find: `'invalid-opcode': 'SIGILL'`,
    replace: `'invalid-opcode': 'SIGSEGV'`,
    does: 'Sends SIGSEGV for an illegal instruction.',
  },
  {
    id: 'exc-last-address-bad',
    statement: 'EXC-01',
    file,
    find: 'address <= USER_MEMORY.to',
    replace: 'address < USER_MEMORY.to',
    does: 'Takes the last address for a bad one.',
  },
  {
    id: 'exc-address-behind-good',
    statement: 'EXC-01',
    file,
    find: 'address <= USER_MEMORY.to',
    replace: 'address <= USER_MEMORY.to + 1',
    does: 'Takes the address behind the last for a good one.',
  },
  {
    id: 'exc-first-address-bad',
    statement: 'EXC-01',
    file,
    find: 'address >= USER_MEMORY.from',
    replace: 'address > USER_MEMORY.from',
    does: 'Takes the first address for a bad one.',
  },
  {
    id: 'exc-any-handler-kills',
    statement: 'EXC-01',
    file,
    find: 'frame.signal === signal',
    replace: 'frame.signal !== undefined',
    does: 'Ends a process for an exception inside the handler of another signal.',
  },
  {
    id: 'exc-instruction-skipped',
    statement: 'EXC-02',
    file,
    find: '    if (again)',
    replace: '    if (false)',
    does: 'Skips the faulty instruction instead of executing it again.',
  },
  {
    id: 'exc-late-executed-again',
    statement: 'EXC-02',
    file,
    find: '        reportNow(processor, false);',
    replace: '        reportNow(processor, true);',
    does: 'Goes back one instruction for an exception that belongs to an older one.',
  },
  {
    id: 'exc-late-counts-all-steps',
    statement: 'EXC-02',
    file,
    find: 'userSteps >= lateFault',
    replace: 'processor.steps >= lateFault',
    does: 'Counts the steps of everybody until it reports.',
  },
  {
    id: 'exc-late-at-once',
    statement: 'EXC-02',
    file,
    find: '        current.lateFault = current.userSteps + reportedAfter;',
    replace: '        current.lateFault = current.userSteps;',
    does: 'Reports an imprecise exception at its instruction.',
  },
  {
    id: 'exc-late-a-step-early',
    statement: 'EXC-02',
    file,
    find: 'userSteps >= lateFault',
    replace: 'userSteps + 1 >= lateFault',
    does: 'Reports an imprecise exception a step early.',
  },
  {
    id: 'exc-second-division-forgets',
    statement: 'EXC-02',
    file,
    find: '    if (current.lateFault !== undefined)',
    replace: '    if (false)',
    does: 'Forgets a division that was not yet reported when the next one begins.',
  },
  {
    id: 'exc-late-to-whoever-runs',
    statement: 'EXC-03',
    file,
    find: '    const { lateFault, userSteps } = processor.current;',
    replace: `    const owner = [...processor.machine.processes.values()].find((process) => process.lateFault !== undefined) ?? processor.current;
    const { lateFault } = owner;
    const userSteps = owner === processor.current ? owner.userSteps : Infinity;
    if (owner !== processor.current)
        owner.lateFault = undefined;`,
    does: 'Reports an imprecise exception to whichever process runs next.',
  },
  {
    id: 'exc-oops-is-a-signal',
    statement: 'EXC-03',
    file,
    find: `    if (!inUserMode(frame))
        bug(\`oops: \${exception} in kernel mode, in \${frame.who}\`);`,
    replace: '',
    does: 'Sends the current process a signal for an exception of the kernel.',
  },
  {
    id: 'exc-oops-in-calls-only',
    statement: 'EXC-03',
    file,
    find: `    if (!inUserMode(frame))
        bug`,
    replace: `    if (frame.kind === 'call')
        bug`,
    does: 'Sends the current process a signal for an exception in a handler.',
  },
  {
    id: 'exc-signal-to-all',
    statement: 'EXC-03',
    file,
    find: '    postSignal(current, signal, processor);',
    replace: `    for (const process of machine.processes.values())
        postSignal(process, signal, processor);`,
    does: 'Sends the signal to every process.',
  },
  {
    id: 'exc-own-handler-ends-on-bsd',
    statement: 'EXC-01',
    profile: 'bsd-4.4',
    file: 'machine/exceptions',
    find: `if (inItsHandler && machine.profile !== 'bsd-4.4')`,
    replace: `if (inItsHandler)`,
    does: 'Ends a process for an exception in the handler of its signal, as 4.4BSD does not.',
  },
  {
    id: 'exc-next-division-skipped',
    statement: 'EXC-02',
    file: 'machine/exceptions',
    find: `reportNow(processor, true)`,
    replace: `reportNow(processor, false)`,
    does: 'Skips the division that has found the failure of an earlier one.',
  },
];
