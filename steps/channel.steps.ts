/** Steps on channels of every type between two hosts of the lab, and on what arrives over them. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { gather, labOf } from './lab-scene.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

type ChannelType = 'stream' | 'datagram' | 'raw';

interface Channel {
  readonly type: ChannelType;
  /** Handles at both ends. */
  readonly sender: string;
  readonly receiver: string;
  readonly to: { readonly address: string; readonly port: number };
}

interface ChannelNotes {
  channel: Channel | undefined;
  /** What was sent, message by message, and what was received, call by call. */
  readonly sent: string[];
  readonly received: string[];
}

const channelNotes = notes<ChannelNotes>(() => ({
  channel: undefined,
  sent: [],
  received: [],
}));

const PORT = 2000;

/** A protocol of IP that nobody has. */
const UNASSIGNED = 253;
const IP_HEADER_DIGITS = 40;

function channelOf(world: SuiteWorld): Channel {
  return channelNotes(world).channel ?? assert.fail('the scenario has no channel');
}

interface Ends {
  readonly sender: string;
  readonly from: string;
  readonly receiver: string;
  readonly at: string;
}

type Open = (world: SuiteWorld, ends: Ends) => Promise<Channel>;

const OPEN: Readonly<Record<ChannelType, Open>> = {
  async stream(world, { sender, receiver, at }) {
    const to = { address: at, port: PORT };
    const [client, server] = [world.port('tcp', sender), world.port('tcp', receiver)];
    const listening = prepared(await server.open({})).socket;
    prepared(await server.bind({ socket: listening, to }));
    prepared(await server.listen({ socket: listening, backlog: 1 }));
    const { socket } = prepared(await client.open({}));
    await client.connect({ socket, task: sender, to });
    await rest(world);
    const accept = { socket: listening, task: receiver, dontWait: true };
    const accepted = prepared(await server.accept(accept));
    await rest(world);
    return { type: 'stream', sender: socket, receiver: accepted.socket, to };
  },
  async datagram(world, { sender, from, receiver, at }) {
    const to = { address: at, port: PORT };
    const [there, here] = [world.port('udp', receiver), world.port('udp', sender)];
    const target = prepared(await there.open({})).socket;
    prepared(await there.bind({ socket: target, to }));
    const { socket } = prepared(await here.open({}));
    prepared(await here.bind({ socket, to: { address: from, port: PORT } }));
    return { type: 'datagram', sender: socket, receiver: target, to };
  },
  async raw(world, { sender, receiver, at }) {
    const protocol = { protocol: UNASSIGNED };
    const target = prepared(await world.port('raw-ip', receiver).open(protocol)).socket;
    const { socket } = prepared(await world.port('raw-ip', sender).open(protocol));
    return { type: 'raw', sender: socket, receiver: target, to: { address: at, port: 0 } };
  },
};

const QUIET_NS = 150_000_000_000;

async function rest(world: SuiteWorld): Promise<void> {
  await labOf(world).run({ quietNs: QUIET_NS });
}

const portOf = (world: SuiteWorld, { type }: Channel, task: string) =>
  type === 'raw' ? world.port('raw-ip', task) : world.port('udp', task);

interface Sending {
  readonly octets: string;
  readonly outOfBand?: boolean;
}

function send(world: SuiteWorld, task: string, message: Sending): Promise<AnyOutcome> {
  const channel = channelOf(world);
  const call = { socket: channel.sender, task, dontWait: true, ...message };
  if (channel.type === 'stream') return world.port('tcp', task).send(call);
  return portOf(world, channel, task).send({ ...call, to: channel.to });
}

const SIZE = 65_535;

function receive(world: SuiteWorld, task: string) {
  const channel = channelOf(world);
  const call = { socket: channel.receiver, task, size: SIZE, dontWait: true };
  if (channel.type === 'stream') return world.port('tcp', task).receive(call);
  return portOf(world, channel, task).receive(call);
}

/** Reads until nothing is left. @returns octets, call by call, without an IP header. */
async function receiveAll(world: SuiteWorld, task: string): Promise<readonly string[]> {
  const { type } = channelOf(world);
  const all: string[] = [];
  for (let got = await receive(world, task); 'ok' in got; got = await receive(world, task)) {
    all.push(type === 'raw' ? got.ok.octets.slice(IP_HEADER_DIGITS) : got.ok.octets);
  }
  return all;
}

