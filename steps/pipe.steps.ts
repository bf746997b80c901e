/** Steps on pipes and FIFOs. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { textOfOctets } from './parameter-types-terminal.ts';
import { callOf, interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const READER = 'the reading end';
const WRITER = 'the writing end';

interface PipeNotes {
  port: 'pipe' | 'fifo';
  /** The name of the FIFO. */
  fifo: string;
  /** Ends by the words of the scenario: "the writing end", "the end of alice". */
  readonly ends: Map<string, string>;
  /** Octets of 78 that filled the pipe. */
  filling: number;
  /** What tasks read from the pipe until it was empty. */
  readonly emptied: Map<string, string>;
}

const pipeNotes = notes<PipeNotes>(() => ({
  port: 'pipe',
  fifo: '',
  ends: new Map(),
  filling: 0,
  emptied: new Map(),
}));

const endPort = (world: SuiteWorld) => world.port(pipeNotes(world).port);

/** A task's end of a FIFO is what its opening came to, perhaps after a sleep. */
async function endOf(world: SuiteWorld, name: string): Promise<string> {
  const { ends } = pipeNotes(world);
  const known = ends.get(name);
  if (known !== undefined) return known;
  const task = /^the end of (.*)$/.exec(name)?.[1] ?? assert.fail(`there is no "${name}" yet`);
  const end = (await valueOf(world, task))['end'] as string;
  ends.set(name, end);
  return end;
}

/** In a scenario on FIFOs each task uses the end that it opened. */
const ownEnd = (world: SuiteWorld, task: string, ofPipe: string): string =>
  pipeNotes(world).port === 'fifo' ? `the end of ${task}` : ofPipe;

Given('a pipe', async function (this: SuiteWorld) {
  const { reader, writer } = prepared(await this.port('pipe').create({}));
  interruptedThrough(this, 'pipe');
  pipeNotes(this).ends.set(READER, reader).set(WRITER, writer);
});

// Reading and writing

async function write(world: SuiteWorld, task: string, octets: string, nonblock = false) {
  const end = await endOf(world, ownEnd(world, task, WRITER));
  return keepCall(world, task, await endPort(world).write({ task, end, octets, nonblock }));
}

async function read(world: SuiteWorld, task: string, count: number, nonblock = false) {
  const end = await endOf(world, ownEnd(world, task, READER));
  return keepCall(world, task, await endPort(world).read({ task, end, count, nonblock }));
}

stimulus(
  '{task} has written {content}',
  '{task} writes {content}',
  (world: SuiteWorld, task: string, octets: string) => write(world, task, octets),
);

When(
  '{task} writes {content} without blocking',
  async function (this: SuiteWorld, task: string, octets: string) {
    await write(this, task, octets, true);
  },
);

stimulus(
  '{task} has read {int} octet(s)',
  '{task} reads up to {int} octet(s)',
  (world: SuiteWorld, task: string, count: number) => read(world, task, count),
);

When(
  '{task} reads up to {int} octets without blocking',
  async function (this: SuiteWorld, task: string, count: number) {
    await read(this, task, count, true);
  },
);

Given('{task} sleeps in a read', async function (this: SuiteWorld, task: string) {
  const outcome = await read(this, task, 10);
  if (!('asleep' in outcome)) throw new Inconclusive(`the read of ${task} ${described(outcome)}`);
});

Given(
  '{task} sleeps in a write of {content}',
  async function (this: SuiteWorld, task: string, octets: string) {
    const outcome = await write(this, task, octets);
    if (!('asleep' in outcome))
      throw new Inconclusive(`the write of ${task} ${described(outcome)}`);
  },
);

When('{task} reads from the writing end', async function (this: SuiteWorld, task: string) {
  const end = await endOf(this, WRITER);
  keepCall(this, task, await this.port('pipe').read({ task, end, count: 1 }));
});

