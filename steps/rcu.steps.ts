/** Steps on read-copy update. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { rcu } from '../contract/index.ts';
import { actionFrom, programsFrom, type Phrase, type Programs } from './programs.ts';
import { notHad } from './tcp-tunable.ts';
import { notes, type SuiteWorld } from './world.ts';

type RunArgs = ArgsOf<(typeof rcu)['methods']['run']>;
type Action = RunArgs['tasks'][number]['actions'][number];
type Turn = RunArgs['schedule'][number];
type Ran = ValueOf<(typeof rcu)['methods']['run']>;
type Event = Ran['trace'][number];

/** An action, and what the feature calls it. */
interface WrittenAction {
  readonly text: string;
  readonly action: Action;
}

interface Task {
  readonly name: string;
  readonly processor: number;
  readonly actions: WrittenAction[];
}

interface RcuNotes {
  readonly structures: Record<string, Record<string, number>>;
  quantum?: number;
  tasks: readonly Task[];
  ran?: Ran | undefined;
}

const rcuNotes = notes((): RcuNotes => ({ structures: {}, tasks: [] }));

/** Actions as C writes them. */
const VOCABULARY: readonly Phrase<Action>[] = [
  [/^rcu_read_lock\(\)$/, () => ({ do: 'rcu-read-lock' })],
  [/^rcu_read_unlock\(\)$/, () => ({ do: 'rcu-read-unlock' })],
  [
    /^(\w+) = rcu_dereference\((\w+)\)$/,
    (into, pointer) => ({ do: 'rcu-dereference', pointer, into }),
  ],
  [/^read (\w+)->(\w+)$/, (from, field) => ({ do: 'read', from, field })],
  [/^\*(\w+) = \*(\w+)$/, (into, from) => ({ do: 'copy', from, into })],
  [
    /^(\w+)->(\w+) = (-?\d+)$/,
    (structure, field, value) => ({ do: 'set', in: structure, field, value: Number(value) }),
  ],
  [
    /^(\w+)->(\w+) \+= (-?\d+)$/,
    (structure, field, value) => ({ do: 'add', in: structure, field, value: Number(value) }),
  ],
  [
    /^rcu_assign_pointer\((\w+), (\w+)\)$/,
    (pointer, from) => ({ do: 'rcu-assign-pointer', pointer, from }),
  ],
  [/^call_rcu\((\w+)\)$/, (structure) => ({ do: 'call-rcu', structure })],
  [/^synchronize_rcu\(\)$/, () => ({ do: 'synchronize-rcu' })],
  [/^kfree\((\w+)\)$/, (structure) => ({ do: 'free', structure })],
  [/^spin_lock\((\w+)\)$/, (lock) => ({ do: 'spin-lock', lock })],
  [/^spin_unlock\((\w+)\)$/, (lock) => ({ do: 'spin-unlock', lock })],
  [/^schedule\(\)$/, () => ({ do: 'schedule' })],
  [/^to user mode$/, () => ({ do: 'user-mode' })],
  [/^to kernel mode$/, () => ({ do: 'kernel-mode' })],
  [/^compute$/, () => ({ do: 'work' })],
];

const TICKS = /^(?:(\d+) )?ticks?$/;

Given('{word} points to {assignments}', function (this: SuiteWorld, pointer: string, fields) {
  rcuNotes(this).structures[pointer] = Object.fromEntries(fields as [string, number][]);
});

Given('a quantum of {int} tick(s)', function (this: SuiteWorld, ticks: number) {
  rcuNotes(this).quantum = ticks;
});

/** The tasks of a table whose heads are like "reader on 0"; the actions are put in line by line. */
function tasksOf({ heads }: Programs): Task[] {
  return heads.map((head) => {
    const [, name, processor] = /^([a-z]+) on (\d)$/.exec(head) ?? [];
    if (name === undefined) throw new Error(`"${head}" is not like "reader on 0"`);
    return { name, processor: Number(processor), actions: [] };
  });
}

