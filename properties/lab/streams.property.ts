/** Laws of streams from host to host, whatever the links between them do. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  acceptStream,
  beginStream,
  FlowWatch,
  joinInARow,
  Lab,
  StreamBroken,
  StreamReader,
  StreamWriter,
  type LinkOptions,
  type Seen,
  type StreamEnd,
} from '../../harness/lab/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context, type Host } from '../property.ts';

const PORT = 80;

/** Nothing that a host waits for takes as long. */
const QUIET_NS = 150_000_000_000;
const HANDSHAKE_NS = 30_000_000_000;

/** A part of the frames; half the time none. */
const upTo = (percent: number) =>
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: percent }).map((each) => each / 100),
  );

const anyWire = fc.record({
  bitsPerSecond: fc.oneof(fc.constant(null), fc.integer({ min: 100_000, max: 1_000_000_000 })),
  delayNs: fc.nat(50_000_000),
  queue: fc.oneof(fc.constant(1000), fc.nat(20)),
});

/** Linux sends no segments of less than 48 octets, options among them, whatever the MTU. */
const LEAST_MTU = 88;

const anyMtu = fc.oneof(
  fc.integer({ min: LEAST_MTU, max: 9000 }),
  fc.constantFrom(LEAST_MTU, 296, 576, 1500),
);

/** What one link does to frames; a path of several does no more of it. */
const trouble = fc.record({
  loss: upTo(30),
  reordering: upTo(40),
  duplication: upTo(40),
  corruption: upTo(10),
});

const sizes = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 4000 })),
  {
    minLength: 1,
    maxLength: 5,
  },
);

/** One direction: how long it is, and how it is cut. Octet by octet a long one would take too long. */
const oneWay = fc
  .record({ length: fc.oneof(fc.nat(100), fc.nat(4000)), writes: sizes, reads: sizes })
  .map(({ length, writes, reads }) => {
    const least = Math.ceil(length / 100);
    const cut = (all: readonly number[]) => all.map((size) => Math.max(size, least));
    return { length, writes: cut(writes), reads: cut(reads) };
  });

const buffer = fc.option(fc.integer({ min: 2000, max: 20_000 }), { nil: undefined });

const anyPath = fc.record({
  wires: fc.array(anyWire, { minLength: 1, maxLength: 2 }),
  mtu: anyMtu,
  trouble,
  buffers: fc.record({ sending: buffer, receiving: buffer }),
  there: oneWay,
  back: oneWay,
  seed: fc.nat(0xffff_ffff),
});

type Path = typeof anyPath extends fc.Arbitrary<infer Each> ? Each : never;

/** Hosts that know each other and have a connection; from then on the first link makes trouble. */
async function connected(context: Context, path: Path, seen: (seen: Seen) => void) {
  const links: LinkOptions[] = path.wires.map((wire) => ({ ...wire, queue: 1000, mtu: path.mtu }));
  const hosts = await context.hosts(hostsOf(path));
  const lab = new Lab({ seed: path.seed, seen });
  await joinInARow(lab, hosts, links, valueOf);
  const [a, b] = [hosts[0], hosts.at(-1)] as [Host, Host];
  const to = { address: serverOf(path), port: PORT };
  const [client, server] = [
    { ports: a.ports, task: 'client' },
    { ports: b.ports, task: 'server' },
  ];
  const buffers = {
    sending: await settable(a, 'SO_SNDBUF', path.buffers.sending),
    receiving: await settable(b, 'SO_RCVBUF', path.buffers.receiving),
  };
  const begun = await beginStream(client, server, to, buffers, valueOf);
  let accepted: StreamEnd | undefined;
  await lab.run({
    until: lab.now + HANDSHAKE_NS,
    when: async () => {
      accepted = await acceptStream(begun);
      return accepted !== undefined;
    },
  });
  assert.ok(accepted !== undefined, 'a connection over links that lose nothing is not made');
  const [first, second] = [hosts[0], hosts[1]] as [Host, Host];
  for (const [from, towards] of [
    [first, second],
    [second, first],
  ] as const) {
    const end = lab.endTowards(from.name, towards.name);
    lab.alter(end, { ...path.trouble, queue: path.wires[0]?.queue ?? 0 });
  }
  return { lab, a, b, listening: begun.listening, client: begun.client, server: accepted };
}

