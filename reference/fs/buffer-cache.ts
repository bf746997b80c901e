/**
 * The buffer cache: blocks that were used lately stay in memory.
 *
 * A changed block is written when its buffer is wanted for another one or by sync(), not when it is
 * changed. A buffer is good until the next call: whoever keeps one longer would miss a change.
 * Whoever is set as asking is charged: one block for each that had to be read, one for each that
 * becomes due to be written, however often it is changed before it is.
 *
 * Source: 4.4BSD, kern/vfs_bio.c (bread, bdwrite, ru_inblock, ru_oublock). Left out: hash queues,
 * read-ahead, locked buffers, since nothing sleeps here.
 */
import type { BlockStore } from './block-store.ts';

/** @kernel struct buf */
interface Buffer {
  readonly block: number;
  readonly octets: Uint8Array;
  /** @kernel B_DELWRI */
  dirty: boolean;
}

/** What a process is charged for. @kernel ru_inblock, ru_oublock */
export interface BlockUsage {
  blocksIn: number;
  blocksOut: number;
}

export interface BufferCache {
  readonly store: BlockStore;
  /** At most so many buffers; 1 or more. */
  readonly capacity: number;
  /** By block, the least recently used first. */
  readonly buffers: Map<number, Buffer>;
  /** Who asks. @kernel curproc */
  asking: BlockUsage;
}

export function newBufferCache(store: BlockStore, capacity: number): BufferCache {
  return { store, capacity, buffers: new Map(), asking: { blocksIn: 0, blocksOut: 0 } };
}

/** The octets of a block, to be looked at before the next call. @kernel bread */
export function bread(cache: BufferCache, block: number): Readonly<Uint8Array> {
  return readBuffer(cache, block).octets;
}

/** Changes a block in place; it is written later. @kernel bread, bdwrite */
export function bupdate(
  cache: BufferCache,
  block: number,
  change: (octets: Uint8Array) => void,
): void {
  bdwrite(cache, readBuffer(cache, block), change);
}

/** Replaces a block by zeroes without reading it. @kernel getblk, clrbuf */
export function bclear(cache: BufferCache, block: number): void {
  const buffer = getblk(cache, block, () => new Uint8Array(cache.store.blockOctets));
  bdwrite(cache, buffer, (octets) => octets.fill(0));
}

/** Writes all that is due. @kernel sync */
export function syncBuffers(cache: BufferCache): void {
  for (const buffer of cache.buffers.values()) writeBack(cache, buffer);
}

/** Writes all that is due, and keeps nothing. @kernel vinvalbuf; invalidate_bdev */
export function forgetBuffers(cache: BufferCache): void {
  syncBuffers(cache);
  cache.buffers.clear();
}

function readBuffer(cache: BufferCache, block: number): Buffer {
  return getblk(cache, block, () => {
    cache.asking.blocksIn++;
    return cache.store.readBlock(block);
  });
}

/** The buffer of a block, now the one used last; the one used least recently makes room for it. */
function getblk(cache: BufferCache, block: number, fill: () => Uint8Array): Buffer {
  const { buffers } = cache;
  const buffer = buffers.get(block) ?? { block, octets: fill(), dirty: false };
  buffers.delete(block);
  for (const victim of buffers.values()) {
    if (buffers.size < cache.capacity) break;
    writeBack(cache, victim);
    buffers.delete(victim.block);
  }
  buffers.set(block, buffer);
  return buffer;
}

function bdwrite(cache: BufferCache, buffer: Buffer, change: (octets: Uint8Array) => void): void {
  change(buffer.octets);
  if (!buffer.dirty) cache.asking.blocksOut++;
  buffer.dirty = true;
}

function writeBack(cache: BufferCache, buffer: Buffer): void {
  if (buffer.dirty) cache.store.writeBlock(buffer.block, buffer.octets);
  buffer.dirty = false;
}
