/** The packet codec: nothing is lost in either direction, and no octets from the wire upset it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  complete,
  decode,
  draftOf,
  encode,
  encodeHex,
  type Ipv4Packet,
  type PacketDraft,
  problemsOf,
  quoteOf,
} from '../../harness/packets/index.ts';
import * as some from './arbitraries.ts';

const KINDS: Readonly<Record<string, fc.Arbitrary<PacketDraft>>> = {
  'frames of all kinds': some.frame,
  'IPv4 packets': some.ipv4Whole,
  'IPv4 fragments': some.ipv4Fragment,
  'IPv6 packets': some.ipv6Whole,
  'IPv6 fragments': some.ipv6Fragment,
};

function againDecoded(packet: PacketDraft) {
  return decode(encode(packet), packet.kind === 'ethernet' ? 'ethernet' : 'ip');
}

describe.each(Object.entries(KINDS))('%s', (_, arbitrary) => {
  test('decoding what was encoded gives all that was given, and nothing wrong', () => {
    const check = (draft: PacketDraft) => {
      const packet = againDecoded(draft);
      expect(packet).toMatchObject(draft);
      expect(problemsOf(packet)).toEqual([]);
    };
    fc.assert(fc.property(arbitrary, check), { ...some.SEEDED, numRuns: 400 });
  });

  test('a packet in full is the same again', () => {
    const check = (draft: PacketDraft) => {
      const packet = complete(draft);
      expect(againDecoded(packet)).toEqual(packet);
      expect(encodeHex(draftOf(packet))).toBe(encodeHex(packet));
    };
    fc.assert(fc.property(arbitrary, check), { ...some.SEEDED, numRuns: 200 });
  });

  test('octets that were changed, cut or lengthened are kept as they are', () => {
    const damage = fc.record({
      bit: fc.nat(8 * 60),
      cut: fc.option(fc.nat(120)),
      more: some.hex(4),
    });
    const check = (
      draft: PacketDraft,
      { bit, cut, more }: { bit: number; cut: number | null; more: string },
    ) => {
      const whole = Buffer.concat([encode(draft), Buffer.from(more, 'hex')]);
      whole[bit >> 3] = (whole[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      const damaged = whole.subarray(0, cut ?? whole.length);
      const packet = decode(damaged, draft.kind === 'ethernet' ? 'ethernet' : 'ip');
      problemsOf(packet);
      expect(encodeHex(packet)).toBe(damaged.toString('hex'));
    };
    fc.assert(fc.property(arbitrary, damage, check), { ...some.SEEDED, numRuns: 1000 });
  });
});

describe('octets that nobody made', () => {
  const ETHERTYPES = ['0800', '0806', '86dd', '0000'];
  const header = fc
    .tuple(some.hex(12, 12), fc.constantFrom(...ETHERTYPES))
    .map((parts) => parts.join(''));
  const ip = fc
    .tuple(
      some.hex(1, 1),
      some.hex(7, 7),
      some.hex(1, 1),
      fc.constantFrom('01', '06', '11', '3a'),
      some.hex(80),
    )
    .map(([first, a, b, protocol, rest]) => `4${first.slice(1)}${a}${b}${protocol}${rest}`);

  test.each([
    ['frames', fc.tuple(header, some.hex(90)).map((parts) => parts.join(''))],
    ['few', some.hex(16)],
    ['IP', fc.tuple(header, ip).map((parts) => parts.join(''))],
  ])('%s', (_, arbitrary) => {
    const check = (octets: string) => {
      for (const link of ['ethernet', 'ip'] as const) {
        expect(encodeHex(decode(octets, link))).toBe(octets);
      }
    };
    fc.assert(fc.property(arbitrary, check), { ...some.SEEDED, numRuns: 2000 });
  });

  test('an error that quotes an error that quotes an error does not exhaust the stack', () => {
    const level = '4500ffff000000004001000001010101020202020300000000000000';
    const octets = level.repeat(2340);
    expect(encodeHex(decode(octets, 'ip'))).toBe(octets);
  });
});

describe('problems have names', () => {
  const UDP_PACKET = {
    kind: 'ipv4',
    source: '10.0.0.1',
    destination: '10.0.0.2',
    payload: { kind: 'udp', sourcePort: 1024, destinationPort: 53, data: '68656c6c6f' },
  } as const;

  test.each<[string, PacketDraft, string[]]>([
    ['nothing', UDP_PACKET, []],
    ['version', { ...UDP_PACKET, version: 5 }, ['ip version 5, not 4']],
    [
      'header length',
      { ...UDP_PACKET, headerLength: 16 },
      ['ip header length 16, less than 20 octets'],
    ],
    ['header checksum', { ...UDP_PACKET, checksum: 1 }, ['ipv4 checksum is wrong']],
    [
      'total length',
      { ...UDP_PACKET, totalLength: 40 },
      ['ip total length 40, but only 33 octets'],
    ],
    [
      'udp length',
      { ...UDP_PACKET, payload: { ...UDP_PACKET.payload, length: 30 } },
      ['udp length 30, but only 13 octets'],
    ],
    [
      'udp checksum',
      { ...UDP_PACKET, payload: { ...UDP_PACKET.payload, checksum: 1 } },
      ['udp checksum is wrong'],
    ],
    ['no udp checksum', { ...UDP_PACKET, payload: { ...UDP_PACKET.payload, checksum: 0 } }, []],
    [
      'record route',
      { ...UDP_PACKET, options: [{ kind: 'unknown', type: 7, octets: '04aa' }] },
      ['ip option 7 of 4 octets'],
    ],
  ])('%s', (_, draft, problems) => {
    expect(problemsOf(againDecoded(draft))).toEqual(problems);
  });

  test.each([
    ['4500', 'ip header shorter than 20 octets'],
    ['6000', 'ipv6 header shorter than 40 octets'],
    ['', 'no octets'],
  ])('%s', (octets, problem) => {
    expect(problemsOf(decode(octets, 'ip'))).toEqual([problem]);
  });
});

describe('what does not fit is refused', () => {
  const packet = {
    kind: 'ipv4',
    source: '10.0.0.1',
    destination: '10.0.0.2',
    payload: { kind: 'udp', sourcePort: 1, destinationPort: 2, data: '' },
  } as const;

  test.each<[string, PacketDraft]>([
    ['256 does not fit 8 bits', { ...packet, ttl: 256 }],
    ['0.125 does not fit 13 bits', { ...packet, fragmentOffset: 1 }],
    ['no IPv4 address: "10.0.0"', { ...packet, source: '10.0.0' }],
    [
      'a packet of raw octets needs its protocol',
      { ...packet, payload: { kind: 'raw', octets: '' } },
    ],
    ['not an even number of hex digits', { ...packet, trailer: '0' }],
    [
      'a frame of raw octets needs its etherType',
      {
        kind: 'ethernet',
        source: '02:00:00:00:00:01',
        destination: '02:00:00:00:00:02',
        payload: { kind: 'raw', octets: '' },
      },
    ],
  ])('%s', (problem, draft) => {
    expect(() => encode(draft)).toThrow(problem);
  });
});

describe('a quote', () => {
  const original = (data: string) =>
    ({
      kind: 'ipv4',
      source: '10.0.0.1',
      destination: '10.0.0.2',
      options: [{ kind: 'nop' }],
      payload: { kind: 'tcp', sourcePort: 1, destinationPort: 2, sequence: 3, flags: [], data },
    }) as const;

  test('is the header and eight octets, unless more are asked for', () => {
    const quoted = quoteOf(original('00'.repeat(100)));
    expect(encode(quoted)).toHaveLength(24 + 8);
    const payload = { kind: 'tcp-head', sourcePort: 1, destinationPort: 2, sequence: 3 };
    expect(quoted).toMatchObject({ totalLength: 24 + 120, checksumRight: true, payload });
    expect(quoted).not.toHaveProperty('problem');
    expect(encode(quoteOf(original('00'.repeat(100)), 576))).toHaveLength(144);
  });

  test('is not told to be wrong for what it lacks', () => {
    for (let octets = 24; octets < 44; octets++) {
      expect(problemsOf(quoteOf(original('00'), octets))).toEqual([]);
    }
  });
});

describe('checksums of known packets', () => {
  const ends = { kind: 'ipv4', source: '10.0.0.1', destination: '10.0.0.2' } as const;
  const udp = (data: string) =>
    complete({ ...ends, payload: { kind: 'udp', sourcePort: 1024, destinationPort: 53, data } });

  test('UDP, and one that comes out as zero', () => {
    expect(udp('68656c6c6f')).toMatchObject({ payload: { checksum: 0xa3ca } });
    expect(udp('e7a2')).toMatchObject({ payload: { checksum: 0xffff, checksumRight: true } });
  });

  test('TCP', () => {
    const segment = { kind: 'tcp', sourcePort: 1024, destinationPort: 80 } as const;
    const numbers = { sequence: 1, acknowledgment: 2, window: 0x2000 };
    const packet = complete({
      ...ends,
      payload: { ...segment, ...numbers, flags: ['ACK'], data: '' },
    });
    expect(packet).toMatchObject({ payload: { checksum: 0x777f } });
  });

  test('an IPv4 header', () => {
    const packet = decode(`45000073000040004011b861c0a80001c0a800c7${'00'.repeat(95)}`, 'ip');
    expect(packet as Ipv4Packet).toMatchObject({ checksum: 0xb861, checksumRight: true });
  });
});
