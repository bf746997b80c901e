/** Steps on transforms that packets pass on their way out. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then } from '@cucumber/cucumber';
import type { ArgsOf, xfrm } from '../contract/index.ts';
import { buffersOf } from './pending-buffers.steps.ts';
import { prepared, type SuiteWorld } from './world.ts';

type Transform = ArgsOf<(typeof xfrm)['methods']['stack']>['transforms'][number];

async function stack(world: SuiteWorld, to: string, transforms: Transform[]): Promise<void> {
  prepared(await world.port('xfrm').stack({ to, transforms }));
}

Given('packets to {ipv4} pass no transform', async function (this: SuiteWorld, to: string) {
  await stack(this, to, []);
});

Given(
  'packets to {ipv4} pass these transforms:',
  async function (this: SuiteWorld, to: string, table: DataTable) {
    const transforms = table.hashes().map(({ protocol, header = '', trailer = '', answer }) => ({
      protocol: Number(protocol),
      header,
      trailer,
      answer: answer as Transform['answer'],
    }));
    await stack(this, to, transforms);
  },
);

/** IPsec's encapsulation, without any content of its own. */
const ESP = 50;

Given(
  'packets to {ipv4} pass transforms of {numbers} octets in front and {numbers} behind',
  async function (
    this: SuiteWorld,
    to: string,
    headers: readonly number[],
    trailers: readonly number[],
  ) {
    const transforms = headers.map((header, at) => ({
      protocol: ESP,
      header: '00'.repeat(header),
      trailer: '00'.repeat(trailers[at] ?? 0),
      answer: 'NET_XMIT_BYPASS' as const,
    }));
    await stack(this, to, transforms);
  },
);

Then(
  'the datagram of {task} waits in buffers with room for IPsec:',
  async function (this: SuiteWorld, task: string, table: DataTable) {
    const buffers = await buffersOf(this, task);
    const shown = buffers.map(({ length, room, front = 0 }) => ({
      length: String(length),
      room: String(room),
      front: String(front),
    }));
    assert.deepEqual(shown, table.hashes());
  },
);
