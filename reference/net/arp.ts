/**
 * ARP: from an IP address of a neighbour to its link address.
 *
 * While an address is unknown, packets to it wait, few of them, and a question is asked three times, a
 * second apart; an answer lets them go, none at all fails them. An entry that was confirmed lately is
 * used at once; one that was not is used too, and is asked again directly, five seconds later.
 *
 * Source: RFC 826; Linux 2.6.11, net/ipv4/arp.c, net/core/neighbour.c; 4.4BSD, netinet/if_ether.c.
 */
import { be16, be32, putBe16, putBe32 } from './bytes.ts';
import { after, cancel, NS_PER_S, type ClockTimer } from './clock.ts';
import { icmpSend } from './icmp.ts';
import { ipHeader } from './ip-header.ts';
import { devQueueXmit, ETH_HLEN, type NetDevice } from './net-device.ts';
import { ETH_P_ARP, ETH_P_IP, MAC_BROADCAST, PACKET_OTHERHOST } from './net-input.ts';
import type { Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { isLocal, isLoopback, isMulticast, ipRouteInput } from './route.ts';
import { pskbMayPull } from './sk-buff-paged.ts';
import { kfreeSkb, skbCow } from './sk-buff-sharing.ts';
import {
  allocSkb,
  PACKET_HOST,
  skbLinear,
  skbPush,
  skbPut,
  skbReserve,
  type SkBuff,
} from './sk-buff.ts';

const ARP_LENGTH = 28;
const ARPHRD_ETHER = 1;
const ARPOP_REQUEST = 1;
const ARPOP_REPLY = 2;

/** Packets that wait for an answer; the oldest goes when there are more. @kernel unres_qlen */
const UNRES_QLEN = 3;
/** A 4.4BSD entry holds the last packet only. @kernel la_hold */
const UNRES_QLEN_BSD = 1;

/** @kernel mcast_probes, ucast_probes */
const PROBES = 3;
const RETRANS_NS = NS_PER_S;
/** Base of the time that a confirmation is good for. @kernel base_reachable_time */
const REACHABLE_NS = 30 * NS_PER_S;
const DELAY_PROBE_NS = 5 * NS_PER_S;
/** An answer that comes right behind another does not replace it. @kernel locktime */
const LOCKTIME_NS = NS_PER_S;

/** Entries that the table holds at most. @kernel gc_thresh3 */
const TABLE_MAX = 1024;
/** How long what was heard of a neighbour is kept in any case. @kernel tref of neigh_forced_gc */
const FRESH_NS = 5 * NS_PER_S;

export type NeighbourState = 'INCOMPLETE' | 'REACHABLE' | 'STALE' | 'DELAY' | 'PROBE' | 'FAILED';

/** @kernel struct neighbour */
export interface Neighbour {
  readonly address: number;
  readonly device: NetDevice;
  state: NeighbourState;
  macAddress: Uint8Array | null;
  /** When the link address was last confirmed, and set; nanoseconds since boot. */
  confirmed: number;
  updated: number;
  probes: number;
  timer: ClockTimer | null;
  readonly waiting: SkBuff[];
}

/** Interfaces are few, so the number of one fits beside an address in what a double holds exactly. */
const keyOf = ({ ifindex }: NetDevice, address: number): number => ifindex * 2 ** 32 + address;

/** @returns undefined when the table is full of entries that are in use. @kernel neigh_create */
function newNeighbour(net: Net, device: NetDevice, address: number): Neighbour | undefined {
  if (net.neighbours.size >= TABLE_MAX && !forcedGc(net)) return undefined;
  const neighbour: Neighbour = {
    address,
    device,
    state: 'FAILED',
    macAddress: null,
    confirmed: 0,
    updated: -Infinity,
    probes: 0,
    timer: null,
    waiting: [],
  };
  net.neighbours.set(keyOf(device, address), neighbour);
  return neighbour;
}

/** Makes room by an entry that nobody waits for, the longest unused first. @kernel neigh_forced_gc */
function forcedGc({ neighbours, clock, profile }: Net): boolean {
  for (const [key, { state, timer, updated }] of neighbours) {
    if (state !== 'STALE' && state !== 'FAILED') continue;
    // Later systems keep what they have just heard: a flood of newcomers does not push out those that talk.
    const fresh = state === 'STALE' && clock.now - updated <= FRESH_NS;
    if (fresh && profile === 'linux-6') continue;
    cancel(timer);
    return neighbours.delete(key);
  }
  return false;
}

/** Looks whether a confirmation is still good. */
function current(net: Net, neighbour: Neighbour): Neighbour {
  if (neighbour.state === 'REACHABLE' && net.clock.now - neighbour.confirmed > REACHABLE_NS) {
    neighbour.state = 'STALE';
  }
  return neighbour;
}

/** State of a neighbour as it is now; undefined for one that nobody has heard of. */
export function neighbourState(
  net: Net,
  device: NetDevice,
  address: number,
): Neighbour | undefined {
  const known = net.neighbours.get(keyOf(device, address));
  return known === undefined ? undefined : current(net, known);
}

/** Sends an IP packet to a neighbour, when it knows how to. @kernel neigh_resolve_output */
export function neighbourOutput(net: Net, device: NetDevice, nextHop: number, skb: SkBuff): Sent {
  const neighbour = neighbourState(net, device, nextHop) ?? newNeighbour(net, device, nextHop);
  if (neighbour === undefined) {
    kfreeSkb(skb);
    return 'ENOBUFS';
  }
  if (neighbour.state === 'STALE') delayProbe(net, neighbour);
  if (neighbour.macAddress !== null && neighbour.state !== 'FAILED') {
    return linkOutput(net, device, neighbour.macAddress, skb);
  }
  if (neighbour.state === 'FAILED') {
    neighbour.state = 'INCOMPLETE';
    neighbour.macAddress = null;
    neighbour.probes = 0;
    hold(net, neighbour, skb);
    ask(net, neighbour);
  } else {
    hold(net, neighbour, skb);
  }
  return 0;
}

function hold(net: Net, { waiting }: Neighbour, skb: SkBuff): void {
  const limit = net.profile === 'bsd-4.4' ? UNRES_QLEN_BSD : UNRES_QLEN;
  for (const oldest of waiting.splice(0, Math.max(0, waiting.length + 1 - limit))) kfreeSkb(oldest);
  waiting.push(skb);
}

/** Puts the Ethernet header on and queues the frame. */
export function linkOutput(net: Net, device: NetDevice, to: Uint8Array, skb: SkBuff): Sent {
  if (!skbCow(skb, ETH_HLEN)) {
    kfreeSkb(skb);
    return 'ENOMEM';
  }
  skbPush(skb, ETH_HLEN);
  skb.mac = skb.data;
  const { bytes } = skb.head;
  bytes.set(to, skb.data);
  bytes.set(device.macAddress, skb.data + 6);
  putBe16(bytes, skb.data + 12, skb.protocol);
  return devQueueXmit(net, device, skb);
}

/** Asks, and sees later what has come of it. @kernel neigh_timer_handler */
function ask(net: Net, neighbour: Neighbour): void {
  const { device, address, macAddress, state } = neighbour;
  if (neighbour.probes >= PROBES) return fail(net, neighbour);
  neighbour.probes += 1;
  arpSend(net, device, {
    op: ARPOP_REQUEST,
    sender: sendersOwn(net, neighbour) ?? nearAddress(device, address),
    targetMac: new Uint8Array(6),
    target: address,
    to: state === 'PROBE' ? (macAddress ?? MAC_BROADCAST) : MAC_BROADCAST,
  });
  neighbour.timer = after(net.clock, RETRANS_NS, () => ask(net, neighbour));
}

/** Linux asks for who sends: by the source of the packet that waits, if that is ours. @kernel arp_solicit */
function sendersOwn(net: Net, { waiting: [first] }: Neighbour): number | undefined {
  if (net.profile === 'bsd-4.4' || first === undefined) return undefined;
  const { saddr } = ipHeader(first);
  return isLocal(net, saddr) ? saddr : undefined;
}

function nearAddress({ addresses }: NetDevice, target: number): number {
  const near = addresses.find(({ local, prefix }) => (local ^ target) >>> (32 - prefix) === 0);
  return (near ?? addresses[0])?.local ?? 0;
}

function delayProbe(net: Net, neighbour: Neighbour): void {
  neighbour.state = 'DELAY';
  neighbour.timer = after(net.clock, DELAY_PROBE_NS, () => {
    neighbour.state = 'PROBE';
    neighbour.probes = 0;
    ask(net, neighbour);
  });
}

/** Nobody answered: who sent the packets is told. @kernel arp_error_report */
function fail(net: Net, neighbour: Neighbour): void {
  neighbour.state = 'FAILED';
  neighbour.macAddress = null;
  for (const skb of neighbour.waiting.splice(0)) {
    icmpSend(net, skb, { type: 3, code: 1, info: 0 });
    kfreeSkb(skb);
  }
}

/** Takes over what a neighbour said of itself. @kernel neigh_update */
function update(
  net: Net,
  neighbour: Neighbour,
  macAddress: Uint8Array,
  state: 'REACHABLE' | 'STALE',
): void {
  cancel(neighbour.timer);
  if (state === 'REACHABLE') neighbour.confirmed = net.clock.now;
  neighbour.updated = net.clock.now;
  neighbour.macAddress = macAddress.slice();
  neighbour.state = state;
  for (const skb of neighbour.waiting.splice(0)) {
    linkOutput(net, neighbour.device, neighbour.macAddress, skb);
  }
}

interface ArpPacket {
  readonly op: number;
  readonly senderMac: Uint8Array;
  readonly sender: number;
  readonly target: number;
}

/** @returns undefined for what is not ARP for IP over Ethernet, or is cut off. */
function parse(skb: SkBuff): ArpPacket | undefined {
  if (!pskbMayPull(skb, ARP_LENGTH)) return undefined;
  const bytes = skbLinear(skb);
  const fits =
    be16(bytes, 0) === ARPHRD_ETHER &&
    be16(bytes, 2) === ETH_P_IP &&
    bytes[4] === 6 &&
    bytes[5] === 4;
  if (!fits) return undefined;
  return {
    op: be16(bytes, 6),
    senderMac: bytes.slice(8, 14),
    sender: be32(bytes, 14),
    target: be32(bytes, 24),
  };
}

/** @kernel arp_rcv, arp_process */
export function arpReceive(net: Net, skb: SkBuff, device: NetDevice): void {
  const packet = device.kind === 'ethernet' ? parse(skb) : undefined;
  const { pktType } = skb;
  kfreeSkb(skb);
  if (packet === undefined || pktType === PACKET_OTHERHOST) return;
  const { op, sender, senderMac, target } = packet;
  if (op !== ARPOP_REQUEST && op !== ARPOP_REPLY) return;
  if (isLoopback(target) || isMulticast(target)) return;
  if (op === ARPOP_REQUEST && answers(net, device, packet)) {
    const reply = { op: ARPOP_REPLY, sender: target, targetMac: senderMac, target: sender };
    const kept = sender === 0 || learn(net, device, packet);
    // Linux answers nobody whom it has no room for.
    if (kept || net.profile === 'bsd-4.4') arpSend(net, device, { ...reply, to: senderMac });
    return;
  }
  const known = neighbourState(net, device, sender) ?? believed(net, device, packet);
  if (known === undefined || net.clock.now - known.updated < LOCKTIME_NS) return;
  const confirms = op === ARPOP_REPLY && pktType === PACKET_HOST;
  update(net, known, senderMac, confirms ? 'REACHABLE' : 'STALE');
}

/**
 * RFC 826 keeps what is said to this host, asked for or not; so does 4.4BSD, of hosts that are on the same network.
 *
 * @kernel arplookup, with create
 */
function believed(net: Net, device: NetDevice, { sender, target }: ArpPacket) {
  if (net.profile !== 'bsd-4.4' || !isLocal(net, target)) return undefined;
  const near = device.addresses.some(
    ({ local, prefix }) => prefix === 0 || (local ^ sender) >>> (32 - prefix) === 0,
  );
  return near ? newNeighbour(net, device, sender) : undefined;
}

/** Whether it is for an address of ours, and from somebody who may ask. */
function answers(net: Net, device: NetDevice, { sender, target }: ArpPacket): boolean {
  if (!isLocal(net, target)) return false;
  // A host that looks whether an address is free has none yet.
  return sender === 0 || 'ok' in ipRouteInput(net, { daddr: target, saddr: sender }, device);
}

/**
 * Who asks us will be answered: its address is worth keeping.
 *
 * @returns whether there is room for it.
 * @kernel neigh_event_ns
 */
function learn(net: Net, device: NetDevice, { sender, senderMac }: ArpPacket): boolean {
  const neighbour = neighbourState(net, device, sender) ?? newNeighbour(net, device, sender);
  if (neighbour === undefined) return false;
  update(net, neighbour, senderMac, 'STALE');
  return true;
}

interface ArpToSend {
  readonly op: number;
  readonly sender: number;
  readonly targetMac: Uint8Array;
  readonly target: number;
  /** Link address that the frame goes to. */
  readonly to: Uint8Array;
}

/** @kernel arp_send */
function arpSend(net: Net, device: NetDevice, { to, ...packet }: ArpToSend): void {
  const skb = allocSkb(ETH_HLEN + ARP_LENGTH + 2);
  if (skb === null) return;
  skbReserve(skb, ETH_HLEN + 2);
  skb.nh = skbPut(skb, ARP_LENGTH);
  skb.protocol = ETH_P_ARP;
  skb.dev = device.name;
  const bytes = skbLinear(skb);
  putBe16(bytes, 0, ARPHRD_ETHER);
  putBe16(bytes, 2, ETH_P_IP);
  bytes[4] = 6;
  bytes[5] = 4;
  putBe16(bytes, 6, packet.op);
  bytes.set(device.macAddress, 8);
  putBe32(bytes, 14, packet.sender);
  bytes.set(packet.targetMac, 18);
  putBe32(bytes, 24, packet.target);
  linkOutput(net, device, to, skb);
}
