/**
 * The route of the last packet that was for this host: packets come in rows, and the next is mostly of the same.
 *
 * Source: Linux 2.6.11, net/ipv4/route.c, ip_route_input(), rt_hash_table. Left out: all entries but one.
 */
import type { NetDevice } from './net-device.ts';
import type { Net } from './net.ts';
import type { Dst } from './route.ts';

/** @returns it, where it is that of this packet, too, and routing has not changed since. */
export function lastRoute(net: Net, daddr: number, saddr: number, device: NetDevice): Dst | null {
  const { lastIn, generation } = net.routing;
  const same =
    lastIn !== null &&
    lastIn.generation === generation &&
    lastIn.destination === daddr &&
    lastIn.nextHop === saddr &&
    lastIn.device === device;
  return same ? lastIn : null;
}
