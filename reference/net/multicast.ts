/**
 * Groups that this host's interfaces have joined.
 *
 * An interface is in a group as long as some socket wants it to be.
 *
 * Source: RFC 1112; Linux 2.6.11, net/ipv4/igmp.c, ip_mc_inc_group(), ip_check_mc(). Left out: IGMP's
 * reports to routers, filters by source.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import type { NetDevice } from './net-device.ts';
import type { Net } from './net.ts';
import { fibLookup, isMulticast } from './route.ts';
import type { Sock } from './sock.ts';

/** Every host on the link. */
export const ALL_SYSTEMS = 0xe000_0001;

/** Whether packets to a group are for this host where they come in. @kernel ip_check_mc */
export function ipCheckMc(device: NetDevice, group: number): boolean {
  return group === ALL_SYSTEMS || (device.groups.get(group) ?? 0) > 0;
}

/** By the route to the group, else the first interface that is no loopback. @kernel ip_mc_find_dev */
function deviceFor(net: Net, group: number): NetDevice | undefined {
  const routed = fibLookup(net, group)?.device;
  return routed ?? [...net.devices.values()].find(({ kind }) => kind === 'ethernet');
}

/** @kernel ip_mc_join_group */
export function ipMcJoinGroup(
  sk: Sock,
  group: number,
): Outcome<unknown, 'EINVAL' | 'ENODEV' | 'EADDRINUSE'> {
  if (!isMulticast(group)) return failure('EINVAL');
  const device = deviceFor(sk.net, group);
  if (device === undefined) return failure('ENODEV');
  if (sk.groups.has(group)) return failure('EADDRINUSE');
  sk.groups.set(group, device);
  device.groups.set(group, (device.groups.get(group) ?? 0) + 1);
  return success({});
}

/** @kernel ip_mc_leave_group */
export function ipMcLeaveGroup(sk: Sock, group: number): Outcome<unknown, 'EADDRNOTAVAIL'> {
  const device = sk.groups.get(group);
  if (device === undefined) return failure('EADDRNOTAVAIL');
  sk.groups.delete(group);
  device.groups.set(group, (device.groups.get(group) ?? 1) - 1);
  return success({});
}

/** The socket goes, and leaves all. @kernel ip_mc_drop_socket */
export function ipMcDropSocket(sk: Sock): void {
  for (const group of [...sk.groups.keys()]) ipMcLeaveGroup(sk, group);
}
