/**
 * A store of fixed-size blocks: what a file system needs of a disk.
 *
 * The seam between file system and block driver: a driver's request queue can take the place of the
 * memory behind it. Blocks are read and written whole; the store counts both.
 *
 * Source: 4.4BSD, the strategy routine of a block device. Left out: errors and time.
 */
import { bugOn } from '../kernel/bug.ts';

export interface BlockStore {
  readonly blockOctets: number;
  readonly blocks: number;
  /** A copy of the block. */
  readBlock(block: number): Uint8Array;
  writeBlock(block: number, octets: Uint8Array): void;
}

/** A store in memory. */
export class MemoryStore implements BlockStore {
  readonly blockOctets: number;
  readonly blocks: number;
  /** Blocks that were read and written since the store was made. */
  readonly counts = { reads: 0, writes: 0 };
  readonly #octets: Uint8Array;

  constructor(blocks: number, blockOctets: number) {
    this.blocks = blocks;
    this.blockOctets = blockOctets;
    this.#octets = new Uint8Array(blocks * blockOctets);
  }

  readBlock(block: number): Uint8Array {
    this.counts.reads++;
    return this.#place(block).slice();
  }

  writeBlock(block: number, octets: Uint8Array): void {
    this.counts.writes++;
    this.#place(block).set(octets);
  }

  #place(block: number): Uint8Array {
    bugOn(block < 0 || block >= this.blocks, `block ${block} is beyond the end of the store`);
    return this.#octets.subarray(block * this.blockOctets, (block + 1) * this.blockOctets);
  }
}
