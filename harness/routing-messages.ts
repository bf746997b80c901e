/**
 * Messages of netlink and of the route socket as plain data: what the suite asks with, and judges by.
 *
 * Source: RFC 3549; Linux 2.6.11, include/linux/netlink.h, rtnetlink.h; 4.4BSD, net/route.h.
 */
import assert from 'node:assert/strict';
import { bytesOf, octetsOf } from '../contract/index.ts';

export interface RouteOf {
  readonly destination: string;
  readonly prefix: number;
  readonly gateway: string | null;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const in4 = (address: string): number[] => address.split('.').map(Number);
const dotted = (bytes: Uint8Array, at: number): string => [...bytes.subarray(at, at + 4)].join('.');

// Netlink

export const NETLINK_TYPES = { RTM_NEWROUTE: 24, RTM_DELROUTE: 25, RTM_GETROUTE: 26 } as const;

export const NETLINK_FLAGS = {
  REQUEST: 0x1,
  ACK: 0x4,
  ECHO: 0x8,
  DUMP: 0x300,
  REPLACE: 0x100,
  EXCL: 0x200,
  CREATE: 0x400,
  APPEND: 0x800,
} as const;

export interface NetlinkRequest {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  readonly family?: number;
  readonly route: RouteOf;
  /** Number of the interface that the route leaves by, where that is said. */
  readonly by?: number;
}

const attribute = (type: number, payload: number[]): number[] => [
  payload.length + 4,
  0,
  type,
  0,
  ...payload,
];

/** An nlmsghdr, an rtmsg, and the destination and gateway where they are said. */
export function netlinkRequest({
  type,
  flags,
  sequence,
  family = 2,
  route,
  by,
}: NetlinkRequest): string {
  const { destination, prefix, gateway } = route;
  const body = [
    ...[family, prefix, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0],
    ...(destination === '0.0.0.0' ? [] : attribute(1, in4(destination))),
    ...(by === undefined ? [] : attribute(4, [by & 0xff, by >> 8, 0, 0])),
    ...(gateway === null ? [] : attribute(5, in4(gateway))),
  ];
  const message = new Uint8Array(16 + body.length);
  const header = view(message);
  header.setUint32(0, message.length, true);
  header.setUint16(4, type, true);
  header.setUint16(6, flags, true);
  header.setUint32(8, sequence, true);
  message.set(body, 16);
  return octetsOf(message);
}

export type NetlinkMessage =
  | {
      readonly kind: 'error';
      readonly errno: number;
      readonly sequence: number;
      readonly of: number;
    }
  | { readonly kind: 'done'; readonly sequence: number }
  | {
      readonly kind: 'route';
      readonly type: number;
      readonly sequence: number;
      readonly route: RouteOf;
      /** Number of the interface, and address of the host that packets have; where that is told. */
      readonly by: number | null;
      readonly source: string | null;
    };

/** One message each; several may come by one receive. @throws AssertionError — a length lies. */
export function netlinkMessages(octets: string): NetlinkMessage[] {
  const messages: NetlinkMessage[] = [];
  for (let rest = bytesOf(octets); rest.length > 0;) {
    const length = rest.length < 16 ? 0 : view(rest).getUint32(0, true);
    assert.ok(length >= 16 && length <= rest.length, `nlmsg_len ${length} is wrong`);
    messages.push(netlinkMessage(rest.subarray(0, length)));
    rest = rest.subarray(Math.min((length + 3) & ~3, rest.length));
  }
  return messages;
}

function netlinkMessage(message: Uint8Array): NetlinkMessage {
  const header = view(message);
  const [type, sequence] = [header.getUint16(4, true), header.getUint32(8, true)];
  if (type === 3) return { kind: 'done', sequence };
  assert.ok(message.length >= (type === 2 ? 36 : 28), `nlmsg_len ${message.length} is too short`);
  if (type === 2) {
    const [errno, of] = [0 - header.getInt32(16, true), header.getUint32(28, true)];
    return { kind: 'error', errno, sequence, of };
  }
  let destination = '0.0.0.0';
  let gateway: string | null = null;
  let source: string | null = null;
  let by: number | null = null;
  for (let at = 28; at + 4 <= message.length;) {
    const [length, attributeType] = [header.getUint16(at, true), header.getUint16(at + 2, true)];
    assert.ok(length >= 4 && at + length <= message.length, `rta_len ${length} is wrong`);
    if (attributeType === 1) destination = dotted(message, at + 4);
    if (attributeType === 4) by = header.getUint32(at + 4, true);
    if (attributeType === 5) gateway = dotted(message, at + 4);
    if (attributeType === 7) source = dotted(message, at + 4);
    at += (length + 3) & ~3;
  }
  return {
    kind: 'route',
    type,
    sequence,
    route: { destination, prefix: message[17] ?? 0, gateway },
    by,
    source,
  };
}

// The route socket

export const ROUTE_TYPES = { RTM_ADD: 1, RTM_DELETE: 2, RTM_GET: 4 } as const;

/** @kernel sizeof(struct rt_msghdr), on i386. */
const RT_MSGHDR = 76;

/** @kernel RTF_UP … */
export const ROUTE_FLAGS = { UP: 0x1, GATEWAY: 0x2, HOST: 0x4, DONE: 0x40 } as const;

export type RouteFlag = keyof typeof ROUTE_FLAGS;

const FLAG_NAMES = Object.keys(ROUTE_FLAGS) as RouteFlag[];

/** Of an address on a link. @kernel AF_LINK, struct sockaddr_dl */
const AF_LINK = 18;

export interface RouteRequest {
  readonly type: number;
  readonly version?: number;
  readonly sequence: number;
  /** It says that the route is to a host. */
  readonly host?: boolean;
  /** With no destination or gateway the message has none; with no prefix, no mask. */
  readonly route: {
    readonly destination: string | null;
    readonly prefix: number | null;
    readonly gateway: string | null;
  };
}

const sockaddr = (address: number[]): number[] => [16, 2, 0, 0, ...address, 0, 0, 0, 0, 0, 0, 0, 0];

function maskOf(prefix: number): number[] {
  return [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(Math.max(prefix - from, 0), 8)));
}

