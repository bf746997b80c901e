/** Steps on more neighbours than a host can keep in mind. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { encodeHex, type ArpPacket } from '../harness/packets/index.ts';
import { sendAll } from './datagram.steps.ts';
import { collect, macOfNeighbour, receiveFrame } from './network-scene.ts';
import { described, notes, type AnyOutcome, type SuiteWorld } from './world.ts';

const storm = notes(() => ({ asking: [] as string[], outcomes: [] as AnyOutcome[] }));

/** Hosts that the scenario has not announced, from 10.0.1.1 on. */
const crowd = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `10.0.${1 + Math.floor(at / 200)}.${1 + (at % 200)}`);

function question(by: string, after: string): string {
  const mac = macOfNeighbour(by);
  return encodeHex({
    kind: 'ethernet',
    source: mac,
    destination: 'ff:ff:ff:ff:ff:ff',
    payload: {
      kind: 'arp',
      operation: 'request',
      senderHardware: mac,
      senderProtocol: by,
      targetHardware: '00:00:00:00:00:00',
      targetProtocol: after,
    },
  });
}

Given(
  '{interface} has received questions after {ipv4} from {int} hosts',
  async function (this: SuiteWorld, name: string, address: string, count: number) {
    storm(this).asking = crowd(count);
    const frames = storm(this).asking.map((by) => receiveFrame(this, name, question(by, address)));
    await Promise.all(frames);
  },
);

/** Takes what has left; who has been answered, in order. */
async function answered(world: SuiteWorld): Promise<string[]> {
  const frames = (await collect(world)).splice(0);
  return frames.map(({ frame }) => {
    const arp = frame.kind === 'ethernet' && frame.payload.kind === 'arp' ? frame.payload : null;
    const { operation, targetProtocol, targetHardware }: Partial<ArpPacket> = arp ?? {};
    assert.equal(operation, 'reply', 'a frame that is no answer');
    assert.equal(targetHardware, macOfNeighbour(targetProtocol ?? ''), 'whom it is for');
    return targetProtocol ?? '';
  });
}

Then(
  '{interface} sends each of them an answer, and nothing else',
  async function (this: SuiteWorld, _name: string) {
    assert.deepEqual(await answered(this), storm(this).asking);
  },
);

Given(
  '{interface} has sent an answer to each of them',
  async function (this: SuiteWorld, _name: string) {
    assert.deepEqual(await answered(this), storm(this).asking);
  },
);

/** Takes what has left, which is answers to hosts that asked, to so many at most. */
async function someAnswered(world: SuiteWorld, most: number): Promise<void> {
  const heard = await answered(world);
  const { asking } = storm(world);
  assert.ok(heard.length > 0 && heard.length <= most, `${heard.length} are answered`);
  assert.deepEqual([...new Set(heard)], heard, 'one is answered twice');
  for (const by of heard) assert.ok(asking.includes(by), `${by} has not asked`);
}

Then(
  '{interface} sends an answer to some of them, to {int} at most',
  async function (this: SuiteWorld, _name: string, most: number) {
    await someAnswered(this, most);
  },
);

Given(
  '{interface} has sent an answer to some of them',
  async function (this: SuiteWorld, _name: string) {
    await someAnswered(this, storm(this).asking.length);
  },
);

When(
  '{task} sends {octets} to {int} hosts',
  async function (this: SuiteWorld, task: string, octets: string, count: number) {
    const messages = crowd(count).map((address) => ({ octets, to: { address, port: 7 } }));
    storm(this).outcomes = await sendAll(this, task, messages);
  },
);

Then(
  'more than {int} of the calls succeed, and some fail with {errno}',
  function (this: SuiteWorld, count: number, errno: string) {
    const { outcomes } = storm(this);
    const failed = outcomes.filter((outcome) => !('ok' in outcome));
    assert.ok(failed.length > 0, 'none of the calls fails');
    for (const outcome of failed) assert.deepEqual(outcome, { errno }, described(outcome));
    const succeeded = outcomes.length - failed.length;
    assert.ok(succeeded > count, `${succeeded} of the calls succeed`);
  },
);
