/**
 * Where packets go: a plain table of routes, and what each destination is like.
 *
 * A lookup makes a `dst`: the device, the next hop, and the functions that take a packet in or out. A
 * socket keeps the dst of its peer and asks again when any route has changed since.
 *
 * Source: Linux 2.6.11, net/ipv4/route.c, ip_route_output_slow(), ip_route_input_slow(). Left out: the
 * cache, but for its last entry; types of service and policy.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { ipError, ipForward } from './ip-forward.ts';
import { ipLocalDeliver } from './ip-input.ts';
import { ipMcOutput } from './ip-mc-output.ts';
import { ipOutput } from './ip-output.ts';
import { lastRoute } from './last-route.ts';
import { ipCheckMc } from './multicast.ts';
import type { NetDevice } from './net-device.ts';
import type { Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import type { PathMtu } from './path-mtu.ts';
import { Peers, type PeerStorage } from './peers.ts';
import type { SkBuff } from './sk-buff.ts';
import { xfrmLookup } from './xfrm.ts';

/** @kernel struct fib_info with its prefix */
export interface Route {
  readonly destination: number;
  readonly prefix: number;
  /** Null for a network that the device is on. */
  readonly gateway: number | null;
  readonly device: NetDevice;
}

export type DstType = 'unicast' | 'local' | 'broadcast' | 'multicast' | 'unreachable';

/** @kernel struct rtable with its dst_entry */
export interface Dst {
  readonly type: DstType;
  readonly device: NetDevice;
  readonly destination: number;
  /** Our address towards it. @kernel rt_src */
  readonly source: number;
  /** Whom to ask for a link address. @kernel rt_gateway */
  readonly nextHop: number;
  readonly usesGateway: boolean;
  /** The sender could have taken the next hop itself. @kernel RTCF_DOREDIRECT */
  readonly redirect: boolean;
  /** What is sent there is for this host, too. @kernel RTCF_LOCAL beside RTCF_BROADCAST, RTCF_MULTICAST */
  readonly loopsBack: boolean;
  readonly generation: number;
  /** Octets that outputs of the stack put in front and behind. @kernel header_len, trailer_len */
  readonly headerLength: number;
  readonly trailerLength: number;
  /** The route below, where this is one of a stack. */
  readonly child: Dst | null;
  readonly input: (net: Net, skb: SkBuff) => Sent;
  readonly output: (net: Net, skb: SkBuff) => Sent;
}

export interface Routing {
  readonly routes: Route[];
  /** Next hops that a router has told of, by destination. */
  readonly redirects: Peers<number>;
  readonly pathMtus: Peers<PathMtu>;
  /** Next identification by destination. @kernel inet_peer */
  readonly peerIds: Peers<number>;
  /** Grows with every change. */
  generation: number;
  /** Of the last packet that was for this host; see last-route.ts. */
  lastIn: Dst | null;
}

export function newRouting(storage: PeerStorage): Routing {
  return {
    routes: [],
    redirects: new Peers(storage),
    pathMtus: new Peers(storage),
    peerIds: new Peers(storage),
    generation: 0,
    lastIn: null,
  };
}

export function netmask(prefix: number): number {
  return prefix === 0 ? 0 : (0xffff_ffff << (32 - prefix)) >>> 0;
}

const masked = (address: number, prefix: number): number => (address & netmask(prefix)) >>> 0;

/** The most specific first; of equals the one that was there first. */
export function addRoute({ routing }: Net, route: Route): Outcome<Record<string, never>, 'EEXIST'> {
  const { routes } = routing;
  const same = routes.some(
    (other) => other.prefix === route.prefix && other.destination === route.destination,
  );
  if (same) return failure('EEXIST');
  const place = routes.findIndex(({ prefix }) => prefix < route.prefix);
  routes.splice(place < 0 ? routes.length : place, 0, route);
  routing.generation++;
  return success({});
}

/** Gives an interface an address, and with it the route to its network. @kernel inet_insert_ifa */
export function addAddress(net: Net, device: NetDevice, local: number, prefix: number): void {
  device.addresses.push({ local, prefix });
  addRoute(net, { destination: masked(local, prefix), prefix, gateway: null, device });
  net.routing.generation++;
}

/** 127.0.0.1 */
const LOOPBACK = 0x7f00_0001;

export function isMulticast(address: number): boolean {
  return address >>> 28 === 14;
}

export function isLoopback(address: number): boolean {
  return address >>> 24 === 127;
}

