/** Steps on how a connection finds its window: round trips, and what is under way in each. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { TcpTunable } from '../contract/index.ts';
import { networkNotes, passTime } from './network-scene.ts';
import { beforeLast, flight, roundTrip, steer, underWay, type Bounds } from './tcp-flights.ts';
import { acknowledged } from './tcp-acks.ts';
import { repair } from './tcp-losses.ts';
import { nextSegment, peerOf, shown, startOf } from './tcp-scene.ts';
import { stimulus } from './stimulus.ts';
import { streamOf } from './tcp-sockets.ts';
import { setTunables, takes } from './tcp-tunable.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

const bounds = notes<{ now: Bounds }>(() => ({ now: { alpha: 1, beta: 3, hesitant: false } }));

Given(
  'Vegas keeps {int} to {int} segments waiting',
  async function (this: SuiteWorld, alpha: number, beta: number) {
    bounds(this).now = { alpha, beta, hesitant: false };
    // The upper one first: they may not meet on the way.
    return setTunables(this, { vegasBeta: beta, vegasAlpha: alpha });
  },
);

Given(
  '{int} round trip(s) of {nanoseconds} has/have passed',
  async function (this: SuiteWorld, count: number, ns: number) {
    for (let flown = 0; flown < count; flown++) await flight(this, ns);
  },
);

Given(
  '{int} segments are under way to {peer}, where the shortest round trip is {nanoseconds}',
  async function (this: SuiteWorld, segments: number, _peer: number, ns: number) {
    await steer(this, segments, ns, bounds(this).now);
  },
);

/** As of a system that takes two round trips to change its window. */
Given(
  '{int} segments are under way to {peer}, slowly found, where the shortest round trip is {nanoseconds}',
  async function (this: SuiteWorld, segments: number, _peer: number, ns: number) {
    await steer(this, segments, ns, { ...bounds(this).now, hesitant: true });
  },
);

When('a round trip takes {nanoseconds}', async function (this: SuiteWorld, ns: number) {
  await roundTrip(this, ns);
});

Then(
  '{int} segments are under way to {peer}',
  async function (this: SuiteWorld, count: number, _peer: number) {
    assert.equal((await underWay(this)).length, count);
  },
);

Then(
  'at least {int} segments are under way to {peer}',
  async function (this: SuiteWorld, count: number, _peer: number) {
    const { length } = await underWay(this);
    assert.ok(length >= count, `${length} segments are under way`);
  },
);

Then(
  'at most {int} segments are under way to {peer}',
  async function (this: SuiteWorld, count: number, _peer: number) {
    const { length } = await underWay(this);
    // None at all is no window.
    assert.ok(length > 0 && length <= count, `${length} segments are under way`);
  },
);

/** What the last round trip has done to the window. */
for (const [words, change] of [
  ['one segment more is under way to {peer} than before', 1],
  ['as many segments are under way to {peer} as before', 0],
  ['one segment fewer is under way to {peer} than before', -1],
] as const) {
  Then(words, async function (this: SuiteWorld, _peer: number) {
    const { length } = await underWay(this);
    const before = beforeLast(this);
    assert.equal(length - before, change, `${before} segments, and now ${length}`);
  });
}

/** Each row: how long a round trip takes, and how many segments are under way in it. */
Then(
  'in these round trips so many segments are under way to {peer}:',
  async function (this: SuiteWorld, _peer: number, table: DataTable) {
    for (const { 'round trip': trip = '', segments } of table.hashes()) {
      assert.equal(String((await underWay(this)).length), segments, `in a round trip of ${trip}`);
      await flight(this, Number.parseFloat(trip) * NS_PER_MS);
    }
  },
);

const NS_PER_MS = 1_000_000;

// Which one

stimulus(
  '{task} has chosen {congestionControl}',
  '{task} chooses {congestionControl}',
  (world: SuiteWorld, task: string, value: string) =>
    world.port('tcp').setOption({ socket: streamOf(world, task), option: 'TCP_CONGESTION', value }),
);

Then(
  '{task} has {congestionControl}',
  async function (this: SuiteWorld, task: string, name: string) {
    const read = { socket: streamOf(this, task), option: 'TCP_CONGESTION' } as const;
    assert.equal(succeeded(await this.port('tcp').getOption(read)).value, name);
  },
);

// What is lost, and sent again

const afterLosses = notes(() => ({ segments: 0 }));

When(
  'of the segments under way to {peer} these are lost: {peerNumbers}; round trips take {nanoseconds}',
  async function (this: SuiteWorld, _peer: number, lost: readonly number[], ns: number) {
    afterLosses(this).segments = await repair(this, lost, ns);
  },
);

Then(
  'once all is repaired, {int} to {int} segments are under way',
  function (this: SuiteWorld, least: number, most: number) {
    const { segments } = afterLosses(this);
    assert.ok(segments >= least && segments <= most, `${segments} segments are under way`);
  },
);

Then(
  '{peer} gets octet {int} again after {int} to {int} ms',
  async function (this: SuiteWorld, number: number, octet: number, least: number, most: number) {
    const peer = peerOf(this, number);
    const { clock } = networkNotes(this);
    await passTime(this, most * NS_PER_MS);
    for (let got = await nextSegment(this, peer); got; got = await nextSegment(this, peer)) {
      if (startOf(got) !== octet) continue;
      const ms = (got.at - clock) / NS_PER_MS;
      assert.ok(ms >= least, `${peer.name} gets ${shown(got)}: after ${ms} ms`);
      return;
    }
    assert.fail(`${peer.name} does not get octet ${octet} again within ${most} ms`);
  },
);

/** The first number of what is missing. */
Then(
  '{peer} gets its next octet {int} times again, at times {int} ms apart or a multiple of it',
  async function (this: SuiteWorld, number: number, times: number, ms: number) {
    const peer = peerOf(this, number);
    const { next } = acknowledged(this, peer);
    await underWay(this);
    await passTime(this, LONG_NS);
    const at: number[] = [];
    for (let got = await nextSegment(this, peer); got; got = await nextSegment(this, peer)) {
      if (startOf(got) === next) at.push(got.at);
    }
    assert.ok(at.length >= times, `${peer.name} gets octet ${next} again ${at.length} times`);
    for (const time of at.slice(1, times)) {
      const apart = (time - (at[0] ?? 0)) / NS_PER_MS;
      assert.equal(apart % ms, 0, `${peer.name} gets it ${apart} ms later`);
    }
  },
);

/** Three timeouts, each twice as long, from six seconds at most. */
const LONG_NS = 50_000_000_000;

Then(
  '{peer} does not get octet {int} again',
  async function (this: SuiteWorld, number: number, octet: number) {
    const peer = peerOf(this, number);
    for (let got = await nextSegment(this, peer); got; got = await nextSegment(this, peer)) {
      assert.notEqual(startOf(got), octet, `${peer.name} gets ${shown(got)}`);
    }
  },
);

Then(
  'TCP refuses {tcpTunable} of {int}',
  async function (this: SuiteWorld, tunable: TcpTunable, value: number) {
    assert.equal(await takes(this, tunable, value), false);
  },
);
