/** Laws of hardware interrupts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action } from '../../contract/index.ts';
import { exhaustive, property, type Context } from '../property.ts';
import {
  add,
  call,
  compute,
  look,
  mark,
  run,
  set,
  story,
  times,
  undisturbed,
  type Ended,
  type Part,
  type Scene,
  type TraceEvent,
} from './scenes.ts';

/** A small program whose outcome can be told by hand. */
interface Undertaking {
  readonly name: string;
  readonly scene: (context: Context) => Scene;
  /** Of one processor, if nothing interrupts it. */
  readonly steps: number;
  /** What the processes do, in order. */
  readonly story: readonly string[];
  /** What shell finds when it looks at last. */
  readonly registers: readonly [number, number, number, number];
  readonly memory: Readonly<Record<string, number>>;
}

const shell = (...program: Action[]): Scene => ({ processes: [{ name: 'shell', program }] });

const UNDERTAKINGS: readonly Undertaking[] = [
  {
    name: 'arithmetic',
    scene: () => shell(set('r0', 7), add('r0', 5), set('r1', -1), add('r1', -1), mark('a'), look),
    steps: 6,
    story: ['shell marks a', 'shell exits 0'],
    registers: [12, -2, 0, 0],
    memory: {},
  },
  {
    name: 'user memory',
    scene: () =>
      shell(
        { do: 'poke', address: 0x1000, value: 5 },
        set('r2', 3),
        { do: 'peek', address: 0x1000, register: 'r2' },
        add('r2', 1),
        look,
      ),
    steps: 5,
    story: ['shell exits 0'],
    registers: [0, 0, 6, 0],
    memory: {},
  },
  {
    name: 'two calls that count',
    scene: () => ({
      ...shell(set('r0', 1), call(3), call(3), look),
      calls: [
        {
          name: 'count',
          number: 3,
          program: [
            { do: 'load', register: 'r0', from: 'total' },
            add('r0', 3),
            { do: 'store', register: 'r0', in: 'total' },
            { do: 'return', value: 9 },
          ],
        },
      ],
    }),
    steps: 12,
    story: [
      'shell calls count',
      'shell returns 9',
      'shell calls count',
      'shell returns 9',
      'shell exits 0',
    ],
    registers: [1, 0, 0, 0],
    memory: { total: 6 },
  },
  {
    name: 'a call that is not to be disturbed',
    scene: (context) => ({
      ...shell(set('r3', 2), call(1), look),
      calls: [{ name: 'hold', number: 1, program: undisturbed(context, [mark('in'), compute(2)]) }],
    }),
    steps: 8,
    story: ['shell calls hold', 'shell marks in', 'shell returns 0', 'shell exits 0'],
    registers: [0, 0, 0, 2],
    memory: {},
  },
  {
    name: 'a call that sleeps for its own device',
    scene: () => ({
      ...shell(set('r1', 4), call(2), look),
      calls: [
        {
          name: 'read',
          number: 2,
          program: [
            { do: 'start', line: 'disk', steps: 2 },
            { do: 'sleep', on: 'buffer', until: { variable: 'ready', is: 1 } },
            { do: 'return', value: 512 },
          ],
        },
      ],
      lines: [
        {
          name: 'disk',
          program: [
            { do: 'atomic-add', to: 'ready', value: 1 },
            { do: 'wake', channel: 'buffer' },
          ],
        },
      ],
    }),
    steps: 10,
    story: ['shell calls read', 'shell returns 512', 'shell exits 0'],
    registers: [0, 4, 0, 0],
    memory: { ready: 1 },
  },
  {
    name: 'an exception that is handled',
    scene: () => ({
      processes: [
        {
          name: 'shell',
          program: [
            set('r0', 7),
            { do: 'float-divide', reportedAfter: 1 },
            mark('a'),
            mark('b'),
            look,
          ],
          handlers: [{ signal: 'SIGFPE', program: [set('r0', 97), mark('fpe')] }],
        },
      ],
    }),
    steps: 7,
    story: [
      'shell marks a',
      'shell traps coprocessor-error',
      'shell handles SIGFPE',
      'shell marks fpe',
      'shell resumes',
      'shell marks b',
      'shell exits 0',
    ],
    registers: [7, 0, 0, 0],
    memory: {},
  },
  {
    name: 'a parent and its child',
    scene: () => ({
      processes: [
        { name: 'shell', program: [set('r2', 1), call(1), call(2), look] },
        { name: 'cc', parent: 'shell', program: [set('r2', 2), mark('child')] },
      ],
      calls: [
        { name: 'spawn', number: 1, program: [{ do: 'fork', process: 'cc' }] },
        { name: 'wait', number: 2, program: [{ do: 'wait' }] },
      ],
    }),
    steps: 9,
    story: [
      'shell calls spawn',
      'shell returns 0',
      'shell calls wait',
      'cc marks child',
      'cc exits 0',
      'shell returns 0',
      'shell exits 0',
    ],
    registers: [0, 0, 1, 0],
    memory: {},
  },
];

