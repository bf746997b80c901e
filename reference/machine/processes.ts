/** Processes: made, forked, waited for. */
import { bug } from '../kernel/bug.ts';
import { newFrame } from './context.ts';
import { makeRunnable, sleepOn } from './scheduler.ts';
import { endProcess, signalPending } from './signals.ts';
import {
  newRegisters,
  record,
  SPL0,
  type Frame,
  type KernelAction,
  type Process,
  type Processor,
  type Scene,
} from './state.ts';

type Spec = NonNullable<Scene['processes']>[number];

function blank(name: string, priority: number, pinned: number | undefined): Process {
  return {
    name,
    priority,
    pinned,
    parent: undefined,
    handlers: new Map(),
    frames: [],
    memory: new Map(),
    pending: [],
    state: 'unborn',
    registers: newRegisters(),
    level: SPL0,
    interrupts: true,
    preemptCount: 0,
    channel: undefined,
    interruptible: false,
    userSteps: 0,
    lateFault: undefined,
    ranTicks: 0,
    status: 0,
    errno: undefined,
    lastResult: undefined,
    usage: { user: 0, system: 0 },
  };
}

const NOWHERE: Frame['saved'] = {
  registers: newRegisters(),
  level: SPL0,
  interrupts: true,
  preemptCount: 0,
};

export function newProcess(spec: Spec): Process {
  const { name, program, handlers = [] } = spec;
  const process: Process = {
    ...blank(name, spec.priority ?? 0, spec.processor),
    parent: spec.parent,
    handlers: new Map(
      handlers.map(({ signal, restart = false, program: steps }) => [
        signal,
        { restart, program: steps },
      ]),
    ),
  };
  const end = (processor: Processor): void => exit(processor, 0);
  process.frames.push(newFrame(NOWHERE, { kind: 'user', who: name, program, leave: end }));
  return process;
}

/** A process of the kernel that no scene has named: it never ends. */
export function newKernelThread(
  name: string,
  on: number,
  program: readonly KernelAction[],
): Process {
  const thread = blank(name, name === 'idle' ? -2 : -1, on);
  const kind = name === 'idle' ? 'idle' : 'call';
  const leave = (): never => bug(`${name} ends`);
  thread.frames.push(newFrame(NOWHERE, { kind, who: name, program, leave }));
  return thread;
}

/** @kernel exit1, do_exit */
export function exit(processor: Processor, status: number): void {
  record(processor, processor.current.name, 'exits', String(status));
  endProcess(processor, status);
}

/** @kernel fork1, do_fork */
export function fork(processor: Processor, name: string): void {
  const { current, machine } = processor;
  const child = machine.processes.get(name);
  if (child?.parent !== current.name || child.state !== 'unborn') {
    bug(`${current.name} forks ${name}, which is no child of its own to come`);
  }
  record(processor, current.name, 'forks', name);
  makeRunnable(child, processor);
}

/** What a wait for a child comes to: its status, no child to wait for, or a signal. */
export type Waited = { readonly status: number } | 'no child' | 'signal';

/** @kernel wait4 */
export function* waitForChild(processor: Processor): Generator<void, Waited, void> {
  const { machine, current } = processor;
  for (;;) {
    const children = [...machine.processes.values()].filter(
      ({ parent, state }) => parent === current.name && state !== 'unborn' && state !== 'gone',
    );
    if (children.length === 0) return 'no child';
    const ended = children.find(({ state }) => state === 'zombie');
    if (ended !== undefined) {
      ended.state = 'gone';
      return { status: typeof ended.status === 'number' ? ended.status : -1 };
    }
    sleepOn(processor, 'child', true);
    yield;
    if (signalPending(current)) return 'signal';
  }
}
