/**
 * Signals, and the way back to user mode on which they are looked for.
 *
 * Posting only notes a signal, and wakes a process that sleeps interruptibly. It is acted on when the
 * process is about to go on in user mode: its handler is entered there, or its default happens.
 *
 * Source: 4.4BSD, kern/kern_sig.c, psignal(), issig(), hp300 trap.c, userret(); Linux 2.6.11,
 * kernel/signal.c, arch/i386/kernel/entry.S, signal.c. Left out: stopping, and masks other than that
 * of the signal being handled.
 */
import type { Profile, Signal } from '../../contract/index.ts';
import { enter, leave } from './context.ts';
import { makeRunnable, schedule } from './scheduler.ts';
import { inUserMode, record, topFrame, type Process, type Processor } from './state.ts';

/** Whose default is to do nothing. */
const IGNORED: readonly Signal[] = ['SIGCHLD'];

/** @kernel psignal, send_sig */
export function postSignal(process: Process, signal: Signal, by: Processor): void {
  if (process.state === 'zombie' || process.state === 'gone' || process.state === 'unborn') return;
  record(by, process.name, 'gets signal', signal);
  if (IGNORED.includes(signal) && !process.handlers.has(signal)) return;
  if (!process.pending.includes(signal)) process.pending.push(signal);
  if (process.state === 'sleeping' && process.interruptible) makeRunnable(process, by);
}

/** By number: which was posted first does not matter. */
const IN_LINUX_2_6_11: readonly Signal[] = [
  ...(['SIGINT', 'SIGILL', 'SIGFPE', 'SIGKILL'] as const),
  ...(['SIGUSR1', 'SIGSEGV', 'SIGALRM', 'SIGCHLD'] as const),
];

const IN_4_4BSD: readonly Signal[] = [
  ...(['SIGINT', 'SIGILL', 'SIGFPE', 'SIGKILL'] as const),
  ...(['SIGSEGV', 'SIGALRM', 'SIGCHLD', 'SIGUSR1'] as const),
];

/** Those of exceptions first, so that the handler finds the instruction. @kernel SYNCHRONOUS_MASK */
const IN_LINUX_6: readonly Signal[] = [
  ...(['SIGKILL', 'SIGILL', 'SIGFPE', 'SIGSEGV'] as const),
  ...(['SIGINT', 'SIGUSR1', 'SIGALRM', 'SIGCHLD'] as const),
];

const ORDER: Readonly<Record<Profile, readonly Signal[]>> = {
  notes: IN_LINUX_2_6_11,
  'linux-2.6.11': IN_LINUX_2_6_11,
  'bsd-4.4': IN_4_4BSD,
  'linux-6': IN_LINUX_6,
};

/** A signal that may be acted on now: one is held back while its own handler runs. */
function isFree(signal: Signal, { frames }: Process): boolean {
  return !frames.some((frame) => frame.signal === signal);
}

export function signalPending(process: Process): boolean {
  return process.pending.some((signal) => isFree(signal, process));
}

/** @kernel next_signal; CURSIG */
function nextSignal({ machine, current }: Processor): Signal | undefined {
  if (current.pending.length === 0) return undefined;
  return ORDER[machine.profile].find(
    (signal) => current.pending.includes(signal) && isFree(signal, current),
  );
}

/** Acts on a signal. @returns whether there was one. @kernel postsig, do_signal */
function deliver(processor: Processor): boolean {
  const { current } = processor;
  const signal = nextSignal(processor);
  if (signal === undefined) return false;
  current.pending.splice(current.pending.indexOf(signal), 1);
  const handler = signal === 'SIGKILL' ? undefined : current.handlers.get(signal);
  if (handler === undefined) {
    killBy(processor, signal);
    return true;
  }
  settleInterruptedCall(processor, handler.restart);
  record(processor, current.name, 'handles', signal);
  const program = handler.program;
  enter(processor, { kind: 'signal', who: current.name, program, leave: sigreturn, signal });
  return true;
}

