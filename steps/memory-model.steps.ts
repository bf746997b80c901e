/** Steps on processors that share memory. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { memoryModel, REORDERINGS } from '../contract/index.ts';
import { NOT_APPLICABLE } from '../harness/attachments.ts';
import { everyWay } from '../harness/every-way.ts';
import { changes, leastBy } from '../harness/shortest.ts';
import { actionFrom, checkProcessors, programsFrom, type Phrase } from './programs.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type RunArgs = ArgsOf<(typeof memoryModel)['methods']['run']>;
type Action = RunArgs['processors'][number][number];
type Turn = RunArgs['schedule'][number];
type End = ValueOf<(typeof memoryModel)['methods']['run']>;

const litmusNotes = notes(() => ({
  initially: {},
  perCpu: {},
  programs: [] as Action[][],
  ends: [] as End[],
}));

const number = (text: string) => Number(text.replace(/\s/g, ''));

/** Actions as C writes them. */
const VOCABULARY: readonly Phrase<Action>[] = [
  [
    /^(r\d) = atomic_dec_and_test\((\w+)\)$/,
    (register, variable) => ({ do: 'atomic-dec-and-test', variable, register }),
  ],
  [
    /^(r\d) = xchg\((\w+), (-?\d+)\)$/,
    (register, variable, value) => ({ do: 'xchg', variable, value: Number(value), register }),
  ],
  [/^(r\d) = ([a-z]+)$/, (register, variable) => ({ do: 'load', register, variable })],
  [
    /^([a-z]+) = (r\d)(?: ([+-] \d+))?$/,
    (variable, register, plus) => ({
      do: 'store',
      variable,
      value: { register, plus: number(plus) },
    }),
  ],
  [
    /^([a-z]+) = (-?\d+)$/,
    (variable, value) => ({ do: 'store', variable, value: { plus: Number(value) } }),
  ],
  [/^atomic_inc\((\w+)\)$/, (variable) => ({ do: 'atomic-add', variable, value: 1 })],
  [/^atomic_dec\((\w+)\)$/, (variable) => ({ do: 'atomic-add', variable, value: -1 })],
  [
    /^atomic_add\((-?\d+), (\w+)\)$/,
    (value, variable) => ({ do: 'atomic-add', variable, value: Number(value) }),
  ],
  [/^(smp_(?:mb|rmb|wmb))\(\)$/, (barrier) => ({ do: 'barrier', barrier: barrier as 'smp_mb' })],
  [/^get_cpu_var\((\w+)\)$/, (variable) => ({ do: 'get-cpu-var', variable })],
  [/^put_cpu_var\((\w+)\)$/, (variable) => ({ do: 'put-cpu-var', variable })],
];

/** Steps that no program asks for: a store leaves the store buffer, an old value is given up. */
const UNASKED: readonly Phrase<Omit<Turn, 'processor'>>[] = [
  [/^([a-z]+) reaches memory$/, (variable) => ({ does: 'drain', variable })],
  [/^([a-z]+) is invalidated$/, (variable) => ({ does: 'invalidate', variable })],
];

Given('{assignments} in shared memory', function (this: SuiteWorld, values: Assignments) {
  litmusNotes(this).initially = Object.fromEntries(values);
});

Given('the per-CPU variable(s) {assignments}', function (this: SuiteWorld, values: Assignments) {
  litmusNotes(this).perCpu = Object.fromEntries(values);
});

type Assignments = readonly (readonly [name: string, value: number])[];

for (const [phrase, reordering] of [
  ['a load may overtake an earlier store', 'store-load'],
  ['a store may overtake an earlier store', 'store-store'],
  ['a load may overtake an earlier load', 'load-load'],
] as const satisfies (readonly [string, (typeof REORDERINGS)[number]])[]) {
  Given(`a machine on which ${phrase}`, async function (this: SuiteWorld) {
    const { reorders } = prepared(await this.port('memory-model').machine({}));
    if (reorders.includes(reordering)) return undefined;
    this.attach(`no machine on which ${phrase}`, NOT_APPLICABLE);
    return 'skipped';
  });
}

function run(world: SuiteWorld, schedule: Turn[]) {
  const { initially, perCpu, programs: processors } = litmusNotes(world);
  return world.port('memory-model').run({ initially, perCpu, processors, schedule });
}

