/** Steps on many datagrams at once: which of them arrive, which are lost, who is told. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { Errno, MibCounter } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { occupancyOf, receive, send, sendAll } from './datagram.steps.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { callOf, valueOf } from './sleepers.ts';
import { described, notes, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

interface FloodNotes {
  outcomes: AnyOutcome[];
  length: number;
}

const floodNotes = notes<FloodNotes>(() => ({ outcomes: [], length: 0 }));

/** A datagram whose first four octets are its number. */
const numbered = (number: number, length: number): string =>
  number
    .toString(16)
    .padStart(8, '0')
    .padEnd(2 * length, '0');

async function flood(
  world: SuiteWorld,
  task: string,
  { count, length, to }: { count: number; length: number; to: Endpoint },
): Promise<void> {
  const noted = floodNotes(world);
  noted.length = length;
  const messages = Array.from({ length: count }, (_, number) => ({
    octets: numbered(number, length),
    to,
  }));
  noted.outcomes = await sendAll(world, task, messages);
}

const FLOOD = '{int} datagrams of {int} octets, each with its number, to {endpoint}';

Given(
  `{task} has sent ${FLOOD}`,
  async function (this: SuiteWorld, task: string, count: number, length: number, to: Endpoint) {
    await flood(this, task, { count, length, to });
    const failed = floodNotes(this).outcomes.find((outcome) => 'bug' in outcome);
    if (failed !== undefined) throw new Inconclusive(`a call ${described(failed)}`);
  },
);

When(
  `{task} sends ${FLOOD}`,
  async function (this: SuiteWorld, task: string, count: number, length: number, to: Endpoint) {
    await flood(this, task, { count, length, to });
  },
);

Then('every one of them was taken', function (this: SuiteWorld) {
  const { outcomes, length } = floodNotes(this);
  for (const outcome of outcomes) {
    assert.deepEqual(outcome, { ok: { length } }, `one call ${described(outcome)}`);
  }
});

Then(
  '{int} of them were taken, and the others failed with {errno}',
  function (this: SuiteWorld, taken: number, errno: Errno) {
    const { outcomes, length } = floodNotes(this);
    const expected = outcomes.map((_, at) => (at < taken ? { ok: { length } } : { errno }));
    assert.ok(
      outcomes.every((outcome, at) => JSON.stringify(outcome) === JSON.stringify(expected[at])),
      `taken: ${outcomes.filter((outcome) => 'ok' in outcome).length}`,
    );
  },
);

Then(
  'some of them wait for {task}, and the others are lost',
  async function (this: SuiteWorld, task: string) {
    const { datagrams } = await occupancyOf(this, task);
    const { outcomes } = floodNotes(this);
    assert.ok(datagrams > 0, 'none waits');
    assert.ok(datagrams < outcomes.length, 'all wait');
  },
);

Then(
  '{task} reads the first ones, in order, and nothing else',
  async function (this: SuiteWorld, task: string) {
    const { length } = floodNotes(this);
    const { datagrams } = await occupancyOf(this, task);
    for (let number = 0; number < datagrams; number++) {
      succeeded(await receive(this, task, { size: length, dontWait: true }));
      assert.equal((await valueOf(this, task))['octets'], numbered(number, length));
    }
    await receive(this, task, { size: length, dontWait: true });
    assert.deepEqual(await callOf(this, task), { errno: 'EAGAIN' });
  },
);

Then(
  'the last datagram that waits for {task} is {octets}',
  async function (this: SuiteWorld, task: string, octets: string) {
    let last = '';
    for (let { datagrams } = await occupancyOf(this, task); datagrams > 0; datagrams--) {
      last = succeeded(await receive(this, task, { size: 65_535, dontWait: true })).octets;
    }
    assert.equal(last, octets);
  },
);

Then(
  'about twice as many wait for {task} as for {task}',
  async function (this: SuiteWorld, more: string, less: string) {
    const [many, few] = [await occupancyOf(this, more), await occupancyOf(this, less)];
    const ratio = many.datagrams / few.datagrams;
    assert.ok(ratio > 1.8 && ratio < 2.2, `${many.datagrams} wait, and ${few.datagrams}`);
  },
);

Then('nothing of {task} waits to be sent', async function (this: SuiteWorld, task: string) {
  assert.equal((await occupancyOf(this, task)).sending, 0);
});

Then(
  '{mibCounter} has grown by as many as are lost for {task}',
  async function (this: SuiteWorld, counter: MibCounter, task: string) {
    const { datagrams } = await occupancyOf(this, task);
    const { counters } = succeeded(await this.port('mib').read({}));
    assert.equal(counters[counter], floodNotes(this).outcomes.length - datagrams);
  },
);

Given(
  '{task} sends {octets} to {endpoint} until it sleeps',
  async function (this: SuiteWorld, task: string, octets: string, to: Endpoint) {
    for (let sent = 0; sent < 1000; sent++) {
      const outcome = await send(this, task, { octets, to });
      if ('asleep' in outcome) return;
      if (!('ok' in outcome)) throw new Inconclusive(`a call ${described(outcome)}`);
    }
    assert.fail('a thousand calls, and none sleeps');
  },
);

Then(
  '{task} has sent all {int} octets',
  async function (this: SuiteWorld, task: string, length: number) {
    assert.deepEqual(await callOf(this, task), { ok: { length } });
  },
);
