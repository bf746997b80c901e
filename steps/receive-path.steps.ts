/** Steps on the input queue and on the receive path. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { inputQueue, receivePath } from '../contract/index.ts';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import { attachFigure } from './figures.ts';
import { stimulus } from './stimulus.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

type Run = ValueOf<(typeof inputQueue)['methods']['netRxAction']>;
type Answers = Run['answers'];
type Stat = ValueOf<(typeof inputQueue)['methods']['stat']>;
type Load = ArgsOf<(typeof receivePath)['methods']['offer']>;
type Received = ValueOf<(typeof receivePath)['methods']['offer']>;

const queueNotes = notes(() => ({
  run: undefined as Run | undefined,
  answers: [] as Answers,
}));

// The input queue

stimulus(
  'a burst of {int} packets arrived',
  'a burst of {int} packets arrives',
  async (world: SuiteWorld, packets: number) => {
    const outcome = await world.port('input-queue').netifRx({ packets });
    if ('ok' in outcome) queueNotes(world).answers = outcome.ok.answers;
    return outcome;
  },
);

async function run(
  world: SuiteWorld,
  packetUs = 0,
  meanwhile?: { after: number; packets: number },
) {
  const args = { packetUs, ...(meanwhile !== undefined && { meanwhile: [meanwhile] }) };
  const outcome = await world.port('input-queue').netRxAction(args);
  queueNotes(world).run = 'ok' in outcome ? outcome.ok : undefined;
  return outcome;
}

stimulus('the softirq ran', 'the softirq runs', (world: SuiteWorld) => run(world));

When('the softirq runs, at {int} us a packet', async function (this: SuiteWorld, packetUs: number) {
  this.record(await run(this, packetUs));
});

When(
  'the softirq runs and {int} packets arrive after the first {int}',
  async function (this: SuiteWorld, packets: number, after: number) {
    this.record(await run(this, 0, { after, packets }));
  },
);

const stat = async (world: SuiteWorld): Promise<Stat> =>
  succeeded(await world.port('input-queue').stat({}));

/** More runs than any queue here needs. */
const MOST_RUNS = 100;

/** What the softirq processes until nobody asks for it any more. */
async function runToEnd(world: SuiteWorld): Promise<number[]> {
  const processed: number[] = [];
  for (let runs = 0; (await stat(world)).raised; runs++) {
    assert.ok(runs < MOST_RUNS, `the softirq is still raised after ${MOST_RUNS} runs`);
    processed.push(...succeeded(await run(world)).processed);
  }
  return processed;
}

Given('the softirq ran to its end', async function (this: SuiteWorld) {
  await runToEnd(this);
});

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

Then(
  'run to its end the softirq processes packets {int} to {int} in order',
  async function (this: SuiteWorld, first: number, last: number) {
    assert.deepEqual(await runToEnd(this), numbers(first, last));
  },
);

const processed = (world: SuiteWorld): number[] =>
  (queueNotes(world).run ?? assert.fail('the softirq has not run')).processed;

Then(
  'packets {int} to {int} are processed in order',
  function (this: SuiteWorld, first: number, last: number) {
    assert.deepEqual(processed(this), numbers(first, last));
  },
);

Then('no packet is processed', function (this: SuiteWorld) {
  assert.deepEqual(processed(this), []);
});

Then('the softirq is {raised}', async function (this: SuiteWorld, raised: boolean) {
  assert.equal((await stat(this)).raised, raised);
});

Then('the throttle is {onOrOff}', async function (this: SuiteWorld, on: boolean) {
  assert.equal((await stat(this)).throttle, on);
});

Then(
  '{int} packets wait and {int} were dropped',
  async function (this: SuiteWorld, length: number, dropped: number) {
    const now = await stat(this);
    assert.deepEqual({ length: now.length, dropped: now.dropped }, { length, dropped });
  },
);

Then('the counters read:', async function (this: SuiteWorld, table: DataTable) {
  const now = await stat(this);
  const [expected = {}] = table.hashes();
  const read = Object.keys(expected).map((name) => [name, String(now[name as keyof Stat])]);
  assert.deepEqual(Object.fromEntries(read), expected);
});

Then('the packets are answered:', function (this: SuiteWorld, table: DataTable) {
  const read = queueNotes(this).answers.map(({ packets, answer }) => [String(packets), answer]);
  assert.deepEqual(read, table.rows());
});

Then('every packet is answered NET_RX_SUCCESS or NET_RX_DROP', function (this: SuiteWorld) {
  const [queued, dropped, ...more] = queueNotes(this).answers.map(({ answer }) => answer);
  assert.deepEqual([queued, dropped, more], ['NET_RX_SUCCESS', 'NET_RX_DROP', []]);
});

