/**
 * The route socket of 4.4BSD.
 *
 * Who sends a message has it done at once, and is told by the call whether that went well. The message,
 * with what became of it, then goes to all route sockets that hear of its address family; so programs
 * that watch the routes see each change, whoever makes it.
 *
 * Source: 4.4BSD-Lite2, net/rtsock.c, route_output(); net/raw_usrreq.c, raw_input(). Left out: metrics,
 * masks for cloning, RTM_CHANGE and RTM_LOCK, other address families.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { be32, putBe32 } from './bytes.ts';
import { le16, le32, putLe16, putLe32 } from './little-endian.ts';
import type { Net } from './net.ts';
import { insertRoute, removeRoute, routeOfKey, routesTo, type RouteKey } from './route-change.ts';
import { fibLookup, netmask, type Route } from './route.ts';

export interface RouteSock {
  readonly net: Net;
  readonly family: 'AF_INET' | null;
  readonly queue: Uint8Array[];
}

type Done = Outcome<Route | null, Errno>;

/** @kernel sizeof(struct rt_msghdr) */
const HEADER = 76;
const RTM_VERSION = 3;
const [RTM_ADD, RTM_DELETE, RTM_GET] = [1, 2, 4];
const [RTA_DST, RTA_GATEWAY, RTA_NETMASK] = [1, 2, 4];
const [RTF_UP, RTF_GATEWAY, RTF_HOST, RTF_DONE] = [0x1, 0x2, 0x4, 0x40];
const AF_INET = 2;
const SOCKADDR_IN = 16;

/** @kernel raw_recvspace */
const RECVSPACE = 8192;

/** The numbers of 4.4BSD. */
const NUMBERS: Partial<Record<Errno, number>> = {
  ESRCH: 3,
  EEXIST: 17,
  EINVAL: 22,
  EPROTONOSUPPORT: 43,
  EOPNOTSUPP: 45,
  EAFNOSUPPORT: 47,
  ENETUNREACH: 51,
};

const roundUp = (length: number): number => (length > 0 ? (length + 3) & ~3 : 4);

/** The addresses of a message by their bit. @kernel rt_xaddrs */
function addressesIn(message: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  const mask = le32(message, 12);
  let at = HEADER;
  for (let bit = 1; bit <= 0x80 && at < message.length; bit <<= 1) {
    if ((mask & bit) === 0) continue;
    const length = message[at] ?? 0;
    found.set(bit, message.subarray(at, at + length));
    at += roundUp(length);
  }
  return found;
}

/** An address or a mask; octets that are cut off at its end are 0. */
function inetOf(sockaddr: Uint8Array | undefined): number {
  const whole = new Uint8Array(SOCKADDR_IN);
  if (sockaddr !== undefined) whole.set(sockaddr.subarray(0, SOCKADDR_IN));
  return be32(whole, 4);
}

const prefixOf = (mask: number): number => Math.clz32(~mask);

/** What a message says of a route; without a mask it is one to a host. */
function keyOf(message: Uint8Array, addresses: ReadonlyMap<number, Uint8Array>): RouteKey {
  const host = (le32(message, 8) & RTF_HOST) !== 0;
  const mask = addresses.get(RTA_NETMASK);
  const prefix = host || mask === undefined ? 32 : prefixOf(inetOf(mask));
  const destination = (inetOf(addresses.get(RTA_DST)) & netmask(prefix)) >>> 0;
  const gateway = addresses.get(RTA_GATEWAY);
  return {
    destination,
    prefix,
    gateway: gateway === undefined ? null : inetOf(gateway),
    device: null,
  };
}

