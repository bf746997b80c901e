/** Steps on the names of files and on directories. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const port = (world: SuiteWorld) => world.port('file-system');

stimulus(
  'directory {path} was made',
  'directory {path} is made',
  (world: SuiteWorld, path: string) => port(world).mkdir({ path }),
);

stimulus(
  'directory {path} was removed',
  'directory {path} is removed',
  (world: SuiteWorld, path: string) => port(world).rmdir({ path }),
);

stimulus('{path} was unlinked', '{path} is unlinked', (world: SuiteWorld, path: string) =>
  port(world).unlink({ path }),
);

stimulus(
  '{path} was linked as {path}',
  '{path} is linked as {path}',
  (world: SuiteWorld, from: string, to: string) => port(world).link({ from, to }),
);

stimulus(
  '{path} was renamed to {path}',
  '{path} is renamed to {path}',
  (world: SuiteWorld, from: string, to: string) => port(world).rename({ from, to }),
);

When('{path} is looked up', async function (this: SuiteWorld, path: string) {
  this.record(await port(this).stat({ path }));
});

When('the empty path is looked up', async function (this: SuiteWorld) {
  this.record(await port(this).stat({ path: '' }));
});

When('{path} is listed', async function (this: SuiteWorld, path: string) {
  this.record(await port(this).readdir({ path }));
});

Then(
  '{path} is a file of {int} octet(s) with {int} name(s)',
  async function (this: SuiteWorld, path: string, octets: number, links: number) {
    const { inode: _, ...status } = succeeded(await port(this).stat({ path }));
    assert.deepEqual(status, { kind: 'file', octets, links });
  },
);

Then(
  '{path} is a directory with {int} links',
  async function (this: SuiteWorld, path: string, links: number) {
    const status = succeeded(await port(this).stat({ path }));
    assert.deepEqual({ kind: status.kind, links: status.links }, { kind: 'directory', links });
  },
);

async function inodeOf(world: SuiteWorld, path: string): Promise<number> {
  return succeeded(await port(world).stat({ path })).inode;
}

Then('{path} is the same as {path}', async function (this: SuiteWorld, one: string, other: string) {
  assert.equal(await inodeOf(this, one), await inodeOf(this, other));
});

Then('{path} is not {path}', async function (this: SuiteWorld, one: string, other: string) {
  assert.notEqual(await inodeOf(this, one), await inodeOf(this, other));
});

Then('there is no {path}', async function (this: SuiteWorld, path: string) {
  assert.deepEqual(await port(this).stat({ path }), { errno: 'ENOENT' });
});

async function entriesOf(world: SuiteWorld, path: string): Promise<Map<string, number>> {
  const { entries } = succeeded(await port(world).readdir({ path }));
  const names = entries.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, `a name is there twice: ${names.join(', ')}`);
  return new Map(entries.map(({ name, inode }) => [name, inode]));
}

/** In any order, and without . and .., which a rule of their own states. */
async function assertLists(world: SuiteWorld, path: string, names: readonly string[]) {
  const entries = await entriesOf(world, path);
  const listed = [...entries.keys()].filter((name) => name !== '.' && name !== '..');
  assert.deepEqual(listed.sort(), [...names].sort());
}

Then(
  '{path} lists {entries}',
  async function (this: SuiteWorld, path: string, names: readonly string[]) {
    await assertLists(this, path, names);
  },
);

Then(
  'in the list of {path}, {entries} is the number of {path}',
  async function (this: SuiteWorld, directory: string, [name = '']: string[], path: string) {
    const entries = await entriesOf(this, directory);
    assert.equal(entries.get(name), await inodeOf(this, path));
  },
);

// Many, and long

const fileNotes = notes(() => ({ created: [] as string[] }));

/** Creates an empty file and closes it. */
async function create(world: SuiteWorld, path: string) {
  const outcome = await port(world).open({ path, mode: 'O_WRONLY', flags: ['O_CREAT', 'O_EXCL'] });
  if ('ok' in outcome) prepared(await port(world).close(outcome.ok));
  return outcome;
}

Given('{int} files are in {path}', async function (this: SuiteWorld, count: number, path: string) {
  for (let nth = 0; nth < count; nth++) prepared(await create(this, `${path}/file-${nth}`));
});

Then(
  '{path} lists all {int} of them',
  async function (this: SuiteWorld, path: string, count: number) {
    const names = Array.from({ length: count }, (_, nth) => `file-${nth}`);
    await assertLists(this, path, names);
  },
);

/** More than these are not created, whatever the implementation says of its room. */
const MOST_FILES = 4096;

/** Until one is refused; that one is the last outcome. */
async function createAll(world: SuiteWorld): Promise<void> {
  const { freeInodes } = prepared(await port(world).statfs({}));
  if (freeInodes > MOST_FILES) {
    throw new Inconclusive(
      `there is room for ${freeInodes} files; ${MOST_FILES} are tried at most`,
    );
  }
  const { created } = fileNotes(world);
  for (let nth = 0; nth <= freeInodes; nth++) {
    const outcome = world.record(await create(world, `/file-${nth}`));
    if (!('ok' in outcome)) return;
    created.push(`file-${nth}`);
  }
}

Given('as many files were created as there is room for', async function (this: SuiteWorld) {
  await createAll(this);
});

When('as many files are created as there is room for', async function (this: SuiteWorld) {
  await createAll(this);
});

Then('every file that could be created is listed, and no other', async function (this: SuiteWorld) {
  const { created } = fileNotes(this);
  assert.notEqual(created.length, 0, 'no file could be created');
  await assertLists(this, '/', created);
});

Given(
  'directory {path} was refused for want of room',
  async function (this: SuiteWorld, path: string) {
    const outcome = await port(this).mkdir({ path });
    if ('errno' in outcome && outcome.errno === 'ENOSPC') return;
    throw new Inconclusive(`there is room for ${path}, or it is refused otherwise`);
  },
);

/** @param over - octets more than the longest. */
async function longName(world: SuiteWorld, over: number): Promise<string> {
  const { nameMax } = prepared(await port(world).statfs({}));
  return `/${'n'.repeat(nameMax + over)}`;
}

/** A path to the root that is as long, in names that are short. */
async function longPath(world: SuiteWorld, over: number): Promise<string> {
  const { pathMax } = prepared(await port(world).statfs({}));
  return '/'.padEnd(pathMax + over, './');
}

stimulus(
  'a directory was made with a name {int} octets longer than the longest',
  'a directory is made with a name {int} octet(s) longer than the longest',
  async (world: SuiteWorld, over: number) =>
    port(world).mkdir({ path: await longName(world, over) }),
);

When(
  'the root is looked up by a path {int} octet(s) longer than the longest',
  async function (this: SuiteWorld, over: number) {
    this.record(await port(this).stat({ path: await longPath(this, over) }));
  },
);
