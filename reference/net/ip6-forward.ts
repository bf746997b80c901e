/**
 * A router of IPv6: packets for others pass, and none is ever cut.
 *
 * Only who sends a packet may cut it. A router that has one too long for the next link throws it away and
 * says how long it may be.
 *
 * Source: RFC 8200, sections 3 and 5; RFC 4443; Linux 2.6.11, net/ipv6/ip6_input.c, ipv6_rcv(), and
 * ip6_output.c, ip6_forward(). Left out: everything that a host does (local delivery, neighbour discovery,
 * redirects), options hop by hop, and the rate of errors.
 */
import { enter } from '../kernel/ftrace.ts';
import { linkOutput } from './arp.ts';
import { be16, octetAt } from './bytes.ts';
import { icmp6Error } from './icmp6.ts';
import { LINK_ROOM } from './ip-output.ts';
import type { NetDevice } from './net-device.ts';
import { ETH_P_IPV6 } from './net-input.ts';
import type { Net } from './net.ts';
import { kfreeSkb, skbCow, skbShareCheck } from './sk-buff-sharing.ts';
import { skbLinearize, skbTrim } from './sk-buff-paged.ts';
import { allocSkb, PACKET_HOST, skbLinear, skbPut, skbReserve, type SkBuff } from './sk-buff.ts';

export const IP6_HEADER = 40;

/** An address, as 16 octets in hex. */
export type In6Addr = string;

export interface Ip6Route {
  readonly address: In6Addr;
  readonly prefix: number;
  readonly device: NetDevice;
}

/** What this host knows of IPv6. */
export interface Ip6 {
  forwarding: boolean;
  /** Its addresses, and with each the network that it is in. */
  readonly addresses: Ip6Route[];
  /** Link addresses of hosts around, by address. */
  readonly neighbours: Map<In6Addr, Uint8Array>;
}

export function newIp6(): Ip6 {
  return { forwarding: false, addresses: [], neighbours: new Map() };
}

/** The first bits of an address, as a text of 0 and 1. */
function leadingBits(address: In6Addr, count: number): string {
  const bits = [...address].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'));
  return bits.join('').slice(0, count);
}

/** The network with the longest prefix. @kernel fib6_lookup */
export function fib6Lookup({ addresses }: Ip6, address: In6Addr): Ip6Route | undefined {
  return addresses
    .filter(
      (route) => leadingBits(route.address, route.prefix) === leadingBits(address, route.prefix),
    )
    .sort((a, b) => b.prefix - a.prefix)[0];
}

export const addressAt = (bytes: Uint8Array, at: number): In6Addr =>
  [...bytes.subarray(at, at + 16)].map((octet) => octet.toString(16).padStart(2, '0')).join('');

const isMulticast = (address: In6Addr): boolean => address.startsWith('ff');
const isLinkLocal = (address: In6Addr): boolean => /^fe[89ab]/.test(address);
const LOOPBACK = '00000000000000000000000000000001';
const UNSPECIFIED = '00000000000000000000000000000000';

/** Whether nobody may send from there beyond a link. */
const staysOnLink = (address: In6Addr): boolean =>
  isMulticast(address) || isLinkLocal(address) || address === LOOPBACK || address === UNSPECIFIED;

/** @kernel ipv6_rcv */
export function ipv6Rcv(net: Net, received: SkBuff, device: NetDevice): void {
  enter('ipv6_rcv');
  const skb = skbShareCheck(received);
  if (skb.pktType !== PACKET_HOST || !skbLinearize(skb) || !soundHeader(skb)) {
    kfreeSkb(skb);
    return;
  }
  ip6Forward(net, skb, device);
}

/** Whether header and length are as they must be; what is behind the packet is cut off. */
function soundHeader(skb: SkBuff): boolean {
  const bytes = skbLinear(skb);
  if (bytes.length < IP6_HEADER || octetAt(bytes, 0) >>> 4 !== 6) return false;
  const length = IP6_HEADER + be16(bytes, 4);
  if (bytes.length < length) return false;
  skbTrim(skb, length);
  return true;
}

/** @kernel ip6_forward */
function ip6Forward(net: Net, skb: SkBuff, device: NetDevice): void {
  enter('ip6_forward');
  const { ip6 } = net;
  const bytes = skbLinear(skb);
  const [source, destination] = [addressAt(bytes, 8), addressAt(bytes, 24)];
  const own = ip6.addresses.some(({ address }) => address === destination);
  const route = fib6Lookup(ip6, destination);
  const passes = ip6.forwarding && !own && !staysOnLink(source) && !staysOnLink(destination);
  if (!passes) return void kfreeSkb(skb);
  const verdict = verdictOf(skb, route);
  if (verdict !== undefined || route === undefined) {
    if (verdict !== undefined) complain(net, skb, { ...verdict, device });
    kfreeSkb(skb);
    return;
  }
  if (!skbCow(skb, LINK_ROOM)) return void kfreeSkb(skb);
  const header = skbLinear(skb);
  header[7] = octetAt(header, 7) - 1;
  send(net, skb, destination, route.device);
}

interface Complaint {
  readonly type: number;
  readonly code: number;
  readonly info: number;
}

/** What is wrong with a packet that is to go on; undefined for nothing. */
function verdictOf(skb: SkBuff, route: Ip6Route | undefined): Complaint | undefined {
  if (route === undefined) return { type: 1, code: 0, info: 0 };
  if (octetAt(skbLinear(skb), 7) <= 1) return { type: 3, code: 0, info: 0 };
  const { mtu } = route.device;
  return skb.len > mtu ? { type: 2, code: 0, info: mtu } : undefined;
}

/** Tells the sender, who is on the way back. */
function complain(
  net: Net,
  skb: SkBuff,
  { device, ...complaint }: Complaint & { readonly device: NetDevice },
): void {
  const source = addressAt(skbLinear(skb), 8);
  const back = fib6Lookup(net.ip6, source)?.device ?? device;
  const own = net.ip6.addresses.find((address) => address.device === back)?.address;
  const message = own === undefined ? undefined : icmp6Error(skbLinear(skb), own, complaint);
  const answer = message === undefined ? null : allocSkb(LINK_ROOM + message.length);
  if (message === undefined || answer === null) return;
  skbReserve(answer, LINK_ROOM);
  answer.head.bytes.set(message, skbPut(answer, message.length));
  send(net, answer, source, back);
}

/** By the link address that the neighbour has; without one there is no way. */
function send(net: Net, skb: SkBuff, to: In6Addr, device: NetDevice): void {
  const mac = net.ip6.neighbours.get(to);
  if (mac === undefined) return void kfreeSkb(skb);
  skb.protocol = ETH_P_IPV6;
  skb.dev = device.name;
  linkOutput(net, device, mac, skb);
}
