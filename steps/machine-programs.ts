/**
 * Programs of the machine as a kernel programmer writes them: a line an action.
 *
 * Each form below is the wording of one action of the contract; there are no others.
 */
import type { Action, ArgsOf, machine } from '../contract/index.ts';
import { checkScene } from './machine-scene.ts';

export type Scene = ArgsOf<(typeof machine)['methods']['run']>;

type Form = readonly [wording: RegExp, action: (...parts: string[]) => Action];

const r = (text: string) => text as 'r0';
const int = Number;

/** System calls are written by name; the number of one is its place among those of the scene. */
export type CallNumber = (nameOrNumber: string) => number;

const FORMS: readonly Form[] = [
  [/^compute (\d+)$/, (steps) => ({ do: 'compute', steps: int(steps) })],
  [/^mark ([a-z0-9-]+)$/, (what) => ({ do: 'mark', what })],
  [/^look$/, () => ({ do: 'look' })],
  [
    /^set (r[0-3]) to (-?\d+)$/,
    (register, value) => ({ do: 'set', register: r(register), value: int(value) }),
  ],
  [
    /^add (-?\d+) to (r[0-3])$/,
    (value, register) => ({ do: 'add', register: r(register), value: int(value) }),
  ],

  [
    /^poke (-?\d+) at (0x[0-9A-F]+)$/,
    (value, address) => ({ do: 'poke', address: int(address), value: int(value) }),
  ],
  [
    /^peek (r[0-3]) at (0x[0-9A-F]+)$/,
    (register, address) => ({ do: 'peek', address: int(address), register: r(register) }),
  ],
  [/^illegal instruction$/, () => ({ do: 'illegal' })],
  [
    /^float divide, reported after (\d+)$/,
    (steps) => ({ do: 'float-divide', reportedAfter: int(steps) }),
  ],
  [/^divide by zero$/, () => ({ do: 'divide-by-zero' })],
  [/^touch (0x[0-9A-F]+)$/, (address) => ({ do: 'touch', address: int(address) })],

  [
    /^load (r[0-3]) from ([a-z-]+)$/,
    (register, from) => ({ do: 'load', register: r(register), from }),
  ],
  [
    /^store (r[0-3]) in ([a-z-]+)$/,
    (register, variable) => ({ do: 'store', register: r(register), in: variable }),
  ],
  [
    /^atomic add (-?\d+) to ([a-z-]+)$/,
    (value, to) => ({ do: 'atomic-add', to, value: int(value) }),
  ],
  [/^enqueue ([a-z0-9-]+) on ([a-z-]+)$/, (item, queue) => ({ do: 'enqueue', queue, item })],
  [/^dequeue from ([a-z-]+)$/, (queue) => ({ do: 'dequeue', queue })],
  [/^wake ([a-z-]+)$/, (channel) => ({ do: 'wake', channel })],
  [/^raise softirq ([A-Z_]+)$/, (softirq) => ({ do: 'raise-softirq', softirq: softirq as 'HI' })],
  [/^raise line ([a-z-]+)$/, (line) => ({ do: 'raise-line', line })],
  [/^start ([a-z-]+) for (\d+)$/, (line, steps) => ({ do: 'start', line, steps: int(steps) })],
  [
    /^send (SIG[A-Z0-9]+) to ([a-z-]+)$/,
    (signal, process) => ({ do: 'signal', process, signal: signal as 'SIGINT' }),
  ],
  [/^(spl(?!x$)[a-z0-9]+)$/, (to) => ({ do: 'raise-priority', to: to as 'spl0' })],
  [/^splx$/, () => ({ do: 'restore-priority' })],
  [/^lower to (spl[a-z0-9]+)$/, (to) => ({ do: 'lower-priority', to: to as 'spl0' })],
  [/^disable interrupts$/, () => ({ do: 'disable-interrupts' })],
  [/^enable interrupts$/, () => ({ do: 'enable-interrupts' })],
  [/^disable line ([a-z-]+)$/, (line) => ({ do: 'disable-line', line })],
  [/^enable line ([a-z-]+)$/, (line) => ({ do: 'enable-line', line })],
  [/^save interrupts$/, () => ({ do: 'save-interrupts' })],
  [/^restore interrupts$/, () => ({ do: 'restore-interrupts' })],
  [/^disable bottom halves$/, () => ({ do: 'disable-bottom-halves' })],
  [/^enable bottom halves$/, () => ({ do: 'enable-bottom-halves' })],
  [/^disable preemption$/, () => ({ do: 'disable-preemption' })],
  [/^enable preemption$/, () => ({ do: 'enable-preemption' })],
  [/^lock ([a-z-]+)$/, (lock) => ({ do: 'lock', lock })],
  [/^lock (irq|bh) ([a-z-]+)$/, (guard, lock) => ({ do: 'lock', lock, guard: guard as 'irq' })],
  [/^unlock ([a-z-]+)$/, (lock) => ({ do: 'unlock', lock })],
  [/^unlock (irq|bh) ([a-z-]+)$/, (guard, lock) => ({ do: 'unlock', lock, guard: guard as 'irq' })],
  [/^down ([a-z-]+)$/, (semaphore) => ({ do: 'down', semaphore })],
  [/^up ([a-z-]+)$/, (semaphore) => ({ do: 'up', semaphore })],
  [
    /^set timer ([a-z-]+) to (\d+)$/,
    (timer, ticks) => ({ do: 'set-timer', timer, ticks: int(ticks) }),
  ],
  [/^delete timer ([a-z-]+)$/, (timer) => ({ do: 'delete-timer', timer })],

  [
    /^sleep( interruptibly)? on ([a-z-]+)(?: until ([a-z-]+) is (-?\d+))?$/,
    (interruptibly, on, variable, is) => ({
      do: 'sleep',
      on,
      ...(interruptibly !== undefined && { interruptible: true }),
      ...(variable !== undefined && { until: { variable, is: int(is) } }),
    }),
  ],
  [
    /^copy in (r[0-3]) from (0x[0-9A-F]+)$/,
    (register, address) => ({ do: 'copy-in', address: int(address), register: r(register) }),
  ],
  [
    /^copy out (r[0-3]) to (0x[0-9A-F]+)$/,
    (register, address) => ({ do: 'copy-out', address: int(address), register: r(register) }),
  ],
  [/^transfer (\d+)$/, (octets) => ({ do: 'transfer', octets: int(octets) })],
  [/^return (-?\d+)$/, (value) => ({ do: 'return', value: int(value) })],
  [/^fail with ([A-Z]+)$/, (errno) => ({ do: 'fail', errno: errno as 'EIO' })],
  [/^yield$/, () => ({ do: 'yield' })],
  [/^alarm in (\d+)$/, (ticks) => ({ do: 'alarm', ticks: int(ticks) })],
  [/^fork ([a-z-]+)$/, (process) => ({ do: 'fork', process })],
  [/^wait for a child$/, () => ({ do: 'wait' })],
  [/^exit (\d+)$/, (status) => ({ do: 'exit', status: int(status) })],
];

