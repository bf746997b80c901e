/** The callout port of the reference kernel: functions given as data are called by softclock. */
import { MAX_CLOCK_STEPS, type callout, type PortOf } from '../../contract/index.ts';
import type { ValueOf } from '../../contract/port.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import {
  hardclock,
  newCallouts,
  softclock,
  timeout,
  untimeout,
  type Callouts,
  type TimeoutFunction,
} from '../../reference/kernel/callout.ts';
import { answeringOk } from './answering.ts';

type Port = PortOf<typeof callout>;
type Action = Parameters<Port['define']>[0]['actions'][number];
type Step = ValueOf<(typeof callout)['methods']['hardclock']>['trace'][number];
/** A step without the tick at which it was taken. */
type Did = Step extends infer Each ? (Each extends Step ? Omit<Each, 'tick'> : never) : never;

/** A processor's clock: its callouts, functions by name, and whether softclock is asked for. */
class ClockMachine {
  readonly callouts: Callouts;
  readonly #functions = new Map<string, TimeoutFunction>();
  readonly #actions = new Map<string, readonly Action[]>();
  #tick = 0;
  #requested = false;
  #trace: Step[] = [];

  constructor(size: number) {
    this.callouts = newCallouts(size);
  }

  define(name: string, actions: readonly Action[]): void {
    this.#actions.set(name, actions);
  }

  /** One function a name, since callouts are told apart by it. */
  named(name: string): TimeoutFunction {
    const known = this.#functions.get(name);
    if (known !== undefined) return known;
    const called = (argument: number): void => {
      this.#note({ did: 'call', function: name, argument });
      for (const action of this.#actions.get(name) ?? []) this.#act(action);
    };
    this.#functions.set(name, called);
    return called;
  }

  interrupt(ticks: number, basePriority: boolean): void {
    for (let left = ticks; left > 0; left -= 1) {
      if (basePriority) this.takeSoftclock();
      this.#tick += 1;
      hardclock(this.callouts, basePriority, {
        call: () => this.#runSoftclock(),
        request: () => this.#request(),
      });
    }
  }

  takeSoftclock(): void {
    if (!this.#requested) return;
    this.#requested = false;
    this.#runSoftclock();
  }

  traceOf(work: () => void): { trace: Step[] } {
    this.#trace = [];
    work();
    return { trace: this.#trace };
  }

  #request(): void {
    this.#requested = true;
    this.#note({ did: 'setsoftclock' });
  }

  #runSoftclock(): void {
    this.#note({ did: 'softclock' });
    softclock(this.callouts);
  }

  #act(action: Action): void {
    if (action.do === 'compute') {
      this.interrupt(action.ticks, false);
      return;
    }
    const called = this.named(action.function);
    if (action.do === 'untimeout') untimeout(this.callouts, called, action.argument);
    else timeout(this.callouts, called, action.argument, action.ticks);
  }

  #note(did: Did): void {
    bugOn(this.#trace.length === MAX_CLOCK_STEPS, 'the callouts do not come to an end');
    this.#trace.push({ tick: this.#tick, ...did });
  }
}

/** Callouts that a kernel has until it is told otherwise. */
const NCALLOUT = 64;

export function calloutPorts(): { callout: Port } {
  let clock = new ClockMachine(NCALLOUT);
  return {
    callout: {
      boot: ({ callouts }) =>
        answeringOk(() => {
          clock = new ClockMachine(callouts);
          return {};
        }),
      define: ({ function: name, actions }) =>
        answeringOk(() => {
          clock.define(name, actions);
          return {};
        }),
      timeout: ({ function: name, argument, ticks }) =>
        answeringOk(() => {
          timeout(clock.callouts, clock.named(name), argument, ticks);
          return {};
        }),
      untimeout: ({ function: name, argument }) =>
        answeringOk(() => {
          untimeout(clock.callouts, clock.named(name), argument);
          return {};
        }),
      hardclock: ({ ticks, priority }) =>
        answeringOk(() => clock.traceOf(() => clock.interrupt(ticks, priority === 'base'))),
      softclock: () => answeringOk(() => clock.traceOf(() => clock.takeSoftclock())),
    },
  };
}
