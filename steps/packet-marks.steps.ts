/** Steps on what single features keep in a packet: marks, classes, paths, ports of a bridge. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then } from '@cucumber/cucumber';
import type { NfHook } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { macOfInterface, networkNotes, nextFrame } from './network-scene.ts';
import type { Network } from './parameter-types-network.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

// Marks of netfilter

/** Each function is called after what it does, and where. */
const called = (what: string, hook: NfHook): string =>
  `${what}-${hook.toLowerCase().replace('_', '-')}`;

Given(
  'at {hook} packets from {ipv4} are marked {int}',
  async function (this: SuiteWorld, hook: NfHook, source: string, mark: number) {
    const rule = { name: called('marks', hook), hook, priority: 0, source, mark };
    prepared(await this.port('netfilter-mark').mark(rule));
  },
);

for (const [what, name, verdict] of [
  ['dropped', 'drops', 'DROP'],
  ['counted', 'counts', 'ACCEPT'],
] as const) {
  Given(
    `at {hook} packets marked {int} are ${what}`,
    async function (this: SuiteWorld, hook: NfHook, mark: number) {
      const rule = { name: called(name, hook), hook, priority: 1, mark, verdict };
      prepared(await this.port('netfilter-mark').match(rule));
    },
  );
}

Then(
  '{int} packet(s) was/were counted at {hook}',
  async function (this: SuiteWorld, count: number, hook: NfHook) {
    const name = called('counts', hook);
    const { packets } = succeeded(await this.port('netfilter-mark').matched({ name }));
    assert.equal(packets, count);
  },
);

// Classes

Given(
  '{interface} has these classes by code point:',
  async function (this: SuiteWorld, name: string, table: DataTable) {
    const classes = table.hashes().map(({ 'code points': points = '', 'leave as': remark }) => ({
      codePoints: points === '' ? [] : points.split(', ').map(Number),
      remark: remark === 'same' ? null : Number(remark),
    }));
    prepared(await this.port('diffserv').attach({ interface: name, classes }));
  },
);

async function classesOf(world: SuiteWorld, name: string) {
  return succeeded(await world.port('diffserv').stat({ interface: name })).classes;
}

for (const [words, what] of [
  ['hold', 'queued'],
  ['have sent', 'sent'],
  ['have dropped', 'dropped'],
] as const) {
  Then(
    `the classes of {interface} ${words} {numbers} frames`,
    async function (this: SuiteWorld, name: string, counts: readonly number[]) {
      const classes = await classesOf(this, name);
      assert.deepEqual(
        classes.map((one) => one[what]),
        counts,
      );
    },
  );
}

// Paths through IPsec

Given(
  'packets of protocol {int} lose {int} octets in front and {int} behind, and are of protocol {int} then',
  async function (
    this: SuiteWorld,
    protocol: number,
    header: number,
    trailer: number,
    next: number,
  ) {
    const state = { protocol, header, trailer, next };
    prepared(await this.port('xfrm-input').state(state));
  },
);

Given(
  /^packets of protocol (\d+) have to have come through (none|\d+(?:, \d+)*)$/,
  async function (this: SuiteWorld, protocol: string, text: string) {
    const path = text === 'none' ? [] : text.split(', ').map(Number);
    prepared(await this.port('xfrm-input').policy({ protocol: Number(protocol), path }));
  },
);

// Bridges

const BRIDGE_MAC = '02:ff:00:00:00:01';

Given('interface {interface} without an address', async function (this: SuiteWorld, name: string) {
  const attached = { interface: name, mac: macOfInterface(name), mtu: 1500 };
  prepared(await this.port('network').attach(attached));
  networkNotes(this).interfaces.set(name, '0.0.0.0');
});

Given(
  /^a bridge (br\d) of (eth\d(?:, eth\d)*) at (\S+)\/(\d+)$/,
  async function (
    this: SuiteWorld,
    name: string,
    ports: string,
    address: Network['address'],
    prefix: string,
  ) {
    prepared(await this.port('bridge').add({ bridge: name, mac: BRIDGE_MAC }));
    for (const port of ports.split(', ')) {
      prepared(await this.port('bridge').join({ bridge: name, interface: port }));
    }
    const own = { interface: name, address, prefix: Number(prefix) };
    prepared(await this.port('network').addAddress(own));
  },
);

async function tableOf(world: SuiteWorld, name: string) {
  const { entries } = succeeded(await world.port('bridge').table({ bridge: name }));
  return entries
    .map(({ mac, interface: port }) => ({ address: mac, port }))
    .toSorted((a, b) => a.address.localeCompare(b.address));
}

Then(/^(br\d) has learned:$/, async function (this: SuiteWorld, name: string, table: DataTable) {
  assert.deepEqual(await tableOf(this, name), table.hashes());
});

Then(/^(br\d) has learned nothing$/, async function (this: SuiteWorld, name: string) {
  assert.deepEqual(await tableOf(this, name), []);
});

/** The ports of the bridge, which are all the interfaces that a scenario has. */
const othersThan = (world: SuiteWorld, port: string): string[] =>
  [...networkNotes(world).interfaces.keys()].filter((name) => name !== port);

Given(
  /^the other ports of br\d than (eth\d) have sent that$/,
  async function (this: SuiteWorld, port: string) {
    for (const other of othersThan(this, port)) {
      if ((await nextFrame(this, other)) === undefined) {
        throw new Inconclusive(`${other} sends nothing`);
      }
    }
  },
);

Then(
  /^no other port of br\d than (eth\d) sends anything$/,
  async function (this: SuiteWorld, port: string) {
    for (const other of othersThan(this, port)) {
      assert.equal(await nextFrame(this, other), undefined, `${other} sends something`);
    }
  },
);

Then(
  /^packets were delivered that came by (no port|eth\d)$/,
  async function (this: SuiteWorld, port: string) {
    const { interfaces } = succeeded(await this.port('bridge').arrivals({ bridge: 'br0' }));
    const expected = port === 'no port' ? [] : [port];
    assert.deepEqual([...new Set(interfaces)], expected);
  },
);
