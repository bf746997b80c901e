/** Laws of NAT: whoever sends what behind a router, answers and errors find their way back. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Ipv4Draft, Ipv4Packet, UdpDatagram } from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { newHost, packetsIn, receivePacket, transmittedBy, type Host } from './host.ts';

/** A host behind the router, and what it sends from. */
const anySender = fc.record({
  part: fc.integer({ min: 10, max: 13 }),
  // Few, so that hosts have them in common, and some that are at the ends of their range.
  port: fc.constantFrom(1, 1000, 1001, 1024, 65_534, 65_535),
});

type Sender = { readonly part: number; readonly port: number };

const SERVER_PORT = 4000;

const hostOf = ({ address }: Host, part: number): string => address.replace(/\d+$/, `${part}`);

const nameOf = (near: Host, { part, port }: Sender): string => `${hostOf(near, part)}:${port}`;

/** The number of a datagram stands in its data. */
const numbered = (number: number): string => number.toString(16).padStart(4, '0');

const udp = (source: string, from: number, destination: string, to: number, data: string) =>
  ({
    kind: 'ipv4',
    source,
    destination,
    payload: { kind: 'udp', sourcePort: from, destinationPort: to, data },
  }) satisfies Ipv4Draft;

function datagramIn(packet: Ipv4Packet | undefined): UdpDatagram {
  assert.ok(packet?.payload.kind === 'udp', 'no datagram is passed on');
  assert.equal(packet.checksumRight, true, 'the checksum of the header');
  assert.equal(packet.payload.checksumRight, true, 'the checksum of the datagram');
  return packet.payload;
}

/** One packet goes in by one side. @returns what leaves by the other. */
async function passed(context: Context, from: Host, to: Host, packet: Ipv4Draft) {
  await receivePacket(context, from, packet);
  const packets = packetsIn(await transmittedBy(context, to));
  assert.equal(packets.length, 1, 'one packet comes out');
  return packets[0];
}

property(
  'behind NAT each sender has a port of its own, keeps it, and is who its answers come to',
  fc.array(anySender, { minLength: 1, maxLength: 8 }),
  async (context, senders) => {
    const [near, far] = [await newHost(context), await newHost(context)];
    const { forwarding, nat } = context.ports;
    valueOf(await forwarding.set({ on: true }));
    valueOf(await nat.masquerade({ interface: far.interface, mapIds: false }));
    const outer = new Map<number, string>();
    for (const [number, sender] of senders.entries()) {
      const [source, name] = [hostOf(near, sender.part), nameOf(near, sender)];
      const sent = udp(source, sender.port, far.neighbour, SERVER_PORT, numbered(number));
      const packet = await passed(context, near, far, sent);
      assert.equal(packet?.source, far.address, 'the address of the router');
      const { sourcePort, destinationPort, data } = datagramIn(packet);
      assert.equal(destinationPort, SERVER_PORT);
      assert.equal(data, numbered(number));
      const known = [...outer].find(([, owner]) => owner === name)?.[0] ?? sourcePort;
      assert.equal(sourcePort, known, `${name} keeps its port`);
      assert.equal(outer.get(sourcePort) ?? name, name, `two senders have port ${sourcePort}`);
      outer.set(sourcePort, name);
    }
    for (const [port, name] of outer) {
      const answer = udp(far.neighbour, SERVER_PORT, far.address, port, 'aa');
      const packet = await passed(context, far, near, answer);
      const { destinationPort, sourcePort } = datagramIn(packet);
      assert.equal(`${packet?.destination}:${destinationPort}`, name, 'who the answer is for');
      assert.equal(sourcePort, SERVER_PORT);
    }
  },
  { alone: true },
);
