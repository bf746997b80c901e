/** Faults of open files: their offsets, modes and ends; and of what is charged for blocks. */
import type { Mutant } from '../mutant.ts';

const statement = 'KRN-07';

export const OPEN_FILE: readonly Mutant[] = [
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
    find: `    inode.kind = 'free';
    iupdate(fs, inode);`,
    replace: `    inode.kind = 'free';`,
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
