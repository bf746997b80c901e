/**
 * The layout of a file system on its store, and what is known of it while it is mounted.
 *
 * From the front: super block, map of inodes, map of blocks, table of inodes, data. Both maps have a
 * bit for each from 0 on; inode 0 is none, and the blocks before the data are marked for ever.
 *
 * Source: Linux 2.6.11, fs/minix (version 3 of that file system, whose inodes and entries are of 64
 * octets). Left out: the triple indirect block, times, modes, owners, device files.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { bitmapBlocks, setBit, type Bitmap } from './bitmap.ts';
import type { BlockStore } from './block-store.ts';
import {
  bclear,
  bread,
  bupdate,
  newBufferCache,
  syncBuffers,
  type BufferCache,
} from './buffer-cache.ts';
import type { Inode } from './inode.ts';

export const INODE_OCTETS = 64;

/** What differs between systems. */
export interface FileRules {
  /** A directory can be read like a file. */
  readonly readsDirectories: boolean;
  /** What unlinking a directory gives. */
  readonly unlinkDirectory: 'EISDIR' | 'EPERM';
  /** A write that does not fit is undone; elsewhere as much is written as fits. */
  readonly writesAllOrNothing: boolean;
  /** lseek takes a negative offset, and only what uses it fails. */
  readonly seeksBelowZero: boolean;
  /** What renaming . or .. gives. */
  readonly renameDots: 'EBUSY' | 'EINVAL';
  /** Longest path in octets. */
  readonly pathMax: number;
}

/** A mounted file system. @kernel struct super_block */
export interface FileSystem {
  readonly cache: BufferCache;
  readonly rules: FileRules;
  readonly inodeMap: Bitmap;
  readonly blockMap: Bitmap;
  readonly inodeTable: number;
  readonly firstData: number;
  /** Inodes in memory, by number: each file has one at most. */
  readonly inodes: Map<number, Inode>;
}

/** @param inodes - how many there are, 0 to which is none among them. */
function layoutOf(blocks: number, blockOctets: number, inodes: number) {
  const inodeMap: Bitmap = { firstBlock: 1, bits: inodes };
  const blockMap: Bitmap = { firstBlock: 1 + bitmapBlocks(inodes, blockOctets), bits: blocks };
  const inodeTable = blockMap.firstBlock + bitmapBlocks(blocks, blockOctets);
  const firstData = inodeTable + Math.ceil((inodes * INODE_OCTETS) / blockOctets);
  return { inodeMap, blockMap, inodeTable, firstData };
}

/**
 * Writes an empty layout; the root directory is still to be made.
 *
 * @param files - how many files and directories must fit.
 * @errors ENOSPC — the store has no room for the tables and one block of data.
 */
export function formatStore(
  store: BlockStore,
  files: number,
): Outcome<Record<string, never>, 'ENOSPC'> {
  const { blocks, blockOctets } = store;
  const inodes = files + 1;
  const { inodeMap, blockMap, firstData } = layoutOf(blocks, blockOctets, inodes);
  if (firstData >= blocks) return failure('ENOSPC');
  const cache = newBufferCache(store, firstData);
  for (let block = 0; block < firstData; block++) bclear(cache, block);
  bupdate(cache, 0, (octets) => new DataView(octets.buffer).setUint32(0, inodes, true));
  for (let block = 0; block < firstData; block++) setBit(cache, blockMap, block);
  setBit(cache, inodeMap, 0);
  syncBuffers(cache);
  return success({});
}

/** @param buffers - how many blocks are kept in memory at most. */
export function mountStore(store: BlockStore, buffers: number, rules: FileRules): FileSystem {
  const cache = newBufferCache(store, buffers);
  const octets = bread(cache, 0);
  const inodes = new DataView(octets.buffer, octets.byteOffset).getUint32(0, true);
  return { cache, rules, ...layoutOf(store.blocks, store.blockOctets, inodes), inodes: new Map() };
}
