/** Steps on what TCP keeps of a socket: its segments, and the backlog while a process has it. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { TcpFlag } from '../contract/index.ts';
import { lateBy } from '../harness/clock.ts';
import { collect } from './network-scene.ts';
import { nanosecondsFrom } from './parameter-types-clock.ts';
import { peerOf } from './tcp-scene.ts';
import { streamOf } from './tcp-sockets.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

/** Letters of flags, in the order in which sentences have them. */
const LETTERS: readonly (readonly [TcpFlag, string])[] = [
  ['FIN', 'F'],
  ['SYN', 'S'],
  ['RST', 'R'],
  ['PSH', 'P'],
  ['URG', 'U'],
  ['ACK', '.'],
];

const lettersOf = (flags: readonly TcpFlag[]): string =>
  LETTERS.filter(([flag]) => flags.includes(flag))
    .map(([, letter]) => letter)
    .join('');

async function segmentsOf(world: SuiteWorld, task: string) {
  await collect(world);
  const socket = streamOf(world, task);
  return succeeded(await world.port('tcp-segments').read({ socket })).segments;
}

/** The number that a segment has on the wire, from that of the first. */
const relative = (sequence: number, first: number): string => String((sequence - first) >>> 0);

Then(
  'these segments wait at {task}:',
  async function (this: SuiteWorld, task: string, table: DataTable) {
    const segments = await segmentsOf(this, task);
    const first = firstNumber(this, segments);
    const rows = table.hashes();
    const shown = segments.map(({ sequence, endSequence, flags }) => ({
      sequence: relative(sequence, first),
      end: relative(endSequence, first),
      flags: lettersOf(flags),
    }));
    const wanted = rows.map(({ sequence, end, flags }) => ({ sequence, end, flags }));
    assert.deepEqual(shown, wanted);
    for (const [at, { when = '' }] of rows.entries()) {
      assertWhen(this, segments[at]?.when ?? null, when);
    }
  },
);

/** Of the host: the peer knows it from the SYN, unless that waits still. */
function firstNumber(
  world: SuiteWorld,
  segments: readonly { sequence: number; flags: readonly TcpFlag[] }[],
): number {
  const syn = segments.find(({ flags }) => flags.includes('SYN'));
  return syn?.sequence ?? peerOf(world, 1).hostIsn ?? 0;
}

/** TCP counts in a unit of its own, so a time may be a tick early. */
function assertWhen({ clock }: SuiteWorld, when: number | null, text: string): void {
  const due =
    text === 'none' ? null : (nanosecondsFrom(text) ?? assert.fail(`"${text}" is no time`));
  if (due === null || when === null) {
    assert.equal(when, due);
    return;
  }
  const late = lateBy(clock, due);
  const inTime = when >= due - Math.max(late, 10_000_000) && when <= due + late;
  assert.ok(inTime, `a segment was sent at ${when} ns, and should have been at ${text}`);
}

Then('no segment waits at {task}', async function (this: SuiteWorld, task: string) {
  assert.deepEqual(await segmentsOf(this, task), []);
});

Then(
  'the segments at {task} are of {int} and {int} octets, and only the last is pushed',
  async function (this: SuiteWorld, task: string, first: number, second: number) {
    const segments = await segmentsOf(this, task);
    const shown = segments.map(({ sequence, endSequence, flags }) => ({
      length: (endSequence - sequence) >>> 0,
      flags: lettersOf(flags),
    }));
    assert.deepEqual(shown, [
      { length: first, flags: '.' },
      { length: second, flags: 'P.' },
    ]);
  },
);

Then(
  'the smoothed round trip of {task} is {nanoseconds}',
  async function (this: SuiteWorld, task: string, ns: number) {
    const info = await this.port('tcp-info').read({ socket: streamOf(this, task) });
    assert.equal(succeeded(info).smoothedRtt, ns);
  },
);

Then('{task} has measured no round trip', async function (this: SuiteWorld, task: string) {
  const info = await this.port('tcp-info').read({ socket: streamOf(this, task) });
  assert.equal(succeeded(info).smoothedRtt, null);
});

// The backlog

Given('a process works on the socket of {task}', async function (this: SuiteWorld, task: string) {
  prepared(await this.port('socket-lock').own({ socket: streamOf(this, task) }));
});

When(
  'the process lets go of the socket of {task}',
  async function (this: SuiteWorld, task: string) {
    succeeded(await this.port('socket-lock').release({ socket: streamOf(this, task) }));
    await collect(this);
  },
);

Then(
  '{int} segment(s) wait(s) in the backlog of {task}',
  async function (this: SuiteWorld, count: number, task: string) {
    const { segments } = succeeded(
      await this.port('socket-lock').read({ socket: streamOf(this, task) }),
    );
    assert.equal(segments, count);
  },
);
