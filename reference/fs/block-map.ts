/**
 * From a place in a file to a block of the store.
 *
 * The first blocks of a file are named in its inode; the next ones by a block of pointers, and those
 * after by a block of pointers to blocks of pointers. A pointer of 0 is a hole: it reads as zeroes
 * and costs nothing. Whatever is missing on the way to a block is allocated together or not at all,
 * so that a full store leaves nothing half built.
 *
 * Source: Linux 2.6.11, fs/minix/itree_common.c; 4.4BSD-Lite2, ufs/ufs/ufs_bmap.c.
 */
import { allocBit, freeBit, freeBits } from './bitmap.ts';
import { bclear, bread, bupdate } from './buffer-cache.ts';
import type { Inode } from './inode.ts';
import type { FileSystem } from './super-block.ts';

const DIRECT = 7;

/** Pointers of an inode: the direct ones, one indirect, one double indirect. */
export const POINTERS = DIRECT + 2;

/** Largest file, where the pointers reach further than a 32-bit size. @kernel s_maxbytes */
const MAX_OCTETS = 0x7fff_ffff;

function pointersInBlock({ cache }: FileSystem): number {
  return cache.store.blockOctets / 4;
}

export function maxFileOctets(fs: FileSystem): number {
  const each = pointersInBlock(fs);
  return Math.min(MAX_OCTETS, (DIRECT + each + each ** 2) * fs.cache.store.blockOctets);
}

/** How many blocks of pointers lie between a pointer of the inode and the data. */
export function depthOf(slot: number): number {
  return Math.max(0, slot - DIRECT + 1);
}

/** How many blocks of the file hang from a pointer of the inode, and how many from those before. */
function reachOf(fs: FileSystem, slot: number): { depth: number; base: number; span: number } {
  const each = pointersInBlock(fs);
  const depth = depthOf(slot);
  const base = depth < 2 ? slot : DIRECT + each;
  return { depth, base, span: each ** depth };
}

/** The slot in the inode and then in each block of pointers. @kernel block_to_path */
function pathTo(fs: FileSystem, index: number): number[] {
  const each = pointersInBlock(fs);
  if (index < DIRECT) return [index];
  const single = index - DIRECT;
  if (single < each) return [DIRECT, single];
  const double = single - each;
  return [DIRECT + 1, Math.floor(double / each), double % each];
}

export function readPointer({ cache }: FileSystem, block: number, slot: number): number {
  const octets = bread(cache, block);
  return new DataView(octets.buffer, octets.byteOffset).getUint32(4 * slot, true);
}

function writePointer({ cache }: FileSystem, block: number, slot: number, to: number): void {
  bupdate(cache, block, (octets) => {
    new DataView(octets.buffer, octets.byteOffset).setUint32(4 * slot, to, true);
  });
}

/** The block at that index of a file; 0 in a hole. @kernel bmap */
export function bmap(fs: FileSystem, inode: Inode, index: number): number {
  const [slot = 0, ...rest] = pathTo(fs, index);
  let block = inode.pointers[slot] ?? 0;
  for (const next of rest) block = block && readPointer(fs, block, next);
  return block;
}

/**
 * The same, and a hole is filled with a block of zeroes. The inode is changed in memory only.
 *
 * @returns null — the store is full.
 */
export function bmapAllocate(fs: FileSystem, inode: Inode, index: number): number | null {
  const path = pathTo(fs, index);
  const chain: number[] = [];
  for (const slot of path) {
    const above = chain.at(-1);
    const block = above === undefined ? inode.pointers[slot] : readPointer(fs, above, slot);
    if (!block) break;
    chain.push(block);
  }
  const present = chain.length;
  const added = allocBlocks(fs, path.length - present);
  if (added === null) return null;
  chain.push(...added);
  for (let depth = present; depth < path.length; depth++) {
    const slot = path[depth] ?? 0;
    const block = chain[depth] ?? 0;
    const above = chain[depth - 1];
    if (above === undefined) inode.pointers[slot] = block;
    else writePointer(fs, above, slot, block);
  }
  return chain.at(-1) ?? null;
}

/** So many blocks of zeroes, or none at all. */
function allocBlocks({ cache, blockMap }: FileSystem, count: number): number[] | null {
  const blocks: number[] = [];
  while (blocks.length < count) {
    const block = allocBit(cache, blockMap);
    if (block === null) {
      for (const taken of blocks) freeBit(cache, blockMap, taken);
      return null;
    }
    bclear(cache, block);
    blocks.push(block);
  }
  return blocks;
}

/** Frees the blocks of a file from an index on. The inode is changed in memory only. */
export function freeBlocksFrom(fs: FileSystem, inode: Inode, index: number): void {
  for (const [slot, block] of inode.pointers.entries()) {
    const { depth, base, span } = reachOf(fs, slot);
    if (block === 0 || index >= base + span) continue;
    if (freeTree(fs, block, depth, Math.max(0, index - base))) inode.pointers[slot] = 0;
  }
}

/**
 * Frees what hangs from a block, from an index in it on.
 *
 * @returns whether the block itself is free: nothing before that index was to be kept.
 */
function freeTree(fs: FileSystem, block: number, depth: number, index: number): boolean {
  if (depth > 0) {
    const span = pointersInBlock(fs) ** (depth - 1);
    for (let slot = Math.floor(index / span); slot < pointersInBlock(fs); slot++) {
      const below = readPointer(fs, block, slot);
      if (below !== 0 && freeTree(fs, below, depth - 1, Math.max(0, index - slot * span))) {
        writePointer(fs, block, slot, 0);
      }
    }
  }
  if (index > 0) return false;
  freeBit(fs.cache, fs.blockMap, block);
  return true;
}

export function freeBlocks({ cache, blockMap }: FileSystem): number {
  return freeBits(cache, blockMap);
}