When('{task} writes to the reading end', async function (this: SuiteWorld, task: string) {
  const end = await endOf(this, READER);
  keepCall(this, task, await this.port('pipe').write({ task, end, octets: '61' }));
});

/** Octets of one write that no pipe holds. */
const MORE_THAN_FITS = 131_072;

/** Writes of one octet that may find room behind a long one. */
const SINGLE_WRITES = 5000;

/** With much at once, and then singly as long as there is room. */
Given('the pipe is full', async function (this: SuiteWorld) {
  const kept = pipeNotes(this);
  for (let writes = 0; writes <= SINGLE_WRITES; writes++) {
    const octets = '78'.repeat(writes === 0 ? MORE_THAN_FITS : 1);
    const outcome = await write(this, 'filler', octets, true);
    if ('errno' in outcome && outcome.errno === 'EAGAIN') return;
    const { length } = prepared(outcome);
    if (length < 1 || 2 * length > octets.length) {
      throw new Inconclusive(`a write of ${octets.length / 2} octets has put ${length} in`);
    }
    kept.filling += length;
  }
  throw new Inconclusive('the pipe is never full');
});

Given(
  'the pipe holds {int} write(s) of {content}',
  async function (this: SuiteWorld, times: number, octets: string) {
    for (let time = 0; time < times; time++) {
      const { length } = succeeded(await write(this, 'filler', octets, true));
      assert.equal(length, octets.length / 2, `octets taken of write ${time + 1}`);
    }
  },
);

/** No pipe holds so much that it takes more reads of at least 100 octets. */
const READS_AT_MOST = 4000;

When(
  '{task} reads the pipe empty, up to {int} octets at a time',
  async function (this: SuiteWorld, task: string, count: number) {
    let got = '';
    for (let reads = 0; reads < READS_AT_MOST; reads++) {
      const outcome = await read(this, task, count, true);
      if ('errno' in outcome && outcome.errno === 'EAGAIN') break;
      got += succeeded(outcome).octets;
    }
    pipeNotes(this).emptied.set(task, got);
  },
);

/** What a task read behind the octets that filled the pipe, as runs of one octet. */
function runsBehindFilling(world: SuiteWorld, task: string): string[] {
  const { emptied, filling } = pipeNotes(world);
  const got = emptied.get(task) ?? assert.fail(`${task} has not read the pipe empty`);
  assert.equal(textOfOctets(got.slice(0, 2 * filling)), `${filling} octets of 78`, 'the filling');
  const behind = got.slice(2 * filling).matchAll(/(..)\1*/g);
  return [...behind].map(([run, octet]) => `${run.length / 2} octets of ${octet?.toUpperCase()}`);
}

Then(
  'behind the filling {task} got {runs}',
  function (this: SuiteWorld, task: string, runs: string[]) {
    assert.deepEqual(runsBehindFilling(this, task), runs);
  },
);

Then(
  'behind the filling {task} got, in any order, {runs}',
  function (this: SuiteWorld, task: string, runs: string[]) {
    assert.deepEqual(runsBehindFilling(this, task).toSorted(), runs.toSorted());
  },
);

Then(
  'one of {task}, {task} gets {content}, and the other sleeps',
  async function (this: SuiteWorld, first: string, second: string, octets: string) {
    const calls = [await callOf(this, first), await callOf(this, second)];
    const asleep = calls.filter((call) => 'asleep' in call);
    assert.equal(asleep.length, 1, 'how many sleep');
    const [awake] = calls.filter((call) => !('asleep' in call));
    assert.deepEqual(awake, { ok: { octets } });
  },
);

Then(
  '{task} has put {int} octet(s) in',
  async function (this: SuiteWorld, task: string, length: number) {
    assert.equal((await valueOf(this, task))['length'], length);
  },
);

Then(
  '{task} has put less than {int} octets in, and more than none',
  async function (this: SuiteWorld, task: string, length: number) {
    const { length: put } = (await valueOf(this, task)) as { length: number };
    assert.ok(put > 0 && put < length, `${task} has put ${put} octets in`);
  },
);