/** An address of this host. @kernel inet_addr_type: RTN_LOCAL */
export function isLocal(net: Net, address: number): boolean {
  return isLoopback(address) || deviceOf(net, address) !== undefined;
}

/** All hosts, or all of a network that we are on. @kernel RTN_BROADCAST */
export function isBroadcast(net: Net, address: number): boolean {
  if (address === 0xffff_ffff || address === 0) return true;
  return broadcastDevice(net, address) !== undefined;
}

/** The last address of a network; before Linux 5.14 the first, too, as systems before 4.3BSD had it. */
function broadcastDevice(net: Net, address: number): NetDevice | undefined {
  for (const device of net.devices.values()) {
    for (const { local, prefix } of device.addresses) {
      if (prefix >= 31) continue;
      const hosts = ~netmask(prefix) >>> 0;
      const network = masked(local, prefix);
      if (address === network + hosts) return device;
      if (address === network && net.profile !== 'linux-6') return device;
    }
  }
  return undefined;
}

const leadsTo = ({ destination, prefix }: Route, address: number): boolean =>
  masked(address, prefix) === destination;

export function fibLookup({ routing }: Net, address: number): Route | undefined {
  return routing.routes.find((route) => leadsTo(route, address));
}

/** Who insists on an interface has a way: where there is no route, the destination is taken to be on its link. */
function routeBy({ routing }: Net, device: NetDevice, address: number): Route {
  const known = routing.routes.find((route) => route.device === device && leadsTo(route, address));
  return known ?? { destination: address, prefix: 32, gateway: null, device };
}

/**
 * The host that packets go to first: none where the gateway is an address of our own.
 *
 * @kernel FIB_RES_GW, where nh_scope is RT_SCOPE_LINK
 */
function gatewayOf(net: Net, { gateway }: Route): number | null {
  return gateway === null || isLocal(net, gateway) ? null : gateway;
}

/** Our address on a device, best one of the network of the next hop. @kernel inet_select_addr */
export function selectAddress({ addresses }: NetDevice, towards: number): number {
  const near = addresses.find(
    ({ local, prefix }) => masked(local, prefix) === masked(towards, prefix),
  );
  return (near ?? addresses[0])?.local ?? 0;
}

/** What a lookup has found; where it says nothing else, the destination is the next hop itself. */
type OfDst = Pick<Dst, 'type' | 'device' | 'destination' | 'source' | 'nextHop'> &
  Partial<Pick<Dst, 'usesGateway' | 'redirect'>>;

/** Made for every packet that comes in, so it is one literal without others spread into it. */
function newDst(net: Net, of: OfDst): Dst {
  const { type, device, destination, source, nextHop, usesGateway = false, redirect = false } = of;
  const here = type === 'local' || type === 'broadcast' || type === 'multicast';
  const input = here ? ipLocalDeliver : type === 'unreachable' ? ipError : ipForward;
  const joined = type === 'multicast' && ipCheckMc(device, destination);
  const loopsBack = type === 'broadcast' || joined;
  return {
    type,
    device,
    destination,
    source,
    nextHop,
    usesGateway,
    redirect,
    loopsBack,
    generation: net.routing.generation,
    headerLength: 0,
    trailerLength: 0,
    child: null,
    input,
    output: loopsBack ? ipMcOutput : ipOutput,
  };
}

export interface FlowKey {
  readonly daddr: number;
  /** 0 for any. */
  readonly saddr: number;
  readonly device?: NetDevice | undefined;
}

/** The route of a packet of our own, with what it has to pass on the way out. @kernel ip_route_output_flow */
export function ipRouteOutput(net: Net, key: FlowKey): ReturnType<typeof ipRouteOutputKey> {
  const route = ipRouteOutputKey(net, key);
  return 'ok' in route ? success(xfrmLookup(net, route.ok)) : route;
}

