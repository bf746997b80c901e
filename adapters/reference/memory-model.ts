/** Memory-model port of the reference kernel: programs as data, run turn by turn. */
import { REORDERINGS, type ArgsOf, type memoryModel, type PortOf } from '../../contract/index.ts';
import {
  atomicAdd,
  atomicDecAndTest,
  drain,
  drainable,
  getCpuVar,
  load,
  loadPerCpu,
  newSharedMemory,
  putCpuVar,
  smpMb,
  smpRmb,
  smpWmb,
  store,
  storePerCpu,
  xchg,
  type MemoryProcessor,
  type SharedMemory,
} from '../../reference/kernel/memory-model.ts';
import { answeringOk, UnknownHandle } from './answering.ts';

type Port = PortOf<typeof memoryModel>;
type RunArgs = ArgsOf<(typeof memoryModel)['methods']['run']>;
type Action = RunArgs['processors'][number][number];
type Turn = RunArgs['schedule'][number];

class Litmus {
  readonly #memory: SharedMemory;
  /** What each processor has still to do. */
  readonly #programs: Action[][];
  readonly #perCpu: ReadonlySet<string>;

  constructor({ initially, perCpu, processors }: RunArgs) {
    const shared = new Map<string, number>();
    for (const action of processors.flat()) {
      if ('variable' in action && !Object.hasOwn(perCpu, action.variable)) {
        shared.set(action.variable, 0);
      }
    }
    for (const [name, value] of Object.entries(initially)) shared.set(name, value);
    this.#memory = newSharedMemory(processors.length, shared, Object.entries(perCpu));
    this.#programs = processors.map((program) => [...program]);
    this.#perCpu = new Set(Object.keys(perCpu));
  }

  run(schedule: readonly Turn[]) {
    const steps: { turn: Turn; others: Turn[] }[] = [];
    const wanted = schedule.values();
    for (;;) {
      const open = this.#open();
      const turn = nextWanted(wanted, open) ?? open[0];
      if (turn === undefined) return steps;
      this.#take(turn);
      steps.push({ turn, others: open.filter((other) => other !== turn) });
    }
  }

  end() {
    const { values, processors } = this.#memory;
    const copies = [...this.#perCpu].map((name): [string, number[]] => [
      name,
      processors.map(({ perCpu }) => perCpu.get(name) ?? 0),
    ]);
    return {
      memory: Object.fromEntries(values),
      perCpu: Object.fromEntries(copies),
      registers: processors.map(({ registers }) => Object.fromEntries(registers)),
    };
  }

  /** All that can happen next. */
  #open(): Turn[] {
    const open: Turn[] = [];
    for (const [processor, self] of this.#memory.processors.entries()) {
      const program = this.#programs[processor] ?? [];
      if (program.length > 0) open.push({ processor, does: 'next' });
      for (const variable of drainable(self)) open.push({ processor, does: 'drain', variable });
      for (const variable of self.stale.keys()) {
        // Whether an old value is given up can be told only by who is still to load it.
        const loaded = program.some(
          (action) => action.do === 'load' && action.variable === variable,
        );
        if (loaded) open.push({ processor, does: 'invalidate', variable });
      }
    }
    return open;
  }

  #take({ processor, does, variable = '' }: Turn): void {
    const self = this.#memory.processors[processor] as MemoryProcessor;
    if (does === 'drain') drain(this.#memory, self, variable);
    else if (does === 'invalidate') self.stale.delete(variable);
    else this.#act(self, this.#programs[processor]?.shift() as Action);
  }

  #act(self: MemoryProcessor, action: Action): void {
    const memory = this.#memory;
    const isPerCpu = 'variable' in action && this.#perCpu.has(action.variable);
    const answer = (value: number) => {
      if ('register' in action) self.registers.set(action.register, value);
    };
    switch (action.do) {
      case 'load':
        answer(isPerCpu ? loadPerCpu(self, action.variable) : load(memory, self, action.variable));
        break;
      case 'store': {
        const { register, plus } = action.value;
        const from = register === undefined ? 0 : (self.registers.get(register) ?? 0);
        const put = isPerCpu ? storePerCpu : store;
        put(self, action.variable, (from + plus) | 0);
        break;
      }
      case 'atomic-add':
        atomicAdd(memory, self, action.variable, action.value);
        break;
      case 'atomic-dec-and-test':
        answer(atomicDecAndTest(memory, self, action.variable));
        break;
      case 'xchg':
        answer(xchg(memory, self, action.variable, action.value));
        break;
      case 'barrier':
        if (action.barrier === 'smp_mb') smpMb(memory, self);
        else (action.barrier === 'smp_rmb' ? smpRmb : smpWmb)(self);
        break;
      case 'get-cpu-var':
      case 'put-cpu-var':
        if (!isPerCpu) throw new UnknownHandle(`there is no per-CPU variable ${action.variable}`);
        (action.do === 'get-cpu-var' ? getCpuVar : putCpuVar)(self);
        break;
    }
  }
}

/** The next turn of the schedule that is possible; undefined when it is used up. */
function nextWanted(schedule: Iterator<Turn>, open: readonly Turn[]): Turn | undefined {
  for (let next = schedule.next(); !next.done; next = schedule.next()) {
    const { processor, does, variable } = next.value;
    const found = open.find(
      (turn) => turn.processor === processor && turn.does === does && turn.variable === variable,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

export function memoryModelPort(): Port {
  return {
    machine: () => answeringOk(() => ({ reorders: [...REORDERINGS] })),
    run: (args) =>
      answeringOk(() => {
        const litmus = new Litmus(args);
        const steps = litmus.run(args.schedule);
        return { ...litmus.end(), steps };
      }),
  };
}
