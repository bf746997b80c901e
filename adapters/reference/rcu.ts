/** The RCU port of the reference kernel: tasks as data, on processors that tick when the schedule says so. */
import type { ArgsOf, PortOf, rcu, ValueOf } from '../../contract/index.ts';
import { bug, bugOn } from '../../reference/kernel/bug.ts';
import {
  currentThread,
  giveWay,
  newCpu,
  newThread,
  preemptDisable,
  preemptEnable,
  takeStep,
  tick,
  type Cpu,
  type CpuEvents,
} from '../../reference/kernel/multitasking.ts';
import {
  freeStructure,
  newStructure,
  readField,
  type FieldValue,
  type Structure,
} from '../../reference/kernel/poison.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import {
  callRcu,
  newRcu,
  rcuIdle,
  rcuQuiescent,
  rcuReadLock,
  rcuReadUnlock,
  rcuTick,
  synchronizeRcu,
  type Rcu,
} from '../../reference/kernel/rcu.ts';
import { spinLock, spinUnlock, type SpinLock } from '../../reference/kernel/spin-lock.ts';
import { answeringOk, UnknownHandle } from './answering.ts';

type RunArgs = ArgsOf<(typeof rcu)['methods']['run']>;
type Task = RunArgs['tasks'][number];
type Action = Task['actions'][number];
type Turn = RunArgs['schedule'][number];
type Event = ValueOf<(typeof rcu)['methods']['run']>['trace'][number];

const MAX_TRACE = 5_000;

/** A task while it runs. */
interface Running {
  readonly name: string;
  readonly cpu: Cpu;
  /** Its pointers; one that is not here is NULL. */
  readonly locals: Map<string, Structure>;
}

class RcuRun {
  readonly #rcu: Rcu;
  readonly #cpus: readonly Cpu[];
  readonly #quantum: number;
  /** What the shared pointers point to. */
  readonly #globals: Map<string, Structure>;
  readonly #locks = new Map<string, SpinLock>();
  readonly trace: Event[] = [];

