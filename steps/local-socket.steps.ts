/** Steps on local sockets: names and connections. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { bytesOf, type UnixOption, type UnixSocketType } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import {
  haveSocket,
  localAccept,
  localConnect,
  localPort,
  localSocket,
  openLocal,
} from './local-scene.ts';
import type { LocalName } from './parameter-types-local.ts';
import { valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, notes, prepared, succeeded, type SuiteWorld } from './world.ts';

Given(
  '{task} has a local {localType} socket',
  function (this: SuiteWorld, task: string, type: UnixSocketType) {
    return openLocal(this, task, type);
  },
);

Given(
  '{task} has a local {localType} socket named {localName}',
  function (this: SuiteWorld, task: string, type: UnixSocketType, name: LocalName) {
    return openLocal(this, task, type, name);
  },
);

Given(
  '{task} and {task} have a pair of local {localType} sockets',
  async function (this: SuiteWorld, first: string, second: string, type: UnixSocketType) {
    const pair = prepared(await localPort(this).pair({ type, task: first }));
    haveSocket(this, first, pair.first);
    haveSocket(this, second, pair.second);
  },
);

/** A listener, a program connected to it, and the program that has the other end. */
Given(
  '{task} has a local {localType} connection to {task}',
  async function (this: SuiteWorld, client: string, type: UnixSocketType, server: string) {
    await openLocal(this, 'listener', type, { path: 'door' });
    const socket = await localSocket(this, 'listener');
    prepared(await localPort(this).listen({ socket, task: 'listener', backlog: 5 }));
    await openLocal(this, client, type);
    prepared(await localConnect(this, client, { path: 'door' }));
    prepared(await localAccept(this, 'listener', server));
    await localSocket(this, server);
  },
);

When('a local {localType} socket is made', async function (this: SuiteWorld, type: UnixSocketType) {
  this.record(await localPort(this).open({ type }));
});

When(
  'a pair of local {localType} sockets is made',
  async function (this: SuiteWorld, type: UnixSocketType) {
    this.record(await localPort(this).pair({ type, task: 'maker' }));
  },
);

Given('{task} has a local raw socket', async function (this: SuiteWorld, task: string) {
  haveSocket(this, task, prepared(await localPort(this).open({ type: 'SOCK_RAW' })).socket);
});

// Names

stimulus(
  '{task} has bound to {localName}',
  '{task} binds to {localName}',
  async (world: SuiteWorld, task: string, to: LocalName) =>
    localPort(world).bind({ socket: await localSocket(world, task), to }),
);

When(
  '{task} leaves the choice of a local name to the system',
  async function (this: SuiteWorld, task: string) {
    this.record(await localPort(this).bind({ socket: await localSocket(this, task), to: null }));
  },
);

async function nameOf(world: SuiteWorld, task: string): Promise<LocalName | null> {
  return succeeded(await localPort(world).name({ socket: await localSocket(world, task) })).name;
}

Then(
  'the local socket of {task} is named {localName}',
  async function (this: SuiteWorld, task: string, name: LocalName) {
    assert.deepEqual(await nameOf(this, task), name);
  },
);

Then('the local socket of {task} has no name', async function (this: SuiteWorld, task: string) {
  assert.equal(await nameOf(this, task), null);
});

Then(
  'the local name of {task} is five hexadecimal digits, and is no file',
  async function (this: SuiteWorld, task: string) {
    const name = await nameOf(this, task);
    assert.ok(name !== null && 'abstract' in name, `its name is ${JSON.stringify(name)}`);
    assert.match(Buffer.from(bytesOf(name.abstract)).toString('latin1'), /^[0-9a-f]{5}$/);
  },
);

Then(
  'the local names of {task} and {task} are different',
  async function (this: SuiteWorld, first: string, second: string) {
    const names = [await nameOf(this, first), await nameOf(this, second)];
    assert.ok(!names.includes(null), 'one of them has no name');
    assert.notDeepEqual(names[0], names[1]);
  },
);

async function peerNameOf(world: SuiteWorld, task: string): Promise<LocalName | null> {
  return succeeded(await localPort(world).peer({ socket: await localSocket(world, task) })).name;
}

Then(
  'the local peer of {task} is named {localName}',
  async function (this: SuiteWorld, task: string, name: LocalName) {
    assert.deepEqual(await peerNameOf(this, task), name);
  },
);

Then('the local peer of {task} has no name', async function (this: SuiteWorld, task: string) {
  assert.equal(await peerNameOf(this, task), null);
});

When('{task} asks for the local peer', async function (this: SuiteWorld, task: string) {
  this.record(await localPort(this).peer({ socket: await localSocket(this, task) }));
});

// Files

const fileOf = (name: LocalName): string =>
  'path' in name ? name.path : assert.fail('it is no file');

Given(
  '{localName} is a file that is no socket',
  async function (this: SuiteWorld, name: LocalName) {
    prepared(await localPort(this).makeFile({ path: fileOf(name) }));
  },
);

