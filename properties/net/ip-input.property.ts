/** Laws of IP input: no frame does harm, and every packet is counted for one thing. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesOf, octetsOf, type MibCounter } from '../../contract/index.ts';
import {
  decode,
  type EthernetFrame,
  ETHERTYPE,
  type Ipv4Draft,
  type Ipv4Packet,
} from '../../harness/packets/index.ts';
import { expectedChecksum } from '../../harness/sums.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import {
  arpFrame,
  boundSocket,
  frameOf,
  newHost,
  packetsIn,
  receiveFrame,
  receivePacket,
  transmittedBy,
  waitingAt,
  type Host,
} from './host.ts';

const PORT = 2000;
const LINK = 14;
const IP_HEADER = 20;

// Frames to begin with

const udp = {
  kind: 'udp',
  sourcePort: 53,
  destinationPort: PORT,
  data: '0102030405060708',
} as const;

const echo = {
  kind: 'icmp',
  message: 'echo-request',
  identifier: 1,
  sequence: 2,
  data: '61626364',
} as const;

type Maker = (host: Host) => string;

const packet =
  (rest: (host: Host) => Partial<Ipv4Draft> & Pick<Ipv4Draft, 'payload'>): Maker =>
  (host) => {
    const ends = { source: host.neighbour, destination: host.address };
    return frameOf(host, { kind: 'ipv4', ...ends, ...rest(host) });
  };

/** What a sent datagram of the socket is quoted by. */
const quoted = ({ address, neighbour }: Host): Ipv4Draft => ({
  kind: 'ipv4',
  source: address,
  destination: neighbour,
  payload: { ...udp, sourcePort: PORT, destinationPort: 53 },
});

const MAKERS: readonly Maker[] = [
  packet(() => ({ payload: udp })),
  packet(() => ({ payload: echo })),
  packet(() => ({ payload: udp, moreFragments: true })),
  packet(() => ({
    payload: { kind: 'raw', octets: '61'.repeat(20) },
    protocol: 17,
    fragmentOffset: 16,
  })),
  packet(() => ({ payload: { kind: 'raw', octets: '61'.repeat(20) }, protocol: 99 })),
  packet(({ address }) => ({
    payload: udp,
    options: [
      { kind: 'record-route', pointer: 4, addresses: ['0.0.0.0', '0.0.0.0'] },
      {
        kind: 'timestamp',
        pointer: 5,
        overflow: 0,
        slots: 'address',
        entries: [{ address, timeMs: 0 }],
      },
    ],
  })),
  packet(({ neighbour }) => ({
    payload: udp,
    options: [{ kind: 'loose-source-route', pointer: 4, addresses: [neighbour] }],
  })),
  packet((host) => ({
    payload: {
      kind: 'icmp',
      message: 'destination-unreachable',
      code: 3,
      nextHopMtu: 0,
      quoted: quoted(host),
    },
  })),
  packet((host) => ({
    payload: { kind: 'icmp', message: 'redirect', gateway: host.neighbour, quoted: quoted(host) },
  })),
  (host) => arpFrame(host, 'request', host.neighbour, host.address),
  (host) => arpFrame(host, 'reply', host.neighbour, host.address),
];

// What is done to them

/** Most of them in the header of IP, its options and what comes next. */
const place = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: LINK, max: LINK + 60 }) },
  { weight: 1, arbitrary: fc.nat() },
);

const mutation = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      at: place,
      to: fc.constantFrom(0, 1, 3, 0x7f, 0x80, 0xff),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), at: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('grow' as const),
      octets: fc.uint8Array({ minLength: 1, maxLength: 24 }),
    }),
  },
);

type Mutation = typeof mutation extends fc.Arbitrary<infer Each> ? Each : never;

function mutated(frame: Uint8Array, change: Mutation): Uint8Array {
  if (change.do === 'cut') return frame.subarray(0, change.at % (frame.length + 1));
  if (change.do === 'grow') return Uint8Array.of(...frame, ...change.octets);
  const at = change.at % Math.max(1, frame.length);
  return frame.map((octet, where) =>
    where !== at ? octet : change.do === 'set' ? change.to : octet ^ (1 << change.bit),
  );
}

/** Makes the header's checksum right again, so that more than that is looked at. */
function repaired(frame: Uint8Array): Uint8Array {
  const end = LINK + 4 * ((frame[LINK] ?? 0) & 15);
  if (end < LINK + IP_HEADER || end > frame.length) return frame;
  const good = frame.slice();
  good.set([0, 0], LINK + 10);
  const checksum = expectedChecksum(octetsOf(good.subarray(LINK, end)));
  good.set([checksum >> 8, checksum & 255], LINK + 10);
  return good;
}

const anyFrame = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      maker: fc.constantFrom(...MAKERS.keys()),
      mutations: fc.array(mutation, { maxLength: 3 }),
      repair: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      octets: fc.uint8Array({ maxLength: 80 }),
      /** Ethernet type of a frame for the host; null for octets without a header. */
      type: fc.constantFrom(ETHERTYPE.ipv4, ETHERTYPE.arp, ETHERTYPE.ipv6, null),
    }),
  },
);

