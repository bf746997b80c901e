/** Steps on paged memory. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { paging } from '../contract/index.ts';
import type { ValueOf } from '../contract/port.ts';
import { hex } from './parameter-types.ts';
import { stimulus } from './stimulus.ts';
import { Inconclusive } from '../harness/problems.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Access = ValueOf<(typeof paging)['methods']['read']>;
type Event = Access['trace'][number];

const PAGE_OCTETS = 16;

const pagingNotes = notes(() => ({
  /** What the last access of a When came to; of several in a row, all of their events. */
  access: undefined as Access | undefined,
  /** Where each process has its pages of zeroes. */
  memory: new Map<string, number>(),
}));

const port = (world: SuiteWorld) => world.port('paging');

function access(world: SuiteWorld): Access {
  return pagingNotes(world).access ?? assert.fail('nothing has been touched');
}

Given(
  'a machine with {int} frame(s) and {int} page(s) of swap',
  async function (this: SuiteWorld, frames: number, swapPages: number) {
    prepared(await port(this).boot({ frames, pageOctets: PAGE_OCTETS, swapPages }));
  },
);

Given(
  'a file {string} with pages of {octetList}',
  async function (this: SuiteWorld, name: string, pages: readonly string[]) {
    const octets = pages.map((octet) => octet.repeat(PAGE_OCTETS)).join('');
    prepared(await port(this).file({ name, octets }));
  },
);

Given(
  'a file {string} that holds {octets}',
  async function (this: SuiteWorld, name: string, octets: string) {
    prepared(await port(this).file({ name, octets }));
  },
);

async function map(world: SuiteWorld, process: string, length: number, at: number) {
  const outcome = await port(world).map({ process, at, length, access: 'read-write' });
  pagingNotes(world).memory.set(process, at);
  return outcome;
}

stimulus(
  'process {string} has {int} page(s) at {word32}',
  'process {string} asks for {int} page(s) at {word32}',
  (world: SuiteWorld, process: string, pages: number, at: number) =>
    map(world, process, pages * PAGE_OCTETS, at),
);

Given(
  'process {string} has {int} octets at {word32}',
  async function (this: SuiteWorld, process: string, length: number, at: number) {
    prepared(await map(this, process, length, at));
  },
);

/** As many pages as the files of these features have. */
const FILE_OCTETS = 3 * PAGE_OCTETS;

Given(
  'process {string} maps the file {string} {mapAccess} at {word32}',
  async function (
    this: SuiteWorld,
    process: string,
    name: string,
    may: 'read-only' | 'read-write',
    at: number,
  ) {
    const file = { name, offset: 0 };
    prepared(await port(this).map({ process, at, length: FILE_OCTETS, access: may, file }));
  },
);

Given(
  'process {string} maps {int} octets of the file {string} read-only at {word32}',
  async function (this: SuiteWorld, process: string, length: number, name: string, at: number) {
    const file = { name, offset: 0 };
    prepared(await port(this).map({ process, at, length, access: 'read-only', file }));
  },
);

When(
  'process {string} asks for the file {string} at {word32}',
  async function (this: SuiteWorld, process: string, name: string, at: number) {
    const file = { name, offset: 0 };
    const args = { process, at, length: FILE_OCTETS, access: 'read-only' as const, file };
    this.record(await port(this).map(args));
  },
);

// Touching

const read = (world: SuiteWorld, process: string, length: number, at: number) =>
  port(world).read({ process, at, length });

const write = (world: SuiteWorld, process: string, octets: string, at: number) =>
  port(world).write({ process, at, octets });

type Touch = Awaited<ReturnType<typeof read>>;

function keep(world: SuiteWorld, outcome: Touch): void {
  world.record(outcome);
  pagingNotes(world).access = 'ok' in outcome ? outcome.ok : undefined;
}

/** @throws Inconclusive — the touch that sets the scene ends in another signal than expected. */
function preparedTouch(outcome: Touch, signal: Access['signal'] = null): void {
  if (prepared(outcome).signal !== signal) {
    throw new Inconclusive(`a touch that sets the scene came to ${JSON.stringify(outcome)}`);
  }
}

Given(
  '{string} read {int} octet(s) at {word32}',
  async function (this: SuiteWorld, process: string, length: number, at: number) {
    preparedTouch(await read(this, process, length, at));
  },
);

Given(
  '{string} read {int} octet(s) at {word32} and got SIGSEGV',
  async function (this: SuiteWorld, process: string, length: number, at: number) {
    preparedTouch(await read(this, process, length, at), 'SIGSEGV');
  },
);

Given(
  '{string} wrote {octets} at {word32}',
  async function (this: SuiteWorld, process: string, octets: string, at: number) {
    preparedTouch(await write(this, process, octets, at));
  },
);

