/**
 * Changes of the plain table of routes that programs ask for.
 *
 * Source: Linux 2.6.11, net/ipv4/fib_hash.c, fn_hash_insert(), fn_hash_delete(); net/ipv4/fib_semantics.c,
 * fib_check_nh(). Left out: tables, types of service, metrics, kinds of routes.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import type { NetDevice } from './net-device.ts';
import type { Net } from './net.ts';
import { fibLookup, isBroadcast, isMulticast, type Route } from './route.ts';

export interface RouteKey {
  readonly destination: number;
  readonly prefix: number;
  /** Null where it is not said. */
  readonly gateway: number | null;
  readonly device: NetDevice | null;
}

type NextHopError = 'EINVAL' | 'ENETUNREACH' | 'ENODEV';

/** A gateway must be on a network of ours, or an address of ours. @kernel fib_check_nh; in 4.4BSD ifa_ifwithroute */
export function routeOfKey(net: Net, key: RouteKey): Outcome<Route, NextHopError> {
  const { destination, prefix, gateway, device } = key;
  if (gateway === null) {
    if (device === null) return failure('ENODEV');
    return success({ destination, prefix, gateway, device });
  }
  if (isMulticast(gateway) || isBroadcast(net, gateway)) return failure('EINVAL');
  const by = fibLookup(net, gateway);
  if (by?.gateway !== null || (device !== null && by.device !== device)) {
    return failure('ENETUNREACH');
  }
  return success({ destination, prefix, gateway, device: by.device });
}

const samePrefix = (one: RouteKey | Route, other: RouteKey | Route): boolean =>
  one.destination === other.destination && one.prefix === other.prefix;

export function routesTo({ routing }: Net, key: RouteKey): Route[] {
  return routing.routes.filter((route) => samePrefix(route, key));
}

/** Puts a route before those to the same network, or behind them. */
export function insertRoute({ routing }: Net, route: Route, where: 'before' | 'behind'): void {
  const { routes } = routing;
  const place = routes.findIndex(({ prefix }) => prefix < route.prefix);
  const end = place < 0 ? routes.length : place;
  const first = routes.findIndex((other) => samePrefix(other, route));
  routes.splice(where === 'before' && first >= 0 ? first : end, 0, route);
  routing.generation++;
}

/** The first that a key is for: what it does not say may be anything. */
export function removeRoute({ routing }: Net, key: RouteKey): Route | undefined {
  const { routes } = routing;
  const place = routes.findIndex(
    (route) =>
      samePrefix(route, key) &&
      (key.gateway === null || key.gateway === route.gateway) &&
      (key.device === null || key.device === route.device),
  );
  if (place < 0) return undefined;
  routing.generation++;
  return routes.splice(place, 1)[0];
}

/** Interfaces by number, from 1 on. @kernel ifindex */
export function deviceOfIndex({ devices }: Net, index: number): NetDevice | undefined {
  return [...devices.values()][index - 1];
}

export function indexOfDevice({ devices }: Net, device: NetDevice): number {
  return [...devices.values()].indexOf(device) + 1;
}
