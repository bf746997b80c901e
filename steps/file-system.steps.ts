/** Steps on files: what is in them. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { fileSystem } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { OpenFlags } from './parameter-types-storage.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Methods = (typeof fileSystem)['methods'];
type Whence = ArgsOf<Methods['lseek']>['whence'];

const fileNotes = notes(() => ({
  /** Handles of open files, by the names that the scenario gives them. */
  files: new Map<string, string>(),
  room: undefined as ValueOf<Methods['statfs']> | undefined,
}));

const port = (world: SuiteWorld) => world.port('file-system');

function handle(world: SuiteWorld, name: string): string {
  return fileNotes(world).files.get(name) ?? assert.fail(`the scenario has not opened ${name}`);
}

const makeFileSystem = (world: SuiteWorld, blocks: number, blockOctets: number, inodes = 16) =>
  port(world).mkfs({ blocks, blockOctets: blockOctets as 64, inodes });

Given(
  'a new file system of {int} blocks of {int} octets',
  async function (this: SuiteWorld, blocks: number, blockOctets: number) {
    prepared(await makeFileSystem(this, blocks, blockOctets));
  },
);

When(
  'a file system of {int} blocks of {int} octets for {int} files is made',
  async function (this: SuiteWorld, blocks: number, blockOctets: number, files: number) {
    this.record(await makeFileSystem(this, blocks, blockOctets, files));
  },
);

Given(
  'file {path} holds {octets}',
  async function (this: SuiteWorld, path: string, octets: string) {
    const flags = ['O_CREAT' as const, 'O_TRUNC' as const];
    const { file } = prepared(await port(this).open({ path, mode: 'O_WRONLY', flags }));
    prepared(await port(this).write({ file, octets }));
    prepared(await port(this).close({ file }));
  },
);

async function open(world: SuiteWorld, path: string, how: OpenFlags, name: string) {
  const outcome = await port(world).open({ path, ...how });
  if ('ok' in outcome) fileNotes(world).files.set(name, outcome.ok.file);
  return outcome;
}

stimulus(
  '{path} was opened with {openFlags}',
  '{path} is opened with {openFlags}',
  (world: SuiteWorld, path: string, how: OpenFlags) => open(world, path, how, 'the file'),
);

Given(
  '{path} was opened with {openFlags} as {string}',
  async function (this: SuiteWorld, path: string, how: OpenFlags, name: string) {
    prepared(await open(this, path, how, name));
  },
);

stimulus('{file} was closed', '{file} is closed', (world: SuiteWorld, name: string) =>
  port(world).close({ file: handle(world, name) }),
);

stimulus(
  '{octets} was/were written to {file}',
  '{octets} is/are written to {file}',
  (world: SuiteWorld, octets: string, name: string) =>
    port(world).write({ file: handle(world, name), octets }),
);

stimulus(
  '{int} octet(s) was/were read from {file}',
  '{int} octet(s) is/are read from {file}',
  (world: SuiteWorld, length: number, name: string) =>
    port(world).read({ file: handle(world, name), length }),
);

stimulus(
  '{file} was moved by {int} from {whence}',
  '{file} is moved by {int} from {whence}',
  (world: SuiteWorld, name: string, offset: number, whence: Whence) =>
    port(world).lseek({ file: handle(world, name), offset, whence }),
);

stimulus(
  '{file} was made {int} octet(s) long',
  '{file} is made {int} octet(s) long',
  (world: SuiteWorld, name: string, length: number) =>
    port(world).ftruncate({ file: handle(world, name), length }),
);

Then('{octets} come(s) back', function (this: SuiteWorld, octets: string) {
  assert.deepEqual(this.last, { ok: { octets } });
});

Then('some octets come back', function (this: SuiteWorld) {
  const { octets } = succeeded(this.last) as { octets: string };
  assert.notEqual(octets, '');
});

Then('{int} octet(s) was/were written', function (this: SuiteWorld, written: number) {
  assert.deepEqual(this.last, { ok: { written } });
});

