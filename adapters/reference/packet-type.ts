/** The port of protocol handlers of the reference kernel. */
import type { ArgsOf, packetType, PortOf, ValueOf } from '../../contract/index.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import {
  currentThread,
  newCpu,
  newThread,
  takeStep,
  tick,
  type Cpu,
  type CpuEvents,
} from '../../reference/kernel/multitasking.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import { newRcu, rcuQuiescent, rcuTick, type Rcu } from '../../reference/kernel/rcu.ts';
import {
  devAddPack,
  devRemovePack,
  netifReceiveSkb,
  newPacketType,
  newPacketTypes,
  packetTypeNames,
  type PacketType,
} from '../../reference/net/packet-type.ts';
import { answeringOk, UnknownHandle } from './answering.ts';

type Run = (typeof packetType)['methods']['run'];
type Action = ArgsOf<Run>['processors'][number][number];
type Step = ValueOf<Run>['steps'][number];

const MAX_STEPS = 5_000;

/** Steps of the kernel's functions that have a name of their own in the contract. */
const EVENTS: Readonly<Record<string, Step['event']>> = { spin: 'spin', sleep: 'sleep' };

class Traffic {
  readonly #types = newPacketTypes();
  readonly #handlers = new Map<string, PacketType>();
  readonly #rcu: Rcu;
  readonly #cpus: readonly Cpu[];
  readonly #steps: Step[] = [];
  /** Who was called in the step that is being taken. */
  #called: string | undefined;

  constructor({ handlers, processors }: ArgsOf<Run>) {
    this.#rcu = newRcu(processors.length);
    this.#cpus = processors.map((actions, number) =>
      newCpu(number, [newThread(`processor ${number}`, this.#perform(number, actions))], Infinity),
    );
    const boot = newCpu(0, [newThread('boot', (function* () {})())], Infinity);
    for (const { handler, protocol } of handlers) {
      const steps = devAddPack(this.#types, this.#newHandler(handler, protocol), boot);
      while (!steps.next().done);
    }
  }

  run(schedule: readonly number[]): ValueOf<Run> {
    for (const processor of schedule) this.#turn(this.#cpus[processor]);
    while (this.#cpus.some(({ threads }) => threads.length > 0)) {
      for (const cpu of this.#cpus) this.#turn(cpu);
    }
    return { steps: this.#steps, handlers: packetTypeNames(this.#types) };
  }

  #turn(cpu: Cpu | undefined): void {
    bugOn(this.#steps.length > MAX_STEPS - 10, 'the processors do not come to an end');
    if (cpu === undefined) return;
    takeStep(cpu, this.#events, Infinity);
    for (const each of this.#cpus) tick(each, this.#events, Infinity);
  }

  readonly #events: CpuEvents = {
    schedules: ({ number }) => {
      rcuQuiescent(this.#rcu, number);
    },
    switches: () => undefined,
    ticks: ({ number }, interrupted) => {
      rcuTick(this.#rcu, number, interrupted);
    },
  };

  *#perform(processor: number, actions: readonly Action[]): Steps {
    const cpu = this.#cpus[processor] as Cpu;
    const self = currentThread(cpu);
    for (const [at, action] of actions.entries()) {
      self.mode = 'kernel';
      for (const step of this.#act(action, cpu)) {
        this.#record(processor, at, EVENTS[step] ?? 'step');
        yield step;
      }
      self.mode = 'user';
      this.#record(processor, at, 'done');
      yield 'done';
    }
  }

  #record(processor: number, action: number, event: Step['event']): void {
    const handler = this.#called;
    this.#called = undefined;
    this.#steps.push(
      handler === undefined
        ? { processor, action, event }
        : { processor, action, event: 'deliver', handler },
    );
  }

  #act(action: Action, cpu: Cpu): Steps {
    switch (action.do) {
      case 'receive':
        return netifReceiveSkb(this.#types, action.protocol, cpu);
      case 'add':
        return devAddPack(this.#types, this.#newHandler(action.handler, action.protocol), cpu);
      case 'remove':
        return devRemovePack(this.#types, this.#handler(action.handler), this.#rcu, cpu);
    }
  }

  #newHandler(name: string, protocol: number): PacketType {
    if (this.#handlers.has(name)) throw new UnknownHandle(`${name} was added before`);
    const handler = newPacketType(name, protocol, () => {
      this.#called = name;
    });
    this.#handlers.set(name, handler);
    return handler;
  }

  #handler(name: string): PacketType {
    const handler = this.#handlers.get(name);
    if (handler === undefined) throw new UnknownHandle(`there is no handler ${name}`);
    return handler;
  }
}

export function packetTypePort(): PortOf<typeof packetType> {
  return { run: (args) => answeringOk(() => new Traffic(args).run(args.schedule)) };
}
