/**
 * Entering and leaving: where a processor was is saved on the stack and comes back from there.
 *
 * The stack is that of the process that has the processor, or, for handlers on a machine that has
 * one, the interrupt stack of the processor.
 */
import { bug } from '../kernel/bug.ts';
import {
  inUserMode,
  topFrame,
  type Frame,
  type FrameKind,
  type KernelAction,
  type Processor,
  type Saved,
  type TraceEvent,
} from './state.ts';
import { PRIORITY_LEVELS } from '../../contract/index.ts';

export type FrameParts = Pick<Frame, 'kind' | 'who' | 'program' | 'leave'> &
  Partial<Pick<Frame, 'call' | 'signal' | 'another'>>;

export function newFrame(saved: Saved, parts: FrameParts): Frame {
  const { kind, who, program, leave, call, signal, another } = parts;
  // Every frame has all members in one order: steps look at them all the time.
  return {
    kind,
    who,
    program,
    leave,
    call,
    signal,
    another,
    saved,
    micro: undefined,
    levels: [],
    flags: [],
    result: undefined,
    taken: undefined,
    spinsOn: undefined,
    waitsForLine: undefined,
  };
}

/** Saves where the processor is and begins a program. */
export function enter(processor: Processor, parts: FrameParts): Frame {
  const { registers, level, interrupts, preemptCount } = processor;
  const saved = { registers: { ...registers }, level, interrupts, preemptCount };
  const frame = newFrame(saved, parts);
  stackFor(processor, parts.kind).push(frame);
  registers.pc = 0;
  return frame;
}

/**
 * Takes the topmost frame off its stack and goes back to where the processor was.
 *
 * @throws KernelBug — it leaves something disabled or locked that it found enabled.
 */
export function leave(processor: Processor): void {
  const frame = topFrame(processor);
  if (processor.preemptCount !== frame.saved.preemptCount) {
    bug(`${frame.who} ends with a lock held, or preemption or bottom halves disabled`);
  }
  if (processor.interruptStack.pop() === undefined) processor.current.frames.pop();
  processor.registers = frame.saved.registers;
  processor.level = frame.saved.level;
  processor.interrupts = frame.saved.interrupts;
}

const ON_INTERRUPT_STACK: readonly FrameKind[] = ['interrupt', 'softirq', 'timer'];

function stackFor({ machine, interruptStack, current }: Processor, kind: FrameKind): Frame[] {
  const own = machine.scene.interruptStack === 'system' && ON_INTERRUPT_STACK.includes(kind);
  return own ? interruptStack : current.frames;
}

/** Whether the program of a frame has come to its end. */
export function finished(frame: Frame, { registers }: Processor): boolean {
  return frame.micro === undefined && registers.pc >= frame.program.length;
}

/** Jumps to the end of the program. */
export function endProgram(processor: Processor, program: readonly KernelAction[]): void {
  processor.registers.pc = program.length;
}

/** What an observer in the frame sees of the processor. */
export function stateOf(processor: Processor, frame: Frame): NonNullable<TraceEvent['state']> {
  const { current, registers, level, interrupts, preemptCount } = processor;
  const { r0, r1, r2, r3 } = registers;
  const user = inUserMode(frame);
  const onOwnStack = processor.interruptStack.includes(frame);
  const kernelFrames = current.frames.filter((other) => !inUserMode(other)).length;
  const depth = onOwnStack ? processor.interruptStack.length : kernelFrames;
  const idle = current === processor.idle;
  return {
    mode: user ? 'user' : 'kernel',
    current: idle ? null : current.name,
    stack: user ? null : onOwnStack ? 'interrupt' : current.name,
    depth,
    level: PRIORITY_LEVELS[level] ?? 'spl0',
    interrupts,
    preemptCount,
    registers: { r0, r1, r2, r3 },
    args: [...(frame.call?.args ?? [])],
    result: idle ? null : (current.lastResult ?? null),
    errno: idle ? null : (current.errno ?? null),
  };
}
