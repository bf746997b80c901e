/** Steps on softirqs and tasklets: scenes in words, and what happened in them. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { softirq, tasklet } from '../contract/index.ts';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import { notHad } from './tcp-tunable.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

type Scene = ArgsOf<(typeof tasklet)['methods']['play']>;
type PlainScene = ArgsOf<(typeof softirq)['methods']['play']>;
type Action = Scene['process'][number];
type Vector = Scene['softirqs'][number]['vector'];
type Happening = ValueOf<(typeof softirq)['methods']['play']>['trace'][number];

const sceneNotes = notes(() => ({
  hz: undefined as number | undefined,
  handlers: new Map<string, Action[]>(),
  softirqs: new Map<Vector, Action[]>(),
  tasklets: [] as Scene['tasklets'],
  withoutHandler: new Set<Vector>(),
}));

/** "raise NET_RX 3 times" and so on; each action of the contract in words. */
const ACTIONS: ReadonlyArray<readonly [RegExp, (...found: string[]) => Action]> = [
  [/^mark (\S+)$/, (name = '') => ({ do: 'mark', name })],
  [
    /^raise ([A-Z_]+)(.*)$/,
    (vector, times) => ({ do: 'raise', vector: vector as Vector, ...limit(times) }),
  ],
  [/^interrupt (\S+)$/, (line = '') => ({ do: 'interrupt', line })],
  [/^queue (\S+)$/, (item = '') => ({ do: 'queue', item })],
  [/^take$/, () => ({ do: 'take' })],
  [/^spend (\d+) us$/, (us) => ({ do: 'spend', us: Number(us) })],
  [/^resched$/, () => ({ do: 'resched' })],
  [/^disable bh$/, () => ({ do: 'bh-disable' })],
  [/^enable bh$/, () => ({ do: 'bh-enable' })],
  [/^sleep$/, () => ({ do: 'sleep' })],
  [
    /^schedule (\S+)(.*)$/,
    (name = '', times) => ({ do: 'schedule', tasklet: name, ...limit(times) }),
  ],
  [/^disable (\S+)$/, (name = '') => ({ do: 'disable', tasklet: name })],
  [/^enable (\S+)$/, (name = '') => ({ do: 'enable', tasklet: name })],
];

function limit(words = ''): { times?: number } {
  if (words === '') return {};
  if (words === ' once') return { times: 1 };
  return { times: Number(/^ (\d+) times$/.exec(words)?.[1] ?? assert.fail(`"${words}"?`)) };
}

function actionOf(words: string): Action {
  for (const [pattern, make] of ACTIONS) {
    const found = pattern.exec(words);
    if (found !== null) return make(...found.slice(1));
  }
  assert.fail(`"${words}" is no action`);
}

const scriptOf = (words: string): Action[] => words.split(', ').map(actionOf);

Given(
  'the handler of {word} does {string}',
  function (this: SuiteWorld, line: string, does: string) {
    sceneNotes(this).handlers.set(line, scriptOf(does));
  },
);

Given(
  'the handler of {word} raises {vectors}',
  function (this: SuiteWorld, line: string, vectors: Vector[]) {
    sceneNotes(this).handlers.set(
      line,
      vectors.map((vector) => ({ do: 'raise', vector })),
    );
  },
);

Given('softirq {vector} does {string}', function (this: SuiteWorld, vector: Vector, does: string) {
  sceneNotes(this).softirqs.set(vector, scriptOf(does));
});

Given('{vector} has no handler', function (this: SuiteWorld, vector: Vector) {
  sceneNotes(this).withoutHandler.add(vector);
});

Given('the clock ticks {int} times a second', function (this: SuiteWorld, hz: number) {
  sceneNotes(this).hz = hz;
});

function addTasklet(world: SuiteWorld, name: string, does: string, vector: 'HI' | 'TASKLET'): void {
  const script = scriptOf(does) as Scene['tasklets'][number]['does'];
  sceneNotes(world).tasklets.push({ tasklet: name, vector, does: script });
}

Given(
  'a tasklet {string} that does {string}',
  function (this: SuiteWorld, name: string, does: string) {
    addTasklet(this, name, does, 'TASKLET');
  },
);

Given(
  'a high-priority tasklet {string} that does {string}',
  function (this: SuiteWorld, name: string, does: string) {
    addTasklet(this, name, does, 'HI');
  },
);

Given('tasklets alpha, bravo and charlie', function (this: SuiteWorld) {
  for (const name of ['alpha', 'bravo', 'charlie']) addTasklet(this, name, 'mark ran', 'TASKLET');
});

