/**
 * The kernel's checksum routines, as i386 has them.
 *
 * A sum is a 32-bit one's complement sum of words in host order, here little-endian. Summing in
 * host order is sound because the one's complement sum does not care about byte order: the sum of
 * swapped words is the swapped sum, so only the final 16-bit value is ever turned round.
 *
 * Source: RFC 1071; Linux 2.6.11, include/asm-i386/checksum.h, lib/checksum.c,
 * include/net/checksum.h.
 */
import { enter } from '../kernel/ftrace.ts';
import { swab16 } from './bytes.ts';

const WORD32 = 0x1_0000_0000;

/** Carries out of bit 31 come back in at bit 0. */
function endAround(sum: number): number {
  while (sum >= WORD32) sum = (sum % WORD32) + Math.floor(sum / WORD32);
  return sum;
}

/** Sums a region; never more than 2^21 words of 32 bits, so the additions are exact. */
export type SumRoutine = (bytes: Uint8Array) => number;

/** Sums word by word of 16 bits; an odd last octet is the low half of a word, as in memory. */
function sumWords16(bytes: Uint8Array): number {
  const even = bytes.length & ~1;
  let sum = 0;
  for (let at = 0; at < even; at += 2) {
    sum += (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  }
  if (even < bytes.length) sum += bytes[even] as number;
  return sum;
}

function word32At(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  return (low | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0;
}

/** Of fewer octets a view costs more than their sum: headers. */
const FEW = 64;

/** Sums word by word of 32 bits, twice as many octets at a time; the rest by the other routine. */
function sumWords32(bytes: Uint8Array): number {
  return sumBetween(bytes, 0, bytes.length);
}

function sumBetween(bytes: Uint8Array, from: number, to: number): number {
  const whole = to - ((to - from) & 3);
  const sum = to - from < FEW ? sumOfFew(bytes, from, whole) : sumOfMany(bytes, from, whole);
  return whole < to ? sum + sumWords16(bytes.subarray(whole, to)) : sum;
}

function sumOfFew(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let word = from; word < to; word += 4) sum += word32At(bytes, word);
  return sum;
}

/** Four words in a turn: the turns of a loop cost as much as what is done in them. */
function sumOfMany(bytes: Uint8Array, from: number, to: number): number {
  const whole = to - from;
  const words = new DataView(bytes.buffer, bytes.byteOffset + from, whole);
  const fours = whole & ~15;
  let sum = 0;
  for (let at = 0; at < fours; at += 16) {
    sum += words.getUint32(at, true) + words.getUint32(at + 4, true);
    sum += words.getUint32(at + 8, true) + words.getUint32(at + 12, true);
  }
  for (let at = fours; at < whole; at += 4) sum += words.getUint32(at, true);
  return sum;
}

/** The machine-dependent part: each port of the kernel brings its own. */
export const SUM_ROUTINES = { i386: sumWords32, generic: sumWords16 } as const;

export const BYTE_ORDER = 'little';

/**
 * Adds the words of a region to a sum.
 *
 * @param sum - 32-bit sum so far.
 * @kernel csum_partial
 */
export function csumPartial(
  bytes: Uint8Array,
  sum: number,
  routine: SumRoutine = SUM_ROUTINES.i386,
): number {
  enter('csum_partial', bytes.length);
  return endAround(routine(bytes) + sum);
}

/** @kernel csum_add */
export function csumAdd(sum: number, addend: number): number {
  return endAround(sum + addend);
}

/**
 * Adds the sum of a later block. At an odd offset every octet of the block changes its place in
 * the words, which turns its sum round by eight bits.
 *
 * @kernel csum_block_add
 */
export function csumBlockAdd(sum: number, addend: number, offset: number): number {
  const placed =
    offset & 1 ? (((addend & 0x00ff00ff) << 8) | ((addend >>> 8) & 0x00ff00ff)) >>> 0 : addend;
  return csumAdd(sum, placed);
}

/**
 * Folds a sum to 16 bits, with the carry of the fold, and complements it.
 *
 * @returns in host order, like the sum.
 * @kernel csum_fold
 */
export function csumFold(sum: number): number {
  enter('csum_fold');
  const once = (sum & 0xffff) + (sum >>> 16);
  const twice = (once & 0xffff) + (once >>> 16);
  return ~twice & 0xffff;
}

/**
 * The same as csumPartial of what lies between two places, for i386: to cut it out first costs as much as to sum it.
 *
 * @kernel csum_partial
 */
export function csumBetween(bytes: Uint8Array, from: number, to: number, sum: number): number {
  enter('csum_partial', to - from);
  return endAround(sumBetween(bytes, from, to) + sum);
}

/** What a pseudo-header says: addresses as unsigned numbers, length in octets. */
export interface PseudoHeader {
  readonly source: number;
  readonly destination: number;
  readonly length: number;
  readonly protocol: number;
}

/** An address as it stands in the pseudo-header, read as a word in host order. */
function word32(address: number): number {
  return swab16(address & 0xffff) * 0x1_0000 + swab16(address >>> 16);
}

/**
 * Adds the pseudo-header. Length and protocol stand in it as network-order words; seen in
 * little-endian order that is the swapped length, and the protocol times 256. Like i386, the
 * length's word goes to the upper half, which the fold makes no difference of.
 *
 * @kernel csum_tcpudp_nofold
 */
export function csumTcpudpNofold(pseudo: PseudoHeader, sum: number): number {
  enter('csum_tcpudp_nofold');
  const lengthAndProtocol = swab16(pseudo.length) * 0x1_0000 + pseudo.protocol * 0x100;
  return endAround(sum + word32(pseudo.destination) + word32(pseudo.source) + lengthAndProtocol);
}

/** @kernel csum_tcpudp_magic */
export function csumTcpudpMagic(pseudo: PseudoHeader, sum: number): number {
  enter('csum_tcpudp_magic');
  return csumFold(csumTcpudpNofold(pseudo, sum));
}

/**
 * The checksum of a region as it is stored in a header.
 *
 * @returns in network order.
 * @kernel ip_compute_csum
 */
export function ipComputeCsum(bytes: Uint8Array): number {
  return swab16(csumFold(csumPartial(bytes, 0)));
}

/**
 * The checksum of a header of whole words, which is short, at a place in memory.
 *
 * @returns in network order.
 * @kernel ip_fast_csum
 */
export function ipFastCsum(bytes: Uint8Array, at: number, length: number): number {
  enter('ip_fast_csum');
  return swab16(csumFold(endAround(sumOfFew(bytes, at, at + length))));
}

/**
 * The checksum after a word under it changed: HC' = ~(~HC + ~m + m').
 *
 * @param check - network order, as are the words.
 * Source: RFC 1624, section 3, equation 3. RFC 1141's equation would turn 0x0000 into 0xFFFF.
 */
export function csumUpdate(check: number, before: number, after: number): number {
  return csumFold((~check & 0xffff) + (~before & 0xffff) + after);
}
