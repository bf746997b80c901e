/** Packets of all kinds, generated. */
import fc from 'fast-check';
import type {
  ArpDraft,
  EthernetDraft,
  IcmpDraft,
  Icmpv6Draft,
  IpPayloadDraft,
  Ipv4Draft,
  Ipv4Option,
  Ipv6Draft,
  NeighbourOption,
  TcpDraft,
  TcpOption,
  UdpDraft,
} from '../../harness/packets/index.ts';
import { TCP_FLAGS } from '../../harness/packets/index.ts';
import { octetsOf } from '../../contract/octets.ts';

/** One seed, so that every run of these tests tries the same packets. */
export const SEEDED = { seed: 20_050_302 } as const;

/** Numbers of so many bits, the ends more often than others. */
export const number = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });

export const hex = (maxLength: number, minLength = 0) =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => octetsOf(bytes));

export const mac = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((bytes) => octetsOf(bytes).replace(/(..)(?=.)/g, '$1:'));

/** Unicast, so that a dissector finds nothing odd in them. */
export const ipv4 = fc
  .tuple(fc.integer({ min: 1, max: 126 }), number(8), number(8), fc.integer({ min: 1, max: 254 }))
  .map((octets) => octets.join('.'));

export const ipv6 = fc.constantFrom(
  '2001:db8::1',
  '2001:db8::2:0:0:1',
  'fe80::ff:fe00:1',
  '2001:db8:1:2:3:4:5:6',
  '2001:0:0:1::1',
  '::1',
  '1::',
);

const data = hex(60);

/** Data that no protocol begins with, so that a dissector does not guess one. */
const stream = data.map((octets) => (octets === '' ? '' : `4b53${octets}`));

const timeMs = fc.integer({ min: 0, max: 86_399_999 });

export const ipv4Option: fc.Arbitrary<Ipv4Option> = fc.oneof(
  fc.record({ kind: fc.constant('nop' as const) }),
  fc.record({ kind: fc.constant('router-alert' as const), value: number(16) }),
  fc
    .tuple(
      fc.constantFrom(...(['record-route', 'loose-source-route', 'strict-source-route'] as const)),
      fc.array(ipv4, { minLength: 1, maxLength: 3 }),
      fc.nat(3),
    )
    .map(([kind, addresses, at]) => ({
      kind,
      addresses,
      pointer: 4 + 4 * Math.min(at, addresses.length),
    })),
  fc.array(timeMs, { minLength: 1, maxLength: 3 }).map((times) => ({
    kind: 'timestamp' as const,
    pointer: 5,
    overflow: times.length,
    slots: 'time' as const,
    entries: times.map((ms) => ({ timeMs: ms })),
  })),
  fc
    .tuple(
      fc.constantFrom(...(['address', 'prespecified'] as const)),
      fc.array(fc.record({ address: ipv4, timeMs }), { minLength: 1, maxLength: 2 }),
    )
    .map(([slots, entries]) => ({
      kind: 'timestamp' as const,
      pointer: 13,
      overflow: 0,
      slots,
      entries,
    })),
  fc.record({
    kind: fc.constant('unknown' as const),
    type: fc.constantFrom(94, 222),
    octets: hex(4),
  }),
);

export const tcpOption: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.record({ kind: fc.constant('nop' as const) }),
  fc.record({ kind: fc.constant('mss' as const), value: number(16) }),
  fc.record({ kind: fc.constant('window-scale' as const), shift: fc.nat(14) }),
  fc.record({ kind: fc.constant('sack-permitted' as const) }),
  fc.record({ kind: fc.constant('timestamps' as const), value: number(32), echo: number(32) }),
  fc.record({
    kind: fc.constant('sack' as const),
    blocks: fc.array(fc.record({ left: number(32), right: number(32) }), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    type: fc.constantFrom(77, 200),
    octets: hex(4),
  }),
);

type Sized = { readonly kind: string };

/** Options up to 40 octets, with the padding that encoding would add written out. */
function filled<Some extends Sized>(option: fc.Arbitrary<Some>, size: (option: Some) => number) {
  return fc.array(option, { maxLength: 5 }).map((all) => {
    const fitting: (Some | { kind: 'end'; padding: string })[] = [];
    let octets = 0;
    for (const one of all) {
      if (octets + size(one) > 40) continue;
      octets += size(one);
      fitting.push(one);
    }
    if (octets % 4 !== 0) fitting.push({ kind: 'end', padding: '00'.repeat((-octets & 3) - 1) });
    return fitting;
  });
}