async function held(world: SuiteWorld): Promise<number> {
  const ready = await world.port('pipe').ready({ end: await endOf(world, READER) });
  return succeeded(ready).available;
}

Then('the pipe holds {int} octet(s)', async function (this: SuiteWorld, octets: number) {
  assert.equal(await held(this), octets);
});

Then('the pipe holds what {task} has put in', async function (this: SuiteWorld, task: string) {
  assert.equal(await held(this), (await valueOf(this, task))['length']);
});

Then(
  'the pipe holds {int} octet(s) less than when it was full',
  async function (this: SuiteWorld, octets: number) {
    assert.equal(await held(this), pipeNotes(this).filling - octets);
  },
);

// Ends

stimulus('{end} was closed', '{end} is closed', async (world: SuiteWorld, name: string) =>
  endPort(world).close({ end: await endOf(world, name) }),
);

Given('{end} was duplicated', async function (this: SuiteWorld, name: string) {
  const { end } = prepared(await endPort(this).dup({ end: await endOf(this, name) }));
  pipeNotes(this).ends.set(name.replace('the ', 'the second '), end);
});

When('{end} is moved to octet {int}', async function (this: SuiteWorld, name: string, at: number) {
  this.record(await endPort(this).lseek({ end: await endOf(this, name), offset: at }));
});

Then(
  '{end} is ready for {events}',
  async function (this: SuiteWorld, name: string, told: string[]) {
    const ready = await endPort(this).ready({ end: await endOf(this, name) });
    assert.deepEqual(succeeded(ready).events.toSorted(), told.toSorted());
  },
);

// Signals

Then('{task} was sent {signals}', async function (this: SuiteWorld, task: string, names: string[]) {
  assert.deepEqual(succeeded(await endPort(this).signals({ task })).signals, names);
});

// FIFOs

/** The first of a scenario, and one that is made later. */
const FIFO = 'mailbox';
const OTHER_FIFO = 'letterbox';

async function makeFifo(world: SuiteWorld, name: string): Promise<void> {
  Object.assign(pipeNotes(world), { port: 'fifo', fifo: name });
  interruptedThrough(world, 'fifo');
  prepared(await world.port('fifo').make({ name }));
}

Given('a FIFO', async function (this: SuiteWorld) {
  await makeFifo(this, FIFO);
});

Given('a FIFO of another name', async function (this: SuiteWorld) {
  await makeFifo(this, OTHER_FIFO);
});

stimulus('its name was removed', 'its name is removed', (world: SuiteWorld) =>
  world.port('fifo').unlink({ name: FIFO }),
);

stimulus('a FIFO of that name was made', 'a FIFO of that name is made', (world: SuiteWorld) =>
  world.port('fifo').make({ name: FIFO }),
);

stimulus('{task} has closed it', '{task} closes it', async (world: SuiteWorld, task: string) =>
  world.port('fifo').close({ end: await endOf(world, `the end of ${task}`) }),
);

interface Opening {
  readonly mode: 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';
  readonly nonblock: boolean;
}

stimulus(
  '{task} has opened it {opening}',
  '{task} opens it {opening}',
  async (world: SuiteWorld, task: string, opening: Opening) => {
    pipeNotes(world).ends.delete(`the end of ${task}`);
    const { fifo } = pipeNotes(world);
    return keepCall(world, task, await world.port('fifo').open({ name: fifo, task, ...opening }));
  },
);

Given(
  '{task} sleeps opening it {opening}',
  async function (this: SuiteWorld, task: string, opening: Opening) {
    const outcome = await this.port('fifo').open({ name: pipeNotes(this).fifo, task, ...opening });
    if (!('asleep' in outcome))
      throw new Inconclusive(`the opening of ${task} ${described(outcome)}`);
    keepCall(this, task, outcome);
  },
);
