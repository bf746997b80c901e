/** Steps on descriptors and on the devices behind them. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, characterDevice, descriptor } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import type { DescriptorCall } from './parameter-types-descriptor.ts';
import type { OpenFlags } from './parameter-types-storage.ts';
import { textOfOctets } from './parameter-types-terminal.ts';
import { interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, prepared, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

type Methods = (typeof descriptor)['methods'];
type Whence = ArgsOf<Methods['lseek']>['whence'];

/** The port, for a call of a task that a signal may interrupt. */
function port(world: SuiteWorld) {
  interruptedThrough(world, 'descriptor');
  return world.port('descriptor');
}

// The table

const open = async (world: SuiteWorld, task: string, path: string, how: OpenFlags) =>
  keepCall(world, task, await port(world).open({ task, path, ...how }));

stimulus('{task} has opened {path} with {openFlags}', '{task} opens {path} with {openFlags}', open);

Given(
  '{task} has opened {path} without blocking',
  async function (this: SuiteWorld, task: string, path: string) {
    prepared(await port(this).open({ task, path, mode: 'O_RDWR', flags: ['O_NONBLOCK'] }));
  },
);

Given(
  '{task} has opened {path} {int} times',
  async function (this: SuiteWorld, task: string, path: string, times: number) {
    for (let time = 0; time < times; time++) {
      prepared(await open(this, task, path, { mode: 'O_RDWR', flags: [] }));
    }
  },
);

stimulus('{task} has made a pipe', '{task} makes a pipe', async (world: SuiteWorld, task: string) =>
  keepCall(world, task, await port(world).pipe({ task })),
);

stimulus(
  '{task} has duplicated descriptor {int}',
  '{task} duplicates descriptor {int}',
  async (world: SuiteWorld, task: string, fd: number) =>
    keepCall(world, task, await port(world).dup({ task, fd })),
);

stimulus(
  '{task} has duplicated descriptor {int} as {int}',
  '{task} duplicates descriptor {int} as {int}',
  async (world: SuiteWorld, task: string, fd: number, to: number) =>
    keepCall(world, task, await port(world).dup2({ task, fd, to })),
);

stimulus(
  '{task} has closed descriptor {int}',
  '{task} closes descriptor {int}',
  async (world: SuiteWorld, task: string, fd: number) =>
    keepCall(world, task, await port(world).close({ task, fd })),
);

Given('{task} has forked {task}', async function (this: SuiteWorld, task: string, child: string) {
  prepared(await port(this).fork({ task, child }));
});

stimulus('{task} has exited', '{task} exits', async (world: SuiteWorld, task: string) =>
  keepCall(world, task, await port(world).exit({ task })),
);

Given(
  '{task} was limited to {int} descriptors',
  async function (this: SuiteWorld, task: string, descriptors: number) {
    prepared(await port(this).limit({ task, descriptors }));
  },
);

Given(
  'the system was limited to {int} open files',
  async function (this: SuiteWorld, files: number) {
    prepared(await this.port('open-files').limit({ files }));
  },
);

Then(
  '{task} gets descriptor {int}',
  async function (this: SuiteWorld, task: string, descriptor: number) {
    assert.equal((await valueOf(this, task))['fd'], descriptor);
  },
);

Then(
  '{task} gets descriptors {int} and {int}',
  async function (this: SuiteWorld, task: string, reader: number, writer: number) {
    assert.deepEqual(await valueOf(this, task), { reader, writer });
  },
);

// The generic calls

const read = async (world: SuiteWorld, task: string, count: number, fd: number) =>
  keepCall(world, task, await port(world).read({ task, fd, count }));

stimulus(
  '{task} has read {int} octet(s) from descriptor {int}',
  '{task} reads up to {int} octet(s) from descriptor {int}',
  read,
);

const write = async (world: SuiteWorld, task: string, octets: string, fd: number) =>
  keepCall(world, task, await port(world).write({ task, fd, octets }));

stimulus(
  '{task} has written {content} to descriptor {int}',
  '{task} writes {content} to descriptor {int}',
  write,
);

function mustSleep(task: string, outcome: AnyOutcome): void {
  if (!('asleep' in outcome)) throw new Inconclusive(`the call of ${task} ${described(outcome)}`);
}

Given(
  '{task} sleeps in a read of descriptor {int}',
  async function (this: SuiteWorld, task: string, fd: number) {
    mustSleep(task, await read(this, task, 100, fd));
  },
);

Given(
  '{task} sleeps in a write of {content} to descriptor {int}',
  async function (this: SuiteWorld, task: string, octets: string, fd: number) {
    mustSleep(task, await write(this, task, octets, fd));
  },
);

