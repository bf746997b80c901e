/**
 * The machine: boots a scene and steps its processors until nothing more can happen.
 *
 * Before each step a processor looks what has become due: devices and clock raise their lines, an
 * acceptable line is served, a software interrupt, a signal, a process of higher priority. Then the
 * topmost frame takes its step, and frames that have come to their end are left.
 */
import { MAX_MACHINE_STEPS, type Profile } from '../../contract/index.ts';
import { KernelBug } from '../kernel/bug.ts';
import { begin } from './actions.ts';
import { CLOCK, runClock } from './clock.ts';
import { finished } from './context.ts';
import { whyEnded } from './end.ts';
import { reportLateFault } from './exceptions.ts';
import { raiseLine, serveLine } from './interrupts.ts';
import { newKernelThread, newProcess } from './processes.ts';
import { makeRunnable, schedule } from './scheduler.ts';
import { preemptKernel, returnToUser } from './signals.ts';
import { serveSoftirqs, softirqsDue } from './softirqs.ts';
import {
  inUserMode,
  levelOf,
  newRegisters,
  SPL0,
  TooMuch,
  topFrame,
  type Ended,
  type Line,
  type Machine,
  type Processor,
  type Scene,
} from './state.ts';
import { itemsOf } from './work-queue.ts';

function bootMachine(scene: Scene, profile: Profile): Machine {
  const lines = (scene.lines ?? []).map(
    ({ name, level = 'splbio', fast = false, program }): [string, Line] => [
      name,
      { name, level: levelOf(level), fast, program },
    ],
  );
  const machine: Machine = {
    scene,
    profile,
    processors: [],
    processes: new Map(scene.processes?.map((spec) => [spec.name, newProcess(spec)])),
    runQueue: [],
    lines: new Map([['clock', CLOCK], ...lines]),
    disabledLines: new Map(),
    softirqPrograms: new Map(scene.softirqs?.map(({ name, program }) => [name, program])),
    memory: new Map(Object.entries(scene.memory ?? {})),
    queues: new Map(),
    locks: new Map(),
    semaphores: new Map(),
    timers: [],
    trace: [],
    ticks: 0,
    spurious: 0,
  };
  for (let id = 0; id < (scene.processors ?? 1); id++) {
    machine.processors.push(newProcessor(machine, id));
  }
  for (const process of machine.processes.values()) {
    if (process.parent === undefined) makeRunnable(process, machine.processors[0] as Processor);
  }
  for (const processor of machine.processors) schedule(processor);
  return machine;
}

function newProcessor(machine: Machine, id: number): Processor {
  const idle = newKernelThread('idle', id, []);
  const ksoftirqd = newKernelThread('ksoftirqd', id, [{ do: 'ksoftirqd' }]);
  idle.state = 'running';
  ksoftirqd.state = 'sleeping';
  const arrivals = (machine.scene.arrivals ?? []).filter(({ processor = 0 }) => processor === id);
  return {
    id,
    machine,
    idle,
    registers: newRegisters(),
    level: SPL0,
    interrupts: true,
    preemptCount: 0,
    current: idle,
    needResched: false,
    interruptStack: [],
    steps: 0,
    raised: [],
    inService: new Set(),
    devices: arrivals.map(({ line, after }) => ({ line, at: after })),
    softirqs: 0,
    checkSoftirqs: false,
    ksoftirqd,
    idleTicks: 0,
  };
}

/** Whatever devices have to say by now. */
function hearDevices(processor: Processor): void {
  const { devices, machine, steps } = processor;
  for (const device of [...devices]) {
    if (device.at > steps) continue;
    devices.splice(devices.indexOf(device), 1);
    const line = machine.lines.get(device.line);
    if (line !== undefined) raiseLine(processor, line);
  }
  runClock(processor);
}

/** Processes that end, and handlers without a program, one after another without a step. */
const MAX_ROUNDS = 1000;

/** What comes before the next step. */
function attend(processor: Processor): void {
  hearDevices(processor);
  const served = serveLine(processor);
  if (!served && softirqsDue(processor)) serveSoftirqs(processor);
  else if (!served) {
    // What holds them off may be over later without anybody saying so.
    if (processor.softirqs === 0) processor.checkSoftirqs = false;
    if (topFrame(processor).kind === 'idle' && processor.needResched) schedule(processor);
    preemptKernel(processor);
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    leaveFinished(processor);
    const frame = topFrame(processor);
    if (!inUserMode(frame)) return;
    reportLateFault(processor);
    returnToUser(processor);
    if (topFrame(processor) === frame && !finished(frame, processor)) return;
  }
  throw new TooMuch();
}

/** The topmost frame takes a step. */
function execute(processor: Processor): void {
  const frame = topFrame(processor);
  const { registers, current } = processor;
  if (inUserMode(frame)) current.userSteps += 1;
  const action = frame.program[registers.pc];
  if (frame.micro !== undefined) {
    if (frame.micro.next().done) frame.micro = undefined;
  } else if (action !== undefined) {
    registers.pc += 1;
    const micro = begin(processor, action);
    if (micro !== undefined && !micro.next().done) frame.micro = micro;
  }
  processor.steps += 1;
}

/** Leaves frames whose programs have come to their end. */
function leaveFinished(processor: Processor): void {
  for (let frame = topFrame(processor); frame.kind !== 'idle'; frame = topFrame(processor)) {
    if (!finished(frame, processor)) return;
    // A caller is told first what its last call has come to.
    if (frame.result !== undefined || (inUserMode(frame) && processor.needResched)) return;
    if (frame.another?.(processor) !== true) frame.leave(processor);
  }
}

function advance(processor: Processor): void {
  attend(processor);
  execute(processor);
  leaveFinished(processor);
}

/**
 * Runs a scene to its end.
 *
 * A bug that the kernel catches ends it too, and is told with the trace up to there.
 */
export function runMachine(scene: Scene, profile: Profile): Ended {
  const machine = bootMachine(scene, profile);
  try {
    return ended(machine, stepAll(machine));
  } catch (error) {
    if (error instanceof TooMuch) return ended(machine, LIMIT);
    if (!(error instanceof KernelBug)) throw error;
    return ended(machine, { end: 'bug', reason: error.message, waits: [] });
  }
}

type End = Pick<Ended, 'end' | 'reason' | 'waits'>;

const LIMIT: End = { end: 'limit', waits: [] };

function stepAll(machine: Machine): End {
  const { processors, scene } = machine;
  let left = MAX_MACHINE_STEPS;
  for (const id of scene.schedule ?? []) {
    const processor = processors[id];
    if (processor === undefined) continue;
    const end = whyEnded(machine);
    if (end !== undefined) return end;
    advance(processor);
    left -= 1;
  }
  while (left > 0) {
    for (const processor of processors) {
      const end = whyEnded(machine);
      if (end !== undefined) return end;
      advance(processor);
      left -= 1;
    }
  }
  return LIMIT;
}

function ended(machine: Machine, end: End): Ended {
  const { processors, processes, memory, queues, trace, ticks, spurious } = machine;
  return {
    ...end,
    trace,
    memory: Object.fromEntries(memory),
    queues: Object.fromEntries([...queues].map(([name, queue]) => [name, itemsOf(queue)])),
    steps: processors.map(({ steps }) => steps),
    ticks,
    idle: processors.reduce((sum, { idleTicks }) => sum + idleTicks, 0),
    usage: [...processes.values()].map(({ name, usage }) => ({ process: name, ...usage })),
    spurious,
  };
}
