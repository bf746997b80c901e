/** Laws of softirqs and tasklets. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { softirq, tasklet } from '../../contract/index.ts';
import type { ArgsOf, ValueOf } from '../../contract/port.ts';
import { valueOf } from '../outcomes.ts';
import { exhaustive, property, type Context } from '../property.ts';

type Scene = ArgsOf<(typeof softirq)['methods']['play']>;
type TaskletScene = ArgsOf<(typeof tasklet)['methods']['play']>;
type Played = ValueOf<(typeof softirq)['methods']['play']>;
type Action = Scene['process'][number];
type SoftirqScript = Scene['softirqs'][number]['does'];
type Vector = Scene['softirqs'][number]['vector'];

/** What every Linux has, in the order of their bits. */
const VECTORS = ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'TASKLET'] as const satisfies Vector[];

const PASSES = 10;

const play = async ({ ports }: Context, scene: Scene): Promise<Played> =>
  valueOf(await ports.softirq.play(scene));

function* permutations<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [at, item] of items.entries()) {
    for (const rest of permutations(items.toSpliced(at, 1))) yield [item, ...rest];
  }
}

exhaustive(
  'every order of raising five softirqs runs them in the order of their vectors',
  () => permutations(VECTORS),
  async (context, order) => {
    const { trace } = await play(context, {
      interrupts: [{ line: 'eth0', does: order.map((vector) => ({ do: 'raise', vector })) }],
      softirqs: VECTORS.map((vector) => ({ vector, does: [] })),
      process: [{ do: 'interrupt', line: 'eth0' }],
    });
    const ran = trace.filter(({ event }) => event === 'softirq').map(({ name }) => name);
    assert.deepEqual(ran, VECTORS);
  },
);

/** A raise that has an effect the first so many times; a mark before it says that it was reached. */
interface Raise {
  readonly do: 'raise';
  readonly vector: Vector;
  readonly times: number;
}

type Part = Raise | Exclude<Action, { do: 'raise' }>;

const raising = fc
  .record({ vector: fc.constantFrom(...VECTORS), times: fc.integer({ min: 1, max: 3 }) })
  .map((raise): Part[] => [{ do: 'raise', ...raise }]);

const interrupting = fc
  .constantFrom('eth0', 'eth1')
  .map((line): Part[] => [{ do: 'interrupt', line }]);

const holding = fc
  .array(fc.oneof(raising, interrupting), { maxLength: 3 })
  .map((inner): Part[] => [{ do: 'bh-disable' }, ...inner.flat(), { do: 'bh-enable' }]);

const script = (...parts: Array<fc.Arbitrary<Part[]>>) =>
  fc.array(fc.oneof(...parts), { maxLength: 4 }).map((list) => list.flat());

const anyScene = fc.record({
  handlers: fc.tuple(script(raising), script(raising)),
  softirqs: fc.tuple(...VECTORS.map(() => script(raising, interrupting, holding))),
  process: script(raising, interrupting, holding, fc.constant<Part[]>([{ do: 'sleep' }])),
});

/** Marks every raise, and remembers under the mark's name what it does. */
class Marks {
  readonly raises = new Map<string, Raise & { reached: number }>();

  script(parts: readonly Part[]): Action[] {
    return parts.flatMap((part): Action[] => {
      if (part.do !== 'raise') return [part];
      const name = `raise-${this.raises.size}`;
      this.raises.set(name, { ...part, reached: 0 });
      return [{ do: 'mark', name }, part];
    });
  }

  /** The vector that is raised behind this mark, unless the raise has lost its effect. */
  reached(name: string): Vector | undefined {
    const raise = this.raises.get(name);
    return raise !== undefined && ++raise.reached <= raise.times ? raise.vector : undefined;
  }
}

const ended = (vector: string): string => `end-of-${vector.toLowerCase().replace('_', '-')}`;

property(
  'softirqs of any scene run in ascending passes and never nest',
  anyScene,
  async (context, { handlers, softirqs, process }) => {
    const marks = new Marks();
    const played = await play(context, {
      interrupts: handlers.map((parts, at) => ({
        line: `eth${at}`,
        does: marks.script(parts) as Scene['interrupts'][number]['does'],
      })),
      softirqs: softirqs.map((parts, at) => {
        const vector = VECTORS[at] ?? 'HI';
        return {
          vector,
          does: [...marks.script(parts), { do: 'mark', name: ended(vector) }] as SoftirqScript,
        };
      }),
      process: marks.script(process),
    });
    const raised = new Set<string>();
    let pass = { number: PASSES, context: '', left: [] as string[] };
    let running: string | undefined;
    for (const one of played.trace) {
      if (one.event === 'mark') {
        if (one.name.startsWith('end-of-')) {
          assert.equal(one.name, ended(running ?? ''), 'what ends is what runs');
          running = undefined;
        }
        const vector = marks.reached(one.name);
        if (vector !== undefined) raised.add(vector);
      }
      if (one.event !== 'softirq') continue;
      assert.equal(running, undefined, 'nothing runs inside another softirq');
      running = one.name;
      if (pass.left.length === 0) {
        const next =
          one.pass === 1 || (one.context === pass.context && one.pass === pass.number + 1);
        assert.ok(
          next && one.pass !== undefined && one.pass <= PASSES,
          'passes are counted from 1',
        );
        pass = {
          number: one.pass,
          context: one.context,
          left: VECTORS.filter((v) => raised.has(v)),
        };
        raised.clear();
      }
      assert.deepEqual(
        [one.name, one.pass, one.context],
        [pass.left.shift(), pass.number, pass.context],
        'a pass runs what was raised before it, in ascending order',
      );
    }
    assert.deepEqual(pass.left, [], 'a pass runs all that was raised before it');
    assert.deepEqual(
      played.pending,
      VECTORS.filter((vector) => raised.has(vector)),
    );
  },
);