Then('none of the packets that arrived meanwhile is dropped', function (this: SuiteWorld) {
  const { answers } = queueNotes(this).run ?? assert.fail('the softirq has not run');
  assert.deepEqual(
    answers.map(({ answer }) => answer),
    ['NET_RX_SUCCESS'],
  );
});

// The receive path

type Mode = Load['mode'];

const pathNotes = notes(() => ({
  costs: { interruptUs: 10, protocolUs: 40 },
  received: undefined as Received | undefined,
  sweep: [] as Array<{ readonly rate: number } & Partial<Record<Mode, Received>>>,
}));

/** Long enough for the rates to settle, and a whole part of a second. */
const DURATION_MS = 200;

const RING = 64;

const perSecond = (count: number): number => (count * 1000) / DURATION_MS;

Given(
  'an interrupt takes {int} us and the protocols {int} us a frame',
  function (this: SuiteWorld, interruptUs: number, protocolUs: number) {
    pathNotes(this).costs = { interruptUs, protocolUs };
  },
);

function offer(world: SuiteWorld, framesPerSecond: number, mode: Mode) {
  const { costs } = pathNotes(world);
  return world.port('receive-path').offer({
    mode,
    framesPerSecond,
    ...costs,
    durationMs: DURATION_MS,
    ring: RING,
  });
}

When(
  '{int} frames a second arrive, {driver}',
  async function (this: SuiteWorld, framesPerSecond: number, mode: Mode) {
    const outcome = this.record(await offer(this, framesPerSecond, mode));
    pathNotes(this).received = 'ok' in outcome ? outcome.ok : undefined;
  },
);

const NS_PER_MS = 1_000_000;

/** Whole per cents of the time. */
const share = (ns: number): number => Math.round((100 * ns) / (DURATION_MS * NS_PER_MS));

async function sweep(world: SuiteWorld, table: DataTable, modes: readonly Mode[]): Promise<void> {
  const { sweep: points } = pathNotes(world);
  for (const rate of table.raw().flat().map(Number)) {
    const point: (typeof points)[number] = { rate };
    for (const mode of modes) point[mode] = succeeded(await offer(world, rate, mode));
    points.push(point);
  }
}

/** The sweep as a figure: delivered rates as curves, and where time and frames went beside them. */
function attachSweep(
  world: SuiteWorld,
  title: string,
  curves: Partial<Record<Mode, string>>,
): void {
  const { sweep: points, costs } = pathNotes(world);
  const rates = points.map(({ rate }) => rate);
  const values = (mode: Mode, of: (got: Received) => number) =>
    points.map(({ [mode]: got }) => (got === undefined ? null : of(got)));
  const modes = Object.keys(curves) as Mode[];
  const last = modes.at(-1) ?? 'interrupts';
  const whose = modes.length > 1 ? `, ${curves[last]}` : '';
  const beside: ReadonlyArray<readonly [string, string, (got: Received) => number]> = [
    ['interrupts', '1/s', ({ interrupts }) => perSecond(interrupts)],
    ['left to user', '% of time', ({ userNs }) => share(userNs)],
    ['dropped: queue', 'frames/s', ({ droppedAtQueue }) => perSecond(droppedAtQueue)],
    ['dropped: ring', 'frames/s', ({ droppedAtRing }) => perSecond(droppedAtRing)],
  ];
  attachFigure(world, {
    title: `${title}: ${costs.interruptUs} µs an interrupt, ${costs.protocolUs} µs a frame`,
    x: { label: 'offered', unit: 'frames/s', values: rates },
    y: { label: 'delivered', unit: 'frames/s' },
    series: modes.map((mode) => ({
      label: curves[mode] ?? mode,
      values: values(mode, ({ delivered }) => perSecond(delivered)),
    })),
    columns: beside.map(([label, unit, of]) => ({
      label: `${label}${whose}`,
      unit,
      values: values(last, of),
    })),
  });
}

When(
  'these frames a second arrive, one interrupt each:',
  async function (this: SuiteWorld, table: DataTable) {
    await sweep(this, table, ['interrupts']);
    attachSweep(this, 'Receive livelock', { interrupts: 'one interrupt each' });
  },
);

When(
  'these frames a second arrive, by both drivers:',
  async function (this: SuiteWorld, table: DataTable) {
    await sweep(this, table, ['interrupts', 'polling']);
    attachSweep(this, 'Polling against livelock', {
      interrupts: 'one interrupt each',
      polling: 'polled',
    });
  },
);

const received = (world: SuiteWorld): Received =>
  pathNotes(world).received ?? assert.fail('no frames have been offered');

