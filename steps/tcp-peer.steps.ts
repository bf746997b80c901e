/** Steps on what the peer of a stream socket sends and gets, segment by segment. */
import assert from 'node:assert/strict';
import { Given, Then, type DataTable, When } from '@cucumber/cucumber';
import type { Endpoint } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { assertInTime } from './in-time.ts';
import {
  assertSegment,
  expected,
  isServer,
  nextSegment,
  peerOf,
  peerSends,
  routerSays,
  shown,
} from './tcp-scene.ts';
import { type SuiteWorld } from './world.ts';

Given(
  "{peer}'s sequence numbers begin at {int}",
  function (this: SuiteWorld, peer: number, isn: number) {
    peerOf(this, peer).isn = isn;
  },
);

Given('{peer} is at {endpoint}', function (this: SuiteWorld, peer: number, at: Endpoint) {
  peerOf(this, peer).at = at;
});

Given('{peer} talks to {endpoint}', function (this: SuiteWorld, peer: number, host: Endpoint) {
  peerOf(this, peer).host = host;
});

Given('{peer} is on {interface}', function (this: SuiteWorld, peer: number, name: string) {
  peerOf(this, peer).interface = name;
});

Given(
  '{peer} is the server at {endpoint}',
  function (this: SuiteWorld, peer: number, at: Endpoint) {
    isServer(this, peer, at);
  },
);

stimulus(
  '{peer} has sent {string}',
  '{peer} sends {string}',
  async (world: SuiteWorld, peer: number, sentence: string) => {
    await peerSends(world, peerOf(world, peer), sentence);
    return { ok: {} };
  },
);

/** A frame to all stations of a link. */
const BROADCAST = 'ff:ff:ff:ff:ff:ff';

When(
  '{peer} sends {string} in a frame to all',
  async function (this: SuiteWorld, number: number, sentence: string) {
    await peerSends(this, peerOf(this, number), sentence, BROADCAST);
  },
);

Given(
  '{peer} has got {string}',
  async function (this: SuiteWorld, number: number, sentence: string) {
    await expected(this, number, sentence);
  },
);

Then('{peer} gets {string}', async function (this: SuiteWorld, number: number, sentence: string) {
  const peer = peerOf(this, number);
  assertSegment(peer, await nextSegment(this, peer), sentence);
});

Then(
  '{peer} gets {string} after {nanoseconds}',
  async function (this: SuiteWorld, number: number, sentence: string, at: number) {
    const peer = peerOf(this, number);
    const got = assertSegment(peer, await nextSegment(this, peer), sentence);
    assertInTime(this, got, at, `${peer.name} gets ${shown(got)}`);
  },
);

/** Of a connection that takes the place of another: its numbers are compared with those of the old one. */
Then(
  '{peer} gets a SYN whose number is {int} beyond that of the last segment',
  async function (this: SuiteWorld, number: number, beyond: number) {
    const peer = peerOf(this, number);
    const { lastSent } = peer;
    assertSegment(peer, await nextSegment(this, peer), 'S. 0:0(0)');
    assert.equal((peer.lastSent - lastSent) >>> 0, beyond);
  },
);

/** Of a time in a table, such as "200 ms". */
function nanosecondsOf(time: string): number {
  const [, count] = /^([\d.]+) ms$/.exec(time) ?? assert.fail(`"${time}" is no time in ms`);
  return Number(count) * 1_000_000;
}

/** One sentence a row; or with a column in front that says when. */
Then(
  '{peer} gets these segments, and nothing else:',
  async function (this: SuiteWorld, number: number, table: DataTable) {
    const peer = peerOf(this, number);
    for (const [first = '', second] of table.raw()) {
      const got = assertSegment(peer, await nextSegment(this, peer), second ?? first);
      if (second !== undefined) assertInTime(this, got, nanosecondsOf(first), shown(got));
    }
    await quiet(this, number);
  },
);

When(
  'a router says {string} of the last segment',
  async function (this: SuiteWorld, message: string) {
    await routerSays(this, message, 0);
  },
);

When(
  'a router says {string} of a segment {int} octets beyond the last',
  async function (this: SuiteWorld, message: string, beyond: number) {
    await routerSays(this, message, beyond);
  },
);

Then('{peer} gets nothing', async function (this: SuiteWorld, number: number) {
  await quiet(this, number);
});

Then('{peer} gets nothing more', async function (this: SuiteWorld, number: number) {
  await quiet(this, number);
});

async function quiet(world: SuiteWorld, number: number): Promise<void> {
  const peer = peerOf(world, number);
  const next = await nextSegment(world, peer);
  assert.equal(next, undefined, `${peer.name} gets ${shown(next)}`);
}

Given('{peer} has got all that was sent', async function (this: SuiteWorld, number: number) {
  while ((await nextSegment(this, peerOf(this, number))) !== undefined);
});
