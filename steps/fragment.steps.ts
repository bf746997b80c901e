/** Steps on datagrams in pieces. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { bytesOf, octetsOf } from '../contract/index.ts';
import { encode, encodeHex, type Ipv4Packet, packetOf, print } from '../harness/packets/index.ts';
import { occupancyOf, receive, send } from './datagram.steps.ts';
import {
  type CapturedFrame,
  macOfInterface,
  macOfNeighbour,
  nextFrame,
  receiveFrame,
} from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

const SENDER = '10.0.0.2';
const OTHER_SENDER = '10.0.0.3';
const IDENTIFICATION = 7;
const UDP = 17;
const UDP_HEADER = 8;

/** A piece of a datagram: its place and octets, and whether more follow. */
interface Piece {
  readonly offset: number;
  readonly octets: Uint8Array;
  readonly more: boolean;
}

interface FragmentNotes {
  pieces: Piece[];
  destination: string;
  /** Data of the datagram, without UDP's header. */
  data: string;
}

const fragmentNotes = notes<FragmentNotes>(() => ({ pieces: [], destination: '', data: '' }));

interface Belonging {
  readonly source?: string;
  readonly identification?: number;
  readonly protocol?: number;
}

async function receivePiece(
  world: SuiteWorld,
  name: string,
  { offset, octets, more }: Piece,
  { source = SENDER, identification = IDENTIFICATION, protocol = UDP }: Belonging = {},
): Promise<void> {
  const frame = encodeHex({
    kind: 'ethernet',
    source: macOfNeighbour(source),
    destination: macOfInterface(name),
    payload: {
      kind: 'ipv4',
      source,
      destination: fragmentNotes(world).destination,
      identification,
      protocol,
      fragmentOffset: offset,
      moreFragments: more,
      payload: { kind: 'raw', octets: octetsOf(octets) },
    },
  });
  await receiveFrame(world, name, frame);
}

/** UDP's header and data that differ from octet to octet, without IP's header. */
function datagramOf(length: number, to: Endpoint): Uint8Array {
  const sentence = `UDP ${SENDER}:53 > ${to.address}:${to.port} length ${length}`;
  return encode(packetOf(sentence)).subarray(20);
}

Given(
  'a datagram of {int} octets to {endpoint} in pieces of {int}, {int} and {int} octets',
  function (this: SuiteWorld, length: number, to: Endpoint, a: number, b: number, c: number) {
    const datagram = datagramOf(length, to);
    const noted = fragmentNotes(this);
    noted.destination = to.address;
    noted.data = octetsOf(datagram.subarray(UDP_HEADER));
    let offset = 0;
    for (const each of [a, b, c]) {
      const more = offset + each < datagram.length;
      noted.pieces.push({ offset, octets: datagram.subarray(offset, offset + each), more });
      offset += each;
    }
    assert.equal(offset, datagram.length, 'the pieces of this scenario are the whole datagram');
  },
);

stimulus(
  '{interface} has received pieces {numbers}',
  '{interface} receives pieces {numbers}',
  async (world: SuiteWorld, name: string, numbers: number[]) => {
    for (const number of numbers) await receivePiece(world, name, pieceOf(world, number));
    return { ok: {} };
  },
);

function pieceOf(world: SuiteWorld, number: number): Piece {
  return fragmentNotes(world).pieces[number - 1] ?? assert.fail(`there is no piece ${number}`);
}

/** What makes a piece one of another datagram. */
const OTHERS: Readonly<Record<string, Belonging>> = {
  'another identification': { identification: IDENTIFICATION + 1 },
  'another source': { source: OTHER_SENDER },
  'another protocol': { protocol: 99 },
};

Given(
  '{interface} has received {int} pieces of others',
  async function (this: SuiteWorld, name: string, count: number) {
    for (let other = 1; other <= count; other++) {
      const belonging = { identification: IDENTIFICATION + other };
      await receivePiece(this, name, pieceOf(this, 1), belonging);
    }
  },
);

