/** Laws of read-copy update. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgsOf, ValueOf } from '../../contract/port.ts';
import type { rcu } from '../../contract/index.ts';
import { callbackOrders, rcuBreach } from '../../harness/rcu-trace.ts';
import { changes, shorterSchedules } from '../../harness/shortest.ts';
import { valueOf } from '../outcomes.ts';
import { exhaustive, property, type Context } from '../property.ts';
import { everyInterleaving } from '../schedules.ts';
import { interleavings } from '../../harness/interleavings.ts';

type RunArgs = ArgsOf<(typeof rcu)['methods']['run']>;
type Task = RunArgs['tasks'][number];
type Action = Task['actions'][number];
type Turn = RunArgs['schedule'][number];
type Ran = ValueOf<(typeof rcu)['methods']['run']>;

/** A structure whose two fields are always changed together. */
const STRUCTURES = { gp: { a: 1, b: 1 } };

const lock: Action = { do: 'spin-lock', lock: 'lock' };
const unlock: Action = { do: 'spin-unlock', lock: 'lock' };

const READ: readonly Action[] = [
  { do: 'rcu-read-lock' },
  { do: 'rcu-dereference', pointer: 'gp', into: 'p' },
  { do: 'read', from: 'p', field: 'a' },
  { do: 'read', from: 'p', field: 'b' },
  { do: 'rcu-read-unlock' },
];

const REPLACE: readonly Action[] = [
  { do: 'rcu-dereference', pointer: 'gp', into: 'old' },
  { do: 'copy', from: 'old', into: 'new' },
  { do: 'add', in: 'new', field: 'a', value: 1 },
  { do: 'add', in: 'new', field: 'b', value: 1 },
  { do: 'rcu-assign-pointer', pointer: 'gp', from: 'new' },
];

const RETIRE: readonly Action[] = [{ do: 'call-rcu', structure: 'old' }];

const WAIT_AND_FREE: readonly Action[] = [
  { do: 'synchronize-rcu' },
  { do: 'free', structure: 'old' },
];

async function run(
  { ports }: Context,
  tasks: Task[],
  schedule: Turn[],
  quantum?: number,
): Promise<Ran> {
  const limits = quantum === undefined ? {} : { quantum };
  const ran = valueOf(await ports.rcu.run({ structures: STRUCTURES, tasks, schedule, ...limits }));
  assert.equal(rcuBreach(tasks, ran.trace), undefined);
  for (const { called, ran: inFact } of callbackOrders(tasks, ran.trace)) {
    assert.deepEqual(inFact, called, 'callbacks in the order of call_rcu');
  }
  return ran;
}

/** Whether the machine has more than two processors, and can say which of several tasks runs on one. */
async function stepsAll({ ports }: Context): Promise<boolean> {
  const tasks = [0, 1, 2, 2].map((processor, at) => ({
    name: `task-${at}`,
    processor,
    actions: [],
  }));
  const outcome = await ports.rcu.run({ structures: {}, quantum: 1, tasks, schedule: [] });
  return 'ok' in outcome;
}

/** Of so many orders one is tried where grace periods take the time that they take: all would take minutes. */
const SHARE = 31;

async function isTried(context: Context, order: readonly number[]): Promise<boolean> {
  const number = order.reduce((sum, processor) => 2 * sum + processor, 0);
  return number % SHARE === 0 || (await stepsAll(context));
}

/** Those that any machine can step: the first of each of two processors. */
function firstOfTwo<One extends { readonly processor: number }>(tasks: readonly One[]): One[] {
  return [0, 1].flatMap((number) => tasks.find(({ processor }) => processor === number) ?? []);
}

/** Values that a task read, in pairs: a and b of each section. */
function pairsRead({ trace }: Ran, task: string): (readonly [number, number])[] {
  const values = trace.flatMap((event) =>
    event.event === 'action' && event.task === task && typeof event.value === 'number'
      ? [event.value]
      : [],
  );
  return values.flatMap((value, at) =>
    at % 2 === 1 ? [[values[at - 1] ?? NaN, value] as const] : [],
  );
}

const step = (processor: number): Turn => ({ processor, does: 'step' });
const tick = (processor: number): Turn => ({ processor, does: 'tick' });

/** Interleavings of two processors, each without ticks and with one on both behind every step. */
function* ticking(steps: readonly [number, number]): Generator<Turn[]> {
  for (const order of interleavings(steps)) {
    yield order.map(step);
    yield order.flatMap((processor) => [step(processor), tick(0), tick(1)]);
  }
}

for (const [how, retire] of [
  ['call_rcu', RETIRE],
  ['synchronize_rcu', WAIT_AND_FREE],
] as const) {
  const writer = [...REPLACE, ...retire];
  exhaustive(
    `every interleaving of a reader and a writer with ${how} keeps the copy whole and in memory`,
    () => ticking([READ.length, writer.length]),
    async (context, schedule) => {
      if (
        !(await isTried(
          context,
          schedule.map(({ processor }) => processor),
        ))
      )
        return;
      const tasks: Task[] = [
        { name: 'reader', processor: 0, actions: [...READ] },
        { name: 'writer', processor: 1, actions: writer },
      ];
      const ran = await run(context, tasks, schedule);
      const [[a, b] = []] = pairsRead(ran, 'reader');
      assert.ok(a === b && (a === 1 || a === 2), `the reader sees a = ${a} and b = ${b}`);
      assert.deepEqual(ran.structures, { gp: { a: 2, b: 2 } });
      const steps = ran.trace.filter(
        (event) => event.event !== 'tick' && event.event !== 'switch' && event.processor === 0,
      );
      assert.equal(steps.length, READ.length, 'steps of the reader');
    },
    'interleavings',
    { size: (turns) => changes(turns, ({ processor }) => processor), smaller: shorterSchedules },
  );
}