export function killBy(processor: Processor, signal: Signal): void {
  record(processor, processor.current.name, 'is killed', signal);
  endProcess(processor, signal);
}

/** A handler decides what becomes of the call that its signal has interrupted. */
function settleInterruptedCall(processor: Processor, restart: boolean): void {
  const frame = topFrame(processor);
  if (frame.result === undefined || !('interrupted' in frame.result)) return;
  if (restart) restartCall(processor, frame.result.interrupted);
  else frame.result = { errno: 'EINTR' };
}

/** Backs up the program counter, so that the call is made again. @kernel ERESTARTSYS, ERESTART */
function restartCall(processor: Processor, name: string): void {
  record(processor, processor.current.name, 'restarts', name);
  processor.registers.pc -= 1;
  topFrame(processor).result = undefined;
}

/** @kernel sigreturn */
function sigreturn(processor: Processor): void {
  leave(processor);
  record(processor, processor.current.name, 'resumes');
}

/**
 * What is looked at before a process goes on in user mode, until there is nothing left to do.
 *
 * 4.4BSD, and the notes after it, run handlers and then give way to a process of higher priority;
 * Linux gives way first.
 *
 * @kernel userret; work_resched, work_notifysig
 */
export function returnToUser(processor: Processor): void {
  const { profile } = processor.machine;
  const signalsFirst = profile === 'notes' || profile === 'bsd-4.4';
  const work = signalsFirst ? [deliver, giveWayIfNeeded] : [giveWayIfNeeded, deliver];
  while (atUser(processor) && work.some((look) => look(processor)));
  if (atUser(processor)) tellResult(processor);
}

function atUser(processor: Processor): boolean {
  return inUserMode(topFrame(processor));
}

function giveWayIfNeeded(processor: Processor): boolean {
  if (!processor.needResched) return false;
  giveWay(processor);
  return true;
}

/**
 * A kernel that was built so gives way in the middle of a call as well.
 *
 * @kernel preempt_schedule, preempt_schedule_irq
 */
export function preemptKernel(processor: Processor): void {
  const { machine, needResched, preemptCount, interrupts } = processor;
  if (machine.scene.preemptible !== true || !needResched) return;
  if (preemptCount === 0 && interrupts && topFrame(processor).kind === 'call') giveWay(processor);
}

/** Lets a process of higher priority run, or an equal when the time is up. */
export function giveWay(processor: Processor): void {
  const { quantum } = processor.machine.scene.clock ?? {};
  const usedUp = quantum !== undefined && processor.current.ranTicks >= quantum;
  if (usedUp) processor.current.ranTicks = 0;
  schedule(processor, usedUp ? 'last' : 'first');
}

/** The caller goes on behind its call. */
function tellResult(processor: Processor): void {
  const frame = topFrame(processor);
  const { current } = processor;
  const { result } = frame;
  if (result === undefined || 'interrupted' in result) return;
  frame.result = undefined;
  if ('errno' in result) current.errno = result.errno;
  current.lastResult = 'value' in result ? result.value : -1;
  record(
    processor,
    current.name,
    'returns',
    'errno' in result ? result.errno : String(result.value),
  );
}

/** @kernel exit1, do_exit */
export function endProcess(processor: Processor, status: number | string): void {
  const { current, machine } = processor;
  current.state = current.parent === undefined ? 'gone' : 'zombie';
  current.status = status;
  const parent = current.parent === undefined ? undefined : machine.processes.get(current.parent);
  if (parent !== undefined) {
    postSignal(parent, 'SIGCHLD', processor);
    if (parent.state === 'sleeping' && parent.channel === 'child') makeRunnable(parent, processor);
  }
  for (const process of machine.processes.values()) {
    if (process.parent === current.name && process.state === 'zombie') process.state = 'gone';
  }
  schedule(processor);
}
