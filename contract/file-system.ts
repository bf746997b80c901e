/**
 * A small file system: files and directories over a store of fixed-size blocks.
 *
 * Open files are handles: descriptors, their numbers and their sharing are somebody else's. There
 * are no users, so nothing is denied; no links but hard ones; and no times, since there is no clock.
 *
 * Source: POSIX.1; where it leaves a choice, Linux 2.6.11 (fs/namei.c, mm/filemap.c) and 4.4BSD-Lite2
 * (kern/vfs_syscalls.c, ufs/).
 */
import { z } from 'zod';
import { Handle, Length, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Path = z
  .string()
  .max(8192)
  .regex(/^[^\0]*$/, 'a path holds no NUL')
  .meta({
    description: 'path in UTF-8; one that does not begin with / is looked up from the root as well',
    examples: ['/usr/bin'],
  });

const OneFile = z.strictObject({ file: Handle });
const OnePath = z.strictObject({ path: Path });

const MOST_BLOCKS = 65_536;

const MOST_OCTETS = 2 ** 40;

const Offset = z.int().min(-0x8000_0000).max(MOST_OCTETS).meta({ description: 'offset in octets' });

const Status = z.strictObject({
  inode: z.int().min(1).meta({ description: 'number of the file, whatever its names' }),
  kind: z.enum(['file', 'directory']),
  octets: z.int().min(0).meta({ description: 'size; of a directory, as the system sees fit' }),
  links: z.int().min(0).meta({
    description: 'number of names; of a directory, 2 and one for each directory in it',
  }),
});

const LOOKUP = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'] as const;

export const fileSystem = {
  does: 'Files and directories over a store of blocks; one file system at a time, mounted as the root.',
  version: 1,
  methods: {
    mkfs: method({
      does: 'Makes an empty file system and mounts it; what was there before is gone, open files too.',
      kernel: 'mkfs(8), mount',
      args: z.strictObject({
        blocks: z.int().min(16).max(MOST_BLOCKS).meta({
          description: 'size of the store in blocks',
        }),
        blockOctets: z.literal([64, 128, 256, 512, 1024, 2048, 4096]),
        inodes: z.int().min(2).max(4096).meta({
          description: 'at least so many files and directories must fit, the root among them',
        }),
      }),
      ok: Nothing,
      errnos: ['ENOSPC'],
    }),
    statfs: method({
      does: 'What there is room for.',
      kernel: 'statfs',
      args: Nothing,
      ok: z.strictObject({
        blockOctets: z.int().min(1).max(4096),
        freeBlocks: z.int().min(0).max(MOST_BLOCKS),
        freeInodes: z.int().min(0).max(MOST_BLOCKS),
        nameMax: z.int().min(14).max(1024).meta({ description: 'longest name in octets' }),
        pathMax: z.int().min(255).max(4096).meta({ description: 'longest path in octets' }),
        fileMax: z
          .int()
          .min(1)
          .max(MOST_OCTETS - 1)
          .meta({ description: 'size of the largest possible file in octets' }),
      }),
    }),
    open: method({
      does: 'Opens a file, and creates it if asked to.',
      kernel: 'open',
      args: z.strictObject({
        path: Path,
        mode: z.enum(['O_RDONLY', 'O_WRONLY', 'O_RDWR']),
        flags: z.array(z.enum(['O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_APPEND'])).max(4),
      }),
      ok: OneFile,
      errnos: [...LOOKUP, 'EEXIST', 'EISDIR', 'ENOSPC'],
    }),
    close: method({
      does: 'Closes an open file; a file without a name is freed at its last close.',
      kernel: 'close',
      args: OneFile,
      ok: Nothing,
      errnos: ['EBADF'],
    }),
    read: method({
      does: 'Reads from the offset on, as far as the file reaches.',
      kernel: 'read',
      args: OneFile.extend({ length: Length }),
      ok: z.strictObject({ octets: Octets }),
      errnos: ['EBADF', 'EISDIR', 'EINVAL'],
    }),
    write: method({
      does: 'Writes from the offset on.',
      kernel: 'write',
      args: OneFile.extend({ octets: Octets }),
      ok: z.strictObject({ written: Length }),
      errnos: ['EBADF', 'ENOSPC', 'EFBIG', 'EINVAL'],
    }),
    lseek: method({
      does: 'Moves the offset.',
      kernel: 'lseek',
      args: OneFile.extend({
        offset: Offset,
        whence: z.enum(['SEEK_SET', 'SEEK_CUR', 'SEEK_END']),
      }),
      ok: z.strictObject({ offset: Offset }),
      errnos: ['EBADF', 'EINVAL'],
    }),
    ftruncate: method({
      does: 'Makes an open file shorter or longer; the offset stays.',
      kernel: 'ftruncate',
      args: OneFile.extend({ length: Offset }),
      ok: Nothing,
      errnos: ['EBADF', 'EINVAL', 'EFBIG'],
    }),
    fstat: method({
      does: 'The status of an open file.',
      kernel: 'fstat',
      args: OneFile,
      ok: Status,
      errnos: ['EBADF'],
    }),
    stat: method({
      does: 'Looks a path up.',
      kernel: 'stat',
      args: OnePath,
      ok: Status,
      errnos: LOOKUP,
    }),
    link: method({
      does: 'Gives a file one more name.',
      kernel: 'link',
      args: z.strictObject({ from: Path, to: Path }),
      ok: Nothing,
      errnos: [...LOOKUP, 'EEXIST', 'EPERM', 'ENOSPC'],
    }),
    unlink: method({
      does: 'Takes a name away from a file.',
      kernel: 'unlink',
      args: OnePath,
      ok: Nothing,
      errnos: [...LOOKUP, 'EISDIR', 'EPERM'],
    }),
    rename: method({
      does: 'Gives a file or a directory another name, in place of what has it.',
      kernel: 'rename',
      args: z.strictObject({ from: Path, to: Path }),
      ok: Nothing,
      errnos: [...LOOKUP, 'EISDIR', 'ENOTEMPTY', 'EINVAL', 'EBUSY', 'ENOSPC'],
    }),
    mkdir: method({
      does: 'Makes an empty directory.',
      kernel: 'mkdir',
      args: OnePath,
      ok: Nothing,
      errnos: [...LOOKUP, 'EEXIST', 'ENOSPC'],
    }),
    rmdir: method({
      does: 'Removes an empty directory.',
      kernel: 'rmdir',
      args: OnePath,
      ok: Nothing,
      errnos: [...LOOKUP, 'ENOTEMPTY', 'EINVAL', 'EBUSY'],
    }),
    readdir: method({
      does: 'The names in a directory, . and .. among them, in any order.',
      kernel: 'getdents, getdirentries',
      args: OnePath,
      ok: z.strictObject({
        entries: z.array(z.strictObject({ name: z.string().min(1), inode: z.int().min(1) })),
      }),
      errnos: LOOKUP,
    }),
  },
} as const satisfies PortSpec;

export const fileSystemCheck = {
  does: 'Consistency of the file system as a checker sees it from below. Needs file-system.',
  version: 1,
  methods: {
    check: method({
      does: 'Reads the whole file system, block by block, and compares what is used with what is marked as used.',
      kernel: 'fsck(8)',
      args: Nothing,
      ok: z.strictObject({
        files: z.int().min(0).meta({ description: 'that have a name' }),
        directories: z.int().min(1).meta({ description: 'the root among them' }),
        problems: z.array(
          z.strictObject({
            what: z.enum([
              'a block is used twice',
              'a block is lost',
              'a block in use is marked free',
              'an inode is lost',
              'an inode in use is marked free',
              'a link count is wrong',
              'an entry leads nowhere',
              'a directory has a wrong . or ..',
            ]),
            where: z.int().min(0).meta({ description: 'number of the block or inode' }),
          }),
        ),
      }),
    }),
  },
} as const satisfies PortSpec;
