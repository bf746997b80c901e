/** Laws of changes that are protected against interrupts and against other processors. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action, ArgsOf, machine } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { exhaustive, property, type Context } from '../property.ts';
import { everyInterleaving, FEWEST_CHANGES } from '../schedules.ts';

type Scene = ArgsOf<(typeof machine)['methods']['run']>;

/** Adds 1 to a word of memory, in three steps. */
const COUNT: readonly Action[] = [
  { do: 'load', register: 'r0', from: 'total' },
  { do: 'add', register: 'r0', value: 1 },
  { do: 'store', register: 'r0', in: 'total' },
];

const enqueue = (item: string): Action => ({ do: 'enqueue', queue: 'work', item });

/** What stands around a change. */
type Protection = readonly [before: Action, after: Action];

const PRIORITY: Protection = [{ do: 'raise-priority', to: 'splbio' }, { do: 'restore-priority' }];
const INTERRUPTS: Protection = [{ do: 'save-interrupts' }, { do: 'restore-interrupts' }];
const LOCK: Protection = [
  { do: 'lock', lock: 'table' },
  { do: 'unlock', lock: 'table' },
];
const LOCK_IRQ: Protection = [
  { do: 'lock', lock: 'table', guard: 'irq' },
  { do: 'unlock', lock: 'table', guard: 'irq' },
];

const LOCK_BH: Protection = [
  { do: 'lock', lock: 'table', guard: 'bh' },
  { do: 'unlock', lock: 'table', guard: 'bh' },
];
const BOTTOM_HALVES: Protection = [{ do: 'disable-bottom-halves' }, { do: 'enable-bottom-halves' }];
const SEMAPHORE: Protection = [
  { do: 'down', semaphore: 'mutex' },
  { do: 'up', semaphore: 'mutex' },
];

/** In the middle of a change, a step for the other to come in. */
const PAUSE: Action = { do: 'compute', steps: 1 };

/** Those that a kernel of the profile has. */
function protections({ profile }: Context): readonly Protection[] {
  const spl = profile === 'notes' || profile === 'bsd-4.4' ? [PRIORITY] : [];
  return profile === 'bsd-4.4' ? spl : [...spl, INTERRUPTS, LOCK_IRQ];
}

const around = ([before, after]: Protection, change: readonly Action[]) => [
  before,
  ...change,
  after,
];

/** A process whose only call is this program. */
const caller = (program: readonly Action[]) => ({
  processes: [{ name: 'shell', program: [{ do: 'call' as const, number: 1 }], processor: 0 }],
  calls: [{ name: 'change', number: 1, program: [...program] }],
});

const handler = (program: readonly Action[]) => ({
  lines: [{ name: 'disk', program: [...program] }],
});

const run = async ({ ports }: Context, scene: Scene) =>
  valueOf(await ports[(scene.processors ?? 1) > 1 ? 'machine-smp' : 'machine'].run(scene));

/** Steps of the run at which the change is in its middle, where nothing protects it. */
const IN_COUNT = [2, 3];
const IN_ENQUEUE = [5];

exhaustive(
  'a protected change is whole at every arrival of the interrupt',
  () => Array.from({ length: 11 }, (_, after) => after),
  async (context, after) => {
    const change = [...COUNT, enqueue('shell')];
    const scene = (program: readonly Action[]): Scene => ({
      ...caller(program),
      ...handler([...COUNT, enqueue('disk')]),
      arrivals: [{ line: 'disk', after }],
    });
    const bare = await run(context, scene(change));
    assert.equal(bare.memory['total'], IN_COUNT.includes(after) ? 1 : 2);
    const left = after < 5 ? ['disk', 'shell'] : ['shell', 'disk'];
    assert.deepEqual(bare.queues['work'], IN_ENQUEUE.includes(after) ? ['shell'] : left);
    for (const protection of protections(context)) {
      const { memory, queues } = await run(context, scene(around(protection, change)));
      assert.equal(memory['total'], 2);
      assert.deepEqual(queues['work'], after < 2 ? ['disk', 'shell'] : ['shell', 'disk']);
    }
  },
  'arrivals of an interrupt',
);

const section = fc.record({
  pause: fc.nat(3),
  protection: fc.nat(2),
  nested: fc.boolean(),
});

