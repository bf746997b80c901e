/**
 * Arithmetic of sequence numbers.
 *
 * They are 32-bit integers that wrap. Inside TCP they are kept signed (`| 0`), since a number that fits
 * a machine word costs nothing to keep; only their difference means anything.
 *
 * Source: RFC 9293, section 3.4; Linux 2.6.11, include/net/tcp.h, before(), after(), between().
 */

/** @kernel before */
export function before(a: number, b: number): boolean {
  return ((a - b) | 0) < 0;
}

/** @kernel after */
export function after(a: number, b: number): boolean {
  return ((b - a) | 0) < 0;
}

/** Whether low, a, high come in this order; both ends belong to it. @kernel between */
export function between(a: number, low: number, high: number): boolean {
  return (high - low) >>> 0 >= (a - low) >>> 0;
}

/** Octets from one number up to a later one. */
export function distance(from: number, to: number): number {
  return (to - from) | 0;
}

/** The later of two. */
export function later(a: number, b: number): number {
  return after(a, b) ? a : b;
}