export function routeRequest({
  type,
  version = 3,
  sequence,
  host = false,
  route,
}: RouteRequest): string {
  const { destination, prefix, gateway } = route;
  const addresses = [
    ...(destination === null ? [] : sockaddr(in4(destination))),
    ...(gateway === null ? [] : sockaddr(in4(gateway))),
    ...(prefix === null ? [] : sockaddr(maskOf(prefix))),
  ];
  const message = new Uint8Array(RT_MSGHDR + addresses.length);
  const header = view(message);
  header.setUint16(0, message.length, true);
  message.set([version, type], 2);
  const { UP, GATEWAY, HOST } = ROUTE_FLAGS;
  header.setUint32(8, UP | (gateway === null ? 0 : GATEWAY) | (host ? HOST : 0), true);
  const [dst, gw, mask] = [destination, gateway, prefix].map((said) => said !== null);
  header.setUint32(12, (dst ? 1 : 0) | (gw ? 2 : 0) | (mask ? 4 : 0), true);
  header.setUint32(20, sequence, true);
  message.set(addresses, RT_MSGHDR);
  return octetsOf(message);
}

export interface RouteMessage {
  readonly type: number;
  readonly sequence: number;
  readonly errno: number;
  readonly flags: readonly RouteFlag[];
  /** A gateway that is no address of IP is null. */
  readonly route: RouteOf;
  /** Name of the interface, where that stands in place of a gateway. */
  readonly link: string | null;
}

/** @throws AssertionError — it is shorter than its header, or its length lies. */
export function routeMessage(octets: string): RouteMessage {
  const message = bytesOf(octets);
  const header = view(message);
  assert.ok(message.length >= RT_MSGHDR, `a message of ${message.length} octets is too short`);
  assert.equal(header.getUint16(0, true), message.length, 'rtm_msglen');
  const mask = header.getUint32(12, true);
  const parts = new Map<number, Uint8Array>();
  let at = RT_MSGHDR;
  for (let bit = 1; bit <= 0x80 && at < message.length; bit <<= 1) {
    if ((mask & bit) === 0) continue;
    const length = message[at] ?? 0;
    const whole = new Uint8Array(Math.max(16, length));
    whole.set(message.subarray(at, at + length));
    parts.set(bit, whole);
    at += length === 0 ? 4 : (length + 3) & ~3;
  }
  const [destination, gateway, netmask] = [parts.get(1), parts.get(2), parts.get(4)];
  const prefix =
    netmask === undefined
      ? 32
      : [...netmask.subarray(4, 8)].reduce((sum, octet) => sum + bitsOf(octet), 0);
  return {
    type: message[3] ?? 0,
    sequence: header.getUint32(20, true),
    errno: header.getUint32(24, true),
    flags: FLAG_NAMES.filter((name) => (header.getUint32(8, true) & ROUTE_FLAGS[name]) !== 0),
    route: {
      destination: destination === undefined ? '0.0.0.0' : dotted(destination, 4),
      prefix,
      gateway: gateway?.[1] === 2 ? dotted(gateway, 4) : null,
    },
    link: gateway?.[1] === AF_LINK ? nameOfLink(gateway) : null,
  };
}

/** Behind the number of the interface, the kind of the link and the length of the name. */
const nameOfLink = (sockaddr: Uint8Array): string =>
  new TextDecoder().decode(sockaddr.subarray(8, 8 + (sockaddr[5] ?? 0)));

const bitsOf = (octet: number): number => octet.toString(2).replaceAll('0', '').length;

/** Numbers of errors in messages of netlink: those of Linux. */
export const LINUX_NUMBERS: Readonly<Record<string, number>> = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  ENETUNREACH: 101,
};

/** Numbers of errors in messages of the route socket: those of 4.4BSD. */
export const BSD_NUMBERS: Readonly<Record<string, number>> = {
  ESRCH: 3,
  EEXIST: 17,
  EINVAL: 22,
  EPROTONOSUPPORT: 43,
  EOPNOTSUPP: 45,
  ENETUNREACH: 51,
};
