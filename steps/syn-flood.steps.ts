/** Steps on SYN floods: how long the queue of requests grows, and who gets in. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { session } from '../harness/session.ts';
import { attachFigure } from './figures.ts';
import { attack, attackFor } from './flood.ts';
import {
  costOfSearch,
  giveUpAfter,
  latest,
  liftBounds,
  listenUnbounded,
  queuesOf,
} from './half-open.ts';
import { networkNotes, passTime } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { listeningOf } from './tcp-sockets.ts';
import type { OrSkipped } from './tcp-tunable.ts';
import { answers, asks, clientAt, isAccepted, triesToConnect } from './tcp-clients.ts';
import { peerOf } from './tcp-scene.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const NS_PER_S = 1_000_000_000;

/** A length of the queue, for a timeout and a rate. */
interface Measured {
  readonly ns: number;
  readonly rate: number;
  readonly length: number;
  /** Memory that they take. */
  readonly octets: number;
}

/** How a good client fares, second by second. */
interface Second {
  readonly second: number;
  readonly waiting: number;
  readonly connected: boolean;
}

const floodNotes = notes(() => ({
  timeoutNs: 0,
  /** SYNs a second of the last flood; 0 while there was none, or one that came at once. */
  rate: 0,
  octets: 0,
  /** Octets of kernel memory. */
  free: 0,
  seconds: [] as readonly Second[],
  measured: [] as Measured[],
}));

Given(
  'a request waits {nanoseconds} for the end of the handshake',
  function (this: SuiteWorld, ns: number): Promise<OrSkipped> {
    floodNotes(this).timeoutNs = ns;
    return giveUpAfter(this, ns);
  },
);

Given(
  '{task} listens at {endpoint} for any number of requests',
  async function (this: SuiteWorld, task: string, to: Endpoint): Promise<OrSkipped> {
    const skipped = await liftBounds(this);
    if (skipped === undefined) await listenUnbounded(this, task, to);
    return skipped;
  },
);

stimulus(
  'attackers have sent {int} SYNs to {endpoint}',
  'attackers send {int} SYNs to {endpoint}',
  async (world: SuiteWorld, count: number, to: Endpoint) => {
    await attack(world, to, count);
    return { ok: {} };
  },
);

/** A run that takes its time, such as that of the night, makes the longer flood. */
When(
  'attackers send {int} SYNs to {endpoint} for each case of a property',
  async function (this: SuiteWorld, count: number, to: Endpoint) {
    await attack(this, to, count * session().parameters.runs);
  },
);

stimulus(
  'attackers have sent {int} SYNs a second to {endpoint} for {nanoseconds}',
  'attackers send {int} SYNs a second to {endpoint} for {nanoseconds}',
  async (world: SuiteWorld, rate: number, to: Endpoint, ns: number) => {
    floodNotes(world).rate = rate;
    await attackFor(world, to, rate, ns);
    return { ok: {} };
  },
);

/** One at either end of the time may count or not; a late timer keeps those that come meanwhile. */
function assertLength(length: number, ns: number, rate: number): void {
  const least = (rate * ns) / NS_PER_S - 1;
  const most = (rate * latest(ns)) / NS_PER_S + 1;
  assert.ok(
    length >= least && length <= most,
    `${length} requests wait, and should be ${least} to ${most}`,
  );
}

Then(
  '{int} half-open requests wait for {task}',
  async function (this: SuiteWorld, expected: number, task: string) {
    const { timeoutNs, rate } = floodNotes(this);
    const { incomplete } = await queuesOf(this, listeningOf(this, task));
    if (rate === 0) {
      assert.equal(incomplete, expected);
      return;
    }
    assert.equal((rate * timeoutNs) / NS_PER_S, expected, 'what the scenario says itself');
    assertLength(incomplete, timeoutNs, rate);
  },
);

Then(
  'at most {int} half-open requests wait for {task}',
  async function (this: SuiteWorld, most: number, task: string) {
    const { incomplete } = await queuesOf(this, listeningOf(this, task));
    assert.ok(incomplete <= most, `${incomplete} requests wait`);
    assert.ok(incomplete > 0, 'no request waits');
  },
);

Given(
  'the memory of the requests that wait for {task} is noted',
  async function (this: SuiteWorld, task: string) {
    const { octets } = await queuesOf(this, listeningOf(this, task));
    assert.ok(octets > 0, 'requests wait and take no memory');
    floodNotes(this).octets = octets;
  },
);

