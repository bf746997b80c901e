/** Steps on packets, written as sentences: what an interface receives, and what it sends. */
import assert from 'node:assert/strict';
import { type DataTable, defineParameterType, Given, Then, When } from '@cucumber/cucumber';
import { octetsOf, type MibCounter } from '../contract/index.ts';
import {
  draftOf,
  encode,
  encodeHex,
  type Ipv4Draft,
  matches,
  packetOf,
  print,
  type UdpDraft,
} from '../harness/packets/index.ts';
import { expectedChecksum } from '../harness/sums.ts';
import { assertInTime } from './in-time.ts';
import {
  type CapturedFrame,
  macOfInterface,
  macOfNeighbour,
  nextFrame,
  receiveFrame,
} from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

/** The neighbour whose link address a packet comes from, unless its sentence says so: the last hop. */
const LAST_HOP = '10.0.0.2';

/** The frame that a sentence describes, as the contract writes octets. */
function frameOf(sentence: string, name: string): string {
  const link = { source: macOfNeighbour(LAST_HOP), destination: macOfInterface(name) };
  return encodeHex(packetOf(sentence, { link }));
}

stimulus(
  '{interface} has received {string}',
  '{interface} receives {string}',
  async (world: SuiteWorld, name: string, sentence: string) => {
    await receiveFrame(world, name, frameOf(sentence, name));
    return { ok: {} };
  },
);

When(
  '{interface} receives {int} times {string}',
  async function (this: SuiteWorld, name: string, count: number, sentence: string) {
    const frame = frameOf(sentence, name);
    for (let received = 0; received < count; received++) await receiveFrame(this, name, frame);
  },
);

/** One sentence a row, and nothing else. */
function sentences(table: DataTable): string[] {
  return table.raw().map(([sentence]) => sentence ?? '');
}

function shown(captured: CapturedFrame | undefined): string {
  if (captured === undefined) return 'nothing';
  return `${print(captured.frame, { link: true })} after ${captured.at} ns`;
}

function assertSent(name: string, captured: CapturedFrame | undefined, sentence: string): void {
  assert.ok(captured !== undefined, `${name} sends nothing, and should send ${sentence}`);
  const differences = matches(sentence, captured.frame);
  if (differences.length > 0) throw otherPacket(differences, sentence, shown(captured));
}

/** A packet that is not as a sentence says: the message tells in what, the two values are sentences. */
export function otherPacket(
  differences: readonly string[],
  expected: string,
  actual: string,
): assert.AssertionError {
  return new assert.AssertionError({ message: differences.join('; '), expected, actual });
}

Then(
  '{interface} sends {string}',
  async function (this: SuiteWorld, name: string, sentence: string) {
    assertSent(name, await nextFrame(this, name), sentence);
  },
);

Then(
  '{interface} sends these packets, and nothing else:',
  async function (this: SuiteWorld, name: string, table: DataTable) {
    for (const sentence of sentences(table)) {
      assertSent(name, await nextFrame(this, name), sentence);
    }
    await assertQuiet(this, name);
  },
);

Then('{interface} sends nothing', async function (this: SuiteWorld, name: string) {
  await assertQuiet(this, name);
});

async function assertQuiet(world: SuiteWorld, name: string): Promise<void> {
  const next = await nextFrame(world, name);
  assert.equal(next, undefined, `${name} sends ${shown(next)}`);
}

Then(
  '{interface} sends {string} after {nanoseconds}',
  async function (this: SuiteWorld, name: string, sentence: string, at: number) {
    const captured = await nextFrame(this, name);
    assertSent(name, captured, sentence);
    if (captured !== undefined)
      assertInTime(this, captured, at, `${name} sends ${shown(captured)}`);
  },
);

Then(
  '{mibCounter} is {int}',
  async function (this: SuiteWorld, counter: MibCounter, count: number) {
    const { counters } = succeeded(await this.port('mib').read({}));
    assert.equal(counters[counter], count);
  },
);

Given('masks are answered', async function (this: SuiteWorld) {
  prepared(await this.port('address-mask').answer({ on: true }));
});

When('forwarding is on', async function (this: SuiteWorld) {
  succeeded(await this.port('forwarding').set({ on: true }));
});

// What a sentence does not say

