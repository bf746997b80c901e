/** Whether a task's call sleeps, and what it has come to. */
import assert from 'node:assert/strict';
import { Then } from '@cucumber/cucumber';
import type { Errno } from '../contract/index.ts';
import { textOfOctets } from './parameter-types-terminal.ts';
import { callOf, interrupt, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, type SuiteWorld } from './world.ts';

Then('{names} sleep(s)', async function (this: SuiteWorld, tasks: readonly string[]) {
  for (const task of tasks) {
    const call = await callOf(this, task);
    assert.ok('asleep' in call, `the call of ${task} ${described(call)}, and should sleep`);
  }
});

Then('{names} sleep(s) no more', async function (this: SuiteWorld, tasks: readonly string[]) {
  for (const task of tasks) {
    const call = await callOf(this, task);
    assert.ok('ok' in call, `the call of ${task} ${described(call)}, and should have succeeded`);
  }
});

Then(
  'the call of {task} fails with {errno}',
  async function (this: SuiteWorld, task: string, errno: Errno) {
    const call = await callOf(this, task);
    assert.deepEqual(call, { errno }, `the call of ${task} ${described(call)}, not with ${errno}`);
  },
);

Then('{task} gets {content}', async function (this: SuiteWorld, task: string, octets: string) {
  const got = (await valueOf(this, task))['octets'] as string;
  assert.equal(textOfOctets(got), textOfOctets(octets), `what ${task} got`);
});

Then('{task} gets end of file', async function (this: SuiteWorld, task: string) {
  assert.equal((await valueOf(this, task))['octets'], '', `what ${task} got`);
});

stimulus(
  'a signal has come to {task}, whose handler {restarts}',
  'a signal comes to {task}, whose handler {restarts}',
  interrupt,
);
