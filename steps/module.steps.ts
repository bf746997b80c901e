/** Steps on loadable modules. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { module } from '../contract/index.ts';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Module = ArgsOf<(typeof module)['methods']['load']>['module'];
type Action = NonNullable<Module['init']>[number];
type ExitAction = NonNullable<Module['exit']>[number];
type InitErrno = Extract<Action, { do: 'fail' }>['errno'];
type Called = ValueOf<(typeof module)['methods']['call']>;

const moduleNotes = notes(() => ({
  /** Handles of open devices, by the names that the scenario gives them. */
  files: new Map<string, string>(),
  called: undefined as Called | undefined,
  behind: undefined as string | undefined,
}));

function listed(cell = ''): string[] {
  return cell === '' ? [] : cell.split(', ');
}

/** "printk found", "register lp0", "unregister lp0" or "fail EIO". */
function actionOf(text: string): Action {
  const [verb = '', ...words] = text.split(' ');
  const object = words.join(' ');
  switch (verb) {
    case 'printk':
      return { do: verb, text: object };
    case 'register':
    case 'unregister':
      return { do: verb, device: object };
    case 'fail':
      return { do: verb, errno: object as InitErrno };
    default:
      assert.fail(`a module cannot "${text}"`);
  }
}

/** "add_one returns 1" */
function exportOf(text: string) {
  const [symbol = '', returns] = text.split(' returns ');
  return { symbol, returns: Number(returns) };
}

function moduleOf(name: string, rows: Record<string, string>): Module {
  const { exports, needs, init, exit } = rows;
  return {
    name,
    exports: listed(exports).map(exportOf),
    needs: listed(needs),
    ...(init !== undefined && { init: listed(init).map(actionOf) }),
    ...(exit !== undefined && { exit: listed(exit).map(actionOf) as ExitAction[] }),
  };
}

stimulus('a module {string}', 'a module {string} is loaded', (world: SuiteWorld, name: string) =>
  world.port('module').load({ module: { name } }),
);

stimulus(
  'a module {string} with:',
  'a module {string} is loaded with:',
  (world: SuiteWorld, name: string, table: DataTable) =>
    world.port('module').load({ module: moduleOf(name, table.rowsHash()) }),
);

stimulus(
  'module {string} was unloaded',
  'module {string} is unloaded',
  (world: SuiteWorld, name: string) => world.port('module').unload({ name }),
);

When(
  'module {string} is unloaded by somebody who would wait',
  async function (this: SuiteWorld, name: string) {
    this.record(await this.port('module').unload({ name, wait: true }));
  },
);

Given(
  'somebody waits for module {string} to be unloaded',
  async function (this: SuiteWorld, name: string) {
    const { waits } = succeeded(await this.port('module').unload({ name, wait: true }));
    assert.ok(waits, `module "${name}" is used, and nobody waits`);
  },
);

When('function {word} is called', async function (this: SuiteWorld, symbol: string) {
  const outcome = this.record(await this.port('module').call({ symbol }));
  moduleNotes(this).called = 'ok' in outcome ? outcome.ok : undefined;
});

Then('module {string} answers {int}', function (this: SuiteWorld, name: string, value: number) {
  assert.deepEqual(moduleNotes(this).called, { module: name, value });
});

Given(
  'device {string} was opened as {string}',
  async function (this: SuiteWorld, device: string, name: string) {
    const { file } = prepared(await this.port('module').open({ device }));
    moduleNotes(this).files.set(name, file);
  },
);

When('device {string} is opened', async function (this: SuiteWorld, device: string) {
  const outcome = this.record(await this.port('module').open({ device }));
  moduleNotes(this).behind = 'ok' in outcome ? outcome.ok.module : undefined;
});

Then('module {string} is behind it', function (this: SuiteWorld, name: string) {
  assert.equal(moduleNotes(this).behind, name);
});

Given('file {string} of the device was closed', async function (this: SuiteWorld, name: string) {
  const file = moduleNotes(this).files.get(name) ?? assert.fail(`there is no file "${name}"`);
  prepared(await this.port('module').close({ file }));
});

/** Neither the modules nor their users are in an order. */
async function assertModules(world: SuiteWorld, expected: Record<string, string>[]) {
  const { modules } = succeeded(await world.port('module').list({}));
  const actual = modules.map(({ name, state, uses, usedBy }) =>
    [name, state, uses, usedBy.toSorted().join(', ')].join(' | '),
  );
  const wanted = expected.map((row) =>
    [row['module'], row['state'], row['uses'], listed(row['used by']).sort().join(', ')].join(
      ' | ',
    ),
  );
  assert.deepEqual(actual.sort(), wanted.sort());
}

Then('the modules are:', async function (this: SuiteWorld, table: DataTable) {
  await assertModules(this, table.hashes());
});

Then('no module is loaded', async function (this: SuiteWorld) {
  await assertModules(this, []);
});

Then('the kernel has printed:', async function (this: SuiteWorld, table: DataTable) {
  const { lines } = succeeded(await this.port('module').log({}));
  assert.deepEqual(lines, table.hashes());
});

Then('the kernel has printed nothing', async function (this: SuiteWorld) {
  const { lines } = succeeded(await this.port('module').log({}));
  assert.deepEqual(lines, []);
});