property(
  'protected changes are whole whatever interrupts come',
  fc.record({
    sections: fc.array(section, { minLength: 1, maxLength: 6 }),
    arrivals: fc.array(fc.nat(80), { maxLength: 20 }),
  }),
  async (context, { sections, arrivals }) => {
    const known = protections(context);
    const program = sections.flatMap(({ pause, protection, nested }): Action[] => {
      const chosen = known[protection % known.length] as Protection;
      // A lock cannot be taken twice by one processor; everything else nests.
      const inner = nested && chosen !== LOCK_IRQ ? around(chosen, COUNT) : COUNT;
      const change = around(chosen, [...inner, enqueue('shell')]);
      return pause === 0 ? change : [{ do: 'compute', steps: pause }, ...change];
    });
    const { memory, queues, trace } = await run(context, {
      ...caller(program),
      ...handler([...COUNT, enqueue('disk')]),
      arrivals: arrivals.map((after) => ({ line: 'disk', after })),
    });
    const served = trace.filter(({ did }) => did === 'interrupts').length;
    assert.ok(arrivals.length === 0 || served > 0, 'no interrupt was served');
    assert.equal(memory['total'], sections.length + served);
    assert.deepEqual(queues['work']?.toSorted(), [
      ...Array.from({ length: served }, () => 'disk'),
      ...Array.from({ length: sections.length }, () => 'shell'),
    ]);
  },
);

/** Two processes in the same call, on a processor each. */
const together = (program: readonly Action[], schedule: number[]): Scene => ({
  processors: 2,
  processes: ['alice', 'bob'].map((name, processor) => ({
    name,
    program: [{ do: 'call', number: 1 }],
    processor,
  })),
  calls: [{ name: 'change', number: 1, program: [...program] }],
  schedule,
});

/** Whether each processor loads before the other has stored: its second step, and its fourth. */
function overlap(schedule: readonly number[]): boolean {
  const at = (processor: number, nth: number) =>
    schedule.flatMap((id, place) => (id === processor ? [place] : []))[nth - 1] ?? 0;
  return at(0, 2) < at(1, 4) && at(1, 2) < at(0, 4);
}

everyInterleaving(
  'without a lock those interleavings lose an update in which both are in the change',
  [4, 4],
  async (context, schedule) => {
    const { memory } = await run(context, together(COUNT, schedule));
    assert.equal(memory['total'], overlap(schedule) ? 1 : 2);
  },
  FEWEST_CHANGES,
);

everyInterleaving(
  'with a lock no interleaving loses an update',
  [6, 6],
  async (context, schedule) => {
    const { memory, end } = await run(context, together(around(LOCK, COUNT), schedule));
    assert.equal(memory['total'], 2);
    assert.equal(end, 'done');
  },
);

exhaustive(
  'a lock keeps a handler on another processor out at every arrival',
  () => Array.from({ length: 14 }, (_, after) => after),
  async (context, after) => {
    const program = around(LOCK_IRQ, [...COUNT, enqueue('shell')]);
    const interrupting = around(LOCK_IRQ, [...COUNT, enqueue('disk')]);
    const { memory, queues } = await run(context, {
      ...caller(program),
      ...handler(interrupting),
      processors: 2,
      arrivals: [{ line: 'disk', after, processor: 1 }],
    });
    assert.equal(memory['total'], 2);
    assert.deepEqual(queues['work']?.toSorted(), ['disk', 'shell']);
  },
  'arrivals of an interrupt',
);

everyInterleaving(
  'with a semaphore no interleaving loses an update',
  [6, 6],
  async (context, schedule) => {
    const program = around(SEMAPHORE, [...COUNT.slice(0, 2), PAUSE, ...COUNT.slice(2)]);
    const { memory, end } = await run(context, together(program, schedule));
    assert.deepEqual({ total: memory['total'], end }, { total: 2, end: 'done' });
  },
);

/** A card whose handler leaves all but a request to a software interrupt. */
const card = (program: readonly Action[]) => ({
  lines: [
    { name: 'card', program: [{ do: 'raise-softirq' as const, softirq: 'NET_RX' as const }] },
  ],
  softirqs: [{ name: 'NET_RX' as const, program: [...program] }],
});

exhaustive(
  'a change with bottom halves disabled is whole at every arrival of the interrupt',
  () => Array.from({ length: 11 }, (_, after) => after),
  async (context, after) => {
    const scene = (program: readonly Action[]): Scene => ({
      ...caller(program),
      ...card(COUNT),
      arrivals: [{ line: 'card', after }],
    });
    const bare = await run(context, scene(COUNT));
    assert.equal(bare.memory['total'], IN_COUNT.includes(after) ? 1 : 2);
    for (const protection of [BOTTOM_HALVES, LOCK_BH]) {
      const { memory, end } = await run(context, scene(around(protection, COUNT)));
      assert.deepEqual({ total: memory['total'], end }, { total: 2, end: 'done' });
    }
  },
  'arrivals of an interrupt',
);

exhaustive(
  'a lock keeps a software interrupt on another processor out at every arrival',
  () => Array.from({ length: 14 }, (_, after) => after),
  async (context, after) => {
    const { memory, end } = await run(context, {
      ...caller(around(LOCK_BH, COUNT)),
      ...card(around(LOCK, COUNT)),
      processors: 2,
      arrivals: [{ line: 'card', after, processor: 1 }],
    });
    assert.deepEqual({ total: memory['total'], end }, { total: 2, end: 'done' });
  },
  'arrivals of an interrupt',
);