type AnyFrame = typeof anyFrame extends fc.Arbitrary<infer Each> ? Each : never;

function octetsFor(host: Host, frame: AnyFrame): Uint8Array {
  if ('maker' in frame) {
    const { maker, mutations, repair } = frame;
    const whole = mutations.reduce(mutated, bytesOf(MAKERS[maker]?.(host) ?? ''));
    return repair ? repaired(whole) : whole;
  }
  const { octets, type } = frame;
  if (type === null) return octets;
  const addresses = bytesOf(`${host.mac}${host.neighbourMac}`.replaceAll(':', ''));
  return Uint8Array.of(...addresses, type >> 8, type & 255, ...octets);
}

const frames = fc.array(anyFrame, { minLength: 1, maxLength: 6 });

// What must hold

/** An echo is answered and a datagram delivered. */
async function assertAlive(context: Context, host: Host, socket: string): Promise<void> {
  await transmittedBy(context, host);
  await receiveFrame(context, host, frameOf(host, echoRequest(host)));
  const answers = packetsIn(await transmittedBy(context, host));
  const isReply = ({ payload }: Ipv4Packet) =>
    payload.kind === 'icmp' && payload.message === 'echo-reply' && payload.data === echo.data;
  assert.ok(answers.some(isReply), 'an echo request is not answered');
  await waitingAt(context, socket);
  const ends = { source: host.neighbour, destination: host.address };
  await receivePacket(context, host, { kind: 'ipv4', ...ends, payload: udp });
  assert.deepEqual(await waitingAt(context, socket), [udp.data]);
}

const echoRequest = ({ neighbour, address }: Host): Ipv4Draft => ({
  kind: 'ipv4',
  source: neighbour,
  destination: address,
  payload: echo,
});

property(
  'after any frames the host answers and delivers',
  frames,
  async (context, all) => {
    const host = await newHost(context);
    const socket = await boundSocket(context, host.address, PORT);
    for (const frame of all) await receiveFrame(context, host, octetsOf(octetsFor(host, frame)));
    await assertAlive(context, host, socket);
    valueOf(await context.ports.udp.close({ socket }));
  },
  { alone: true },
);

type Counters = Readonly<Record<MibCounter, number>>;

/** What each packet that came in is counted for at most once; pieces that wait are not delivered. */
const fates = (grown: Counters): number =>
  grown.InHdrErrors +
  grown.InAddrErrors +
  grown.ForwDatagrams +
  grown.InUnknownProtos +
  grown.InDiscards +
  grown.InDelivers +
  grown.ReasmReqds -
  grown.ReasmOKs;

/** Later systems answer who has the address of all of the network, and what is sent to all comes back. */
const isHeardToo = (profile: string, { address }: Host, { payload }: EthernetFrame): boolean =>
  profile === 'linux-6' &&
  payload.kind === 'ipv4' &&
  payload.source === address.replace(/\d+$/, '255');

function assertCounted(profile: string, host: Host, octets: Uint8Array, grown: Counters): void {
  const frame = decode(octets);
  const isIp = frame.kind === 'ethernet' && frame.etherType === ETHERTYPE.ipv4;
  const forHost =
    frame.kind === 'ethernet' && [host.mac, 'ff:ff:ff:ff:ff:ff'].includes(frame.destination);
  if (!isIp) assert.equal(grown.InReceives, 0, 'InReceives grows by what is no IP');
  else if (forHost && !(grown.InReceives === 2 && isHeardToo(profile, host, frame))) {
    assert.equal(grown.InReceives, 1, 'InReceives');
  }
  assert.ok(fates(grown) <= grown.InReceives, 'a packet is counted for two things');
  assert.ok(grown.IcmpInMsgs + grown.UdpInErrors + grown.UdpNoPorts <= grown.InDelivers);
  if (isIp && forHost && !isSound(frame)) {
    // Later systems have a counter of its own for what is not all there, which is none of these.
    const least = profile === 'linux-6' ? 0 : 1;
    assert.ok(grown.InHdrErrors >= least && fates(grown) === grown.InHdrErrors, 'InHdrErrors');
  }
}

function isSound({ payload }: EthernetFrame): boolean {
  return payload.kind === 'ipv4' && payload.problem === undefined && payload.checksumRight === true;
}

property(
  'every packet that comes in is counted, and for one thing at most',
  frames,
  async (context, all) => {
    const { mib } = context.ports;
    const host = await newHost(context);
    const socket = await boundSocket(context, host.address, PORT);
    let before = valueOf(await mib.read({})).counters;
    for (const frame of all) {
      const octets = octetsFor(host, frame);
      await receiveFrame(context, host, octetsOf(octets));
      const after = valueOf(await mib.read({})).counters;
      const grown = Object.entries(after).map(([name, count]) => [
        name,
        count - before[name as MibCounter],
      ]);
      assertCounted(context.profile, host, octets, Object.fromEntries(grown) as Counters);
      before = after;
    }
    valueOf(await context.ports.udp.close({ socket }));
  },
  { alone: true },
);
