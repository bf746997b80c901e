/**
 * Bit maps on the store: which blocks and which inodes are in use, a bit for each.
 *
 * Source: Linux 2.6.11, fs/minix/bitmap.c.
 */
import { bugOn } from '../kernel/bug.ts';
import { bread, bupdate, type BufferCache } from './buffer-cache.ts';

export interface Bitmap {
  readonly firstBlock: number;
  readonly bits: number;
}

export function bitmapBlocks(bits: number, blockOctets: number): number {
  return Math.ceil(bits / (8 * blockOctets));
}

/** Where a bit is: the block, the octet in it, the mask in that. */
function placeOf({ store }: BufferCache, { firstBlock }: Bitmap, bit: number) {
  const octet = bit >>> 3;
  return {
    block: firstBlock + Math.floor(octet / store.blockOctets),
    octet: octet % store.blockOctets,
    mask: 1 << (bit & 7),
  };
}

export function bitIsSet(cache: BufferCache, bitmap: Bitmap, bit: number): boolean {
  const { block, octet, mask } = placeOf(cache, bitmap, bit);
  return ((bread(cache, block)[octet] ?? 0) & mask) !== 0;
}

export function setBit(cache: BufferCache, bitmap: Bitmap, bit: number): void {
  const { block, octet, mask } = placeOf(cache, bitmap, bit);
  bupdate(cache, block, (octets) => (octets[octet] = (octets[octet] ?? 0) | mask));
}

export function freeBit(cache: BufferCache, bitmap: Bitmap, bit: number): void {
  bugOn(!bitIsSet(cache, bitmap, bit), `bit ${bit} is freed twice`);
  const { block, octet, mask } = placeOf(cache, bitmap, bit);
  bupdate(cache, block, (octets) => (octets[octet] = (octets[octet] ?? 0) & ~mask));
}

/** Takes the lowest bit that is free. @returns null — there is none. */
export function allocBit(cache: BufferCache, bitmap: Bitmap): number | null {
  for (let bit = 0; bit < bitmap.bits; bit++) {
    if (bitIsSet(cache, bitmap, bit)) continue;
    setBit(cache, bitmap, bit);
    return bit;
  }
  return null;
}

export function freeBits(cache: BufferCache, bitmap: Bitmap): number {
  let free = 0;
  for (let bit = 0; bit < bitmap.bits; bit++) if (!bitIsSet(cache, bitmap, bit)) free++;
  return free;
}
