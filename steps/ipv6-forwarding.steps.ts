/** Steps on a router of IPv6. */
import { defineParameterType, Given } from '@cucumber/cucumber';
import { prepared, type SuiteWorld } from './world.ts';

defineParameterType({
  name: 'ipv6',
  regexp: /[0-9a-f:]*:[0-9a-f:]*/,
  transformer: (text: string) => text,
});

defineParameterType({
  name: 'ipv6Network',
  regexp: /([0-9a-f:]*:[0-9a-f:]*)\/(\d+)/,
  transformer: (address: string, prefix: string): [string, number] => [address, Number(prefix)],
});

/** The last group of a neighbour's address stands in its link address. */
function macOf(address: string): string {
  const last = (address.split(':').at(-1) ?? '').padStart(4, '0');
  return `02:06:00:00:${last.slice(0, 2)}:${last.slice(2)}`;
}

Given(
  '{interface} is at IPv6 {ipv6Network}',
  async function (this: SuiteWorld, name: string, [address, prefix]: [string, number]) {
    const added = { interface: name, address, prefix };
    prepared(await this.port('ipv6-forwarding').addAddress(added));
  },
);

Given('IPv6 neighbour {ipv6}', async function (this: SuiteWorld, address: string) {
  prepared(await this.port('ipv6-forwarding').addNeighbour({ address, mac: macOf(address) }));
});

Given('IPv6 forwarding is on', async function (this: SuiteWorld) {
  prepared(await this.port('ipv6-forwarding').set({ on: true }));
});
