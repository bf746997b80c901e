/** Steps on who is where: on which processor, inside the kernel, and for how long. */
import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import { mostInKernel, stepsToRun } from '../harness/machine-trace.ts';
import { addPrograms } from './machine-programs.ts';
import { endedOf, sceneOf } from './machine.steps.ts';
import type { SuiteWorld } from './world.ts';

/** Named a, b, c ...; on a multiprocessor any processor runs them. */
Given(
  '{int} process(es) that call(s) {task}',
  function (this: SuiteWorld, count: number, call: string) {
    for (const name of 'abcdefghijklmnop'.slice(0, count)) {
      addPrograms(sceneOf(this), [[name], [`call ${call}`]]);
    }
  },
);

Then(
  'as many as {int} process(es) is/are in the kernel at once, and {int} of them run(s)',
  function (this: SuiteWorld, inside: number, running: number) {
    assert.deepEqual(mostInKernel(endedOf(this).trace), { inside, running });
  },
);

Then(
  '{task} gets the processor {int} step(s) after it was woken',
  function (this: SuiteWorld, name: string, steps: number) {
    assert.equal(stepsToRun(endedOf(this), name), steps);
  },
);

Then('processor {int} takes {int} step(s)', function (this: SuiteWorld, id: number, steps: number) {
  assert.equal(endedOf(this).steps[id], steps);
});
