/** Laws of callouts, against a model that keeps them with the tick at which each is due. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgsOf, ValueOf } from '../../contract/port.ts';
import type { callout } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

type Methods = (typeof callout)['methods'];
type Action = ArgsOf<Methods['define']>['actions'][number];
type ClockStep = ValueOf<Methods['hardclock']>['trace'][number];

interface Waiting {
  readonly function: string;
  readonly argument: number;
  readonly due: number;
}

class SortedCallouts {
  readonly #functions: Readonly<Record<string, readonly Action[]>>;
  #waiting: Waiting[] = [];
  #tick = 0;
  #requested = false;
  #trace: ClockStep[] = [];

  constructor(functions: Readonly<Record<string, readonly Action[]>>) {
    this.#functions = functions;
  }

  act(action: Action): void {
    if (action.do === 'compute') this.hardclock(action.ticks, 'raised');
    else if (action.do === 'timeout') this.#timeout(action);
    else {
      const at = this.#waiting.findIndex(
        (one) => one.function === action.function && one.argument === action.argument,
      );
      if (at >= 0) this.#waiting.splice(at, 1);
    }
  }

  hardclock(ticks: number, priority: 'base' | 'raised'): void {
    for (let left = ticks; left > 0; left--) {
      if (priority === 'base') this.softclock();
      this.#tick += 1;
      if (!this.#waiting.some(({ due }) => due <= this.#tick)) continue;
      if (priority === 'base') this.#run();
      else {
        this.#requested = true;
        this.#trace.push({ tick: this.#tick, did: 'setsoftclock' });
      }
    }
  }

  softclock(): void {
    if (!this.#requested) return;
    this.#requested = false;
    this.#run();
  }

  takeTrace(): ClockStep[] {
    const trace = this.#trace;
    this.#trace = [];
    return trace;
  }

  /** Before those of the same tick. */
  #timeout({ function: name, argument, ticks }: Extract<Action, { do: 'timeout' }>): void {
    const due = this.#tick + Math.max(ticks, 1);
    const at = this.#waiting.findIndex((one) => one.due >= due);
    const place = at < 0 ? this.#waiting.length : at;
    this.#waiting.splice(place, 0, { function: name, argument, due });
  }

  #run(): void {
    this.#trace.push({ tick: this.#tick, did: 'softclock' });
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined || first.due > this.#tick) return;
      this.#waiting.shift();
      const { function: name, argument } = first;
      this.#trace.push({ tick: this.#tick, did: 'call', function: name, argument });
      for (const action of this.#functions[name] ?? []) this.act(action);
    }
  }
}

const ticks = fc.integer({ min: -2, max: 12 });

const call = (name: fc.Arbitrary<string>) => ({ function: name, argument: fc.nat(1) });

const anyone = fc.constantFrom('a', 'b', 'slow');
const quick = fc.constantFrom('a', 'b');

const timeout = (name: fc.Arbitrary<string>) =>
  fc.record({ do: fc.constant('timeout' as const), ...call(name), ticks });

const untimeout = fc.record({ do: fc.constant('untimeout' as const), ...call(anyone) });

/** One that is called asks for one call at most, and never for one that computes: so it all ends. */
const actions = fc
  .tuple(fc.array(untimeout, { maxLength: 1 }), fc.array(timeout(quick), { maxLength: 1 }))
  .map(([first, second]): Action[] => [...first, ...second]);

const step = fc.oneof(
  timeout(anyone),
  timeout(anyone),
  untimeout,
  fc.record({
    do: fc.constant('hardclock' as const),
    ticks: fc.nat(6),
    priority: fc.constantFrom('base' as const, 'raised' as const),
  }),
  fc.record({ do: fc.constant('softclock' as const) }),
);

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** What the implementation leaves in its trace. */
async function perform(port: Context['ports']['callout'], one: Step): Promise<ClockStep[]> {
  switch (one.do) {
    case 'hardclock':
      return valueOf(await port.hardclock({ ticks: one.ticks, priority: one.priority })).trace;
    case 'softclock':
      return valueOf(await port.softclock({})).trace;
    case 'timeout': {
      const { do: _, ...args } = one;
      valueOf(await port.timeout(args));
      return [];
    }
    case 'untimeout': {
      const { do: _, ...args } = one;
      valueOf(await port.untimeout(args));
      return [];
    }
  }
}

property(
  'callouts behave like a sorted list',
  fc.record({ a: actions, b: actions, slow: fc.nat(5), steps: fc.array(step, { maxLength: 40 }) }),
  async ({ ports: { callout: port } }, input) => {
    const slow: Action[] = [{ do: 'compute', ticks: input.slow }];
    const functions = { a: input.a, b: input.b, slow };
    valueOf(await port.boot({ callouts: 100 }));
    for (const [name, does] of Object.entries(functions)) {
      valueOf(await port.define({ function: name, actions: does }));
    }
    const model = new SortedCallouts(functions);
    for (const one of input.steps) {
      if (one.do === 'hardclock') model.hardclock(one.ticks, one.priority);
      else if (one.do === 'softclock') model.softclock();
      else model.act(one);
      assert.deepEqual(await perform(port, one), model.takeTrace());
    }
  },
);