stimulus(
  '{task} has moved descriptor {int} by {int} from {whence}',
  '{task} moves descriptor {int} by {int} from {whence}',
  async (world: SuiteWorld, task: string, fd: number, offset: number, whence: Whence) =>
    keepCall(world, task, await port(world).lseek({ task, fd, offset, whence })),
);

When(
  '{task} asks descriptor {int} for {request}',
  async function (this: SuiteWorld, task: string, fd: number, request: string) {
    keepCall(this, task, await port(this).ioctl({ task, fd, request }));
  },
);

When(
  '{task} asks descriptor {int} for {request} of {int}',
  async function (this: SuiteWorld, task: string, fd: number, request: string, argument: number) {
    keepCall(this, task, await port(this).ioctl({ task, fd, request, argument }));
  },
);

Then('the request gives {int}', function (this: SuiteWorld, value: number) {
  assert.deepEqual(this.last, { ok: { value } });
});

Given(
  '{task} has set O_NONBLOCK of descriptor {int}',
  async function (this: SuiteWorld, task: string, fd: number) {
    prepared(await port(this).setFlags({ task, fd, nonblock: true }));
  },
);

/** The least that each call can be asked for. */
const CALLS: Readonly<
  Record<DescriptorCall, (world: SuiteWorld, task: string, fd: number) => Promise<AnyOutcome>>
> = {
  read: (world, task, fd) => port(world).read({ task, fd, count: 1 }),
  write: (world, task, fd) => port(world).write({ task, fd, octets: '61' }),
  lseek: (world, task, fd) => port(world).lseek({ task, fd, offset: 0, whence: 'SEEK_SET' }),
  ioctl: (world, task, fd) => port(world).ioctl({ task, fd, request: 'FIONREAD' }),
  fcntl: (world, task, fd) => port(world).setFlags({ task, fd, nonblock: false }),
  dup: (world, task, fd) => port(world).dup({ task, fd }),
  dup2: (world, task, fd) => port(world).dup2({ task, fd, to: 12 }),
  close: (world, task, fd) => port(world).close({ task, fd }),
};

When(
  '{task} calls {descriptorCall} on descriptor {int}',
  async function (this: SuiteWorld, task: string, call: DescriptorCall, fd: number) {
    keepCall(this, task, await CALLS[call](this, task, fd));
  },
);

Then(
  'the signals of {task} were {signals}',
  async function (this: SuiteWorld, task: string, names: string[]) {
    assert.deepEqual(succeeded(await port(this).signals({ task })).signals, names);
  },
);

// Devices

type DeviceArgs = ArgsOf<(typeof characterDevice)['methods']['register']>;

const PLAIN: Omit<DeviceArgs, 'device'> = {
  routines: ['open', 'read', 'write', 'ioctl', 'poll', 'release'],
  exclusive: false,
  room: 4096,
  requests: [],
};

const deviceOf = (path: string): string => path.slice('/dev/'.length);

async function register(world: SuiteWorld, path: string, differs: Partial<DeviceArgs>) {
  const args = { ...PLAIN, ...differs, device: deviceOf(path) };
  prepared(await world.port('character-device').register(args));
}

Given('a device {path}', async function (this: SuiteWorld, path: string) {
  await register(this, path, {});
});

Given('a device {path} for one at a time', async function (this: SuiteWorld, path: string) {
  await register(this, path, { exclusive: true });
});

Given(
  'a device {path} without {routines}',
  async function (this: SuiteWorld, path: string, lacking: string[]) {
    const routines = PLAIN.routines.filter((routine) => !lacking.includes(routine));
    await register(this, path, { routines });
  },
);

Given(
  'a device {path} with room for {int} octets',
  async function (this: SuiteWorld, path: string, room: number) {
    await register(this, path, { room });
  },
);

Given(
  'a device {path} that answers {request} with {int} more',
  async function (this: SuiteWorld, path: string, request: string, adds: number) {
    await register(this, path, { requests: [{ request, adds }] });
  },
);

stimulus(
  '{content} has arrived at {path}',
  '{content} arrives at {path}',
  (world: SuiteWorld, octets: string, path: string) =>
    world.port('character-device').arrive({ device: deviceOf(path), octets }),
);

const take = (world: SuiteWorld, path: string) =>
  world.port('character-device').take({ device: deviceOf(path) });

When('{path} takes what waits', async function (this: SuiteWorld, path: string) {
  succeeded(await take(this, path));
});

Then('{path} is given {content}', async function (this: SuiteWorld, path: string, octets: string) {
  const given = succeeded(await take(this, path)).octets;
  assert.equal(textOfOctets(given), textOfOctets(octets), `what ${path} is given`);
});

Then(
  'the driver of {path} was called for {routines}',
  async function (this: SuiteWorld, path: string, routines: string[]) {
    const device = deviceOf(path);
    const { called } = succeeded(await this.port('character-device').routines({ device }));
    assert.deepEqual(called, routines);
  },
);
