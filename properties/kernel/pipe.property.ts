/** Laws of pipes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Errno } from '../../contract/index.ts';
import type { ClientPorts, MaybeAsleep } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

/** Around the sizes at which something changes: PIPE_BUF of both systems, pages, the whole pipe. */
const length = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 600 }) },
  { weight: 3, arbitrary: fc.constantFrom(511, 512, 1365, 2048, 2049, 4095, 4096, 4097) },
  { weight: 2, arbitrary: fc.integer({ min: 4097, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 80_000 }) },
);

const READER = 3;

const MOST_AT_ONCE = 65_536;

/** A transfer by one of three writers or by the reader. */
const transfer = fc.record({ task: fc.nat(READER), length, nonblock: fc.boolean() });

type Outcome<Method extends 'read' | 'write'> = Awaited<ReturnType<ClientPorts['pipe'][Method]>>;

/** One write of a history: each has an octet of its own, by which it is known in the stream. */
interface Written {
  readonly octet: number;
  readonly asked: number;
  readonly nonblock: boolean;
  readonly begunAt: number;
  outcome: Outcome<'write'>;
  /** The step after which it was done; Infinity while it sleeps. */
  doneAt: number;
}

interface History {
  readonly writes: Written[];
  /** All that was read, in order. */
  readonly stream: string[];
}

/** What a call has come to by now. */
async function now<Value, Failure extends Errno>(
  call: MaybeAsleep<Value, Failure>,
): Promise<MaybeAsleep<Value, Failure>> {
  return 'asleep' in call ? call.asleep.poll() : call;
}

const asleep = (call: MaybeAsleep | undefined): boolean => call !== undefined && 'asleep' in call;

/** Makes the transfers, then reads all that is left; sleepers are looked at after each call. */
async function history(
  { ports: { pipe }, freshName }: Context,
  transfers: readonly { task: number; length: number; nonblock: boolean }[],
): Promise<History> {
  const { reader, writer } = valueOf(await pipe.create({}));
  const name = freshName();
  const writes: Written[] = [];
  const stream: string[] = [];
  const busy = new Map<number, Written>();
  let reading: Outcome<'read'> | undefined;
  let step = 0;

  const lookAtSleepers = async (): Promise<void> => {
    step++;
    for (const [task, write] of busy) {
      write.outcome = await now(write.outcome);
      if (asleep(write.outcome)) continue;
      write.doneAt = step;
      busy.delete(task);
    }
    if (reading !== undefined) reading = await now(reading);
    if (reading !== undefined && !asleep(reading)) {
      if ('ok' in reading) stream.push(reading.ok.octets);
      reading = undefined;
    }
    const { available } = valueOf(await pipe.ready({ end: reader }));
    assert.ok(available === 0 || reading === undefined, 'the reader sleeps beside octets');
    assert.ok(available > 0 || busy.size === 0, 'a writer sleeps beside an empty pipe');
  };
  const write = async (task: number, asked: number, nonblock: boolean): Promise<void> => {
    const octet = writes.length + 1;
    const octets = octet.toString(16).padStart(2, '0').repeat(asked);
    const call = { task: `${name}-${task}`, end: writer, octets, nonblock };
    const outcome = await pipe.write(call);
    const written = { octet, asked, nonblock, begunAt: step, outcome, doneAt: Infinity };
    writes.push(written);
    busy.set(task, written);
  };
  const read = async (count: number, nonblock: boolean): Promise<void> => {
    reading = await pipe.read({ task: `${name}-${READER}`, end: reader, count, nonblock });
  };

  for (const { task, length: octets, nonblock } of transfers) {
    if (task === READER) {
      if (reading === undefined) await read(octets, nonblock);
    } else if (!busy.has(task)) await write(task, octets, nonblock);
    await lookAtSleepers();
  }
  for (let reads = 0; reads < 200; reads++) {
    const { available } = valueOf(await pipe.ready({ end: reader }));
    if (available === 0) break;
    await read(Math.min(available, MOST_AT_ONCE), true);
    await lookAtSleepers();
  }
  assert.equal(busy.size, 0, 'writers that sleep beside an empty pipe');
  return { writes, stream };
}

