/**
 * Who has the processor.
 *
 * The runnable process of the highest priority runs; equals take turns. A process loses the processor
 * when it sleeps, when it ends, or, on its way back to user mode, when `needResched` says that
 * another should have it; in the middle of a system call it does not, unless the kernel was built
 * preemptible, and even then not where preemption or interrupts are off. A switch exchanges the whole
 * register set and with it the stack.
 *
 * Source: 4.4BSD, kern/kern_synch.c, mi_switch(), setrunqueue(); Linux 2.6.11, kernel/sched.c,
 * schedule(). Left out: priorities that change with use, since a scene fixes them.
 */
import { bug } from '../kernel/bug.ts';
import { inAtomic, record, topFrame, type Process, type Processor } from './state.ts';

function mayRun(process: Process, processor: Processor): boolean {
  return process.pinned === undefined || process.pinned === processor.id;
}

/** The first of those with the highest priority. */
function best(processor: Processor): Process | undefined {
  let chosen: Process | undefined;
  for (const process of processor.machine.runQueue) {
    if (!mayRun(process, processor)) continue;
    if (chosen === undefined || process.priority > chosen.priority) chosen = process;
  }
  return chosen;
}

/** Puts a process that was taken off the processor back among the runnable. */
function requeue(process: Process, { machine }: Processor, place: 'first' | 'last'): void {
  process.state = 'runnable';
  if (place === 'first') machine.runQueue.unshift(process);
  else machine.runQueue.push(process);
}

/**
 * Gives the processor to whoever should have it.
 *
 * @param place - of the present process among its equals, if it is still runnable.
 * @kernel schedule, mi_switch
 */
export function schedule(processor: Processor, place: 'first' | 'last' = 'last'): void {
  const { current, machine } = processor;
  processor.needResched = false;
  if (current !== processor.idle && current.state === 'running') requeue(current, processor, place);
  const next = best(processor) ?? processor.idle;
  if (next !== processor.idle) machine.runQueue.splice(machine.runQueue.indexOf(next), 1);
  next.state = 'running';
  if (next === current) return;
  switchTo(processor, next);
  if (current.state === 'runnable') offer(current, processor);
}

/** Lets a processor that idles have a process that has to give way here. */
function offer(process: Process, by: Processor): void {
  const taker = by.machine.processors.find(
    (other) => other.current === other.idle && mayRun(process, other),
  );
  if (taker !== undefined) taker.needResched = true;
}

/** @kernel switch_to, cpu_switch */
function switchTo(processor: Processor, next: Process): void {
  const { current } = processor;
  current.registers = processor.registers;
  current.level = processor.level;
  current.interrupts = processor.interrupts;
  current.preemptCount = processor.preemptCount;
  processor.current = next;
  processor.registers = next.registers;
  processor.level = next.level;
  processor.interrupts = next.interrupts;
  processor.preemptCount = next.preemptCount;
  next.ranTicks = 0;
  record(processor, next.name, 'runs');
}

/** Makes a process runnable; whoever it outranks will have to give way. @kernel wakeup, setrunnable */
export function makeRunnable(process: Process, by: Processor): void {
  process.state = 'runnable';
  process.channel = undefined;
  by.machine.runQueue.push(process);
  const loser = outranked(process, by);
  if (loser !== undefined) loser.needResched = true;
}

/** A processor that is idle, or else one with a process of lower priority, and not called yet. */
function outranked(process: Process, by: Processor): Processor | undefined {
  const { processors } = by.machine;
  const able = [by, ...processors.filter((other) => other !== by)].filter((processor) =>
    mayRun(process, processor),
  );
  return (
    able.find(({ current, idle, needResched }) => current === idle && !needResched) ??
    able.find(
      ({ current, idle, needResched }) =>
        current !== idle && !needResched && current.priority < process.priority,
    )
  );
}

/** Wakes every process that sleeps on a channel. @kernel wakeup */
export function wakeChannel(processor: Processor, channel: string): void {
  const who = topFrame(processor).who;
  for (const process of processor.machine.processes.values()) {
    if (process.state !== 'sleeping' || process.channel !== channel) continue;
    record(processor, who, 'wakes', process.name);
    makeRunnable(process, processor);
  }
}

/**
 * Takes the present process off the processor until it is woken.
 *
 * @throws KernelBug — there is no process to take off, or it must not be.
 * @kernel tsleep, schedule
 */
export function sleepOn(processor: Processor, channel: string, interruptible: boolean): void {
  const { current } = processor;
  mustBeAbleToSleep(processor, `sleeps on ${channel}`);
  record(processor, current.name, 'sleeps', channel);
  current.state = 'sleeping';
  current.channel = channel;
  current.interruptible = interruptible;
  schedule(processor);
}

/** @kernel "scheduling while atomic" */
export function mustBeAbleToSleep(processor: Processor, attempt: string): void {
  const frame = topFrame(processor);
  if (!inAtomic(processor) && frame.kind === 'call') return;
  bug(`scheduling while atomic: ${frame.who} ${attempt} ${whyAtomic(processor)}`);
}

function whyAtomic({ preemptCount }: Processor): string {
  if (preemptCount >= 0x1_0000) return 'in an interrupt handler';
  if (preemptCount >= 0x100) return 'in a software interrupt or with bottom halves disabled';
  return 'with preemption disabled';
}
