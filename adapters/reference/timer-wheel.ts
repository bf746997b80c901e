/** The timer port of the reference kernel: handlers given as data become functions of timers. */
import { MAX_FIRED, type PortOf, type Profile, type timerWheel } from '../../contract/index.ts';
import type { ValueOf } from '../../contract/port.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import { TimerLevels } from '../../reference/kernel/timer-levels.ts';
import { TimerWheel } from '../../reference/kernel/timer-wheel.ts';
import {
  addTimer,
  delTimer,
  initTimer,
  missTicks,
  modTimer,
  passTicks,
  timerPending,
  type TimerBase,
  type TimerList,
  type TimerRules,
} from '../../reference/kernel/timer.ts';
import { answeringOk, UnknownHandle } from './answering.ts';

type Port = PortOf<typeof timerWheel>;
type Action = Parameters<Port['init']>[0]['handler'][number];
type Fired = ValueOf<(typeof timerWheel)['methods']['tick']>['fired'][number];

/** A wheel with its timers by name. */
class Timers {
  readonly base: TimerBase;
  readonly rules: TimerRules;
  readonly #timers = new Map<string, TimerList>();
  fired: Fired[] = [];

  constructor(profile: Profile, jiffies: number) {
    const clock = { jiffies };
    this.base = profile === 'linux-6' ? new TimerLevels(clock) : new TimerWheel(clock);
    this.base.run();
    this.rules = { addLooks: profile !== 'linux-2.6.11' };
  }

  /** @throws UnknownHandle — it was never initialised. */
  named(name: string): TimerList {
    const timer = this.#timers.get(name);
    if (timer === undefined) throw new UnknownHandle(`timer: "${name}" was never initialised`);
    return timer;
  }

  init(name: string, handler: readonly Action[]): void {
    if (this.#timers.has(name)) throw new UnknownHandle(`timer: "${name}" is initialised already`);
    const timer = initTimer(() => this.#fire(name, timer, handler));
    this.#timers.set(name, timer);
  }

  #fire(name: string, timer: TimerList, handler: readonly Action[]): void {
    bugOn(this.fired.length === MAX_FIRED, 'the timers do not come to an end');
    const { jiffies } = this.base.clock;
    const fired = { timer: name, jiffies, pending: timerPending(timer), returned: [] };
    this.fired.push(fired);
    for (const action of handler) this.#act(action, fired.returned);
  }

  #act(action: Action, returned: number[]): void {
    if (action.do === 'compute') {
      missTicks(this.base, action.ticks);
      return;
    }
    const timer = this.named(action.timer);
    if (action.do === 'del') {
      returned.push(Number(delTimer(timer)));
      return;
    }
    const expires = (this.base.clock.jiffies + action.in) >>> 0;
    if (action.do === 'mod') returned.push(Number(modTimer(this.base, timer, expires)));
    else addTimer(this.base, timer, expires, this.rules);
  }
}

export function timerWheelPorts(profile: Profile): { 'timer-wheel': Port } {
  let timers = new Timers(profile, 0);
  return {
    'timer-wheel': {
      boot: ({ jiffies }) =>
        answeringOk(() => {
          timers = new Timers(profile, jiffies);
          return {};
        }),
      init: ({ timer, handler }) =>
        answeringOk(() => {
          timers.init(timer, handler);
          return {};
        }),
      add: ({ timer, expires }) =>
        answeringOk(() => {
          addTimer(timers.base, timers.named(timer), expires, timers.rules);
          return {};
        }),
      mod: ({ timer, expires }) =>
        answeringOk(() => ({
          returned: Number(modTimer(timers.base, timers.named(timer), expires)),
        })),
      del: ({ timer }) => answeringOk(() => ({ returned: Number(delTimer(timers.named(timer))) })),
      pending: ({ timer }) => answeringOk(() => ({ pending: timerPending(timers.named(timer)) })),
      tick: ({ ticks, softirq }) =>
        answeringOk(() => {
          timers.fired = [];
          if (softirq === 'each') passTicks(timers.base, ticks);
          else {
            missTicks(timers.base, ticks);
            timers.base.run();
          }
          return { jiffies: timers.base.clock.jiffies, fired: timers.fired };
        }),
    },
  };
}