Then('the offset is {int}', function (this: SuiteWorld, offset: number) {
  assert.deepEqual(this.last, { ok: { offset } });
});

async function offsetOf(world: SuiteWorld, name: string): Promise<number> {
  const file = handle(world, name);
  return succeeded(await port(world).lseek({ file, offset: 0, whence: 'SEEK_CUR' })).offset;
}

Then(
  'the offset of {file} is {int}',
  async function (this: SuiteWorld, name: string, offset: number) {
    assert.equal(await offsetOf(this, name), offset);
  },
);

/** Reads all there should be and an octet more, through an open file of its own. */
Then('{path} holds {octets}', async function (this: SuiteWorld, path: string, octets: string) {
  const { file } = succeeded(await port(this).open({ path, mode: 'O_RDONLY', flags: [] }));
  const status = succeeded(await port(this).fstat({ file }));
  const read = succeeded(await port(this).read({ file, length: octets.length / 2 + 1 }));
  succeeded(await port(this).close({ file }));
  assert.deepEqual(
    { size: status.octets, octets: read.octets },
    { size: octets.length / 2, octets },
  );
});

Then(
  '{file} has {int} octet(s) and {int} name(s)',
  async function (this: SuiteWorld, name: string, octets: number, links: number) {
    const status = succeeded(await port(this).fstat({ file: handle(this, name) }));
    assert.deepEqual({ octets: status.octets, links: status.links }, { octets, links });
  },
);

// Room

Given('the room in the file system is noted', async function (this: SuiteWorld) {
  fileNotes(this).room = prepared(await port(this).statfs({}));
});

async function blocksTaken(world: SuiteWorld): Promise<number> {
  const before = fileNotes(world).room ?? assert.fail('the room was not noted');
  return before.freeBlocks - succeeded(await port(world).statfs({})).freeBlocks;
}

Then('there is as much room as was noted', async function (this: SuiteWorld) {
  assert.deepEqual(succeeded(await port(this).statfs({})), fileNotes(this).room);
});

Then('at least {int} block(s) is/are taken', async function (this: SuiteWorld, least: number) {
  const taken = await blocksTaken(this);
  assert.ok(taken >= least, `${taken} blocks are taken`);
});

Then('at most {int} blocks are taken', async function (this: SuiteWorld, most: number) {
  const taken = await blocksTaken(this);
  assert.ok(taken <= most, `${taken} blocks are taken`);
});

/** A block at a time, so that it ends exactly where the room does. */
Given('{path} was filled until there was no room', async function (this: SuiteWorld, path: string) {
  const { blockOctets, freeBlocks } = prepared(await port(this).statfs({}));
  const octets = 'aa'.repeat(blockOctets);
  const flags = ['O_CREAT' as const];
  const { file } = prepared(await port(this).open({ path, mode: 'O_WRONLY', flags }));
  for (let nth = 0; nth <= freeBlocks; nth++) {
    const outcome = await port(this).write({ file, octets });
    const full = 'errno' in outcome && outcome.errno === 'ENOSPC';
    if (full || prepared(outcome).written === 0) return prepared(await port(this).close({ file }));
  }
  throw new Inconclusive(`${path} takes more than the ${freeBlocks} blocks that were free`);
});

Given(
  '{file} was moved to {int} octet(s) before the end of the largest file',
  async function (this: SuiteWorld, name: string, before: number) {
    const { fileMax } = prepared(await port(this).statfs({}));
    const offset = fileMax - before;
    const file = handle(this, name);
    prepared(await port(this).lseek({ file, offset, whence: 'SEEK_SET' }));
  },
);

When(
  '{file} is made 1 octet longer than the largest file',
  async function (this: SuiteWorld, name: string) {
    const { fileMax } = prepared(await port(this).statfs({}));
    const file = handle(this, name);
    this.record(await port(this).ftruncate({ file, length: fileMax + 1 }));
  },
);