/** The length that is wanted of a buffer; none where a system does not let programs choose. */
async function settable(
  { ports: { tcp } }: Host,
  option: 'SO_SNDBUF' | 'SO_RCVBUF',
  value: number | undefined,
): Promise<number | undefined> {
  if (value === undefined) return undefined;
  const { socket } = valueOf(await tcp.open({}));
  const set = await tcp.setOption({ socket, option, value });
  valueOf(await tcp.close({ socket, task: 'prober' }));
  if ('errno' in set && set.errno === 'ENOPROTOOPT') return undefined;
  valueOf(set);
  return value;
}

const hostsOf = ({ wires }: Path): readonly string[] =>
  wires.length === 1 ? ['A', 'B'] : ['A', 'R', 'B'];

const serverOf = ({ wires }: Path): string => `10.0.${wires.length - 1}.2`;

/** Both ends of a direction go on as far as they can. @returns whether all has been read. */
async function goOn(
  lab: Lab,
  programs: readonly (readonly [string, StreamReader | StreamWriter])[],
) {
  for (const [host, program] of programs) {
    if (program.done) continue;
    const before = program.moved;
    await program.goOn();
    if (program.moved > before || program.done) await lab.gather(host);
  }
  return programs.every(([, { done }]) => done);
}

/** Closes what is open, and lets the hosts come to rest. */
async function comeToRest(lab: Lab, a: Host, b: Host, ends: readonly StreamEnd[]): Promise<void> {
  for (const { tcp, socket, task } of ends) await tcp.close({ socket, task });
  for (const { name } of [a, b]) await lab.gather(name);
  const end = await lab.run({ quietNs: QUIET_NS, moments: 50_000 });
  assert.ok(end === 'rest' || end === 'quiet', 'the hosts do not come to rest');
}

/** Moments in which a stream of this length arrives, unless somebody goes in circles. */
const MOST_MOMENTS = 50_000;

/** A host may give up a connection when it has tried so long. Source: RFC 1122, section 4.2.3.5. */
const TRIES_NS = 100_000_000_000;

/** Runs the lab until all programs are done. @returns false where a host has given up, as it may, and says so. */
async function allDone(
  lab: Lab,
  done: () => Promise<boolean>,
  watches: readonly FlowWatch[],
  ends: readonly StreamEnd[],
): Promise<boolean> {
  const mayGiveUp = () => watches.some(({ tryingNs }) => tryingNs >= TRIES_NS);
  try {
    const end = await lab.run({ when: done, moments: MOST_MOMENTS });
    if (end === 'rest' && mayGiveUp() && (await someIsBroken(ends))) return false;
    assert.equal(end, 'condition', 'the hosts are at rest, and not everything has come');
    return true;
  } catch (error) {
    if (error instanceof StreamBroken && mayGiveUp()) return false;
    throw error;
  }
}

property(
  'a stream over any path of links arrives as it was written, within the windows, and both ends come to rest',
  anyPath,
  async (context, path) => {
    const names = hostsOf(path);
    const [client, server] = ['10.0.0.1', serverOf(path)];
    const [left, right] = [names[0] ?? '', names.at(-1) ?? ''];
    const there = new FlowWatch({
      host: left,
      address: client,
      peer: server,
      port: 0,
      peerPort: PORT,
    });
    const back = new FlowWatch({
      host: right,
      address: server,
      peer: client,
      port: PORT,
      peerPort: 0,
    });
    const scene = await connected(context, path, (seen) => {
      there.see(seen);
      back.see(seen);
    });
    const { lab, a, b } = scene;
    const programs = [
      [a.name, new StreamWriter(scene.client, path.there.length, path.there.writes)],
      [b.name, new StreamReader(scene.server, path.there.reads)],
      [b.name, new StreamWriter(scene.server, path.back.length, path.back.writes)],
      [a.name, new StreamReader(scene.client, path.back.reads)],
    ] as const;
    const done = () => goOn(lab, programs);
    if (await allDone(lab, done, [there, back], [scene.client, scene.server])) {
      assert.equal(programs[1][1].moved, path.there.length, 'octets that have come to the server');
      assert.equal(programs[3][1].moved, path.back.length, 'octets that have come to the client');
    }
    assertWithin(there, 'the client');
    assertWithin(back, 'the server');
    await comeToRest(lab, a, b, [scene.client, scene.server, scene.listening]);
  },
  { alone: true },
);

async function someIsBroken(ends: readonly StreamEnd[]): Promise<boolean> {
  for (const { tcp, socket } of ends) {
    if (valueOf(await tcp.getOption({ socket, option: 'SO_ERROR' })).value !== '') return true;
  }
  return false;
}

function assertWithin({ mostBeyond }: FlowWatch, who: string): void {
  assert.ok(mostBeyond <= 0, `${who} has sent ${mostBeyond} octets beyond the window`);
}
