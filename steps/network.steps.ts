/** Steps on a host's interfaces, the hosts around it, and the frames between them. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { Network } from './parameter-types-network.ts';
import {
  macOfInterface,
  macOfNeighbour,
  networkNotes,
  nextFrame,
  passTime,
} from './network-scene.ts';
import { prepared, type SuiteWorld } from './world.ts';

async function attach(
  world: SuiteWorld,
  name: string,
  { address, prefix }: Network,
  mtu: number,
): Promise<void> {
  const mac = macOfInterface(name);
  prepared(await world.port('network').attach({ interface: name, mac, mtu }));
  prepared(await world.port('network').addAddress({ interface: name, address, prefix }));
  networkNotes(world).interfaces.set(name, mac);
}

const ETHERNET_MTU = 1500;

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
    prepared(await this.port('network').addAddress({ interface: name, address, prefix }));
  },
);

Given(
  'neighbour {ipv4} on {interface}',
  function (this: SuiteWorld, address: string, name: string) {
    networkNotes(this).neighbours.set(address, { interface: name, mac: macOfNeighbour(address) });
  },
);

Given(
  'a route to {network} by {ipv4}',
  async function (this: SuiteWorld, { address, prefix }: Network, gateway: string) {
    prepared(await this.port('network').addRoute({ destination: address, prefix, gateway }));
  },
);

When('{nanoseconds} go(es) by', async function (this: SuiteWorld, ns: number) {
  await passTime(this, ns);
});

Then('{interface} sends nothing', async function (this: SuiteWorld, name: string) {
  const next = await nextFrame(this, name);
  assert.equal(next, undefined, `${name} sends ${JSON.stringify(next?.frame)}`);
});
