/**
 * The MTU of a path: what routers have said of it, for a while.
 *
 * Source: Linux 2.6.11, net/ipv4/route.c, ip_rt_frag_needed(); include/net/dst.h, dst_pmtu().
 */
import { NS_PER_S } from './clock.ts';
import type { Net } from './net.ts';
import type { Dst } from './route.ts';

export interface PathMtu {
  readonly mtu: number;
  /** So small that packets to there no longer say DF. */
  readonly locked: boolean;
  /** Nanoseconds since boot. */
  readonly expires: number;
}

/** The least that a path may be: 20 of header, 40 of options, 8 of data. */
const IP_MTU_LEAST = 68;

/** @kernel ip_rt_min_pmtu */
const MIN_PMTU = 552;

/** @kernel ip_rt_mtu_expires */
const MTU_EXPIRES_NS = 600 * NS_PER_S;

/** MTUs of common links, to guess from where a router does not tell. @kernel mtu_plateau */
const MTU_PLATEAU = [32_000, 17_914, 8166, 4352, 2002, 1492, 576, 296, 216, 128] as const;

function pathMtu({ routing, clock }: Net, address: number): PathMtu | undefined {
  const entry = routing.pathMtus.get(address);
  return entry !== undefined && clock.now < entry.expires ? entry : undefined;
}

/** Longest packet that may go to there. @kernel dst_pmtu */
export function dstMtu(net: Net, { destination, device }: Dst): number {
  return Math.min(pathMtu(net, destination)?.mtu ?? device.mtu, device.mtu);
}

/** @kernel dst_metric_locked(dst, RTAX_MTU) */
export function dstMtuLocked(net: Net, { destination }: Dst): boolean {
  return pathMtu(net, destination)?.locked ?? false;
}

/** The largest common MTU below a length. @kernel guess_mtu */
function guessMtu(length: number): number {
  return MTU_PLATEAU.find((plateau) => plateau < length) ?? IP_MTU_LEAST;
}

/**
 * A router says that a packet of ours did not fit.
 *
 * @param reported - MTU of the next hop; 0 from a router that does not tell.
 * @param original - header length and total length of the packet, as quoted.
 * @returns the path MTU from now on.
 * @kernel ip_rt_frag_needed
 */
export function ipRtFragNeeded(
  net: Net,
  dst: Dst,
  reported: number,
  original: { readonly headerLength: number; readonly totalLength: number },
): number {
  const current = dstMtu(net, dst);
  let length = original.totalLength;
  let mtu = reported;
  // Later systems guess no more: what is too small is taken for the least.
  if (net.profile !== 'linux-6' && (reported < IP_MTU_LEAST || reported >= length)) {
    // Routers of 4.2BSD quoted a length with the header counted twice.
    const twice = reported === 0 && length >= current;
    if (twice && length >= IP_MTU_LEAST + original.headerLength) length -= original.headerLength;
    mtu = guessMtu(length);
  }
  if (mtu >= current) return current;
  const locked = mtu < MIN_PMTU;
  net.routing.pathMtus.set(dst.destination, {
    mtu: locked ? MIN_PMTU : mtu,
    locked,
    expires: net.clock.now + MTU_EXPIRES_NS,
  });
  return dstMtu(net, dst);
}
