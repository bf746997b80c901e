/**
 * A bridge: frames go from port to port by link address.
 *
 * It learns from the source of each frame behind which port that address is. A frame for a known address
 * goes there only, one for an unknown or for many goes everywhere but back. The bridge is an interface itself:
 * what is for its own address, or for all, is handed up as if it had come in by it, and the packet keeps the
 * port in mind.
 *
 * Source: Linux 2.6.11, net/bridge/br_input.c, br_forward.c, br_fdb.c, br_device.c; IEEE 802.1D.
 * Left out: the spanning tree.
 */
import { octetsOf } from '../../contract/index.ts';
import type { Net } from './net.ts';
import { devQueueXmit, ETH_HLEN, registerNetdevice, type NetDevice } from './net-device.ts';
import { MAC_BROADCAST, PACKET_BROADCAST, PACKET_MULTICAST, passUp } from './net-input.ts';
import { kfreeSkb, skbCopy } from './sk-buff-sharing.ts';
import { PACKET_HOST, skbLinear, skbPush, type SkBuff } from './sk-buff.ts';

/** An address that nobody has been heard of for as long is forgotten. @kernel br->ageing_time */
const AGEING_NS = 300_000_000_000;

interface Learned {
  readonly port: NetDevice;
  readonly at: number;
}

/** @kernel struct net_bridge */
export interface Bridge {
  readonly device: NetDevice;
  readonly ports: NetDevice[];
  /** By link address in hex. @kernel net_bridge_fdb_entry */
  readonly table: Map<string, Learned>;
}

const keyOf = octetsOf;

/** @kernel br_add_bridge */
export function addBridge(net: Net, name: string, macAddress: Uint8Array): Bridge {
  const device = registerNetdevice(net, {
    name,
    kind: 'ethernet',
    macAddress,
    mtu: 1500,
    txQueueLen: 1000,
    scatterGather: false,
    checksums: false,
    bitsPerSecond: null,
  });
  const bridge: Bridge = { device, ports: [], table: new Map() };
  device.xmit = (skb) => bridgeXmit(net, bridge, skb);
  net.bridges.set(name, bridge);
  return bridge;
}

/** @returns false where it is a port already. @kernel br_add_if */
export function addPort(net: Net, bridge: Bridge, port: NetDevice): boolean {
  if (net.bridgePorts.has(port.name)) return false;
  bridge.ports.push(port);
  net.bridgePorts.set(port.name, bridge);
  return true;
}

/** The addresses that are not too old, with their ports. */
export function learned(net: Net, { table }: Bridge): readonly (readonly [string, NetDevice])[] {
  return [...table]
    .filter(([, { at }]) => net.clock.now - at < AGEING_NS)
    .map(([mac, { port }]) => [mac, port] as const);
}

/** @kernel br_fdb_get */
function portOf(net: Net, { table }: Bridge, mac: Uint8Array): NetDevice | undefined {
  const found = table.get(keyOf(mac));
  return found !== undefined && net.clock.now - found.at < AGEING_NS ? found.port : undefined;
}

const isGroup = (mac: Uint8Array): boolean => ((mac[0] ?? 0) & 1) === 1;
const same = (a: Uint8Array, b: Uint8Array): boolean => a.every((octet, at) => octet === b[at]);

/** A frame has come in by a port; its data begin behind the link header. @kernel br_handle_frame */
export function bridgeFrame(net: Net, bridge: Bridge, port: NetDevice, skb: SkBuff): void {
  const header = skb.head.bytes.subarray(skb.mac ?? 0, (skb.mac ?? 0) + ETH_HLEN);
  const [destination, source] = [header.slice(0, 6), header.slice(6, 12)];
  if (isGroup(source)) {
    kfreeSkb(skb);
    return;
  }
  bridge.table.set(keyOf(source), { port, at: net.clock.now });
  const own = same(destination, bridge.device.macAddress) || same(destination, port.macAddress);
  if (isGroup(destination)) flood(net, bridge, port, skb);
  else if (!own) {
    forward(net, bridge, port, skb, destination);
    return;
  }
  skb.pktType = packetType(destination);
  skb.bridgePort = port.name;
  passUp(net, bridge.device, skb);
}

function packetType(destination: Uint8Array): number {
  if (!isGroup(destination)) return PACKET_HOST;
  return same(destination, MAC_BROADCAST) ? PACKET_BROADCAST : PACKET_MULTICAST;
}

/** To where the address is known to be, or everywhere. @kernel br_forward */
function forward(net: Net, bridge: Bridge, from: NetDevice, skb: SkBuff, to: Uint8Array): void {
  const port = portOf(net, bridge, to);
  if (port === undefined) flood(net, bridge, from, skb);
  else if (port !== from) deliver(net, port, skb);
  kfreeSkb(skb);
}

/** @kernel br_flood */
function flood(net: Net, { ports }: Bridge, from: NetDevice | null, skb: SkBuff): void {
  for (const port of ports) if (port !== from) deliver(net, port, skb);
}

/** Sends a copy, the link header in front again. */
function deliver(net: Net, port: NetDevice, skb: SkBuff): void {
  const copy = skbCopy(skb);
  if (copy === null) return;
  const front = copy.data - (copy.mac ?? copy.data);
  if (front > 0) skbPush(copy, front);
  copy.dev = port.name;
  devQueueXmit(net, port, copy);
}

/** What this host itself sends by the bridge. @kernel br_dev_xmit */
function bridgeXmit(net: Net, bridge: Bridge, skb: SkBuff): void {
  const destination = skbLinear(skb).slice(0, 6);
  skb.mac = skb.data;
  const port = isGroup(destination) ? undefined : portOf(net, bridge, destination);
  if (port === undefined) flood(net, bridge, null, skb);
  else deliver(net, port, skb);
  kfreeSkb(skb);
}
