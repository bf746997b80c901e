/** Laws of the input queue and of the receive path. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { receivePath } from '../../contract/index.ts';
import type { ArgsOf, ValueOf } from '../../contract/port.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

type Load = ArgsOf<(typeof receivePath)['methods']['offer']>;
type Received = ValueOf<(typeof receivePath)['methods']['offer']>;

/** How many packets a queue holds, and how many one run of the softirq takes from it. */
const BOUNDS: Readonly<Record<string, { readonly holds: number; readonly run: number }>> = {
  notes: { holds: 301, run: 300 },
  'linux-2.6.11': { holds: 301, run: 300 },
  'bsd-4.4': { holds: 50, run: Infinity },
  'linux-6': { holds: 1001, run: 64 },
};

const boundsOf = ({ profile }: Context) => BOUNDS[profile] ?? assert.fail(profile);

/** The queue goes on from case to case: each begins with an empty one. */
async function emptied({ ports }: Context): Promise<{ total: number; dropped: number }> {
  const port = ports['input-queue'];
  for (let runs = 0; valueOf(await port.stat({})).raised; runs++) {
    assert.ok(runs < 100, 'the softirq stays raised');
    valueOf(await port.netRxAction({ packetUs: 0 }));
  }
  return valueOf(await port.stat({}));
}

property(
  'a burst is dropped only beyond the bound of the queue',
  fc.integer({ min: 1, max: 1500 }),
  async (context, packets) => {
    const port = context.ports['input-queue'];
    const before = await emptied(context);
    valueOf(await port.netifRx({ packets }));
    const { length, dropped } = valueOf(await port.stat({}));
    const { holds } = boundsOf(context);
    assert.deepEqual(
      { length, dropped: dropped - before.dropped },
      { length: Math.min(packets, holds), dropped: Math.max(0, packets - holds) },
    );
  },
);

/** What a system lets in, packet by packet. */
class QueueModel {
  readonly #holds: number;
  readonly #profile: string;
  /** Numbers of the packets that wait; in Linux 6 those up to `aside` no longer count as queued. */
  waiting: number[] = [];
  #aside = 0;
  #throttle = false;

  constructor(profile: string, holds: number) {
    this.#profile = profile;
    this.#holds = holds;
  }

  arrives(packet: number): void {
    const queued = this.waiting.length - this.#aside;
    if (queued === 0) this.#throttle = false;
    const full = queued >= this.#holds;
    if (full && !['bsd-4.4', 'linux-6'].includes(this.#profile)) this.#throttle = true;
    if (!full && !this.#throttle) this.waiting.push(packet);
  }

  /** @param sawEnd - the softirq found nothing more. */
  taken(count: number, sawEnd: boolean): number[] {
    const packets = this.waiting.splice(0, count);
    if (sawEnd) this.#throttle = false;
    if (this.#profile === 'linux-6') this.#aside = this.#asideAfter(count);
    return packets;
  }

  /** All that waits is taken aside at once, whenever nothing is left there. */
  #asideAfter(count: number): number {
    return count <= this.#aside && this.#aside > 0 ? this.#aside - count : this.waiting.length;
  }
}

const arrivals = fc.oneof(
  fc.integer({ min: 1, max: 1500 }),
  fc.integer({ min: 1, max: 60 }),
  fc.constantFrom(1, 2, 299, 300, 301, 302),
);

property(
  'the input queue behaves like a bounded list',
  fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('arrive' as const), packets: arrivals }),
      fc.record({
        do: fc.constant('run' as const),
        packetUs: fc.constantFrom(0, 0, 10, 100, 2000),
      }),
    ),
    { maxLength: 12 },
  ),
  async (context, steps) => {
    const port = context.ports['input-queue'];
    const bounds = boundsOf(context);
    let { total } = await emptied(context);
    const model = new QueueModel(context.profile, bounds.holds);
    for (const step of steps) {
      if (step.do === 'arrive') {
        valueOf(await port.netifRx({ packets: step.packets }));
        for (let left = step.packets; left > 0; left--) model.arrives(++total);
      } else {
        const { processed } = valueOf(await port.netRxAction({ packetUs: step.packetUs }));
        const { raised } = valueOf(await port.stat({}));
        assert.ok(processed.length <= bounds.run, `${processed.length} packets in one run`);
        assert.ok(raised || processed.length === model.waiting.length, 'somebody is forgotten');
        assert.deepEqual(processed, model.taken(processed.length, !raised));
      }
      const { length, total: arrived } = valueOf(await port.stat({}));
      assert.deepEqual({ length, arrived }, { length: model.waiting.length, arrived: total });
    }
  },
);

