/** Steps on the clock and jiffies. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { jiffies } from '../contract/index.ts';
import { notHad, type OrSkipped } from './tcp-tunable.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Boot = ArgsOf<(typeof jiffies)['methods']['boot']>;
type Comparison = ValueOf<(typeof jiffies)['methods']['compare']>;

const clockNotes = notes(() => ({
  ticks: 0,
  jiffies: undefined as number | undefined,
  comparison: undefined as Comparison | undefined,
}));

/** Starts the clock, or ends the scenario where the kernel is built for another HZ. */
async function boot(world: SuiteWorld, args: Boot): Promise<OrSkipped> {
  const booted = await world.port('jiffies').boot(args);
  if ('errno' in booted && args.hz !== undefined) return notHad(world, `clock of HZ ${args.hz}`);
  clockNotes(world).jiffies = prepared(booted).jiffies;
  return undefined;
}

Given('a clock of HZ {int}', async function (this: SuiteWorld, hz: number) {
  return boot(this, { hz, jiffies: 0 });
});

Given(
  'a clock of HZ {int} whose jiffies begins at {int}',
  async function (this: SuiteWorld, hz: number, first: number) {
    return boot(this, { hz, jiffies: first });
  },
);

Given(
  'a clock of HZ {int} whose jiffies begins as the kernel has it',
  async function (this: SuiteWorld, hz: number) {
    return boot(this, { hz });
  },
);

Given('a clock as the kernel has it', async function (this: SuiteWorld) {
  return boot(this, {});
});

When('{nanoseconds} pass', async function (this: SuiteWorld, nanoseconds: number) {
  const passed = succeeded(await this.port('jiffies').advance({ nanoseconds }));
  clockNotes(this).ticks += passed.ticks;
  clockNotes(this).jiffies = passed.jiffies;
});

Then('the clock has ticked {int} times', function (this: SuiteWorld, ticks: number) {
  assert.equal(clockNotes(this).ticks, ticks);
});

Then('jiffies is {int}', function (this: SuiteWorld, expected: number) {
  assert.equal(clockNotes(this).jiffies, expected);
});

When(
  'jiffies {int} and {int} are compared',
  async function (this: SuiteWorld, a: number, b: number) {
    clockNotes(this).comparison = succeeded(await this.port('jiffies').compare({ a, b }));
  },
);

/** The kernel's names of the comparisons, in the order in which features list them. */
const MACROS = {
  time_after: 'after',
  time_before: 'before',
  time_after_eq: 'afterEq',
  time_before_eq: 'beforeEq',
} as const satisfies Record<string, keyof Comparison>;

Then(/^just (time_\w+(?:, time_\w+)*) hold$/, function (this: SuiteWorld, expected: string) {
  const comparison = clockNotes(this).comparison ?? assert.fail('nothing has been compared');
  const holding = Object.entries(MACROS).filter(([, name]) => comparison[name]);
  assert.equal(holding.map(([macro]) => macro).join(', '), expected);
});