/** Runs of one octet, in order. */
function runsOf(octets: string): { octet: number; from: number; to: number }[] {
  return [...octets.matchAll(/(..)\1*/g)].map((run) => ({
    octet: Number.parseInt(run[1] ?? '', 16),
    from: run.index / 2,
    to: (run.index + run[0].length) / 2,
  }));
}

property(
  'a pipe is a queue of octets',
  fc.array(transfer, { maxLength: 24 }),
  async (context, transfers) => {
    const { writes, stream } = await history(context, transfers);
    const pipeBuf = context.profile === 'bsd-4.4' ? 512 : 4096;
    const runs = runsOf(stream.join(''));
    for (const { octet, asked, nonblock, begunAt, outcome } of writes) {
      const own = runs.filter((run) => run.octet === octet);
      const read = own.reduce((sum, { from, to }) => sum + to - from, 0);
      const written = 'ok' in outcome ? outcome.ok.length : 0;
      assert.equal(read, written, `octets read of write ${octet}`);
      assert.ok(nonblock || written === asked, `write ${octet} returned before it was done`);
      assert.ok('errno' in outcome || written > 0, `write ${octet} wrote nothing`);
      if (asked <= pipeBuf) {
        assert.ok(own.length <= 1, `write ${octet} is split`);
        assert.ok(written === 0 || written === asked, `write ${octet} is done in part`);
      }
      for (const earlier of writes) {
        if (earlier.doneAt > begunAt) continue;
        const last = runs.findLast((run) => run.octet === earlier.octet);
        const overtaken = last !== undefined && own.some(({ from }) => from < last.from);
        assert.ok(!overtaken, `write ${octet} has overtaken write ${earlier.octet}`);
      }
    }
  },
);

// Room in pages

const PAGE_SIZE = 4096;
const PAGES = 16;

interface Page {
  from: number;
  to: number;
}

/** How much of a write the pages take. */
function putInto(pages: Page[], asked: number): number {
  const tail = asked % PAGE_SIZE;
  const last = pages.at(-1);
  const merges = tail > 0 && last !== undefined && last.to + tail <= PAGE_SIZE;
  if (merges) last.to += tail;
  const put = merges ? tail : 0;
  const whole = Math.min(asked - put, (PAGES - pages.length) * PAGE_SIZE);
  for (let at = 0; at < whole; at += PAGE_SIZE) {
    pages.push({ from: 0, to: Math.min(whole - at, PAGE_SIZE) });
  }
  return put + whole;
}

function takeFrom(pages: Page[], count: number): number {
  let taken = 0;
  for (let page = pages[0]; page !== undefined && taken < count; page = pages[0]) {
    const part = Math.min(count - taken, page.to - page.from);
    page.from += part;
    taken += part;
    if (page.from === page.to) pages.shift();
  }
  return taken;
}

property(
  'a pipe has room as its pages have',
  fc.array(fc.record({ does: fc.constantFrom('write', 'write', 'read'), length }), {
    maxLength: 40,
  }),
  async ({ ports: { pipe }, freshName }, transfers) => {
    const { reader, writer } = valueOf(await pipe.create({}));
    const call = { task: freshName(), nonblock: true };
    const pages: Page[] = [];
    for (const { does, length: asked } of transfers) {
      if (does === 'write') {
        const octets = '61'.repeat(asked);
        const put = putInto(pages, asked);
        const expected = put === 0 ? { errno: 'EAGAIN' } : { ok: { length: put } };
        assert.deepEqual(await pipe.write({ ...call, end: writer, octets }), expected);
      } else {
        const got = await pipe.read({ ...call, end: reader, count: asked });
        const taken = takeFrom(pages, asked);
        const expected = taken === 0 ? { errno: 'EAGAIN' } : { ok: taken };
        assert.deepEqual('ok' in got ? { ok: got.ok.octets.length / 2 } : got, expected);
      }
      const ready = valueOf(await pipe.ready({ end: writer }));
      assert.equal(ready.events.includes('OUT'), pages.length < PAGES, 'ready for OUT');
      assert.equal(
        ready.available,
        pages.reduce((sum, { from, to }) => sum + to - from, 0),
      );
    }
  },
);
