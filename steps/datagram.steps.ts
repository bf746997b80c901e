/** Steps on sockets of datagrams. Each program has one socket, and is called as the program. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { SocketOption } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { collect } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { callOf, interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import {
  described,
  notes,
  prepared,
  succeeded,
  type AnyOutcome,
  type SuiteWorld,
} from './world.ts';

interface DatagramNotes {
  /** Handles by program. */
  readonly sockets: Map<string, string>;
  port: 'udp' | 'raw-ip';
}

const datagramNotes = notes<DatagramNotes>(() => ({ sockets: new Map(), port: 'udp' }));

/** The port that a program's socket is of. */
export const portOf = (world: SuiteWorld, task: string) =>
  world.port(datagramNotes(world).port, task);

/** The socket of a program. */
export function socketOf(world: SuiteWorld, task: string): string {
  return datagramNotes(world).sockets.get(task) ?? assert.fail(`${task} has no socket`);
}

/** That of a program that may have none. */
export const datagramSocketOf = (world: SuiteWorld, task: string): string | undefined =>
  datagramNotes(world).sockets.get(task);

async function openUdp(world: SuiteWorld, task: string): Promise<string> {
  const { socket } = prepared(await world.port('udp', task).open({}));
  interruptedThrough(world, 'udp');
  datagramNotes(world).sockets.set(task, socket);
  return socket;
}

/** Opens a raw socket, and keeps it where one was made. */
export async function openRaw(
  world: SuiteWorld,
  task: string,
  socket: { protocol: number; privileged?: boolean },
) {
  const outcome = await world.port('raw-ip', task).open(socket);
  const noted = datagramNotes(world);
  noted.port = 'raw-ip';
  interruptedThrough(world, 'raw-ip');
  if ('ok' in outcome) noted.sockets.set(task, outcome.ok.socket);
  return outcome;
}

Given('{task} has a UDP socket', async function (this: SuiteWorld, task: string) {
  await openUdp(this, task);
});

Given(
  '{task} has a UDP socket at {endpoint}',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    const socket = await openUdp(this, task);
    prepared(await this.port('udp', task).bind({ socket, to }));
  },
);

stimulus(
  '{task} has bound to {endpoint}',
  '{task} binds to {endpoint}',
  async (world: SuiteWorld, task: string, to: Endpoint) =>
    portOf(world, task).bind({ socket: socketOf(world, task), to }),
);

When(
  '{task} binds to {endpoint} without privilege',
  async function (this: SuiteWorld, task: string, to: Endpoint) {
    const socket = socketOf(this, task);
    this.record(await portOf(this, task).bind({ socket, to, privileged: false }));
  },
);

stimulus(
  '{task} has connected to {endpoint}',
  '{task} connects to {endpoint}',
  async (world: SuiteWorld, task: string, to: Endpoint) =>
    portOf(world, task).connect({ socket: socketOf(world, task), to }),
);

stimulus(
  '{task} has dissolved the connection',
  '{task} dissolves the connection',
  async (world: SuiteWorld, task: string) =>
    portOf(world, task).connect({ socket: socketOf(world, task), to: null }),
);

stimulus(
  '{task} has closed the socket',
  '{task} closes the socket',
  async (world: SuiteWorld, task: string) =>
    portOf(world, task).close({ socket: socketOf(world, task) }),
);

// Sending

/** Sends, and keeps what the call comes to. */
export const send = async (
  world: SuiteWorld,
  task: string,
  message: { octets: string; to?: Endpoint; more?: boolean },
) => {
  const socket = socketOf(world, task);
  const [outcome] = await Promise.all([
    portOf(world, task).send({ socket, task, ...message }),
    collect(world, task),
  ]);
  return keepCall(world, task, outcome);
};

/** Sends one behind the other; whom they go to is known to the host from the first one on. */
export const sendAll = async (
  world: SuiteWorld,
  task: string,
  [first, ...rest]: readonly { octets: string; to: Endpoint }[],
): Promise<AnyOutcome[]> => {
  if (first === undefined) return [];
  const begun = await send(world, task, first);
  const socket = socketOf(world, task);
  const port = portOf(world, task);
  const calls = rest.map((message) => port.send({ socket, task, ...message }));
  const [outcomes] = await Promise.all([Promise.all(calls), collect(world, task)]);
  return [begun, ...outcomes.map((outcome) => keepCall(world, task, outcome))];
};