/** @kernel route_output, rtrequest */
function perform(net: Net, message: Uint8Array): Done {
  if (message[2] !== RTM_VERSION) return failure('EPROTONOSUPPORT');
  const addresses = addressesIn(message);
  const dst = addresses.get(RTA_DST);
  if (dst === undefined) return failure('EINVAL');
  const key = keyOf(message, addresses);
  switch (message[3]) {
    case RTM_ADD:
      return key.gateway === null ? failure('EINVAL') : addRoute(net, key);
    case RTM_DELETE: {
      const gone = removeRoute(net, { ...key, gateway: null });
      return gone === undefined ? failure('ESRCH') : success(gone);
    }
    case RTM_GET: {
      if (dst[1] !== AF_INET) return failure('EAFNOSUPPORT');
      const asked = addresses.has(RTA_NETMASK) ? routesTo(net, key)[0] : undefined;
      const best = addresses.has(RTA_NETMASK) ? asked : fibLookup(net, inetOf(dst));
      return best === undefined ? failure('ESRCH') : success(best);
    }
    default:
      return failure('EOPNOTSUPP');
  }
}

function addRoute(net: Net, key: RouteKey): Done {
  const made = routeOfKey(net, key);
  if (!('ok' in made)) return failure('ENETUNREACH');
  if (routesTo(net, key).length > 0) return failure('EEXIST');
  insertRoute(net, made.ok, 'behind');
  return success(null);
}

function sockaddrIn(address: number): Uint8Array {
  const bytes = new Uint8Array(SOCKADDR_IN);
  bytes.set([SOCKADDR_IN, AF_INET]);
  putBe32(bytes, 4, address);
  return bytes;
}

/** Where the next hop is on the link: the interface by its name. @kernel struct sockaddr_dl */
function sockaddrDl(name: string): Uint8Array {
  const [AF_LINK, IFT_ETHER, HEAD] = [18, 6, 8];
  const bytes = new Uint8Array(HEAD + name.length);
  bytes.set([bytes.length, AF_LINK, 0, 0, IFT_ETHER, name.length, 0, 0]);
  bytes.set(new TextEncoder().encode(name), HEAD);
  return bytes;
}

/** The message again, with the route as it is in the table. @kernel rt_msg2 */
function reported(message: Uint8Array, route: Route): Uint8Array {
  const { destination, prefix, gateway, device } = route;
  const list = [
    sockaddrIn(destination),
    gateway === null ? sockaddrDl(device.name) : sockaddrIn(gateway),
    ...(prefix === 32 ? [] : [sockaddrIn(netmask(prefix))]),
  ];
  const length = list.reduce((sum, one) => sum + roundUp(one.length), HEADER);
  const reply = new Uint8Array(length);
  reply.set(message.subarray(0, HEADER));
  putLe16(reply, 0, length);
  putLe32(reply, 12, RTA_DST | RTA_GATEWAY | (prefix === 32 ? 0 : RTA_NETMASK));
  const flags = RTF_UP | (gateway === null ? 0 : RTF_GATEWAY) | (prefix === 32 ? RTF_HOST : 0);
  putLe32(reply, 8, flags);
  let at = HEADER;
  for (const one of list) {
    reply.set(one, at);
    at += roundUp(one.length);
  }
  return reply;
}

/** To all that hear of the family, the sender too. @kernel raw_input */
function distribute(socks: readonly RouteSock[], message: Uint8Array, family: number): void {
  for (const { family: wanted, queue } of socks) {
    if (wanted !== null && family !== AF_INET) continue;
    const held = queue.reduce((sum, { length }) => sum + length, 0);
    if (held + message.length <= RECVSPACE) queue.push(message);
  }
}

/** @kernel route_output */
export function routeOutput(
  socks: readonly RouteSock[],
  net: Net,
  octets: Uint8Array,
): Outcome<Record<string, never>, Errno> {
  if (octets.length < HEADER || octets.length !== le16(octets, 0)) {
    distribute(socks, octets.slice(), 0);
    return failure('EINVAL');
  }
  const message = octets.slice();
  const done = perform(net, message);
  const answer = 'ok' in done && done.ok !== null ? reported(message, done.ok) : message;
  const errno = 'errno' in done ? done.errno : null;
  if (errno === null) putLe32(answer, 8, le32(answer, 8) | RTF_DONE);
  else putLe32(answer, 24, NUMBERS[errno] ?? 0);
  const dst = message[2] === RTM_VERSION ? addressesIn(message).get(RTA_DST) : undefined;
  distribute(socks, answer, dst?.[1] ?? 0);
  return errno === null ? success({}) : failure(errno);
}