/** Puts the actions of a table into tasks. @returns the turns that take the steps line by line. */
function fill(tasks: readonly Task[], { lines }: Programs): Turn[][] {
  return lines.map(({ column, text }) => {
    const task = tasks[column] ?? assert.fail(`line "${text}" is in no column`);
    const { processor, actions } = task;
    const ticks = TICKS.exec(text);
    if (ticks !== null) {
      return Array<Turn>(Number(ticks[1] ?? 1)).fill({ processor, does: 'tick' });
    }
    actions.push({ text, action: actionFrom(VOCABULARY, text) });
    return [{ processor, does: 'step' }];
  });
}

/** More than one task on each of two processors, which every machine with two can step. */
function asksForMore({ quantum }: RcuNotes, tasks: readonly Task[]): boolean {
  const processors = tasks.map(({ processor }) => processor);
  const shared = new Set(processors).size < processors.length;
  return quantum !== undefined || shared || Math.max(...processors) > 1;
}

async function run(world: SuiteWorld, tasks: Task[], schedule: Turn[]) {
  const own = rcuNotes(world);
  own.tasks = tasks;
  const outcome = world.record(
    await world.port('rcu').run({
      structures: own.structures,
      ...(own.quantum !== undefined && { quantum: own.quantum }),
      tasks: tasks.map((task) => ({ ...task, actions: task.actions.map(({ action }) => action) })),
      schedule,
    }),
  );
  own.ran = 'ok' in outcome ? outcome.ok : undefined;
  const lacks = 'errno' in outcome && asksForMore(own, tasks);
  return lacks ? notHad(world, 'processor and scheduler to step so') : undefined;
}

When(
  'the tasks take these steps, line by line:',
  async function (this: SuiteWorld, table: DataTable) {
    const programs = programsFrom(table);
    const tasks = tasksOf(programs);
    return run(this, tasks, fill(tasks, programs).flat());
  },
);

When(
  'the tasks take these steps, with a tick on every processor after each line:',
  async function (this: SuiteWorld, table: DataTable) {
    const programs = programsFrom(table);
    const tasks = tasksOf(programs);
    const processors = [...new Set(tasks.map(({ processor }) => processor))].sort();
    const ticks = processors.map((processor): Turn => ({ processor, does: 'tick' }));
    return run(
      this,
      tasks,
      fill(tasks, programs).flatMap((turns) => [...turns, ...ticks]),
    );
  },
);

When(
  'a task on processor 0 calls call_rcu {int} times, and the clock ticks',
  async function (this: SuiteWorld, times: number) {
    const actions = Array.from({ length: times }, (_, at): WrittenAction => {
      const structure = `s${at + 1}`;
      return { text: `call_rcu(${structure})`, action: { do: 'call-rcu', structure } };
    });
    const steps = actions.map((): Turn => ({ processor: 0, does: 'step' }));
    return run(this, [{ name: 'writer', processor: 0, actions }], steps);
  },
);

function ran(world: SuiteWorld): Ran {
  return rcuNotes(world).ran ?? assert.fail('the tasks have not run to their end');
}

function actionOf(world: SuiteWorld, event: Event & { event: 'action' }): WrittenAction {
  const task = rcuNotes(world).tasks.find(({ name }) => name === event.task);
  return task?.actions[event.action] ?? assert.fail(`${event.task} has no action ${event.action}`);
}

/** Who does what in an event, in the words of a feature. */
function told(world: SuiteWorld, event: Event): readonly [who: string, does: string] {
  const processor = `processor ${event.processor}`;
  switch (event.event) {
    case 'action':
      return [event.task, actionOf(world, event).text];
    case 'spin':
      return [event.task, 'spins'];
    case 'sleep':
      return [event.task, 'sleeps'];
    case 'switch':
      return event.task === null ? [processor, 'is idle'] : [event.task, 'runs'];
    case 'tick':
      return [processor, 'tick'];
    case 'callback':
      return [event.task, `callback for ${event.structure}`];
  }
}