const CALL = /^call ([a-z0-9-]+)(?: with (.+))?$/;

function callFrom(numberOf: CallNumber, [, name = '', args]: readonly string[]): Action {
  const number = numberOf(name);
  return args === undefined
    ? { do: 'call', number }
    : { do: 'call', number, args: args.split(', ').map(int) };
}

function actionFrom(line: string, numberOf: CallNumber): Action {
  const call = CALL.exec(line);
  if (call !== null) return callFrom(numberOf, call);
  for (const [wording, action] of FORMS) {
    const parts = wording.exec(line);
    if (parts !== null) return action(...parts.slice(1));
  }
  throw new Error(`no action of the machine reads "${line}"`);
}

type Part<Field extends keyof Scene> =
  NonNullable<Scene[Field]> extends readonly (infer Item)[] ? Item : never;

/** A scene as it is put together, step by step. */
export interface SceneBuilder extends Scene {
  processes: Part<'processes'>[];
  calls: Part<'calls'>[];
  lines: Part<'lines'>[];
  softirqs: Part<'softirqs'>[];
  timers: Part<'timers'>[];
  arrivals: Part<'arrivals'>[];
  memory: Record<string, number>;
  semaphores: Record<string, number>;
  /** Calls that were named, but not yet given. */
  readonly withoutProgram: Set<string>;
}