/** Writes all over the registers, and has a software interrupt do it again. */
const clobber = (value: number, counts: string): Action[] => [
  set('r0', value),
  set('r1', value),
  set('r2', value),
  set('r3', value),
  { do: 'atomic-add', to: counts, value: 1 },
];

const CARD: Part<'lines'> = {
  name: 'card',
  level: 'splnet',
  program: [...clobber(99, 'served'), { do: 'raise-softirq', softirq: 'NET_RX' }],
};
const CONSOLE: Part<'lines'> = {
  name: 'console',
  level: 'splclock',
  program: clobber(96, 'answered'),
};

const DONE_BY_PROCESSES = [
  'marks',
  'calls',
  'returns',
  'traps',
  'handles',
  'resumes',
  'exits',
  'is killed',
] as const;

async function interruptedAt(
  context: Context,
  undertaking: Undertaking,
  stack: 'process' | 'system',
  arrivals: readonly Part<'arrivals'>[],
): Promise<void> {
  const scene = undertaking.scene(context);
  const ended = await run(context, {
    ...scene,
    interruptStack: stack,
    lines: [...(scene.lines ?? []), CARD, CONSOLE],
    softirqs: [{ name: 'NET_RX', program: clobber(98, 'later') }],
    arrivals: [...arrivals],
  });
  const raised = (line: string) => arrivals.filter((arrival) => arrival.line === line).length;
  const counted = { served: raised('card'), later: raised('card'), answered: raised('console') };
  const of = Object.entries(counted).filter(([, count]) => count > 0);
  assert.deepEqual(ended.memory, { ...undertaking.memory, ...Object.fromEntries(of) });
  assert.deepEqual(story(ended, ...DONE_BY_PROCESSES), undertaking.story);
  assert.equal(ended.end, 'done');
  assertUndisturbed(ended, undertaking);
}

function assertUndisturbed({ trace }: Ended, { registers: [r0, r1, r2, r3] }: Undertaking): void {
  const looks = trace.filter(({ did }) => did === 'sees').map(({ state }) => state);
  const { mode, depth, level, interrupts, preemptCount, registers } =
    looks[0] ?? assert.fail('shell has not looked');
  assert.deepEqual(
    { mode, depth, level, interrupts, preemptCount, registers },
    {
      mode: 'user',
      depth: 0,
      level: 'spl0',
      interrupts: true,
      preemptCount: 0,
      registers: { r0, r1, r2, r3 },
    },
  );
}

function* placesOf<Input>(
  among: readonly Undertaking[],
  arrivals: (steps: number) => Iterable<Input>,
): Generator<readonly [name: string, stack: 'process' | 'system', Input]> {
  for (const { name, steps } of among) {
    for (const stack of ['process', 'system'] as const) {
      for (const arrival of arrivals(steps)) yield [name, stack, arrival];
    }
  }
}

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, at) => at);

const named = (name: string): Undertaking =>
  UNDERTAKINGS.find((other) => other.name === name) ?? assert.fail(name);

exhaustive(
  'an interrupt at any step changes nothing for whom it interrupts',
  () => placesOf(UNDERTAKINGS, upTo),
  (context, [name, stack, after]) =>
    interruptedAt(context, named(name), stack, [{ line: 'card', after }]),
);

exhaustive(
  'two interrupts at any steps change nothing for whom they interrupt',
  () =>
    placesOf(UNDERTAKINGS, (steps) =>
      upTo(steps).flatMap((card) => [0, 1, 2, 4].map((later) => [card, card + later] as const)),
    ),
  (context, [name, stack, [card, later]]) =>
    interruptedAt(context, named(name), stack, [
      { line: 'card', after: card },
      { line: 'console', after: later },
    ]),
);

