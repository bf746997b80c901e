/** What a listening socket holds of requests, and what finding them costs. */
import assert from 'node:assert/strict';
import type { tcpQueues, ValueOf } from '../contract/index.ts';
import { session } from '../harness/session.ts';
import { attack } from './flood.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { nowListens, openStream } from './tcp-sockets.ts';
import { talkTo } from './tcp-scene.ts';
import { notHad, setTunables, takes, type OrSkipped } from './tcp-tunable.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

export type Queues = ValueOf<(typeof tcpQueues)['methods']['read']>;

export async function queuesOf(world: SuiteWorld, socket: string): Promise<Queues> {
  return succeeded(await world.port('tcp-queues').read({ socket }));
}

const MS = 1_000_000;

/** A request is given up when that has gone by since its SYN. */
export function giveUpAfter(world: SuiteWorld, ns: number): Promise<OrSkipped> {
  assert.equal(ns % MS, 0, 'timeouts are whole milliseconds');
  return setTunables(world, { synackRetries: 0, synackTimeout: ns / MS });
}

/** More requests than any scenario makes. */
const ANY_NUMBER = 100_000;

/** Takes every bound away that the system can do without. */
export async function liftBounds(world: SuiteWorld): Promise<OrSkipped> {
  const lifted = [
    await takes(world, 'maxSynBacklog', ANY_NUMBER),
    await takes(world, 'somaxconn', ANY_NUMBER),
  ];
  await takes(world, 'synCookies', 0);
  return lifted.includes(true) ? undefined : notHad(world, 'queue without a bound');
}

/** A program listens, so far as bounds go for any number of requests. */
export async function listenUnbounded(
  world: SuiteWorld,
  task: string,
  to: Endpoint,
): Promise<string> {
  const socket = await openStream(world, task);
  prepared(await world.port('tcp').bind({ socket, to }));
  prepared(await world.port('tcp').listen({ socket, backlog: ANY_NUMBER }));
  nowListens(world, task);
  talkTo(world, to);
  return socket;
}

/** How much longer than that a timer may take. */
export function latest(ns: number): number {
  const { lateness = 0, tickMs = 0 } = session().hello?.clock ?? {};
  return ns * (1 + lateness) + tickMs * MS;
}

/** Segments that belong to no request, so that each search is in vain. */
const SEARCHES = 200;

export interface Cost {
  readonly lookups: number;
  readonly probes: number;
  readonly perLookup: number;
}

/** What searches cost at the moment. */
export async function costOfSearch(
  world: SuiteWorld,
  socket: string,
  to: Endpoint,
  searches = SEARCHES,
): Promise<Cost> {
  const before = await queuesOf(world, socket);
  await attack(world, to, searches, 'ACK');
  const after = await queuesOf(world, socket);
  const lookups = after.lookups - before.lookups;
  const probes = after.probes - before.probes;
  assert.ok(lookups > 0, 'segments come for the socket, and no request is searched for');
  return { lookups, probes, perLookup: Math.round((100 * probes) / lookups) / 100 };
}
