/** Steps on transfers over the network of the paper: who gets how much, what is lost, and what waits. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { NOT_APPLICABLE } from '../harness/attachments.ts';
import {
  BITS_PER_SECOND,
  BUFFER,
  Dumbbell,
  NotHad,
  SEGMENT,
} from '../harness/experiment/dumbbell.ts';
import type { Flow, Sample } from '../harness/experiment/flow.ts';
import { notApplicable, session } from '../harness/session.ts';
import { attachFigure } from './figures.ts';
import { courseFigures } from './paper-figures.ts';
import { notHad, setTunables } from './tcp-tunable.ts';
import { notes, type SuiteWorld } from './world.ts';

interface Network {
  dumbbell: Dumbbell | undefined;
  buffers: number;
  /** The next flow's port. */
  port: number;
  /** Transfers that are over, by what they were called. */
  readonly flows: Map<string, Flow[]>;
}

const network = notes<Network>(() => ({
  dumbbell: undefined,
  buffers: 0,
  port: 3001,
  flows: new Map(),
}));

const KB = 1024;
const NS_PER_MS = 1_000_000;
/** Between transfers, so that one does not feel the other. */
const PAUSE_NS = 2_000_000_000;
/** Transfers that take longer never end. */
const LONGEST_NS = 300_000_000_000;
const TICK_MS = 500;
/** From one pair to the next, so that no part of a tick decides alone. */
const PHASE_STEP_MS = 150;

function dumbbellOf(world: SuiteWorld): Dumbbell {
  return network(world).dumbbell ?? assert.fail('there is no network: say how many buffers it has');
}

Given(
  'the network of the paper, with {int} buffers at the bottleneck',
  async function (this: SuiteWorld, buffers: number) {
    const sender = await session().hostAt(0, 'A');
    const receiver = await session().hostAt(1, 'B');
    const offers = (capability: string) => Object.hasOwn(receiver.hello.capabilities, capability);
    const needs = { capabilities: this.capabilities, profiles: [] };
    const reason = notApplicable(needs, { offers, profile: this.profile });
    if (reason !== undefined) {
      this.attach(`host B: ${reason}`, NOT_APPLICABLE);
      return 'skipped';
    }
    const options = { seed: session().parameters.seed, buffers, traced: true };
    try {
      network(this).dumbbell = await Dumbbell.between({ sender, receiver }, options);
      network(this).buffers = buffers;
      return undefined;
    } catch (error) {
      if (error instanceof NotHad) return notHad(this, error.what);
      throw error;
    }
  },
);

interface Transfer {
  readonly octets: number;
  readonly control: string;
  readonly startNs: number;
}

/** Has transfers begin, and waits until all are over. */
async function transfer(world: SuiteWorld, transfers: readonly Transfer[]): Promise<Flow[]> {
  const noted = network(world);
  const dumbbell = dumbbellOf(world);
  const plans = transfers.map((one) => ({ ...one, port: noted.port++ }));
  for (const plan of plans) dumbbell.plan([plan]);
  const flows = () => plans.map(({ port }) => dumbbell.flow(port));
  await dumbbell.run(dumbbell.lab.now + LONGEST_NS, () => flows().every((flow) => flow?.done));
  return flows().map((flow) => {
    assert.ok(flow?.done === true, `a transfer does not end in ${LONGEST_NS / 1e9} s`);
    return flow;
  });
}

/** A time a while from now at which so much of a tick has gone. */
function nextStart(world: SuiteWorld, phaseMs: number): number {
  const tick = TICK_MS * NS_PER_MS;
  return Math.ceil((dumbbellOf(world).lab.now + PAUSE_NS) / tick) * tick + phaseMs * NS_PER_MS;
}

function keep(world: SuiteWorld, name: string, flow: Flow): void {
  const { flows } = network(world);
  flows.set(name, [...(flows.get(name) ?? []), flow]);
}

const kept = (world: SuiteWorld, name: string): readonly Flow[] =>
  network(world).flows.get(name) ?? assert.fail(`there is no transfer by ${name}`);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

When(
  '{int} KB go by {word}, {int} time(s), from {int} parts of a tick on',
  async function (this: SuiteWorld, size: number, control: string, times: number, parts: number) {
    for (let time = 0; time < times; time++) {
      const startNs = nextStart(this, ((time % parts) * TICK_MS) / parts);
      const [flow] = await transfer(this, [{ octets: size * KB, control, startNs }]);
      if (flow !== undefined) keep(this, control, flow);
    }
  },
);

