/** Steps on a host's interfaces, the hosts around it, and the frames between them. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { Inconclusive } from '../harness/problems.ts';
import type { Network } from './parameter-types-network.ts';
import {
  addNeighbour,
  macOfInterface,
  networkNotes,
  nextFrame,
  passTime,
} from './network-scene.ts';
import { notHad } from './tcp-tunable.ts';
import { prepared, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

async function attach(
  world: SuiteWorld,
  name: string,
  { address, prefix }: Network,
  mtu: number,
): Promise<void> {
  const mac = macOfInterface(name);
  const network = world.port('network');
  const outcomes = await Promise.all([
    network.attach({ interface: name, mac, mtu }),
    network.addAddress({ interface: name, address, prefix }),
  ]);
  outcomes.forEach(prepared);
  networkNotes(world).interfaces.set(name, address);
}

const ETHERNET_MTU = 1500;

/** What a system has not got is nothing to judge it by. */
const isNotHad = (outcome: AnyOutcome): boolean =>
  'errno' in outcome && outcome.errno === 'EOPNOTSUPP';

Given(
  'interface {interface} at {network}',
  async function (this: SuiteWorld, name: string, network: Network) {
    await attach(this, name, network, ETHERNET_MTU);
  },
);

Given(
  'interface {interface} at {network} with an MTU of {int}',
  async function (this: SuiteWorld, name: string, network: Network, mtu: number) {
    await attach(this, name, network, mtu);
  },
);

Given(
  '{interface} is at {network} as well',
  async function (this: SuiteWorld, name: string, { address, prefix }: Network) {
    const added = await this.port('network').addAddress({ interface: name, address, prefix });
    if (isNotHad(added)) return notHad(this, 'second address of an interface');
    prepared(added);
    return undefined;
  },
);

Given(
  'neighbour {ipv4} on {interface}',
  async function (this: SuiteWorld, address: string, name: string) {
    await addNeighbour(this, address, name);
  },
);

Given(
  'a route to {network} by {ipv4}',
  async function (this: SuiteWorld, { address, prefix }: Network, gateway: string) {
    const route = { destination: address, prefix, gateway };
    const added = await this.port('network').addRoute(route);
    if (isNotHad(added)) return notHad(this, 'route but the default one');
    prepared(added);
    return undefined;
  },
);

When('{nanoseconds} go(es) by', async function (this: SuiteWorld, ns: number) {
  await passTime(this, ns);
});

// The queue before the wire

Given(
  '{interface} has a queue of {int} frame(s)',
  async function (this: SuiteWorld, name: string, length: number) {
    const queue = { interface: name, length, bitsPerSecond: null };
    prepared(await this.port('interface-queue').configure(queue));
  },
);

Given(
  '{interface} has a queue of {int} frames and a wire of {int} bits a second',
  async function (this: SuiteWorld, name: string, length: number, bitsPerSecond: number) {
    const queue = { interface: name, length, bitsPerSecond };
    prepared(await this.port('interface-queue').configure(queue));
  },
);

Given('{interface} is stalled', async function (this: SuiteWorld, name: string) {
  prepared(await this.port('interface-queue').stall({ interface: name, stalled: true }));
});

When('{interface} goes on', async function (this: SuiteWorld, name: string) {
  prepared(await this.port('interface-queue').stall({ interface: name, stalled: false }));
});

Then(
  '{int} frame(s) wait(s) at {interface}',
  async function (this: SuiteWorld, count: number, name: string) {
    const { queued } = succeeded(await this.port('interface-queue').stat({ interface: name }));
    assert.equal(queued, count);
  },
);

Then(
  '{interface} has dropped {int} frame(s)',
  async function (this: SuiteWorld, name: string, count: number) {
    const { dropped } = succeeded(await this.port('interface-queue').stat({ interface: name }));
    assert.equal(dropped, count);
  },
);

/** Also lets the host learn its neighbour, which costs a question and an answer. */
Given('{interface} has sent that', async function (this: SuiteWorld, name: string) {
  if ((await nextFrame(this, name)) === undefined) throw new Inconclusive(`${name} sends nothing`);
});

Then(
  '{interface} sends {int} frames, and then nothing',
  async function (this: SuiteWorld, name: string, count: number) {
    let seen = 0;
    while (seen <= count && (await nextFrame(this, name)) !== undefined) seen++;
    assert.equal(seen, count);
  },
);
