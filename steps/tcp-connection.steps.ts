/** Steps that make a connection in one sentence, with the handshake that belongs to it. */
import { Given, When } from '@cucumber/cucumber';
import type { Endpoint } from './parameter-types-network.ts';
import { accept, connect, listenAt, listens } from './tcp-sockets.ts';
import { expected, isServer, nextSegment, peerOf, peerSends } from './tcp-scene.ts';
import { prepared, type SuiteWorld } from './world.ts';
import { asleep } from './sleepers.ts';

/** What a SYN of the peer says: options and window. */
const PLAIN = 'win 65535 <mss 1460>';

async function handshake(world: SuiteWorld, number: number, says: string): Promise<void> {
  const peer = peerOf(world, number);
  await peerSends(world, peer, `S 0:0(0) ${says}`);
  await expected(world, number, 'S. 0:0(0) ack 1');
  await peerSends(world, peer, `. 1:1(0) ack 1 ${afterSyn(says)}`);
}

/** What holds for the peer's later segments as well: its window, and timestamps. */
function afterSyn(says: string): string {
  const window = /win \d+/.exec(says)?.[0] ?? '';
  const stamp = /TS val (\d+)/.exec(says);
  return stamp === null ? window : `${window} <nop,nop,TS val ${stamp[1]}>`;
}

When('{int} peers try to connect', async function (this: SuiteWorld, count: number) {
  for (let number = 1; number <= count; number++) await tryToConnect(this, number);
});

/** The handshake, as far as the host takes part in it. */
async function tryToConnect(world: SuiteWorld, number: number): Promise<void> {
  const peer = peerOf(world, number);
  await peerSends(world, peer, `S 0:0(0) ${PLAIN}`);
  if ((await nextSegment(world, peer)) === undefined) return;
  await peerSends(world, peer, '. 1:1(0) ack 1');
}

Given('{peer} has connected', async function (this: SuiteWorld, number: number) {
  await handshake(this, number, PLAIN);
});

Given(
  '{peer} has connected with {string}',
  async function (this: SuiteWorld, number: number, says: string) {
    await handshake(this, number, says);
  },
);

/** Where a program listens of which the scenario says only that it has a connection. */
const SERVER = { address: '10.0.0.1', port: 80 };

async function acceptedFrom(world: SuiteWorld, task: string, number: number, says: string) {
  if (!listens(world, task)) await listenAt(world, task, SERVER, 5);
  await handshake(world, number, says);
  prepared(await accept(world, task));
}

Given(
  '{task} has a connection that {peer} began',
  async function (this: SuiteWorld, task: string, number: number) {
    await acceptedFrom(this, task, number, PLAIN);
  },
);

Given(
  '{task} has a connection that {peer} began with {string}',
  async function (this: SuiteWorld, task: string, number: number, says: string) {
    await acceptedFrom(this, task, number, says);
  },
);

async function connectedTo(world: SuiteWorld, task: string, to: Endpoint, says: string) {
  const peer = isServer(world, 1, to);
  asleep(await connect(world, task, to));
  await expected(world, 1, 'S 0:0(0)');
  await peerSends(world, peer, `S. 0:0(0) ack 1 ${says}`);
  await expected(world, 1, '. 1:1(0) ack 1');
}

Given(
  '{task} has a connection to {endpoint}',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    await connectedTo(this, task, to, PLAIN);
  },
);

Given(
  '{task} has a connection to {endpoint} that answers with {string}',
  async function (this: SuiteWorld, task: string, to: Endpoint, says: string) {
    await connectedTo(this, task, to, says);
  },
);

/** Where two programs of one host meet. */
const MEETING = { address: '127.0.0.1', port: 5000 };

Given(
  '{task} and {task} are connected on one host',
  async function (this: SuiteWorld, server: string, client: string) {
    await listenAt(this, server, MEETING, 5);
    prepared(await connect(this, client, MEETING));
    prepared(await accept(this, server));
  },
);
