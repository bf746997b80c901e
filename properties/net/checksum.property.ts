/** Laws of the checksums. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import {
  CHECK_OFFSET,
  pseudoHeader,
  withBitTurned,
  withWord16At,
  word16At,
} from '../../harness/ip-packet.ts';
import { congruent, expectedChecksum, networkOrder } from '../../harness/sums.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const octets = (constraints: fc.IntArrayConstraints) =>
  fc.uint8Array(constraints).map((bytes) => octetsOf(bytes));

const word16 = fc.oneof(fc.constantFrom(0x0000, 0xffff, 0x8000, 0x0001), fc.nat(0xffff));
const word32 = fc.oneof(
  fc.constantFrom(0, 1, 0xffff, 0x1_0000, 0xffff_0000, 0xffff_ffff),
  fc.nat(0xffff_ffff),
);
const words = fc.array(word16, { minLength: 1, maxLength: 64 });
const ipv4 = fc.ipV4();

const octetsOfWords = (list: readonly number[]) =>
  octetsOf(list.flatMap((word) => [word >> 8, word & 0xff]));

async function compute({ ports }: Context, data: string): Promise<number> {
  return valueOf(await ports.checksum.compute({ octets: data })).checksum;
}

property(
  'the order of words does not matter',
  fc.tuple(words, fc.array(fc.nat(), { minLength: 64, maxLength: 64 })),
  async (context, [list, keys]) => {
    const shuffled = list
      .map((word, at) => ({ word, key: keys[at] ?? 0 }))
      .sort((a, b) => a.key - b.key)
      .map(({ word }) => word);
    assert.equal(
      await compute(context, octetsOfWords(shuffled)),
      await compute(context, octetsOfWords(list)),
    );
  },
);

property(
  'data with their checksum are intact',
  octets({ maxLength: 256 }),
  async (context, data) => {
    const even = data.length % 4 === 0 ? data : `${data}00`;
    const checksum = await compute(context, data);
    assert.equal(checksum, expectedChecksum(data));
    const whole = even + checksum.toString(16).padStart(4, '0');
    assert.equal(await compute(context, whole), 0);
  },
);

property('swapped octets give the swapped checksum', words, async (context, list) => {
  const swap = (word: number) => networkOrder(word, 'little');
  const swapped = await compute(context, octetsOfWords(list.map(swap)));
  assert.equal(swapped, swap(await compute(context, octetsOfWords(list))));
});

property(
  'amending one word equals computing afresh',
  fc.tuple(words, fc.nat(), word16),
  async (context, [data, place, after]) => {
    const at = place % data.length;
    const before = data[at] ?? 0;
    const changed = data.with(at, after);
    // Zero has two forms and computing afresh gives the other one; no real header is all zero.
    fc.pre(changed.some((word) => word !== 0));
    const afresh = expectedChecksum(octetsOfWords(changed));
    const checksum = await compute(context, octetsOfWords(data));
    const amended = await context.ports.checksum.update({ checksum, before, after });
    assert.equal(valueOf(amended).checksum, afresh);
    assert.equal(await compute(context, octetsOfWords(changed)), afresh);
  },
);

async function partial({ ports }: Context, data: string, sum: number): Promise<number> {
  return valueOf(await ports.csum.partial({ octets: data, sum })).sum;
}

async function folded({ ports }: Context, sum: number): Promise<number> {
  const { byteOrder } = valueOf(await ports.csum.machine({}));
  return networkOrder(valueOf(await ports.csum.fold({ sum })).checksum, byteOrder);
}

/** Data cut in two at some octet. */
const cut = fc
  .tuple(octets({ maxLength: 200 }), fc.nat())
  .map(([data, at]) => ({ data, offset: data === '' ? 0 : at % (data.length / 2 + 1) }));

property(
  'partial sums can be chained at any even offset',
  cut,
  async (context, { data, offset }) => {
    const at = 2 * (offset - (offset % 2));
    const first = await partial(context, data.slice(0, at), 0);
    const sum = await partial(context, data.slice(at), first);
    assert.equal(await folded(context, sum), expectedChecksum(data));
  },
);

property('block sums can be joined at any offset', cut, async (context, { data, offset }) => {
  const sum = await partial(context, data.slice(0, 2 * offset), 0);
  const addend = await partial(context, data.slice(2 * offset), 0);
  const joined = valueOf(await context.ports.csum.blockAdd({ sum, addend, offset })).sum;
  assert.equal(await folded(context, joined), expectedChecksum(data));
});

property(
  'every routine of the machine agrees with the definition',
  octets({ maxLength: 1600 }),
  async (context, data) => {
    const { routines } = valueOf(await context.ports.csum.machine({}));
    for (const routine of routines) {
      const args = { octets: data, sum: 0, routine };
      const { sum } = valueOf(await context.ports.csum.partial(args));
      assert.equal(await folded(context, sum), expectedChecksum(data), `routine ${routine}`);
    }
  },
);

