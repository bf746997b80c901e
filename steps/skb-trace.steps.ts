/** Steps on what packets say of themselves on their way. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { SkbProbe, skbTrace, ValueOf } from '../contract/index.ts';
import { socketOf } from './datagram.steps.ts';
import { macOfInterface, macOfNeighbour, receiveFrame } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Seen = ValueOf<(typeof skbTrace)['methods']['seen']>['seen'][number];

const traceNotes = notes(() => ({ seen: [] as Seen[] }));

/** All that was seen in the scenario so far. */
async function seen(world: SuiteWorld): Promise<readonly Seen[]> {
  const noted = traceNotes(world);
  noted.seen.push(...succeeded(await world.port('skb-trace').seen({})).seen);
  return noted.seen;
}

Given(
  'what {functions} is/are given is watched',
  async function (this: SuiteWorld, functions: readonly string[]) {
    const watched = functions as readonly SkbProbe[];
    prepared(await this.port('skb-trace').watch({ functions: [...watched] }));
  },
);

/** Each column of a table: a field in words. */
const SHOWN: Readonly<Record<string, (packet: Seen) => string>> = {
  function: (packet) => packet.function,
  dev: ({ dev }) => dev ?? 'none',
  input_dev: ({ inputDev }) => inputDev ?? 'none',
  type: ({ packetType }) => packetType,
  protocol: ({ protocol }) => `0x${protocol.toString(16).padStart(4, '0')}`,
  priority: ({ priority }) => String(priority),
  summed: ({ summed }) => summed,
  length: ({ length }) => String(length),
  stamp: ({ stamp }) => `${stamp / 1_000_000} ms`,
  route: ({ route }) => (route === null ? 'none' : `${route.nextHop} by ${route.device}`),
};

const isShown = (column: string): boolean => column === 'sk' || Object.hasOwn(SHOWN, column);

Then('these packets were seen:', async function (this: SuiteWorld, table: DataTable) {
  const [columns = []] = table.raw();
  const unknown = columns.filter((column) => !isShown(column));
  assert.deepEqual(unknown, [], 'a packet has no such field');
  const programs = new Map(table.hashes().map(({ sk = 'none' }) => [handleOf(this, sk), sk]));
  const shown = (await seen(this)).map((packet) =>
    columns.map((column) =>
      column === 'sk' ? (programs.get(packet.socket) ?? 'another') : SHOWN[column]?.(packet),
    ),
  );
  assert.deepEqual(shown, table.rows());
});

const handleOf = (world: SuiteWorld, program: string): string | null =>
  program === 'none' ? null : socketOf(world, program);

Then(
  'the socket of the packet that {functions} was given is at {endpoint}',
  async function (this: SuiteWorld, [name]: readonly string[], at: Endpoint) {
    const packet = (await seen(this)).find((one) => one.function === name);
    const socket = packet?.socket ?? assert.fail('the packet has no socket');
    assert.deepEqual(succeeded(await this.port('udp').name({ socket })), at);
  },
);

When(
  '{interface} receives a frame with {octets} behind the type {octets}',
  async function (this: SuiteWorld, name: string, contents: string, type: string) {
    const link = `${macOfInterface(name)}${macOfNeighbour('10.0.0.2')}`.replaceAll(':', '');
    await receiveFrame(this, name, `${link}${type}${contents}`);
  },
);