Then(
  'the requests that wait for {task} take no more memory than was noted',
  async function (this: SuiteWorld, task: string) {
    const { octets } = await queuesOf(this, listeningOf(this, task));
    const noted = floodNotes(this).octets;
    assert.ok(octets <= noted, `${octets} octets, and ${noted} were noted`);
  },
);

Then(
  'the requests that wait for {task} take {int} times the memory that was noted',
  async function (this: SuiteWorld, task: string, times: number) {
    const { octets } = await queuesOf(this, listeningOf(this, task));
    assert.equal(octets, times * floodNotes(this).octets);
  },
);

Then(
  'a search among the requests at {endpoint} of {task} looks at no more than {int} of them',
  async function (this: SuiteWorld, at: Endpoint, task: string, most: number) {
    const { perLookup } = await costOfSearch(this, listeningOf(this, task), at);
    assert.ok(perLookup <= most, `a search looks at ${perLookup} requests`);
  },
);

When('the timeout of requests goes by', async function (this: SuiteWorld) {
  await passTime(this, latest(floodNotes(this).timeoutNs) + 1);
});

// Memory

stimulus(
  'another part of the kernel has {int} octets',
  'another part of the kernel asks for {int} octets',
  (world: SuiteWorld, octets: number) => world.port('kernel-memory').allocate({ octets }),
);

Given('kernel memory has {int} octets left', async function (this: SuiteWorld, octets: number) {
  prepared(await this.port('kernel-memory').limit({ octets }));
});

const freeMemory = async (world: SuiteWorld): Promise<number> =>
  succeeded(await world.port('kernel-memory').free({})).octets ?? Infinity;

Given('the free kernel memory is noted', async function (this: SuiteWorld) {
  floodNotes(this).free = await freeMemory(this);
});

Then('as much kernel memory is free as was noted', async function (this: SuiteWorld) {
  assert.equal(await freeMemory(this), floodNotes(this).free);
});

Then(
  'kernel memory is short of what the requests that wait for {task} take',
  async function (this: SuiteWorld, task: string) {
    const { octets } = await queuesOf(this, listeningOf(this, task));
    const short = floodNotes(this).free - (await freeMemory(this));
    assert.ok(octets > 0 && short >= octets, `${octets} octets, and memory is short of ${short}`);
  },
);

Then(
  'less kernel memory is free than a request that waits for {task} takes',
  async function (this: SuiteWorld, task: string) {
    const { octets, incomplete } = await queuesOf(this, listeningOf(this, task));
    const free = await freeMemory(this);
    assert.ok(free < octets / incomplete, `${free} octets are free`);
  },
);

// Clients

When(
  'a client connects to {endpoint}, a round trip of {nanoseconds} away',
  async function (this: SuiteWorld, to: Endpoint, ns: number) {
    const client = clientAt(this, 1, to);
    if (!(await asks(this, client))) throw new Inconclusive('the SYN is not answered');
    await answers(this, client, ns);
  },
);

Then('the client is connected to {task}', async function (this: SuiteWorld, task: string) {
  assert.ok(await isAccepted(this, task, peerOf(this, 1)));
});

Then('the client is not connected to {task}', async function (this: SuiteWorld, task: string) {
  assert.ok(!(await isAccepted(this, task, peerOf(this, 1))));
});

When(
  'attackers send {int} SYNs a second to {endpoint} for {int} s of {int} s, and every second a good client tries to connect to {task}',
  async function (
    this: SuiteWorld,
    rate: number,
    to: Endpoint,
    attackS: number,
    allS: number,
    task: string,
  ) {
    const seconds: Second[] = [];
    const look = async (second: number) => {
      const connected = await triesToConnect(this, task, to, 100 + second);
      const { incomplete } = await queuesOf(this, listeningOf(this, task));
      seconds.push({ second, waiting: incomplete, connected });
    };
    // The client tries between two SYNs of the attack.
    await attackFor(this, to, rate, attackS * NS_PER_S, async (ns) => {
      if (ns % NS_PER_S !== 0) return;
      await passTime(this, NS_PER_S / rate / 2);
      await look(ns / NS_PER_S);
    });
    for (let second = attackS + 1; second <= allS; second++) {
      await passTime(this, NS_PER_S);
      await look(second);
    }
    floodNotes(this).seconds = seconds;
    attachSeconds(this, seconds, rate, attackS);
  },
);

