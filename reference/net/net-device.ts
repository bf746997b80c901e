/**
 * Network devices: what the stack hands frames to, and the queue before the wire.
 *
 * A frame to be sent goes through the device's queue. The device takes from it whenever it is neither
 * stopped nor busy with another frame, so a queue is seen only where the wire is slower than the stack.
 * A queue that is full drops; nothing is ever retried here.
 *
 * Source: Linux 2.6.11, net/core/dev.c, dev_queue_xmit(); net/sched/sch_generic.c, pfifo_fast;
 * 4.4BSD, net/if.h, IF_ENQUEUE, and net/if_ethersubr.c, ether_output().
 */
import { freshOctets } from '../../contract/index.ts';
import { after } from './clock.ts';
import {
  diffServDequeue,
  diffServDropped,
  diffServQueue,
  diffServQueued,
  type DiffServ,
} from './diffserv.ts';
import { doNetSoftirq, netifRx, PACKET_OUTGOING } from './net-input.ts';
import type { Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { kfreeSkb, skbClone } from './sk-buff-sharing.ts';
import { PACKET_HOST, skbContents, skbLinear, type SkBuff } from './sk-buff.ts';
import { probe } from './skb-probe.ts';
import { deviceChecksum } from './transport-checksum.ts';

export const ETH_HLEN = 14;

/** Bands of pfifo_fast by packet priority; the lowest band goes first. @kernel prio2band */
const PRIO_TO_BAND = [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1] as const;

/** Frames that a 4.4BSD interface queues. @kernel IFQ_MAXLEN */
export const IFQ_MAXLEN = 50;

/** An address of an interface. @kernel struct in_ifaddr */
export interface InterfaceAddress {
  readonly local: number;
  readonly prefix: number;
}

/** @kernel struct net_device */
export interface NetDevice {
  readonly name: string;
  readonly ifindex: number;
  readonly kind: 'ethernet' | 'loopback';
  /** Six octets. */
  readonly macAddress: Uint8Array;
  mtu: number;
  /** Frames that its queue holds; per band where there are bands. */
  txQueueLen: number;
  readonly scatterGather: boolean;
  readonly checksums: boolean;
  /** Null for a wire that takes no time. */
  bitsPerSecond: number | null;
  readonly addresses: InterfaceAddress[];
  /** How many sockets want the packets of each group. @kernel in_dev->mc_list */
  readonly groups: Map<number, number>;
  readonly bands: readonly [SkBuff[], SkBuff[], SkBuff[]];
  /** In the place of the bands, where somebody has put it there. @kernel dev->qdisc */
  diffServ: DiffServ | null;
  /** Of a device that has no queue and no wire of its own. */
  xmit: ((skb: SkBuff) => void) | null;
  /** The device takes nothing. @kernel netif_stop_queue */
  stopped: boolean;
  transmitting: boolean;
  txPackets: number;
  txDropped: number;
}

/** A frame as it left, and when its last bit did. */
export interface TransmittedFrame {
  /** Name of the device. */
  readonly interface: string;
  /** Nanoseconds since boot. */
  readonly at: number;
  readonly frame: Uint8Array;
}

export type NewDevice = Pick<
  NetDevice,
  'name' | 'kind' | 'macAddress' | 'mtu' | 'txQueueLen' | 'scatterGather' | 'checksums'
> &
  Pick<NetDevice, 'bitsPerSecond'>;

/** @kernel register_netdevice */
export function registerNetdevice(net: Net, description: NewDevice): NetDevice {
  const { name, kind, macAddress, mtu, txQueueLen } = description;
  const { scatterGather, checksums, bitsPerSecond } = description;
  const device: NetDevice = {
    name,
    kind,
    macAddress,
    mtu,
    txQueueLen,
    scatterGather,
    checksums,
    bitsPerSecond,
    ifindex: net.devices.size + 1,
    addresses: [],
    groups: new Map(),
    bands: [[], [], []],
    diffServ: null,
    xmit: null,
    stopped: false,
    transmitting: false,
    txPackets: 0,
    txDropped: 0,
  };
  net.devices.set(device.name, device);
  return device;
}

export function queuedFrames({ bands, diffServ }: NetDevice): number {
  if (diffServ !== null) return diffServQueued(diffServ);
  return bands.reduce((sum, band) => sum + band.length, 0);
}

/** Queues a frame and lets the device go on. @kernel dev_queue_xmit */
export function devQueueXmit(net: Net, device: NetDevice, skb: SkBuff): Sent {
  probe(net, 'dev_queue_xmit', skb);
  if (!device.checksums) deviceChecksum(skb);
  if (device.xmit !== null) {
    device.xmit(skb);
    return 0;
  }
  const bsd = net.profile === 'bsd-4.4';
  const band =
    device.diffServ === null
      ? device.bands[bsd ? 0 : (PRIO_TO_BAND[skb.priority & 15] ?? 1)]
      : diffServQueue(device.diffServ, skb);
  if (band.length >= device.txQueueLen) {
    if (device.diffServ !== null) diffServDropped(device.diffServ, skb);
    device.txDropped += 1;
    kfreeSkb(skb);
    // The notes follow 4.4BSD here: who sends is told.
    return bsd || net.profile === 'notes' ? 'ENOBUFS' : 'NET_XMIT_DROP';
  }
  band.push(skb);
  qdiscRun(net, device);
  // Where softirqs are let in again: what the loopback device took arrives now.
  doNetSoftirq(net);
  return 0;
}

/** Hands frames to the device as long as it takes them. @kernel qdisc_run */
export function qdiscRun(net: Net, device: NetDevice): void {
  while (!device.stopped && !device.transmitting) {
    const skb = dequeue(device);
    if (skb === undefined) return;
    hardStartXmit(net, device, skb);
  }
}

/** @kernel pfifo_fast_dequeue, or that of the classes */
function dequeue(device: NetDevice): SkBuff | undefined {
  if (device.diffServ !== null) return diffServDequeue(device.diffServ);
  const [first, second, third] = device.bands;
  return first.shift() ?? second.shift() ?? third.shift();
}

/** @kernel dev->hard_start_xmit */
function hardStartXmit(net: Net, device: NetDevice, skb: SkBuff): void {
  tapOutgoing(net, skb);
  if (device.kind === 'loopback') return loopbackXmit(net, device, skb);
  const frame = ofItsOwn(skb) ? skbLinear(skb) : copied(skb);
  if (device.checksums) finishChecksum(skb, frame);
  if (device.bitsPerSecond === null) return transmitted(net, device, skb, frame);
  device.transmitting = true;
  const wireNs = Math.ceil((frame.length * 8 * 1_000_000_000) / device.bitsPerSecond);
  after(net.clock, wireNs, () => {
    device.transmitting = false;
    transmitted(net, device, skb, frame);
    qdiscRun(net, device);
  });
}

/** Whether nobody else has the octets, now or when the packet is freed: then they are the frame. */
function ofItsOwn({ users, head, dataLen }: SkBuff): boolean {
  return users === 1 && head.dataref === 1 && dataLen === 0;
}

function copied(skb: SkBuff): Uint8Array {
  const frame = freshOctets(skb.len);
  frame.set(skbContents(skb));
  return frame;
}

/** Whoever taps the device gets a copy of what it is given. @kernel dev_queue_xmit_nit */
function tapOutgoing(net: Net, skb: SkBuff): void {
  if (net.probeHandler === null) return;
  const copy = skbClone(skb);
  copy.pktType = PACKET_OUTGOING;
  probe(net, 'packet_rcv', copy);
  kfreeSkb(copy);
}

/** A device that sums: its engine works on the frame that it has fetched. */
function finishChecksum(skb: SkBuff, frame: Uint8Array): void {
  if (skb.h === null) return;
  const start = skb.h - skb.data;
  const linear = { ...skb, head: { ...skb.head, bytes: frame }, data: start, tail: frame.length };
  deviceChecksum({ ...linear, len: frame.length - start, dataLen: 0 });
}

function transmitted(net: Net, device: NetDevice, skb: SkBuff, frame: Uint8Array): void {
  device.txPackets += 1;
  net.wire.push({ interface: device.name, at: net.clock.now, frame });
  kfreeSkb(skb);
}

/** What is sent here has arrived here. @kernel loopback_xmit */
function loopbackXmit(net: Net, device: NetDevice, skb: SkBuff): void {
  device.txPackets += 1;
  skb.owner?.destructor(skb);
  skb.owner = null;
  skb.pktType = PACKET_HOST;
  skb.dev = device.name;
  netifRx(net, device, skb);
}

/** @kernel netif_wake_queue */
export function netifWakeQueue(net: Net, device: NetDevice): void {
  device.stopped = false;
  qdiscRun(net, device);
}
