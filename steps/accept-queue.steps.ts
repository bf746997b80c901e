/** Steps on the queue of connections that nobody has accepted: what it holds, its order, and its cost. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { attachFigure } from './figures.ts';
import { queuesOf, type Queues } from './half-open.ts';
import { networkNotes } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { answers, asks, clientAt } from './tcp-clients.ts';
import { accept, clientOf, listeningOf, nowListens, openStream } from './tcp-sockets.ts';
import { peerOf } from './tcp-scene.ts';
import { setTunables, type OrSkipped } from './tcp-tunable.ts';
import { Inconclusive } from '../harness/problems.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

interface Burst {
  readonly backlog: number;
  readonly clients: number;
  readonly complete: number;
}

const queueNotes = notes(() => ({
  bursts: [] as Burst[],
  /** Before and after the last accept. */
  cost: undefined as readonly [Queues, Queues] | undefined,
  costs: [] as Array<readonly [length: number, cost: readonly [Queues, Queues]]>,
}));

// Bursts

/** Clients that ask at once, and answer at once whoever answers them. */
async function burst(world: SuiteWorld, to: Endpoint, clients: number, first = 1): Promise<void> {
  const answered = [];
  for (let number = first; number < first + clients; number++) {
    const client = clientAt(world, number, to);
    if (await asks(world, client)) answered.push(client);
  }
  for (const client of answered) await answers(world, client);
}

When(
  'a burst of {int} clients connects to {endpoint}',
  async function (this: SuiteWorld, clients: number, to: Endpoint) {
    await burst(this, to, clients);
  },
);

Then(
  '{int} of them is/are complete, and wait(s) for {task}',
  async function (this: SuiteWorld, expected: number, task: string) {
    const { complete } = await queuesOf(this, listeningOf(this, task));
    assert.equal(complete, expected);
  },
);

Then(
  '{task} can accept {int} connection(s)',
  async function (this: SuiteWorld, task: string, expected: number) {
    let accepted = 0;
    while ('ok' in (await accept(this, task, true))) accepted += 1;
    assert.equal(accepted, expected);
  },
);

const FIRST_PORT = 8000;

When(
  'bursts of {int} clients connect to sockets of {task} with these backlogs:',
  async function (this: SuiteWorld, clients: number, task: string, table: DataTable) {
    const address = networkNotes(this).interfaces.get('eth0') ?? '';
    for (const [number, backlog] of table.raw().flat().map(Number).entries()) {
      const to = { address, port: FIRST_PORT + number };
      const socket = await openStream(this, task);
      prepared(await this.port('tcp').bind({ socket, to }));
      prepared(await this.port('tcp').listen({ socket, backlog }));
      nowListens(this, task);
      await burst(this, to, clients, 1 + number * clients);
      const { complete } = await queuesOf(this, socket);
      queueNotes(this).bursts.push({ backlog, clients, complete });
    }
    attachBursts(this, clients);
  },
);

function attachBursts(world: SuiteWorld, clients: number): void {
  const { bursts } = queueNotes(world);
  attachFigure(world, {
    title: `A burst of ${clients} clients before the program accepts`,
    x: { label: 'backlog', unit: '', values: bursts.map(({ backlog }) => backlog) },
    y: { label: 'connections', unit: '' },
    series: [
      { label: 'lost', values: bursts.map((one) => one.clients - one.complete) },
      { label: 'complete', values: bursts.map(({ complete }) => complete) },
    ],
    columns: [],
  });
}

Then('the longer the backlog, the fewer of a burst are lost', function (this: SuiteWorld) {
  const { bursts } = queueNotes(this);
  for (const [at, { clients, complete, backlog }] of bursts.entries()) {
    const before = bursts[at - 1];
    const all = before?.complete === clients;
    if (before === undefined || all) continue;
    assert.ok(complete > before.complete, `${complete} complete with a backlog of ${backlog}`);
  }
});

Then(
  'with a backlog of {int} at least {int} of a burst are lost, and with {int} none is',
  function (this: SuiteWorld, small: number, least: number, large: number) {
    const lost = (wanted: number): number => {
      const found = queueNotes(this).bursts.find(({ backlog }) => backlog === wanted);
      assert.ok(found !== undefined, `no burst met a backlog of ${wanted}`);
      return found.clients - found.complete;
    };
    assert.ok(lost(small) >= least, `${lost(small)} are lost`);
    assert.equal(lost(large), 0);
  },
);

