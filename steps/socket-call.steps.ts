/** Steps on sockets as descriptors, made and used by system calls with numbers. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, socketCall, SocketCall, TcpOption, ValueOf } from '../contract/index.ts';
import { filling } from '../harness/packets/index.ts';
import { collect } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { notHad } from './tcp-tunable.ts';
import { peerOf, talkTo } from './tcp-scene.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Methods = (typeof socketCall)['methods'];
type Args = Omit<ArgsOf<Methods['call']>, 'task' | 'number' | 'code'>;
type Numbers = ValueOf<Methods['numbers']>['calls'];

const callNotes = notes(() => ({ numbers: undefined as Numbers | undefined }));

async function numbers(world: SuiteWorld): Promise<Numbers> {
  const noted = callNotes(world);
  noted.numbers ??= prepared(await world.port('socket-call').numbers({})).calls;
  return noted.numbers;
}

/** A call that a system may have under another name only. */
const INSTEAD: Partial<Record<SocketCall, SocketCall>> = { send: 'sendto', recv: 'recvfrom' };

async function numberOf(world: SuiteWorld, call: SocketCall) {
  const all = await numbers(world);
  const entry =
    all.find((one) => one.call === call) ?? all.find((one) => one.call === INSTEAD[call]);
  assert.ok(entry !== undefined, `the system has no number for ${call}`);
  return { number: entry.number, ...(entry.code !== null && { code: entry.code }) };
}

/** Makes a system call for a task. */
async function make(world: SuiteWorld, task: string, call: SocketCall, args: Args) {
  interruptedThrough(world, 'descriptor');
  const number = await numberOf(world, call);
  const outcome = await world.port('socket-call').call({ task, ...number, ...args });
  keepCall(world, task, outcome);
  await collect(world);
  return outcome;
}

// Making and naming

const STREAM = { domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 0 } as const;

stimulus(
  '{task} has made a socket by its number',
  '{task} makes a socket by its number',
  (world: SuiteWorld, task: string) => make(world, task, 'socket', STREAM),
);

When(
  '{task} makes a socket of {word}, {word}, {int} by its number',
  async function (
    this: SuiteWorld,
    task: string,
    domain: 'AF_INET' | 'AF_UNKNOWN',
    type: 'SOCK_STREAM' | 'SOCK_SEQPACKET',
    protocol: number,
  ) {
    await make(this, task, 'socket', { domain, type, protocol });
  },
);

Given(
  '{task} has bound descriptor {int} to {endpoint}',
  async function (this: SuiteWorld, task: string, fd: number, to: Endpoint) {
    talkTo(this, to);
    prepared(await make(this, task, 'bind', { fd, to }));
  },
);

When(
  '{task} listens at descriptor {int} with a backlog of {int}',
  async function (this: SuiteWorld, task: string, fd: number, backlog: number) {
    await make(this, task, 'listen', { fd, backlog });
  },
);

stimulus(
  '{task} has accepted from descriptor {int}',
  '{task} accepts from descriptor {int}',
  (world: SuiteWorld, task: string, fd: number) => make(world, task, 'accept', { fd }),
);

When(
  '{task} connects descriptor {int} to {endpoint}',
  async function (this: SuiteWorld, task: string, fd: number, to: Endpoint) {
    peerOf(this, 1).at = to;
    peerOf(this, 1).host = undefined;
    await make(this, task, 'connect', { fd, to });
  },
);

/** A socket in descriptor 0 that listens, and a connection that the peer has made in descriptor 1. */
Given(
  '{task} listens at {endpoint} by descriptor {int}',
  async function (this: SuiteWorld, task: string, to: Endpoint, fd: number) {
    const made = prepared(await make(this, task, 'socket', STREAM));
    assert.equal(made.value, fd, 'the descriptor that the scenario says');
    talkTo(this, to);
    prepared(await make(this, task, 'bind', { fd, to }));
    prepared(await make(this, task, 'listen', { fd, backlog: 5 }));
  },
);

// What the calls give

