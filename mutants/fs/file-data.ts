/** Faults of files: their octets and blocks. */
import type { Mutant } from '../mutant.ts';

const statement = 'KRN-07';

export const FILE_DATA: readonly Mutant[] = [
  {
    id: 'fil-read-beyond-the-end',
    statement,
    file: 'fs/file-data',
    find: `Math.max(0, Math.min(length, inode.octets - offset))`,
    replace: `Math.min(length, 4096)`,
    does: 'Reads on behind the end of a file.',
  },
  {
    id: 'fil-last-octet-not-read',
    statement,
    file: 'fs/file-data',
    find: `Math.max(0, Math.min(length, inode.octets - offset))`,
    replace: `Math.max(0, Math.min(length, inode.octets - offset - 1))`,
    does: 'Ends a read an octet before the end of the file.',
  },
  {
    id: 'fil-write-shortens',
    statement,
    file: 'fs/file-data',
    find: `inode.octets = Math.max(inode.octets, offset + written);`,
    replace: `inode.octets = offset + written;`,
    does: 'Cuts a file off behind what is written into it.',
  },
  {
    id: 'fil-size-not-grown',
    statement,
    file: 'fs/file-data',
    find: `inode.octets = Math.max(inode.octets, offset + written);`,
    replace: `inode.octets = Math.max(inode.octets, written);`,
    does: 'Takes what one write wrote for the size of the file.',
  },
  {
    id: 'fil-block-border',
    statement,
    file: 'fs/file-data',
    find: `const within = (offset + at) % blockOctets;`,
    replace: `const within = at === 0 ? offset % blockOctets : 0 * blockOctets + (at > blockOctets ? 1 : 0);`,
    does: 'Shifts the octets of the third block that a read or write spans.',
  },
  {
    id: 'fil-truncate-keeps-blocks',
    statement,
    file: 'fs/file-data',
    find: `        freeBlocksFrom(fs, inode, Math.ceil(octets / blockOctets));`,
    replace: ``,
    does: 'Does not free the blocks of what is cut off.',
  },
  {
    id: 'fil-truncate-frees-one-too-many',
    statement,
    file: 'fs/file-data',
    find: `freeBlocksFrom(fs, inode, Math.ceil(octets / blockOctets));`,
    replace: `freeBlocksFrom(fs, inode, Math.floor(octets / blockOctets));`,
    does: 'Frees the last block of what is kept when a file is cut off within it.',
  },
  {
    id: 'fil-truncate-tail-comes-back',
    statement,
    file: 'fs/file-data',
    find: `            bupdate(fs.cache, last, (buffer) => buffer.fill(0, octets % blockOctets));`,
    replace: `            ;`,
    does: 'Shows what was cut off when the file grows again.',
  },
  {
    id: 'fil-truncate-only-shortens',
    statement,
    file: 'fs/file-data',
    find: `    inode.octets = octets;
    iupdate(fs, inode);`,
    replace: `    inode.octets = Math.min(octets, inode.octets);
    iupdate(fs, inode);`,
    does: 'Does not make a file longer.',
  },
  {
    id: 'fil-new-block-not-cleared',
    statement,
    file: 'fs/block-map',
    find: `        bclear(cache, block);
        blocks.push(block);`,
    replace: `        blocks.push(block);`,
    does: 'Gives a file a block with what another file had in it.',
  },
  {
    id: 'fil-single-indirect-off-by-one',
    statement,
    file: 'fs/block-map',
    find: `    if (single < each)
        return [DIRECT, single];`,
    replace: `    if (single <= each)
        return [DIRECT, single % each];`,
    does: 'Puts the first block of the double indirect pointer in place of one of the single.',
  },
  {
    id: 'fil-double-indirect-mixed-up',
    statement,
    file: 'fs/block-map',
    find: `return [DIRECT + 1, Math.floor(double / each), double % each];`,
    replace: `return [DIRECT + 1, Math.floor(double / each) % 2, double % each];`,
    does: 'Puts blocks far out in a file on top of others.',
  },
  {
    id: 'fil-indirect-blocks-leak',
    statement,
    file: 'fs/block-map',
    find: `    if (index > 0)
        return false;
    freeBit(fs.cache, fs.blockMap, block);`,
    replace: `    if (index > 0)
        return false;
    if (depth === 0)
        freeBit(fs.cache, fs.blockMap, block);`,
    does: 'Does not free blocks of pointers.',
  },
  {
    id: 'fil-double-indirect-leaks',
    statement,
    file: 'fs/block-map',
    find: `if (block === 0 || index >= base + span)`,
    replace: `if (block === 0 || depth === 2 || index >= base + span)`,
    does: 'Does not free what hangs from the double indirect pointer.',
  },
  {
    id: 'fil-half-built-path-leaks',
    statement,
    file: 'fs/block-map',
    find: `            for (const taken of blocks)
                freeBit(cache, blockMap, taken);
            return null;`,
    replace: `            return null;`,
    does: 'Loses the blocks that it took before the store was full.',
  },
  {
    id: 'fil-block-given-twice',
    statement,
    file: 'fs/bitmap',
    find: `        if (bitIsSet(cache, bitmap, bit))
            continue;
        setBit(cache, bitmap, bit);`,
    replace: `        if (bitIsSet(cache, bitmap, bit))
            continue;
        if (bit !== 41)
            setBit(cache, bitmap, bit);`,
    does: 'Forgets to mark one block as used, and gives it to a second file.',
  },
  {
    id: 'fil-dirty-buffer-lost',
    statement,
    file: 'fs/buffer-cache',
    find: `        writeBack(cache, victim);
        buffers.delete(victim.block);`,
    replace: `        buffers.delete(victim.block);`,
    does: 'Takes a buffer for another block without writing what was changed in it.',
  },
];
