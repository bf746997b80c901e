/** Steps on swapping. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const PAGE_OCTETS = 16;

/** Who was in memory, second by second. */
const swapNotes = notes(() => ({ seconds: [] as string[][] }));

const port = (world: SuiteWorld) => world.port('swapping');

Given(
  'a machine of {int} frames that swaps to {int} pages',
  async function (this: SuiteWorld, frames: number, swapPages: number) {
    prepared(await port(this).boot({ frames, pageOctets: PAGE_OCTETS, swapPages }));
  },
);

stimulus(
  'process {string} of {int} page(s) was started',
  'process {string} of {int} page(s) is started',
  (world: SuiteWorld, process: string, pages: number) => port(world).start({ process, pages }),
);

stimulus('{string} went to sleep', '{string} goes to sleep', (world: SuiteWorld, process: string) =>
  port(world).sleep({ process }),
);

stimulus('{string} was woken', '{string} is woken', (world: SuiteWorld, process: string) =>
  port(world).wake({ process }),
);

stimulus('{string} ended', '{string} ends', (world: SuiteWorld, process: string) =>
  port(world).exit({ process }),
);

stimulus(
  '{int} second(s) have passed',
  '{int} second(s) pass(es)',
  (world: SuiteWorld, seconds: number) => port(world).pass({ seconds }),
);

Given(
  '{string} wrote {octets} at offset {int} of its memory',
  async function (this: SuiteWorld, process: string, octets: string, at: number) {
    prepared(await port(this).write({ process, at, octets }));
  },
);

When('{string} reads its memory', async function (this: SuiteWorld, process: string) {
  this.record(await port(this).read({ process, at: 0, length: 1 }));
});

Then(
  'offset {int} to {int} of the memory of {string} holds {octets}',
  async function (this: SuiteWorld, from: number, to: number, process: string, octets: string) {
    const length = to - from + 1;
    const read = succeeded(await port(this).read({ process, at: from, length }));
    assert.equal(read.octets, octets);
  },
);

async function inMemory(world: SuiteWorld): Promise<string[]> {
  const { processes } = succeeded(await port(world).state({}));
  return processes.filter((each) => each.inMemory).map(({ process }) => process);
}

Then('these are in memory: {names}', async function (this: SuiteWorld, names: readonly string[]) {
  assert.deepEqual((await inMemory(this)).sort(), [...names].sort());
});

Then(
  '{int} frame(s) and {int} page(s) of swap are free',
  async function (this: SuiteWorld, freeFrames: number, freeSwapPages: number) {
    const { processes: _, ...free } = succeeded(await port(this).state({}));
    assert.deepEqual(free, { freeFrames, freeSwapPages });
  },
);

When('a minute passes, second by second', async function (this: SuiteWorld) {
  for (let second = 0; second < 60; second++) {
    succeeded(await port(this).pass({ seconds: 1 }));
    swapNotes(this).seconds.push(await inMemory(this));
  }
});

Then(
  'each of these was in memory at some time: {names}',
  function (this: SuiteWorld, names: readonly string[]) {
    const seen = new Set(swapNotes(this).seconds.flat());
    assert.deepEqual([...seen].sort(), [...names].sort());
  },
);

Then('never two of them at the same time', function (this: SuiteWorld) {
  const together = swapNotes(this).seconds.filter((names) => names.length > 1);
  assert.deepEqual(together, []);
});