Given('processors that run:', function (this: SuiteWorld, table: DataTable) {
  const programs = programsFrom(table);
  checkProcessors(programs);
  litmusNotes(this).programs = programs.heads.map((_, processor) =>
    programs.lines
      .filter(({ column }) => column === processor)
      .map(({ text }) => actionFrom(VOCABULARY, text)),
  );
});

When('these steps are taken, line by line:', async function (this: SuiteWorld, table: DataTable) {
  const programs = programsFrom(table);
  checkProcessors(programs);
  const processors: Action[][] = programs.heads.map(() => []);
  const schedule = programs.lines.map(({ column: processor, text }): Turn => {
    if (UNASKED.some(([pattern]) => pattern.test(text))) {
      return { processor, ...actionFrom(UNASKED, text) };
    }
    processors[processor]?.push(actionFrom(VOCABULARY, text));
    return { processor, does: 'next' };
  });
  litmusNotes(this).programs = processors;
  const outcome = this.record(await run(this, schedule));
  litmusNotes(this).ends = 'ok' in outcome ? [outcome.ok] : [];
});

When('every order of their steps is tried', async function (this: SuiteWorld) {
  const along = async (schedule: Turn[]) => succeeded(await run(this, schedule));
  const { ends } = litmusNotes(this);
  for await (const way of everyWay(along)) ends.push(way);
  this.tried(ends.length, 'orders of their steps');
});

/** The value of `x`, of `per_cpu(x, 1)`, or of `r1` on whichever processor has it. */
function valueIn({ memory, perCpu, registers }: End, name: string): number {
  const copy = /^per_cpu\((\w+), (\d)\)$/.exec(name);
  const value =
    copy === null
      ? (memory[name] ?? registers.find((own) => Object.hasOwn(own, name))?.[name])
      : perCpu[copy[1] ?? '']?.[Number(copy[2])];
  return value ?? assert.fail(`the answer does not tell ${name}`);
}

/** What is said of the names that are asked about, in the same words as the feature. */
function saidOf(end: End, asked: Assignments): string {
  return asked.map(([name]) => `${name} = ${valueIn(end, name)}`).join(' and ');
}

const said = (values: Assignments) => values.map(([n, v]) => `${n} = ${v}`).join(' and ');

function ends(world: SuiteWorld): readonly End[] {
  const found = litmusNotes(world).ends;
  assert.ok(found.length > 0, 'the processors have not run to an end');
  return found;
}

/** The plainest of the runs that are not as they should be, as it may be tried again by hand. */
function assertNone(wrong: readonly End[], all: number, message: string): void {
  const least = leastBy(wrong, ({ steps }) => changes(steps, ({ turn }) => turn.processor));
  if (least === undefined) return;
  const order = least.steps.map(({ turn: { processor, does, variable } }) =>
    does === 'next' ? String(processor) : `${processor} (${does} ${variable})`,
  );
  assert.fail(`${message}, in ${wrong.length} of ${all} orders, such as ${order.join(', ')}`);
}

Then('it ends with {assignments}', function (this: SuiteWorld, expected: Assignments) {
  for (const end of ends(this)) assert.equal(saidOf(end, expected), said(expected));
});

Then('each of them ends with {assignments}', function (this: SuiteWorld, expected: Assignments) {
  const all = ends(this);
  const wrong = all.filter((end) => saidOf(end, expected) !== said(expected));
  const found = [...new Set(wrong.map((end) => saidOf(end, expected)))].sort().join('; ');
  assertNone(wrong, all.length, `it ends with ${found} and not with ${said(expected)}`);
});

Then('some end with {assignments}', function (this: SuiteWorld, expected: Assignments) {
  const found = new Set(ends(this).map((end) => saidOf(end, expected)));
  assert.ok(found.has(said(expected)), `they end with ${[...found].sort().join('; ')}`);
});

Then('none ends with {assignments}', function (this: SuiteWorld, forbidden: Assignments) {
  const all = ends(this);
  const wrong = all.filter((end) => saidOf(end, forbidden) === said(forbidden));
  assertNone(wrong, all.length, `it ends with ${said(forbidden)}`);
});
