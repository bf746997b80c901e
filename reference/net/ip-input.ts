/**
 * IP input: from a frame's contents to the protocol that it is for.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_input.c; include/net/dst.h, dst_input().
 */
import { enter } from '../kernel/ftrace.ts';
import { bugOn } from '../kernel/bug.ts';
import { icmpSend } from './icmp.ts';
import { putBe32 } from './bytes.ts';
import { ipFastCsum } from './csum.ts';
import { ipDefrag } from './ip-defragment.ts';
import {
  IP_HEADER,
  ipHeader,
  ipSendCheck,
  isFragment,
  networkOctets,
  type IpHeader,
} from './ip-header.ts';
import { ipOptionsCompile, stopsOf, type IpOptions } from './ip-options.ts';
import type { NetDevice } from './net-device.ts';
import { PACKET_OTHERHOST } from './net-input.ts';
import { nfHook, type Sent } from './netfilter.ts';
import type { Net } from './net.ts';
import { dstOf } from './ip-output.ts';
import { rawDeliver } from './raw.ts';
import { ipRouteInput, isLocal, selectAddress } from './route.ts';
import { pskbMayPull, skbTrim } from './sk-buff-paged.ts';
import { kfreeSkb, skbCow, skbShareCheck } from './sk-buff-sharing.ts';
import { CHECKSUM_HW, CHECKSUM_NONE, PACKET_HOST, skbPull, type SkBuff } from './sk-buff.ts';
import type { IcmpError } from './protocols.ts';
import { probe } from './skb-probe.ts';
import { policyCheck } from './xfrm-input.ts';

const MS_PER_DAY = 86_400_000;

/** Milliseconds since midnight: the virtual clock starts at midnight. */
export function timeOfDayMs({ clock }: Net): number {
  return Math.floor(clock.now / 1_000_000) % MS_PER_DAY;
}

/**
 * Whether the header and the length are as they must be.
 *
 * @returns the header, or why the packet is to be thrown away.
 */
function goodHeader(skb: SkBuff): IpHeader | 'unsound' | 'truncated' {
  if (!pskbMayPull(skb, IP_HEADER)) return 'unsound';
  const fixed = ipHeader(skb);
  if (fixed.version !== 4 || fixed.headerLength < IP_HEADER) return 'unsound';
  if (!pskbMayPull(skb, fixed.headerLength)) return 'unsound';
  if (ipFastCsum(skb.head.bytes, skb.nh ?? skb.data, fixed.headerLength) !== 0) return 'unsound';
  if (skb.len < fixed.totalLength) return 'truncated';
  return fixed.totalLength < fixed.headerLength ? 'unsound' : fixed;
}

/**
 * A card that hears everything brings what is for others. The notes have a router forward it; Linux
 * and 4.4BSD never look at it.
 */
function forOthers({ profile, forwarding, counters }: Net, skb: SkBuff): boolean {
  if (profile !== 'notes') return false;
  if (!forwarding) {
    counters.InReceives += 1;
    counters.InAddrErrors += 1;
    return false;
  }
  skb.pktType = PACKET_HOST;
  return true;
}

/** @kernel ip_rcv */
export function ipRcv(net: Net, received: SkBuff, device: NetDevice): void {
  enter('ip_rcv');
  probe(net, 'ip_rcv', received);
  if (received.pktType === PACKET_OTHERHOST && !forOthers(net, received)) {
    kfreeSkb(received);
    return;
  }
  net.counters.InReceives += 1;
  const skb = skbShareCheck(received);
  const header = goodHeader(skb);
  if (typeof header === 'string') {
    // Later systems have a counter of its own for a packet that is not all there.
    if (header === 'unsound' || net.profile !== 'linux-6') net.counters.InHdrErrors += 1;
    kfreeSkb(skb);
    return;
  }
  if (skb.len > header.totalLength) {
    skbTrim(skb, header.totalLength);
    // A device that summed has summed the padding, too.
    if (skb.ipSummed === CHECKSUM_HW) skb.ipSummed = CHECKSUM_NONE;
  }
  const place = { hook: 'PRE_ROUTING', in: device, out: null } as const;
  nfHook(net.netfilter, place, skb, (passed) => ipRcvFinish(net, passed, device));
}

/** @kernel ip_rcv_finish */
function ipRcvFinish(net: Net, skb: SkBuff, device: NetDevice): Sent {
  enter('ip_rcv_finish');
  const header = ipHeader(skb);
  if (skb.dst === null) {
    const route = ipRouteInput(net, header, device);
    if (!('ok' in route)) {
      if (net.profile === 'linux-6') net.counters.InAddrErrors += 1;
      kfreeSkb(skb);
      return 0;
    }
    skb.dst = route.ok;
  }
  if (header.headerLength > IP_HEADER && !compileOptions(net, skb, device)) return 0;
  return dstInput(net, skb);
}

const compiled = new WeakMap<SkBuff, IpOptions>();

/** The options of a packet that came in; undefined when it has none. @kernel IPCB(skb)->opt */
export function optionsOf(skb: SkBuff): IpOptions | undefined {
  return compiled.get(skb);
}