stimulus(
  '{task} has sent {octets} to {endpoint}',
  '{task} sends {octets} to {endpoint}',
  (world: SuiteWorld, task: string, octets: string, to: Endpoint) =>
    send(world, task, { octets, to }),
);

stimulus(
  '{task} has sent {octets}',
  '{task} sends {octets}',
  (world: SuiteWorld, task: string, octets: string) => send(world, task, { octets }),
);

stimulus(
  '{task} has sent {octets} to {endpoint} with more to come',
  '{task} sends {octets} to {endpoint} with more to come',
  (world: SuiteWorld, task: string, octets: string, to: Endpoint) =>
    send(world, task, { octets, to, more: true }),
);

stimulus(
  '{task} has sent {octets} with more to come',
  '{task} sends {octets} with more to come',
  (world: SuiteWorld, task: string, octets: string) => send(world, task, { octets, more: true }),
);

Then('all {int} octets were taken', function (this: SuiteWorld, length: number) {
  const outcome = this.last;
  assert.deepEqual(outcome, { ok: { length } }, `the call ${described(outcome)}`);
});

// Receiving

stimulus(
  '{task} has received a datagram',
  '{task} receives a datagram',
  async (world: SuiteWorld, task: string) => receive(world, task, { size: LARGEST }),
);

When(
  '{task} receives at most {int} octet(s) of a datagram',
  async function (this: SuiteWorld, task: string, size: number) {
    await receive(this, task, { size });
  },
);

Given('{task} sleeps receiving a datagram', async function (this: SuiteWorld, task: string) {
  const outcome = await receive(this, task, { size: LARGEST });
  if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
});

When('{task} receives a datagram without waiting', async function (this: SuiteWorld, task: string) {
  await receive(this, task, { size: LARGEST, dontWait: true });
});

stimulus(
  '{task} has looked at the next datagram',
  '{task} looks at the next datagram',
  async (world: SuiteWorld, task: string) => receive(world, task, { size: LARGEST, peek: true }),
);

const LARGEST = 65_535;

/** Receives, and keeps what the call comes to. */
export async function receive(
  world: SuiteWorld,
  task: string,
  how: { size: number; peek?: boolean; dontWait?: boolean },
) {
  const socket = socketOf(world, task);
  return keepCall(world, task, await portOf(world, task).receive({ socket, task, ...how }));
}

Then(
  '{task} gets {octets} from {endpoint}',
  async function (this: SuiteWorld, task: string, octets: string, from: Endpoint) {
    assert.deepEqual(await valueOf(this, task), { octets, truncated: false, from });
  },
);

Then(
  '{task} gets {octets} from {endpoint}, and the rest is lost',
  async function (this: SuiteWorld, task: string, octets: string, from: Endpoint) {
    assert.deepEqual(await valueOf(this, task), { octets, truncated: true, from });
  },
);

Then(
  '{task} gets {octets} from {task}',
  async function (this: SuiteWorld, task: string, octets: string, sender: string) {
    const from = succeeded(await portOf(this, sender).name({ socket: socketOf(this, sender) }));
    const got = await valueOf(this, task);
    assert.equal(got['octets'], octets);
    assert.equal((got['from'] as Endpoint).port, from.port);
  },
);

Then('{task} gets nothing', async function (this: SuiteWorld, task: string) {
  assert.deepEqual(await callOf(this, task), { errno: 'EAGAIN' });
});

export async function occupancyOf(world: SuiteWorld, task: string) {
  return succeeded(await portOf(world, task).occupancy({ socket: socketOf(world, task) }));
}

Then(
  '{int} datagram(s) wait(s) for {task}',
  async function (this: SuiteWorld, count: number, task: string) {
    assert.equal((await occupancyOf(this, task)).datagrams, count);
  },
);

Then(
  '{socketOption} of {task} and of {task} are the same',
  async function (this: SuiteWorld, option: SocketOption, first: string, second: string) {
    const values = await Promise.all(
      [first, second].map(async (task) =>
        succeeded(await portOf(this, task).getOption({ socket: socketOf(this, task), option })),
      ),
    );
    assert.deepEqual(values[0], values[1]);
  },
);

// Names and options

Then(
  'the socket of {task} has the address {endpoint}',
  async function (this: SuiteWorld, task: string, name: Endpoint) {
    assert.deepEqual(
      succeeded(await portOf(this, task).name({ socket: socketOf(this, task) })),
      name,
    );
  },
);

