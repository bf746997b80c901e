/** Steps on kernel timers. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { timerWheel } from '../contract/index.ts';
import { callsFrom, type WrittenCall } from './calls.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Methods = (typeof timerWheel)['methods'];
type Action = ArgsOf<Methods['init']>['handler'][number];
type Fired = ValueOf<Methods['tick']>['fired'][number];
type Softirq = ArgsOf<Methods['tick']>['softirq'];

const timerNotes = notes(() => ({
  first: 0,
  jiffies: 0,
  names: new Set<string>(),
  fired: undefined as readonly Fired[] | undefined,
}));

const port = (world: SuiteWorld) => world.port('timer-wheel');

/** The timers that have fired in the last ticks. */
function firedOf(world: SuiteWorld): readonly Fired[] {
  return timerNotes(world).fired ?? assert.fail('no tick has come that could be judged');
}

const namesOf = (fired: readonly Fired[]) => fired.map(({ timer }) => timer);

/** Makes a timer that is named for the first time. */
async function init(world: SuiteWorld, timer: string, handler: Action[] = []): Promise<void> {
  const { names } = timerNotes(world);
  if (names.has(timer)) return;
  names.add(timer);
  prepared(await port(world).init({ timer, handler }));
}

function actionFrom({ callee, args: [first = '', second = ''] }: WrittenCall): Action {
  if (callee === 'compute') return { do: 'compute', ticks: Number(first) };
  if (callee === 'del_timer') return { do: 'del', timer: first };
  const ahead = Number(second.replace('jiffies', '').replaceAll(' ', ''));
  assert.ok(/^jiffies [+-] \d+$/.test(second), `"${second}" is no time from jiffies`);
  if (callee === 'mod_timer') return { do: 'mod', timer: first, in: ahead };
  assert.equal(callee, 'add_timer', `a function cannot call ${callee}()`);
  return { do: 'add', timer: first, in: ahead };
}

/** The jiffy so many ticks from now. */
const jiffyIn = (world: SuiteWorld, ticks: number) => (timerNotes(world).jiffies + ticks) >>> 0;

Given('a timer wheel at jiffy {int}', async function (this: SuiteWorld, jiffies: number) {
  prepared(await port(this).boot({ jiffies }));
  Object.assign(timerNotes(this), { first: jiffies, jiffies });
});

Given(
  'these timers were added in this order:',
  async function (this: SuiteWorld, table: DataTable) {
    const rows = table.hashes();
    const scripts = rows.map((row) => callsFrom(row['function does'] ?? '').map(actionFrom));
    for (const [at, { timer = '' }] of rows.entries()) await init(this, timer, scripts[at]);
    for (const action of scripts.flat()) if ('timer' in action) await init(this, action.timer);
    for (const { timer = '', 'expires in': ticks } of rows) {
      const expires = jiffyIn(this, Number(ticks));
      prepared(await port(this).add({ timer, expires }));
    }
  },
);

stimulus(
  'timer {string} was added to expire in {int} ticks',
  'timer {string} is added to expire in {int} ticks',
  async (world: SuiteWorld, timer: string, ticks: number) => {
    await init(world, timer);
    return port(world).add({ timer, expires: jiffyIn(world, ticks) });
  },
);

stimulus(
  'timer {string} was modified to expire in {int} ticks',
  'timer {string} is modified to expire in {int} ticks',
  async (world: SuiteWorld, timer: string, ticks: number) => {
    await init(world, timer);
    return port(world).mod({ timer, expires: jiffyIn(world, ticks) });
  },
);

stimulus(
  'timer {string} was deleted',
  'timer {string} is deleted',
  (world: SuiteWorld, timer: string) => port(world).del({ timer }),
);

async function tick(world: SuiteWorld, ticks: number, softirq: Softirq) {
  const outcome = await port(world).tick({ ticks, softirq });
  timerNotes(world).fired = 'ok' in outcome ? outcome.ok.fired : undefined;
  if ('ok' in outcome) timerNotes(world).jiffies = outcome.ok.jiffies;
  return outcome;
}

stimulus('{int} ticks have passed', '{int} ticks pass', (world: SuiteWorld, ticks: number) =>
  tick(world, ticks, 'each'),
);

When(
  '{int} ticks pass while softirqs are held off',
  async function (this: SuiteWorld, ticks: number) {
    succeeded(await tick(this, ticks, 'last'));
  },
);

Then('the call returns {int}', function (this: SuiteWorld, returned: number) {
  assert.deepEqual(this.last, { ok: { returned } });
});

Then('timer {string} is pending', async function (this: SuiteWorld, timer: string) {
  assert.deepEqual(succeeded(await port(this).pending({ timer })), { pending: true });
});

Then('timer {string} is not pending', async function (this: SuiteWorld, timer: string) {
  assert.deepEqual(succeeded(await port(this).pending({ timer })), { pending: false });
});

Then('nothing fires', function (this: SuiteWorld) {
  assert.deepEqual(firedOf(this), []);
});

Then('{string} fires once', function (this: SuiteWorld, timer: string) {
  assert.deepEqual(namesOf(firedOf(this)), [timer]);
});

Then('{names} fire, in any order', function (this: SuiteWorld, names: readonly string[]) {
  assert.deepEqual(namesOf(firedOf(this)).sort(), [...names].sort());
});

Then('one of {names} fires', function (this: SuiteWorld, names: readonly string[]) {
  const [first, ...others] = namesOf(firedOf(this));
  assert.ok(first !== undefined && names.includes(first), `${first ?? 'nothing'} fires`);
  assert.deepEqual(others, [], `${first} is not the only one that fires`);
});

/** What a table may tell of a timer that fired, by the title of the column. */
const COLUMNS: Record<string, (fired: Fired, firstJiffy: number) => string> = {
  timer: ({ timer }) => timer,
  'at tick': ({ jiffies }, first) => String((jiffies - first) >>> 0),
  'its calls returned': ({ returned }) => returned.join(', '),
};

Then('the timers fire:', function (this: SuiteWorld, table: DataTable) {
  const [titles = []] = table.raw();
  const rows = firedOf(this).map((fired) =>
    titles.map((title) => COLUMNS[title]?.(fired, timerNotes(this).first)),
  );
  assert.deepEqual(rows, table.rows());
});

Then('each function found its timer not pending', function (this: SuiteWorld) {
  for (const { timer, pending } of firedOf(this)) {
    assert.equal(pending, false, `the function of ${timer} found its timer pending`);
  }
});
