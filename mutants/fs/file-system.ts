/** Faults of files: their octets, blocks and offsets. */
import type { Mutant } from '../mutant.ts';

const statement = 'KRN-07';

export const FILE_SYSTEM: readonly Mutant[] = [
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
  {
    id: 'fil-open-without-create-creates',
    statement,
    file: 'fs/open-file',
    find: `    if (there === null && !flags.has('O_CREAT'))
        return failure('ENOENT');`,
    replace: ``,
    does: 'Creates a file that is opened without O_CREAT.',
  },
  {
    id: 'fil-exclusive-ignored',
    statement,
    file: 'fs/open-file',
    find: `    if (there !== null && flags.has('O_CREAT') && flags.has('O_EXCL'))
        return failure('EEXIST');`,
    replace: ``,
    does: 'Opens a file that is there although it should be a new one.',
  },
  {
    id: 'fil-create-truncates',
    statement,
    file: 'fs/open-file',
    find: `    if (flags.has('O_TRUNC'))
        itruncate`,
    replace: `    if (flags.has('O_CREAT') || flags.has('O_TRUNC'))
        itruncate`,
    does: 'Empties a file that is opened with O_CREAT.',
  },
  {
    id: 'fil-trunc-ignored',
    statement,
    file: 'fs/open-file',
    find: `        itruncate(fs, inode.ok, 0);`,
    replace: `        ;`,
    does: 'Leaves a file as it is that is opened with O_TRUNC.',
  },
  {
    id: 'fil-directory-opened-for-writing',
    statement,
    file: 'fs/open-file',
    find: `if (there?.kind === 'directory' && changes)`,
    replace: `if (there?.kind === 'directory' && flags.has('O_CREAT'))`,
    does: 'Opens a directory for writing.',
  },
  {
    id: 'fil-offset-shared',
    statement,
    file: 'fs/open-file',
    find: `        append: flags.has('O_APPEND'),
        offset: 0,`,
    replace: `        append: flags.has('O_APPEND'),
        get offset() { return inode.ok.shared ?? 0; },
        set offset(to) { inode.ok.shared = to; },`,
    does: 'Has one offset for all who have a file open.',
  },
  {
    id: 'fil-append-at-offset',
    statement,
    file: 'fs/open-file',
    find: `const offset = file.append ? inode.octets : file.offset;`,
    replace: `const offset = file.offset;`,
    does: 'Ignores O_APPEND.',
  },
  {
    id: 'fil-append-keeps-offset',
    statement,
    file: 'fs/open-file',
    find: `    file.offset = offset + written;`,
    replace: `    file.offset = file.offset + written;`,
    does: 'Moves the offset of an appending file by what it wrote, not to the end.',
  },
  {
    id: 'fil-read-does-not-move',
    statement,
    file: 'fs/open-file',
    find: `    file.offset += octets.length;`,
    replace: ``,
    does: 'Does not move the offset when it reads.',
  },
  {
    id: 'fil-read-moves-by-the-wish',
    statement,
    file: 'fs/open-file',
    find: `    file.offset += octets.length;`,
    replace: `    file.offset += length;`,
    does: 'Moves the offset by what was asked for, not by what was read.',
  },
  {
    id: 'fil-mode-ignored-reading',
    statement,
    file: 'fs/open-file',
    find: `    if (!file.readable)
        return failure('EBADF');`,
    replace: ``,
    does: 'Reads a file that is opened for writing only.',
  },
  {
    id: 'fil-mode-ignored-writing',
    statement,
    file: 'fs/open-file',
    find: `    if (!file.writable)
        return failure('EBADF');`,
    replace: ``,
    does: 'Writes a file that is opened for reading only.',
  },
  {
    id: 'fil-directory-read',
    statement,
    file: 'fs/open-file',
    find: `    if (file.inode.kind === 'directory' && !fs.rules.readsDirectories)
        return failure('EISDIR');`,
    replace: ``,
    does: 'Reads a directory like a file where that is refused.',
  },
  {
    id: 'fil-seek-end-from-start',
    statement,
    file: 'fs/open-file',
    find: `SEEK_END: file.inode.octets }`,
    replace: `SEEK_END: 0 }`,
    does: 'Takes SEEK_END for SEEK_SET.',
  },
  {
    id: 'fil-seek-current-from-start',
    statement,
    file: 'fs/open-file',
    find: `SEEK_CUR: file.offset,`,
    replace: `SEEK_CUR: 0,`,
    does: 'Takes SEEK_CUR for SEEK_SET.',
  },
  {
    id: 'fil-seek-not-beyond-the-end',
    statement,
    file: 'fs/open-file',
    find: `    file.offset = base + offset;`,
    replace: `    file.offset = Math.min(base + offset, file.inode.octets);`,
    does: 'Does not move the offset beyond the end of a file.',
  },
  {
    id: 'fil-seek-below-zero',
    statement,
    file: 'fs/open-file',
    find: `if (base + offset < 0 && !rules.seeksBelowZero)`,
    replace: `if (base + offset < -1)`,
    does: 'Moves the offset to -1.',
  },
  {
    id: 'fil-no-space-says-all-written',
    statement,
    file: 'fs/open-file',
    find: `    file.offset = offset + written;
    return success(written);`,
    replace: `    file.offset = offset + written;
    return success(wanted.length);`,
    does: 'Says that all was written when the store was full.',
  },
  {
    id: 'fil-no-space-says-nothing',
    statement,
    file: 'fs/open-file',
    find: `if (written < wanted.length && (writesAllOrNothing || written === 0)) {`,
    replace: `if (false) {`,
    does: 'Answers that nothing was written instead of ENOSPC.',
  },
  {
    id: 'fil-no-space-empties',
    statement,
    file: 'fs/open-file',
    find: `        itruncate(fs, inode, before);
        return failure('ENOSPC');`,
    replace: `        itruncate(fs, inode, 0);
        return failure('ENOSPC');`,
    does: 'Empties a file for which the store has no room.',
  },
  {
    id: 'fil-no-end-of-files',
    statement,
    file: 'fs/open-file',
    find: `    if (room <= 0 || (writesAllOrNothing && room < octets.length))
        return failure('EFBIG');`,
    replace: `    if (room <= 0)
        return failure('ENOSPC');`,
    does: 'Answers ENOSPC at the end of the largest file.',
  },
  {
    id: 'fil-truncate-below-zero',
    statement,
    file: 'fs/open-file',
    find: `    if (length < 0 || !file.writable)
        return failure('EINVAL');`,
    replace: `    if (!file.writable)
        return failure('EINVAL');
    length = Math.max(0, length);`,
    does: 'Takes a size below zero for zero.',
  },
  {
    id: 'fil-truncate-read-only',
    statement,
    file: 'fs/open-file',
    find: `if (length < 0 || !file.writable)`,
    replace: `if (length < 0)`,
    does: 'Cuts a file off that is opened for reading only.',
  },
  {
    id: 'fil-unlinked-freed-while-open',
    statement,
    file: 'fs/inode',
    find: `if (inode.links > 0 || inode.opens > 0)`,
    replace: `if (inode.links > 0)`,
    does: 'Frees a file with its last name although it is open.',
  },
  {
    id: 'fil-unlinked-never-freed',
    statement,
    file: 'fs/open-file',
    find: `    inode.opens--;
    iput(fs, inode);`,
    replace: `    inode.opens--;`,
    does: 'Does not free a file without a name at its last close.',
  },
  {
    id: 'fil-freed-at-any-close',
    statement,
    file: 'fs/open-file',
    find: `    inode.opens--;
    iput(fs, inode);`,
    replace: `    inode.opens = 0;
    iput(fs, inode);`,
    does: 'Frees a file without a name at the first of several closes.',
  },
  {
    id: 'fs-freed-inode-not-written',
    statement: 'KRN-07',
    file: 'fs/inode',
    find: `    inode.octets = 0;
    iupdate(fs, inode);`,
    replace: `    inode.octets = 0;`,
    does: 'Does not write that an inode is free.',
  },
  {
    id: 'fs-cut-not-written',
    statement: 'KRN-07',
    file: 'fs/file-data',
    find: `    inode.octets = octets;
    iupdate(fs, inode);`,
    replace: `    inode.octets = octets;`,
    does: 'Does not write that a file was cut off.',
  },
  {
    id: 'fs-pointers-to-free-blocks',
    statement: 'KRN-07',
    file: 'fs/block-map',
    find: `writePointer(fs, block, slot, 0);`,
    replace: ``,
    does: 'Leaves pointers to blocks that were freed.',
  },
  {
    id: 'blk-each-change-charged',
    statement: 'KRN-11',
    file: 'fs/buffer-cache',
    find: `    if (!buffer.dirty)
        cache.asking.blocksOut++;`,
    replace: `    cache.asking.blocksOut++;`,
    does: 'Charges a block for each change of it.',
  },
  {
    id: 'blk-changes-are-free',
    statement: 'KRN-11',
    file: 'fs/buffer-cache',
    find: `    if (!buffer.dirty)
        cache.asking.blocksOut++;`,
    replace: ``,
    does: 'Charges nobody for a block that is changed.',
  },
  {
    id: 'blk-reads-are-free',
    statement: 'KRN-11',
    file: 'fs/buffer-cache',
    find: `        cache.asking.blocksIn++;`,
    replace: ``,
    does: 'Charges nobody for a block that has to be read.',
  },
  {
    id: 'blk-memory-is-charged',
    statement: 'KRN-11',
    file: 'fs/buffer-cache',
    find: `    return getblk(cache, block, () => {
        cache.asking.blocksIn++;`,
    replace: `    cache.asking.blocksIn++;
    return getblk(cache, block, () => {`,
    does: 'Charges a block that is in memory as if it had to be read.',
  },
  {
    id: 'blk-reads-are-writes',
    statement: 'KRN-11',
    file: 'fs/buffer-cache',
    find: `        cache.asking.blocksIn++;`,
    replace: `        cache.asking.blocksOut++;`,
    does: 'Charges a block that has to be read as one that is written.',
  },
];
