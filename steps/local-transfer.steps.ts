/** Steps on local sockets: sending and receiving. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { localPort, localReceive, localSend, localSocket } from './local-scene.ts';
import type { LocalName } from './parameter-types-local.ts';
import { textOfOctets } from './parameter-types-terminal.ts';
import { valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, notes, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

stimulus(
  '{task} has sent {content} locally',
  '{task} sends {content} locally',
  (world: SuiteWorld, task: string, octets: string) => localSend(world, task, { octets }),
);

stimulus(
  '{task} has sent {content} locally to {localName}',
  '{task} sends {content} locally to {localName}',
  (world: SuiteWorld, task: string, octets: string, to: LocalName) =>
    localSend(world, task, { octets, to }),
);

When(
  '{task} sends {content} locally without waiting',
  async function (this: SuiteWorld, task: string, octets: string) {
    await localSend(this, task, { octets, nonblock: true });
  },
);

When(
  '{task} sends {content} locally to {localName} without waiting',
  async function (this: SuiteWorld, task: string, octets: string, to: LocalName) {
    await localSend(this, task, { octets, to, nonblock: true });
  },
);

When(
  '{task} sends {content} locally and wants no signal',
  async function (this: SuiteWorld, task: string, octets: string) {
    await localSend(this, task, { octets, noSignal: true });
  },
);

async function sleepsSending(world: SuiteWorld, task: string, octets: string, to?: LocalName) {
  const outcome = await localSend(world, task, to === undefined ? { octets } : { octets, to });
  if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
}

Given(
  '{task} sleeps sending {content} locally',
  function (this: SuiteWorld, task: string, octets: string) {
    return sleepsSending(this, task, octets);
  },
);

Given(
  '{task} sleeps sending {content} locally to {localName}',
  function (this: SuiteWorld, task: string, octets: string, to: LocalName) {
    return sleepsSending(this, task, octets, to);
  },
);

Then(
  'the local send of {task} has taken {int} octets',
  async function (this: SuiteWorld, task: string, length: number) {
    assert.equal((await valueOf(this, task))['length'], length);
  },
);

Then(
  'the local send of {task} has taken less than {int} octets, and more than none',
  async function (this: SuiteWorld, task: string, length: number) {
    const taken = (await valueOf(this, task))['length'] as number;
    assert.ok(taken > 0 && taken < length, `it has taken ${taken} octets`);
  },
);

// Receiving

stimulus(
  '{task} has received locally',
  '{task} receives locally',
  (world: SuiteWorld, task: string) => localReceive(world, task),
);

stimulus(
  '{task} has received up to {int} octet(s) locally',
  '{task} receives up to {int} octet(s) locally',
  (world: SuiteWorld, task: string, size: number) => localReceive(world, task, { size }),
);

stimulus(
  '{task} has looked at up to {int} octets locally',
  '{task} looks at up to {int} octets locally',
  (world: SuiteWorld, task: string, size: number) =>
    localReceive(world, task, { size, peek: true }),
);

When('{task} receives locally without waiting', async function (this: SuiteWorld, task: string) {
  await localReceive(this, task, { nonblock: true });
});

Given('{task} sleeps receiving locally', async function (this: SuiteWorld, task: string) {
  const outcome = await localReceive(this, task);
  if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
});

Then(
  '{task} gets {content} from {localName}',
  async function (this: SuiteWorld, task: string, octets: string, from: LocalName) {
    assert.deepEqual(await valueOf(this, task), { octets, truncated: false, from });
  },
);

Then(
  '{task} gets {content} from a sender without a name',
  async function (this: SuiteWorld, task: string, octets: string) {
    assert.deepEqual(await valueOf(this, task), { octets, truncated: false, from: null });
  },
);

async function assertMessage(
  world: SuiteWorld,
  task: string,
  octets: string,
  truncated: boolean,
): Promise<void> {
  const got = (await valueOf(world, task)) as { octets: string; truncated: boolean };
  assert.equal(textOfOctets(got.octets), textOfOctets(octets), `what ${task} got`);
  assert.equal(got.truncated, truncated, 'MSG_TRUNC');
}

Then(
  '{task} gets {content}, the whole message',
  function (this: SuiteWorld, task: string, octets: string) {
    return assertMessage(this, task, octets, false);
  },
);

Then(
  '{task} gets {content}, and the rest of the message is lost',
  function (this: SuiteWorld, task: string, octets: string) {
    return assertMessage(this, task, octets, true);
  },
);

Then(
  '{task} was sent {signals} by its local socket',
  async function (this: SuiteWorld, task: string, signals: string[]) {
    assert.deepEqual(succeeded(await localPort(this).signals({ task })).signals, signals);
  },
);

// Many messages

interface Filling {
  sent: number;
  /** Octets of each message. */
  length: number;
  errno: string;
}

