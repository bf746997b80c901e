/** Steps on netlink and route sockets. Each program has one, and is called as the program. */
import assert from 'node:assert/strict';
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber';
import type { Errno } from '../contract/index.ts';
import {
  BSD_NUMBERS,
  LINUX_NUMBERS,
  NETLINK_FLAGS,
  NETLINK_TYPES,
  netlinkMessages,
  netlinkRequest,
  ROUTE_TYPES,
  routeMessage,
  routeRequest,
  type NetlinkMessage,
  type RouteOf,
} from '../harness/routing-messages.ts';
import { collect } from './network-scene.ts';
import type { Network } from './parameter-types-network.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

interface RoutingNotes {
  /** Handles by program. */
  readonly sockets: Map<string, string>;
  /** Messages of netlink that were taken from a socket and not yet looked at. */
  readonly waiting: Map<string, NetlinkMessage[]>;
  sequence: number;
}

const routingNotes = notes<RoutingNotes>(() => ({
  sockets: new Map(),
  waiting: new Map(),
  sequence: 100,
}));

const socketOf = (world: SuiteWorld, task: string): string =>
  routingNotes(world).sockets.get(task) ?? assert.fail(`${task} has no socket for routes`);

type NetlinkType = keyof typeof NETLINK_TYPES;
type RouteType = keyof typeof ROUTE_TYPES;

defineParameterType({
  name: 'netlinkType',
  regexp: new RegExp(Object.keys(NETLINK_TYPES).join('|')),
  transformer: (name): NetlinkType => name as NetlinkType,
});

defineParameterType({
  name: 'routeType',
  regexp: new RegExp(Object.keys(ROUTE_TYPES).join('|')),
  transformer: (name): RouteType => name as RouteType,
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

const routeOf = ({ address, prefix }: Network, gateway: string | null): RouteOf => ({
  destination: address,
  prefix,
  gateway,
});

// Netlink

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
  what: { type: number; flags: number; family?: number; route: RouteOf },
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
    const { sequence } = routingNotes(this);
    const expected = { kind: 'route', type: NETLINK_TYPES[type], sequence, route: routeOf(to, by) };
    assert.deepEqual(await nextNetlink(this, task), expected);
  },
);

Then(
  '{task} gets {netlinkType} of {network} without a gateway by netlink',
  async function (this: SuiteWorld, task: string, type: NetlinkType, to: Network) {
    const { sequence } = routingNotes(this);
    const route = routeOf(to, null);
    const expected = { kind: 'route', type: NETLINK_TYPES[type], sequence, route };
    assert.deepEqual(await nextNetlink(this, task), expected);
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

// The route socket

Given('{task} has a route socket', async function (this: SuiteWorld, task: string) {
  const { socket } = prepared(await this.port('route-socket').open({ family: null }));
  routingNotes(this).sockets.set(task, socket);
});

Given('{task} has a route socket of AF_INET', async function (this: SuiteWorld, task: string) {
  const { socket } = prepared(await this.port('route-socket').open({ family: 'AF_INET' }));
  routingNotes(this).sockets.set(task, socket);
});

async function sendRoute(
  world: SuiteWorld,
  task: string,
  what: Omit<Parameters<typeof routeRequest>[0], 'sequence'>,
) {
  const kept = routingNotes(world);
  kept.sequence++;
  const octets = routeRequest({ sequence: kept.sequence, ...what });
  return world.port('route-socket').send({ socket: socketOf(world, task), octets });
}

stimulus(
  '{task} has sent {routeType} of {network} by {ipv4}',
  '{task} sends {routeType} of {network} by {ipv4}',
  (world: SuiteWorld, task: string, type: RouteType, to: Network, by: string) =>
    sendRoute(world, task, { type: ROUTE_TYPES[type], route: routeOf(to, by) }),
);

When(
  '{task} sends {routeType} of {network}',
  async function (this: SuiteWorld, task: string, type: RouteType, to: Network) {
    const route = routeOf(to, null);
    this.record(await sendRoute(this, task, { type: ROUTE_TYPES[type], route }));
  },
);

When(
  '{task} sends RTM_GET of {ipv4}',
  async function (this: SuiteWorld, task: string, destination: string) {
    const route = { destination, prefix: null, gateway: null };
    this.record(await sendRoute(this, task, { type: ROUTE_TYPES.RTM_GET, route }));
  },
);

When(
  '{task} sends a route message of type {int} and version {int}',
  async function (this: SuiteWorld, task: string, type: number, version: number) {
    const route = { destination: '10.9.0.0', prefix: 16, gateway: '10.0.0.2' };
    this.record(await sendRoute(this, task, { type, version, route }));
  },
);

When(
  '{task} sends a route message of {int} octets',
  async function (this: SuiteWorld, task: string, length: number) {
    const socket = socketOf(this, task);
    this.record(await this.port('route-socket').send({ socket, octets: '00'.repeat(length) }));
  },
);

async function nextRoute(world: SuiteWorld, task: string) {
  const got = await world.port('route-socket').receive({ socket: socketOf(world, task) });
  return routeMessage(succeeded(got).octets);
}

Then(
  '{task} hears that {routeType} of {network} by {ipv4} was done',
  async function (this: SuiteWorld, task: string, type: RouteType, to: Network, by: string) {
    const { sequence } = routingNotes(this);
    const expected = { type: ROUTE_TYPES[type], sequence, errno: 0, done: true };
    assert.deepEqual(await nextRoute(this, task), { ...expected, route: routeOf(to, by) });
  },
);

Then(
  '{task} hears that {routeType} of {network} without a gateway was done',
  async function (this: SuiteWorld, task: string, type: RouteType, to: Network) {
    const { sequence } = routingNotes(this);
    const expected = { type: ROUTE_TYPES[type], sequence, errno: 0, done: true };
    assert.deepEqual(await nextRoute(this, task), { ...expected, route: routeOf(to, null) });
  },
);

Then(
  '{task} hears that {routeType} failed with {errno}',
  async function (this: SuiteWorld, task: string, type: RouteType, errno: Errno) {
    const { sequence } = routingNotes(this);
    const { route: _, ...heard } = await nextRoute(this, task);
    const expected = { type: ROUTE_TYPES[type], sequence, errno: BSD_NUMBERS[errno], done: false };
    assert.deepEqual(heard, expected);
  },
);

Then('{task} hears nothing of routes', async function (this: SuiteWorld, task: string) {
  const got = await this.port('route-socket').receive({ socket: socketOf(this, task) });
  assert.deepEqual(got, { errno: 'EAGAIN' });
});