/** From sources of their own, so that they stand between no two pieces of one. */
Given(
  '{interface} has received the first pieces of {int} other datagrams, of {int} octets each',
  async function (this: SuiteWorld, name: string, count: number, length: number) {
    const piece = { offset: 0, octets: new Uint8Array(length), more: true };
    for (let other = 0; other < count; other++) {
      const source = `172.16.${other >> 8}.${other & 0xff}`;
      await receivePiece(this, name, piece, { source, identification: other });
    }
  },
);

When(
  /^(eth\d) receives piece (\d) of (another identification|another source|another protocol)$/,
  async function (this: SuiteWorld, name: string, number: string, other: string) {
    await receivePiece(this, name, pieceOf(this, Number(number)), OTHERS[other]);
  },
);

Then('{task} gets the datagram', async function (this: SuiteWorld, task: string) {
  const { datagrams } = await occupancyOf(this, task);
  assert.equal(datagrams, 1, `${datagrams} datagrams wait for ${task}`);
  const { octets } = succeeded(await receive(this, task, { size: 65_535, dontWait: true }));
  assert.equal(octets, fragmentNotes(this).data);
});

/** The UDP header is in what the first octets hold, and has no checksum. */
When(
  '{interface} receives pieces of a datagram of {int} octets:',
  async function (this: SuiteWorld, name: string, length: number, table: DataTable) {
    fragmentNotes(this).destination = '10.0.0.1';
    const header = Uint8Array.of(0, 53, 2000 >> 8, 2000 & 0xff, length >> 8, length & 0xff, 0, 0);
    for (const row of table.hashes()) {
      const offset = Number(row['offset']);
      const octets = bytesOf((row['of'] ?? '').repeat(Number(row['length'])));
      if (offset === 0) octets.set(header);
      await receivePiece(this, name, { offset, octets, more: row['more'] === 'yes' });
    }
  },
);

/** Pieces of 1480 octets, and a last one that ends one octet past the longest packet. */
When(
  '{interface} receives pieces of a datagram that ends at 65536 octets',
  async function (this: SuiteWorld, name: string) {
    fragmentNotes(this).destination = '10.0.0.1';
    const length = 65_536 - 20;
    for (let offset = 0; offset < length; offset += 1480) {
      const octets = new Uint8Array(Math.min(1480, length - offset)).fill(0x61);
      if (offset === 0) octets.set(Uint8Array.of(0, 53, 2000 >> 8, 2000 & 0xff, 0xff, 0xff, 0, 0));
      await receivePiece(this, name, { offset, octets, more: offset + 1480 < length });
    }
  },
);

// What is sent

/** The IP packet in a frame. @throws AssertionError — there is none. */
export function ipOf({ frame }: CapturedFrame): Ipv4Packet {
  const payload = frame.kind === 'ethernet' ? frame.payload : frame;
  if (payload.kind !== 'ipv4') assert.fail(`it sends ${print(frame)}, which is no IPv4`);
  return payload;
}

/** More than any scenario has a host send. */
const MOST_PACKETS = 1000;

/** All that an interface sends, until it is at rest. */
export async function allSent(world: SuiteWorld, name: string): Promise<Ipv4Packet[]> {
  const packets: Ipv4Packet[] = [];
  for (let next = await nextFrame(world, name); next !== undefined;) {
    packets.push(ipOf(next));
    assert.ok(packets.length < MOST_PACKETS, `${name} never stops sending`);
    next = await nextFrame(world, name);
  }
  return packets;
}

Then(
  '{interface} sends pieces of {numbers} octets',
  async function (this: SuiteWorld, name: string, lengths: number[]) {
    const packets = await allSent(this, name);
    assert.deepEqual(
      packets.map(({ totalLength, headerLength }) => totalLength - headerLength),
      lengths,
    );
    assert.deepEqual(
      packets.map(({ fragmentOffset }) => fragmentOffset),
      lengths.map((_, at) => lengths.slice(0, at).reduce((sum, length) => sum + length, 0)),
    );
    assert.deepEqual(
      packets.map(({ moreFragments }) => moreFragments),
      lengths.map((_, at) => at < lengths.length - 1),
      'whether more follow is said wrongly',
    );
  },
);

Then(
  'the {int} packets that {interface} sends have one identification',
  async function (this: SuiteWorld, count: number, name: string) {
    const packets = await allSent(this, name);
    assert.equal(packets.length, count);
    assert.equal(new Set(packets.map(({ identification }) => identification)).size, 1);
  },
);