const fillings = notes<Filling>(() => ({ sent: 0, length: 0, errno: '' }));

/** No send buffer is so large that it takes more messages. */
const MESSAGES_AT_MOST = 2000;

/** Sends messages of one length until one is not taken. */
async function fill(
  world: SuiteWorld,
  task: string,
  length: number,
  to?: LocalName,
): Promise<AnyOutcome> {
  const filling = fillings(world);
  const octets = '78'.repeat(length);
  Object.assign(filling, { sent: 0, length });
  while (filling.sent < MESSAGES_AT_MOST) {
    const message = { octets, nonblock: true, ...(to === undefined ? {} : { to }) };
    const outcome = await localSend(world, task, message);
    if ('ok' in outcome) filling.sent++;
    else {
      filling.errno = 'errno' in outcome ? outcome.errno : described(outcome);
      return { ok: {} };
    }
  }
  assert.fail(`${MESSAGES_AT_MOST} messages of ${length} octets were all taken`);
}

stimulus(
  '{task} has sent messages of {int} octet(s) locally until there was no room',
  '{task} sends messages of {int} octet(s) locally until there is no room',
  (world: SuiteWorld, task: string, length: number) => fill(world, task, length),
);

stimulus(
  '{task} has sent messages of {int} octet(s) locally to {localName} until there was no room',
  '{task} sends messages of {int} octet(s) locally to {localName} until there is no room',
  (world: SuiteWorld, task: string, length: number, to: LocalName) => fill(world, task, length, to),
);

Then(
  '{int} of the messages were taken, and the next failed with {errno}',
  function (this: SuiteWorld, count: number, errno: string) {
    const { sent, errno: told } = fillings(this);
    assert.deepEqual({ sent, errno: told }, { sent: count, errno });
  },
);

Then(
  'more than {int} of the messages were taken, and the next failed with {errno}',
  function (this: SuiteWorld, count: number, errno: string) {
    const filling = fillings(this);
    assert.equal(filling.errno, errno);
    assert.ok(filling.sent > count, `only ${filling.sent} were taken`);
  },
);

/** Of the messages that were sent so many are left. */
async function receiveAllBut(world: SuiteWorld, task: string, left: number): Promise<void> {
  const socket = await localSocket(world, task);
  const { sent, length: size } = fillings(world);
  const call = { socket, task, size, nonblock: true };
  for (let got = sent - left; got > 0; got--) {
    succeeded(await localPort(world).receive(call));
  }
}

When('{task} receives half of the messages', async function (this: SuiteWorld, task: string) {
  await receiveAllBut(this, task, Math.ceil(fillings(this).sent / 2));
});

When(
  '{task} receives the messages until less than a quarter is left',
  async function (this: SuiteWorld, task: string) {
    await receiveAllBut(this, task, Math.floor((fillings(this).sent - 1) / 4));
  },
);

When('{task} receives all of the messages', async function (this: SuiteWorld, task: string) {
  await receiveAllBut(this, task, 0);
});