function attachSeconds(
  world: SuiteWorld,
  seconds: readonly Second[],
  rate: number,
  attackS: number,
): void {
  attachFigure(world, {
    title: `SYN flood against a bounded queue: ${rate} SYNs/s for ${attackS} s`,
    x: { label: 'time', unit: 's', values: seconds.map(({ second }) => second) },
    y: { label: 'half-open requests', unit: '' },
    series: [{ label: 'half-open requests', values: seconds.map(({ waiting }) => waiting) }],
    columns: [
      {
        label: 'a good client gets in',
        unit: '1 yes, 0 no',
        values: seconds.map(({ connected }) => (connected ? 1 : 0)),
      },
    ],
  });
}

function fates(world: SuiteWorld, from: number, to: number): readonly Second[] {
  const within = floodNotes(world).seconds.filter(({ second }) => second >= from && second <= to);
  assert.equal(within.length, to - from + 1, 'seconds that were looked at');
  return within;
}

Then(
  'no good client gets in from second {int} to {int}',
  function (this: SuiteWorld, from: number, to: number) {
    const lucky = fates(this, from, to).filter(({ connected }) => connected);
    assert.deepEqual(
      lucky.map(({ second }) => second),
      [],
    );
  },
);

Then(
  'every good client gets in from second {int} to {int}',
  function (this: SuiteWorld, from: number, to: number) {
    const unlucky = fates(this, from, to).filter(({ connected }) => !connected);
    assert.deepEqual(
      unlucky.map(({ second }) => second),
      [],
    );
  },
);

// Timeouts and rates

/** More in a queue than this takes the suite too long. */
const MOST_IN_SWEEP = 700;

const FIRST_PORT = 8000;

When(
  'attackers send SYNs at these rates against these timeouts, until the queue of {task} grows no more:',
  async function (this: SuiteWorld, task: string, table: DataTable): Promise<OrSkipped> {
    const rows = table.raw();
    const [rates = [], timeouts = []] = rows.map(([, ...cells]) =>
      cells.filter((cell) => cell !== '').map(Number),
    );
    let port = FIRST_PORT;
    for (const ms of timeouts) {
      for (const rate of rates) {
        if ((ms * rate) / 1000 > MOST_IN_SWEEP) continue;
        const skipped = await measure(this, task, port++, ms, rate);
        if (skipped !== undefined) return skipped;
      }
    }
    attachLengths(this, rates, timeouts);
    return undefined;
  },
);

async function measure(
  world: SuiteWorld,
  task: string,
  port: number,
  ms: number,
  rate: number,
): Promise<OrSkipped> {
  const ns = ms * 1_000_000;
  const skipped = await giveUpAfter(world, ns);
  if (skipped !== undefined) return skipped;
  const to = { address: networkNotes(world).interfaces.get('eth0') ?? '', port };
  const socket = await listenUnbounded(world, task, to);
  // As long again as the first of them waits, or until there were a few.
  await attackFor(world, to, rate, Math.max(1.2 * latest(ns), (10 * NS_PER_S) / rate));
  const { incomplete, octets } = await queuesOf(world, socket);
  floodNotes(world).measured.push({ ns, rate, length: incomplete, octets });
  return undefined;
}

function attachLengths(
  world: SuiteWorld,
  rates: readonly number[],
  timeouts: readonly number[],
): void {
  const { measured } = floodNotes(world);
  const of = (ms: number, rate: number) =>
    measured.find((one) => one.ns === ms * 1_000_000 && one.rate === rate);
  const expected = (ms: number, rate: number) =>
    of(ms, rate) === undefined ? null : (ms * rate) / 1000;
  const seconds = (ms: number) => `${ms / 1000} s`;
  attachFigure(world, {
    title: 'SYN flood against a queue without a bound: half-open requests in the steady state',
    x: { label: 'rate of the attack', unit: 'SYNs/s', values: [...rates] },
    y: { label: 'half-open requests', unit: '' },
    series: timeouts.map((ms) => ({
      label: `a timeout of ${seconds(ms)}`,
      values: rates.map((rate) => of(ms, rate)?.length ?? null),
    })),
    columns: timeouts.flatMap((ms) => [
      {
        label: `${seconds(ms)} x rate`,
        unit: '',
        values: rates.map((rate) => expected(ms, rate)),
      },
      {
        label: `memory, ${seconds(ms)}`,
        unit: 'octets',
        values: rates.map((rate) => of(ms, rate)?.octets ?? null),
      },
    ]),
  });
}

Then('each queue is as long as its timeout times the rate', function (this: SuiteWorld) {
  const { measured } = floodNotes(this);
  assert.ok(measured.length > 0, 'nothing was measured');
  for (const { ns, rate, length } of measured) assertLength(length, ns, rate);
});
