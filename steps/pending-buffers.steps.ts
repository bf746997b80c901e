/** Steps on the buffers of a datagram that is not yet sent. */
import assert from 'node:assert/strict';
import { type DataTable, defineParameterType, Given, Then } from '@cucumber/cucumber';
import { socketOf } from './datagram.steps.ts';
import { macOfInterface, networkNotes } from './network-scene.ts';
import type { Network } from './parameter-types-network.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

defineParameterType({
  name: 'gathering',
  regexp: /that gathers|that cannot gather/,
  transformer: (text) => text === 'that gathers',
});

defineParameterType({
  name: 'pageFragments',
  regexp: /\d+ octets at \d+ of page \d+(?:, \d+ octets at \d+ of page \d+)*/,
  transformer: (text: string) => text,
});

Given(
  'interface {interface} at {network} {gathering}, with an MTU of {int}',
  async function (
    this: SuiteWorld,
    name: string,
    { address, prefix }: Network,
    scatterGather: boolean,
    mtu: number,
  ) {
    const mac = macOfInterface(name);
    const device = { interface: name, mac, mtu, scatterGather };
    prepared(await this.port('pending-buffers').attach(device));
    prepared(await this.port('network').addAddress({ interface: name, address, prefix }));
    networkNotes(this).interfaces.set(name, address);
  },
);

export async function buffersOf(world: SuiteWorld, task: string) {
  const socket = socketOf(world, task);
  return succeeded(await world.port('pending-buffers').read({ socket })).buffers;
}

Then(
  'the datagram of {task} waits in buffers of {numbers} octets',
  async function (this: SuiteWorld, task: string, lengths: number[]) {
    const buffers = await buffersOf(this, task);
    assert.deepEqual(
      buffers.map(({ length }) => length),
      lengths,
    );
  },
);

/** Room is told exactly: an implementation whose allocator rounds up tells what it asked for. */
Then(
  'the datagram of {task} waits in buffers:',
  async function (this: SuiteWorld, task: string, table: DataTable) {
    const buffers = await buffersOf(this, task);
    const shown = buffers.map(({ length, room, linear, fragments }) => ({
      length: String(length),
      room: String(room),
      linear: String(linear),
      fragments: String(fragments.reduce((sum, { size }) => sum + size, 0)),
    }));
    assert.deepEqual(shown, table.hashes());
  },
);

Then(
  'the fragments of {task} are {pageFragments}',
  async function (this: SuiteWorld, task: string, expected: string) {
    const buffers = await buffersOf(this, task);
    const shown = buffers.flatMap(({ fragments }) =>
      fragments.map(({ page, offset, size }) => `${size} octets at ${offset} of page ${page}`),
    );
    assert.equal(shown.join(', '), expected);
  },
);

async function pageUsers(world: SuiteWorld): Promise<number[]> {
  const { pages } = succeeded(await world.port('send-pages').read({}));
  return pages.map(({ users }) => users);
}

Then('no page is taken', async function (this: SuiteWorld) {
  assert.deepEqual(await pageUsers(this), []);
});

Then(
  '{int} page is taken, with {int} user(s)',
  async function (this: SuiteWorld, count: number, users: number) {
    assert.deepEqual(await pageUsers(this), Array<number>(count).fill(users));
  },
);