// Order

Given(
  'the SYNs of peers {peerNumbers} have been answered',
  async function (this: SuiteWorld, peers: readonly number[]) {
    for (const number of peers) {
      if (await asks(this, peerOf(this, number))) continue;
      throw new Inconclusive(`peer ${number} gets no SYN-ACK`);
    }
  },
);

stimulus(
  'peers {peerNumbers} have completed their handshakes, in that order',
  'peers {peerNumbers} complete their handshakes, in that order',
  async (world: SuiteWorld, peers: readonly number[]) => {
    for (const number of peers) await answers(world, peerOf(world, number));
    return { ok: {} };
  },
);

Then(
  '{task} accepts peers {peerNumbers}, in that order',
  async function (this: SuiteWorld, task: string, peers: readonly number[]) {
    const accepted: unknown[] = [];
    for (const _ of peers) {
      succeeded(await accept(this, task, true));
      accepted.push(await clientOf(this, task));
    }
    assert.deepEqual(
      accepted,
      peers.map((number) => peerOf(this, number).at),
    );
  },
);

// Cost

/** How many connections are to come, so that as many wait as that. */
async function missing(world: SuiteWorld, task: string, length: number): Promise<number> {
  const { complete } = await queuesOf(world, listeningOf(world, task));
  assert.ok(complete <= length, `${complete} connections wait, of ${length} that may have come`);
  return length - complete;
}

/** Makes as many connections wait as that. */
async function fill(world: SuiteWorld, task: string, to: Endpoint, length: number): Promise<void> {
  await burst(world, to, await missing(world, task, length));
  const left = await missing(world, task, length);
  if (left > 0) throw new Inconclusive(`${length - left} connections wait`);
}

async function acceptOne(world: SuiteWorld, task: string): Promise<readonly [Queues, Queues]> {
  const socket = listeningOf(world, task);
  const before = await queuesOf(world, socket);
  prepared(await accept(world, task, true));
  return [before, await queuesOf(world, socket)];
}

Given(
  '{int} connections to {endpoint} wait for {task}',
  async function (this: SuiteWorld, length: number, to: Endpoint, task: string) {
    await fill(this, task, to, length);
  },
);

When('{task} accepts the first of them', async function (this: SuiteWorld, task: string) {
  queueNotes(this).cost = await acceptOne(this, task);
});

const costOf = (world: SuiteWorld): readonly [Queues, Queues] =>
  queueNotes(world).cost ?? assert.fail('nothing has been accepted');

const looked = ([before, after]: readonly [Queues, Queues]): number =>
  after.acceptProbes - before.acceptProbes;

Then('a single connection has been looked at', function (this: SuiteWorld) {
  const [before, after] = costOf(this);
  assert.equal(after.accepts - before.accepts, 1, 'connections accepted');
  assert.equal(looked([before, after]), 1);
});

Then('no request has been searched for', function (this: SuiteWorld) {
  const [before, after] = costOf(this);
  assert.deepEqual(
    { lookups: after.lookups - before.lookups, probes: after.probes - before.probes },
    { lookups: 0, probes: 0 },
  );
});

When(
  '{task} accepts a connection at {endpoint} each time that so many wait:',
  async function (this: SuiteWorld, task: string, to: Endpoint, table: DataTable) {
    const { costs } = queueNotes(this);
    let first = 1;
    for (const length of table.raw().flat().map(Number)) {
      const clients = await missing(this, task, length);
      await burst(this, to, clients, first);
      first += clients;
      costs.push([length, await acceptOne(this, task)]);
    }
    attachFigure(this, {
      title: 'What an accept costs',
      x: { label: 'connections that wait', unit: '', values: costs.map(([length]) => length) },
      y: { label: 'connections looked at by an accept', unit: '' },
      series: [{ label: 'looked at', values: costs.map(([, cost]) => looked(cost)) }],
      columns: [],
    });
  },
);

Then('each accept has looked at one', function (this: SuiteWorld) {
  const { costs } = queueNotes(this);
  assert.ok(costs.length > 0, 'nothing has been accepted');
  for (const [length, cost] of costs) assert.equal(looked(cost), 1, `of ${length}`);
});

Given(
  'up to {int} connections may wait',
  function (this: SuiteWorld, most: number): Promise<OrSkipped> {
    return setTunables(this, { somaxconn: most });
  },
);