function ipv4OptionSize(option: Ipv4Option): number {
  if (option.kind === 'nop') return 1;
  if (option.kind === 'router-alert') return 4;
  if (option.kind === 'timestamp') {
    return 4 + option.entries.length * (option.slots === 'time' ? 4 : 8);
  }
  if ('addresses' in option) return 3 + 4 * option.addresses.length;
  return 'octets' in option ? 2 + option.octets.length / 2 : 0;
}

function tcpOptionSize(option: TcpOption): number {
  const sizes = { nop: 1, mss: 4, 'window-scale': 3, 'sack-permitted': 2, timestamps: 10 };
  if (option.kind === 'sack') return 2 + 8 * option.blocks.length;
  if ('octets' in option) return 2 + option.octets.length / 2;
  return option.kind === 'end' ? 0 : sizes[option.kind];
}

export const ipv4Options: fc.Arbitrary<readonly Ipv4Option[]> = filled(ipv4Option, ipv4OptionSize);

export const tcpOptions: fc.Arbitrary<readonly TcpOption[]> = filled(tcpOption, tcpOptionSize);

export const udp: fc.Arbitrary<UdpDraft> = fc.record({
  kind: fc.constant('udp' as const),
  // Ports on which a dissector expects no protocol of its own.
  sourcePort: fc.integer({ min: 61_000, max: 61_900 }),
  destinationPort: fc.integer({ min: 61_000, max: 61_900 }),
  data: stream,
});

export const tcp: fc.Arbitrary<TcpDraft> = fc.record({
  kind: fc.constant('tcp' as const),
  sourcePort: fc.integer({ min: 61_000, max: 61_900 }),
  destinationPort: fc.integer({ min: 61_000, max: 61_900 }),
  sequence: number(32),
  acknowledgment: number(32),
  flags: fc.subarray([...TCP_FLAGS]),
  window: number(16),
  urgentPointer: number(16),
  options: tcpOptions,
  data: stream,
});

const echo = {
  message: fc.constantFrom(...(['echo-request', 'echo-reply'] as const)),
  identifier: number(16),
  sequence: number(16),
  data,
};

const icmp = { kind: fc.constant('icmp' as const) };

export const icmpQuery: fc.Arbitrary<IcmpDraft> = fc.record({ ...icmp, ...echo });

/** What else there is in an IPv4 packet, and what stays as it is of it. */
function ipv4Around(payload: fc.Arbitrary<IpPayloadDraft>): fc.Arbitrary<Ipv4Draft> {
  return fc.record({
    kind: fc.constant('ipv4' as const),
    tos: number(8),
    identification: number(16),
    dontFragment: fc.boolean(),
    ttl: fc.integer({ min: 1, max: 255 }),
    source: ipv4,
    destination: ipv4,
    options: ipv4Options,
    payload,
  });
}

const quoted = ipv4Around(fc.oneof(udp, tcp, icmpQuery));

export const icmpError: fc.Arbitrary<IcmpDraft> = fc.oneof(
  fc.record({
    ...icmp,
    message: fc.constant('destination-unreachable' as const),
    code: fc.nat(15),
    nextHopMtu: number(16),
    quoted,
  }),
  fc.record({
    ...icmp,
    message: fc.constant('time-exceeded' as const),
    code: fc.nat(1),
    quoted,
  }),
  fc.record({
    ...icmp,
    message: fc.constant('source-quench' as const),
    code: fc.constant(0),
    quoted,
  }),
  fc.record({
    ...icmp,
    message: fc.constant('parameter-problem' as const),
    code: fc.nat(2),
    pointer: number(8),
    quoted,
  }),
  fc.record({
    ...icmp,
    message: fc.constant('redirect' as const),
    code: fc.nat(3),
    gateway: ipv4,
    quoted,
  }),
);

export const ipv4Whole = ipv4Around(fc.oneof(udp, tcp, icmpQuery, icmpError));

