/** Steps on select. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, select as selectSpec } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import type { Selection } from './parameter-types-descriptor.ts';
import { interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, type SuiteWorld } from './world.ts';

type Bounds = Partial<Pick<ArgsOf<(typeof selectSpec)['methods']['select']>, 'nfds' | 'timeoutMs'>>;

async function select(world: SuiteWorld, task: string, sets: Selection, bounds: Bounds = {}) {
  interruptedThrough(world, 'descriptor');
  return keepCall(world, task, await world.port('select').select({ task, ...sets, ...bounds }));
}

When(
  '{task} selects {selection}',
  async function (this: SuiteWorld, task: string, sets: Selection) {
    await select(this, task, sets);
  },
);

When(
  '{task} selects {selection} for {int} ms',
  async function (this: SuiteWorld, task: string, sets: Selection, timeoutMs: number) {
    await select(this, task, sets, { timeoutMs });
  },
);

When(
  '{task} selects {selection} below {int} for {int} ms',
  async function (
    this: SuiteWorld,
    task: string,
    sets: Selection,
    nfds: number,
    timeoutMs: number,
  ) {
    await select(this, task, sets, { nfds, timeoutMs });
  },
);

async function sleepIn(world: SuiteWorld, task: string, sets: Selection, bounds: Bounds) {
  const outcome = await select(world, task, sets, bounds);
  if (!('asleep' in outcome)) throw new Inconclusive(`the select of ${task} ${described(outcome)}`);
}

Given(
  '{task} sleeps in a select of {selection}',
  async function (this: SuiteWorld, task: string, sets: Selection) {
    await sleepIn(this, task, sets, {});
  },
);

Given(
  '{task} sleeps in a select of {selection} for {int} ms',
  async function (this: SuiteWorld, task: string, sets: Selection, timeoutMs: number) {
    await sleepIn(this, task, sets, { timeoutMs });
  },
);

Then(
  '{task} is told of {selection}',
  async function (this: SuiteWorld, task: string, { read, write, except }: Selection) {
    const told = (await valueOf(this, task)) as unknown as Selection & { count: number };
    const inOrder = (fds: number[]) => fds.toSorted((a, b) => a - b);
    assert.deepEqual(
      { read: inOrder(told.read), write: inOrder(told.write), except: inOrder(told.except) },
      { read, write, except },
    );
    assert.equal(told.count, read.length + write.length + except.length, 'what select returns');
  },
);

Then(
  '{int} ms are left of the timeout of {task}',
  async function (this: SuiteWorld, ms: number, task: string) {
    assert.equal((await valueOf(this, task))['timeoutMs'], ms);
  },
);

stimulus('{int} ms have elapsed', '{int} ms elapse', (world: SuiteWorld, ms: number) =>
  world.port('select').advance({ ms }),
);
