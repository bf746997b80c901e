/** Steps on the machine: scenes are put together, run, and their traces read. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { EVENTS, type EventName, type ValueOf, type machine } from '../contract/index.ts';
import { addPrograms, lineOf, newScene, processOf, sceneFrom } from './machine-programs.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

export type Ended = ValueOf<(typeof machine)['methods']['run']>;
type TraceEvent = Ended['trace'][number];

const machineNotes = notes(() => ({ scene: newScene(), ended: undefined as Ended | undefined }));

export function sceneOf(world: SuiteWorld) {
  return machineNotes(world).scene;
}

export function endedOf(world: SuiteWorld): Ended {
  return machineNotes(world).ended ?? assert.fail('the machine has not run');
}

Given('these programs:', function (this: SuiteWorld, table: DataTable) {
  addPrograms(sceneOf(this), table.raw());
});

Given('{task} has priority {int}', function (this: SuiteWorld, name: string, priority: number) {
  processOf(sceneOf(this), name).priority = priority;
});

Given('{task} runs on processor {int}', function (this: SuiteWorld, name: string, id: number) {
  processOf(sceneOf(this), name).processor = id;
});

Given('{task} is a child of {task}', function (this: SuiteWorld, name: string, parent: string) {
  processOf(sceneOf(this), name).parent = parent;
});

Given('line {task} has level {level}', function (this: SuiteWorld, name: string, level: 'spl0') {
  lineOf(sceneOf(this), name).level = level;
});

Given('the handler of {task} keeps interrupts off', function (this: SuiteWorld, name: string) {
  lineOf(sceneOf(this), name).fast = true;
});

Given(
  'line {task} is raised after {int} step(s)',
  function (this: SuiteWorld, line: string, after: number) {
    lineOf(sceneOf(this), line);
    sceneOf(this).arrivals.push({ line, after });
  },
);

Given(
  'line {task} is raised after {int} step(s) on processor {int}',
  function (this: SuiteWorld, line: string, after: number, processor: number) {
    lineOf(sceneOf(this), line);
    sceneOf(this).arrivals.push({ line, after, processor });
  },
);

Given('the clock ticks every {int} steps', function (this: SuiteWorld, every: number) {
  sceneOf(this).clock = { every };
});

Given(
  'the clock ticks every {int} steps, with a quantum of {int} tick(s)',
  function (this: SuiteWorld, every: number, quantum: number) {
    sceneOf(this).clock = { every, quantum };
  },
);

Given('{int} processors', function (this: SuiteWorld, processors: number) {
  sceneOf(this).processors = processors;
});

Given('handlers run on {stack}', function (this: SuiteWorld, stack: 'process' | 'system') {
  sceneOf(this).interruptStack = stack;
});

Given('software interrupts are {means}', function (this: SuiteWorld, means: 'flag' | 'hardware') {
  sceneOf(this).softInterrupts = means;
});

Given('a kernel that may be preempted', function (this: SuiteWorld) {
  sceneOf(this).preemptible = true;
});

Given('the variable {task} is {int}', function (this: SuiteWorld, name: string, value: number) {
  sceneOf(this).memory[name] = value;
});

Given('semaphore {task} begins at {int}', function (this: SuiteWorld, name: string, count: number) {
  sceneOf(this).semaphores[name] = count;
});

/** Several processors are a capability of their own. */
When('the machine runs', async function (this: SuiteWorld) {
  const scene = sceneOf(this);
  const port = (scene.processors ?? 1) > 1 ? this.port('machine-smp') : this.port('machine');
  machineNotes(this).ended = succeeded(await port.run(sceneFrom(scene)));
});

When(
  'the machine runs by the schedule {schedule}',
  async function (this: SuiteWorld, schedule: number[]) {
    const port = this.port('machine-smp');
    machineNotes(this).ended = succeeded(await port.run({ ...sceneFrom(sceneOf(this)), schedule }));
  },
);

const PREPOSITIONS: Partial<Record<EventName, string>> = { sleeps: 'on', spins: 'on' };

/** An event as a feature writes it, such as "sleeps on buffer". */
function wording({ did, what }: Pick<TraceEvent, 'did' | 'what'>): string {
  return [did, PREPOSITIONS[did], what].filter((word) => word !== undefined).join(' ');
}

/** The longest name of an event that a wording begins with. */
function eventNamed(text: string): EventName {
  const names = (Object.keys(EVENTS) as EventName[]).filter(
    (name) => text === name || text.startsWith(`${name} `),
  );
  const [longest] = names.sort((a, b) => b.length - a.length);
  return longest ?? assert.fail(`nothing that happens in the machine reads "${text}"`);
}

