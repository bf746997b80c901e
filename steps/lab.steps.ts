/** Steps on several hosts joined by links. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then } from '@cucumber/cucumber';
import { NOT_APPLICABLE } from '../harness/attachments.ts';
import type { LinkOptions } from '../harness/lab/index.ts';
import { decode, matches, print, type EthernetFrame, type Raw } from '../harness/packets/index.ts';
import { linksFrom } from './lab-links.ts';
import { occupancyOf, receive } from './datagram.steps.ts';
import { labOf, openLab, seenFrames } from './lab-scene.ts';
import { otherPacket } from './packet.steps.ts';
import { stimulus } from './stimulus.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

async function open(world: SuiteWorld, names: readonly string[], links: readonly LinkOptions[]) {
  const reason = await openLab(world, names, links);
  if (reason === undefined) return undefined;
  world.attach(reason, NOT_APPLICABLE);
  return 'skipped';
}

Given(
  'hosts {hosts} on a link of {int} bits a second and {nanoseconds}',
  function (this: SuiteWorld, names: readonly string[], bitsPerSecond: number, delayNs: number) {
    return open(this, names, [{ bitsPerSecond, delayNs }]);
  },
);

Given(
  'hosts {hosts} in a row, on these links:',
  function (this: SuiteWorld, names: readonly string[], table: DataTable) {
    return open(this, names, linksFrom(table));
  },
);

Given('{task} is on {host}', function (this: SuiteWorld, program: string, host: string) {
  this.place(program, host);
});

/** Both from one host's end and from now on; the other direction stays as it is. */
for (const [what, option] of [
  ['loses', 'loss'],
  ['holds back', 'reordering'],
  ['doubles', 'duplication'],
  ['corrupts', 'corruption'],
] as const) {
  Given(
    `the link from {host} to {host} ${what} {int} % from now on`,
    function (this: SuiteWorld, from: string, to: string, percent: number) {
      const lab = labOf(this);
      lab.alter(lab.endTowards(from, to), { [option]: percent / 100 });
    },
  );
}

Given(
  'the link from {host} to {host} takes {nanoseconds} longer from now on',
  function (this: SuiteWorld, from: string, to: string, ns: number) {
    const lab = labOf(this);
    const end = lab.endTowards(from, to);
    lab.alter(end, { delayNs: lab.link(end).delayNs + ns });
  },
);

// Time

/** A host that has its timers run whether there is something to do or not is at rest when it is quiet. */
const QUIET_NS = 150_000_000_000;

stimulus('the lab has come to rest', 'the lab comes to rest', async (world: SuiteWorld) => {
  const end = await labOf(world).run({ quietNs: QUIET_NS });
  return { ok: { end } };
});

// What passes

interface Passing {
  readonly frame: EthernetFrame | Raw;
  readonly remark: string | undefined;
}

/** The packets that one host has put on the link to another, questions after neighbours left out. */
function passing(world: SuiteWorld, from: string, to: string): Passing[] {
  const end = labOf(world).endTowards(from, to);
  return seenFrames(world)
    .filter((seen) => seen.direction === 'out' && `${seen.host}:${seen.interface}` === end)
    .map(({ frame, remark }) => ({ frame: decode(frame) as EthernetFrame | Raw, remark }))
    .filter(({ frame }) => frame.kind === 'raw' || frame.payload.kind !== 'arp');
}

Then(
  'these packets go from {host} to {host}:',
  function (this: SuiteWorld, from: string, to: string, table: DataTable) {
    const packets = passing(this, from, to);
    const sentences = table.raw().map(([sentence]) => sentence ?? '');
    for (const [at, sentence] of sentences.entries()) {
      const packet = packets[at] ?? assert.fail(`${from} sends ${at} packets, and then nothing`);
      const differences = matches(sentence, packet.frame);
      if (differences.length > 0) throw otherPacket(differences, sentence, print(packet.frame));
    }
    const next = packets[sentences.length];
    assert.equal(next, undefined, next && `${from} sends ${print(next.frame)} as well`);
  },
);

Then(
  '{int} packet(s) go(es) from {host} to {host}',
  function (this: SuiteWorld, count: number, from: string, to: string) {
    assert.equal(passing(this, from, to).length, count);
  },
);

Then('no packet goes from {host} to {host}', function (this: SuiteWorld, from: string, to: string) {
  const [first] = passing(this, from, to);
  assert.equal(first, undefined, first && `${from} sends ${print(first.frame)}`);
});

// In which order

const read = notes(() => ({ octets: [] as string[] }));

Then(
  '{task} reads all of them, in the order in which they came to {host}',
  async function (this: SuiteWorld, task: string, host: string) {
    const { datagrams } = await occupancyOf(this, task);
    const { octets } = read(this);
    for (let left = datagrams; left > 0; left--) {
      octets.push(succeeded(await receive(this, task, { size: 65_535, dontWait: true })).octets);
    }
    assert.deepEqual(octets, datagramsTo(this, host).slice(-datagrams));
  },
);

/** The data of the datagrams that came to a host, each in one piece. */
function datagramsTo(world: SuiteWorld, host: string): string[] {
  return seenFrames(world)
    .filter((seen) => seen.direction === 'in' && seen.host === host)
    .flatMap(({ frame }) => {
      const { payload } = decode(frame) as EthernetFrame;
      return payload?.kind === 'ipv4' && payload.payload.kind === 'udp'
        ? [payload.payload.data]
        : [];
    });
}

Then('that is not the order in which they were sent', function (this: SuiteWorld) {
  const { octets } = read(this);
  // Each begins with its number.
  assert.notDeepEqual(octets, octets.toSorted());
});
