/**
 * The octets of a file.
 *
 * Whatever lies beyond the size in the last block is zero at all times, so a file that grows shows
 * zeroes and not what was there before it shrank.
 *
 * Source: 4.4BSD-Lite2, ufs/ufs/ufs_readwrite.c, ufs/ffs/ffs_inode.c (ffs_truncate).
 */
import { bmap, bmapAllocate, freeBlocksFrom } from './block-map.ts';
import { bread, bupdate } from './buffer-cache.ts';
import { iupdate, type Inode } from './inode.ts';
import type { FileSystem } from './super-block.ts';

/** A run of octets within one block of a file. */
interface Piece {
  /** Index of the block in the file. */
  readonly index: number;
  /** First octet within the block. */
  readonly within: number;
  readonly length: number;
  /** First octet within the run that was cut up. */
  readonly at: number;
}

/** Cuts a run of octets at the borders of blocks. */
function* pieces(blockOctets: number, offset: number, length: number): Generator<Piece> {
  for (let at = 0; at < length;) {
    const within = (offset + at) % blockOctets;
    const piece = Math.min(blockOctets - within, length - at);
    yield { index: Math.floor((offset + at) / blockOctets), within, length: piece, at };
    at += piece;
  }
}

/** As much as there is from the offset on. @kernel readi */
export function readi(fs: FileSystem, inode: Inode, offset: number, length: number): Uint8Array {
  const octets = new Uint8Array(Math.max(0, Math.min(length, inode.octets - offset)));
  for (const piece of pieces(fs.cache.store.blockOctets, offset, octets.length)) {
    const block = bmap(fs, inode, piece.index);
    if (block === 0) continue;
    const from = bread(fs.cache, block).subarray(piece.within, piece.within + piece.length);
    octets.set(from, piece.at);
  }
  return octets;
}

/** @returns how many octets were written: fewer than given when the store is full. @kernel writei */
export function writei(fs: FileSystem, inode: Inode, offset: number, octets: Uint8Array): number {
  let written = 0;
  for (const piece of pieces(fs.cache.store.blockOctets, offset, octets.length)) {
    const block = bmapAllocate(fs, inode, piece.index);
    if (block === null) break;
    bupdate(fs.cache, block, (buffer) => {
      buffer.set(octets.subarray(piece.at, piece.at + piece.length), piece.within);
    });
    written += piece.length;
  }
  if (written > 0) inode.octets = Math.max(inode.octets, offset + written);
  iupdate(fs, inode);
  return written;
}

/** Makes a file shorter, or longer by a hole. @kernel itrunc */
export function itruncate(fs: FileSystem, inode: Inode, octets: number): void {
  const { blockOctets } = fs.cache.store;
  if (octets < inode.octets) {
    freeBlocksFrom(fs, inode, Math.ceil(octets / blockOctets));
    const last = octets % blockOctets === 0 ? 0 : bmap(fs, inode, Math.floor(octets / blockOctets));
    if (last !== 0) bupdate(fs.cache, last, (buffer) => buffer.fill(0, octets % blockOctets));
  }
  inode.octets = octets;
  iupdate(fs, inode);
}
