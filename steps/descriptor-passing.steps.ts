/** Steps on descriptors that go with messages between local sockets. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import { haveSocket, localSocket } from './local-scene.ts';
import type { LocalName } from './parameter-types-local.ts';
import { textOfOctets } from './parameter-types-terminal.ts';
import { keepCall, valueOf } from './sleepers.ts';
import { stimulus } from './stimulus.ts';
import { described, prepared, type SuiteWorld } from './world.ts';

const passingPort = (world: SuiteWorld) => world.port('descriptor-passing');

interface Sending {
  readonly octets: string;
  /** Whose sockets go with it. */
  readonly rights: readonly string[];
  readonly to?: LocalName;
}

async function send(world: SuiteWorld, task: string, { rights: whose, ...message }: Sending) {
  const socket = await localSocket(world, task);
  const rights: string[] = [];
  for (const owner of whose) rights.push(await localSocket(world, owner));
  const call = { socket, task, rights, ...message };
  return keepCall(world, task, await passingPort(world).send(call));
}

const LARGEST = 65_536;

/** Receives, and gives the descriptors that have come to programs of these names, as far as there are. */
async function receive(
  world: SuiteWorld,
  task: string,
  owners: readonly string[],
  how: { size?: number; peek?: boolean } = {},
) {
  const socket = await localSocket(world, task);
  const call = { socket, task, size: LARGEST, room: owners.length, ...how };
  const outcome = await passingPort(world).receive(call);
  if ('ok' in outcome) give(world, outcome.ok.rights, owners);
  return keepCall(world, task, outcome);
}

function give(world: SuiteWorld, rights: readonly string[], owners: readonly string[]): void {
  for (const [at, owner] of owners.entries()) {
    const right = rights[at];
    if (right !== undefined) haveSocket(world, owner, right);
  }
}

// Sending

stimulus(
  '{task} has sent {content} locally with the descriptor(s) of {names}',
  '{task} sends {content} locally with the descriptor(s) of {names}',
  (world: SuiteWorld, task: string, octets: string, rights: readonly string[]) =>
    send(world, task, { octets, rights }),
);

When(
  '{task} sends {content} locally to {localName} with the descriptor of {task}',
  async function (this: SuiteWorld, task: string, octets: string, to: LocalName, owner: string) {
    await send(this, task, { octets, rights: [owner], to });
  },
);

Given(
  '{task} sleeps sending {content} locally with the descriptor of {task}',
  async function (this: SuiteWorld, task: string, octets: string, owner: string) {
    const outcome = await send(this, task, { octets, rights: [owner] });
    if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
  },
);

When(
  '{task} sends {content} locally with {int} descriptors of {task}',
  async function (this: SuiteWorld, task: string, octets: string, count: number, owner: string) {
    await send(this, task, { octets, rights: Array.from({ length: count }, () => owner) });
  },
);

// Receiving

stimulus(
  '{task} has received locally, with room for descriptors of {names}',
  '{task} receives locally, with room for descriptors of {names}',
  (world: SuiteWorld, task: string, owners: readonly string[]) => receive(world, task, owners),
);

When(
  '{task} receives up to {int} octet(s) locally, with room for descriptors of {names}',
  async function (this: SuiteWorld, task: string, size: number, owners: readonly string[]) {
    await receive(this, task, owners, { size });
  },
);

Given(
  '{task} has looked at what is there locally, with room for descriptors of {names}',
  async function (this: SuiteWorld, task: string, owners: readonly string[]) {
    prepared(await receive(this, task, owners, { peek: true }));
  },
);

When(
  '{task} receives locally, with room for {int} descriptors',
  async function (this: SuiteWorld, task: string, room: number) {
    await receive(
      this,
      task,
      Array.from({ length: room }, () => 'nobody'),
    );
  },
);

Given(
  '{task} sleeps receiving locally, with room for a descriptor',
  async function (this: SuiteWorld, task: string) {
    const outcome = await receive(this, task, ['nobody']);
    if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
  },
);

interface Received {
  readonly octets: string;
  readonly rights: readonly string[];
  readonly controlTruncated: boolean;
}

async function assertReceived(
  world: SuiteWorld,
  task: string,
  octets: string,
  count: number,
  cut: boolean,
) {
  const got = (await valueOf(world, task)) as unknown as Received;
  assert.equal(textOfOctets(got.octets), textOfOctets(octets), `what ${task} got`);
  assert.equal(got.rights.length, count, 'descriptors that came with it');
  assert.equal(new Set(got.rights).size, count, 'descriptors of their own');
  assert.equal(got.controlTruncated, cut, 'MSG_CTRUNC');
}

Then(
  '{task} gets {content} and {int} descriptor(s)',
  function (this: SuiteWorld, task: string, octets: string, count: number) {
    return assertReceived(this, task, octets, count, false);
  },
);

Then(
  '{task} gets {content} and {int} descriptor(s), and learns that there were more',
  function (this: SuiteWorld, task: string, octets: string, count: number) {
    return assertReceived(this, task, octets, count, true);
  },
);

/** The call has slept: only now it is known what it has brought. */
Given(
  '{task} was given what {task} has received',
  async function (this: SuiteWorld, owner: string, task: string) {
    const { rights } = (await valueOf(this, task)) as unknown as Received;
    if (rights[0] === undefined) throw new Inconclusive('no descriptor has come');
    haveSocket(this, owner, rights[0]);
  },
);