When(
  '300 KB go beside 1024 KB that have begun up to {int} ms before, {int} times each:',
  async function (this: SuiteWorld, mostMs: number, times: number, table: DataTable) {
    for (const { small = '', large = '' } of table.hashes()) {
      for (let time = 0; time < times; time++) {
        const delayMs = Math.round((mostMs * time) / (times - 1));
        await beside(this, small, large, delayMs, time * PHASE_STEP_MS);
      }
    }
  },
);

async function beside(
  world: SuiteWorld,
  small: string,
  large: string,
  delayMs: number,
  phaseMs: number,
) {
  const startNs = nextStart(world, phaseMs % TICK_MS);
  const [one, other] = await transfer(world, [
    { octets: 1024 * KB, control: large, startNs },
    { octets: 300 * KB, control: small, startNs: startNs + delayMs * NS_PER_MS },
  ]);
  if (one === undefined || other === undefined) return;
  keep(world, `${small} beside ${large}`, other);
  keep(world, `${large} with ${small}`, one);
}

Then(
  'by {word} it is {int} to {int} KB a second on the average',
  function (this: SuiteWorld, control: string, least: number, most: number) {
    const rate = mean(kept(this, control).map((flow) => flow.rate)) / KB;
    assert.ok(rate >= least && rate <= most, `${rate.toFixed(1)} KB a second`);
  },
);

Then(
  'by {word} {int} to {int} KB are sent again each time, after {int} timeout(s)',
  function (this: SuiteWorld, control: string, least: number, most: number, count: number) {
    for (const { resent, timeouts } of kept(this, control)) {
      assert.ok(resent >= least * KB && resent <= most * KB, `${resent / KB} KB are sent again`);
      assert.equal(timeouts, count, `${timeouts} timeouts`);
    }
  },
);

Then(
  'by {word} about half of the window at most is lost, and not less than a fifth, before {int} ms are over',
  function (this: SuiteWorld, control: string, ms: number) {
    const [flow] = kept(this, control);
    assert.ok(flow?.window !== undefined);
    const until = flow.startedAt + ms * NS_PER_MS;
    const lost = dumbbellOf(this).sniffer.drops.filter((at) => at >= flow.startedAt && at <= until);
    const largest = Math.max(...between(flow.window, flow.startedAt, until)) / SEGMENT;
    const part = lost.length / largest;
    assert.ok(part >= 0.2 && part <= 0.6, `${lost.length} of ${largest} segments are lost`);
  },
);

Then(
  'the rates of {word} and {word} are as {float} to {float}, to 1',
  function (this: SuiteWorld, one: string, other: string, least: number, most: number) {
    const rates = [one, other].map((name) => mean(kept(this, name).map((flow) => flow.rate)));
    const ratio = (rates[0] ?? 0) / (rates[1] ?? 1);
    assert.ok(ratio >= least && ratio <= most, `as ${ratio.toFixed(2)} to 1`);
  },
);

Then(
  'window, queue and losses of {word} and {word} over time are in the report',
  function (this: SuiteWorld, one: string, other: string) {
    const { queue = [], drops } = dumbbellOf(this).sniffer;
    const courses = [one, other].map((name) => {
      const [flow = assert.fail(`there is no transfer by ${name}`)] = kept(this, name);
      return { name, flow, queue, drops };
    });
    for (const figure of courseFigures(courses, network(this).buffers)) attachFigure(this, figure);
  },
);

const resentOf = (world: SuiteWorld, small: string, large: string): number =>
  [...kept(world, `${small} beside ${large}`), ...kept(world, `${large} with ${small}`)].reduce(
    (sum, { resent }) => sum + resent,
    0,
  );

Then(
  '{word} beside {word} send {int} to {int} KB again, both together',
  function (this: SuiteWorld, small: string, large: string, least: number, most: number) {
    const pairs = kept(this, `${small} beside ${large}`).length;
    const resent = resentOf(this, small, large) / KB / pairs;
    assert.ok(resent >= least && resent <= most, `${resent.toFixed(1)} KB`);
  },
);

Then(
  '{word} beside {word} send {int} to {int} % of what {word} beside {word} send again',
  function (
    this: SuiteWorld,
    small: string,
    large: string,
    least: number,
    most: number,
    smallOther: string,
    largeOther: string,
  ) {
    const whole = resentOf(this, smallOther, largeOther);
    assert.ok(whole > 0, `${smallOther} beside ${largeOther} send nothing again`);
    const percent = (100 * resentOf(this, small, large)) / whole;
    assert.ok(percent >= least && percent <= most, `${percent.toFixed(0)} % of it`);
  },
);