When(
  '{interface} has received a datagram of {octets} to {endpoint}, padded by {int} octets',
  async function (this: SuiteWorld, name: string, octets: string, to: Endpoint, padding: number) {
    const sentence = `UDP ${LAST_HOP}:53 > ${to.address}:${to.port} length ${octets.length / 2}`;
    const datagram = draftOf(packetOf(sentence)) as Ipv4Draft;
    const payload: UdpDraft = { ...(datagram.payload as UdpDraft), data: octets };
    const ip = { ...datagram, payload, trailer: '5a'.repeat(padding) };
    await receiveFrame(this, name, frameWith(name, encodeHex(ip)));
  },
);

/** An Ethernet frame for the interface around octets of IP. */
function frameWith(name: string, octets: string): string {
  return encodeHex({
    kind: 'ethernet',
    source: macOfNeighbour(LAST_HOP),
    destination: macOfInterface(name),
    etherType: 0x0800,
    payload: { kind: 'raw', octets },
  });
}

/** A packet of 40 octets for bob of these scenarios, spoilt in a way that keeps the checksum right. */
const SPOILT: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'version is 6': (bytes) => withOctet(bytes, 0, 0x65),
  'version is 0': (bytes) => withOctet(bytes, 0, 0x05),
  'header length is 16': (bytes) => withOctet(bytes, 0, 0x44),
  'header length is 0': (bytes) => withOctet(bytes, 0, 0x40),
  'header length is 60 in a packet of 40 octets': (bytes) => withOctet(bytes, 0, 0x4f),
  'checksum is wrong': (bytes) => spoilChecksum(bytes),
  'total length is 19': (bytes) => withOctet(bytes, 3, 19),
  'total length is one more than there is': (bytes) => withOctet(bytes, 3, 41),
  'contents end after 19 octets': (bytes) => bytes.subarray(0, 19),
  'contents end after 0 octets': (bytes) => bytes.subarray(0, 0),
};

function withOctet(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const spoilt = bytes.slice();
  spoilt[at] = value;
  spoilt.set([0, 0], 10);
  const header = spoilt.subarray(0, Math.min(spoilt.length, 4 * ((spoilt[0] ?? 0) & 15) || 20));
  const sum = expectedChecksum(octetsOf(header));
  spoilt.set([sum >> 8, sum & 0xff], 10);
  return spoilt;
}

function spoilChecksum(bytes: Uint8Array): Uint8Array {
  const spoilt = bytes.slice();
  spoilt[11] = (spoilt[11] ?? 0) ^ 1;
  return spoilt;
}

When(
  '{interface} receives a packet for bob whose {spoilt}',
  async function (this: SuiteWorld, name: string, spoil: (bytes: Uint8Array) => Uint8Array) {
    const sound = encode(packetOf('UDP 10.0.0.2:53 > 10.0.0.1:2000 length 12'));
    await receiveFrame(this, name, frameWith(name, octetsOf(spoil(sound))));
  },
);

/** Without a checksum, since what one would be over depends on the length that is believed. */
When(
  '{interface} receives a datagram for bob of 12 octets that says it has {int} with its header',
  async function (this: SuiteWorld, name: string, length: number) {
    const bytes = encode(packetOf('UDP 10.0.0.2:53 > 10.0.0.1:2000 length 12')).slice();
    bytes.set([length >> 8, length & 0xff, 0, 0], 24);
    await receiveFrame(this, name, frameWith(name, octetsOf(bytes)));
  },
);

defineParameterType({
  name: 'spoilt',
  regexp: new RegExp(Object.keys(SPOILT).join('|')),
  transformer: (what: string) => SPOILT[what],
});

// Functions on the way

const traced = notes(() => ({ entered: [] as readonly string[] }));

/** Functions that a call has passed, for a Then to judge. */
export function nowTraced(world: SuiteWorld, entered: readonly string[]): void {
  traced(world).entered = entered;
}

When(
  'the way of {string} from {interface} is traced',
  async function (this: SuiteWorld, sentence: string, name: string) {
    const frame = frameOf(sentence, name);
    traced(this).entered = succeeded(
      await this.port('ip-trace').receive({ interface: name, frame }),
    ).entered;
  },
);

Then('it passes {functions}', function (this: SuiteWorld, names: readonly string[]) {
  const { entered } = traced(this);
  const among = entered.filter((name) => names.includes(name));
  assert.deepEqual(among, names, `it passes ${entered.join(', ')}`);
});

Then('it does not pass {functions}', function (this: SuiteWorld, names: readonly string[]) {
  const { entered } = traced(this);
  for (const name of names) assert.ok(!entered.includes(name), `it passes ${name}`);
});

defineParameterType({
  name: 'functions',
  regexp: /[a-z_0-9]+(?:, [a-z_0-9]+)*/,
  transformer: (text: string): readonly string[] => text.split(', '),
});
