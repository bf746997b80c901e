/** Steps on the two buffers of a connection: what waits in them, and who waits for room. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { TcpTimer } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { passTime } from './network-scene.ts';
import { valueOf } from './sleepers.ts';
import { acknowledge, acknowledgeAll, acknowledged, takeStreams } from './tcp-acks.ts';
import {
  assertSegment,
  endOf,
  nextSegment,
  peerOf,
  peerSends,
  shown,
  type Peer,
} from './tcp-scene.ts';
import { sendStream, streamOf } from './tcp-sockets.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

export async function occupancyOf(world: SuiteWorld, task: string) {
  return succeeded(await world.port('tcp').occupancy({ socket: streamOf(world, task) }));
}

Then(
  '{int} octet(s) of {task} wait(s) for an ACK',
  async function (this: SuiteWorld, octets: number, task: string) {
    assert.equal((await occupancyOf(this, task)).sending, octets);
  },
);

Then(
  '{int} octet(s) of {task} has/have not left',
  async function (this: SuiteWorld, octets: number, task: string) {
    assert.equal((await occupancyOf(this, task)).unsent, octets);
  },
);

Then(
  '{int} octet(s) wait(s) to be read by {task}',
  async function (this: SuiteWorld, octets: number, task: string) {
    assert.equal((await occupancyOf(this, task)).receiving, octets);
  },
);

async function readyOf(world: SuiteWorld, task: string) {
  return succeeded(await world.port('tcp').ready({ socket: streamOf(world, task) }));
}

Then('{task} can write', async function (this: SuiteWorld, task: string) {
  assert.equal((await readyOf(this, task)).writable, true);
});

Then('{task} cannot write', async function (this: SuiteWorld, task: string) {
  assert.equal((await readyOf(this, task)).writable, false);
});

Then('{task} can read', async function (this: SuiteWorld, task: string) {
  assert.equal((await readyOf(this, task)).readable, true);
});

Then('{task} cannot read', async function (this: SuiteWorld, task: string) {
  assert.equal((await readyOf(this, task)).readable, false);
});

Then('something urgent has come for {task}', async function (this: SuiteWorld, task: string) {
  assert.equal((await readyOf(this, task)).exceptional, true);
});

Then('nothing urgent has come for {task}', async function (this: SuiteWorld, task: string) {
  assert.equal((await readyOf(this, task)).exceptional, false);
});

/** Writes of 1000 octets that fill any buffer; where nobody has set it, it may be longer than a MiB. */
const MOST_WRITES = 5000;

Given('{task} has filled the send buffer', async function (this: SuiteWorld, task: string) {
  for (let writes = 0; writes < MOST_WRITES; writes++) {
    const outcome = await sendStream(this, task, 1000, { dontWait: true });
    if ('errno' in outcome && outcome.errno === 'EAGAIN') return;
    if (!('ok' in outcome)) break;
  }
  throw new Inconclusive(`the send buffer of ${task} is never full`);
});

Then(
  'as many octets of {task} were taken as wait for an ACK',
  async function (this: SuiteWorld, task: string) {
    const { length } = await valueOf(this, task);
    assert.equal(length, (await occupancyOf(this, task)).sending);
  },
);

Then(
  'no more octets of {task} wait than the stream option SO_SNDBUF says',
  async function (this: SuiteWorld, task: string) {
    const option = { socket: streamOf(this, task), option: 'SO_SNDBUF' } as const;
    const { value } = succeeded(await this.port('tcp').getOption(option));
    const { sending } = await occupancyOf(this, task);
    assert.ok(sending > 0 && sending <= Number(value), `${sending} of ${value} octets`);
  },
);

// The peer acknowledges

When('{peer} acknowledges all that comes', async function (this: SuiteWorld, number: number) {
  await acknowledgeAll(this, peerOf(this, number));
});

Given('{peer} has acknowledged all that came', async function (this: SuiteWorld, number: number) {
  await acknowledgeAll(this, peerOf(this, number));
});

Then(
  '{peer} gets all {int} octets in the end',
  async function (this: SuiteWorld, number: number, octets: number) {
    await takeStreams(this, [peerOf(this, number)], octets);
  },
);

const NS_PER_MS = 1_000_000;

const peersUpTo = (world: SuiteWorld, count: number): Peer[] =>
  Array.from({ length: count }, (_, index) => peerOf(world, index + 1));

Then(
  'over a path of {int} ms {peer} gets all {int} octets in the end',
  async function (this: SuiteWorld, ms: number, number: number, octets: number) {
    await takeStreams(this, [peerOf(this, number)], octets, ms * NS_PER_MS);
  },
);

Then(
  'over paths of {int} ms each of {int} peers gets all {int} octets in the end',
  async function (this: SuiteWorld, ms: number, count: number, octets: number) {
    await takeStreams(this, peersUpTo(this, count), octets, ms * NS_PER_MS);
  },
);

Then(
  'never more than {int} octets were under way to {peer}',
  function (this: SuiteWorld, octets: number, number: number) {
    const { mostUnderWay } = acknowledged(this, peerOf(this, number));
    assert.ok(mostUnderWay <= octets, `${mostUnderWay} octets were under way`);
  },
);