/** @kernel ip_route_output_key */
function ipRouteOutputKey(
  net: Net,
  { daddr, saddr, device }: FlowKey,
): Outcome<Dst, 'EINVAL' | 'ENETUNREACH'> {
  if (saddr !== 0 && !isLocal(net, saddr)) return failure('EINVAL');
  const to = daddr === 0 ? (saddr === 0 ? LOOPBACK : saddr) : daddr;
  if (isLocal(net, to)) {
    const source = saddr === 0 ? ownAddressTowards(net, to) : saddr;
    const device = net.loopback;
    return success(newDst(net, { type: 'local', device, destination: to, source, nextHop: to }));
  }
  if (to === 0xffff_ffff || isMulticast(to)) {
    const out = device ?? deviceOf(net, saddr) ?? fibLookup(net, to)?.device;
    if (out === undefined) return failure('ENETUNREACH');
    const type = isMulticast(to) ? 'multicast' : 'broadcast';
    const source = saddr === 0 ? selectAddress(out, to) : saddr;
    return success(newDst(net, { type, device: out, destination: to, source, nextHop: to }));
  }
  const route = device === undefined ? fibLookup(net, to) : routeBy(net, device, to);
  if (route === undefined) return failure('ENETUNREACH');
  const gateway = net.routing.redirects.get(to) ?? gatewayOf(net, route);
  const source = saddr === 0 ? selectAddress(route.device, gateway ?? to) : saddr;
  const type = isBroadcast(net, to) ? 'broadcast' : 'unicast';
  return success(
    newDst(net, {
      type,
      device: route.device,
      destination: to,
      source,
      nextHop: gateway ?? to,
      usesGateway: gateway !== null,
    }),
  );
}

/**
 * The address that we have towards one of our own: that one. In later systems it is the first of its network.
 *
 * @kernel ip_route_output_key_hash_rcu: fib_prefsrc of a local route
 */
function ownAddressTowards(net: Net, to: number): number {
  if (net.profile !== 'linux-6') return to;
  if (isLoopback(to)) return LOOPBACK;
  const device = deviceOf(net, to);
  const prefix = device?.addresses.find(({ local }) => local === to)?.prefix ?? 32;
  const first = device?.addresses.find(
    (other) => other.prefix === prefix && masked(other.local, prefix) === masked(to, prefix),
  );
  return first?.local ?? to;
}

function deviceOf(net: Net, address: number): NetDevice | undefined {
  for (const device of net.devices.values()) {
    for (const { local } of device.addresses) if (local === address) return device;
  }
  return undefined;
}

/**
 * Where a packet that came in goes.
 *
 * @returns EINVAL for an address that no sender can have, EHOSTUNREACH where nothing is forwarded.
 * @kernel ip_route_input
 */
export function ipRouteInput(
  net: Net,
  { daddr, saddr }: { readonly daddr: number; readonly saddr: number },
  device: NetDevice,
): Outcome<Dst, 'EINVAL' | 'EHOSTUNREACH'> {
  const kept = lastRoute(net, daddr, saddr, device);
  if (kept !== null) return success(kept);
  if (isMartian(net, saddr, daddr)) return failure('EINVAL');
  const source = selectAddress(device, saddr);
  const back = (type: DstType, from = source) =>
    success(newDst(net, { type, device, destination: daddr, source: from, nextHop: saddr }));
  if (isBroadcast(net, daddr)) return back('broadcast');
  if (isMulticast(daddr)) {
    return ipCheckMc(device, daddr) ? back('multicast') : failure('EINVAL');
  }
  if (isLocal(net, daddr)) {
    const own = back('local', daddr);
    net.routing.lastIn = own.ok;
    return own;
  }
  if (!net.forwarding) return failure('EHOSTUNREACH');
  const route = fibLookup(net, daddr);
  if (route === undefined) return back('unreachable');
  const gateway = gatewayOf(net, route);
  const nextHop = gateway ?? daddr;
  const onLink =
    fibLookup(net, saddr)?.device === device && fibLookup(net, saddr)?.gateway === null;
  return success(
    newDst(net, {
      type: 'unicast',
      device: route.device,
      destination: daddr,
      source: selectAddress(route.device, nextHop),
      nextHop,
      usesGateway: gateway !== null,
      redirect: route.device === device && onLink,
    }),
  );
}

/** A source that is nobody's, or our own; a destination that never is on a wire. */
function isMartian(net: Net, saddr: number, daddr: number): boolean {
  if (isMulticast(saddr) || saddr === 0xffff_ffff || isLoopback(saddr)) return true;
  if (isLoopback(daddr)) return true;
  if (saddr >>> 24 === 0) return daddr !== 0xffff_ffff;
  if (daddr !== 0xffff_ffff && daddr >>> 24 === 0) return true;
  // Where the way back is not looked at, later systems ask only whether the source is our own.
  return isLocal(net, saddr) || (net.profile !== 'linux-6' && isBroadcast(net, saddr));
}
