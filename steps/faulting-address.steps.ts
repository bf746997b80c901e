/** Steps on socket calls with a pointer that leads nowhere. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import type { FaultingOption } from '../contract/index.ts';
import { filling } from '../harness/packets/index.ts';
import { datagramSocketOf } from './datagram.steps.ts';
import { localSocketOf } from './local-scene.ts';
import { collect } from './network-scene.ts';
import type { Pointer } from './parameter-types-network.ts';
import { keepCall, valueOf } from './sleepers.ts';
import { listeningOf, streamOf } from './tcp-sockets.ts';
import { succeeded, type SuiteWorld } from './world.ts';

/** Octets of an address, all of which a call says that there are. */
const ADDRESS = 16;

async function byTask(world: SuiteWorld, task: string) {
  const socket = datagramSocketOf(world, task) ?? (await localSocketOf(world, task));
  return { socket: socket ?? streamOf(world, task), task };
}

const port = (world: SuiteWorld, task: string) => world.port('faulting-address', task);

When(
  '{task} binds with an address at no memory, of {int} octet(s)',
  async function (this: SuiteWorld, task: string, length: number) {
    this.record(await port(this, task).bind({ ...(await byTask(this, task)), length }));
  },
);

When(
  '{task} connects with an address at no memory, of {int} octet(s)',
  async function (this: SuiteWorld, task: string, length: number) {
    this.record(await port(this, task).connect({ ...(await byTask(this, task)), length }));
  },
);

interface Sending {
  readonly octets?: string;
  readonly missing?: number;
  readonly nowhere?: 'octets' | 'address' | 'msg_iov' | 'msghdr';
  readonly more?: boolean;
}

/** What leaves meanwhile is taken off the wire. */
async function send(world: SuiteWorld, task: string, how: Sending): Promise<void> {
  const sending = { octets: '', missing: 0, nowhere: 'octets', ...how } as const;
  const by = await byTask(world, task);
  const [outcome] = await Promise.all([
    port(world, task).send({ ...by, ...sending }),
    collect(world, task),
  ]);
  keepCall(world, task, outcome);
}

When(
  '{task} sends {int} octet(s) where memory ends after {int}',
  async function (this: SuiteWorld, task: string, length: number, there: number) {
    await send(this, task, { octets: filling(there, 0), missing: length - there });
  },
);

When(
  '{task} sends with the {pointer} at no memory',
  async function (this: SuiteWorld, task: string, nowhere: Pointer) {
    const missing = nowhere === 'octets' ? 10 : 0;
    const octets = filling(10 - missing, 0);
    await send(this, task, { octets, missing, nowhere: nowhere as 'address' });
  },
);

interface Receiving {
  readonly size?: number;
  readonly there?: number;
  readonly nowhere?: Pointer;
  readonly peek?: boolean;
  readonly outOfBand?: boolean;
}

async function receive(world: SuiteWorld, task: string, how: Receiving): Promise<void> {
  const reading = { size: 100, there: 100, nowhere: 'octets', ...how } as { nowhere: 'octets' };
  const call = { size: 100, there: 100, ...reading, ...(await byTask(world, task)) };
  keepCall(world, task, await port(world, task).receive(call));
  await collect(world, task);
}

When(
  '{task} receives up to {int} octet(s) where memory ends after {int}',
  async function (this: SuiteWorld, task: string, size: number, there: number) {
    await receive(this, task, { size, there });
  },
);

When(
  '{task} looks at up to {int} octet(s) where memory ends after {int}',
  async function (this: SuiteWorld, task: string, size: number, there: number) {
    await receive(this, task, { size, there, peek: true });
  },
);

When(
  '{task} receives the urgent octet where memory ends after {int}',
  async function (this: SuiteWorld, task: string, there: number) {
    await receive(this, task, { size: 1, there, outOfBand: true });
  },
);

When(
  '{task} receives with the {pointer} at no memory',
  async function (this: SuiteWorld, task: string, nowhere: Pointer) {
    await receive(this, task, { nowhere });
  },
);

Then('{task} has got {octets}', async function (this: SuiteWorld, task: string, octets: string) {
  assert.equal((await valueOf(this, task))['octets'], octets);
});

When(
  '{task} accepts with the {pointer} at no memory',
  async function (this: SuiteWorld, task: string, nowhere: Pointer) {
    const socket = (await localSocketOf(this, task)) ?? listeningOf(this, task);
    const call = { socket, task, nowhere: nowhere as 'address' };
    keepCall(this, task, await port(this, task).accept(call));
    await collect(this, task);
  },
);

const NAMES = { address: 'socket', peer: 'peer' } as const;

When(
  /^([a-z]+) asks for its (address|peer) with the (address|address-length) at no memory(?: and a length of (-?\d+))?$/,
  async function (
    this: SuiteWorld,
    task: string,
    which: keyof typeof NAMES,
    nowhere: 'address' | 'address-length',
    length: string | null,
  ) {
    const call = { of: NAMES[which], nowhere, length: Number(length ?? ADDRESS) };
    this.record(await port(this, task).name({ ...(await byTask(this, task)), ...call }));
  },
);

When(
  /^([a-z]+) sets (SO_REUSEADDR|SO_ERROR|IP_TTL) from a value at no memory, of (-?\d+) octets?$/,
  async function (this: SuiteWorld, task: string, option: FaultingOption, length: string) {
    const call = { ...(await byTask(this, task)), option, length: Number(length) };
    this.record(await port(this, task).setOption(call));
  },
);

When(
  /^([a-z]+) asks for (SO_REUSEADDR|SO_ERROR|IP_TTL) with the (value|value-length) at no memory(?: and a length of (-?\d+))?$/,
  async function (
    this: SuiteWorld,
    task: string,
    option: FaultingOption,
    nowhere: 'value' | 'value-length',
    length: string | null,
  ) {
    const call = { ...(await byTask(this, task)), option, nowhere, length: Number(length ?? 4) };
    this.record(await port(this, task).getOption(call));
  },
);

const memoryOf = async (world: SuiteWorld, task: string) =>
  succeeded(await port(world, task).memory({ task }));

Then(
  'no octet of an address is written for {task}',
  async function (this: SuiteWorld, task: string) {
    assert.equal((await memoryOf(this, task)).address, 'a5'.repeat(ADDRESS));
  },
);

Then(
  'the length that {task} has handed over is {int} afterwards',
  async function (this: SuiteWorld, task: string, length: number) {
    assert.equal((await memoryOf(this, task)).length, length);
  },
);