/** @returns false when they are wrong, with the sender told and the packet thrown away. */
function compileOptions(net: Net, skb: SkBuff, device: NetDevice): boolean {
  if (!skbCow(skb, 0)) {
    net.counters.InDiscards += 1;
    kfreeSkb(skb);
    return false;
  }
  const { headerLength } = ipHeader(skb);
  const bytes = networkOctets(skb).subarray(0, headerLength);
  const options = ipOptionsCompile(bytes, {
    address: selectAddress(device, ipHeader(skb).saddr),
    timeMs: timeOfDayMs(net),
    isLocal: (address) => isLocal(net, address),
    looksAtAlert: net.profile !== 'bsd-4.4',
  });
  if ('pointer' in options) {
    icmpSend(net, skb, { type: 12, code: 0, info: options.pointer * 0x100_0000 });
    net.counters.InHdrErrors += 1;
    kfreeSkb(skb);
    return false;
  }
  ipSendCheck(bytes);
  compiled.set(skb, options);
  return followSourceRoute(net, skb, { options, bytes, device });
}

/**
 * A packet that is for us only as a stop on its way goes on to the next that is another host.
 *
 * @returns false when it cannot, with the packet thrown away.
 * @kernel ip_options_rcv_srr
 */
function followSourceRoute(
  net: Net,
  skb: SkBuff,
  at: { readonly options: IpOptions; readonly bytes: Uint8Array; readonly device: NetDevice },
): boolean {
  const { options, bytes, device } = at;
  const { sourceRoute, strict } = options;
  if (sourceRoute === 0) return true;
  const refuse = (error?: IcmpError): false => {
    if (error !== undefined) icmpSend(net, skb, error);
    kfreeSkb(skb);
    return false;
  };
  const failed = net.profile === 'bsd-4.4' ? SOURCE_ROUTE_FAILED : undefined;
  // Whoever may name the way of a packet may pretend to be anybody: later systems want to be asked.
  if (net.profile === 'linux-6' || skb.pktType !== PACKET_HOST) return refuse();
  // Here it is no stop of its way, and a strict way has no others.
  if (dstOf(skb).type === 'unicast') return strict ? refuse(failed ?? NOT_A_STOP) : true;
  for (const stop of stopsOf(bytes, sourceRoute)) {
    if (stop.cutOff) return refuse({ type: 12, code: 0, info: (sourceRoute + 2) * 0x100_0000 });
    const route = ipRouteInput(net, { daddr: stop.address, saddr: ipHeader(skb).saddr }, device);
    if (!('ok' in route)) return refuse(failed);
    const { type } = route.ok;
    if (type !== 'unicast' && type !== 'local') return refuse(failed);
    skb.dst = route.ok;
    if (type === 'unicast') {
      options.nextStop = stop;
      return true;
    }
    putBe32(bytes, 16, stop.address);
    ipSendCheck(bytes);
  }
  return true;
}

/** A host on a strict way that is no stop of it: the destination is what is wrong. */
const NOT_A_STOP: IcmpError = { type: 12, code: 0, info: 16 * 0x100_0000 };
const SOURCE_ROUTE_FAILED: IcmpError = { type: 3, code: 5, info: 0 };

const MAX_BYPASS = 100;

/** @kernel dst_input */
export function dstInput(net: Net, skb: SkBuff): Sent {
  enter('dst_input');
  for (let calls = 0; ; calls++) {
    const sent = dstOf(skb).input(net, skb);
    if (sent !== 'NET_XMIT_BYPASS') return sent;
    bugOn(calls > MAX_BYPASS, 'dst_input goes in a circle');
  }
}

/** @kernel ip_local_deliver */
export function ipLocalDeliver(net: Net, skb: SkBuff): Sent {
  enter('ip_local_deliver');
  probe(net, 'ip_local_deliver', skb);
  const whole = isFragment(ipHeader(skb)) ? ipDefrag(net, skb) : skb;
  if (whole === undefined) return 0;
  const device = net.devices.get(whole.dev ?? '') ?? null;
  const place = { hook: 'LOCAL_IN', in: device, out: null } as const;
  return nfHook(net.netfilter, place, whole, (passed) => ipLocalDeliverFinish(net, passed));
}

/** @kernel ip_local_deliver_finish */
function ipLocalDeliverFinish(net: Net, skb: SkBuff): Sent {
  enter('ip_local_deliver_finish');
  const { headerLength, protocol } = ipHeader(skb);
  skbPull(skb, headerLength);
  skb.h = skb.data;
  let next = protocol;
  for (let resubmitted = 0; ; resubmitted++) {
    bugOn(resubmitted > MAX_BYPASS, 'protocols hand a packet round in a circle');
    const raw = rawDeliver(net, skb, next);
    const handler = net.protocols.get(next);
    if (handler === undefined) {
      if (raw) {
        net.counters.InDelivers += 1;
      } else {
        net.counters.InUnknownProtos += 1;
        icmpSend(net, skb, { type: 3, code: 2, info: 0 });
      }
      kfreeSkb(skb);
      return 0;
    }
    if (!policyCheck(net, skb, next)) {
      kfreeSkb(skb);
      return 0;
    }
    next = handler.handler(net, skb);
    if (next === 0) break;
  }
  net.counters.InDelivers += 1;
  return 0;
}
