/** Steps on how requests are found: in a hash table, or in a list. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { attachFigure } from './figures.ts';
import { attack } from './flood.ts';
import { costOfSearch, liftBounds, listenUnbounded, queuesOf, type Cost } from './half-open.ts';
import { networkNotes } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { listeningOf } from './tcp-sockets.ts';
import { setTunables, type OrSkipped } from './tcp-tunable.ts';
import { notes, type SuiteWorld } from './world.ts';

type Kind = 'table' | 'list';

interface Measured extends Cost {
  readonly kind: Kind;
  readonly length: number;
  readonly chains: number;
}

const tableNotes = notes(() => ({
  measured: [] as Measured[],
  cost: undefined as Cost | undefined,
}));

async function keepIn(world: SuiteWorld, kind: Kind): Promise<OrSkipped> {
  return setTunables(world, { synQueueIsList: kind === 'list' ? 1 : 0 });
}

Given('requests are kept in a {requestQueue}', function (this: SuiteWorld, kind: Kind) {
  return keepIn(this, kind);
});

const FIRST_PORT = 8000;

/** Searches at growing lengths of one queue. */
async function measure(
  world: SuiteWorld,
  task: string,
  kind: Kind,
  port: number,
  lengths: readonly number[],
): Promise<OrSkipped> {
  const skipped = (await liftBounds(world)) ?? (await keepIn(world, kind));
  if (skipped !== undefined) return skipped;
  const to = { address: networkNotes(world).interfaces.get('eth0') ?? '', port };
  const socket = await listenUnbounded(world, task, to);
  for (const length of lengths) {
    const { incomplete } = await queuesOf(world, socket);
    await attack(world, to, length - incomplete);
    const { chains, incomplete: now } = await queuesOf(world, socket);
    assert.equal(now, length, 'requests that wait');
    const cost = await costOfSearch(world, socket, to);
    tableNotes(world).measured.push({ kind, length, chains, ...cost });
  }
  return undefined;
}

When(
  'requests that {task} does not have are searched for among so many, in a {requestQueue}:',
  async function (
    this: SuiteWorld,
    task: string,
    kind: Kind,
    table: DataTable,
  ): Promise<OrSkipped> {
    const lengths = table.raw().flat().map(Number);
    const skipped = await measure(this, task, kind, FIRST_PORT, lengths);
    if (skipped === undefined) attachCosts(this, [kind]);
    return skipped;
  },
);

When(
  'requests that {task} does not have are searched for among so many, in a table and in a list:',
  async function (this: SuiteWorld, task: string, table: DataTable): Promise<OrSkipped> {
    const lengths = table.raw().flat().map(Number);
    const skipped =
      (await measure(this, task, 'table', FIRST_PORT, lengths)) ??
      (await measure(this, task, 'list', FIRST_PORT + 1, lengths));
    if (skipped === undefined) attachCosts(this, ['table', 'list']);
    return skipped;
  },
);

const LABELS = { table: 'hash table', list: 'list' } as const;

const load = ({ length, chains }: Measured): number => Math.round((100 * length) / chains) / 100;

function attachCosts(world: SuiteWorld, kinds: readonly Kind[]): void {
  const { measured } = tableNotes(world);
  const of = (kind: Kind) => measured.filter((one) => one.kind === kind);
  const [first = 'list'] = kinds;
  attachFigure(world, {
    title: `Requests looked at by a search in vain: ${kinds.map((kind) => LABELS[kind]).join(' and ')}`,
    x: { label: 'requests that wait', unit: '', values: of(first).map(({ length }) => length) },
    y: { label: 'requests looked at', unit: 'a search' },
    series: kinds.map((kind) => ({
      label: LABELS[kind],
      values: of(kind).map(({ perLookup }) => perLookup),
    })),
    columns: kinds.map((kind) => ({
      label: `load of the ${LABELS[kind]}`,
      unit: 'requests a chain',
      values: of(kind).map(load),
    })),
  });
}

const measuredIn = (world: SuiteWorld, kind: Kind): Measured[] => {
  const found = tableNotes(world).measured.filter((one) => one.kind === kind);
  assert.ok(found.length > 0, 'nothing was measured');
  return found;
};

/** What a spread by chance, and a sample of it, may be off by. */
const SPREAD = { share: 0.2, least: 0.5 };

Then(
  'in the table a search looks at no more than its load, give or take chance',
  function (this: SuiteWorld) {
    for (const one of measuredIn(this, 'table')) {
      const most = load(one) + Math.max(SPREAD.least, SPREAD.share * load(one));
      const { perLookup, length } = one;
      assert.ok(perLookup <= most, `${perLookup} looked at among ${length}, load ${load(one)}`);
    }
  },
);

Then('the load of the table is at most {int}', function (this: SuiteWorld, most: number) {
  for (const one of measuredIn(this, 'table')) assert.ok(load(one) <= most, `load ${load(one)}`);
});

Then('in the list a search looks at all', function (this: SuiteWorld) {
  for (const { perLookup, length, chains } of measuredIn(this, 'list')) {
    assert.deepEqual({ perLookup, chains }, { perLookup: length, chains: 1 });
  }
});

When(
  'requests at {endpoint} that {task} does not have are searched for',
  async function (this: SuiteWorld, at: Endpoint, task: string) {
    tableNotes(this).cost = await costOfSearch(this, listeningOf(this, task), at);
  },
);

const perLookup = (world: SuiteWorld): number =>
  (tableNotes(world).cost ?? assert.fail('nothing has been searched for')).perLookup;

Then('a search looks at {int} requests', function (this: SuiteWorld, expected: number) {
  assert.equal(perLookup(this), expected);
});

Then('a search looks at no more than {int} request(s)', function (this: SuiteWorld, most: number) {
  const looked = perLookup(this);
  assert.ok(looked <= most, `a search looks at ${looked} requests`);
});