When(
  '{string} reads {int} octet(s) at {word32}',
  async function (this: SuiteWorld, process: string, length: number, at: number) {
    keep(this, await read(this, process, length, at));
  },
);

When(
  '{string} writes {octets} at {word32}',
  async function (this: SuiteWorld, process: string, octets: string, at: number) {
    keep(this, await write(this, process, octets, at));
  },
);

/** Writes an octet into each of the first pages, from the lowest on. */
async function touch(world: SuiteWorld, process: string, pages: number): Promise<Event[]> {
  const first = pagingNotes(world).memory.get(process) ?? assert.fail(`"${process}" has no pages`);
  const trace: Event[] = [];
  for (let nth = 0; nth < pages; nth++) {
    const touched = await write(world, process, '55', first + nth * PAGE_OCTETS);
    preparedTouch(touched);
    trace.push(...prepared(touched).trace);
  }
  return trace;
}

Given(
  '{string} touched its first {int} page(s)',
  async function (this: SuiteWorld, process: string, pages: number) {
    await touch(this, process, pages);
  },
);

When(
  '{string} touches its first {int} page(s)',
  async function (this: SuiteWorld, process: string, pages: number) {
    await touch(this, process, pages);
  },
);

When(
  '{string} touches its first {int} page(s) {int} times',
  async function (this: SuiteWorld, process: string, pages: number, times: number) {
    const trace: Event[] = [];
    for (let nth = 0; nth < times; nth++) trace.push(...(await touch(this, process, pages)));
    pagingNotes(this).access = { octets: '55', signal: null, trace };
  },
);

Given('{string} exited', async function (this: SuiteWorld, process: string) {
  prepared(await port(this).exit({ process }));
});

// What came of it

Then('it has {octets}', function (this: SuiteWorld, octets: string) {
  const { octets: actual, signal } = access(this);
  assert.deepEqual({ octets: actual, signal }, { octets, signal: null });
});

Then('it got {signal} after {octets}', function (this: SuiteWorld, signal: string, octets: string) {
  const { octets: actual, signal: got } = access(this);
  assert.deepEqual({ octets: actual, signal: got }, { octets, signal });
});

Then('it got {signal} and nothing else', function (this: SuiteWorld, signal: string) {
  const { octets, signal: got } = access(this);
  assert.deepEqual({ octets, signal: got }, { octets: '', signal });
});

function inWords(event: Event): string {
  switch (event.event) {
    case 'page-out':
      return `page-out of "${event.process}" at ${hex(event.at, 8)}`;
    case 'page-in':
      return `page-in from ${event.from}`;
    default:
      return event.event;
  }
}

Then(/^it went: (.+)$/, function (this: SuiteWorld, events: string) {
  assert.deepEqual(access(this).trace.map(inWords), events.split(', '));
});

Then('it went on without a fault', function (this: SuiteWorld) {
  const { trace, octets } = access(this);
  assert.notEqual(octets, '', 'nothing was touched');
  assert.deepEqual(trace, []);
});

Then('it faulted at {word32}', function (this: SuiteWorld, at: number) {
  const faults = access(this).trace.filter(({ event }) => event === 'fault');
  assert.deepEqual(faults, [{ event: 'fault', at }]);
});

Then(
  '{string} had {int} major and {int} minor faults',
  async function (this: SuiteWorld, process: string, majorFaults: number, minorFaults: number) {
    const usage = succeeded(await port(this).usage({ process }));
    assert.deepEqual(usage, { majorFaults, minorFaults });
  },
);

async function resident(world: SuiteWorld, process: string, from: number, to: number) {
  const args = { process, at: from, pages: (to - from) / PAGE_OCTETS };
  return succeeded(await port(world).resident(args)).pages;
}

Then(
  'pages from {word32} to {word32} of {string} are: {residence}',
  async function (
    this: SuiteWorld,
    from: number,
    to: number,
    process: string,
    expected: readonly boolean[],
  ) {
    assert.deepEqual(await resident(this, process, from, to), expected);
  },
);

Then(
  'no page of {string} is resident from {word32} to {word32}',
  async function (this: SuiteWorld, process: string, from: number, to: number) {
    assert.deepEqual((await resident(this, process, from, to)).filter(Boolean), []);
  },
);

Then(
  '{int} pages of {string} are resident from {word32} to {word32}',
  async function (this: SuiteWorld, count: number, process: string, from: number, to: number) {
    assert.equal((await resident(this, process, from, to)).filter(Boolean).length, count);
  },
);

Then(
  'the page of {string} at {word32} is resident',
  async function (this: SuiteWorld, process: string, at: number) {
    assert.deepEqual(await resident(this, process, at, at + PAGE_OCTETS), [true]);
  },
);