async function answerOf(world: SuiteWorld, task: string): Promise<ValueOf<Methods['call']>> {
  return (await valueOf(world, task)) as unknown as ValueOf<Methods['call']>;
}

Then(
  'the system call of {task} returns {int}',
  async function (this: SuiteWorld, task: string, value: number) {
    assert.equal((await answerOf(this, task)).value, value);
  },
);

Then(
  'the system call of {task} tells {endpoint}',
  async function (this: SuiteWorld, task: string, address: Endpoint) {
    assert.deepEqual((await answerOf(this, task)).address, address);
  },
);

Then(
  'the system call of {task} tells where {peer} is',
  async function (this: SuiteWorld, task: string, peer: number) {
    assert.deepEqual((await answerOf(this, task)).address, peerOf(this, peer).at);
  },
);

// Data

Given('{peer} is given other octets', function (this: SuiteWorld, number: number) {
  peerOf(this, number).plain = false;
});

Given(
  'the system has {socketCall} under a number',
  async function (this: SuiteWorld, call: SocketCall) {
    const has = (await numbers(this)).some((one) => one.call === call);
    return has ? undefined : notHad(this, call);
  },
);

When(
  '{task} calls {socketCall} with {int} octets on descriptor {int} by its number',
  async function (this: SuiteWorld, task: string, call: SocketCall, length: number, fd: number) {
    await make(this, task, call, { fd, octets: filling(length, 0) });
  },
);

When(
  '{task} calls {socketCall} for up to {int} octets on descriptor {int} by its number',
  async function (this: SuiteWorld, task: string, call: SocketCall, size: number, fd: number) {
    await make(this, task, call, { fd, size });
  },
);

stimulus(
  '{task} has called {socketCall} on descriptor {int} by its number',
  '{task} calls {socketCall} on descriptor {int} by its number',
  (world: SuiteWorld, task: string, call: SocketCall, fd: number) =>
    make(world, task, call, {
      fd,
      how: 'SHUT_WR',
      backlog: 1,
      to: { address: '10.0.0.2', port: 80 },
    }),
);

Then(
  '{task} has the first {int} octets of the stream',
  async function (this: SuiteWorld, task: string, length: number) {
    const { octets } = (await valueOf(this, task)) as { octets?: string };
    assert.equal(octets, filling(length, 0));
  },
);

Given(
  '{task} has set {tcpOption} of descriptor {int} to {int} by its number',
  async function (
    this: SuiteWorld,
    task: string,
    option: TcpOption,
    fd: number,
    optionValue: number,
  ) {
    prepared(await make(this, task, 'setsockopt', { fd, option, optionValue }));
  },
);

Then(
  '{tcpOption} of descriptor {int} of {task} is {int} by its number',
  async function (this: SuiteWorld, option: TcpOption, fd: number, task: string, value: number) {
    const got = succeeded(await make(this, task, 'getsockopt', { fd, option }));
    assert.equal(got.optionValue, value);
  },
);

/** Beyond the numbers that any system here has. */
const NO_SUCH_CALL = 30_000;

When(
  '{task} makes a system call that there is not',
  async function (this: SuiteWorld, task: string) {
    const call = { task, number: NO_SUCH_CALL };
    keepCall(this, task, await this.port('socket-call').call(call));
  },
);

Then('no two calls on sockets have the same number', async function (this: SuiteWorld) {
  const all = (await numbers(this)).map(({ number, code }) => `${number}/${code}`);
  assert.equal(new Set(all).size, all.length);
});

/** Without these a program can make no use of a stream. */
const NEEDED: readonly SocketCall[] = [
  'socket',
  'bind',
  'listen',
  'accept',
  'connect',
  'sendto',
  'recvfrom',
  'sendmsg',
  'recvmsg',
  'getsockopt',
  'setsockopt',
  'shutdown',
  'close',
];

Then('each call that a program needs for sockets has a number', async function (this: SuiteWorld) {
  const had = (await numbers(this)).map(({ call }) => call);
  const missing = NEEDED.filter((call) => !had.includes(call));
  assert.deepEqual(missing, []);
});
