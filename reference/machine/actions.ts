/** What each action does. One that takes several steps is a generator. */
import { bug } from '../kernel/bug.ts';
import { callOf, copyUser, endCall, enterCall, interruptCall } from './calls.ts';
import { floatDivide, mapped, trap } from './exceptions.ts';
import { hardclock } from './clock.ts';
import { stateOf } from './context.ts';
import { disableLine, enableLine, raiseLine } from './interrupts.ts';
import {
  disableBottomHalves,
  disablePreemption,
  down,
  enableBottomHalves,
  enablePreemption,
  restoreInterrupts,
  saveInterrupts,
  spinLock,
  spinUnlock,
  up,
} from './locks.ts';
import { exit, fork, waitForChild } from './processes.ts';
import { mustBeAbleToSleep, schedule, sleepOn, wakeChannel } from './scheduler.ts';
import { postSignal, signalPending } from './signals.ts';
import { ksoftirqd, raiseSoftirq } from './softirqs.ts';
import {
  inUserMode,
  levelOf,
  record,
  topFrame,
  type Frame,
  type KernelAction,
  type Line,
  type Machine,
  type Micro,
  type Process,
  type Processor,
} from './state.ts';
import { deleteTimer, enterTimer, setTimer, timerProgram } from './timers.ts';
import { dequeue, enqueue, queueNamed } from './work-queue.ts';

type Doing<A> = (processor: Processor, action: A, frame: Frame) => Micro | void;

type Table<Actions extends { do: string }> = {
  readonly [Verb in Actions['do']]: Doing<Extract<Actions, { do: Verb }>>;
};

type Verb = KernelAction['do'];

const FAULTY = ['divide-by-zero', 'illegal', 'touch'] as const;
const ANYWHERE = ['compute', 'mark', 'look', 'set', 'add', ...FAULTY] as const;
const USER_ONLY = ['call', 'poke', 'peek', 'float-divide'] as const;

const IN_USER_MODE: ReadonlySet<Verb> = new Set<Verb>([...ANYWHERE, ...USER_ONLY]);
const IN_USER_MODE_ONLY: ReadonlySet<Verb> = new Set<Verb>(USER_ONLY);

/**
 * Begins an action.
 *
 * @returns its further steps, if it has any.
 * @throws KernelBug — the kernel caught a misuse.
 */
export function begin(processor: Processor, action: KernelAction): Micro | undefined {
  const frame = topFrame(processor);
  if (inUserMode(frame) && !IN_USER_MODE.has(action.do)) {
    trap(processor, 'protection-fault');
    return undefined;
  }
  if (!inUserMode(frame) && IN_USER_MODE_ONLY.has(action.do)) {
    bug(`${frame.who} does "${action.do}" in kernel mode, which only a user program can`);
  }
  const doing = TABLE[action.do] as Doing<KernelAction>;
  return doing(processor, action, frame) ?? undefined;
}

function word({ memory }: Machine, name: string): number {
  return memory.get(name) ?? 0;
}

function lineNamed({ lines }: Machine, name: string): Line {
  return lines.get(name) ?? bug(`there is no line ${name}`);
}

function processNamed({ processes }: Machine, name: string): Process {
  return processes.get(name) ?? bug(`there is no process ${name}`);
}

/** What a program means by a name: "it" is what it has taken last. */
function meant({ taken, who }: Frame, name: string): string {
  return name === 'it' ? (taken ?? bug(`oops: ${who} has taken nothing that it could use`)) : name;
}

/** Software interrupts that have waited for it come now. @kernel splx */
function lowerPriority(processor: Processor, level: number): void {
  processor.level = level;
  processor.checkSoftirqs = true;
}

