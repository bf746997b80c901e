/** Steps on protocol handlers that are looked up while they change. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { packetType } from '../contract/index.ts';
import { interleavings } from '../harness/interleavings.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

type Run = (typeof packetType)['methods']['run'];
type Action = ArgsOf<Run>['processors'][number][number];
type Ran = ValueOf<Run>;

const PROTOCOL = 0x0800;

const tableNotes = notes(() => ({
  handlers: [] as ArgsOf<Run>['handlers'],
  /** One for each order that was tried. */
  runs: [] as Ran[],
  /** Where nobody changes the table. */
  undisturbed: undefined as Ran | undefined,
}));

Given('protocol handlers added in this order:', function (this: SuiteWorld, table: DataTable) {
  tableNotes(this).handlers = table.hashes().map(({ handler = '', protocol }) => ({
    handler,
    protocol: Number(protocol),
  }));
});

async function run(world: SuiteWorld, processors: Action[][], schedule: number[]): Promise<Ran> {
  const { handlers } = tableNotes(world);
  return succeeded(await world.port('packet-type').run({ handlers, processors, schedule }));
}

/** Steps of each processor whose order is tried; what is left they take in turns. */
const TRIED = [6, 5] as const;

async function tryAll(world: SuiteWorld, first: Action, second: Action): Promise<void> {
  const { runs } = tableNotes(world);
  tableNotes(world).undisturbed = await run(world, [[first], []], []);
  const schedules = [...interleavings(TRIED)];
  runs.push(...(await Promise.all(schedules.map((each) => run(world, [[first], [second]], each)))));
  world.tried(runs.length, 'interleavings');
}

When(
  'a packet of protocol {word16} arrives on processor 0 while processor 1 removes {task}, in every order of their steps',
  async function (this: SuiteWorld, protocol: number, handler: string) {
    await tryAll(this, { do: 'receive', protocol }, { do: 'remove', handler });
  },
);

When(
  'a packet of protocol {word16} arrives on processor 0 while processor 1 adds {task} of protocol {word16}, in every order of their steps',
  async function (this: SuiteWorld, received: number, handler: string, protocol: number) {
    await tryAll(this, { do: 'receive', protocol: received }, { do: 'add', handler, protocol });
  },
);

When(
  'processor 0 adds {task} and processor 1 adds {task}, in every order of their steps',
  async function (this: SuiteWorld, first: string, second: string) {
    const add = (handler: string): Action => ({ do: 'add', handler, protocol: PROTOCOL });
    await tryAll(this, add(first), add(second));
  },
);

When(
  'processor 0 adds {task} and processor 1 removes {task}, in every order of their steps',
  async function (this: SuiteWorld, added: string, removed: string) {
    const add: Action = { do: 'add', handler: added, protocol: PROTOCOL };
    await tryAll(this, add, { do: 'remove', handler: removed });
  },
);

When(
  'a packet of protocol {word16} arrives while nobody changes the table',
  async function (this: SuiteWorld, protocol: number) {
    tableNotes(this).runs.push(await run(this, [[{ do: 'receive', protocol }]], []));
  },
);

function runs(world: SuiteWorld): readonly Ran[] {
  const { runs: all } = tableNotes(world);
  assert.ok(all.length > 0, 'no packet has arrived');
  return all;
}

/** Who was called, in order. */
function hearers({ steps }: Ran): string[] {
  return steps.flatMap(({ event, handler = '?' }) => (event === 'deliver' ? [handler] : []));
}

Then('it is delivered to {names}', function (this: SuiteWorld, expected: readonly string[]) {
  for (const ran of runs(this)) assert.deepEqual(hearers(ran).sort(), expected);
});

Then(
  'it is delivered to {names} in this order',
  function (this: SuiteWorld, expected: readonly string[]) {
    for (const ran of runs(this)) assert.deepEqual(hearers(ran), expected);
  },
);

Then(
  'it is delivered once to each of {names} in every order',
  function (this: SuiteWorld, staying: readonly string[]) {
    for (const ran of runs(this)) {
      const heard = hearers(ran).filter((name) => staying.includes(name));
      assert.deepEqual(heard.sort(), [...staying].sort());
    }
  },
);

Then(
  'it is delivered to {task} in some order and in some not',
  function (this: SuiteWorld, name: string) {
    const told = new Set(runs(this).map((ran) => hearers(ran).includes(name)));
    assert.deepEqual(told, new Set([true, false]));
  },
);

Then(
  'it is delivered to {task} in no order behind the removal',
  function (this: SuiteWorld, name: string) {
    for (const { steps } of runs(this)) {
      const removed = steps.findIndex(
        ({ processor, event }) => processor === 1 && event === 'done',
      );
      assert.ok(removed >= 0, 'the removal does not return');
      const late = steps.slice(removed).filter(({ handler }) => handler === name);
      assert.deepEqual(late, []);
    }
  },
);

/** Steps of the lookup on processor 0. */
const lookup = ({ steps }: Ran) => steps.filter(({ processor }) => processor === 0);

Then('the lookup waits in no order', function (this: SuiteWorld) {
  for (const ran of runs(this)) {
    const waits = lookup(ran).filter(({ event }) => event === 'spin' || event === 'sleep');
    assert.deepEqual(waits, []);
  }
});

Then(
  'in every order it takes as many steps as where nobody changes the table, or fewer',
  function (this: SuiteWorld) {
    const most = lookup(tableNotes(this).undisturbed ?? assert.fail()).length;
    for (const ran of runs(this)) assert.ok(lookup(ran).length <= most);
  },
);

Then(
  '{names} are in the table in every order',
  function (this: SuiteWorld, expected: readonly string[]) {
    for (const { handlers } of runs(this)) assert.deepEqual([...handlers].sort(), expected);
  },
);
