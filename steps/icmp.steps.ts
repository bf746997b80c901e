/** Steps on ICMP: how often it speaks, and its times. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { encodeHex, type Ipv4Packet, packetOf } from '../harness/packets/index.ts';
import { allSent } from './fragment.steps.ts';
import { macOfInterface, macOfNeighbour, passTime, receiveFrame } from './network-scene.ts';
import type { SuiteWorld } from './world.ts';

async function receiveApart(
  world: SuiteWorld,
  name: string,
  { count, apart, sentence }: { count: number; apart: number; sentence: string },
): Promise<void> {
  const link = { source: macOfNeighbour('10.0.0.2'), destination: macOfInterface(name) };
  const frame = encodeHex(packetOf(sentence, { link }));
  for (let received = 0; received < count; received++) {
    if (received > 0) await passTime(world, apart);
    await receiveFrame(world, name, frame);
  }
}

Given(
  '{interface} has received {int} times, {nanoseconds} apart, {string}',
  async function (this: SuiteWorld, name: string, count: number, apart: number, sentence: string) {
    await receiveApart(this, name, { count, apart, sentence });
  },
);

When(
  '{interface} receives {int} times, {nanoseconds} apart, {string}',
  async function (this: SuiteWorld, name: string, count: number, apart: number, sentence: string) {
    await receiveApart(this, name, { count, apart, sentence });
  },
);

const isRedirect = ({ payload }: Ipv4Packet): boolean =>
  payload.kind === 'icmp' && payload.message === 'redirect';

Then(
  '{interface} sends {int} packets of UDP and {int} redirects',
  async function (this: SuiteWorld, name: string, datagrams: number, redirects: number) {
    const packets = await allSent(this, name);
    assert.equal(packets.filter(({ payload }) => payload.kind === 'udp').length, datagrams);
    assert.equal(packets.filter(isRedirect).length, redirects);
  },
);

const TIMESTAMP_REPLY = 14;

/** Originate, receive and transmit time, in milliseconds. */
function timesOf({ payload }: Ipv4Packet): readonly number[] {
  assert.ok(payload.kind === 'icmp' && payload.message === 'other', 'it is no timestamp');
  assert.equal(payload.type, TIMESTAMP_REPLY);
  return [4, 8, 12].map((at) => Number.parseInt(payload.octets.slice(2 * at, 2 * at + 8), 16));
}

Then(
  '{interface} sends {int} timestamps with originate time {int} whose other times grow by {int} ms',
  async function (this: SuiteWorld, name: string, count: number, originate: number, step: number) {
    const times = (await allSent(this, name)).map(timesOf);
    assert.equal(times.length, count);
    const [[, received = 0, transmitted = 0] = []] = times;
    const expected = times.map((_, at) => [
      originate,
      received + at * step,
      transmitted + at * step,
    ]);
    assert.deepEqual(times, expected);
  },
);
