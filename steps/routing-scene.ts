/** Sockets by which programs ask for routes: each program has one. */
import assert from 'node:assert/strict';
import type { NetlinkMessage, RouteOf } from '../harness/routing-messages.ts';
import type { Network } from './parameter-types-network.ts';
import { notes, type SuiteWorld } from './world.ts';

interface RoutingNotes {
  /** Handles by program. */
  readonly sockets: Map<string, string>;
  /** Messages of netlink that were taken from a socket and not yet looked at. */
  readonly waiting: Map<string, NetlinkMessage[]>;
  sequence: number;
}

export const routingNotes = notes<RoutingNotes>(() => ({
  sockets: new Map(),
  waiting: new Map(),
  sequence: 100,
}));

export const socketOf = (world: SuiteWorld, task: string): string =>
  routingNotes(world).sockets.get(task) ?? assert.fail(`${task} has no socket for routes`);

export const routeOf = ({ address, prefix }: Network, gateway: string | null): RouteOf => ({
  destination: address,
  prefix,
  gateway,
});