property(
  "folding is the one's complement of the sum modulo 65535",
  word32,
  async ({ ports }, sum) => {
    const { checksum } = valueOf(await ports.csum.fold({ sum }));
    assert.equal(checksum, 0xffff - congruent(BigInt(sum)));
  },
);

const pseudo = fc.record({
  source: ipv4,
  destination: ipv4,
  length: word16,
  protocol: fc.nat(255),
});

property(
  "the magic checksum is that of the pseudo-header's octets",
  pseudo,
  async ({ ports }, { source, destination, length, protocol }) => {
    const { byteOrder } = valueOf(await ports.csum.machine({}));
    const args = { source, destination, length, protocol, sum: 0 };
    const { checksum } = valueOf(await ports.csum.tcpudpMagic(args));
    const twelve = pseudoHeader(source, destination, length, protocol);
    assert.equal(networkOrder(checksum, byteOrder), expectedChecksum(twelve));
  },
);

property(
  'the magic checksum is the fold of the unfolded sum',
  fc.tuple(pseudo, word32),
  async ({ ports }, [header, sum]) => {
    const args = { ...header, sum };
    const unfolded = valueOf(await ports.csum.tcpudpNofold(args));
    const { checksum } = valueOf(await ports.csum.fold(unfolded));
    assert.equal(valueOf(await ports.csum.tcpudpMagic(args)).checksum, checksum);
  },
);

interface Segment {
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly destination: string;
  readonly segment: string;
}

/** A TCP segment with 0 to 10 words of options, or a UDP datagram; its check field zero. */
const segment: fc.Arbitrary<Segment> = fc
  .record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    source: ipv4,
    destination: ipv4,
    ports: octets({ minLength: 4, maxLength: 4 }),
    rest: octets({ minLength: 8, maxLength: 8 }),
    options: fc.nat(10),
    data: octets({ maxLength: 150 }),
  })
  .map(({ protocol, source, destination, ports, rest, options, data }) => {
    const doff = ((5 + options) << 4).toString(16);
    const length = (8 + data.length / 2).toString(16).padStart(4, '0');
    const tcp = `${ports}${rest}${doff}10200000000000${'01'.repeat(4 * options)}${data}`;
    const udp = `${ports}${length}0000${data}`;
    return { protocol, source, destination, segment: protocol === 'tcp' ? tcp : udp };
  });

const PROTOCOL_NUMBER = { tcp: 6, udp: 17 } as const;

/** The check field by definition; UDP sends zero as all ones. */
function expectedCheck({ protocol, source, destination, segment: octetsSent }: Segment): number {
  const length = octetsSent.length / 2;
  const pseudoOctets = pseudoHeader(source, destination, length, PROTOCOL_NUMBER[protocol]);
  const check = expectedChecksum(pseudoOctets + octetsSent);
  return protocol === 'udp' && check === 0 ? 0xffff : check;
}

property('software and device send the same octets', segment, async ({ ports }, sent) => {
  const send = ports['transport-checksum'].send;
  const software = valueOf(await send({ ...sent, hardware: false }));
  const device = valueOf(await send({ ...sent, hardware: true }));
  const expected = withWord16At(sent.segment, CHECK_OFFSET[sent.protocol], expectedCheck(sent));
  assert.equal(software.wire, expected, 'in software');
  assert.equal(device.wire, expected, 'by the device');
});

const STATES = ['CHECKSUM_NONE', 'CHECKSUM_HW', 'CHECKSUM_UNNECESSARY'] as const;

property('what was sent is accepted in every receive state', segment, async ({ ports }, sent) => {
  const port = ports['transport-checksum'];
  const { wire } = valueOf(await port.send({ ...sent, hardware: false }));
  for (const ipSummed of STATES) {
    const received = valueOf(await port.receive({ ...sent, segment: wire, ipSummed }));
    assert.equal(received.accepted, true, ipSummed);
  }
});

property(
  'a segment with one wrong bit is dropped',
  fc.tuple(segment, fc.nat(), fc.constantFrom('CHECKSUM_NONE' as const, 'CHECKSUM_HW' as const)),
  async ({ ports }, [sent, place, ipSummed]) => {
    const port = ports['transport-checksum'];
    const { wire } = valueOf(await port.send({ ...sent, hardware: false }));
    const bit = place % (wire.length * 4);
    const damaged = withBitTurned(wire, bit);
    if (sent.protocol === 'udp') {
      // Without a checksum there is nothing to be wrong, and a length that says less cuts data off.
      fc.pre(word16At(damaged, CHECK_OFFSET.udp) !== 0 && (bit < 32 || bit >= 48));
    }
    const received = valueOf(await port.receive({ ...sent, segment: damaged, ipSummed }));
    assert.equal(received.accepted, false);
  },
);
