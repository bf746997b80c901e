/**
 * Ports of UDP sockets: which are free, and who of those that share one is meant.
 *
 * Source: Linux 2.6.11, net/ipv4/udp.c, udp_v4_get_port(), udp_v4_lookup_longway().
 */
import type { Profile } from '../../contract/index.ts';
import type { Net } from './net.ts';
import type { Sock } from './sock.ts';

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** @kernel ip_local_port_range; in 4.4BSD IPPORT_RESERVED to IPPORT_USERRESERVED */
export function localPortRange(profile: Profile): PortRange {
  if (profile === 'bsd-4.4') return { first: 1024, last: 5000 };
  return { first: 32_768, last: profile === 'linux-6' ? 60_999 : 61_000 };
}

/** Two sockets on one port exclude each other when some packet would be for both. */
function conflict(sk: Sock, other: Sock): boolean {
  if (sk === other) return false;
  if (sk.boundDevice !== null && other.boundDevice !== null && sk.boundDevice !== other.boundDevice)
    return false;
  const [a, b] = [sk.receiveAddress, other.receiveAddress];
  if (a !== 0 && b !== 0 && a !== b) return false;
  // 4.4BSD lets a wildcard and an address live together when the newcomer asks, but not two alike.
  if (sk.net.profile === 'bsd-4.4') return a === b || !sk.reuseAddress;
  return !(sk.reuseAddress && other.reuseAddress);
}

/** Whether the socket may have the port. */
export function portIsFree({ udpSockets }: Net, sk: Sock, port: number): boolean {
  return !udpSockets.some((other) => other.port === port && conflict(sk, other));
}

/**
 * A port that nobody has.
 *
 * 4.4BSD counts upwards; the others begin somewhere that nobody can tell.
 *
 * @returns undefined when all are taken.
 */
export function freePort(net: Net): number | undefined {
  const { first, last } = localPortRange(net.profile);
  const count = last - first + 1;
  const taken = new Set(net.udpSockets.map(({ port }) => port));
  const begin = net.profile === 'bsd-4.4' ? net.portRover : net.random() % count;
  for (let tried = 0; tried < count; tried++) {
    const place = (begin + tried) % count;
    if (taken.has(first + place)) continue;
    net.portRover = place + 1;
    return first + place;
  }
  return undefined;
}

/** Gives the socket its port, with it first among those of that port. */
export function hashPort({ udpSockets }: Net, sk: Sock, port: number): void {
  sk.port = port;
  if (!udpSockets.includes(sk)) udpSockets.unshift(sk);
}

export function unhashPort({ udpSockets }: Net, sk: Sock): void {
  const place = udpSockets.indexOf(sk);
  if (place >= 0) udpSockets.splice(place, 1);
  sk.port = 0;
}

/** Where a datagram comes from and goes to. */
export interface Flow {
  readonly saddr: number;
  readonly sport: number;
  readonly daddr: number;
  readonly dport: number;
  /** Name of the device that it came in by. */
  readonly device: string | null;
}

/** How well a socket fits: each of its own fixings that agrees counts 2; -1 when one does not. */
function score(sk: Sock, { saddr, sport, daddr, dport, device }: Flow): number {
  if (sk.port !== dport) return -1;
  const fixed = [
    [sk.receiveAddress, daddr],
    [sk.daddr, saddr],
    [sk.dport, sport],
    [sk.boundDevice ?? 0, device],
  ] as const;
  let points = 1;
  for (const [own, packet] of fixed) {
    if (own === 0) continue;
    if (own !== packet) return -1;
    points += 2;
  }
  return points;
}

/** The socket that a datagram is for; of equals the newest. @kernel udp_v4_lookup */
export function lookupSock({ udpSockets }: Net, flow: Flow): Sock | undefined {
  let best: Sock | undefined;
  let most = -1;
  for (const sk of udpSockets) {
    const points = score(sk, flow);
    if (points > most) [best, most] = [sk, points];
  }
  return best;
}

/** All that a datagram to many is for. @kernel udp_v4_mcast_next */
export function allMatching({ udpSockets }: Net, flow: Flow): Sock[] {
  return udpSockets.filter((sk) => score(sk, flow) >= 0);
}