/** Pieces of something; what they carry is not looked into. */
export const ipv4Fragment: fc.Arbitrary<Ipv4Draft> = fc
  .tuple(
    ipv4Around(fc.constant({ kind: 'raw', octets: '' })),
    fc.nat(8000),
    fc.boolean(),
    hex(16, 1),
  )
  .map(([packet, units, moreFragments, octets]) => ({
    ...packet,
    dontFragment: false,
    moreFragments: moreFragments || units === 0,
    fragmentOffset: 8 * units,
    protocol: 17,
    payload: {
      kind: 'raw',
      octets: moreFragments || units === 0 ? octets.slice(0, 2).repeat(8) : octets,
    },
  }));

export const neighbourOption: fc.Arbitrary<NeighbourOption> = fc.record({
  kind: fc.constantFrom(...(['source-link-address', 'target-link-address'] as const)),
  address: mac,
});

const icmpv6 = { kind: fc.constant('icmpv6' as const) };

function ipv6Around(payload: fc.Arbitrary<Ipv6Draft['payload']>): fc.Arbitrary<Ipv6Draft> {
  return fc.record({
    kind: fc.constant('ipv6' as const),
    trafficClass: number(8),
    flowLabel: number(20),
    hopLimit: fc.integer({ min: 1, max: 255 }),
    source: ipv6,
    destination: ipv6,
    payload,
  });
}

const icmpv6Query: fc.Arbitrary<Icmpv6Draft> = fc.record({ ...icmpv6, ...echo });

const quoted6 = ipv6Around(fc.oneof(udp, tcp, icmpv6Query));

export const icmpv6Message: fc.Arbitrary<Icmpv6Draft> = fc.oneof(
  icmpv6Query,
  fc.record({
    ...icmpv6,
    message: fc.constant('packet-too-big' as const),
    mtu: number(32),
    quoted: quoted6,
  }),
  fc.record({
    ...icmpv6,
    message: fc.constantFrom(...(['destination-unreachable', 'time-exceeded'] as const)),
    code: fc.nat(1),
    quoted: quoted6,
  }),
  fc.record({
    ...icmpv6,
    message: fc.constant('parameter-problem' as const),
    code: fc.nat(2),
    pointer: number(32),
    quoted: quoted6,
  }),
  fc.record({
    ...icmpv6,
    message: fc.constant('neighbour-solicitation' as const),
    flags: fc.constant(0),
    target: ipv6,
    options: fc.array(neighbourOption, { maxLength: 2 }),
  }),
  fc.record({
    ...icmpv6,
    message: fc.constant('neighbour-advertisement' as const),
    flags: fc.nat(7).map((flags) => flags * 2 ** 29),
    target: ipv6,
    options: fc.array(neighbourOption, { maxLength: 2 }),
  }),
);

export const ipv6Whole = ipv6Around(fc.oneof(udp, tcp, icmpv6Message));

export const ipv6Fragment: fc.Arbitrary<Ipv6Draft> = ipv6Around(
  fc.record({
    kind: fc.constant('ipv6-fragment' as const),
    nextHeader: fc.constant(17),
    fragmentOffset: fc.nat(8000).map((units) => 8 * units),
    moreFragments: fc.constant(true),
    identification: number(32),
    octets: hex(1, 1).map((octet) => octet.repeat(8)),
  }),
);

export const arp: fc.Arbitrary<ArpDraft> = fc.record({
  kind: fc.constant('arp' as const),
  operation: fc.oneof(
    fc.constantFrom(...(['request', 'reply'] as const)),
    fc.integer({ min: 3, max: 65_535 }),
  ),
  senderHardware: mac,
  senderProtocol: ipv4,
  targetHardware: mac,
  targetProtocol: ipv4,
});

export const frame: fc.Arbitrary<EthernetDraft> = fc.record({
  kind: fc.constant('ethernet' as const),
  destination: mac,
  source: mac,
  payload: fc.oneof(
    { weight: 1, arbitrary: arp },
    { weight: 8, arbitrary: ipv4Whole },
    { weight: 1, arbitrary: ipv4Fragment },
    { weight: 4, arbitrary: ipv6Whole },
    { weight: 1, arbitrary: ipv6Fragment },
  ),
});
