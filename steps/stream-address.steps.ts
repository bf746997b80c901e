/** Steps on the addresses of streams: which they are, who knows them, and how they are told. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { nextFrame } from './network-scene.ts';
import { callOf, keepCall } from './sleepers.ts';
import { listeningOf, streamOf } from './tcp-sockets.ts';
import { described, succeeded, type SuiteWorld } from './world.ts';

When(
  '{task} accepts a connection with a fromlen of {int}',
  async function (this: SuiteWorld, task: string, fromLength: number) {
    const call = { socket: listeningOf(this, task), task, fromLength };
    keepCall(this, task, await this.port('accept-address').accept(call));
  },
);

async function names(world: SuiteWorld, task: string) {
  const socket = streamOf(world, task);
  return {
    own: succeeded(await world.port('tcp').name({ socket })),
    peer: succeeded(await world.port('tcp').peer({ socket })),
  };
}

Then(
  'each of {task} and {task} has the address of the other as that of the peer',
  async function (this: SuiteWorld, one: string, other: string) {
    const [first, second] = [await names(this, one), await names(this, other)];
    assert.deepEqual(first.peer, second.own);
    assert.deepEqual(second.peer, first.own);
  },
);

Then('{task} is not connected', async function (this: SuiteWorld, task: string) {
  const call = await callOf(this, task);
  assert.ok('errno' in call, `the call of ${task} ${described(call)}, and should have failed`);
  const peer = await this.port('tcp').peer({ socket: streamOf(this, task) });
  assert.deepEqual(peer, { errno: 'ENOTCONN' });
});

Then(
  'a packet of IP protocol {int} leaves {interface}',
  async function (this: SuiteWorld, protocol: number, name: string) {
    const sent = await nextFrame(this, name);
    assert.ok(sent !== undefined, `nothing leaves ${name}`);
    const packet = sent.frame.kind === 'raw' ? sent.frame : sent.frame.payload;
    assert.ok(packet.kind === 'ipv4', `what leaves ${name} is no IP packet`);
    assert.equal(packet.protocol, protocol);
  },
);
