/** Steps on how TCP sends: windows, round trips, retransmissions. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { passTime } from './network-scene.ts';
import { filling } from '../harness/packets/index.ts';
import { nowTraced } from './packet.steps.ts';
import {
  assertSegment,
  endOf,
  nextSegment,
  peerOf,
  peerSends,
  shown,
  type Peer,
} from './tcp-scene.ts';
import { sendStream, streamOf } from './tcp-sockets.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const NS_PER_MS = 1_000_000;

async function infoOf(world: SuiteWorld, task: string) {
  return succeeded(await world.port('tcp-info').read({ socket: streamOf(world, task) }));
}

/** What the peer has acknowledged: the number behind it. */
const acknowledged = notes(() => ({ next: 1 }));

async function acknowledge(world: SuiteWorld, peer: Peer, octets: number): Promise<void> {
  const noted = acknowledged(world);
  noted.next += octets;
  await peerSends(world, peer, `. 1:1(0) ack ${noted.next}`);
}

When(
  '{peer} acknowledges {int} octets more',
  async function (this: SuiteWorld, number: number, octets: number) {
    await acknowledge(this, peerOf(this, number), octets);
  },
);

Given(
  '{peer} has acknowledged {int} octets, {int} at a time',
  async function (this: SuiteWorld, number: number, octets: number, step: number) {
    const peer = peerOf(this, number);
    for (let done = 0; done < octets; done += step) await acknowledge(this, peer, step);
    while ((await nextSegment(this, peer)) !== undefined);
  },
);

When(
  '{peer} sends {int} duplicate ACK(s)',
  async function (this: SuiteWorld, number: number, count: number) {
    for (let sent = 0; sent < count; sent++) await acknowledge(this, peerOf(this, number), 0);
  },
);

Then(
  'the congestion window of {task} is {int} octets',
  async function (this: SuiteWorld, task: string, octets: number) {
    assert.equal((await infoOf(this, task)).congestionWindow, octets);
  },
);

Then(
  'the slow-start threshold of {task} is {int} octets',
  async function (this: SuiteWorld, task: string, octets: number) {
    assert.equal((await infoOf(this, task)).slowStartThreshold, octets);
  },
);

Then(
  'the retransmission timeout of {task} is {int} ms',
  async function (this: SuiteWorld, task: string, ms: number) {
    assert.equal((await infoOf(this, task)).retransmissionTimeout, ms * NS_PER_MS);
  },
);

Then('nothing runs for {task}', async function (this: SuiteWorld, task: string) {
  assert.deepEqual((await infoOf(this, task)).timers, []);
});

/** Sends an octet and has it acknowledged after each time of the first column. */
Then(
  'round trips of {task} give these timeouts:',
  async function (this: SuiteWorld, task: string, table: DataTable) {
    const peer = peerOf(this, 1);
    for (const { 'round trip': trip = '', timeout } of table.hashes()) {
      prepared(await sendStream(this, task, 1));
      const next = acknowledged(this).next;
      assertSegment(peer, await nextSegment(this, peer), `P. ${next}:${next + 1}(1)`);
      await passTime(this, Number.parseInt(trip, 10) * NS_PER_MS);
      if ((await nextSegment(this, peer)) !== undefined) {
        throw new Inconclusive(`a round trip of ${trip} is longer than the timeout`);
      }
      await acknowledge(this, peer, 1);
      const { retransmissionTimeout } = await infoOf(this, task);
      assert.equal(`${retransmissionTimeout / NS_PER_MS} ms`, timeout, `after ${trip}`);
    }
  },
);

Then(
  '{peer} gets {int} segments, each of {int} octets, and nothing else',
  async function (this: SuiteWorld, number: number, count: number, octets: number) {
    const peer = peerOf(this, number);
    for (let seen = 0; seen < count; seen++) {
      assertSegment(peer, await nextSegment(this, peer), `length ${octets}`);
    }
    assert.equal(await nextSegment(this, peer), undefined);
  },
);

Then(
  'no segment goes beyond {int} to {peer}',
  async function (this: SuiteWorld, end: number, number: number) {
    const peer = peerOf(this, number);
    for (let got = await nextSegment(this, peer); got; got = await nextSegment(this, peer)) {
      assert.ok(endOf(got) <= end, `${peer.name} gets ${shown(got)}`);
    }
  },
);

When(
  'the way of {int} octets that {task} sends is traced',
  async function (this: SuiteWorld, length: number, task: string) {
    const socket = streamOf(this, task);
    const octets = filling(length);
    const sent = succeeded(await this.port('tcp-trace').send({ socket, task, octets }));
    nowTraced(this, sent.entered);
    peerOf(this, 1).plain = false;
  },
);
