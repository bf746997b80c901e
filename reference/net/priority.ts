/**
 * From a type of service to the priority of a packet in the queues.
 *
 * Source: Linux 2.6.11, net/ipv4/route.c, ip_tos2prio; include/net/route.h, rt_tos2priority().
 */
import type { Profile } from '../../contract/index.ts';

const BESTEFFORT = 0;
const FILLER = 1;
const BULK = 2;
const INTERACTIVE_BULK = 4;
const INTERACTIVE = 6;

/** By the upper three of the four bits; the lowest, of cost, decides only where it stands alone. */
const TOS_TO_PRIO = [
  BESTEFFORT,
  BESTEFFORT,
  BULK,
  BULK,
  INTERACTIVE,
  INTERACTIVE,
  INTERACTIVE_BULK,
  INTERACTIVE_BULK,
] as const;

/** @kernel rt_tos2priority */
export function tosToPriority(tos: number, profile: Profile): number {
  const bits = (tos & 0x1e) >>> 1;
  if (bits === 1 && profile !== 'linux-6') return FILLER;
  return TOS_TO_PRIO[bits >>> 1] ?? BESTEFFORT;
}
