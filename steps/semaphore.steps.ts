/** Steps on semaphores. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { keepCall } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const SEMAPHORE = 'semaphore';
const OTHER_SEMAPHORE = 'other';

const trylock = notes(() => ({ result: undefined as number | undefined }));

Given('a semaphore of count {int}', async function (this: SuiteWorld, count: number) {
  prepared(await this.port('semaphore').init({ semaphore: SEMAPHORE, count }));
});

Given('another semaphore of count {int}', async function (this: SuiteWorld, count: number) {
  prepared(await this.port('semaphore').init({ semaphore: OTHER_SEMAPHORE, count }));
});

for (const [name, call] of [
  ['down', 'down'],
  ['down_interruptible', 'downInterruptible'],
] as const) {
  const act = async (world: SuiteWorld, tasks: readonly string[]): Promise<void> => {
    for (const task of tasks) {
      const args = { semaphore: SEMAPHORE, task };
      keepCall(world, task, await world.port('semaphore')[call](args));
    }
  };
  Given(`{names} called ${name}`, async function (this: SuiteWorld, tasks: string[]) {
    await act(this, tasks);
  });
  When(`{names} call(s) ${name}`, async function (this: SuiteWorld, tasks: string[]) {
    await act(this, tasks);
  });
  When(
    `{task} calls ${name} in an interrupt handler`,
    async function (this: SuiteWorld, task: string) {
      const args = { semaphore: SEMAPHORE, task, context: 'interrupt' } as const;
      this.record(await this.port('semaphore')[call](args));
    },
  );
}

When('{task} calls down on the other', async function (this: SuiteWorld, task: string) {
  const args = { semaphore: OTHER_SEMAPHORE, task };
  keepCall(this, task, await this.port('semaphore').down(args));
});

Given('up was called', async function (this: SuiteWorld) {
  prepared(await this.port('semaphore').up({ semaphore: SEMAPHORE }));
});

When('up is called {int} times', async function (this: SuiteWorld, times: number) {
  for (let call = 0; call < times; call++) {
    succeeded(await this.port('semaphore').up({ semaphore: SEMAPHORE }));
  }
});

When('up is called in an interrupt handler', async function (this: SuiteWorld) {
  succeeded(await this.port('semaphore').up({ semaphore: SEMAPHORE, context: 'interrupt' }));
});

Given('down_trylock was called', async function (this: SuiteWorld) {
  prepared(await this.port('semaphore').downTrylock({ semaphore: SEMAPHORE }));
});

for (const [where, context] of [
  ['', 'process'],
  [' in an interrupt handler', 'interrupt'],
] as const) {
  When(`down_trylock is called${where}`, async function (this: SuiteWorld) {
    const port = this.port('semaphore');
    const { result } = succeeded(await port.downTrylock({ semaphore: SEMAPHORE, context }));
    trylock(this).result = result;
  });
}

Then('it answers {int}', function (this: SuiteWorld, expected: number) {
  assert.equal(trylock(this).result, expected);
});

stimulus('{task} was sent a signal', '{task} is sent a signal', (world: SuiteWorld, task: string) =>
  world.port('semaphore').signal({ task }),
);

Then('the count is {int}', async function (this: SuiteWorld, expected: number) {
  const { count } = succeeded(await this.port('semaphore').count({ semaphore: SEMAPHORE }));
  assert.equal(count, expected);
});
