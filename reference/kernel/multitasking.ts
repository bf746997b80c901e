/**
 * Processors that each run several tasks, with preemption and a clock.
 *
 * A task keeps its processor until it sleeps or ends, or until its quantum is used up. Then it has to
 * give way as soon as preemption is on, which is at once or at the preempt_enable that brings the
 * count to 0. Tasks of one processor take turns.
 *
 * Source: Linux 2.6.11 with CONFIG_PREEMPT, kernel/sched.c, schedule(), scheduler_tick(). Left out:
 * priorities and moving tasks to another processor, which no reader of RCU could tell.
 */
import { bug, bugOn } from './bug.ts';
import type { Steps } from './processors.ts';

export interface Thread {
  readonly name: string;
  readonly steps: Steps;
  mode: 'kernel' | 'user';
  /** Depth of preempt_disable. */
  preemptCount: number;
  sleeping: boolean;
}

export interface Cpu {
  readonly number: number;
  /** Those that have not ended; the first runs. */
  threads: Thread[];
  /** Who runs; null: the idle loop. */
  current: Thread | null;
  needResched: boolean;
  /** Ticks until the quantum of the one that runs is used up. */
  ticksLeft: number;
}

/** What a processor was doing when an interrupt came. */
export type Interrupted = 'kernel' | 'user' | 'idle';

/** What others want to know of. */
export interface CpuEvents {
  /** The scheduler was called, though it may go on with the same task. */
  readonly schedules: (cpu: Cpu) => void;
  /** Another one runs now. */
  readonly switches: (cpu: Cpu) => void;
  /** A clock interrupt, with what it interrupted. */
  readonly ticks: (cpu: Cpu, interrupted: Interrupted) => void;
}

export function newThread(name: string, steps: Steps): Thread {
  return { name, steps, mode: 'kernel', preemptCount: 0, sleeping: false };
}

/** @param quantum - in ticks; Infinity: nobody has to give way. */
export function newCpu(number: number, threads: readonly Thread[], quantum: number): Cpu {
  return {
    number,
    threads: [...threads],
    current: threads[0] ?? null,
    needResched: false,
    ticksLeft: quantum,
  };
}

/** @kernel preempt_disable */
export function preemptDisable(cpu: Cpu): void {
  currentThread(cpu).preemptCount++;
}

/** The switch that was put off happens when the step ends. @kernel preempt_enable */
export function preemptEnable(cpu: Cpu): void {
  const self = currentThread(cpu);
  bugOn(self.preemptCount === 0, 'preempt_enable without preempt_disable');
  self.preemptCount--;
}

/** The task that runs. @kernel current */
export function currentThread(cpu: Cpu): Thread {
  return cpu.current ?? bug('the idle loop calls for a task');
}

/** The task gives up its processor and goes on when it has been woken and its turn has come. */
export function* sleepStep(cpu: Cpu): Steps {
  const self = currentThread(cpu);
  bugOn(self.preemptCount > 0, 'scheduling while atomic');
  self.sleeping = true;
  yield 'sleep';
}

/** A task lets others run; it stays runnable. @kernel yield, cond_resched */
export function giveWay(cpu: Cpu): void {
  bugOn(currentThread(cpu).preemptCount > 0, 'scheduling while atomic');
  cpu.needResched = true;
}

/** @kernel schedule */
function schedule(cpu: Cpu, events: CpuEvents, quantum: number): void {
  events.schedules(cpu);
  cpu.needResched = false;
  cpu.ticksLeft = quantum;
  const before = cpu.current;
  // Whoever ran goes behind the others.
  if (before !== null && cpu.threads[0] === before) cpu.threads.push(...cpu.threads.splice(0, 1));
  const next = cpu.threads.findIndex(({ sleeping }) => !sleeping);
  cpu.threads.push(...cpu.threads.splice(0, Math.max(next, 0)));
  cpu.current = next < 0 ? null : (cpu.threads[0] ?? null);
  if (cpu.current !== before) events.switches(cpu);
}

/** The task that runs takes a step; on an idle processor one that was woken begins to run. */
export function takeStep(cpu: Cpu, events: CpuEvents, quantum: number): void {
  const thread = cpu.current;
  if (thread === null) {
    leaveIdle(cpu, events, quantum);
    return;
  }
  const ended = thread.steps.next().done === true;
  if (ended) {
    bugOn(thread.preemptCount > 0, `${thread.name} ends with preemption off`);
    cpu.threads = cpu.threads.filter((other) => other !== thread);
  }
  if (ended || thread.sleeping || mayPreempt(cpu)) schedule(cpu, events, quantum);
}

/** A clock interrupt. @kernel update_process_times, scheduler_tick */
export function tick(cpu: Cpu, events: CpuEvents, quantum: number): void {
  if (cpu.current !== null && --cpu.ticksLeft <= 0) cpu.needResched = true;
  events.ticks(cpu, cpu.current === null ? 'idle' : cpu.current.mode);
  if (cpu.current === null) leaveIdle(cpu, events, quantum);
  else if (mayPreempt(cpu)) schedule(cpu, events, quantum);
}

function leaveIdle(cpu: Cpu, events: CpuEvents, quantum: number): void {
  if (cpu.threads.some(({ sleeping }) => !sleeping)) schedule(cpu, events, quantum);
}

function mayPreempt({ needResched, current }: Cpu): boolean {
  return needResched && current?.preemptCount === 0;
}
