/** Steps on stream sockets, and on what their peer sends and gets. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { TcpCounter, TcpOption, TcpState, TcpTunable } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { socketOf } from './datagram.steps.ts';
import { collect } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { filling } from '../harness/packets/index.ts';
import { callOf, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import {
  accept,
  assertReceived,
  clientOf,
  close,
  connect,
  listeningOf,
  listens,
  nowListens,
  openStream,
  receiveStream,
  sendStream,
  skip,
  streamOf,
} from './tcp-sockets.ts';
import { assertInTime } from './in-time.ts';
import {
  assertSegment,
  isServer,
  nextSegment,
  peerOf,
  peerSends,
  routerSays,
  shown,
  talkTo,
} from './tcp-scene.ts';
import { notHad, setTunables, type OrSkipped } from './tcp-tunable.ts';
import { described, prepared, succeeded, type SuiteWorld } from './world.ts';

// Sockets

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

When(
  '{task} binds the stream socket to {endpoint}',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    this.record(await this.port('tcp').bind({ socket: streamOf(this, task), to }));
  },
);

Given(
  '{task} listens at {endpoint} with a backlog of {int}',
  async function (this: SuiteWorld, task: string, to: Endpoint, backlog: number) {
    await listenAt(this, task, to, backlog);
  },
);

async function listenAt(world: SuiteWorld, task: string, to: Endpoint, backlog: number) {
  const socket = await openStream(world, task);
  prepared(await world.port('tcp').bind({ socket, to }));
  prepared(await world.port('tcp').listen({ socket, backlog }));
  nowListens(world, task);
  talkTo(world, to);
}

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

function asleep(outcome: Awaited<ReturnType<typeof callOf>>): void {
  if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
}

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

stimulus(
  '{task} has shut the connection down for {halves}',
  '{task} shuts the connection down for {halves}',
  async (world: SuiteWorld, task: string, how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR') => {
    const outcome = await world.port('tcp').shutdown({ socket: streamOf(world, task), how });
    await collect(world);
    return outcome;
  },
);

// Octets

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

// The peer

Given(
  "{peer}'s sequence numbers begin at {int}",
  function (this: SuiteWorld, peer: number, isn: number) {
    peerOf(this, peer).isn = isn;
  },
);

Given('{peer} is at {endpoint}', function (this: SuiteWorld, peer: number, at: Endpoint) {
  peerOf(this, peer).at = at;
});

Given('{peer} talks to {endpoint}', function (this: SuiteWorld, peer: number, host: Endpoint) {
  peerOf(this, peer).host = host;
});

Given('{peer} is on {interface}', function (this: SuiteWorld, peer: number, name: string) {
  peerOf(this, peer).interface = name;
});

Given(
  '{peer} is the server at {endpoint}',
  function (this: SuiteWorld, peer: number, at: Endpoint) {
    isServer(this, peer, at);
  },
);

stimulus(
  '{peer} has sent {string}',
  '{peer} sends {string}',
  async (world: SuiteWorld, peer: number, sentence: string) => {
    await peerSends(world, peerOf(world, peer), sentence);
    return { ok: {} };
  },
);

Given(
  '{peer} has got {string}',
  async function (this: SuiteWorld, number: number, sentence: string) {
    await expected(this, number, sentence);
  },
);

/** Sets the scene: something else than expected is no verdict on what the scenario is about. */
async function expected(world: SuiteWorld, number: number, sentence: string): Promise<void> {
  const peer = peerOf(world, number);
  const got = await nextSegment(world, peer);
  try {
    assertSegment(peer, got, sentence);
  } catch {
    throw new Inconclusive(`${peer.name} gets ${shown(got)}, and should get ${sentence}`);
  }
}

Then('{peer} gets {string}', async function (this: SuiteWorld, number: number, sentence: string) {
  const peer = peerOf(this, number);
  assertSegment(peer, await nextSegment(this, peer), sentence);
});

Then(
  '{peer} gets {string} after {nanoseconds}',
  async function (this: SuiteWorld, number: number, sentence: string, at: number) {
    const peer = peerOf(this, number);
    const got = assertSegment(peer, await nextSegment(this, peer), sentence);
    assertInTime(this, got, at, `${peer.name} gets ${shown(got)}`);
  },
);

/** Of a time in a table, such as "200 ms". */
function nanosecondsOf(time: string): number {
  const [, count] = /^([\d.]+) ms$/.exec(time) ?? assert.fail(`"${time}" is no time in ms`);
  return Number(count) * 1_000_000;
}

