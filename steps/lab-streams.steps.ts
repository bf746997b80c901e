/** Steps on streams through the lab: what they carry, and what limits them. */
import assert from 'node:assert/strict';
import { type DataTable, Then, When } from '@cucumber/cucumber';
import { attachFigure } from './figures.ts';
import { stream, type Streamed } from './lab-streams.ts';
import { notes, type SuiteWorld } from './world.ts';

const streams = notes(() => ({ all: [] as Streamed[], roundTripNs: 0 }));

async function streamOver(
  world: SuiteWorld,
  [from, to]: readonly [string, string],
  [sending, receiving]: readonly [number, number],
  roundTripNs: number,
): Promise<void> {
  const noted = streams(world);
  noted.roundTripNs = roundTripNs;
  noted.all.push(await stream(world, { from, to, buffers: { sending, receiving }, roundTripNs }));
}

When(
  '{task} streams to {task}, {nanoseconds} there and back, with a send buffer of {int} and a receive buffer of {int} octets',
  async function (
    this: SuiteWorld,
    from: string,
    to: string,
    ns: number,
    sending: number,
    receiving: number,
  ) {
    await streamOver(this, [from, to], [sending, receiving], ns);
  },
);

When(
  '{task} streams to {task}, {nanoseconds} there and back, with each of these buffers:',
  async function (this: SuiteWorld, from: string, to: string, ns: number, table: DataTable) {
    const [sending = [], receiving = []] = table
      .raw()
      .map(([, ...cells]) => cells.filter((cell) => cell !== '').map(Number));
    for (const each of sending) {
      for (const other of receiving) await streamOver(this, [from, to], [each, other], ns);
    }
    attachThroughputs(this, sending, receiving);
  },
);

/** The smaller of the two buffers, as the sockets tell their sizes. */
const smaller = ({ sending, receiving }: Streamed): number => Math.min(sending, receiving);

function attachThroughputs(
  world: SuiteWorld,
  sending: readonly number[],
  receiving: readonly number[],
): void {
  const { all, roundTripNs } = streams(world);
  const of = (send: number, receive: number): Streamed =>
    all.find(({ buffers }) => buffers.sending === send && buffers.receiving === receive) ??
    assert.fail(`nothing was measured with ${send} and ${receive}`);
  const bound = (one: Streamed) => Math.round((smaller(one) * 1e9) / roundTripNs);
  attachFigure(world, {
    title: `Throughput of a stream, ${roundTripNs / 1_000_000} ms there and back`,
    x: { label: 'receive buffer asked for', unit: 'octets', values: [...receiving] },
    y: { label: 'throughput', unit: 'octets/s' },
    series: sending.map((send) => ({
      label: `a send buffer of ${send}`,
      values: receiving.map((receive) => Math.round(of(send, receive).perSecond)),
    })),
    columns: sending.map((send) => ({
      label: `expected at most, ${send}`,
      unit: 'octets/s',
      values: receiving.map((receive) => bound(of(send, receive))),
    })),
  });
}

function assertCarries(one: Streamed, least: number, most: number): void {
  const { sending, receiving, perRoundTrip } = one;
  const carried = `${Math.round(perRoundTrip)} octets in a round trip, with buffers of ${sending} and ${receiving}`;
  assert.ok(perRoundTrip <= most, `${carried}: more than ${most}`);
  assert.ok(perRoundTrip >= least, `${carried}: less than ${least}`);
}

Then(
  'in each round trip the smaller buffer goes over, or up to {int} segment(s) less',
  function (this: SuiteWorld, segments: number) {
    const { all } = streams(this);
    assert.ok(all.length > 0, 'no stream was measured');
    for (const one of all) {
      assertCarries(one, smaller(one) - segments * one.segment, smaller(one));
    }
  },
);

Then(
  'in each round trip between {int} and {int} % of the smaller buffer go over',
  function (this: SuiteWorld, least: number, most: number) {
    const { all } = streams(this);
    assert.ok(all.length > 0, 'no stream was measured');
    for (const one of all) {
      assertCarries(one, (smaller(one) * least) / 100, (smaller(one) * most) / 100);
    }
  },
);

Then(
  'between {int} and {int} octets go over in a second',
  function (this: SuiteWorld, least: number, most: number) {
    const { perSecond } = lastOf(this);
    assert.ok(perSecond >= least && perSecond <= most, `${Math.round(perSecond)} octets go over`);
  },
);

Then(
  'both streams carry the same, or differ by up to {int} segment(s) in a round trip',
  function (this: SuiteWorld, segments: number) {
    const [first, second] = streams(this).all;
    assert.ok(first !== undefined && second !== undefined, 'there were no two streams');
    const difference = Math.abs(first.perRoundTrip - second.perRoundTrip);
    const told = `${Math.round(first.perRoundTrip)} and ${Math.round(second.perRoundTrip)} octets`;
    assert.ok(difference <= segments * first.segment, told);
  },
);

const lastOf = (world: SuiteWorld): Streamed =>
  streams(world).all.at(-1) ?? assert.fail('no stream was measured');

Then('it is the window that keeps octets back', function (this: SuiteWorld) {
  const { segment, mostWindowLeft, leastUnsent } = lastOf(this);
  assert.ok(leastUnsent > 0, 'there was a time when everything had left');
  assert.ok(mostWindowLeft < segment, `the window would have taken ${mostWindowLeft} octets more`);
});

Then('it is the send buffer that keeps octets back', function (this: SuiteWorld) {
  const { segment, leastWindowLeft, mostUnsent } = lastOf(this);
  assert.ok(mostUnsent < segment, `${mostUnsent} octets were written and had not left`);
  assert.ok(leastWindowLeft >= segment, `only ${leastWindowLeft} octets of the window were left`);
});