Then(
  '{int} frames a second are delivered, give or take {tolerance}',
  function (this: SuiteWorld, expected: number, tolerance: (of: number) => number) {
    const delivered = perSecond(received(this).delivered);
    const most = tolerance(expected);
    const off = Math.abs(delivered - expected);
    assert.ok(off <= most, `${delivered} frames a second are delivered, not ${expected} ± ${most}`);
  },
);

Then('the user process has {int} % of the time', function (this: SuiteWorld, percent: number) {
  assert.equal(share(received(this).userNs), percent);
});

Then(
  'each frame has had an interrupt, and interrupts took {int} % of the time',
  function (this: SuiteWorld, percent: number) {
    const { offered, interrupts, interruptNs } = received(this);
    assert.deepEqual({ interrupts, percent: share(interruptNs) }, { interrupts: offered, percent });
  },
);

Then('there are {int} interrupts a second', function (this: SuiteWorld, expected: number) {
  assert.equal(perSecond(received(this).interrupts), expected);
});

Then('there is a single interrupt', function (this: SuiteWorld) {
  assert.equal(received(this).interrupts, 1);
});

Then('there are fewer interrupts than frames', function (this: SuiteWorld) {
  const { interrupts, offered } = received(this);
  assert.ok(interrupts < offered, `${interrupts} interrupts for ${offered} frames`);
});

Then('nothing is dropped', function (this: SuiteWorld) {
  const { droppedAtQueue, droppedAtRing } = received(this);
  assert.deepEqual({ droppedAtQueue, droppedAtRing }, { droppedAtQueue: 0, droppedAtRing: 0 });
});

Then('all that was dropped was dropped at the input queue', function (this: SuiteWorld) {
  const { offered, delivered, waiting, droppedAtQueue, droppedAtRing } = received(this);
  assert.deepEqual(
    { droppedAtQueue, droppedAtRing },
    { droppedAtQueue: offered - delivered - waiting, droppedAtRing: 0 },
  );
});

Then('all that was dropped was dropped at the ring', function (this: SuiteWorld) {
  const { offered, delivered, waiting, droppedAtQueue, droppedAtRing } = received(this);
  assert.deepEqual(
    { droppedAtQueue, droppedAtRing },
    { droppedAtQueue: 0, droppedAtRing: offered - delivered - waiting },
  );
});

Then(
  'at most {int} frames wait, {int} of them in the ring',
  function (this: SuiteWorld, most: number, ring: number) {
    assert.equal(ring, RING);
    const { waiting } = received(this);
    assert.ok(waiting <= most, `${waiting} frames wait`);
  },
);

Then('frames are dropped at the ring and at the input queue', function (this: SuiteWorld) {
  const { droppedAtQueue, droppedAtRing } = received(this);
  assert.ok(droppedAtRing > 0 && droppedAtQueue > 0, `${droppedAtRing} and ${droppedAtQueue}`);
});

/** Frames that may be under way when the time is over. */
const UNDER_WAY = 2;

const deliveredBy = (world: SuiteWorld, mode: Mode): Array<readonly [number, number]> =>
  pathNotes(world).sweep.map(({ rate, ...by }) => [rate, by[mode]?.delivered ?? NaN]);

Then(
  'the delivered rate rises up to {int} frames a second offered and never after that',
  function (this: SuiteWorld, peak: number) {
    let [before, deliveredBefore] = [0, 0];
    for (const [rate, delivered] of deliveredBy(this, 'interrupts')) {
      const rises = delivered > deliveredBefore;
      assert.equal(rises, rate <= peak, `from ${before} to ${rate} frames a second offered`);
      [before, deliveredBefore] = [rate, delivered];
    }
  },
);

Then('it falls to at most half of its peak', function (this: SuiteWorld) {
  const delivered = deliveredBy(this, 'interrupts').map(([, count]) => count);
  const peak = Math.max(...delivered);
  assert.ok((delivered.at(-1) ?? NaN) <= peak / 2, `${delivered.at(-1)} of ${peak} are left`);
});

Then('by polling the delivered rate never falls', function (this: SuiteWorld) {
  let most = 0;
  for (const [rate, delivered] of deliveredBy(this, 'polling')) {
    assert.ok(delivered >= most - UNDER_WAY, `${delivered} at ${rate}, ${most} at less`);
    most = Math.max(most, delivered);
  }
});

Then('by polling it is never below what interrupts deliver', function (this: SuiteWorld) {
  const byInterrupts = new Map(deliveredBy(this, 'interrupts'));
  for (const [rate, delivered] of deliveredBy(this, 'polling')) {
    assert.ok(delivered >= (byInterrupts.get(rate) ?? NaN), `at ${rate} frames a second`);
  }
});
