/** Steps on what tasks are charged for blocks of the disk. */
import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import type { blockUsage, ValueOf } from '../contract/index.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Usage = ValueOf<(typeof blockUsage)['methods']['usage']>;

const usageNotes = notes(() => ({ noted: new Map<string, Usage>() }));

const port = (world: SuiteWorld) => world.port('block-usage');

Given('nothing of the files is in memory', async function (this: SuiteWorld) {
  prepared(await port(this).forget({}));
});

Given('what {task} is charged is noted', async function (this: SuiteWorld, task: string) {
  usageNotes(this).noted.set(task, prepared(await port(this).usage({ task })));
});

/** What a task was charged since that was noted, or ever. */
async function charged(world: SuiteWorld, task: string): Promise<Usage> {
  const now = succeeded(await port(world).usage({ task }));
  const { blocksIn, blocksOut } = usageNotes(world).noted.get(task) ?? {
    blocksIn: 0,
    blocksOut: 0,
  };
  return { blocksIn: now.blocksIn - blocksIn, blocksOut: now.blocksOut - blocksOut };
}

Then('{task} is charged for blocks in', async function (this: SuiteWorld, task: string) {
  const { blocksIn } = await charged(this, task);
  assert.ok(blocksIn > 0, `${task} is charged for ${blocksIn} blocks that were read`);
});

Then('{task} is charged for blocks out', async function (this: SuiteWorld, task: string) {
  const { blocksOut } = await charged(this, task);
  assert.ok(blocksOut > 0, `${task} is charged for ${blocksOut} blocks that were written`);
});

Then('{task} is charged for no blocks in', async function (this: SuiteWorld, task: string) {
  assert.equal((await charged(this, task)).blocksIn, 0);
});

Then('{task} is charged for no blocks out', async function (this: SuiteWorld, task: string) {
  assert.equal((await charged(this, task)).blocksOut, 0);
});
