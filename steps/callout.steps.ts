/** Steps on callouts. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { callout } from '../contract/index.ts';
import { callFrom, callsFrom, type WrittenCall } from './calls.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

type Methods = (typeof callout)['methods'];
type Action = ArgsOf<Methods['define']>['actions'][number];
type ClockStep = ValueOf<Methods['hardclock']>['trace'][number];
type Priority = ArgsOf<Methods['hardclock']>['priority'];

const calloutNotes = notes(() => ({ trace: undefined as readonly ClockStep[] | undefined }));

function traceOf(world: SuiteWorld): readonly ClockStep[] {
  return calloutNotes(world).trace ?? assert.fail('the clock has left no trace to judge');
}

/** A step as features write it. */
function described(step: ClockStep): [tick: string, what: string] {
  const what = step.did === 'call' ? `${step.function}(${step.argument})` : step.did;
  return [String(step.tick), what];
}

const callsOf = (world: SuiteWorld) => traceOf(world).filter(({ did }) => did === 'call');

function actionFrom({ callee, args: [name = '', argument, ticks] }: WrittenCall): Action {
  if (callee === 'compute') return { do: 'compute', ticks: Number(name) };
  const call = { function: name, argument: Number(argument) };
  if (callee === 'untimeout') return { do: 'untimeout', ...call };
  assert.equal(callee, 'timeout', `a function cannot call ${callee}()`);
  return { do: 'timeout', ...call, ticks: Number(ticks) };
}

/** Makes a call from outside any function. */
function make(world: SuiteWorld, text: string): Promise<AnyOutcome> {
  const action = actionFrom(callFrom(text));
  assert.ok(action.do !== 'compute', 'only a function computes');
  const { do: method, ...args } = action;
  return method === 'timeout'
    ? world.port('callout').timeout(args as ArgsOf<Methods['timeout']>)
    : world.port('callout').untimeout(args);
}

Given('a table of {int} callouts', async function (this: SuiteWorld, callouts: number) {
  prepared(await this.port('callout').boot({ callouts }));
});

Given(/^function (\w+) does: (.+)$/, async function (this: SuiteWorld, name: string, text: string) {
  const actions = callsFrom(text).map(actionFrom);
  prepared(await this.port('callout').define({ function: name, actions }));
});

Given('these calls were made:', async function (this: SuiteWorld, table: DataTable) {
  for (const [call = ''] of table.raw()) prepared(await make(this, call));
});

stimulus('{calloutCall} was called', '{calloutCall} is called', make);

async function interrupt(world: SuiteWorld, ticks: number, priority: Priority) {
  return keepTrace(world, await world.port('callout').hardclock({ ticks, priority }));
}

function keepTrace<Outcome extends AnyOutcome>(world: SuiteWorld, outcome: Outcome): Outcome {
  const value = 'ok' in outcome ? (outcome.ok as { trace: ClockStep[] }) : undefined;
  calloutNotes(world).trace = value?.trace;
  return outcome;
}

stimulus(
  'the clock has interrupted {int} times at {clockPriority} priority',
  'the clock interrupts {int} times at {clockPriority} priority',
  interrupt,
);

When('the priority falls to base', async function (this: SuiteWorld) {
  succeeded(keepTrace(this, await this.port('callout').softclock({})));
});

Then("the clock's trace is empty", function (this: SuiteWorld) {
  assert.deepEqual(traceOf(this), []);
});

Then("the clock's trace is:", function (this: SuiteWorld, table: DataTable) {
  assert.deepEqual(traceOf(this).map(described), table.rows());
});

Then('no function is called', function (this: SuiteWorld) {
  assert.deepEqual(callsOf(this), []);
});

Then('these functions are called:', function (this: SuiteWorld, table: DataTable) {
  assert.deepEqual(callsOf(this).map(described), table.rows());
});

Then(
  'these functions are called, in any order within a tick:',
  function (this: SuiteWorld, table: DataTable) {
    const inOrder = (rows: string[][]) => rows.map((row) => row.join(': ')).sort();
    assert.deepEqual(inOrder(callsOf(this).map(described)), inOrder(table.rows()));
  },
);

Then(
  /^softclock is asked for at (no tick|ticks \d+(?:, \d+)*)$/,
  function (this: SuiteWorld, expected: string) {
    const asked = traceOf(this).filter(({ did }) => did === 'setsoftclock');
    const ticks = asked.map(({ tick }) => tick).join(', ');
    assert.equal(ticks === '' ? 'no tick' : `ticks ${ticks}`, expected);
  },
);