  constructor({ structures, quantum = Infinity, tasks }: RunArgs) {
    const processors = 1 + Math.max(...tasks.map(({ processor }) => processor));
    this.#rcu = newRcu(processors);
    this.#quantum = quantum;
    this.#globals = new Map(
      Object.entries(structures).map(([name, fields]) => [
        name,
        newStructure(Object.entries(fields)),
      ]),
    );
    this.#cpus = Array.from({ length: processors }, (_, number) => newCpu(number, [], quantum));
    for (const task of tasks) this.#start(task);
  }

  #start({ name, processor, actions }: Task): void {
    const cpu = this.#cpus[processor] as Cpu;
    const thread = newThread(name, this.#perform({ name, cpu, locals: new Map() }, actions));
    cpu.threads.push(thread);
    cpu.current ??= thread;
  }

  run(schedule: readonly Turn[]): void {
    for (const { processor, does } of schedule) {
      const cpu = this.#cpus[processor];
      if (cpu !== undefined) this.#turn(cpu, does);
    }
    while (this.#busy()) {
      for (const cpu of this.#cpus) {
        this.#turn(cpu, 'step');
        this.#turn(cpu, 'tick');
      }
    }
  }

  end() {
    return Object.fromEntries(
      [...this.#globals].map(([name, { fields }]) => [name, Object.fromEntries(fields)]),
    );
  }

  #busy(): boolean {
    return this.#cpus.some(({ threads }) => threads.length > 0) || !rcuIdle(this.#rcu);
  }

  #turn(cpu: Cpu, does: Turn['does']): void {
    bugOn(this.trace.length > MAX_TRACE - 100, 'the tasks do not come to an end');
    (does === 'tick' ? tick : takeStep)(cpu, this.#events, this.#quantum);
  }

  readonly #events: CpuEvents = {
    schedules: ({ number }) => {
      rcuQuiescent(this.#rcu, number);
    },
    switches: ({ number: processor, current }) => {
      this.trace.push({ event: 'switch', processor, task: current?.name ?? null });
    },
    ticks: ({ number: processor }, interrupted) => {
      this.trace.push({ event: 'tick', processor });
      rcuTick(this.#rcu, processor, interrupted);
    },
  };

  *#perform(self: Running, actions: readonly Action[]): Steps {
    const { name: task, cpu } = self;
    for (const [at, action] of actions.entries()) {
      this.#checkMode(self, action);
      const value = yield* this.#act(self, action);
      this.trace.push({
        event: 'action',
        processor: cpu.number,
        task,
        action: at,
        preemptCount: currentThread(cpu).preemptCount,
        ...(value !== undefined && { value }),
      });
      // With its last action a task has ended, and its processor is idle or another's.
      if (at < actions.length - 1) yield action.do;
    }
  }

  #checkMode({ name, cpu }: Running, action: Action): void {
    if (currentThread(cpu).mode === 'user' && action.do !== 'kernel-mode') {
      throw new UnknownHandle(`${name} cannot do ${action.do} in user mode`);
    }
  }

  /** @returns what was read, if anything was. */
  *#act(self: Running, action: Action): Steps<FieldValue | undefined> {
    const { cpu, locals } = self;
    switch (action.do) {
      case 'rcu-read-lock':
        yield* this.#waiting(self, rcuReadLock(cpu));
        break;
      case 'rcu-read-unlock':
        yield* this.#waiting(self, rcuReadUnlock(cpu));
        break;
      case 'rcu-dereference':
        copyPointer(this.#globals, action.pointer, locals, action.into);
        break;
      case 'rcu-assign-pointer':
        copyPointer(locals, action.from, this.#globals, action.pointer);
        break;
      case 'read':
        return readField(pointee(self, action.from), action.field);
      case 'copy':
        locals.set(action.into, newStructure(pointee(self, action.from).fields));
        break;
      case 'set':
        pointee(self, action.in).fields.set(action.field, action.value);
        break;
      case 'add': {
        const { fields } = pointee(self, action.in);
        fields.set(action.field, ((fields.get(action.field) ?? 0) + action.value) | 0);
        break;
      }
      case 'call-rcu':
        this.#callRcu(self, action.structure);
        break;
      case 'synchronize-rcu':
        yield* this.#waiting(self, synchronizeRcu(this.#rcu, cpu));
        break;
      case 'free':
        freeStructure(pointee(self, action.structure));
        break;
      case 'spin-lock':
        preemptDisable(cpu);
        yield* this.#waiting(self, spinLock(this.#lock(action.lock)));
        break;
      case 'spin-unlock':
        runSilently(spinUnlock(this.#lock(action.lock)));
        preemptEnable(cpu);
        break;
      case 'schedule':
        giveWay(cpu);
        break;
      case 'user-mode':
        bugOn(
          currentThread(cpu).preemptCount > 0,
          `${self.name} leaves the kernel with preemption off`,
        );
        currentThread(cpu).mode = 'user';
        break;
      case 'kernel-mode':
        currentThread(cpu).mode = 'kernel';
        break;
      case 'work':
        break;
    }
    return undefined;
  }

  #callRcu({ name: task, cpu, locals }: Running, local: string): void {
    const structure = locals.get(local);
    const { number: processor } = cpu;
    callRcu(this.#rcu, processor, () => {
      const { passes: pass } = this.#rcu;
      this.trace.push({ event: 'callback', processor, task, structure: local, pass });
      if (structure !== undefined) freeStructure(structure);
    });
  }

  /** Takes the steps in which it waits; the one in which it gets through is the action itself. */
  *#waiting({ name: task, cpu }: Running, steps: Steps): Steps {
    for (const event of steps) {
      if (event !== 'spin' && event !== 'sleep') continue;
      this.trace.push({ event, processor: cpu.number, task });
      yield event;
    }
  }

  #lock(name: string): SpinLock {
    const lock = this.#locks.get(name) ?? { held: false };
    this.#locks.set(name, lock);
    return lock;
  }
}

function pointee({ locals }: Running, local: string): Structure {
  return locals.get(local) ?? bug(`NULL is dereferenced, in ${local}`);
}

function copyPointer(
  source: ReadonlyMap<string, Structure>,
  from: string,
  destination: Map<string, Structure>,
  to: string,
): void {
  const structure = source.get(from);
  if (structure === undefined) destination.delete(to);
  else destination.set(to, structure);
}

/** Runs steps that never wait. */
function runSilently(steps: Steps): void {
  while (!steps.next().done);
}

export function rcuPort(): PortOf<typeof rcu> {
  return {
    run: (args) =>
      answeringOk(() => {
        const running = new RcuRun(args);
        running.run(args.schedule);
        return { trace: running.trace, structures: running.end() };
      }),
  };
}
