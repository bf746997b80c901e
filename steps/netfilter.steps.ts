/** Steps on the functions that look at packets on their way. */
import assert from 'node:assert/strict';
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber';
import { NF_HOOKS, NF_VERDICTS, type NfHook, type NfVerdict } from '../contract/index.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const oneOrMore = (words: readonly string[]): RegExp =>
  new RegExp(`(?:${words.join('|')})(?:, (?:${words.join('|')}))*`);

defineParameterType({
  name: 'hook',
  regexp: new RegExp(NF_HOOKS.join('|')),
  transformer: (name): NfHook => name as NfHook,
});

defineParameterType({
  name: 'hooks',
  regexp: oneOrMore(NF_HOOKS),
  transformer: (text: string) => text.split(', '),
});

defineParameterType({
  name: 'verdicts',
  regexp: oneOrMore(NF_VERDICTS),
  transformer: (text: string) => text.split(', ') as NfVerdict[],
});

type Seen = readonly {
  readonly name: string;
  readonly in: string | null;
  readonly out: string | null;
  readonly length: number;
}[];

const netfilterNotes = notes(() => ({ seen: undefined as Seen | undefined }));

/** What functions have seen in the whole scenario; asked once, so that each Then judges the same. */
async function seen(world: SuiteWorld): Promise<Seen> {
  const noted = netfilterNotes(world);
  noted.seen ??= succeeded(await world.port('netfilter').seen({})).seen;
  return noted.seen;
}

async function register(
  world: SuiteWorld,
  name: string,
  hook: NfHook,
  priority: number,
  verdicts: NfVerdict[],
): Promise<void> {
  prepared(await world.port('netfilter').register({ name, hook, priority, verdicts }));
}

/** A function is named after its hook. */
const nameOf = (hook: string): string => hook.toLowerCase().replace('_', '-');

Given('a function on each hook that accepts all', async function (this: SuiteWorld) {
  for (const hook of NF_HOOKS) await register(this, nameOf(hook), hook, 0, ['ACCEPT']);
});

Given(
  'function {task} on {hook} of priority {int}',
  async function (this: SuiteWorld, name: string, hook: NfHook, priority: number) {
    await register(this, name, hook, priority, ['ACCEPT']);
  },
);

Given(
  'function {task} on {hook} of priority {int} that answers {verdicts}',
  async function (
    this: SuiteWorld,
    name: string,
    hook: NfHook,
    priority: number,
    verdicts: NfVerdict[],
  ) {
    await register(this, name, hook, priority, verdicts);
  },
);

When('function {task} is taken off', async function (this: SuiteWorld, name: string) {
  succeeded(await this.port('netfilter').unregister({ name }));
});

Then('it is seen at {hooks}', async function (this: SuiteWorld, hooks: string[]) {
  const names = (await seen(this)).map(({ name }) => name);
  assert.deepEqual(names, hooks.map(nameOf));
});

Then('it is seen by {names}', async function (this: SuiteWorld, names: readonly string[]) {
  assert.deepEqual(
    (await seen(this)).map(({ name }) => name),
    names,
  );
});

async function assertInterfaces(
  world: SuiteWorld,
  hook: NfHook,
  expected: { in?: string; out?: string },
): Promise<void> {
  const there = (await seen(world)).find(({ name }) => name === nameOf(hook));
  assert.deepEqual([there?.in, there?.out], [expected.in ?? null, expected.out ?? null]);
}

Then(
  '{hook} knows that it came in by {interface}',
  async function (this: SuiteWorld, hook: NfHook, name: string) {
    await assertInterfaces(this, hook, { in: name });
  },
);

Then(
  '{hook} knows that it leaves by {interface}',
  async function (this: SuiteWorld, hook: NfHook, name: string) {
    await assertInterfaces(this, hook, { out: name });
  },
);

Then(
  '{hook} knows that it came in by {interface} and leaves by {interface}',
  async function (this: SuiteWorld, hook: NfHook, came: string, leaves: string) {
    await assertInterfaces(this, hook, { in: came, out: leaves });
  },
);

Then(
  'the packets that {task} sees have {numbers} octets',
  async function (this: SuiteWorld, name: string, lengths: number[]) {
    const ofOne = (await seen(this)).filter((one) => one.name === name);
    assert.deepEqual(
      ofOne.map(({ length }) => length),
      lengths,
    );
  },
);
