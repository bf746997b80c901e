/** Steps on which of the segments that come are acknowledged at once. */
import assert from 'node:assert/strict';
import { Then } from '@cucumber/cucumber';
import { stimulus } from './stimulus.ts';
import { nextSegment, peerOf, peerSends } from './tcp-scene.ts';
import { notes, type SuiteWorld } from './world.ts';

/** Of the segments that were sent one by one, the places of those that got an answer, from 1. */
const flow = notes(() => ({ next: 1, answered: [] as number[], sent: 0 }));

stimulus(
  '{peer} has sent {int} segments of {int} octets, one by one',
  '{peer} sends {int} segments of {int} octets, one by one',
  async (world: SuiteWorld, number: number, count: number, length: number) => {
    const noted = Object.assign(flow(world), { answered: [], sent: count });
    const peer = peerOf(world, number);
    for (let place = 1; place <= count; place++) {
      const { next } = noted;
      noted.next += length;
      await peerSends(world, peer, `P. ${next}:${noted.next}(${length}) ack 1`);
      if ((await nextSegment(world, peer)) !== undefined) noted.answered.push(place);
    }
    return { ok: {} };
  },
);

Then(
  'the first {int} of them are acknowledged at once, and no other',
  function (this: SuiteWorld, count: number) {
    const { answered, sent } = flow(this);
    assert.ok(count < sent, `only ${sent} were sent`);
    assert.deepEqual(
      answered,
      Array.from({ length: count }, (_, at) => at + 1),
    );
  },
);