Then(
  'no transfer by {word} sends more than {int} KB again on the average',
  function (this: SuiteWorld, control: string, most: number) {
    for (const [name, flows] of network(this).flows) {
      if (!name.startsWith(control)) continue;
      const resent = mean(flows.map((flow) => flow.resent)) / KB;
      assert.ok(resent <= most, `${name}: ${resent.toFixed(1)} KB`);
    }
  },
);

Then(
  '{word} get {int} % at least beside {word} of what they get beside {word}',
  function (this: SuiteWorld, own: string, least: number, one: string, other: string) {
    const rate = (name: string) => mean(kept(this, name).map((flow) => flow.rate));
    const parts = [
      rate(`${own} beside ${one}`) / rate(`${own} beside ${other}`),
      rate(`${own} with ${one}`) / rate(`${own} with ${other}`),
    ];
    assert.ok(Math.min(...parts) * 100 >= least, parts.map((part) => part.toFixed(2)).join(', '));
  },
);

/** Values between two times. */
const between = (samples: readonly Sample[], from: number, to: number): readonly number[] =>
  samples.filter(([at]) => at >= from && at <= to).map(([, value]) => value);

/** From three seconds after its beginning on, until the last segments are under way. */
function settled(flow: Flow): readonly [from: number, to: number] {
  return [flow.startedAt + 3_000_000_000, flow.endedAt - 400_000_000];
}

Then(
  'from 3 s on {int} to {int} packets of {word} wait at the bottleneck',
  function (this: SuiteWorld, least: number, most: number, control: string) {
    const { queue = [] } = dumbbellOf(this).sniffer;
    for (const flow of kept(this, control)) {
      const waiting = between(queue, ...settled(flow));
      assert.ok(waiting.length > 0, 'it is over in less than 3 s');
      const [fewest, highest] = [Math.min(...waiting), Math.max(...waiting)];
      assert.ok(fewest >= least && highest <= most, `${fewest} to ${highest} wait`);
    }
  },
);

/** Nanoseconds of a segment, and of its ACK, on the empty path. */
const SEGMENT_NS = ((SEGMENT + 54) * 8e9) / BITS_PER_SECOND;
const EMPTY_NS = SEGMENT_NS + (54 * 8e9) / BITS_PER_SECOND + 100_000_000;

Then(
  'what {word} has under way beyond what the path holds is what waits, to a segment',
  function (this: SuiteWorld, control: string) {
    const { queue = [] } = dumbbellOf(this).sniffer;
    const [flow] = kept(this, control);
    assert.ok(flow?.window !== undefined);
    const [from, to] = settled(flow);
    const extra = mean(between(flow.window, from, to)) / SEGMENT - EMPTY_NS / SEGMENT_NS;
    const waiting = mean(between(queue, from, to));
    assert.ok(waiting > 0.5, `${waiting} wait`);
    assert.ok(Math.abs(extra - waiting) <= 1, `${extra.toFixed(2)} are extra, ${waiting} wait`);
  },
);

Then(
  'twice the bandwidth is taken up by {word} within {int} round trips: {int} % of it at least',
  async function (this: SuiteWorld, control: string, trips: number, percent: number) {
    const dumbbell = dumbbellOf(this);
    const noted = network(this);
    const port = noted.port++;
    const startNs = nextStart(this, 0);
    dumbbell.plan([{ octets: 4096 * KB, control, port, startNs }]);
    const goOn = async (ns: number) => {
      await dumbbell.run(dumbbell.lab.now + ns, () => false);
      return dumbbell.flow(port)?.acked ?? 0;
    };
    await goOn(startNs - dumbbell.lab.now + 4_000_000_000);
    dumbbell.alter({ bitsPerSecond: 2 * BITS_PER_SECOND });
    const before = await goOn(Math.round(trips * EMPTY_NS));
    const octets = (await goOn(1_000_000_000)) - before;
    const full = 2 * ((SEGMENT * 1e9) / SEGMENT_NS);
    assert.ok(octets >= (full * percent) / 100, `${Math.round((100 * octets) / full)} % of it`);
    assert.ok(octets <= BUFFER * 10, 'more than the window lets');
  },
);

Given(
  'that network keeps alpha of {int} and beta of {int}',
  async function (this: SuiteWorld, alpha: number, beta: number) {
    return setTunables(this, { vegasBeta: beta, vegasAlpha: alpha });
  },
);
