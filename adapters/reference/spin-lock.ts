/** The spin-lock port of the reference kernel. */
import type { ArgsOf, PortOf, spinLock as spinLockPorts, ValueOf } from '../../contract/index.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import {
  spinLock,
  spinTrylock,
  spinUnlock,
  type SpinLock,
} from '../../reference/kernel/spin-lock.ts';
import { answeringOk } from './answering.ts';

type Port = PortOf<typeof spinLockPorts>;
type Run = (typeof spinLockPorts)['methods']['run'];
type Action = ArgsOf<Run>['processors'][number][number];
type Step = ValueOf<Run>['steps'][number];

const MAX_STEPS = 20_000;

class Contest {
  readonly #locks = new Map<string, SpinLock>();
  /** Who took each lock last. */
  readonly #holders = new Map<string, number>();
  readonly #counters = new Map<string, number>();
  readonly #running: Map<number, Steps>;
  /** What each processor spins for, if its last step was in vain. */
  readonly #waiting = new Map<number, string>();
  readonly #steps: Step[] = [];

  constructor(programs: readonly (readonly Action[])[]) {
    for (const action of programs.flat()) {
      if (action.do === 'increment') this.#counters.set(action.counter, 0);
    }
    this.#running = new Map(
      programs.map((program, processor) => [processor, this.#perform(processor, program)]),
    );
  }

  run(schedule: readonly number[]): ValueOf<Run> {
    for (const processor of schedule) this.#advance(processor);
    while (this.#running.size > 0 && !this.#stuck()) {
      for (const processor of [...this.#running.keys()]) this.#advance(processor);
    }
    const deadlock = [...this.#waiting].map(([processor, waitsFor]) => ({
      processor,
      waitsFor,
      heldBy: this.#holders.get(waitsFor) ?? processor,
    }));
    return { steps: this.#steps, counters: Object.fromEntries(this.#counters), deadlock };
  }

  /** Nobody is left who could release what the others spin for. */
  #stuck(): boolean {
    const names = [...this.#running.keys()].map((processor) => this.#waiting.get(processor));
    return names.every((name) => name !== undefined && this.#lock(name).held);
  }

  #advance(processor: number): void {
    const program = this.#running.get(processor);
    if (program === undefined || this.#stuck()) return;
    bugOn(this.#steps.length >= MAX_STEPS, 'the processors do not come to an end');
    if (program.next().done) this.#running.delete(processor);
  }

  *#perform(processor: number, program: readonly Action[]): Steps {
    for (let at = 0; at < program.length; at++) {
      const action = program[at] as Action;
      let last: Step['result'] = 'done';
      for (const result of this.#act(processor, action)) {
        last = result;
        this.#steps.push({ processor, action: at, result });
        yield result;
      }
      if (last === 'busy') at = endOfBlock(program, at);
    }
  }

  *#act(processor: number, action: Action): Generator<Step['result'], void, void> {
    switch (action.do) {
      case 'spin-lock':
        for (const step of spinLock(this.#lock(action.lock))) {
          if (step === 'spin') this.#waiting.set(processor, action.lock);
          else this.#took(processor, action.lock);
          yield step === 'spin' ? 'spins' : 'done';
        }
        break;
      case 'spin-trylock':
        for (const step of spinTrylock(this.#lock(action.lock))) {
          if (step !== 'busy') this.#took(processor, action.lock);
          yield step === 'busy' ? 'busy' : 'done';
        }
        break;
      case 'spin-unlock':
        spinUnlock(this.#lock(action.lock)).next();
        yield 'done';
        break;
      case 'increment': {
        const read = this.#counters.get(action.counter) ?? 0;
        yield 'reads';
        this.#counters.set(action.counter, (read + 1) | 0);
        yield 'done';
        break;
      }
      case 'work':
        yield 'done';
        break;
    }
  }

  #took(processor: number, lock: string): void {
    this.#waiting.delete(processor);
    this.#holders.set(lock, processor);
  }

  #lock(name: string): SpinLock {
    const lock = this.#locks.get(name) ?? { held: false };
    this.#locks.set(name, lock);
    return lock;
  }
}

/** Where the block ends that a failed spin_trylock leaves out: at its spin_unlock. */
function endOfBlock(program: readonly Action[], from: number): number {
  const tried = program[from];
  const end = program.findIndex(
    (action, at) =>
      at > from &&
      action.do === 'spin-unlock' &&
      tried?.do === 'spin-trylock' &&
      action.lock === tried.lock,
  );
  return end < 0 ? program.length : end;
}

export function spinLockPort(): Port {
  return {
    run: ({ processors, schedule }) => answeringOk(() => new Contest(processors).run(schedule)),
  };
}