stimulus(
  '{localName} was removed',
  '{localName} is removed',
  (world: SuiteWorld, name: LocalName) => localPort(world).unlink({ path: fileOf(name) }),
);

Given(
  '{localName} was renamed to {localName}',
  async function (this: SuiteWorld, from: LocalName, to: LocalName) {
    prepared(await localPort(this).rename({ from: fileOf(from), to: fileOf(to) }));
  },
);

// Connections

stimulus(
  '{task} has listened locally with a backlog of {int}',
  '{task} listens locally with a backlog of {int}',
  async (world: SuiteWorld, task: string, backlog: number) =>
    localPort(world).listen({ socket: await localSocket(world, task), task, backlog }),
);

stimulus(
  '{task} has connected to {localName}',
  '{task} connects to {localName}',
  (world: SuiteWorld, task: string, to: LocalName) => localConnect(world, task, to),
);

Given('{task} has dissolved the local connection', async function (this: SuiteWorld, task: string) {
  prepared(await localConnect(this, task, null));
});

Given(
  '{task} sleeps connecting to {localName}',
  async function (this: SuiteWorld, task: string, to: LocalName) {
    const outcome = await localConnect(this, task, to);
    if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
  },
);

stimulus(
  '{task} has accepted a connection for {task}',
  '{task} accepts a connection for {task}',
  (world: SuiteWorld, task: string, owner: string) => localAccept(world, task, owner),
);

When(
  '{task} accepts a connection for {task} without waiting',
  async function (this: SuiteWorld, task: string, owner: string) {
    await localAccept(this, task, owner, true);
  },
);

Then(
  '{task} is told that it is from {localName}',
  async function (this: SuiteWorld, task: string, name: LocalName) {
    assert.deepEqual((await valueOf(this, task))['from'], name);
  },
);

Then('{task} is told of no name', async function (this: SuiteWorld, task: string) {
  assert.equal((await valueOf(this, task))['from'], null);
});

Given(
  '{task} sleeps accepting a connection for {task}',
  async function (this: SuiteWorld, task: string, owner: string) {
    const outcome = await localAccept(this, task, owner);
    if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
  },
);

stimulus(
  '{task} has closed the local socket',
  '{task} closes the local socket',
  async (world: SuiteWorld, task: string) =>
    localPort(world).close({ socket: await localSocket(world, task) }),
);

stimulus(
  '{task} has made a local {direction}',
  '{task} makes a local {direction}',
  async (world: SuiteWorld, task: string, how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR') =>
    localPort(world).shutdown({ socket: await localSocket(world, task), how }),
);

interface Crowd {
  connected: number;
  readonly refused: string[];
}

const crowds = notes<Crowd>(() => ({ connected: 0, refused: [] }));

/** Programs that have nothing else to do in the scenario. */
async function crowdConnects(world: SuiteWorld, count: number, to: LocalName): Promise<void> {
  const crowd = crowds(world);
  for (let member = 1; member <= count; member++) {
    const { socket } = prepared(await localPort(world).open({ type: 'SOCK_STREAM' }));
    const call = { socket, task: `member-${member}`, to, nonblock: true };
    const outcome = await localPort(world).connect(call);
    if ('ok' in outcome) crowd.connected++;
    else crowd.refused.push('errno' in outcome ? outcome.errno : described(outcome));
  }
}

Given(
  '{int} program(s) has/have connected to {localName}',
  async function (this: SuiteWorld, count: number, to: LocalName) {
    await crowdConnects(this, count, to);
    const { connected, refused } = crowds(this);
    if (connected < count) throw new Inconclusive(`some are refused: ${refused.join(', ')}`);
  },
);

When(
  '{int} programs connect to {localName} without waiting',
  async function (this: SuiteWorld, count: number, to: LocalName) {
    await crowdConnects(this, count, to);
  },
);

Then(
  '{int} of the programs are connected, and the others fail with {errno}',
  function (this: SuiteWorld, connected: number, errno: string) {
    const crowd = crowds(this);
    assert.equal(crowd.connected, connected, 'how many are connected');
    assert.deepEqual(
      crowd.refused,
      crowd.refused.map(() => errno),
    );
  },
);

// Options

Given(
  '{task} has set {socketOption} to {int} locally',
  async function (this: SuiteWorld, task: string, option: string, value: number) {
    const socket = await localSocket(this, task);
    prepared(await localPort(this).setOption({ socket, option: option as UnixOption, value }));
  },
);

async function optionOf(world: SuiteWorld, task: string, option: string) {
  const socket = await localSocket(world, task);
  return localPort(world).getOption({ socket, option: option as UnixOption });
}

Then(
  '{socketOption} of the local socket of {task} is {optionValue}',
  async function (this: SuiteWorld, option: string, task: string, value: number | string) {
    assert.equal(succeeded(await optionOf(this, task, option)).value, value);
  },
);

Then(
  'the local peer of {task} belongs to {task}',
  async function (this: SuiteWorld, task: string, owner: string) {
    assert.equal(succeeded(await optionOf(this, task, 'SO_PEERCRED')).value, owner);
  },
);