export function newScene(): SceneBuilder {
  return {
    processes: [],
    calls: [],
    lines: [],
    softirqs: [],
    timers: [],
    arrivals: [],
    memory: {},
    semaphores: {},
    withoutProgram: new Set(),
  };
}

/** Where a column of programs belongs, by its heading. */
const HEADINGS: readonly [
  RegExp,
  (scene: SceneBuilder, program: Action[], ...parts: string[]) => void,
][] = [
  [
    /^call ([a-z-]+)(?: = \d+)?$/,
    (scene, program, name) => {
      callNamed(scene, name).program = program;
      scene.withoutProgram.delete(name);
    },
  ],
  [
    /^handler of ([a-z-]+)$/,
    (scene, program, name) => Object.assign(lineOf(scene, name), { program }),
  ],
  [
    /^softirq ([A-Z_]+)$/,
    (scene, program, name) => scene.softirqs.push({ name: name as 'HI', program }),
  ],
  [/^timer ([a-z-]+)$/, (scene, program, name) => scene.timers.push({ name, program })],
  [
    /^(SIG[A-Z0-9]+) in ([a-z-]+)(, restarting)?$/,
    (scene, program, signal, name, restarting) => {
      const { handlers = [], ...process } = processOf(scene, name);
      const handler = { signal: signal as 'SIGINT', restart: restarting !== undefined, program };
      Object.assign(processOf(scene, process.name), { handlers: [...handlers, handler] });
    },
  ],
  [
    /^([a-z-]+)$/,
    (scene, program, name) => {
      const known = scene.processes.find((process) => process.name === name);
      if (known === undefined) scene.processes.push({ name, program });
      else Object.assign(known, { program });
    },
  ],
];

/** The process of that name, which need not have its program yet. */
export function processOf(scene: SceneBuilder, name: string): Part<'processes'> {
  const known = scene.processes.find((process) => process.name === name);
  if (known !== undefined) return known;
  const process = { name, program: [] };
  scene.processes.push(process);
  return process;
}

/** The line of that name, which has no handler until a program says so. */
export function lineOf(scene: SceneBuilder, name: string): Part<'lines'> {
  const known = scene.lines.find((line) => line.name === name);
  if (known !== undefined) return known;
  const line: Part<'lines'> = { name };
  scene.lines.push(line);
  return line;
}

/** Adds a table of programs, a column each, to a scene. */
export function addPrograms(scene: SceneBuilder, table: readonly (readonly string[])[]): void {
  const [headings = [], ...rows] = table;
  numberCalls(scene, headings);
  const numberOf: CallNumber = (call) =>
    /^\d+$/.test(call) ? Number(call) : callNamed(scene, call).number;
  for (const [column, heading] of headings.entries()) {
    const lines = rows.map((row) => row[column] ?? '').filter((line) => line !== '');
    place(
      scene,
      heading,
      lines.map((line) => actionFrom(line, numberOf)),
    );
  }
}

/** A call may be named before the column that is headed by it. */
function callNamed(scene: SceneBuilder, name: string): Part<'calls'> {
  const known = scene.calls.find((call) => call.name === name);
  if (known !== undefined) return known;
  const call = { name, number: scene.calls.length + 1, program: [] };
  scene.calls.push(call);
  scene.withoutProgram.add(name);
  return call;
}

/** Numbers that a heading gives, before any program makes the call. */
function numberCalls(scene: SceneBuilder, headings: readonly string[]): void {
  for (const heading of headings) {
    const [, name, number] = /^call ([a-z-]+) = (\d+)$/.exec(heading) ?? [];
    if (name !== undefined) callNamed(scene, name).number = Number(number);
  }
}

/** The scene as the contract wants it. @throws Error — it names something that is not in it. */
export function sceneFrom({ withoutProgram, ...scene }: SceneBuilder): Scene {
  const [call] = withoutProgram;
  if (call !== undefined) throw new Error(`no column of programs is headed "call ${call}"`);
  checkScene(scene);
  return scene;
}

function place(scene: SceneBuilder, heading: string, program: Action[]): void {
  for (const [form, add] of HEADINGS) {
    const parts = form.exec(heading);
    if (parts !== null) return add(scene, program, ...parts.slice(1));
  }
  throw new Error(`no program of the machine is headed "${heading}"`);
}
