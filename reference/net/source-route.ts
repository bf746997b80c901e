/**
 * A source route, as who sends a packet lays it down.
 *
 * The packet goes to the first stop; the stops behind it and, last, the destination stand in the option,
 * and each stop puts the next into the header.
 *
 * Source: RFC 791, section 3.1; Linux 2.6.11, net/ipv4/ip_options.c, ip_options_get(),
 * ip_options_build().
 */
import { putBe32 } from './bytes.ts';

const IPOPT_LSRR = 131;
const IPOPT_SSRR = 137;

/** Kind, length and pointer. */
const FIXED = 3;
/** The pointer is counted from 1: it names the first slot. */
const FIRST_SLOT = 4;

export interface SourceRoute {
  /** Between two stops there may be no other host. */
  readonly strict: boolean;
  /** One to nine, in their order; host order. */
  readonly stops: readonly [number, ...number[]];
}

/** The option for a packet on its way to the first stop, filled up to a multiple of 4 octets. */
export function sourceRouteOption({ strict, stops }: SourceRoute, daddr: number): Uint8Array {
  const slots = [...stops.slice(1), daddr];
  const length = FIXED + 4 * slots.length;
  const bytes = new Uint8Array(length + 1);
  bytes.set([strict ? IPOPT_SSRR : IPOPT_LSRR, length, FIRST_SLOT]);
  for (const [at, slot] of slots.entries()) putBe32(bytes, FIXED + 4 * at, slot);
  return bytes;
}
