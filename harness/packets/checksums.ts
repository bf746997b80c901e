/**
 * The checksums that packets carry, by the suite's own arithmetic.
 *
 * Source: RFC 1071; RFC 768 and RFC 793 section 3.1 for the pseudo-header, RFC 8200 section 8.1 for
 * that of IPv6.
 */
import { congruent } from '../sums.ts';
import { bigEndian } from './octets.ts';

/** What a transport checksum covers besides its own octets: 4 or 16 octets each. */
export interface Ends {
  readonly source: readonly number[];
  /** Where the packet ends up: with a source route, the last address of it. */
  readonly destination: readonly number[];
}

/**
 * Octets as 16-bit words, added up; an odd last octet is a high half.
 *
 * A double holds the sum of 2^37 words exactly, so nothing has to be folded on the way.
 */
function sumOf(bytes: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  }
  return sum;
}

/** The checksum over parts that each have an even number of octets, except the last. */
export function checksumOver(...parts: readonly ArrayLike<number>[]): number {
  const sum = parts.reduce((total, part) => total + sumOf(part), 0);
  return 0xffff - congruent(BigInt(sum));
}

/** Whether octets that include their checksum are intact. */
export function isIntact(...parts: readonly ArrayLike<number>[]): boolean {
  return checksumOver(...parts) === 0;
}

/** The pseudo-header in front of a transport header of so many octets, data included. */
export function pseudoHeader(ends: Ends, protocol: number, length: number): number[] {
  const { source, destination } = ends;
  const last =
    source.length === 4
      ? [0, protocol, ...bigEndian(length, 2)]
      : [...bigEndian(length, 4), 0, 0, 0, protocol];
  return [...source, ...destination, ...last];
}

/** The octets with the checksum over them, or the one that is given, at an even offset. */
export function withChecksum(
  bytes: Uint8Array,
  offset: number,
  given: number | undefined,
  pseudo: readonly number[] = [],
): Uint8Array {
  bytes.set(bigEndian(given ?? checksumOver(pseudo, bytes), 2), offset);
  return bytes;
}
