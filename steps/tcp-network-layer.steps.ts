/** Steps on the network layer below TCP, and another one in its place. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then } from '@cucumber/cucumber';
import type { TcpLayerFunction } from '../contract/index.ts';
import { decode, draftOf, encodeHex, type EthernetFrame } from '../harness/packets/index.ts';
import { macOfInterface, macOfNeighbour, networkNotes } from './network-scene.ts';
import { peerOf } from './tcp-scene.ts';
import { streamOf, takeStream } from './tcp-sockets.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

/** What no sum of a segment of these scenarios is. */
const CHECK = 0xbeef;
/** Where no host of these scenarios is. */
const TOLD = { address: '192.0.2.7', port: 7 };

const INTERFACE = 'eth0';
const IP_AND_LINK = 14 + 20;

const layerNotes = notes(() => ({ checks: [] as number[], called: [] as TcpLayerFunction[] }));

/** A segment as a frame of IP would carry it, so that sentences on segments apply to it. */
function framed(world: SuiteWorld, segment: string, host: string): string {
  const { address } = peerOf(world, 1).at;
  const frame = decode(
    encodeHex({
      kind: 'ethernet',
      source: macOfInterface(INTERFACE),
      destination: macOfNeighbour(address),
      payload: {
        kind: 'ipv4',
        source: host,
        destination: address,
        protocol: 6,
        payload: { kind: 'raw', octets: segment },
      },
    }),
  ) as EthernetFrame;
  if (frame.payload.kind === 'ipv4' && frame.payload.payload.kind === 'tcp') {
    layerNotes(world).checks.push(frame.payload.payload.checksum);
  }
  return encodeHex(draftOf(frame));
}

Given(
  '{task} has a stream socket over another network layer, whose header has {int} octets',
  async function (this: SuiteWorld, task: string, headerLength: number) {
    const port = this.port('tcp-network-layer');
    const opened = await port.open({ headerLength, check: CHECK, peer: TOLD });
    const { socket } = prepared(opened);
    takeStream(this, task, socket);
    const noted = networkNotes(this);
    const host = noted.interfaces.get(INTERFACE) ?? assert.fail(`there is no ${INTERFACE} yet`);
    noted.layer = {
      receive: async (frame) => {
        const { payload } = decode(frame) as EthernetFrame;
        if (payload.kind !== 'ipv4' || payload.payload.kind !== 'tcp') return false;
        const segment = frame.slice(2 * IP_AND_LINK);
        prepared(await port.handUp({ socket, from: payload.source, to: host, segment }));
        return true;
      },
      transmitted: async () => {
        const { segments } = prepared(await port.handedDown({ socket }));
        const frames = segments.map((segment) => framed(this, segment, host));
        return frames.map((frame) => ({ interface: INTERFACE, frame }));
      },
    };
  },
);

async function calledSoFar(world: SuiteWorld, task: string): Promise<readonly TcpLayerFunction[]> {
  const { called } = layerNotes(world);
  const port = world.port('tcp-network-layer');
  called.push(...succeeded(await port.called({ socket: streamOf(world, task) })).functions);
  return called;
}

Given(
  'what TCP has called of the layer of {task} so far is of no interest',
  async function (this: SuiteWorld, task: string) {
    await calledSoFar(this, task);
    layerNotes(this).called.length = 0;
  },
);

Then(
  'TCP has called {layerFunctions} of the layer of {task}',
  async function (this: SuiteWorld, names: readonly string[], task: string) {
    assert.deepEqual(await calledSoFar(this, task), names);
  },
);

Then(
  'TCP has first called {layerFunctions} of the layer of {task}',
  async function (this: SuiteWorld, names: readonly string[], task: string) {
    assert.deepEqual((await calledSoFar(this, task)).slice(0, names.length), names);
  },
);

Then(
  'TCP has called nothing of the layer of {task}',
  async function (this: SuiteWorld, task: string) {
    assert.deepEqual(await calledSoFar(this, task), []);
  },
);

Then('each segment has the checksum that the layer has filled in', function (this: SuiteWorld) {
  const { checks } = layerNotes(this);
  assert.ok(checks.length > 0, 'no segment was handed down');
  assert.deepEqual([...new Set(checks)], [CHECK]);
});

Then(
  'the peer of the stream of {task} is the one that the layer tells of',
  async function (this: SuiteWorld, task: string) {
    const peer = succeeded(await this.port('tcp').peer({ socket: streamOf(this, task) }));
    assert.deepEqual(peer, TOLD);
  },
);

Then(
  'these are the functions of IPv4 that TCP calls:',
  async function (this: SuiteWorld, table: DataTable) {
    const { functions } = succeeded(await this.port('tcp-network-layer').table({}));
    const had = new Map(functions.map(({ name, is }) => [name as string, is]));
    for (const [name = '', is] of table.raw()) assert.equal(had.get(name), is, name);
    assert.equal(had.size, table.raw().length, 'functions in the table');
  },
);

Then(
  'its header has {int} octets, and an address of it {int}',
  async function (this: SuiteWorld, header: number, address: number) {
    const table = succeeded(await this.port('tcp-network-layer').table({}));
    assert.deepEqual([table.headerLength, table.addressLength], [header, address]);
  },
);
