/** Laws of kernel timers, against models that keep them in a list. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgsOf, ValueOf } from '../../contract/port.ts';
import type { timerWheel } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

type Methods = (typeof timerWheel)['methods'];
type Action = ArgsOf<Methods['init']>['handler'][number];
type Fired = ValueOf<Methods['tick']>['fired'][number];

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

const timer = fc.constantFrom(...NAMES);

const softirq = fc.constantFrom('each' as const, 'last' as const);

/** Where jiffies begins: anywhere, and often just before it wraps or a vector of a wheel turns. */
const firstJiffy = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.integer({ min: 0xffff_fe00, max: 0xffff_ffff }),
  fc.integer({ min: 0, max: 600 }),
);

/** Around the powers of two at which the vectors and levels of wheels end. */
const anyDelay = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: 0, max: 2 ** 27 }),
  fc
    .tuple(fc.integer({ min: 3, max: 27 }), fc.integer({ min: -2, max: 2 }))
    .map(([power, off]) => 2 ** power + off),
);

// In time

/** A timer that is pending, by ticks since the wheel was booted. */
interface Pending {
  readonly startedAt: number;
  readonly expires: number;
  /** Its expiry, or the tick behind its start where that is later. */
  readonly due: number;
  /** Counts what was started, so that the order can be told. */
  readonly order: number;
}

/** How many ticks late a timer may be in this profile. */
function lateness({ profile }: Context, { startedAt, due }: Pending): number {
  if (isExact(profile)) return 0;
  return Math.max(1, Math.floor(((due - startedAt) * 8) / 63));
}

const isExact = (profile: string) => profile === 'notes' || profile === 'linux-2.6.11';

const step = fc.oneof(
  fc.record({ do: fc.constant('mod' as const), timer, delay: anyDelay }),
  fc.record({ do: fc.constant('mod' as const), timer, delay: anyDelay }),
  fc.record({ do: fc.constant('del' as const), timer }),
  fc.record({ do: fc.constant('tick' as const), ticks: anyDelay.map(Math.abs), softirq }),
);

property(
  'timers fire in time, whatever is added, modified and deleted',
  fc.record({ first: firstJiffy, steps: fc.array(step, { maxLength: 30 }) }),
  async (context, { first, steps }) => {
    const port = context.ports['timer-wheel'];
    const pending = new Map<string, Pending>();
    let now = 0;
    let started = 0;
    await boot(context, first, () => []);
    for (const one of steps) {
      if (one.do === 'mod') {
        const expires = (first + now + one.delay) >>> 0;
        const known = pending.get(one.timer);
        assert.deepEqual(valueOf(await port.mod({ timer: one.timer, expires })), {
          returned: Number(known !== undefined),
        });
        const due = now + Math.max(one.delay, 1);
        if (known?.expires !== now + one.delay) {
          const order = started++;
          pending.set(one.timer, { startedAt: now, expires: now + one.delay, due, order });
        }
      } else if (one.do === 'del') {
        assert.deepEqual(valueOf(await port.del({ timer: one.timer })), {
          returned: Number(pending.delete(one.timer)),
        });
      } else {
        const { ticks } = one;
        const { fired } = valueOf(await port.tick({ ticks, softirq: one.softirq }));
        const before = now;
        now += ticks;
        judgeFired(context, pending, fired, (jiffies) => {
          const at = before + ((jiffies - first - before) >>> 0);
          assert.ok(at <= now && (at === now || one.softirq === 'each'), `fired at tick ${at}`);
          return one.softirq === 'each' ? at : undefined;
        });
        for (const [name, waiting] of pending) {
          const latest = waiting.due + lateness(context, waiting);
          assert.ok(latest > now, `${name} is due at ${waiting.due} and waits at ${now}`);
        }
      }
    }
  },
);

/** @param tickOf - the tick at which one fired; undefined where that says nothing of its lateness. */
function judgeFired(
  context: Context,
  pending: Map<string, Pending>,
  fired: readonly Fired[],
  tickOf: (jiffies: number) => number | undefined,
): void {
  let previous: Pending | undefined;
  for (const { timer: name, jiffies, pending: sawItself } of fired) {
    const one = pending.get(name) ?? assert.fail(`${name} fires and was not pending`);
    pending.delete(name);
    assert.equal(sawItself, false);
    const at = tickOf(jiffies) ?? one.due;
    assert.ok(at >= one.due, `${name} is due at ${one.due} and fires at ${at}, early`);
    const late = at - one.due;
    assert.ok(late <= lateness(context, one), `${name} is due at ${one.due}, ${late} ticks late`);
    if (isExact(context.profile) && previous !== undefined) {
      assert.ok(previous.due <= one.due, `${name} fires behind one that is due later`);
      // Started in one tick for one tick they have gone the same way through the wheel.
      const sameWay = previous.due === one.due && previous.startedAt === one.startedAt;
      assert.ok(!sameWay || previous.order < one.order, `${name} fires behind a later one`);
    }
    previous = one;
  }
}

async function boot(
  { ports }: Context,
  jiffies: number,
  handlerOf: (name: string) => Action[],
): Promise<void> {
  const port = ports['timer-wheel'];
  valueOf(await port.boot({ jiffies }));
  const handled = NAMES.map((name) => port.init({ timer: name, handler: handlerOf(name) }));
  (await Promise.all(handled)).forEach(valueOf);
}

// However the ticks are divided

