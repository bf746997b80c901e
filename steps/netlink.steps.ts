/** Steps on netlink sockets. Each program has one, and is called as the program. */
import assert from 'node:assert/strict';
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber';
import { bytesOf, octetsOf, type Errno } from '../contract/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import {
  LINUX_NUMBERS,
  NETLINK_FLAGS,
  NETLINK_TYPES,
  netlinkMessages,
  netlinkRequest,
  type NetlinkMessage,
  type RouteOf,
} from '../harness/routing-messages.ts';
import { collect } from './network-scene.ts';
import type { Network } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { routeOf, routingNotes, socketOf } from './routing-scene.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

type NetlinkType = keyof typeof NETLINK_TYPES;

defineParameterType({
  name: 'netlinkType',
  regexp: new RegExp(Object.keys(NETLINK_TYPES).join('|')),
  transformer: (name): NetlinkType => name as NetlinkType,
});

/** "CREATE, EXCL", or "nothing". */
defineParameterType({
  name: 'netlinkFlags',
  regexp: /[A-Z]+(?:, [A-Z]+)*|nothing/,
  transformer: (text: string): number =>
    text === 'nothing'
      ? 0
      : text
          .split(', ')
          .reduce((sum, name) => sum | NETLINK_FLAGS[name as keyof typeof NETLINK_FLAGS], 0),
});

async function openNetlink(world: SuiteWorld, task: string, hears: boolean, privileged = true) {
  const groups = hears ? (['RTMGRP_IPV4_ROUTE'] as const) : [];
  const opened = await world.port('netlink').open({ groups: [...groups], privileged });
  routingNotes(world).sockets.set(task, prepared(opened).socket);
}

Given('{task} has a netlink socket', function (this: SuiteWorld, task: string) {
  return openNetlink(this, task, false);
});

Given(
  '{task} has a netlink socket that hears of routes',
  function (this: SuiteWorld, task: string) {
    return openNetlink(this, task, true);
  },
);

Given('{task} has a netlink socket without privilege', function (this: SuiteWorld, task: string) {
  return openNetlink(this, task, false, false);
});

async function sendNetlink(
  world: SuiteWorld,
  task: string,
  what: { type: number; flags: number; family?: number; route: RouteOf; by?: number },
) {
  const kept = routingNotes(world);
  kept.sequence++;
  const octets = netlinkRequest({ sequence: kept.sequence, ...what });
  const sent = await world.port('netlink').send({ socket: socketOf(world, task), octets });
  await collect(world);
  return sent;
}

stimulus(
  '{task} has sent {netlinkType} of {network} by {ipv4} with {netlinkFlags}',
  '{task} sends {netlinkType} of {network} by {ipv4} with {netlinkFlags}',
  (world: SuiteWorld, task: string, type: NetlinkType, to: Network, by: string, flags: number) =>
    sendNetlink(world, task, {
      type: NETLINK_TYPES[type],
      flags: flags | NETLINK_FLAGS.REQUEST,
      route: routeOf(to, by),
    }),
);

When(
  '{task} sends {netlinkType} of {network} with {netlinkFlags}',
  async function (this: SuiteWorld, task: string, type: NetlinkType, to: Network, flags: number) {
    const call = { type: NETLINK_TYPES[type], flags: flags | NETLINK_FLAGS.REQUEST };
    this.record(await sendNetlink(this, task, { ...call, route: routeOf(to, null) }));
  },
);

/** Sends it with the number of an interface in place of a gateway. */
async function sendBy(
  world: SuiteWorld,
  task: string,
  what: { type: NetlinkType; to: Network; flags: number; by: number },
): Promise<void> {
  const call = { type: NETLINK_TYPES[what.type], flags: what.flags | NETLINK_FLAGS.REQUEST };
  world.record(
    await sendNetlink(world, task, { ...call, route: routeOf(what.to, null), by: what.by }),
  );
}

When(
  '{task} sends {netlinkType} of {network} on the interface to {ipv4} with {netlinkFlags}',
  async function (
    this: SuiteWorld,
    task: string,
    type: NetlinkType,
    to: Network,
    host: string,
    flags: number,
  ) {
    const asked = { type: NETLINK_TYPES.RTM_GETROUTE, flags: NETLINK_FLAGS.REQUEST };
    const route = { destination: host, prefix: 32, gateway: null };
    prepared(await sendNetlink(this, task, { ...asked, route }));
    const answer = await nextNetlink(this, task);
    if (answer?.kind !== 'route' || answer.by === null)
      throw new Inconclusive('no interface is told');
    await sendBy(this, task, { type, to, flags, by: answer.by });
  },
);

/** A number that no interface has. */
const NO_INTERFACE = 9999;

When(
  '{task} sends {netlinkType} of {network} on an interface that there is not with {netlinkFlags}',
  function (this: SuiteWorld, task: string, type: NetlinkType, to: Network, flags: number) {
    return sendBy(this, task, { type, to, flags, by: NO_INTERFACE });
  },
);