const TABLE: Table<KernelAction> = {
  *compute(_, { steps }) {
    for (let left = steps; left > 1; left--) yield;
  },
  mark(processor, { what }, { who }) {
    record(processor, who, 'marks', what);
  },
  look(processor, _, frame) {
    record(processor, frame.who, 'sees', undefined, stateOf(processor, frame));
  },
  set({ registers }, { register, value }) {
    registers[register] = value;
  },
  add({ registers }, { register, value }) {
    registers[register] = (registers[register] + value) | 0;
  },

  call(processor, { number, args = [] }) {
    enterCall(processor, number, args);
  },
  poke(processor, { address, value }) {
    if (mapped(address)) processor.current.memory.set(address, value);
    else trap(processor, 'page-fault');
  },
  peek(processor, { address, register }) {
    if (!mapped(address)) trap(processor, 'page-fault');
    else processor.registers[register] = processor.current.memory.get(address) ?? 0;
  },
  illegal(processor) {
    trap(processor, 'invalid-opcode');
  },
  'float-divide': (processor, { reportedAfter }) => floatDivide(processor, reportedAfter),
  'divide-by-zero'(processor) {
    trap(processor, 'divide-error');
  },
  touch(processor, { address }, frame) {
    if (!mapped(address) || !inUserMode(frame)) trap(processor, 'page-fault');
  },

  load({ machine, registers }, { register, from }, frame) {
    registers[register] = word(machine, meant(frame, from));
  },
  store({ machine, registers }, { register, in: variable }, frame) {
    machine.memory.set(meant(frame, variable), registers[register]);
  },
  'atomic-add'({ machine }, { to, value }, frame) {
    const variable = meant(frame, to);
    machine.memory.set(variable, (word(machine, variable) + value) | 0);
  },
  enqueue: ({ machine }, { queue, item }) => enqueue(queueNamed(machine, queue), item),
  dequeue(processor, { queue }, frame) {
    frame.taken = dequeue(queueNamed(processor.machine, queue));
    record(processor, frame.who, 'takes', frame.taken ?? 'nothing');
  },
  wake(processor, { channel }, frame) {
    wakeChannel(processor, meant(frame, channel));
  },
  'raise-softirq'(processor, { softirq }) {
    raiseSoftirq(processor, softirq);
  },
  'raise-line'(processor, { line }) {
    raiseLine(processor, lineNamed(processor.machine, line));
  },
  start({ machine, devices, steps: now }, { line, steps }) {
    // The present step is not one of those that it takes.
    devices.push({ line: lineNamed(machine, line).name, at: now + 1 + steps });
  },
  signal(processor, { process, signal }) {
    postSignal(processNamed(processor.machine, process), signal, processor);
  },
  'raise-priority'(processor, { to }, { levels }) {
    levels.push(processor.level);
    processor.level = Math.max(processor.level, levelOf(to));
  },
  'lower-priority'(processor, { to }) {
    lowerPriority(processor, Math.min(processor.level, levelOf(to)));
  },
  'restore-priority'(processor, _, { levels, who }) {
    lowerPriority(
      processor,
      levels.pop() ?? bug(`${who} restores a priority that it has not raised`),
    );
  },
  'disable-interrupts'(processor) {
    processor.interrupts = false;
  },
  'enable-interrupts'(processor) {
    processor.interrupts = true;
  },
  'disable-line': (processor, { line }) =>
    disableLine(processor, lineNamed(processor.machine, line)),
  'enable-line': (processor, { line }) => enableLine(processor, lineNamed(processor.machine, line)),
  'save-interrupts': saveInterrupts,
  'restore-interrupts': restoreInterrupts,
  'disable-bottom-halves': disableBottomHalves,
  'enable-bottom-halves': enableBottomHalves,
  'disable-preemption': disablePreemption,
  'enable-preemption': enablePreemption,
  lock: (processor, { lock, guard }) => spinLock(processor, lock, guard),
  unlock: (processor, { lock, guard }) => spinUnlock(processor, lock, guard),
  up: (processor, { semaphore }) => up(processor, semaphore),
  'set-timer'({ machine }, { timer, ticks }) {
    const program = timerProgram(machine, timer);
    const fires = (on: Processor): void => enterTimer(on, timer, program);
    setTimer(machine, { name: timer, expires: machine.ticks + ticks, fires });
  },
  'delete-timer'({ machine }, { timer }) {
    timerProgram(machine, timer);
    deleteTimer(machine, timer);
  },

  *sleep(processor, { on, interruptible = false, until }) {
    const { machine, current } = processor;
    const holds = () => until !== undefined && word(machine, until.variable) === until.is;
    while (!holds()) {
      if (interruptible && signalPending(current)) return interruptCall(processor);
      sleepOn(processor, on, interruptible);
      yield;
      if (until === undefined) {
        if (interruptible && signalPending(current)) interruptCall(processor);
        return;
      }
    }
  },
  down: (processor, { semaphore }) => down(processor, semaphore),
  'copy-in'(processor, { address, register }) {
    const { registers, current } = processor;
    copyUser(processor, address, () => {
      registers[register] = current.memory.get(address) ?? 0;
    });
  },
  'copy-out'(processor, { register, address }) {
    const { registers, current } = processor;
    copyUser(processor, address, () => current.memory.set(address, registers[register]));
  },
  transfer(processor, { octets }) {
    callOf(processor, 'transfers octets').transferred += octets;
  },
  return(processor, { value }) {
    endCall(processor, { value });
  },
  fail(processor, { errno }) {
    endCall(processor, { errno });
  },
  *yield(processor) {
    mustBeAbleToSleep(processor, 'yields');
    schedule(processor);
    yield;
  },
  alarm(processor, { ticks }) {
    const { machine, current } = processor;
    callOf(processor, 'sets an alarm');
    const name = `alarm of ${current.name}`;
    const fires = (on: Processor): void => postSignal(current, 'SIGALRM', on);
    deleteTimer(machine, name);
    if (ticks > 0) setTimer(machine, { name, expires: machine.ticks + ticks, fires });
  },
  fork(processor, { process }) {
    callOf(processor, 'forks');
    fork(processor, process);
  },
  *wait(processor) {
    callOf(processor, 'waits for a child');
    const waited = yield* waitForChild(processor);
    if (waited === 'no child') endCall(processor, { errno: 'ECHILD' });
    else if (waited === 'signal') interruptCall(processor);
    else endCall(processor, { value: waited.status });
  },
  exit(processor, { status }) {
    callOf(processor, 'exits');
    mustBeAbleToSleep(processor, 'exits');
    exit(processor, status);
  },

  hardclock,
  ksoftirqd,
};
