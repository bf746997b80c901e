/** Steps on options of stream sockets by level and number. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { OPTION_LEVELS, type OptionLevel, type TcpOption } from '../contract/index.ts';
import { stimulus } from './stimulus.ts';
import { streamOf } from './tcp-sockets.ts';
import { described, notes, prepared, succeeded, type SuiteWorld } from './world.ts';

interface Numbered {
  readonly level: OptionLevel;
  readonly number: number;
}

interface LevelNotes {
  /** What each level has said of the number before, errors in words. */
  readonly before: Map<OptionLevel, string>;
  task: string;
  number: number;
  /** Of options by name, when the scenario first set one. */
  readonly named: Map<TcpOption, number | string>;
}

const levelNotes = notes<LevelNotes>(() => ({
  before: new Map(),
  task: '',
  number: 0,
  named: new Map(),
}));

async function numbersOf(world: SuiteWorld) {
  return prepared(await world.port('option-level').numbers({})).options;
}

async function numbered(world: SuiteWorld, option: TcpOption): Promise<Numbered> {
  const found = (await numbersOf(world)).find((one) => one.option === option);
  const { level, number } = found ?? assert.fail(`the system has no number for ${option}`);
  return { level, number };
}

/** What a level says of a number. */
async function saying(world: SuiteWorld, task: string, level: OptionLevel, number: number) {
  const socket = streamOf(world, task);
  return described(await world.port('option-level').get({ socket, level, number }));
}

When(
  '{task} sets the option that is {tcpOption} by its level and number to {int}',
  async function (this: SuiteWorld, task: string, option: TcpOption, value: number) {
    const { level, number } = await numbered(this, option);
    const noted = levelNotes(this);
    Object.assign(noted, { task, number });
    for (const other of OPTION_LEVELS) {
      if (other !== level) noted.before.set(other, await saying(this, task, other, number));
    }
    const socket = streamOf(this, task);
    const set = await this.port('option-level').set({ socket, level, number, value });
    this.record(set);
    succeeded(set);
  },
);

Then(
  'no option of the same number at another level is different than before',
  async function (this: SuiteWorld) {
    const { before, task, number } = levelNotes(this);
    for (const [level, said] of before) {
      assert.equal(await saying(this, task, level, number), said, `${number} at ${level}`);
    }
  },
);

Then(
  'the option of {task} that is {tcpOption} by its level and number is {int}',
  async function (this: SuiteWorld, task: string, option: TcpOption, value: number) {
    const socket = streamOf(this, task);
    const got = await this.port('option-level').get({ socket, ...(await numbered(this, option)) });
    assert.deepEqual(succeeded(got), { value });
  },
);

Then(
  'there are options with the same number at two levels or more',
  async function (this: SuiteWorld) {
    const numbers = (await numbersOf(this)).map(({ number }) => number);
    assert.ok(
      new Set(numbers).size < numbers.length,
      `all numbers are different: ${numbers.join(', ')}`,
    );
  },
);

/** Keeps what the options are that a scenario may ask about, before it sets any. */
async function keepNamed(world: SuiteWorld, task: string): Promise<void> {
  const { named } = levelNotes(world);
  if (named.size > 0) return;
  const socket = streamOf(world, task);
  for (const option of ['TCP_MAXSEG', 'IP_MTU_DISCOVER'] as const) {
    const got = await world.port('tcp').getOption({ socket, option });
    if ('ok' in got) named.set(option, got.ok.value);
  }
}

stimulus(
  '{task} has set option {int} at {optionLevel} to {int}',
  '{task} sets option {int} at {optionLevel} to {int}',
  async (world: SuiteWorld, task: string, number: number, level: OptionLevel, value: number) => {
    await keepNamed(world, task);
    const socket = streamOf(world, task);
    return world.port('option-level').set({ socket, level, number, value });
  },
);

Then(
  'the stream option {tcpOption} of {task} is what it was',
  async function (this: SuiteWorld, option: TcpOption, task: string) {
    const socket = streamOf(this, task);
    const { value } = succeeded(await this.port('tcp').getOption({ socket, option }));
    assert.equal(value, levelNotes(this).named.get(option));
  },
);