property(
  'a softirq raised n times runs n times, ten passes at a time',
  fc.record({ times: fc.integer({ min: 1, max: 60 }), vector: fc.constantFrom(...VECTORS) }),
  async (context, { times, vector }) => {
    const { trace, pending, ksoftirqd } = await play(context, {
      interrupts: [{ line: 'eth0', does: [{ do: 'raise', vector }] }],
      softirqs: [{ vector, does: [{ do: 'raise', vector, times }] }],
      process: [{ do: 'interrupt', line: 'eth0' }, { do: 'sleep' }],
    });
    const ran = trace.filter(({ event }) => event === 'softirq');
    assert.deepEqual(
      ran.map(({ context: where, pass }) => [where, pass]),
      Array.from({ length: times + 1 }, (_, at) => [
        at < PASSES ? 'interrupt exit' : 'ksoftirqd',
        (at % PASSES) + 1,
      ]),
    );
    const woken = trace.some(({ event }) => event === 'wake');
    assert.deepEqual([woken, pending, ksoftirqd], [times >= PASSES, [], 'asleep']);
  },
);

const LINES = ['eth0', 'eth1', 'disk'] as const;

property(
  'work queued by any handlers is taken once and in order',
  // What comes in one list comes while bottom halves are disabled.
  fc.array(fc.array(fc.constantFrom(...LINES), { maxLength: 6 }), { maxLength: 6 }),
  async (context, bursts) => {
    const { trace } = await play(context, {
      interrupts: LINES.map((line) => ({
        line,
        does: [
          { do: 'queue', item: line },
          { do: 'raise', vector: 'NET_RX' },
        ],
      })),
      softirqs: [{ vector: 'NET_RX', does: [{ do: 'take' }] }],
      process: bursts.flatMap((lines): Scene['process'] => [
        { do: 'bh-disable' },
        ...lines.map((line) => ({ do: 'interrupt' as const, line })),
        { do: 'bh-enable' },
      ]),
    });
    const taken = trace.filter(({ event }) => event === 'take');
    assert.deepEqual(
      taken.map(({ name }) => name),
      bursts.flat(),
    );
    assert.ok(taken.every(({ context: where }) => where === 'bh enable'));
  },
);

const TASKLETS = ['alpha', 'bravo', 'charlie'] as const;

const taskletAction = fc.oneof(
  fc.record({
    do: fc.constantFrom('schedule' as const, 'disable' as const, 'enable' as const),
    tasklet: fc.constantFrom(...TASKLETS),
  }),
  fc.constant({ do: 'interrupt' as const, line: 'eth0' }),
);

/** Tasklets as a list and a count of disables each, and the passes that a softirq makes over it. */
class TaskletModel {
  readonly ran: string[] = [];
  readonly #fifo: boolean;
  readonly #disabled = new Map<string, number>();
  #list: string[] = [];

  constructor(fifo: boolean) {
    this.#fifo = fifo;
  }

  get pending(): boolean {
    return this.#list.length > 0;
  }

  schedule(name: string): void {
    if (!this.#list.includes(name))
      this.#list = this.#fifo ? [...this.#list, name] : [name, ...this.#list];
  }

  disable(name: string, by: number): void {
    this.#disabled.set(name, (this.#disabled.get(name) ?? 0) + by);
  }

  run(): void {
    for (let pass = 0; pass < PASSES && this.pending; pass++) {
      const list = this.#list;
      this.#list = [];
      for (const name of list) {
        if ((this.#disabled.get(name) ?? 0) === 0) this.ran.push(name);
        else this.schedule(name);
      }
    }
  }
}

property(
  'tasklets behave like a model list',
  fc.array(taskletAction, { maxLength: 30 }),
  async (context, actions) => {
    const model = new TaskletModel(context.profile === 'linux-6');
    for (const action of actions) {
      if (action.do === 'schedule') model.schedule(action.tasklet);
      else if (action.do === 'interrupt') model.run();
      else model.disable(action.tasklet, action.do === 'disable' ? 1 : -1);
    }
    const tasklets: TaskletScene['tasklets'] = TASKLETS.map((name) => ({
      tasklet: name,
      vector: 'TASKLET',
      does: [],
    }));
    const { trace, pending } = valueOf(
      await context.ports.tasklet.play({
        interrupts: [{ line: 'eth0', does: [] }],
        softirqs: [],
        process: actions,
        tasklets,
      }),
    );
    const ran = trace.filter(({ event }) => event === 'tasklet').map(({ name }) => name);
    assert.deepEqual([ran, pending], [model.ran, model.pending ? ['TASKLET'] : []]);
  },
);
