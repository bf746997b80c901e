/**
 * Messages of netlink on routes.
 *
 * Source: Linux 2.6.11, net/ipv4/fib_frontend.c, inet_rtm_newroute(), inet_rtm_delroute(), inet_dump_fib();
 * net/ipv4/route.c, inet_rtm_getroute(); net/ipv4/fib_hash.c, fn_hash_insert().
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { be32, putBe32 } from './bytes.ts';
import { le16, le32, putLe16, putLe32 } from './little-endian.ts';
import type { Net } from './net.ts';
import {
  deviceOfIndex,
  indexOfDevice,
  insertRoute,
  removeRoute,
  routeOfKey,
  routesTo,
  type RouteKey,
} from './route-change.ts';
import { ipRouteOutput, netmask, type Route } from './route.ts';

/** Where the kernel's messages go while a request is done. */
export interface Answering {
  readonly pid: number;
  readonly reply: (message: Uint8Array) => void;
  readonly notify: (message: Uint8Array) => void;
}

type Done = Outcome<unknown, Errno>;

const HEADERS = 28;
const NLMSG_DONE = 3;
const NLM_F_MULTI = 2;
const REPLACE = 0x100;
const EXCL = 0x200;
const CREATE = 0x400;
const APPEND = 0x800;
const [RTM_NEWROUTE, RTM_DELROUTE] = [24, 25];
const [RTA_DST, RTA_OIF, RTA_GATEWAY, RTA_PREFSRC] = [1, 4, 5, 7];
const RT_TABLE_MAIN = 254;
const RTPROT_KERNEL = 2;
const RTPROT_STATIC = 4;
const RT_SCOPE_LINK = 253;
const RTN_UNICAST = 1;
const RTM_F_CLONED = 0x200;

/** The attributes by type. @errors EINVAL — one is shorter than a number. @kernel rtattr_parse */
function attributes(request: Uint8Array): Outcome<Map<number, Uint8Array>, 'EINVAL'> {
  const found = new Map<number, Uint8Array>();
  for (let at = HEADERS; at + 4 <= request.length;) {
    const length = le16(request, at);
    if (length < 4 || at + length > request.length) break;
    const payload = request.subarray(at + 4, at + length);
    if (payload.length < 4) return failure('EINVAL');
    found.set(le16(request, at + 2), payload);
    at += (length + 3) & ~3;
  }
  return success(found);
}

/** What a request says of a route. */
function keyOf(net: Net, request: Uint8Array): Outcome<RouteKey, 'EINVAL' | 'ENODEV'> {
  if (request.length < HEADERS) return failure('EINVAL');
  const parsed = attributes(request);
  if (!('ok' in parsed)) return parsed;
  const [dst, gw, oif] = [RTA_DST, RTA_GATEWAY, RTA_OIF].map((type) => parsed.ok.get(type));
  const prefix = request[17] ?? 0;
  const destination = dst === undefined ? 0 : be32(dst, 0);
  if (prefix > 32 || (destination & ~netmask(prefix)) !== 0) return failure('EINVAL');
  const device = oif === undefined ? null : deviceOfIndex(net, le32(oif, 0));
  if (device === undefined) return failure('ENODEV');
  return success({ destination, prefix, gateway: gw === undefined ? null : be32(gw, 0), device });
}

/** @kernel inet_rtm_newroute, fn_hash_insert */
export function newRoute(net: Net, request: Uint8Array, answering: Answering): Done {
  const key = keyOf(net, request);
  if (!('ok' in key)) return key;
  const made = routeOfKey(net, key.ok);
  if (!('ok' in made)) return made;
  const route = made.ok;
  const flags = le16(request, 6);
  const there = routesTo(net, key.ok);
  const [first] = there;
  if (first !== undefined) {
    if ((flags & EXCL) !== 0) return failure('EEXIST');
    const equal = there.some(
      (other) => other.gateway === route.gateway && other.device === route.device,
    );
    if ((flags & REPLACE) !== 0) {
      net.routing.routes[net.routing.routes.indexOf(first)] = route;
      net.routing.generation++;
      return success({});
    }
    if (equal) return failure('EEXIST');
  }
  if (first === undefined && (flags & CREATE) === 0) return failure('ENOENT');
  insertRoute(net, route, (flags & APPEND) !== 0 ? 'behind' : 'before');
  answering.notify(routeMessage(net, route, { request, answering, type: RTM_NEWROUTE }));
  return success({});
}

