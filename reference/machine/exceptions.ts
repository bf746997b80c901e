/**
 * Exceptions: an instruction that cannot be executed makes its process enter the kernel.
 *
 * The process is told by a signal. Most exceptions are found at the instruction itself, which is
 * executed again if a handler returns. A floating-point unit that works beside the processor reports
 * late, when the processor is somewhere else; but what it reports is kept with the process, so no
 * other one is told.
 *
 * Source: Linux 2.6.11, arch/i386/kernel/traps.c, do_trap(), math_error(), kernel/signal.c,
 * force_sig_info(); 4.4BSD, hp300/hp300/trap.c, trap(), kern/kern_sig.c, trapsignal().
 */
import type { Signal } from '../../contract/index.ts';
import { bug } from '../kernel/bug.ts';
import { killBy, postSignal } from './signals.ts';
import { inUserMode, record, topFrame, type Processor } from './state.ts';

const EXCEPTIONS = {
  'divide-error': 'SIGFPE',
  'coprocessor-error': 'SIGFPE',
  'page-fault': 'SIGSEGV',
  'protection-fault': 'SIGSEGV',
  'invalid-opcode': 'SIGILL',
} as const satisfies Record<string, Signal>;

export type Exception = keyof typeof EXCEPTIONS;

/**
 * A process is told of its exception by a signal; in the kernel there is nobody to tell.
 *
 * @param again - the instruction is executed again when the handler returns, as that of a fault is.
 * @throws KernelBug — an oops.
 */
export function trap(processor: Processor, exception: Exception, again = true): void {
  const frame = topFrame(processor);
  if (!inUserMode(frame)) bug(`oops: ${exception} in kernel mode, in ${frame.who}`);
  const { current, machine } = processor;
  record(processor, current.name, 'traps', exception);
  if (again) processor.registers.pc -= 1;
  const signal = EXCEPTIONS[exception];
  postSignal(current, signal, processor);
  const inItsHandler = current.frames.some((frame) => frame.signal === signal);
  // 4.4BSD holds it back like any other, and the instruction fails for ever.
  if (inItsHandler && machine.profile !== 'bsd-4.4') killBy(processor, signal);
}

const USER_MEMORY = { from: 0x1000, to: 0x1fff } as const;

/** Whether a process may access a word of its memory. */
export function mapped(address: number): boolean {
  return address >= USER_MEMORY.from && address <= USER_MEMORY.to;
}

/** Divides by zero beside the processor, which finds out so many steps of the process later. */
export function floatDivide(processor: Processor, reportedAfter: number): void {
  const { current } = processor;
  if (current.lateFault !== undefined) reportNow(processor, true);
  else current.lateFault = current.userSteps + reportedAfter;
}

/** Tells a process that is about to go on in user mode of an instruction of its past. */
export function reportLateFault(processor: Processor): void {
  const { lateFault, userSteps } = processor.current;
  if (lateFault !== undefined && userSteps >= lateFault) reportNow(processor, false);
}

function reportNow(processor: Processor, again: boolean): void {
  processor.current.lateFault = undefined;
  trap(processor, 'coprocessor-error', again);
}
