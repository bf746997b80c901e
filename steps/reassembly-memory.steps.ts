/** Steps on the memory that pieces of datagrams take, and the marks that bound it. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { encodeHex, packetOf } from '../harness/packets/index.ts';
import { macOfInterface, macOfNeighbour, receiveFrame } from './network-scene.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

interface Turn {
  readonly before: number;
  readonly after: number;
}

const memoryNotes = notes(() => ({
  /** One for each piece that has come. */
  turns: [] as Turn[],
}));

async function memoryOf(world: SuiteWorld) {
  return succeeded(await world.port('reassembly-memory').read({}));
}

Then('no memory is taken by pieces', async function (this: SuiteWorld) {
  const { octets, datagrams } = await memoryOf(this);
  assert.deepEqual({ octets, datagrams }, { octets: 0, datagrams: 0 });
});

Then(
  'the marks are {int} and {int} octets',
  async function (this: SuiteWorld, wantedHigh: number, wantedLow: number) {
    const { high, low } = await memoryOf(this);
    assert.deepEqual([high, low], [wantedHigh, wantedLow]);
  },
);

/** Pieces that are tried: no sensible host keeps as many. */
const MOST = 2000;
const LENGTH = 1400;

When(
  'first pieces come in by {interface} until datagrams are thrown away',
  async function (this: SuiteWorld, name: string) {
    const { turns } = memoryNotes(this);
    const link = { source: macOfNeighbour('10.0.0.2'), destination: macOfInterface(name) };
    for (let id = 1; id <= MOST; id++) {
      const sentence = `IP 10.0.0.2 > 10.0.0.1 proto 99 id ${id} offset 0 MF length ${LENGTH}`;
      const { octets: before } = await memoryOf(this);
      await receiveFrame(this, name, encodeHex(packetOf(sentence, { link })));
      const { octets: after } = await memoryOf(this);
      turns.push({ before, after });
      if (after < before) return;
    }
  },
);

/** The last piece, and what each before it has cost. */
function lastOf(world: SuiteWorld): { readonly last: Turn; readonly cost: number } {
  const { turns } = memoryNotes(world);
  const [last, first] = [turns.at(-1), turns[0]];
  assert.ok(last !== undefined && first !== undefined, 'no piece has come');
  assert.ok(last.after < last.before, `${turns.length} pieces came, and none was thrown away`);
  return { last, cost: first.after };
}

Then(
  'that was when more than the high mark was taken, and not before',
  async function (this: SuiteWorld) {
    const { high } = await memoryOf(this);
    const { last } = lastOf(this);
    const earlier = memoryNotes(this).turns.at(-2)?.before ?? 0;
    assert.ok(last.before > high, `${last.before} octets were taken, and ${high} may be`);
    assert.ok(earlier <= high, `${earlier} octets were taken, and nothing was thrown away`);
  },
);

/** The piece that has had it done is kept itself. */
Then(
  'as many were thrown away as bring it to the low mark, and no more',
  async function (this: SuiteWorld) {
    const { low } = await memoryOf(this);
    const { last, cost } = lastOf(this);
    const left = last.after - cost;
    assert.ok(left <= low, `${left} octets are left, and ${low} may be`);
    assert.ok(left > low - cost, `${left} octets are left, and one more datagram had room`);
  },
);