const NS_PER_MS = 1_000_000;

const anyLoad = fc.record({
  framesPerSecond: fc.oneof(
    fc.integer({ min: 1, max: 200_000 }),
    fc.integer({ min: 1, max: 20_000 }),
  ),
  durationMs: fc.integer({ min: 20, max: 60 }),
  interruptUs: fc.integer({ min: 1, max: 100 }),
  protocolUs: fc.integer({ min: 1, max: 100 }),
  ring: fc.constantFrom(64, 256),
});

async function offer({ ports }: Context, mode: Load['mode'], load: Omit<Load, 'mode'>) {
  return valueOf(await ports['receive-path'].offer({ mode, ...load }));
}

/** Frames whose time of arrival is before the end. */
function offeredIn({ framesPerSecond, durationMs }: Omit<Load, 'mode'>): number {
  return Math.ceil((framesPerSecond * durationMs) / 1000);
}

property(
  'a host with an interrupt for each frame delivers what the formula says',
  anyLoad,
  async (context, load) => {
    const { delivered } = await offer(context, 'interrupts', load);
    const { interruptUs, protocolUs, framesPerSecond, durationMs } = load;
    const offered = offeredIn(load);
    const durationUs = durationMs * 1000;
    const left = Math.max(0, durationUs - offered * interruptUs) / protocolUs;
    const expected = Math.min(offered, left);
    // A frame under way at each end; and after each time that a full queue was emptied, the wait for
    // the next frame, which goes to the user.
    const gapUs = 1_000_000 / framesPerSecond;
    const waits = delivered / boundsOf(context).holds + 1;
    const above = 2 + interruptUs / protocolUs;
    const below = expected < offered ? above + (waits * gapUs) / protocolUs : above;
    assert.ok(
      delivered <= expected + above,
      `${delivered} delivered, the formula says ${expected}`,
    );
    assert.ok(
      delivered >= expected - below,
      `${delivered} delivered, the formula says ${expected}`,
    );
  },
);

property(
  "every frame is delivered, dropped or waiting, and every nanosecond is somebody's",
  anyLoad,
  async (context, load) => {
    const polls = context.profile !== 'bsd-4.4';
    for (const mode of polls ? (['interrupts', 'polling'] as const) : (['interrupts'] as const)) {
      const got: Received = await offer(context, mode, load);
      const { offered, delivered, droppedAtRing, droppedAtQueue, waiting, interrupts } = got;
      assert.equal(offered, offeredIn(load));
      assert.equal(delivered + droppedAtRing + droppedAtQueue + waiting, offered);
      const { interruptNs, softirqNs, ksoftirqdNs, userNs } = got;
      const all = interruptNs + softirqNs + ksoftirqdNs + userNs;
      assert.equal(all, load.durationMs * NS_PER_MS);
      const [took, one] = [interruptNs / 1000, load.interruptUs];
      assert.ok(
        took <= interrupts * one && took > (interrupts - 1) * one,
        'each interrupt costs the same',
      );
      const processed = (softirqNs + ksoftirqdNs) / 1000 / load.protocolUs;
      assert.ok(processed >= delivered && processed <= delivered + 1, 'each frame costs the same');
    }
  },
);

property('a polling host never falls behind its protocols', anyLoad, async (context, load) => {
  const { delivered, interrupts } = await offer(context, 'polling', load);
  const { durationMs, protocolUs, interruptUs, ring } = load;
  const offered = offeredIn(load);
  const most = Math.min(offered, (durationMs * 1000) / protocolUs);
  const start = interruptUs / protocolUs;
  assert.ok(delivered >= most - ring - start - 2, `${delivered} of ${most} delivered`);
  if (offered * protocolUs >= durationMs * 1000 + protocolUs) {
    assert.ok(interrupts <= 1, `${interrupts} interrupts under overload`);
  }
});
