/**
 * The state of the machine.
 *
 * A processor executes the topmost frame of the stack it is on. A frame is one activation: of a user
 * program, a system call, a handler. Entering one saves the registers of what it interrupts, leaving it
 * restores them; so whatever lies below goes on as if nothing had been.
 */
import type {
  Action,
  ArgsOf,
  EventName,
  machine as port,
  Errno,
  PriorityLevel,
  Profile,
  Register,
  Signal,
  Softirq,
  ValueOf,
} from '../../contract/index.ts';
import { MAX_MACHINE_EVENTS, PRIORITY_LEVELS } from '../../contract/index.ts';

type Run = (typeof port)['methods']['run'];

/** What a run is given. */
export type Scene = ArgsOf<Run>;

/** What a run comes to. */
export type Ended = ValueOf<Run>;

export type TraceEvent = Ended['trace'][number];

/** The register file: `pc` is the place of the next action in the program of the frame. */
export type Registers = Record<Register | 'pc', number>;

/** An action under way; each `next` is a step of the processor. */
export type Micro = Generator<void, void, void>;

/** What the processor was like when a frame was entered. */
export interface Saved {
  readonly registers: Registers;
  readonly level: number;
  readonly interrupts: boolean;
  readonly preemptCount: number;
}

export type FrameKind = 'user' | 'signal' | 'call' | 'interrupt' | 'softirq' | 'timer' | 'idle';

/** What the kernel executes of its own, beside the actions of the contract. */
export type KernelAction = Action | { readonly do: 'hardclock' } | { readonly do: 'ksoftirqd' };

/** One activation on a stack. */
export interface Frame {
  readonly kind: FrameKind;
  /** In the trace. */
  readonly who: string;
  readonly program: readonly KernelAction[];
  readonly saved: Saved;
  /** What is done when the program has come to its end. */
  readonly leave: (processor: Processor) => void;
  /** Begins more work on top of this frame; false when there is none left. */
  readonly another: ((processor: Processor) => boolean) | undefined;
  micro: Micro | undefined;
  /** Priorities before each raise that was not yet restored, and the same of interrupt flags. */
  readonly levels: number[];
  readonly flags: boolean[];
  /** Of a system call. */
  readonly call: CallState | undefined;
  /** Of a signal handler. */
  readonly signal: Signal | undefined;
  /** Of a frame in user mode: what its call has come to, until it is told. */
  result: CallResult | undefined;
  /** What it has taken last from a queue. */
  taken: string | undefined;
  /** The lock that it spins on. */
  spinsOn: string | undefined;
  /** The line whose handler it waits for, on another processor. */
  waitsForLine: Line | undefined;
}

export interface CallState {
  readonly name: string;
  readonly args: readonly number[];
  /** Octets that have reached the caller. */
  transferred: number;
  result: CallResult;
}

export type CallResult =
  { readonly value: number } | { readonly errno: Errno } | { readonly interrupted: string };

export type ProcessState = 'unborn' | 'runnable' | 'running' | 'sleeping' | 'zombie' | 'gone';

export interface SignalAction {
  readonly restart: boolean;
  readonly program: readonly Action[];
}

/** A process with its own kernel stack. @kernel struct proc, struct task_struct */
export interface Process {
  readonly name: string;
  readonly priority: number;
  /** The only processor that runs it. */
  readonly pinned: number | undefined;
  readonly parent: string | undefined;
  readonly handlers: ReadonlyMap<Signal, SignalAction>;
  /** Frames, the user program first. */
  readonly frames: Frame[];
  /** User memory, a word an address. */
  readonly memory: Map<number, number>;
  readonly pending: Signal[];
  state: ProcessState;
  /** What it had when it last left the processor. */
  registers: Registers;
  level: number;
  interrupts: boolean;
  preemptCount: number;
  /** While it sleeps. */
  channel: string | undefined;
  interruptible: boolean;
  /** Steps in user mode. */
  userSteps: number;
  /** User steps at which a past instruction will be found to have failed. */
  lateFault: number | undefined;
  /** Ticks that it has run since it got the processor. */
  ranTicks: number;
  status: number | string;
  errno: Errno | undefined;
  lastResult: number | undefined;
  readonly usage: { user: number; system: number };
}

export interface Line {
  readonly name: string;
  readonly level: number;
  readonly fast: boolean;
  readonly program: readonly KernelAction[] | undefined;
}