interface Drawn {
  readonly lines: readonly {
    level: 'splnet' | 'splbio' | 'splclock';
    fast: boolean;
    marks: number;
  }[];
  /** Marks in user mode, and then marks in a call that is not to be disturbed. */
  readonly program: readonly (readonly [free: number, held: number])[];
  readonly arrivals: readonly { line: number; after: number }[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  lines: fc.array(
    fc.record({
      level: fc.constantFrom('splnet', 'splbio', 'splclock'),
      fast: fc.boolean(),
      marks: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  program: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 6 })), {
    maxLength: 4,
  }),
  arrivals: fc.array(fc.record({ line: fc.nat(3), after: fc.nat(40) }), { maxLength: 12 }),
});

const lineNames = ['disk', 'card', 'console', 'tape'] as const;

function sceneOf(context: Context, { lines, program, arrivals }: Drawn): Scene {
  const held = (count: number) => undisturbed(context, times(count, mark('held')));
  return {
    processes: [
      {
        name: 'shell',
        program: program.flatMap(([free], at) => [...times(free, mark('free')), call(at)]),
      },
    ],
    calls: program.map(([, count], number) => ({
      name: `hold-${number}`,
      number,
      program: held(count),
    })),
    lines: lines.map(({ level, fast, marks }, at) => ({
      name: lineNames[at] ?? 'none',
      level,
      fast,
      program: times(marks, mark('served')),
    })),
    arrivals: arrivals.map(({ line, after }) => ({
      line: lineNames[line % lines.length] ?? 'none',
      after,
    })),
  };
}

/** Follows a trace: which lines are pending, and whose handlers lie on each other. */
class Follower {
  readonly pending = new Set<string>();
  /** Handlers that have begun and not ended, with the marks they have made. */
  readonly nested: { readonly line: string; marks: number }[] = [];
  readonly #profile: string;
  readonly #lines: ReadonlyMap<string, Part<'lines'>>;
  #arrivals: readonly Part<'arrivals'>[];

  constructor(profile: string, { lines = [], arrivals = [] }: Scene) {
    this.#profile = profile;
    this.#lines = new Map(lines.map((line) => [line.name, line]));
    this.#arrivals = arrivals;
  }

  hear(step: number): void {
    for (const { line, after } of this.#arrivals) if (after <= step) this.pending.add(line);
    this.#arrivals = this.#arrivals.filter(({ after }) => after > step);
  }

  /** Whether a line is served inside the handlers that run now. */
  nests(line: string): boolean {
    const top = this.nested.at(-1)?.line;
    if (top === undefined) return true;
    if (this.#profile === 'linux-6') return false;
    if (this.#profile === 'bsd-4.4') return this.#height(line) > this.#height(top);
    const fast = this.#lines.get(top)?.fast === true;
    return !fast && !this.nested.some((handler) => handler.line === line);
  }

  #height(line: string): number {
    return ['splnet', 'splbio', 'splclock'].indexOf(this.#lines.get(line)?.level ?? '');
  }

  follow({ who, did, what, step }: TraceEvent): void {
    if (did === 'interrupts') {
      this.hear(step);
      assert.ok(this.pending.delete(who), `${who} is served, which was not raised`);
      assert.ok(this.nests(who), `${who} is served inside ${this.nested.at(-1)?.line}`);
      this.nested.push({ line: who, marks: 0 });
    } else if (did === 'ends') {
      assert.equal(this.nested.pop()?.line, who, 'the handler that ends');
    } else if (did === 'marks') {
      this.hear(step);
      this.#mark(who, what);
    }
  }

  #mark(who: string, what: string | undefined): void {
    const top = this.nested.at(-1);
    assert.equal(who, top?.line ?? 'shell', 'who has the processor');
    if (what === 'held') return;
    // Of two lines that come together the second waits for the first step of the other's handler.
    if (top !== undefined && top.marks++ === 0) return;
    const late = [...this.pending].filter((line) => this.nests(line));
    assert.deepEqual(late, [], 'lines that should have been served');
  }
}

property(
  'every line that is raised is served by the nesting rule',
  drawn,
  async (context, input) => {
    const scene = sceneOf(context, input);
    const { trace, end } = await run(context, scene);
    const follower = new Follower(context.profile, scene);
    for (const event of trace) follower.follow(event);
    follower.hear(Infinity);
    assert.deepEqual(follower.nested, [], 'handlers that have not ended');
    assert.deepEqual([...follower.pending], [], 'lines that were never served');
    assert.equal(end, 'done');
  },
);
