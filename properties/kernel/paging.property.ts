/** Laws of paging. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { octetsOf } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const PAGE_OCTETS = 16;
/** Each process has so many pages, from address 0 on. */
const PAGES = 6;
const PROCESSES = ['init', 'shell', 'make'] as const;

/** Swap that holds all of it, however few the frames are. */
const SWAP_PAGES = PROCESSES.length * PAGES;

const at = fc.nat(PAGES * PAGE_OCTETS - 1);

const touch = fc.record({
  process: fc.constantFrom(...PROCESSES),
  at,
  octets: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  write: fc.boolean(),
});

type Touch = typeof touch extends fc.Arbitrary<infer Value> ? Value : never;

/** A file that every process has mapped, as its first two pages. */
const file = Uint8Array.from({ length: 2 * PAGE_OCTETS }, (_, nth) => 0x40 + nth);

async function booted({ ports }: Context, frames: number): Promise<void> {
  const port = ports.paging;
  valueOf(await port.boot({ frames, pageOctets: PAGE_OCTETS, swapPages: SWAP_PAGES }));
  valueOf(await port.file({ name: 'data', octets: octetsOf(file) }));
  for (const process of PROCESSES) {
    const access = 'read-write' as const;
    const mapped = { process, at: 0, length: file.length, access };
    valueOf(await port.map({ ...mapped, file: { name: 'data', offset: 0 } }));
    const length = (PAGES - 2) * PAGE_OCTETS;
    valueOf(await port.map({ process, at: file.length, length, access }));
  }
}

/** Memory that is large enough: a plain array for each process. */
class Model {
  readonly #memory = new Map(
    PROCESSES.map((name) => {
      const octets = new Uint8Array(PAGES * PAGE_OCTETS);
      octets.set(file);
      return [name, octets] as const;
    }),
  );

  /** What the access gives: the octets within the map, and a signal where it leaves it. */
  touch({ process, at: from, octets, write }: Touch) {
    const memory = this.#memory.get(process) ?? new Uint8Array();
    const within = octets.subarray(0, memory.length - from);
    if (write) memory.set(within, from);
    return {
      octets: octetsOf(memory.subarray(from, from + within.length)),
      signal: within.length < octets.length ? 'SIGSEGV' : null,
    };
  }
}

async function perform({ ports }: Context, { process, at: from, octets, write }: Touch) {
  const port = ports.paging;
  return valueOf(
    write
      ? await port.write({ process, at: from, octets: octetsOf(octets) })
      : await port.read({ process, at: from, length: octets.length }),
  );
}

async function residentPages({ ports }: Context): Promise<number> {
  const pages = PROCESSES.map(async (process) =>
    valueOf(await ports.paging.resident({ process, at: 0, pages: PAGES })).pages.filter(Boolean),
  );
  return (await Promise.all(pages)).flat().length;
}

property(
  'paged memory is like memory that is large enough',
  fc.record({
    frames: fc.integer({ min: 1, max: 8 }),
    touches: fc.array(touch, { maxLength: 40 }),
  }),
  async (context, { frames, touches }) => {
    await booted(context, frames);
    const model = new Model();
    for (const step of touches) {
      const { octets, signal } = await perform(context, step);
      assert.deepEqual({ octets, signal }, model.touch(step));
      const resident = await residentPages(context);
      assert.ok(resident <= frames, `${resident} pages are resident in ${frames} frames`);
    }
  },
);

property(
  'what fits in memory is read in once',
  fc.array(touch, { maxLength: 40 }),
  async (context, touches) => {
    await booted(context, SWAP_PAGES);
    const seen = new Set<string>();
    for (const step of touches) {
      const { trace } = await perform(context, step);
      const end = Math.min(step.at + step.octets.length, PAGES * PAGE_OCTETS);
      const first = Math.floor(step.at / PAGE_OCTETS);
      const last = Math.floor((end - 1) / PAGE_OCTETS);
      const touched = Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
      const fresh = touched.filter((page) => !seen.has(`${step.process} ${page}`));
      for (const page of fresh) seen.add(`${step.process} ${page}`);
      const resumed = trace.filter(({ event }) => event === 'resume').length;
      assert.equal(resumed, fresh.length, 'pages that had to be made resident');
      assert.ok(
        trace.every(({ event }) => event !== 'page-out'),
        'a page had to go',
      );
    }
  },
);
