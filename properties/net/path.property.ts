/** Laws of the way through a router. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { encode, type Ipv4Draft, type Ipv4Packet } from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import { property } from '../property.ts';
import { newHost, packetsIn, receivePacket, transmittedBy, type Host } from './host.ts';

/** Hosts of a network that are neither the router nor the neighbour itself. */
const hostPart = fc.integer({ min: 10, max: 254 });

const anyHeader = fc.record({
  tos: fc.nat(255),
  identification: fc.nat(0xffff),
  ttl: fc.oneof(fc.integer({ min: 2, max: 255 }), fc.constantFrom(2, 255)),
  protocol: fc.integer({ min: 1, max: 255 }),
  dontFragment: fc.boolean(),
  moreFragments: fc.boolean(),
  fragmentOffset: fc.oneof(
    fc.constant(0),
    fc.nat(8000).map((words) => 8 * words),
  ),
});

/** Checksums whose amendment carries, or comes out as one of the two zeroes. */
const edge = fc.constantFrom(0x0000, 0xfeff, 0xff00, 0xfefe, 0xfffe, 0x00ff);

const host = (network: Host, part: number): string => network.address.replace(/\d+$/, `${part}`);

const checksumOf = (draft: Ipv4Draft): number => {
  const octets = encode(draft);
  return (octets[10] ?? 0) * 256 + (octets[11] ?? 0);
};

/** The same packet with an identification by which its header has that checksum. */
function withChecksum(draft: Ipv4Draft, wanted: number): Ipv4Draft {
  const identification = (checksumOf({ ...draft, identification: 0 }) + 0xffff - wanted) % 0xffff;
  return { ...draft, identification };
}

/** Octets of the packet without what a link may put behind. */
const octetsIn = (packet: Ipv4Packet): string =>
  octetsOf(encode(packet).subarray(0, packet.totalLength));

property(
  'a packet that is passed on has one hop less, a right checksum and is else as it was',
  fc.record({
    header: anyHeader,
    from: hostPart,
    to: hostPart,
    data: fc.uint8Array({ minLength: 8, maxLength: 40 }),
    checksum: fc.option(edge),
  }),
  async (context, { header, from, to, data, checksum }) => {
    const [near, far] = [await newHost(context), await newHost(context)];
    valueOf(await context.ports.forwarding.set({ on: true }));
    const any: Ipv4Draft = {
      kind: 'ipv4',
      ...header,
      source: host(near, from),
      destination: host(far, to),
      payload: { kind: 'raw', octets: octetsOf(data) },
    };
    const packet = checksum === null ? any : withChecksum(any, checksum);
    await receivePacket(context, near, packet);
    const left = packetsIn(await transmittedBy(context, far));
    const expected = octetsOf(encode({ ...packet, ttl: header.ttl - 1 }));
    assert.deepEqual(left.map(octetsIn), [expected]);
    assert.equal(left[0]?.checksumRight, true, 'the checksum of the header');
  },
  { alone: true },
);
