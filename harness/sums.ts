/**
 * The suite's own checksum arithmetic, independent of any implementation.
 *
 * It works on integers of any size and modulo 65535, which is what one's complement addition of 16-bit
 * words amounts to, and so shares no technique with what it judges. Source: RFC 1071.
 */
import { bytesOf } from '../contract/index.ts';

/** A 16-bit number in network order, from the byte order of a machine. */
export function networkOrder(word: number, byteOrder: 'little' | 'big'): number {
  return byteOrder === 'big' ? word : ((word & 0xff) << 8) | (word >> 8);
}

/**
 * The checksum of octets by its definition: in 0 to 0xFFFF, network order. One's complement has two
 * zeroes; only data that are all zero (or none) sum to plus zero and have the checksum 0xFFFF.
 */
export function expectedChecksum(octets: string): number {
  const bytes = bytesOf(octets);
  let sum = 0n;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += BigInt((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));
  }
  return 0xffff - congruent(sum);
}

/** The 16-bit one's complement number that a sum of words folds to. */
export function congruent(sum: bigint): number {
  if (sum === 0n) return 0;
  const rest = Number(sum % 0xffffn);
  return rest === 0 ? 0xffff : rest;
}
