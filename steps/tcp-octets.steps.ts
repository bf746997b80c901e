/** Steps on the octets of streams: sending, receiving, and those that are urgent. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { filling } from '../harness/packets/index.ts';
import { asleep, callOf, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { assertReceived, receiveStream, sendStream, skip, streamOf } from './tcp-sockets.ts';
import { described, succeeded, type SuiteWorld } from './world.ts';

stimulus(
  '{task} has sent {int} octet(s)',
  '{task} sends {int} octet(s)',
  (world: SuiteWorld, task: string, length: number) => sendStream(world, task, length),
);

When(
  '{task} sends {int} octet(s) without waiting',
  async function (this: SuiteWorld, task: string, length: number) {
    await sendStream(this, task, length, { dontWait: true });
  },
);

stimulus(
  '{task} has sent {int} octet(s) with more to come',
  '{task} sends {int} octet(s) with more to come',
  (world: SuiteWorld, task: string, length: number) =>
    sendStream(world, task, length, { more: true }),
);

stimulus(
  '{task} has sent {int} octet(s), the last of them urgent',
  '{task} sends {int} octet(s), the last of them urgent',
  (world: SuiteWorld, task: string, length: number) =>
    sendStream(world, task, length, { outOfBand: true }),
);

When(
  '{task} sends {int} octet(s) and wants no signal',
  async function (this: SuiteWorld, task: string, length: number) {
    await sendStream(this, task, length, { noSignal: true });
  },
);

Given(
  '{task} sleeps sending {int} octets',
  async function (this: SuiteWorld, task: string, length: number) {
    asleep(await sendStream(this, task, length));
  },
);

Then(
  '{int} octet(s) of {task} was/were taken',
  async function (this: SuiteWorld, length: number, task: string) {
    const call = await callOf(this, task);
    assert.deepEqual(call, { ok: { length } }, `the call of ${task} ${described(call)}`);
  },
);

stimulus(
  '{task} has received up to {int} octet(s)',
  '{task} receives up to {int} octet(s)',
  (world: SuiteWorld, task: string, size: number) => receiveStream(world, task, size),
);

When(
  '{task} receives up to {int} octet(s) without waiting',
  async function (this: SuiteWorld, task: string, size: number) {
    await receiveStream(this, task, size, { dontWait: true });
  },
);

When(
  '{task} receives all of {int} octet(s)',
  async function (this: SuiteWorld, task: string, size: number) {
    await receiveStream(this, task, size, { waitAll: true });
  },
);

When(
  '{task} looks at up to {int} octet(s)',
  async function (this: SuiteWorld, task: string, size: number) {
    await receiveStream(this, task, size, { peek: true });
  },
);

When('{task} receives the urgent octet', async function (this: SuiteWorld, task: string) {
  await receiveStream(this, task, 1, { outOfBand: true });
});

Given(
  '{task} sleeps looking at up to {int} octet(s)',
  async function (this: SuiteWorld, task: string, size: number) {
    asleep(await receiveStream(this, task, size, { peek: true }));
  },
);

Given(
  '{task} sleeps receiving up to {int} octet(s)',
  async function (this: SuiteWorld, task: string, size: number) {
    asleep(await receiveStream(this, task, size));
  },
);

Then(
  '{task} gets the next {int} octet(s)',
  async function (this: SuiteWorld, task: string, length: number) {
    await assertReceived(this, task, length);
  },
);

Then(
  '{task} sees the next {int} octet(s), which stay',
  async function (this: SuiteWorld, task: string, length: number) {
    await assertReceived(this, task, length, true);
  },
);

Then('{task} gets the end of the stream', async function (this: SuiteWorld, task: string) {
  await assertReceived(this, task, 0);
});

Then(
  '{task} gets octet {int} of the stream',
  async function (this: SuiteWorld, task: string, place: number) {
    assert.deepEqual(await valueOf(this, task), { octets: filling(1, place - 1) });
  },
);

Then('{task} is at the mark', async function (this: SuiteWorld, task: string) {
  assert.deepEqual(await mark(this, task), { atMark: true });
});

Then('{task} is not at the mark', async function (this: SuiteWorld, task: string) {
  assert.deepEqual(await mark(this, task), { atMark: false });
});

async function mark(world: SuiteWorld, task: string) {
  return succeeded(await world.port('tcp').atMark({ socket: streamOf(world, task) }));
}

Given(
  '{int} octet(s) of the stream is/are not for {task}',
  function (this: SuiteWorld, octets: number, task: string) {
    skip(this, task, octets);
  },
);
