/** Whether a task's call sleeps, and what it has come to. */
import assert from 'node:assert/strict';
import { Then } from '@cucumber/cucumber';
import type { Errno } from '../contract/index.ts';
import { callOf } from './sleepers.ts';
import { described, type SuiteWorld } from './world.ts';

Then('{task} sleeps', async function (this: SuiteWorld, task: string) {
  const call = await callOf(this, task);
  assert.ok('asleep' in call, `the call of ${task} ${described(call)}, and should sleep`);
});

Then('{task} sleeps no more', async function (this: SuiteWorld, task: string) {
  const call = await callOf(this, task);
  assert.ok('ok' in call, `the call of ${task} ${described(call)}, and should have succeeded`);
});

Then(
  'the call of {task} fails with {errno}',
  async function (this: SuiteWorld, task: string, errno: Errno) {
    const call = await callOf(this, task);
    assert.deepEqual(call, { errno }, `the call of ${task} ${described(call)}, not with ${errno}`);
  },
);
