/**
 * Memory for octets, cut from slabs.
 *
 * Frames come and go by the thousand, and a block of its own for each costs more than most of what is done
 * with it. So pieces are cut one behind the other from a block that is large; each is used once, and the block
 * is free when its last piece is.
 */

/** Octets of a slab. */
const SLAB = 65_536;

/** Longer pieces are blocks of their own, so that little of a slab is wasted at its end. */
const MOST_OF_SLAB = SLAB / 16;

/** So few octets cost little by themselves. */
const FEW = 64;

const ALIGNMENT = 8;

let slab = new ArrayBuffer(0);
let used = 0;

/** So many octets, all zero. */
export function freshOctets(count: number): Uint8Array {
  if (count <= FEW || count > MOST_OF_SLAB) return new Uint8Array(count);
  if (used + count > slab.byteLength) {
    slab = new ArrayBuffer(SLAB);
    used = 0;
  }
  const piece = new Uint8Array(slab, used, count);
  used += (count + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  return piece;
}