Then(
  'once {int} octets were under way to {peer}',
  function (this: SuiteWorld, octets: number, number: number) {
    assert.equal(acknowledged(this, peerOf(this, number)).mostUnderWay, octets);
  },
);

/** One sentence a row; rows that say nothing are left out. */
Then(
  '{peer} gets these segments, and acknowledges each:',
  async function (this: SuiteWorld, number: number, table: DataTable) {
    const peer = peerOf(this, number);
    for (const [sentence = ''] of table.raw()) {
      if (sentence === '') continue;
      const got = assertSegment(peer, await nextSegment(this, peer), sentence);
      await acknowledge(this, peer, endOf(got) - acknowledged(this, peer).next);
    }
    const next = await nextSegment(this, peer);
    assert.equal(next, undefined, `${peer.name} gets ${shown(next)}`);
  },
);

Then(
  'the last segment that {peer} got was {string}',
  function (this: SuiteWorld, number: number, sentence: string) {
    const peer = peerOf(this, number);
    assertSegment(peer, acknowledged(this, peer).last, sentence);
  },
);

Then(
  'the slow-start threshold of {task} is not set',
  async function (this: SuiteWorld, task: string) {
    const info = await this.port('tcp-info').read({ socket: streamOf(this, task) });
    assert.equal(succeeded(info).slowStartThreshold, null);
  },
);

// Who waits for room

const resumed = notes(() => ({ times: 0 }));

/** @returns whether the program has written more since. */
async function acknowledgeOf(
  world: SuiteWorld,
  peer: Peer,
  task: string,
  octets: number,
): Promise<boolean> {
  while ((await nextSegment(world, peer)) !== undefined);
  const before = (await occupancyOf(world, task)).sending;
  await acknowledge(world, peer, octets);
  return (await occupancyOf(world, task)).sending > before - octets;
}

When(
  'the peer acknowledges {int} octet(s) of {task}, {int} at a time',
  async function (this: SuiteWorld, octets: number, task: string, step: number) {
    for (let done = 0; done < octets; done += step) {
      if (await acknowledgeOf(this, peerOf(this, 1), task, step)) resumed(this).times += 1;
    }
  },
);

Then(
  '{task} has gone on writing {int} time(s)',
  function (this: SuiteWorld, _task: string, times: number) {
    assert.equal(resumed(this).times, times);
  },
);

/**
 * The buffer is full of segments of the same size; what each costs is the system's own business, and the
 * last may go beyond the buffer, so the mark is known to a segment.
 */
Then(
  '{task} goes on writing when two thirds of the segments of {int} octets are left, and not before',
  async function (this: SuiteWorld, task: string, size: number) {
    const all = Math.ceil((await occupancyOf(this, task)).sending / size);
    for (let left = all - 1; left >= 0; left--) {
      const goesOn = await acknowledgeOf(this, peerOf(this, 1), task, size);
      const place = `with ${left} of ${all} segments left`;
      assert.ok(!goesOn || left <= (2 * all) / 3, `${task} goes on ${place}`);
      if (goesOn) return;
      assert.ok(left > (2 * (all - 1)) / 3, `${task} sleeps ${place}`);
    }
  },
);

// The interface

/** A wire takes its time: a second is enough for an answer. */
const ANSWER_NS = 1000 * NS_PER_MS;

Given(
  '{peer} has connected over the wire with {string}',
  async function (this: SuiteWorld, number: number, says: string) {
    const peer = peerOf(this, number);
    await peerSends(this, peer, `S 0:0(0) ${says}`);
    await passTime(this, ANSWER_NS);
    const answer = await nextSegment(this, peer);
    if (answer === undefined) throw new Inconclusive('the SYN is not answered');
    await peerSends(this, peer, '. 1:1(0) ack 1');
  },
);

async function droppedAt(world: SuiteWorld, name: string): Promise<number> {
  return succeeded(await world.port('interface-queue').stat({ interface: name })).dropped;
}

Then('{interface} has dropped frames', async function (this: SuiteWorld, name: string) {
  assert.ok((await droppedAt(this, name)) > 0, `${name} has dropped nothing`);
});

Then('{interface} has dropped nothing', async function (this: SuiteWorld, name: string) {
  assert.equal(await droppedAt(this, name), 0);
});

// Timers

async function timersOf(world: SuiteWorld, task: string): Promise<readonly TcpTimer[]> {
  const info = await world.port('tcp-info').read({ socket: streamOf(world, task) });
  return succeeded(info).timers.map(({ timer }) => timer);
}

Then(
  'the {tcpTimer} timer of {task} runs',
  async function (this: SuiteWorld, timer: TcpTimer, task: string) {
    const running = await timersOf(this, task);
    assert.ok(running.includes(timer), `timers that run: ${running.join(', ') || 'none'}`);
  },
);

Then(
  'the {tcpTimer} timer of {task} does not run',
  async function (this: SuiteWorld, timer: TcpTimer, task: string) {
    const running = await timersOf(this, task);
    assert.ok(!running.includes(timer), `timers that run: ${running.join(', ')}`);
  },
);