/** Its first octets, and that they are no more. */
When(
  '{task} sends the first {int} octets of RTM_NEWROUTE by netlink',
  async function (this: SuiteWorld, task: string, length: number) {
    const kept = routingNotes(this);
    kept.sequence++;
    const flags = NETLINK_FLAGS.REQUEST | NETLINK_FLAGS.CREATE;
    const route = { destination: '10.9.0.0', prefix: 16, gateway: '10.0.0.2' };
    const type = NETLINK_TYPES.RTM_NEWROUTE;
    const request = bytesOf(netlinkRequest({ sequence: kept.sequence, type, flags, route }));
    const octets = octetsOf(Uint8Array.of(length, ...request.subarray(1, length)));
    this.record(await this.port('netlink').send({ socket: socketOf(this, task), octets }));
  },
);

When(
  '{task} sends a netlink message of type {int} and family {int}',
  async function (this: SuiteWorld, task: string, type: number, family: number) {
    const route = { destination: '10.9.0.0', prefix: 16, gateway: '10.0.0.2' };
    const flags = NETLINK_FLAGS.REQUEST | NETLINK_FLAGS.CREATE;
    this.record(await sendNetlink(this, task, { type, flags, family, route }));
  },
);

When(
  '{task} sends a netlink message that is no request',
  async function (this: SuiteWorld, task: string) {
    const route = { destination: '10.9.0.0', prefix: 16, gateway: '10.0.0.2' };
    const flags = NETLINK_FLAGS.CREATE;
    this.record(await sendNetlink(this, task, { type: NETLINK_TYPES.RTM_NEWROUTE, flags, route }));
  },
);

/** The next message, or null when none waits. */
async function nextNetlink(world: SuiteWorld, task: string): Promise<NetlinkMessage | null> {
  const { waiting } = routingNotes(world);
  const taken = waiting.get(task) ?? [];
  waiting.set(task, taken);
  if (taken.length === 0) {
    const got = await world.port('netlink').receive({ socket: socketOf(world, task) });
    if ('errno' in got && got.errno === 'EAGAIN') return null;
    taken.push(...netlinkMessages(succeeded(got).octets));
  }
  return taken.shift() ?? null;
}

async function assertError(world: SuiteWorld, task: string, errno: number): Promise<void> {
  const { sequence } = routingNotes(world);
  const message = await nextNetlink(world, task);
  assert.deepEqual(message, { kind: 'error', errno, sequence, of: sequence });
}

Then('{task} gets an acknowledgement by netlink', function (this: SuiteWorld, task: string) {
  return assertError(this, task, 0);
});

Then('{task} gets {errno} by netlink', function (this: SuiteWorld, task: string, errno: Errno) {
  return assertError(this, task, LINUX_NUMBERS[errno] ?? assert.fail(`${errno} has no number`));
});

Then(
  '{task} gets {netlinkType} of {network} by {ipv4} by netlink',
  async function (this: SuiteWorld, task: string, type: NetlinkType, to: Network, by: string) {
    await assertRoute(this, task, type, routeOf(to, by));
  },
);

async function assertRoute(world: SuiteWorld, task: string, type: NetlinkType, route: RouteOf) {
  const { sequence } = routingNotes(world);
  const message = await nextNetlink(world, task);
  const expected = { kind: 'route', type: NETLINK_TYPES[type], sequence, route };
  assert.deepEqual({ ...message, by: null, source: null }, { ...expected, by: null, source: null });
  return message?.kind === 'route' ? message : assert.fail('it tells of no route');
}

Then(
  '{task} gets {netlinkType} of {network} by {ipv4} from {ipv4} by netlink',
  async function (
    this: SuiteWorld,
    task: string,
    type: NetlinkType,
    to: Network,
    by: string,
    from: string,
  ) {
    assert.equal((await assertRoute(this, task, type, routeOf(to, by))).source, from);
  },
);

Then(
  '{task} gets {netlinkType} of {network} without a gateway by netlink',
  async function (this: SuiteWorld, task: string, type: NetlinkType, to: Network) {
    await assertRoute(this, task, type, routeOf(to, null));
  },
);

Then('{task} gets nothing by netlink', async function (this: SuiteWorld, task: string) {
  assert.equal(await nextNetlink(this, task), null);
});

/** Of local routes and those of other interfaces nothing is said. */
Then(
  'of the routes to {network} {task} gets, by netlink and up to the end, {gateways}',
  async function (this: SuiteWorld, to: Network, task: string, gateways: readonly string[]) {
    const found: string[] = [];
    for (;;) {
      const message = (await nextNetlink(this, task)) ?? assert.fail('the list has no end');
      if (message.kind === 'done') break;
      assert.equal(message.kind, 'route');
      const { destination, prefix, gateway } = message.route;
      if (destination === to.address && prefix === to.prefix) found.push(gateway ?? 'none');
    }
    assert.deepEqual(found, gateways);
  },
);

defineParameterType({
  name: 'gateways',
  regexp: /none|\d[\d.]*(?:, \d[\d.]*)*/,
  transformer: (text: string): readonly string[] => (text === 'none' ? [] : text.split(', ')),
});
