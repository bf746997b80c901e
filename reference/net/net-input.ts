/**
 * Input from a device: the queue that the interrupt fills, the softirq, and who gets the packet.
 *
 * Source: Linux 2.6.11, net/core/dev.c, netif_rx(), net_rx_action(), netif_receive_skb();
 * net/ethernet/eth.c, eth_type_trans().
 */
import { bugOn } from '../kernel/bug.ts';
import { runToEnd } from '../kernel/processors.ts';
import { enter } from '../kernel/ftrace.ts';
import { bridgeFrame } from './bridge.ts';
import { be16, octetAt } from './bytes.ts';
import { newInputQueue, netifRx as enqueue, type InputQueue } from './input-queue.ts';
import { ETH_HLEN, type NetDevice } from './net-device.ts';
import type { Net } from './net.ts';
import { netRxAction, type Softnet } from './net-rx.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { devAllocSkb, PACKET_HOST, skbPull, skbPut, skbReserve, type SkBuff } from './sk-buff.ts';
import { probe } from './skb-probe.ts';

export const ETH_P_IP = 0x0800;
export const ETH_P_ARP = 0x0806;
export const ETH_P_IPV6 = 0x86dd;

export const PACKET_BROADCAST = 1;
export const PACKET_MULTICAST = 2;
export const PACKET_OTHERHOST = 3;
export const PACKET_OUTGOING = 4;
export const PACKET_LOOPBACK = 5;

/** From here on the field is a type, below it a length. */
const ETH_P_802_3_MIN = 1536;
const ETH_P_802_2 = 0x0004;

export const MAC_BROADCAST = Uint8Array.of(255, 255, 255, 255, 255, 255);

/** Makes the Ethernet header 14 octets into a word, so that IP's is aligned. @kernel NET_IP_ALIGN */
const NET_IP_ALIGN = 2;

/** Runs of the softirq in a row, of 300 packets each: more than any transfer of a host with itself needs. */
const MOST_RUNS = 20;

/** What a softirq has of this host's packets. */
export interface NetInput {
  readonly queue: InputQueue<SkBuff, string>;
  readonly softnet: Softnet<SkBuff, string>;
  raised: boolean;
}

export function newNetInput(net: () => Net): NetInput {
  const softnet: Softnet<SkBuff, string> = {
    jiffies: () => Math.floor(net().clock.now / 1_000_000),
    raise: () => {
      net().input.raised = true;
    },
    receive: (skb) => {
      netifReceiveSkb(net(), skb);
      return undefined;
    },
    pollList: [],
    timeSqueeze: 0,
  };
  return { queue: newInputQueue(softnet), softnet, raised: false };
}

/** Whether the octets from a place on are those of an address. */
function isAt(bytes: Uint8Array, at: number, address: Uint8Array): boolean {
  for (let octet = 0; octet < address.length; octet++) {
    if (bytes[at + octet] !== address[octet]) return false;
  }
  return true;
}

/**
 * Reads the Ethernet header and takes it off.
 *
 * @returns the protocol, host order.
 * @kernel eth_type_trans
 */
export function ethTypeTrans(skb: SkBuff, device: NetDevice): number {
  const { bytes } = skb.head;
  const header = skb.data;
  skb.mac = header;
  skbPull(skb, ETH_HLEN);
  if ((octetAt(bytes, header) & 1) === 1) {
    skb.pktType = isAt(bytes, header, MAC_BROADCAST) ? PACKET_BROADCAST : PACKET_MULTICAST;
  } else {
    skb.pktType = isAt(bytes, header, device.macAddress) ? PACKET_HOST : PACKET_OTHERHOST;
  }
  const type = be16(bytes, header + 12);
  return type >= ETH_P_802_3_MIN ? type : ETH_P_802_2;
}

/** A frame comes off the wire: the driver's interrupt, and then the softirq. */
export function frameArrives(net: Net, device: NetDevice, frame: Uint8Array): void {
  if (frame.length < ETH_HLEN) return;
  const skb = devAllocSkb(frame.length + NET_IP_ALIGN);
  if (skb === null) return;
  skbReserve(skb, NET_IP_ALIGN);
  skb.head.bytes.set(frame, skbPut(skb, frame.length));
  skb.dev = device.name;
  skb.protocol = ethTypeTrans(skb, device);
  netifRx(net, device, skb);
  doNetSoftirq(net);
}

/** Queues a packet for the softirq. @kernel netif_rx */
export function netifRx(net: Net, device: NetDevice, skb: SkBuff): void {
  enter('netif_rx');
  skb.dev = device.name;
  skb.inputDev = device.name;
  skb.stamp = net.clock.now;
  probe(net, 'netif_rx', skb);
  if (enqueue(net.input.queue, skb) === 'NET_RX_DROP') kfreeSkb(skb);
}

/**
 * Runs NET_RX until nobody raises it any more; not from within itself.
 *
 * @kernel do_softirq
 */
export function doNetSoftirq(net: Net): void {
  if (net.inSoftirq) return;
  net.inSoftirq = true;
  for (let runs = 0; net.input.raised; runs++) {
    // Time stands still here, so that two sockets that answer each other would go on for ever.
    bugOn(runs === MOST_RUNS, 'packets that the host sends itself have no end');
    net.input.raised = false;
    enter('net_rx_action');
    runToEnd(netRxAction(net.input.softnet));
  }
  net.inSoftirq = false;
}

/** Gives a packet to each who wants its protocol. @kernel netif_receive_skb */
export function netifReceiveSkb(net: Net, skb: SkBuff): void {
  enter('netif_receive_skb');
  skb.h = skb.data;
  skb.nh = skb.data;
  probe(net, 'packet_rcv', skb);
  const device = net.devices.get(skb.dev ?? '');
  if (device === undefined) {
    kfreeSkb(skb);
    return;
  }
  const bridge = net.bridgePorts.get(device.name);
  if (bridge === undefined) passUp(net, device, skb);
  else bridgeFrame(net, bridge, device, skb);
}

/** Gives a packet that has come in by a device to each who wants its protocol. */
export function passUp(net: Net, device: NetDevice, skb: SkBuff): void {
  skb.dev = device.name;
  const handler = net.packetTypes.get(skb.protocol);
  if (handler === undefined) kfreeSkb(skb);
  else handler(net, skb, device);
}