/** What was given, and a handler that does nothing for every other vector that somebody raises. */
function sceneOf(world: SuiteWorld, process: Action[]): Scene {
  const { hz, handlers, softirqs, tasklets, withoutHandler } = sceneNotes(world);
  const scripts = [
    ...handlers.values(),
    ...softirqs.values(),
    process,
    ...tasklets.map((t) => t.does),
  ];
  const raised = scripts.flat().flatMap((one) => (one.do === 'raise' ? [one.vector] : []));
  const opened = new Map<Vector, Action[]>();
  for (const vector of raised) opened.set(vector, []);
  for (const [vector, does] of softirqs) opened.set(vector, does);
  return {
    ...(hz !== undefined && { hz }),
    interrupts: [...handlers].map(([line, does]) => ({ line, does })),
    softirqs: [...opened]
      .filter(([vector]) => !withoutHandler.has(vector))
      .map(([vector, does]) => ({ vector, does })),
    process,
    tasklets,
  } as Scene;
}

When('the process does {string}', async function (this: SuiteWorld, does: string) {
  const { tasklets, ...plain } = sceneOf(this, scriptOf(does));
  const outcome =
    tasklets.length > 0
      ? await this.port('tasklet').play({ ...plain, tasklets })
      : await this.port('softirq').play(plain as PlainScene);
  if ('errno' in outcome && plain.hz !== undefined) {
    return notHad(this, `clock of HZ ${plain.hz}`);
  }
  this.record(outcome);
  return undefined;
});

type Played = ValueOf<(typeof softirq)['methods']['play']>;

const played = (world: SuiteWorld): Played =>
  succeeded(world.last as { readonly ok: Played } | { readonly bug: string });

const EVENT_WORD = {
  mark: 'mark ',
  handler: 'handler ',
  tasklet: 'tasklet ',
  take: 'take ',
  wake: 'wake ',
  softirq: '',
};

const eventOf = ({ event, name }: Happening): string => `${EVENT_WORD[event]}${name}`;

/** The happenings as rows of a table with these columns. */
function rowsOf(happenings: readonly Happening[], columns: readonly string[]): string[] {
  return happenings.map((one) => {
    const cells: Record<string, string> = {
      event: eventOf(one),
      in: one.context,
      pass: String(one.pass ?? ''),
    };
    return columns
      .map((column) => cells[column] ?? assert.fail(`no column "${column}"`))
      .join(' | ');
  });
}

function expectRows(happenings: readonly Happening[], table: DataTable): void {
  const [columns = [], ...rows] = table.raw();
  assert.deepEqual(
    rowsOf(happenings, columns),
    rows.map((cells) => cells.join(' | ')),
  );
}

Then('this happens:', function (this: SuiteWorld, table: DataTable) {
  expectRows(played(this).trace, table);
});

Then('the last of it is:', function (this: SuiteWorld, table: DataTable) {
  expectRows(played(this).trace.slice(1 - table.raw().length), table);
});

/** The names of one kind of happening, in order. */
function names(world: SuiteWorld, kind: Happening['event']): string[] {
  return played(world).trace.flatMap(({ event, name }) => (event === kind ? [name] : []));
}

Then('the softirqs run in the order {vectors}', function (this: SuiteWorld, order: Vector[]) {
  assert.deepEqual(names(this, 'softirq'), order);
});

Then(
  'the tasklets run in the order {names}',
  function (this: SuiteWorld, order: readonly string[]) {
    assert.deepEqual(names(this, 'tasklet'), order);
  },
);

Then('tasklet {word} does not run', function (this: SuiteWorld, name: string) {
  assert.equal(names(this, 'tasklet').includes(name), false);
});

function expectRuns(world: SuiteWorld, name: string, passes: number, left: number): void {
  const { trace: all } = played(world);
  const count = (where: string) =>
    all.filter(
      (one) =>
        ['softirq', 'tasklet'].includes(one.event) && one.name === name && one.context === where,
    ).length;
  assert.deepEqual(
    { 'interrupt exit': count('interrupt exit'), ksoftirqd: count('ksoftirqd') },
    { 'interrupt exit': passes, ksoftirqd: left },
  );
}

Then(
  '{vector} runs {int} times on interrupt exit and {int} times in ksoftirqd',
  function (this: SuiteWorld, vector: Vector, passes: number, left: number) {
    expectRuns(this, vector, passes, left);
  },
);

Then(
  'tasklet {word} runs {int} times on interrupt exit and {int} times in ksoftirqd',
  function (this: SuiteWorld, name: string, passes: number, left: number) {
    expectRuns(this, name, passes, left);
  },
);

Then('ksoftirqd is {awakeOrAsleep}', function (this: SuiteWorld, state: string) {
  assert.equal(played(this).ksoftirqd, state);
});

Then('{vector} is still pending', function (this: SuiteWorld, vector: Vector) {
  assert.deepEqual(played(this).pending, [vector]);
});