everyInterleaving(
  'every interleaving of two writers under a lock keeps both updates',
  [6, 6],
  async (context, order) => {
    if (!(await isTried(context, order))) return;
    const actions = [lock, ...REPLACE, unlock, ...RETIRE];
    const tasks = [0, 1].map((processor) => ({ name: `writer-${processor}`, processor, actions }));
    const { structures } = await run(context, tasks, order.map(step));
    assert.deepEqual(structures, { gp: { a: 3, b: 3 } });
  },
);

/** Stretches that tasks are made of, each of which leaves nothing held. */
const stretch: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(READ) },
  {
    weight: 1,
    arbitrary: fc.constant<readonly Action[]>([
      { do: 'rcu-read-lock' },
      ...READ,
      { do: 'work' },
      { do: 'rcu-read-unlock' },
    ]),
  },
  { weight: 2, arbitrary: fc.constant([lock, ...REPLACE, unlock, ...RETIRE]) },
  { weight: 1, arbitrary: fc.constant([lock, ...REPLACE, unlock, ...WAIT_AND_FREE]) },
  { weight: 1, arbitrary: fc.constant<readonly Action[]>([{ do: 'schedule' }]) },
  {
    weight: 1,
    arbitrary: fc.constant<readonly Action[]>([{ do: 'user-mode' }, { do: 'kernel-mode' }]),
  },
);

const task = fc.record({
  processor: fc.nat(2),
  actions: fc.array(stretch, { maxLength: 5 }).map((stretches) => stretches.flat()),
});

property(
  'random readers and writers in random orders never see a copy that is mixed or freed',
  fc.record({
    tasks: fc.array(task, { minLength: 2, maxLength: 5 }),
    quantum: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    schedule: fc.array(
      fc.record({ processor: fc.nat(2), does: fc.constantFrom('step', 'step', 'tick') }),
      { maxLength: 120 },
    ),
  }),
  async (context, { tasks, quantum, schedule }) => {
    const all = await stepsAll(context);
    const named = (all ? tasks : firstOfTwo(tasks)).map((one, at) => ({
      ...one,
      name: `task-${at}`,
    }));
    fc.pre(named.length > 0);
    const ran = await run(context, named, schedule, all ? quantum : undefined);
    for (const { name } of named) {
      for (const [a, b] of pairsRead(ran, name)) assert.equal(a, b, `what ${name} sees`);
    }
    const updates = named.flatMap(({ actions }) => actions).filter(isAssignment).length;
    assert.deepEqual(ran.structures, { gp: { a: 1 + updates, b: 1 + updates } });
  },
);

function isAssignment(action: Action): boolean {
  return action.do === 'rcu-assign-pointer';
}

/** Turns in which one processor's reader is always inside, while each passes outside in between. */
function relay(rounds: number): { first: Action[]; second: Action[]; turns: Turn[] } {
  const enter: Action = { do: 'rcu-read-lock' };
  const leave: Action[] = [{ do: 'rcu-read-unlock' }, { do: 'schedule' }];
  const readers: [Action[], Action[]] = [[enter], []];
  const turns = [step(0)];
  for (let round = 0; round < rounds; round++) {
    const next = (round + 1) % 2;
    const last = 1 - next;
    readers[next as 0].push(enter);
    readers[last as 0].push(...leave);
    turns.push(step(next), tick(last), step(last), step(last), tick(0), tick(1), tick(2));
  }
  readers[(rounds % 2) as 0].push({ do: 'rcu-read-unlock' });
  return { first: readers[0], second: readers[1], turns };
}

property(
  'readers that begin later, one always inside, do not hold up synchronize_rcu',
  fc.record({ rounds: fc.integer({ min: 12, max: 20 }), begin: fc.nat(6) }),
  async (context, { rounds, begin }) => {
    if (!(await stepsAll(context))) return;
    const { first, second, turns } = relay(rounds);
    const tasks: Task[] = [
      { name: 'first', processor: 0, actions: first },
      { name: 'second', processor: 1, actions: second },
      { name: 'writer', processor: 2, actions: [{ do: 'synchronize-rcu' }, { do: 'work' }] },
    ];
    const schedule = [...turns.slice(0, 1 + 7 * begin), step(2), ...turns.slice(1 + 7 * begin)];
    const { trace } = await run(context, tasks, [...schedule, step(2)]);
    const returned = trace.findIndex((e) => e.event === 'action' && e.task === 'writer');
    const last = trace.findLastIndex((e) => e.event === 'action' && e.task !== 'writer');
    assert.ok(returned >= 0 && returned < last, 'it returns while readers are still about');
  },
);
