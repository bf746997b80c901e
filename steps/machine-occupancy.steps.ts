/** Steps on who is where: on which processor, inside the kernel, and for how long. */
import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import { mostInKernel, stepsSpun, stepsToRun } from '../harness/machine-trace.ts';
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

Then('{task} spins for {int} step(s)', function (this: SuiteWorld, name: string, steps: number) {
  assert.equal(stepsSpun(endedOf(this).trace, name), steps);
});

Then(
  'one holds {task} at a time, {int} times in all',
  function (this: SuiteWorld, lock: string, times: number) {
    const moves = endedOf(this).trace.filter(
      ({ did, what }) => (did === 'locks' || did === 'unlocks') && what === lock,
    );
    const oneByOne = moves.map(({ who }, at) => ({ who, did: at % 2 === 0 ? 'locks' : 'unlocks' }));
    assert.deepEqual(
      moves.map(({ who, did }) => ({ who, did })),
      oneByOne,
    );
    for (const [at, { who }] of moves.entries()) {
      if (at % 2 === 1) assert.equal(who, moves[at - 1]?.who, 'who unlocks');
    }
    assert.equal(moves.length / 2, times);
  },
);
