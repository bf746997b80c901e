/**
 * Inodes: what a file is, apart from its names.
 *
 * A file lives as long as it has a name or is open; whoever takes the last of these away frees it.
 * In memory there is one inode for a file, so all who use it see the same; what is changed there is
 * written through to the table of inodes.
 *
 * Source: Linux 2.6.11, fs/inode.c (iget, iput), fs/minix/inode.c; 4.4BSD-Lite2, ufs/ufs/inode.h.
 */
import { allocBit, freeBit, freeBits } from './bitmap.ts';
import { freeBlocksFrom, POINTERS } from './block-map.ts';
import { bread, bupdate } from './buffer-cache.ts';
import { INODE_OCTETS, type FileSystem } from './super-block.ts';

const KINDS = ['free', 'file', 'directory'] as const;

export type FileKind = 'file' | 'directory';

export const ROOT_INODE = 1;

/** @kernel struct inode */
export interface Inode {
  readonly number: number;
  kind: (typeof KINDS)[number];
  /** Names that lead here. @kernel i_nlink */
  links: number;
  /** @kernel i_size */
  octets: number;
  /** Numbers of blocks, 0 for none: direct ones, then the roots of the indirect ones. */
  readonly pointers: number[];
  /** Open files that lead here; in memory only. @kernel i_count */
  opens: number;
}

function placeOf({ cache, inodeTable }: FileSystem, number: number) {
  const each = cache.store.blockOctets / INODE_OCTETS;
  return { block: inodeTable + Math.floor(number / each), at: (number % each) * INODE_OCTETS };
}

/** The inode of that number, read from the table unless it is in memory. @kernel iget */
export function iget(fs: FileSystem, number: number): Inode {
  const known = fs.inodes.get(number);
  if (known !== undefined) return known;
  const inode = readInode(fs, number);
  fs.inodes.set(number, inode);
  return inode;
}

/** Keeps those of open files only; the others are in the table as they are here. @kernel prune_icache */
export function forgetInodes({ inodes }: FileSystem): void {
  for (const [number, { opens }] of inodes) if (opens === 0) inodes.delete(number);
}

/** What stands in the table. */
export function readInode(fs: FileSystem, number: number): Inode {
  const { block, at } = placeOf(fs, number);
  const octets = bread(fs.cache, block);
  const view = new DataView(octets.buffer, octets.byteOffset + at, INODE_OCTETS);
  const word = (nth: number) => view.getUint32(4 * nth, true);
  return {
    number,
    kind: KINDS[word(0)] ?? 'free',
    links: word(1),
    octets: word(2),
    pointers: Array.from({ length: POINTERS }, (_, slot) => word(3 + slot)),
    opens: 0,
  };
}

/** Writes an inode to the table. @kernel iupdate */
export function iupdate(fs: FileSystem, inode: Inode): void {
  const { block, at } = placeOf(fs, inode.number);
  const words = [KINDS.indexOf(inode.kind), inode.links, inode.octets, ...inode.pointers];
  bupdate(fs.cache, block, (octets) => {
    const view = new DataView(octets.buffer, octets.byteOffset + at, INODE_OCTETS);
    words.forEach((word, nth) => view.setUint32(4 * nth, word, true));
  });
}

/** A new file without a name. @returns null — all inodes are in use. @kernel ialloc */
export function ialloc(fs: FileSystem, kind: FileKind): Inode | null {
  const number = allocBit(fs.cache, fs.inodeMap);
  if (number === null) return null;
  const pointers = Array<number>(POINTERS).fill(0);
  const inode: Inode = { number, kind, links: 0, octets: 0, pointers, opens: 0 };
  fs.inodes.set(number, inode);
  iupdate(fs, inode);
  return inode;
}

/** Frees the file if nothing leads to it any more. @kernel iput */
export function iput(fs: FileSystem, inode: Inode): void {
  if (inode.links > 0 || inode.opens > 0) return;
  freeBlocksFrom(fs, inode, 0);
  inode.kind = 'free';
  iupdate(fs, inode);
  fs.inodes.delete(inode.number);
  freeBit(fs.cache, fs.inodeMap, inode.number);
}

export function freeInodes({ cache, inodeMap }: FileSystem): number {
  return freeBits(cache, inodeMap);
}
