/** Steps on stream sockets: listening, accepting, connecting, closing. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { socketOf } from './datagram.steps.ts';
import { collect } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { asleep, callOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import {
  accept,
  clientOf,
  close,
  connect,
  listenAt,
  listeningOf,
  nowListens,
  openStream,
  streamOf,
} from './tcp-sockets.ts';
import { isServer, peerOf, talkTo } from './tcp-scene.ts';
import { described, prepared, succeeded, type SuiteWorld } from './world.ts';

Given('{task} has a stream socket', async function (this: SuiteWorld, task: string) {
  await openStream(this, task);
});

Given(
  '{task} has a stream socket at {endpoint}',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    const socket = await openStream(this, task);
    prepared(await this.port('tcp').bind({ socket, to }));
    talkTo(this, to);
  },
);

stimulus(
  '{task} has bound the stream socket to {endpoint}',
  '{task} binds the stream socket to {endpoint}',
  (world: SuiteWorld, task: string, to: Endpoint) =>
    world.port('tcp').bind({ socket: streamOf(world, task), to }),
);

When(
  '{task} binds the stream socket to the port of {task}',
  async function (this: SuiteWorld, task: string, owner: string) {
    const to = prepared(await this.port('tcp').name({ socket: streamOf(this, owner) }));
    this.record(await this.port('tcp').bind({ socket: streamOf(this, task), to }));
  },
);

When(
  '{task} binds the stream socket to {endpoint} without privilege',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    const socket = streamOf(this, task);
    this.record(await this.port('tcp').bind({ socket, to, privileged: false }));
  },
);

Given(
  '{task} listens at {endpoint} with a backlog of {int}',
  async function (this: SuiteWorld, task: string, to: Endpoint, backlog: number) {
    await listenAt(this, task, to, backlog);
  },
);

stimulus(
  '{task} has listened with a backlog of {int}',
  '{task} listens with a backlog of {int}',
  async (world: SuiteWorld, task: string, backlog: number) => {
    const outcome = await world.port('tcp').listen({ socket: streamOf(world, task), backlog });
    if ('ok' in outcome) nowListens(world, task);
    return outcome;
  },
);

When('{task} listens with the UDP socket', async function (this: SuiteWorld, task: string) {
  const socket = socketOf(this, task);
  this.record(await this.port('tcp').listen({ socket, backlog: 5 }));
});

stimulus(
  '{task} has accepted a connection',
  '{task} accepts a connection',
  (world: SuiteWorld, task: string) => accept(world, task),
);

When(
  '{task} accepts a connection without waiting',
  async function (this: SuiteWorld, task: string) {
    await accept(this, task, true);
  },
);

Given('{task} sleeps accepting a connection', async function (this: SuiteWorld, task: string) {
  asleep(await accept(this, task));
});

When('{task} accepts a connection at that socket', async function (this: SuiteWorld, task: string) {
  this.record(await this.port('tcp').accept({ socket: streamOf(this, task), task }));
});

Given('{task} has stopped listening', async function (this: SuiteWorld, task: string) {
  const socket = listeningOf(this, task);
  prepared(await this.port('tcp').close({ socket, task }));
});

Then(
  'the peer of the stream of {task} is {endpoint}',
  async function (this: SuiteWorld, task: string, name: Endpoint) {
    const socket = streamOf(this, task);
    assert.deepEqual(succeeded(await this.port('tcp').peer({ socket })), name);
  },
);

Then(
  'the stream of {task} has the address {endpoint}',
  async function (this: SuiteWorld, task: string, name: Endpoint) {
    const socket = streamOf(this, task);
    assert.deepEqual(succeeded(await this.port('tcp').name({ socket })), name);
  },
);

Then(
  '{task} has a connection from {peer}',
  async function (this: SuiteWorld, task: string, peer: number) {
    assert.deepEqual(await clientOf(this, task), peerOf(this, peer).at);
  },
);

stimulus(
  '{task} has begun to connect to {endpoint}',
  '{task} begins to connect to {endpoint}',
  async (world: SuiteWorld, task: string, to: Endpoint) => {
    isServer(world, 1, to);
    const outcome = await connect(world, task, to);
    return 'asleep' in outcome ? { ok: {} } : outcome;
  },
);

When(
  '{task} connects to {endpoint} without waiting',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    await connect(this, task, to, true);
  },
);

When(
  '{task} connects the listening socket to {endpoint}',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    const socket = listeningOf(this, task);
    this.record(await this.port('tcp').connect({ socket, task, to, dontWait: true }));
  },
);

Then('{task} is connected no more', async function (this: SuiteWorld, task: string) {
  const peer = await this.port('tcp').peer({ socket: streamOf(this, task) });
  assert.deepEqual(peer, { errno: 'ENOTCONN' }, `asking for the peer ${described(peer)}`);
});

When(
  '{task} dissolves the connection of the stream',
  async function (this: SuiteWorld, task: string) {
    await connect(this, task, null);
  },
);

Then('{task} is connected', async function (this: SuiteWorld, task: string) {
  const call = await callOf(this, task);
  assert.ok('ok' in call, `the call of ${task} ${described(call)}, and should have succeeded`);
});

stimulus(
  '{task} has closed the stream socket',
  '{task} closes the stream socket',
  (world: SuiteWorld, task: string) => close(world, task),
);

Given('{task} sleeps closing the stream socket', async function (this: SuiteWorld, task: string) {
  asleep(await close(this, task));
});

stimulus(
  '{task} has shut the connection down for {halves}',
  '{task} shuts the connection down for {halves}',
  async (world: SuiteWorld, task: string, how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR') => {
    const outcome = await world.port('tcp').shutdown({ socket: streamOf(world, task), how });
    await collect(world);
    return outcome;
  },
);
