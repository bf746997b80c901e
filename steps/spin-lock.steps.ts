/** Steps on spin locks between processors. */
import assert from 'node:assert/strict';
import { type DataTable, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { spinLock } from '../contract/index.ts';
import { actionFrom, checkProcessors, programsFrom, type Phrase } from './programs.ts';
import { notHad } from './tcp-tunable.ts';
import { notes, type SuiteWorld } from './world.ts';

type Run = (typeof spinLock)['methods']['run'];
type Action = ArgsOf<Run>['processors'][number][number];
type Ran = ValueOf<Run>;

interface LockNotes {
  /** The actions of each processor, as the feature calls them. */
  readonly texts: string[][];
  ran?: Ran;
}

const lockNotes = notes((): LockNotes => ({ texts: [] }));

/** Actions as C writes them. */
const VOCABULARY: readonly Phrase<Action>[] = [
  [/^spin_lock\((\w+)\)$/, (lock) => ({ do: 'spin-lock', lock })],
  [/^spin_unlock\((\w+)\)$/, (lock) => ({ do: 'spin-unlock', lock })],
  [/^spin_trylock\((\w+)\)$/, (lock) => ({ do: 'spin-trylock', lock })],
  [/^(\w+)\+\+$/, (counter) => ({ do: 'increment', counter })],
  [/^compute$/, () => ({ do: 'work' })],
];

When(
  'the processors take these steps, line by line:',
  async function (this: SuiteWorld, table: DataTable) {
    const programs = programsFrom(table);
    checkProcessors(programs);
    const { texts } = lockNotes(this);
    texts.push(...programs.heads.map(() => []));
    for (const { column, text } of programs.lines) if (text !== 'again') texts[column]?.push(text);
    const processors = texts.map((own) => own.map((text) => actionFrom(VOCABULARY, text)));
    const schedule = programs.lines.map(({ column }) => column);
    const outcome = this.record(await this.port('spin-lock').run({ processors, schedule }));
    if ('errno' in outcome) return notHad(this, `processor ${processors.length - 1}`);
    if ('ok' in outcome) lockNotes(this).ran = outcome.ok;
    return undefined;
  },
);

function ran(world: SuiteWorld): Ran {
  return lockNotes(world).ran ?? assert.fail('the processors have not run');
}

/** A step in the words of a feature. */
function told(world: SuiteWorld, { processor, action, result }: Ran['steps'][number]): string[] {
  const text = lockNotes(world).texts[processor]?.[action] ?? `action ${action}`;
  const tried = text.startsWith('spin_trylock');
  const does = tried ? `${text} is ${result === 'busy' ? 0 : 1}` : text;
  return [`processor ${processor}`, result === 'spins' ? 'spins' : does];
}

Then('the steps are:', function (this: SuiteWorld, table: DataTable) {
  assert.deepEqual(
    ran(this).steps.map((step) => told(this, step)),
    table.raw(),
  );
});

Then('the shared {word} is {int}', function (this: SuiteWorld, counter: string, expected: number) {
  assert.equal(ran(this).counters[counter], expected);
});

Then(
  'processor {int} spins for ever for {word}, which processor {int} holds',
  function (this: SuiteWorld, processor: number, waitsFor: string, heldBy: number) {
    const found = ran(this).deadlock.find((each) => each.processor === processor);
    assert.deepEqual(found, { processor, waitsFor, heldBy });
  },
);

Then('nobody spins for ever', function (this: SuiteWorld) {
  assert.deepEqual(ran(this).deadlock, []);
});