Given(
  /^a (stream|datagram|raw) channel from ([a-z]+) at ([\d.]+) to ([a-z]+) at ([\d.]+)$/,
  async function (
    this: SuiteWorld,
    type: ChannelType,
    sender: string,
    from: string,
    receiver: string,
    at: string,
  ) {
    const noted = channelNotes(this);
    noted.channel = await OPEN[type](this, { sender, from, receiver, at });
    // From this one on the hosts know each other.
    prepared(await send(this, sender, { octets: '00' }));
    await gather(this, sender);
    await rest(this);
    const first = await receiveAll(this, receiver);
    if (first.join() !== '00') throw new Inconclusive('the first message does not arrive');
  },
);

/** No two are alike: the first octet is the number of the message. */
const messageOf = (number: number, length: number): string =>
  number.toString(16).padStart(2, '0').repeat(length);

stimulus(
  '{task} has sent {int} messages of {int} octets over the channel',
  '{task} sends {int} messages of {int} octets over the channel',
  async (world: SuiteWorld, task: string, count: number, length: number) => {
    const { sent } = channelNotes(world);
    for (let number = 1; number <= count; number++) {
      const octets = messageOf(number, length);
      sent.push(octets);
      succeeded(await send(world, task, { octets }));
    }
    await gather(world, task);
    return { ok: {} };
  },
);

When(
  '{task} sends {octets} out of band over the channel',
  async function (this: SuiteWorld, task: string, octets: string) {
    this.record(await send(this, task, { octets, outOfBand: true }));
    await gather(this, task);
  },
);

When(
  '{task} sends {octets} over a stream socket that is not connected',
  async function (this: SuiteWorld, task: string, octets: string) {
    const port = this.port('tcp', task);
    const { socket } = prepared(await port.open({}));
    this.record(await port.send({ socket, task, octets, dontWait: true }));
  },
);

Then('it is refused for want of a connection', function (this: SuiteWorld) {
  const { last } = this;
  const errno = 'errno' in last ? last.errno : 'none';
  assert.ok(['ENOTCONN', 'EPIPE'].includes(errno), `the errno is ${errno}`);
});

// What arrives

/** All octets that the receiver has got so far. */
async function received(world: SuiteWorld, task: string): Promise<readonly string[]> {
  const noted = channelNotes(world);
  noted.received.push(...(await receiveAll(world, task)));
  return noted.received;
}

/** The same, as messages: octets of a stream are cut where messages were. */
async function messages(world: SuiteWorld, task: string): Promise<readonly string[]> {
  const { sent } = channelNotes(world);
  const got = await received(world, task);
  if (channelOf(world).type !== 'stream') return got;
  const digits = sent[0]?.length ?? 2;
  return got.join('').match(new RegExp(`.{1,${digits}}`, 'g')) ?? [];
}

Then(
  /^([a-z]+) gets (all|not all) of them$/,
  async function (this: SuiteWorld, task: string, how: string) {
    const { sent } = channelNotes(this);
    const got = new Set(await messages(this, task));
    for (const message of got)
      assert.ok(sent.includes(message), 'something arrives that nobody sent');
    if (how === 'all') assert.equal(got.size, sent.length);
    else assert.ok(got.size > 0 && got.size < sent.length, `${got.size} arrive`);
  },
);

Then(
  /^([a-z]+) gets (none|some) of them twice$/,
  async function (this: SuiteWorld, task: string, how: string) {
    const got = await messages(this, task);
    const again = got.length - new Set(got).size;
    if (how === 'none') assert.equal(again, 0);
    else assert.ok(again > 0, 'each comes once');
  },
);

Then(
  /^([a-z]+) gets them in (the order|another order than that) in which they were sent$/,
  async function (this: SuiteWorld, task: string, how: string) {
    const got = await messages(this, task);
    const inOrder = got.toSorted();
    if (how === 'the order') assert.deepEqual(got, inOrder);
    else assert.notDeepEqual(got, inOrder);
  },
);

Then('{task} sees the boundaries between them', async function (this: SuiteWorld, task: string) {
  const { sent } = channelNotes(this);
  for (const message of await received(this, task)) assert.ok(sent.includes(message));
});

Then('{task} sees no boundaries between them', async function (this: SuiteWorld, task: string) {
  const { sent } = channelNotes(this);
  const calls = (await received(this, task)).length;
  assert.ok(calls < sent.length, `${calls} calls give ${sent.length} messages`);
});

Then(
  '{task} gets {octets} out of band, and the {int} messages afterwards',
  async function (this: SuiteWorld, task: string, octets: string, count: number) {
    const { receiver: socket } = channelOf(this);
    const port = this.port('tcp', task);
    const urgent = await port.receive({ socket, task, size: 1, outOfBand: true });
    assert.deepEqual(succeeded(urgent), { octets });
    const { sent } = channelNotes(this);
    assert.equal(sent.length, count);
    assert.equal((await received(this, task)).join(''), sent.join(''));
  },
);