/** All that happened of the kinds that the table names, in order. */
Then('the machine does:', function (this: SuiteWorld, table: DataTable) {
  const expected = table.rows().map(([who = '', does = '']) => ({ who, does }));
  const kinds = new Set(expected.map(({ does }) => eventNamed(does)));
  const happened = endedOf(this)
    .trace.filter(({ did }) => kinds.has(did))
    .map((event) => ({ who: event.who, does: wording(event) }));
  assertRow(happened, expected);
});

/** More than these beyond what was expected say nothing, and take a minute to be compared. */
const MORE_AT_MOST = 10;

/** The same, in the same order; of a run that goes on for ever, only the beginning is compared. */
function assertRow<T>(happened: readonly T[], expected: readonly T[]): void {
  assert.deepEqual(happened.slice(0, expected.length + MORE_AT_MOST), expected);
}

function none(world: SuiteWorld, kind: EventName): void {
  assertRow(
    endedOf(world).trace.filter(({ did }) => did === kind),
    [],
  );
}

Then('nothing starts', function (this: SuiteWorld) {
  none(this, 'starts');
});

Then('nobody gets a signal', function (this: SuiteWorld) {
  none(this, 'gets signal');
});

Then('the marks are {names}', function (this: SuiteWorld, names: readonly string[]) {
  const marks = endedOf(this).trace.filter(({ did }) => did === 'marks');
  assertRow(
    marks.map(({ what }) => what),
    names,
  );
});

/** Those of a run that goes on and on. */
Then('the first marks are {names}', function (this: SuiteWorld, names: readonly string[]) {
  const marks = endedOf(this).trace.filter(({ did }) => did === 'marks');
  assert.deepEqual(
    marks.slice(0, names.length).map(({ what }) => what),
    names,
  );
});

/** What an actor saw, each time that it looked, field by field. */
Then('{actor} sees:', function (this: SuiteWorld, who: string, table: DataTable) {
  const seen = endedOf(this).trace.filter((event) => event.did === 'sees' && event.who === who);
  const expected = table.hashes();
  assert.equal(seen.length, expected.length, `times that ${who} looked`);
  for (const [at, fields] of expected.entries()) {
    const state: Record<string, unknown> = { ...seen[at]?.state, ...seen[at]?.state?.registers };
    for (const [field, value] of Object.entries(fields)) {
      assert.equal(String(state[field]), value, `${field} when ${who} looked, time ${at + 1}`);
    }
  }
});

Then('the run ends {ending}', function (this: SuiteWorld, ending: Ended['end']) {
  const { end, reason } = endedOf(this);
  assert.equal(end, ending, reason);
});

Then(
  '{string} waits for {task}, which {string} holds',
  function (this: SuiteWorld, who: string, resource: string, holder: string) {
    assert.deepEqual(
      endedOf(this).waits.filter((wait) => wait.who === who),
      [{ who, for: resource, heldBy: holder }],
    );
  },
);

Then('{task} waits for {task}', function (this: SuiteWorld, who: string, resource: string) {
  assert.deepEqual(
    endedOf(this).waits.filter((wait) => wait.who === who),
    [{ who, for: resource }],
  );
});

Then('the variable {task} ends as {int}', function (this: SuiteWorld, name: string, value: number) {
  assert.equal(endedOf(this).memory[name] ?? 0, value);
});

Then(
  '{names} is/are left in queue {task}',
  function (this: SuiteWorld, items: string[], name: string) {
    assert.deepEqual(endedOf(this).queues[name] ?? [], items);
  },
);

Then(
  '{task} is charged {int} tick(s) in user mode and {int} in kernel mode',
  function (this: SuiteWorld, name: string, user: number, system: number) {
    const usage = endedOf(this).usage.find(({ process }) => process === name);
    assert.deepEqual(usage, { process: name, user, system });
  },
);

Then('{int} tick(s) found the processor idle', function (this: SuiteWorld, ticks: number) {
  assert.equal(endedOf(this).idle, ticks);
});

Then('the machine has ticked {int} time(s)', function (this: SuiteWorld, ticks: number) {
  assert.equal(endedOf(this).ticks, ticks);
});

Then('{int} interrupt(s) was/were spurious', function (this: SuiteWorld, count: number) {
  assert.equal(endedOf(this).spurious, count);
});
