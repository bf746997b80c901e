/** Laws of datagrams from host to host, whatever the links between them do. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { joinInARow, Lab, type LinkOptions, type Seen } from '../../harness/lab/index.ts';
import { decode, type EthernetFrame } from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Host } from '../property.ts';

const PORT = 2000;

/** Nothing that a host waits for takes as long. */
const QUIET_NS = 150_000_000_000;

/** A part of the frames; half the time none. */
const part = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 40 }).map((percent) => percent / 100),
);

const anyLink: fc.Arbitrary<LinkOptions> = fc.record({
  bitsPerSecond: fc.oneof(fc.constant(null), fc.integer({ min: 100_000, max: 1_000_000_000 })),
  delayNs: fc.nat(50_000_000),
  queue: fc.oneof(fc.constant(1000), fc.nat(20)),
  mtu: fc.oneof(fc.integer({ min: 68, max: 9000 }), fc.constantFrom(68, 69, 296, 576, 1500)),
  loss: part,
  reordering: part,
  duplication: part,
  corruption: part,
});

/** No two are alike: the first octets are the number of the datagram. */
const dataOf = (length: number, number: number): string =>
  octetsOf(Uint8Array.from({ length }, (_, at) => (at === 0 ? number : (at * 7 + number) % 256)));

/** Identifications of IP packets of which pieces were damaged more than once: their sums may be right again. */
function damagedTwice(seen: readonly Seen[]): ReadonlySet<number> {
  const damage = new Map<number, number>();
  for (const { frame, direction, remark } of seen) {
    if (direction === 'out' || remark?.includes('corrupted') !== true) continue;
    const { payload } = decode(frame) as EthernetFrame;
    if (payload.kind !== 'ipv4') continue;
    damage.set(payload.identification, (damage.get(payload.identification) ?? 0) + 1);
  }
  return new Set(
    [...damage].filter(([, count]) => count > 1).map(([identification]) => identification),
  );
}

async function socketAt({ ports: { udp } }: Host, address: string): Promise<string> {
  const { socket } = valueOf(await udp.open({}));
  valueOf(await udp.bind({ socket, to: { address, port: PORT } }));
  return socket;
}

/** All datagrams that wait at the socket; errors that routers have told of are passed over. */
async function waitingAt({ ports: { udp } }: Host, socket: string) {
  const { datagrams } = valueOf(await udp.occupancy({ socket }));
  const got: { octets: string; from: string | undefined }[] = [];
  for (let left = datagrams; left > 0; left--) {
    const call = { socket, task: 'reader', size: 65_535, dontWait: true };
    const { octets, from } = valueOf(await udp.receive(call));
    got.push({ octets, from: from === null ? undefined : `${from.address}:${from.port}` });
  }
  return got;
}

property(
  'datagrams over any path of links arrive as they were sent or not at all, and the hosts come to rest',
  fc.record({
    links: fc.array(anyLink, { minLength: 1, maxLength: 3 }),
    lengths: fc.array(fc.oneof(fc.nat(100), fc.integer({ min: 1, max: 4000 })), {
      minLength: 1,
      maxLength: 6,
    }),
    apartNs: fc.constantFrom(0, 1_000_000, 40_000_000_000),
    seed: fc.nat(0xffff_ffff),
  }),
  async (context, { links, lengths, apartNs, seed }) => {
    const hosts = await context.hosts(['A', 'R', 'S', 'B'].slice(-links.length - 1));
    const seen: Seen[] = [];
    const lab = new Lab({ seed, seen: (each) => seen.push(each) });
    await joinInARow(lab, hosts, links, valueOf);
    const [a, b] = [hosts[0], hosts.at(-1)] as [Host, Host];
    const to = { address: `10.0.${links.length - 1}.2`, port: PORT };
    const [sender, receiver] = [await socketAt(a, '10.0.0.1'), await socketAt(b, to.address)];
    const sent = lengths.map((length, number) => dataOf(length, number));
    for (const octets of sent) {
      // Whether it is taken is for others to judge; a message of a router may come first.
      await a.ports.udp.send({ socket: sender, task: 'writer', octets, to, dontWait: true });
      await lab.gather(a.name);
      await lab.run({ until: lab.now + apartNs });
    }
    const end = await lab.run({ quietNs: QUIET_NS, moments: 50_000 });
    assert.ok(end === 'rest' || end === 'quiet');
    const twice = damagedTwice(seen);
    for (const { octets, from } of await waitingAt(b, receiver)) {
      if (twice.size > 0 && !sent.includes(octets)) continue;
      assert.ok(sent.includes(octets), `${octets.length / 2} octets arrive that nobody has sent`);
      assert.equal(from, `10.0.0.1:${PORT}`);
    }
  },
  { alone: true },
);

property(
  'datagrams over a path that loses and damages nothing all arrive, whatever their order and however often',
  fc.record({
    mtus: fc.array(fc.integer({ min: 68, max: 2000 }), { minLength: 1, maxLength: 3 }),
    reordering: part,
    duplicated: fc.boolean(),
    lengths: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 }),
    seed: fc.nat(0xffff_ffff),
  }),
  async (context, { mtus, reordering, duplicated, lengths, seed }) => {
    const links = mtus.map((mtu) => ({ mtu, bitsPerSecond: 10_000_000, delayNs: 1_000_000 }));
    const hosts = await context.hosts(['A', 'R', 'S', 'B'].slice(-links.length - 1));
    const lab = new Lab({ seed });
    await joinInARow(lab, hosts, links, valueOf);
    const [a, b] = [hosts[0], hosts.at(-1)] as [Host, Host];
    const to = { address: `10.0.${links.length - 1}.2`, port: PORT };
    const [sender, receiver] = [await socketAt(a, '10.0.0.1'), await socketAt(b, to.address)];
    const call = { socket: sender, task: 'writer', to, dontWait: true };
    if (context.profile !== 'bsd-4.4') {
      const option = { option: 'IP_MTU_DISCOVER', value: 'IP_PMTUDISC_DONT' } as const;
      valueOf(await a.ports.udp.setOption({ socket: sender, ...option }));
    }
    // By this one all hosts learn where the next is.
    valueOf(await a.ports.udp.send({ ...call, octets: '' }));
    await lab.run({ quietNs: QUIET_NS });
    await waitingAt(b, receiver);
    const wire = { reordering, duplication: duplicated ? 1 : 0 };
    for (const [at, { name }] of hosts.slice(0, -1).entries()) {
      lab.alter(lab.endTowards(name, hosts[at + 1]?.name ?? ''), wire);
    }
    const sent = lengths.map((length, number) => dataOf(length, number));
    for (const octets of sent) {
      valueOf(await a.ports.udp.send({ ...call, octets }));
      await lab.run({ quietNs: QUIET_NS });
    }
    const got = new Set((await waitingAt(b, receiver)).map(({ octets }) => octets));
    assert.deepEqual([...got].toSorted(), [...new Set(sent)].toSorted());
  },
  { alone: true },
);