/** One sentence a row; or with a column in front that says when. */
Then(
  '{peer} gets these segments, and nothing else:',
  async function (this: SuiteWorld, number: number, table: DataTable) {
    const peer = peerOf(this, number);
    for (const [first = '', second] of table.raw()) {
      const got = assertSegment(peer, await nextSegment(this, peer), second ?? first);
      if (second !== undefined) assertInTime(this, got, nanosecondsOf(first), shown(got));
    }
    await quiet(this, number);
  },
);

When(
  'a router says {string} of the last segment',
  async function (this: SuiteWorld, message: string) {
    await routerSays(this, message, 0);
  },
);

When(
  'a router says {string} of a segment {int} octets beyond the last',
  async function (this: SuiteWorld, message: string, beyond: number) {
    await routerSays(this, message, beyond);
  },
);

Then('{peer} gets nothing', async function (this: SuiteWorld, number: number) {
  await quiet(this, number);
});

Then('{peer} gets nothing more', async function (this: SuiteWorld, number: number) {
  await quiet(this, number);
});

async function quiet(world: SuiteWorld, number: number): Promise<void> {
  const peer = peerOf(world, number);
  const next = await nextSegment(world, peer);
  assert.equal(next, undefined, `${peer.name} gets ${shown(next)}`);
}

Given('{peer} has got all that was sent', async function (this: SuiteWorld, number: number) {
  while ((await nextSegment(this, peerOf(this, number))) !== undefined);
});

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

// Connections that are there already

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

// What the host keeps

Then(
  'the connection of {task} is in {tcpState}',
  async function (this: SuiteWorld, task: string, state: TcpState) {
    const socket = streamOf(this, task);
    assert.equal(succeeded(await this.port('tcp-info').read({ socket })).state, state);
  },
);

async function stateWith(world: SuiteWorld, number: number): Promise<TcpState | undefined> {
  const { at, host } = peerOf(world, number);
  const { connections } = succeeded(await world.port('tcp-info').connections({}));
  return connections.find(
    ({ peer, local }) =>
      peer.address === at.address &&
      peer.port === at.port &&
      (host === undefined || local.port === host.port),
  )?.state;
}

Then(
  'the host has a connection with {peer} in {tcpState}',
  async function (this: SuiteWorld, number: number, state: TcpState) {
    assert.equal(await stateWith(this, number), state);
  },
);

Then('the host has no connection with {peer}', async function (this: SuiteWorld, number: number) {
  assert.equal(await stateWith(this, number), undefined);
});

Then(
  '{int} request(s) and {int} connection(s) wait for {task}',
  async function (this: SuiteWorld, requests: number, connections: number, task: string) {
    const queues = await this.port('tcp-queues').read({ socket: listeningOf(this, task) });
    const { incomplete, complete } = succeeded(queues);
    assert.deepEqual({ incomplete, complete }, { incomplete: requests, complete: connections });
  },
);

Then(
  'the stream socket of {task} is on a port of its own',
  async function (this: SuiteWorld, task: string) {
    const name = succeeded(await this.port('tcp').name({ socket: streamOf(this, task) }));
    assert.notEqual(name.port, 0);
  },
);

Then(
  'the backlog of {task} is {int}',
  async function (this: SuiteWorld, task: string, backlog: number) {
    const queues = await this.port('tcp-queues').read({ socket: listeningOf(this, task) });
    assert.equal(succeeded(queues).backlog, backlog);
  },
);

Then(
  '{tcpCounter} of TCP is {int}',
  async function (this: SuiteWorld, counter: TcpCounter, count: number) {
    assert.equal(succeeded(await this.port('tcp-mib').read({})).counters[counter], count);
  },
);

Given(
  '{tcpTunable} is {tunableValue}',
  function (this: SuiteWorld, tunable: TcpTunable, value: number | string) {
    return setTunables(this, { [tunable]: value });
  },
);

stimulus(
  '{task} has set the stream option {tcpOption} to {optionValue}',
  '{task} sets the stream option {tcpOption} to {optionValue}',
  async (world: SuiteWorld, task: string, option: TcpOption, value: number | string) => {
    const socket = streamOf(world, task);
    const outcome = await world.port('tcp').setOption({ socket, option, value });
    await collect(world);
    return outcome;
  },
);

Then(
  'the stream option {tcpOption} of {task} is {optionValue}',
  async function (this: SuiteWorld, option: TcpOption, task: string, value: number | string) {
    const socket = streamOf(this, task);
    const got = succeeded(await this.port('tcp').getOption({ socket, option }));
    assert.equal(got.value, value);
  },
);

Then(
  'the signals of {task} are {tcpSignals}',
  async function (this: SuiteWorld, task: string, signals: readonly string[]): Promise<OrSkipped> {
    const raised = await this.port('tcp').signals({ task });
    if ('errno' in raised && raised.errno === 'EOPNOTSUPP') return notHad(this, 'signals');
    assert.deepEqual(succeeded(raised).signals, signals);
    return undefined;
  },
);