Then(
  'the peer of {task} is {endpoint}',
  async function (this: SuiteWorld, task: string, name: Endpoint) {
    assert.deepEqual(
      succeeded(await portOf(this, task).peer({ socket: socketOf(this, task) })),
      name,
    );
  },
);

When('{task} asks for its peer', async function (this: SuiteWorld, task: string) {
  this.record(await portOf(this, task).peer({ socket: socketOf(this, task) }));
});

stimulus(
  '{task} has set {socketOption} to {optionValue}',
  '{task} sets {socketOption} to {optionValue}',
  async (world: SuiteWorld, task: string, option: SocketOption, value: number | string) =>
    portOf(world, task).setOption({ socket: socketOf(world, task), option, value }),
);

When(
  '{task} sets {socketOption} to {optionValue} without privilege',
  async function (this: SuiteWorld, task: string, option: SocketOption, value: number | string) {
    const socket = socketOf(this, task);
    this.record(await portOf(this, task).setOption({ socket, option, value, privileged: false }));
  },
);

When(
  '{task} asks for {socketOption}',
  async function (this: SuiteWorld, task: string, option: SocketOption) {
    this.record(await portOf(this, task).getOption({ socket: socketOf(this, task), option }));
  },
);

Then(
  '{socketOption} of {task} is {optionValue}',
  async function (this: SuiteWorld, option: SocketOption, task: string, value: number | string) {
    const socket = socketOf(this, task);
    assert.equal(succeeded(await portOf(this, task).getOption({ socket, option })).value, value);
  },
);

// Ports that the system chose

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** The ports of each profile for who has not asked for one. */
const LOCAL_RANGE: Readonly<Record<string, PortRange>> = {
  notes: { first: 32_768, last: 61_000 },
  'linux-2.6.11': { first: 32_768, last: 61_000 },
  'linux-6': { first: 32_768, last: 60_999 },
  'bsd-4.4': { first: 1024, last: 5000 },
};

function assertLocal({ profile }: SuiteWorld, port: number): void {
  const { first, last } = LOCAL_RANGE[profile] ?? assert.fail(`no local range for ${profile}`);
  assert.ok(first <= port && port <= last, `port ${port} is not from ${first} to ${last}`);
}

Then(
  'the socket of {task} is at {ipv4}, on a port of the local range',
  async function (this: SuiteWorld, task: string, address: string) {
    const name = succeeded(await portOf(this, task).name({ socket: socketOf(this, task) }));
    assert.equal(name.address, address);
    assertLocal(this, name.port);
  },
);

Then(
  'the socket of {task} is on a port of the local range',
  async function (this: SuiteWorld, task: string) {
    assertLocal(
      this,
      succeeded(await portOf(this, task).name({ socket: socketOf(this, task) })).port,
    );
  },
);

const chosen = notes(() => ({ ports: [] as number[] }));

When(
  '{int} sockets connect to {endpoint}',
  async function (this: SuiteWorld, count: number, to: Endpoint) {
    const { ports } = chosen(this);
    for (let opened = 0; opened < count; opened++) {
      const { socket } = prepared(await this.port('udp').open({}));
      succeeded(await this.port('udp').connect({ socket, to }));
      ports.push(prepared(await this.port('udp').name({ socket })).port);
    }
  },
);

Then('their ports are all different and of the local range', function (this: SuiteWorld) {
  const { ports } = chosen(this);
  assert.equal(new Set(ports).size, ports.length, `some are alike: ${ports.join(', ')}`);
  for (const port of ports) assertLocal(this, port);
});

/** Of random ports a few may be neighbours; of counted ones nearly all are. */
Then('their ports do not follow one on another', function (this: SuiteWorld) {
  const { ports } = chosen(this);
  const following = ports.filter((port, at) => at > 0 && port === (ports[at - 1] ?? 0) + 1);
  assert.ok(following.length < ports.length / 10, `${following.length} of ${ports.length} follow`);
});

When(
  '{task} answers {octets} to what he/she receives',
  async function (this: SuiteWorld, task: string, octets: string) {
    const got = succeeded(await receive(this, task, { size: LARGEST }));
    const to = got.from ?? assert.fail(`${task} received from nobody`);
    prepared(await send(this, task, { octets, to }));
  },
);

Then(
  'the octets that {task} gets are {octets}',
  async function (this: SuiteWorld, task: string, octets: string) {
    assert.equal((await valueOf(this, task))['octets'], octets);
  },
);
