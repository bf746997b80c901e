/**
 * System calls: the way in which a process enters the kernel because it wants to.
 *
 * Source: Linux 2.6.11, arch/i386/kernel/entry.S, system_call; 4.4BSD, hp300/hp300/trap.c,
 * syscall().
 */
import type { Errno } from '../../contract/index.ts';
import { bug } from '../kernel/bug.ts';
import { endProgram, enter, leave } from './context.ts';
import { mapped } from './exceptions.ts';
import { record, topFrame, type CallResult, type CallState, type Processor } from './state.ts';

/** Dispatches by number. @kernel sys_call_table; sysent */
export function enterCall(processor: Processor, number: number, args: readonly number[]): void {
  const { machine, current } = processor;
  const entry = machine.scene.calls?.find((call) => call.number === number);
  const name = entry?.name ?? String(number);
  record(processor, current.name, 'calls', name);
  const unknown: CallResult = { errno: 'ENOSYS' };
  enter(processor, {
    kind: 'call',
    who: current.name,
    program: entry?.program ?? [],
    leave: leaveCall,
    call: { name, args, transferred: 0, result: entry === undefined ? unknown : { value: 0 } },
  });
}

function leaveCall(processor: Processor): void {
  const { result } = callOf(processor, 'returns');
  leave(processor);
  topFrame(processor).result = result;
}

/** The call under way. @throws KernelBug — there is none. */
export function callOf(processor: Processor, attempt: string): CallState {
  const frame = topFrame(processor);
  return frame.call ?? bug(`${frame.who} ${attempt} outside of a system call`);
}

/** Ends the call with a result. */
export function endCall(processor: Processor, result: CallResult): void {
  callOf(processor, 'ends a call').result = result;
  endProgram(processor, topFrame(processor).program);
}

/** A signal has ended a sleep: the call gives what it has, or nothing. @kernel ERESTARTSYS */
export function interruptCall(processor: Processor): void {
  const call = callOf(processor, 'is interrupted');
  const { name, transferred } = call;
  endCall(processor, transferred > 0 ? { value: transferred } : { interrupted: name });
}

/**
 * Moves a word between kernel and caller.
 *
 * @kernel copyin, copyout; copy_from_user, copy_to_user
 */
export function copyUser(processor: Processor, address: number, move: () => void): void {
  callOf(processor, 'copies from or to user memory');
  if (mapped(address)) move();
  else endCall(processor, { errno: 'EFAULT' satisfies Errno });
}