function assertCounting(packets: readonly Ipv4Packet[], step: number): void {
  const ids = packets.map(({ identification }) => identification);
  for (const [at, id] of ids.entries()) {
    if (at === 0) continue;
    const grown = (id - (ids[at - 1] ?? 0) + 0x1_0000) % 0x1_0000;
    assert.equal(grown, step, `the identifications are ${ids.join(', ')}`);
  }
}

Then(
  'the {int} packets that {interface} sends have identifications that grow by {int}',
  async function (this: SuiteWorld, count: number, name: string, step: number) {
    const packets = await allSent(this, name);
    assert.equal(packets.length, count);
    assertCounting(packets, step);
  },
);

When(
  '{task} sends datagrams of {int} octets to {endpoint} and {endpoint} in turn, {int} each',
  async function (
    this: SuiteWorld,
    task: string,
    length: number,
    first: Endpoint,
    second: Endpoint,
    count: number,
  ) {
    for (let sent = 0; sent < count; sent++) {
      for (const to of [first, second]) {
        succeeded(await send(this, task, { octets: '61'.repeat(length), to }));
      }
    }
  },
);

Then(
  'the packets to each have identifications that grow by {int}',
  async function (this: SuiteWorld, step: number) {
    const packets = await allSent(this, 'eth0');
    for (const to of new Set(packets.map(({ destination }) => destination))) {
      const ofOne = packets.filter(({ destination }) => destination === to);
      assert.ok(ofOne.length > 1, `only ${ofOne.length} packets went to ${to}`);
      assertCounting(ofOne, step);
    }
  },
);

Then(
  '{interface} sends a packet of {int} octets',
  async function (this: SuiteWorld, name: string, length: number) {
    const next = (await nextFrame(this, name)) ?? assert.fail(`${name} sends nothing`);
    assert.equal(ipOf(next).totalLength, length);
  },
);

Then(
  '{interface} sends datagrams of {numbers} octets',
  async function (this: SuiteWorld, name: string, lengths: number[]) {
    const packets = await allSent(this, name);
    assert.deepEqual(
      packets.map(({ totalLength, headerLength }) => totalLength - headerLength - UDP_HEADER),
      lengths,
    );
  },
);

When(
  'a datagram to {endpoint} of {int} pieces comes in by {interface}, with {int} first pieces of others before each',
  async function (this: SuiteWorld, to: Endpoint, count: number, name: string, others: number) {
    const datagram = datagramOf(8 * count - UDP_HEADER, to);
    fragmentNotes(this).destination = to.address;
    let identification = IDENTIFICATION;
    for (let at = 0; at < count; at++) {
      for (let other = 0; other < others; other++) {
        const alone = { offset: 0, octets: new Uint8Array(1480), more: true };
        await receivePiece(this, name, alone, { identification: ++identification });
      }
      const octets = datagram.subarray(8 * at, 8 * at + 8);
      await receivePiece(this, name, { offset: 8 * at, octets, more: at < count - 1 });
    }
  },
);

When(
  /^([a-z]+) has sent 1 datagram to each of ([0-9., ]+) in this order$/,
  async function (this: SuiteWorld, task: string, destinations: string) {
    for (const address of destinations.split(', ')) {
      succeeded(await send(this, task, { octets: '61', to: { address, port: 7 } }));
    }
  },
);

Then(
  'the packets to {ipv4} have identifications that grow by {int}',
  async function (this: SuiteWorld, address: string, step: number) {
    assertCounting(await allSentTo(this, address), step);
  },
);

Then(
  'the packets to {ipv4} have identifications that do not grow by {int}',
  async function (this: SuiteWorld, address: string, step: number) {
    const packets = await allSentTo(this, address);
    assert.throws(() => assertCounting(packets, step), 'the count has gone on');
  },
);

async function allSentTo(world: SuiteWorld, address: string): Promise<readonly Ipv4Packet[]> {
  const packets = (await allSent(world, 'eth0')).filter(
    ({ destination }) => destination === address,
  );
  assert.ok(packets.length > 1, `only ${packets.length} packets went to ${address}`);
  return packets;
}
