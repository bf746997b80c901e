/** Steps on wait queues. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { keepCall } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { succeeded, type SuiteWorld } from './world.ts';

const QUEUE = 'buffer';
const OTHER_QUEUE = 'other';

interface Sleep {
  readonly exclusive?: boolean;
  readonly interruptible?: boolean;
  readonly event?: string;
}

async function wait(world: SuiteWorld, tasks: readonly string[], sleep: Sleep): Promise<void> {
  for (const task of tasks) {
    keepCall(world, task, await world.port('wait-queue').wait({ task, queue: QUEUE, ...sleep }));
  }
}

Given('{names} sleep(s) on a queue', async function (this: SuiteWorld, tasks: string[]) {
  await wait(this, tasks, {});
});

Given('{task} sleeps on another queue', async function (this: SuiteWorld, task: string) {
  keepCall(this, task, await this.port('wait-queue').wait({ task, queue: OTHER_QUEUE }));
});

Given(
  '{names} sleep(s) interruptibly on a queue',
  async function (this: SuiteWorld, tasks: string[]) {
    await wait(this, tasks, { interruptible: true });
  },
);

Given(
  '{names} sleep(s) exclusively on a queue',
  async function (this: SuiteWorld, tasks: string[]) {
    await wait(this, tasks, { exclusive: true });
  },
);

When('{task} waits for {string}', async function (this: SuiteWorld, task: string, event: string) {
  await wait(this, [task], { event });
});

stimulus('the queue was woken', 'the queue is woken', (world: SuiteWorld) =>
  world.port('wait-queue').wakeUp({ queue: QUEUE }),
);

When('all of the queue are woken', async function (this: SuiteWorld) {
  succeeded(await this.port('wait-queue').wakeUp({ queue: QUEUE, all: true }));
});

When('another queue is woken', async function (this: SuiteWorld) {
  succeeded(await this.port('wait-queue').wakeUp({ queue: OTHER_QUEUE }));
});

stimulus('{string} has happened', '{string} happens', (world: SuiteWorld, event: string) =>
  world.port('wait-queue').happen({ event }),
);

stimulus('{task} was signalled', '{task} is signalled', (world: SuiteWorld, task: string) =>
  world.port('wait-queue').signal({ task }),
);

Then('they went on in the order {names}', async function (this: SuiteWorld, names: string[]) {
  assert.deepEqual(succeeded(await this.port('wait-queue').woken({})).tasks, names);
});
