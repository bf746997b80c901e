/** Steps on route sockets. */
import assert from 'node:assert/strict';
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber';
import type { Errno } from '../contract/index.ts';
import {
  BSD_NUMBERS,
  ROUTE_TYPES,
  routeMessage,
  routeRequest,
  type RouteOf,
} from '../harness/routing-messages.ts';
import type { Network } from './parameter-types-network.ts';
import { routeOf, routingNotes, socketOf } from './routing-scene.ts';
import { stimulus } from './stimulus.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

type RouteType = keyof typeof ROUTE_TYPES;

defineParameterType({
  name: 'routeType',
  regexp: new RegExp(Object.keys(ROUTE_TYPES).join('|')),
  transformer: (name): RouteType => name as RouteType,
});

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

Given(
  '{task} has sent RTM_ADD of the host {ipv4} by {ipv4}',
  async function (this: SuiteWorld, task: string, destination: string, gateway: string) {
    const route = { destination, prefix: null, gateway };
    prepared(await sendRoute(this, task, { type: ROUTE_TYPES.RTM_ADD, host: true, route }));
  },
);

When(
  '{task} sends {routeType} without a destination',
  async function (this: SuiteWorld, task: string, type: RouteType) {
    const route = { destination: null, prefix: 16, gateway: '10.0.0.2' };
    this.record(await sendRoute(this, task, { type: ROUTE_TYPES[type], route }));
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
    await assertDone(this, task, type, routeOf(to, by));
  },
);

Then(
  '{task} hears that {routeType} of {network} without a gateway was done',
  async function (this: SuiteWorld, task: string, type: RouteType, to: Network) {
    await assertDone(this, task, type, routeOf(to, null));
  },
);

async function assertDone(world: SuiteWorld, task: string, type: RouteType, route: RouteOf) {
  const { flags, link, ...heard } = await nextRoute(world, task);
  const { sequence } = routingNotes(world);
  assert.deepEqual(heard, { type: ROUTE_TYPES[type], sequence, errno: 0, route });
  assert.ok(flags.includes('DONE'), 'it was not done');
  return { flags, link };
}

defineParameterType({
  name: 'routeFlags',
  regexp: /(?:UP|GATEWAY|HOST|DONE)(?:, (?:UP|GATEWAY|HOST|DONE))*/,
  transformer: (text: string): readonly string[] => text.split(', '),
});

Then(
  '{task} hears of a route that is {routeFlags}',
  async function (this: SuiteWorld, task: string, flags: readonly string[]) {
    assert.deepEqual((await nextRoute(this, task)).flags, flags);
  },
);

Then(
  '{task} hears of a route by {interface} itself',
  async function (this: SuiteWorld, task: string, name: string) {
    assert.equal((await nextRoute(this, task)).link, name);
  },
);

Then(
  '{task} hears that {routeType} failed with {errno}',
  async function (this: SuiteWorld, task: string, type: RouteType, errno: Errno) {
    const { sequence } = routingNotes(this);
    const { type: told, sequence: ofIt, errno: number, flags } = await nextRoute(this, task);
    const expected = { told: ROUTE_TYPES[type], ofIt: sequence, number: BSD_NUMBERS[errno] };
    assert.deepEqual({ told, ofIt, number }, expected);
    assert.ok(!flags.includes('DONE'), 'it says that it was done');
  },
);

Then('{task} hears nothing of routes', async function (this: SuiteWorld, task: string) {
  const got = await this.port('route-socket').receive({ socket: socketOf(this, task) });
  assert.deepEqual(got, { errno: 'EAGAIN' });
});