Then('these happen in this order:', function (this: SuiteWorld, table: DataTable) {
  const events = ran(this).trace.map((event) => told(this, event).join(' '));
  let at = -1;
  for (const row of table.raw()) {
    const wanted = row.join(' ');
    const next = events.indexOf(wanted, at + 1);
    const where = at < 0 ? '' : ` behind "${events[at]}"`;
    assert.ok(next >= 0, `"${wanted}" does not happen${where}`);
    at = next;
  }
});

const actionsOf = (trace: readonly Event[], task: string) =>
  trace.filter((event) => event.event === 'action').filter((event) => event.task === task);

Then('{task} reads {readings}', function (this: SuiteWorld, task: string, expected: string[]) {
  const read = actionsOf(ran(this).trace, task).flatMap(({ value }) =>
    value === undefined ? [] : [value === null ? 'poison' : String(value)],
  );
  assert.deepEqual(read, expected);
});

Then('the preemption counts of {task} are {readings}', function (this: SuiteWorld, task, expected) {
  const counts = actionsOf(ran(this).trace, task as string);
  assert.deepEqual(
    counts.map(({ preemptCount }) => String(preemptCount)),
    expected,
  );
});

Then('{task} never waits', function (this: SuiteWorld, task: string) {
  const { trace } = ran(this);
  const waits = trace.filter(
    (event) => (event.event === 'spin' || event.event === 'sleep') && event.task === task,
  );
  assert.deepEqual(waits, []);
  const { actions } = rcuNotes(this).tasks.find(({ name }) => name === task) ?? assert.fail();
  assert.equal(actionsOf(trace, task).length, actions.length, 'actions that were done');
});

Then('no switch falls in a read-side section', function (this: SuiteWorld) {
  const depth = new Map<number, number>();
  for (const event of ran(this).trace) {
    const { processor } = event;
    const before = depth.get(processor) ?? 0;
    if (event.event === 'switch') assert.equal(before, 0, told(this, event).join(' '));
    if (event.event !== 'action') continue;
    const { action } = actionOf(this, event);
    if (action.do === 'rcu-read-lock') depth.set(processor, before + 1);
    if (action.do === 'rcu-read-unlock') depth.set(processor, before - 1);
  }
});

Then('in the end {word} points to {assignments}', function (this: SuiteWorld, pointer, fields) {
  const expected = Object.fromEntries(fields as [string, number][]);
  assert.deepEqual(ran(this).structures[pointer as string], expected);
});

type Callback = Event & { event: 'callback' };

function callbacks(world: SuiteWorld): Callback[] {
  return ran(world).trace.filter((event): event is Callback => event.event === 'callback');
}

Then('its callbacks run in order, {int} of them', function (this: SuiteWorld, count: number) {
  const names = callbacks(this).map(({ structure }) => structure);
  assert.deepEqual(
    names,
    Array.from({ length: count }, (_, at) => `s${at + 1}`),
  );
});

Then('they run in passes of {readings}', function (this: SuiteWorld, expected: string[]) {
  const passes = new Map<number | undefined, number>();
  for (const { pass } of callbacks(this)) passes.set(pass, (passes.get(pass) ?? 0) + 1);
  assert.deepEqual([...passes.values()].map(String), expected);
});

Then(
  'the callback for {word} runs in tick {int} of processor 0',
  function (this: SuiteWorld, structure: string, expected: number) {
    const { trace } = ran(this);
    const at = trace.findIndex(
      (event) => event.event === 'callback' && event.structure === structure,
    );
    assert.ok(at >= 0, `the callback for ${structure} does not run`);
    const ticks = trace
      .slice(0, at)
      .filter(({ event, processor }) => event === 'tick' && processor === 0);
    assert.equal(ticks.length, expected);
  },
);
