/** Steps on NAT: hosts behind a router, whose datagrams it passes on under its own address. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { octetsOf } from '../contract/index.ts';
import { checkedParts } from '../harness/ip-packet.ts';
import {
  encode,
  encodeHex,
  type Ipv4Packet,
  matches,
  packetOf,
  print,
  type UdpDatagram,
} from '../harness/packets/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { putTogether } from '../harness/reassembly.ts';
import { expectedChecksum } from '../harness/sums.ts';
import { allSent } from './fragment.steps.ts';
import { macOfInterface, macOfNeighbour, receiveFrame } from './network-scene.ts';
import { otherPacket } from './packet.steps.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

const IP_HEADER = 20;
const UDP = 17;

/** Octets of the first of two pieces. */
const FIRST_PIECE = 24;

interface Sender {
  readonly destination: string;
  readonly identification: number;
  /** UDP header and data. */
  readonly datagram: Uint8Array;
}

const natNotes = notes(() => ({ senders: new Map<string, Sender>(), port: 0 }));

Given('NAT on {interface}', async function (this: SuiteWorld, name: string) {
  prepared(await this.port('nat').masquerade({ interface: name, mapIds: false }));
});

Given(
  'NAT on {interface} that maps identifications',
  async function (this: SuiteWorld, name: string) {
    prepared(await this.port('nat').masquerade({ interface: name, mapIds: true }));
  },
);

Given(
  '{endpoint} sends {octets} to {endpoint} in two pieces with identification {int}',
  function (this: SuiteWorld, from: Endpoint, data: string, to: Endpoint, identification: number) {
    const ends = `${from.address}:${from.port} > ${to.address}:${to.port}`;
    const datagram = encode(packetOf(`UDP ${ends} data ${data}`)).subarray(IP_HEADER);
    assert.ok(datagram.length > FIRST_PIECE, 'the data are too short for two pieces');
    const sender = { destination: to.address, identification, datagram };
    natNotes(this).senders.set(from.address, sender);
  },
);

async function receivePiece(
  world: SuiteWorld,
  name: string,
  { source, which }: { source: string; which: string },
): Promise<void> {
  const { destination, identification, datagram } =
    natNotes(world).senders.get(source) ?? assert.fail(`${source} sends nothing in pieces`);
  const isFirst = which === 'first';
  const octets = isFirst ? datagram.subarray(0, FIRST_PIECE) : datagram.subarray(FIRST_PIECE);
  const frame = encodeHex({
    kind: 'ethernet',
    source: macOfNeighbour(source),
    destination: macOfInterface(name),
    payload: {
      kind: 'ipv4',
      source,
      destination,
      identification,
      protocol: UDP,
      fragmentOffset: isFirst ? 0 : FIRST_PIECE,
      moreFragments: isFirst,
      payload: { kind: 'raw', octets: octetsOf(octets) },
    },
  });
  await receiveFrame(world, name, frame);
}

When(
  '{interface} receives these pieces:',
  async function (this: SuiteWorld, name: string, table: DataTable) {
    for (const row of table.raw()) {
      // A cell of each, or both in one, where an outline names the piece.
      const [source = '', which = ''] = row.join(' ').split(' ');
      await receivePiece(this, name, { source, which });
    }
  },
);

Then(
  'the pieces that {interface} sends make these datagrams:',
  async function (this: SuiteWorld, name: string, table: DataTable) {
    const datagrams = putTogether(await allSent(this, name));
    const sentences = table.raw().map(([sentence]) => sentence ?? '');
    assert.equal(datagrams.length, sentences.length, `they make ${shown(datagrams)}`);
    for (const sentence of sentences) {
      if (!datagrams.some((datagram) => matches(sentence, datagram).length === 0)) {
        throw otherPacket([`none of them is ${sentence}`], sentence, shown(datagrams));
      }
    }
  },
);

function shown(datagrams: readonly Ipv4Packet[]): string {
  return datagrams.map((datagram) => print(datagram)).join(' | ');
}

Then(
  'the pieces that {interface} sends make no sound datagram',
  async function (this: SuiteWorld, name: string) {
    const datagrams = putTogether(await allSent(this, name));
    const sound = datagrams.filter(
      (datagram) => matches('UDP *:* > *:* checksum good', datagram).length === 0,
    );
    assert.equal(sound.length, 0, `they make ${shown(sound)}`);
  },
);

Then(
  'the pieces that {interface} sends have {int} identification(s)',
  async function (this: SuiteWorld, name: string, count: number) {
    const packets = await allSent(this, name);
    assert.equal(new Set(packets.map(({ identification }) => identification)).size, count);
  },
);