property(
  'the trace does not depend on how ticks are divided into calls',
  fc.record({
    first: firstJiffy,
    delays: fc.array(anyDelay, { minLength: 1, maxLength: NAMES.length }),
    period: fc.integer({ min: 1, max: 5000 }),
    pieces: fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 2, maxLength: 12 }),
  }),
  async (context, { first, delays, period, pieces }) => {
    const port = context.ports['timer-wheel'];
    const traceOf = async (calls: readonly number[]): Promise<Fired[]> => {
      await boot(context, first, (name) => [{ do: 'mod', timer: name, in: period }]);
      for (const [at, delay] of delays.entries()) {
        valueOf(await port.add({ timer: NAMES[at] ?? 'a', expires: (first + delay) >>> 0 }));
      }
      const trace: Fired[] = [];
      for (const ticks of calls) {
        trace.push(...valueOf(await port.tick({ ticks, softirq: 'each' })).fired);
      }
      return trace;
    };
    const whole = [pieces.reduce((sum, ticks) => sum + ticks, 0)];
    // What fires is bounded, and the whole is to stay below it.
    if (((whole[0] ?? 0) / period) * delays.length > 9000) return;
    assert.deepEqual(await traceOf(pieces), await traceOf(whole));
  },
);

// Like a sorted list

/** The wheel as a list: what is due first is first, and of those of one tick what came first. */
class SortedList {
  readonly #first: number;
  readonly #handlers: ReadonlyMap<string, readonly Action[]>;
  /** Pending timers by name, in the order of their arrival; what each is set to and when it is due. */
  readonly #pending = new Map<string, { expires: number; due: number }>();
  /** Both in ticks since boot; every tick before the next one to run is over. */
  #now = 0;
  #nextTick = 1;

  constructor(first: number, handlers: ReadonlyMap<string, readonly Action[]>) {
    this.#first = first;
    this.#handlers = handlers;
  }

  /** @param ahead - ticks from now. */
  mod(name: string, ahead: number): number {
    const known = this.#pending.get(name);
    const expires = this.#now + ahead;
    if (known?.expires === expires) return 1;
    this.#pending.delete(name);
    this.#pending.set(name, { expires, due: Math.max(expires, this.#nextTick) });
    return Number(known !== undefined);
  }

  del(name: string): number {
    return Number(this.#pending.delete(name));
  }

  expiresIn(ahead: number): number {
    return (this.#first + this.#now + ahead) >>> 0;
  }

  tick(ticks: number, mode: 'each' | 'last'): Fired[] {
    const fired: Fired[] = [];
    for (let left = ticks; left > 0; left--) {
      this.#now += 1;
      if (mode === 'each' || left === 1) this.#run(fired);
    }
    return fired;
  }

  #run(fired: Fired[]): void {
    while (this.#nextTick <= this.#now) {
      const tick = this.#nextTick++;
      for (;;) {
        const [name] = [...this.#pending].find(([, { due }]) => due === tick) ?? [];
        if (name === undefined) break;
        this.#pending.delete(name);
        const jiffies = (this.#first + this.#now) >>> 0;
        const returned: number[] = [];
        fired.push({ timer: name, jiffies, pending: false, returned });
        for (const action of this.#handlers.get(name) ?? []) this.#act(action, returned);
      }
    }
  }

  #act(action: Action, returned: number[]): void {
    if (action.do === 'compute') this.#now += action.ticks;
    else if (action.do === 'del') returned.push(this.del(action.timer));
    else if (action.do === 'mod') returned.push(this.mod(action.timer, action.in));
  }
}

const nearDelay = fc.integer({ min: -20, max: 40 });

const handler = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('mod' as const), timer, in: nearDelay }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('del' as const), timer }) },
  ),
  { maxLength: 3 },
);

const nearStep = fc.oneof(
  fc.record({ do: fc.constant('mod' as const), timer, delay: nearDelay }),
  fc.record({ do: fc.constant('mod' as const), timer, delay: nearDelay }),
  fc.record({ do: fc.constant('del' as const), timer }),
  fc.record({ do: fc.constant('tick' as const), ticks: fc.nat(50), softirq }),
);

/** Nothing starts the one that computes, so that a run comes to an end. */
const slow = fc.record({ delay: fc.integer({ min: 1, max: 100 }), ticks: fc.nat(30) });

property(
  'near timers fire like a sorted list',
  fc.record({
    first: firstJiffy,
    handlers: fc.array(handler, { maxLength: NAMES.length }),
    slow,
    steps: fc.array(nearStep, { maxLength: 30 }),
  }),
  async (context, input) => {
    const port = context.ports['timer-wheel'];
    const computes: Action[] = [{ do: 'compute', ticks: input.slow.ticks }];
    const handlers = new Map<string, Action[]>([['slow', computes]]);
    for (const [at, actions] of input.handlers.entries()) handlers.set(NAMES[at] ?? '', actions);
    await boot(context, input.first, (name) => handlers.get(name) ?? []);
    valueOf(await port.init({ timer: 'slow', handler: computes }));
    const model = new SortedList(input.first, handlers);
    const mod = async (name: string, delay: number) => {
      const expires = model.expiresIn(delay);
      const { returned } = valueOf(await port.mod({ timer: name, expires }));
      assert.equal(returned, model.mod(name, delay));
    };
    await mod('slow', input.slow.delay);
    for (const one of input.steps) {
      if (one.do === 'mod') await mod(one.timer, one.delay);
      else if (one.do === 'del') {
        const { returned } = valueOf(await port.del({ timer: one.timer }));
        assert.equal(returned, model.del(one.timer));
      } else {
        const { fired } = valueOf(await port.tick({ ticks: one.ticks, softirq: one.softirq }));
        assert.deepEqual(fired, model.tick(one.ticks, one.softirq));
      }
    }
  },
);
