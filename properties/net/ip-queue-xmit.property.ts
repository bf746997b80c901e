/** Laws of packets that protocols size themselves. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { putTogether } from '../../harness/reassembly.ts';
import { valueOf } from '../outcomes.ts';
import { property } from '../property.ts';
import { newHost, packetsIn, transmittedBy } from './host.ts';

/** None that the kernel itself has. */
const PROTOCOL = 253;
const HEADER = 20;

property(
  'a segment that is handed to IP leaves as it is, with the settings of its socket, whole or in pieces of it',
  fc.record({
    mtu: fc.oneof(fc.integer({ min: 68, max: 1500 }), fc.constantFrom(68, 69, 576)),
    segment: fc.uint8Array({ minLength: 1, maxLength: 1600 }),
    tos: fc.nat(0x1f),
    ttl: fc.integer({ min: 1, max: 255 }),
    discovery: fc.constantFrom('DONT', 'WANT', 'DO'),
    mayFragment: fc.boolean(),
  }),
  async (context, { mtu, segment, tos, ttl, discovery, mayFragment }) => {
    const host = await newHost(context, mtu);
    const port = context.ports['ip-queue-xmit'];
    const { association } = valueOf(await port.open({ protocol: PROTOCOL, to: host.neighbour }));
    const settings = [
      ['IP_TOS', tos],
      ['IP_TTL', ttl],
      ['IP_MTU_DISCOVER', `IP_PMTUDISC_${discovery}`],
    ] as const;
    for (const [option, value] of settings) {
      valueOf(await port.set({ association, option, value }));
    }
    const octets = octetsOf(segment);
    const sent = await port.transmit({ association, segment: octets, mayFragment });
    const packets = packetsIn(await transmittedBy(context, host));
    const whole = segment.length + HEADER <= mtu;
    const dontFragment = discovery !== 'DONT' && !mayFragment;
    if (!whole && dontFragment) {
      assert.deepEqual([sent, packets], [{ errno: 'EMSGSIZE' }, []]);
      return;
    }
    valueOf(sent);
    for (const packet of packets) {
      assert.ok(packet.totalLength <= mtu, `a packet of ${packet.totalLength} octets has left`);
      assert.equal(packet.checksumRight, true, 'the checksum of the header');
      assert.deepEqual(
        [packet.tos, packet.ttl, packet.protocol, packet.destination, packet.dontFragment],
        [tos, ttl, PROTOCOL, host.neighbour, dontFragment],
      );
    }
    assert.equal(packets.length === 1, whole, `${packets.length} packets`);
    const [made, ...others] = putTogether(packets);
    assert.equal(others.length, 0, 'packets of one datagram');
    assert.ok(made?.payload.kind === 'raw');
    assert.equal(made.payload.octets, octets);
  },
);