Then(
  /^the (\d+) packets that (eth\d) sends come from (one port|a port each)$/,
  async function (this: SuiteWorld, count: string, name: string, ports: string) {
    const packets = await allSent(this, name);
    assert.equal(packets.length, Number(count));
    const used = new Set(packets.map(({ payload }) => (payload as UdpDatagram).sourcePort));
    assert.equal(used.size, ports === 'one port' ? 1 : packets.length);
  },
);

// Answers

/** What a host that a packet reaches says to it. */
function answerTo({ source, destination, payload }: Ipv4Packet): string {
  if (payload.kind === 'udp') {
    const { sourcePort, destinationPort, data } = payload;
    return `UDP ${destination}:${destinationPort} > ${source}:${sourcePort} data ${data}`;
  }
  if (payload.kind === 'icmp' && payload.message === 'echo-request') {
    const { identifier, sequence } = payload;
    return `ICMP ${destination} > ${source} echo reply id ${identifier} seq ${sequence} length 8`;
  }
  return assert.fail(`a ${payload.kind} has no answer here`);
}

When(
  'each packet that {interface} has sent is answered',
  async function (this: SuiteWorld, name: string) {
    for (const packet of await allSent(this, name)) {
      const link = {
        source: macOfNeighbour(packet.destination),
        destination: macOfInterface(name),
      };
      await receiveFrame(this, name, encodeHex(packetOf(answerTo(packet), { link })));
    }
  },
);

When(
  'what {interface} has sent is answered by {octets} in two pieces with identification {int}',
  async function (this: SuiteWorld, name: string, data: string, identification: number) {
    const [asked] = await allSent(this, name);
    if (asked?.payload.kind !== 'udp') throw new Inconclusive(`${name} sent no datagram`);
    const { sourcePort, destinationPort } = asked.payload;
    const ends = `${asked.destination}:${destinationPort} > ${asked.source}:${sourcePort}`;
    const datagram = encode(packetOf(`UDP ${ends} data ${data}`)).subarray(IP_HEADER);
    const answer = { destination: asked.source, identification, datagram };
    natNotes(this).senders.set(asked.destination, answer);
    for (const which of ['first', 'second']) {
      await receivePiece(this, name, { source: asked.destination, which });
    }
  },
);

// A checksum that becomes zero

Given(
  '{interface} has passed {string} on by {interface}',
  async function (this: SuiteWorld, name: string, sentence: string, out: string) {
    const link = { source: macOfNeighbour('10.0.0.2'), destination: macOfInterface(name) };
    await receiveFrame(this, name, encodeHex(packetOf(sentence, { link })));
    const [passed] = await allSent(this, out);
    natNotes(this).port = (passed?.payload as UdpDatagram | undefined)?.sourcePort ?? 0;
  },
);

/** Two octets of data that bring the checksum of a datagram with two octets of zero to zero. */
function balance(sentence: string): string {
  const { transport } = checkedParts(
    octetsOf(encode(packetOf(`${sentence} data 0000 checksum none`))),
  );
  return expectedChecksum(transport).toString(16).padStart(4, '0');
}

When(
  '{endpoint} sends {endpoint} by {interface} what has the checksum 0 as a datagram of {ipv4}',
  async function (this: SuiteWorld, from: Endpoint, to: Endpoint, name: string, router: string) {
    const { port } = natNotes(this);
    const data = balance(`UDP ${router}:${port} > ${to.address}:${to.port}`);
    const sentence = `UDP ${from.address}:${from.port} > ${to.address}:${to.port} data ${data}`;
    const link = { source: macOfNeighbour(from.address), destination: macOfInterface(name) };
    await receiveFrame(this, name, encodeHex(packetOf(sentence, { link })));
  },
);

// Errors

/** The beginning of a packet, as a sentence that an error may quote. */
function quoting({ source, destination, payload }: Ipv4Packet): string {
  if (payload.kind === 'udp') {
    const { sourcePort, destinationPort, data } = payload;
    const ends = `${source}:${sourcePort} > ${destination}:${destinationPort}`;
    return `UDP ${ends} length ${data.length / 2}`;
  }
  if (payload.kind === 'tcp') {
    const { sourcePort, destinationPort, sequence } = payload;
    return `TCP ${source}:${sourcePort} > ${destination}:${destinationPort} seq ${sequence}`;
  }
  return assert.fail(`a ${payload.kind} is not quoted here`);
}

When(
  '{ipv4} says {string} of each packet that {interface} has sent',
  async function (this: SuiteWorld, from: string, error: string, name: string) {
    for (const packet of await allSent(this, name)) {
      const link = { source: macOfNeighbour(from), destination: macOfInterface(name) };
      const sentence = `ICMP ${from} > ${packet.source} ${error} quoting (${quoting(packet)})`;
      await receiveFrame(this, name, encodeHex(packetOf(sentence, { link })));
    }
  },
);