/** @kernel inet_rtm_delroute, fn_hash_delete */
export function delRoute(net: Net, request: Uint8Array, answering: Answering): Done {
  const key = keyOf(net, request);
  if (!('ok' in key)) return key;
  const gone = removeRoute(net, key.ok);
  if (gone === undefined) return failure('ESRCH');
  answering.notify(routeMessage(net, gone, { request, answering, type: RTM_DELROUTE }));
  return success({});
}

/** What way a packet to there would go. @kernel inet_rtm_getroute */
export function getRoute(net: Net, request: Uint8Array, answering: Answering): Done {
  if (request.length < HEADERS) return failure('EINVAL');
  const parsed = attributes(request);
  if (!('ok' in parsed)) return parsed;
  const dst = parsed.ok.get(RTA_DST);
  const found = ipRouteOutput(net, { daddr: dst === undefined ? 0 : be32(dst, 0), saddr: 0 });
  if (!('ok' in found)) return found;
  const { destination, device, source, nextHop, usesGateway } = found.ok;
  const message = newMessage(
    { request, answering, type: RTM_NEWROUTE },
    { prefix: 32, protocol: 0, scope: 0, flags: RTM_F_CLONED },
    [
      [RTA_DST, address(destination)],
      [RTA_OIF, number(indexOfDevice(net, device))],
      [RTA_PREFSRC, address(source)],
      ...(usesGateway ? [[RTA_GATEWAY, address(nextHop)] as const] : []),
    ],
  );
  answering.reply(message);
  return success({});
}

/** All routes, and then that these were all. @kernel inet_dump_fib, netlink_dump */
export function dumpRoutes(net: Net, request: Uint8Array, answering: Answering): void {
  const how = { request, answering, type: RTM_NEWROUTE, flags: NLM_F_MULTI };
  for (const route of net.routing.routes) answering.reply(routeMessage(net, route, how));
  const done = new Uint8Array(20);
  putHeader(done, { ...how, type: NLMSG_DONE });
  answering.reply(done);
}

interface Heading {
  readonly request: Uint8Array;
  readonly answering: Answering;
  readonly type: number;
  readonly flags?: number;
}

type Attribute = readonly [type: number, payload: Uint8Array];

function address(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  putBe32(bytes, 0, value);
  return bytes;
}

function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  putLe32(bytes, 0, value);
  return bytes;
}

/** @kernel fib_dump_info */
function routeMessage(net: Net, route: Route, heading: Heading): Uint8Array {
  const { destination, prefix, gateway, device } = route;
  const direct = gateway === null;
  return newMessage(
    heading,
    {
      prefix,
      protocol: direct ? RTPROT_KERNEL : RTPROT_STATIC,
      scope: direct ? RT_SCOPE_LINK : 0,
      flags: 0,
    },
    [
      ...(prefix > 0 ? [[RTA_DST, address(destination)] as const] : []),
      ...(direct ? [] : [[RTA_GATEWAY, address(gateway)] as const]),
      [RTA_OIF, number(indexOfDevice(net, device))],
    ],
  );
}

/** It tells whose request it comes of. */
function putHeader(message: Uint8Array, { request, answering, type, flags = 0 }: Heading): void {
  putLe32(message, 0, message.length);
  putLe16(message, 4, type);
  putLe16(message, 6, flags);
  putLe32(message, 8, le32(request, 8));
  putLe32(message, 12, answering.pid);
}

function newMessage(
  heading: Heading,
  about: { prefix: number; protocol: number; scope: number; flags: number },
  list: readonly Attribute[],
): Uint8Array {
  const message = new Uint8Array(HEADERS + 8 * list.length);
  putHeader(message, heading);
  const AF_INET = 2;
  const { prefix, protocol, scope, flags } = about;
  message.set([AF_INET, prefix, 0, 0, RT_TABLE_MAIN, protocol, scope, RTN_UNICAST], 16);
  putLe32(message, 24, flags);
  for (const [at, [type, payload]] of list.entries()) {
    putLe16(message, HEADERS + 8 * at, 8);
    putLe16(message, HEADERS + 8 * at + 2, type);
    message.set(payload, HEADERS + 8 * at + 4);
  }
  return message;
}