/** What a processor has of the machine. */
export interface Processor {
  readonly id: number;
  readonly machine: Machine;
  readonly idle: Process;
  registers: Registers;
  level: number;
  interrupts: boolean;
  /** Preemption disabled, 0x100 x bottom halves, 0x10000 x hard interrupts. */
  preemptCount: number;
  current: Process;
  needResched: boolean;
  /** The stack of the processor for handlers, where there is one. */
  readonly interruptStack: Frame[];
  steps: number;
  /** Lines that were raised and not yet served, in that order. */
  readonly raised: Line[];
  /** Lines whose handler runs here. */
  readonly inService: Set<Line>;
  /** Devices that have begun, with the step at which they raise their line. */
  readonly devices: { readonly line: string; readonly at: number }[];
  /** Bits of software interrupts that were raised. */
  softirqs: number;
  /** Something has happened after which they are looked for. */
  checkSoftirqs: boolean;
  readonly ksoftirqd: Process;
  idleTicks: number;
}

export interface Lock {
  /** Who holds it, and on which processor; undefined: it is free. */
  holder: { readonly processor: number; readonly who: string } | undefined;
}

export interface Semaphore {
  count: number;
  readonly waiters: Process[];
  /** Who took it last. */
  holder: string | undefined;
}

/** @see work-queue.ts */
export interface WorkQueue {
  readonly places: string[];
  first: number;
  end: number;
}

export interface PendingTimer {
  readonly name: string;
  readonly expires: number;
  readonly fires: (processor: Processor) => void;
}

export interface Machine {
  readonly scene: Scene;
  readonly profile: Profile;
  readonly processors: Processor[];
  readonly processes: Map<string, Process>;
  /** Runnable and not running, first come first. */
  readonly runQueue: Process[];
  readonly lines: ReadonlyMap<string, Line>;
  /** Lines that are disabled, and how often. @kernel irq_desc_t */
  readonly disabledLines: Map<Line, number>;
  readonly softirqPrograms: ReadonlyMap<Softirq, readonly Action[]>;
  readonly memory: Map<string, number>;
  readonly queues: Map<string, WorkQueue>;
  readonly locks: Map<string, Lock>;
  readonly semaphores: Map<string, Semaphore>;
  /** In the order in which they fire. */
  readonly timers: PendingTimer[];
  readonly trace: TraceEvent[];
  ticks: number;
  spurious: number;
}

export const PREEMPT_OFFSET = 0x1;
export const SOFTIRQ_OFFSET = 0x100;
export const HARDIRQ_OFFSET = 0x1_0000;
export const SOFTIRQ_MASK = 0xff00;
export const HARDIRQ_MASK = 0xfff_0000;

export const SPL0 = 0;
export const SPLSOFT = 1;

export function levelOf(name: PriorityLevel): number {
  return PRIORITY_LEVELS.indexOf(name);
}

/** More has happened than anybody wants to read. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

export function record(
  processor: Processor,
  who: string,
  did: EventName,
  what?: string,
  state?: NonNullable<TraceEvent['state']>,
): void {
  const { trace } = processor.machine;
  if (trace.length === MAX_MACHINE_EVENTS) throw new TooMuch();
  trace.push({
    processor: processor.id,
    step: processor.steps,
    who,
    did,
    ...(what !== undefined && { what }),
    ...(state !== undefined && { state }),
  });
}

/** The frame that the processor executes. */
export function topFrame(processor: Processor): Frame {
  const frame = processor.interruptStack.at(-1) ?? processor.current.frames.at(-1);
  if (frame === undefined) throw new Error(`processor ${processor.id} has nothing to execute`);
  return frame;
}

export function inUserMode({ kind }: Frame): boolean {
  return kind === 'user' || kind === 'signal';
}

/** @kernel in_interrupt */
export function inInterrupt({ preemptCount }: Processor): boolean {
  return (preemptCount & (HARDIRQ_MASK | SOFTIRQ_MASK)) !== 0;
}

/** @kernel in_irq */
export function inHardInterrupt({ preemptCount }: Processor): boolean {
  return (preemptCount & HARDIRQ_MASK) !== 0;
}

/** @kernel in_atomic */
export function inAtomic({ preemptCount }: Processor): boolean {
  return preemptCount !== 0;
}

export function newRegisters(): Registers {
  return { pc: 0, r0: 0, r1: 0, r2: 0, r3: 0 };
}
