/** Steps on how large a buffer has to be: what datagrams cost is the system's own choice, and is found out. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { occupancyOf, portOf, receive, send, sendAll, socketOf } from './datagram.steps.ts';
import { passTime } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

/** The least buffers, as the system tells their size, in octets. */
const least = notes<{ sizes: number[] }>(() => ({ sizes: [] }));

/** No system wants more for as few datagrams. */
const LARGEST = 40_000;

async function setOption(
  world: SuiteWorld,
  task: string,
  option: 'SO_RCVBUF' | 'SO_SNDBUF',
  value: number,
): Promise<number> {
  const socket = socketOf(world, task);
  const port = portOf(world, task);
  prepared(await port.setOption({ socket, option, value }));
  return prepared(await port.getOption({ socket, option })).value as number;
}

async function drain(world: SuiteWorld, task: string): Promise<number> {
  const { datagrams } = await occupancyOf(world, task);
  for (let left = datagrams; left > 0; left--) {
    succeeded(await receive(world, task, { size: 65_535, dontWait: true }));
  }
  return datagrams;
}

interface Flood {
  readonly from: string;
  readonly to: Endpoint;
  readonly length: number;
  readonly count: number;
}

/** By halving: what holds them, and what is too small by no more than one. */
async function leastBuffer(world: SuiteWorld, task: string, flood: Flood): Promise<number> {
  const octets = '7a'.repeat(flood.length);
  const messages = Array.from({ length: flood.count }, () => ({ octets, to: flood.to }));
  let [low, high] = [0, LARGEST];
  while (low < high) {
    const asked = Math.floor((low + high) / 2);
    await setOption(world, task, 'SO_RCVBUF', asked);
    await sendAll(world, flood.from, messages);
    if ((await drain(world, task)) === flood.count) high = asked;
    else low = asked + 1;
  }
  return setOption(world, task, 'SO_RCVBUF', low);
}

When(
  'the least receive buffers of {task} for {int}, {int} and {int} datagrams of {int} octets from {task} to {endpoint} are looked for',
  async function (
    this: SuiteWorld,
    task: string,
    first: number,
    second: number,
    third: number,
    length: number,
    from: string,
    to: Endpoint,
  ) {
    const { sizes } = least(this);
    for (const count of [first, second, third]) {
      sizes.push(await leastBuffer(this, task, { from, to, length, count }));
    }
  },
);

/** By how much the next is larger. */
function growth(world: SuiteWorld): readonly number[] {
  const { sizes } = least(world);
  return sizes.slice(1).map((size, at) => size - (sizes[at] ?? 0));
}

Then('each is larger than the one before by what a datagram costs', function (this: SuiteWorld) {
  const [once = 0, again] = growth(this);
  assert.ok(once > 0, `they are ${least(this).sizes.join(', ')}`);
  assert.equal(once, again);
});

Then('the first is larger than that', function (this: SuiteWorld) {
  const [first = 0] = least(this).sizes;
  const [cost = 0] = growth(this);
  assert.ok(first > cost, `a datagram costs ${cost}, and ${first} are enough for one`);
});

Then('the first is as large as {int} of that', function (this: SuiteWorld, count: number) {
  const [cost = 0] = growth(this);
  assert.equal(least(this).sizes[0], count * cost);
});

/** What is sent is charged for until it has left. */
const LEAVES_NS = 1_000_000_000;

async function costOf(
  world: SuiteWorld,
  task: string,
  message: { octets: string; to: Endpoint },
): Promise<number> {
  await send(world, task, message);
  const { sending } = await occupancyOf(world, task);
  await passTime(world, LEAVES_NS);
  return sending;
}

async function sendBufferFor(
  world: SuiteWorld,
  task: string,
  [count, length, to]: [number, number, Endpoint],
  more: number,
): Promise<void> {
  const cost = await costOf(world, task, { octets: '61'.repeat(length), to });
  // The system takes twice what is asked for.
  const kept = await setOption(world, task, 'SO_SNDBUF', (count * cost) / 2 + more);
  assert.equal(kept, count * cost + 2 * more);
}

const SEND_BUFFER = '{task} has a send buffer for {int} datagrams of {int} octets to {endpoint}';

Given(
  SEND_BUFFER,
  function (this: SuiteWorld, task: string, count: number, length: number, to: Endpoint) {
    return sendBufferFor(this, task, [count, length, to], 0);
  },
);

Given(
  `${SEND_BUFFER}, and a little more`,
  function (this: SuiteWorld, task: string, count: number, length: number, to: Endpoint) {
    return sendBufferFor(this, task, [count, length, to], 1);
  },
);
