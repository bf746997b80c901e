/** Steps on raw sockets. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { decode, encode, encodeHex, matches, packetOf, print } from '../harness/packets/index.ts';
import { octetsOf } from '../contract/index.ts';
import { openRaw, receive, send } from './datagram.steps.ts';
import { ipOf } from './fragment.steps.ts';
import { nextFrame } from './network-scene.ts';
import { otherPacket } from './packet.steps.ts';
import { valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { prepared, type SuiteWorld } from './world.ts';

const IP_HEADER = 20;

Given(
  '{task} has a raw socket for protocol {int}',
  async function (this: SuiteWorld, task: string, protocol: number) {
    prepared(await openRaw(this, task, { protocol }));
  },
);

When(
  '{task} opens a raw socket for protocol {int} without privilege',
  async function (this: SuiteWorld, task: string, protocol: number) {
    this.record(await openRaw(this, task, { protocol, privileged: false }));
  },
);

stimulus(
  '{task} has sent an echo request to {ipv4}',
  '{task} sends an echo request to {ipv4}',
  (world: SuiteWorld, task: string, address: string) => {
    const sentence = `ICMP 10.0.0.1 > ${address} echo request id 77 seq 5 length 8`;
    const octets = octetsOf(encode(packetOf(sentence)).subarray(IP_HEADER));
    return send(world, task, { octets, to: { address, port: 0 } });
  },
);

When('{task} sends {string}', async function (this: SuiteWorld, task: string, sentence: string) {
  const octets = encodeHex(packetOf(sentence));
  this.record(await send(this, task, { octets, to: { address: '10.0.0.2', port: 0 } }));
});

When('{task} receives a packet', async function (this: SuiteWorld, task: string) {
  await receive(this, task, { size: 65_535, dontWait: true });
});

Then(
  '{task} gets the packet {string}',
  async function (this: SuiteWorld, task: string, sentence: string) {
    const packet = decode((await valueOf(this, task))['octets'] as string, 'ip');
    const differences = matches(sentence, packet);
    if (differences.length > 0) throw otherPacket(differences, sentence, print(packet));
  },
);

Then(
  '{interface} sends a packet whose identification is not 0',
  async function (this: SuiteWorld, name: string) {
    const next = (await nextFrame(this, name)) ?? assert.fail(`${name} sends nothing`);
    assert.notEqual(ipOf(next).identification, 0);
  },
);
