/**
 * Open files: an inode and an offset, which read and write move.
 *
 * What a layer of descriptors calls: it hands the same open file to all who share it, and closes it
 * with the last of them.
 *
 * Source: Linux 2.6.11, fs/open.c, fs/read_write.c, mm/filemap.c; 4.4BSD-Lite2, kern/vfs_vnops.c,
 * kern/vfs_syscalls.c, ufs/ufs/ufs_readwrite.c.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { maxFileOctets } from './block-map.ts';
import { addEntry } from './directory.ts';
import { itruncate, readi, writei } from './file-data.ts';
import { ialloc, iput, iupdate, type Inode } from './inode.ts';
import { lookup, type Found, type LookupErrno } from './namei.ts';
import type { FileSystem } from './super-block.ts';

/** @kernel struct file */
export interface OpenFile {
  readonly inode: Inode;
  readonly readable: boolean;
  readonly writable: boolean;
  /** Every write goes to the end. @kernel O_APPEND */
  readonly append: boolean;
  offset: number;
}

export type OpenMode = 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';

export type OpenFlag = 'O_CREAT' | 'O_EXCL' | 'O_TRUNC' | 'O_APPEND';

type Done = Record<string, never>;

/**
 * @errors EEXIST — O_CREAT with O_EXCL, and it is there. ENOENT — no O_CREAT, and it is not.
 * @errors EISDIR — a directory is to be written, shortened or created. ENOSPC — no room for one more.
 * @kernel open_namei, vn_open
 */
export function openFile(
  fs: FileSystem,
  path: string,
  mode: OpenMode,
  flags: ReadonlySet<OpenFlag>,
): Outcome<OpenFile, LookupErrno | 'EEXIST' | 'EISDIR' | 'ENOSPC'> {
  const found = lookup(fs, path);
  if (!('ok' in found)) return found;
  const there = found.ok.inode;
  if (there !== null && flags.has('O_CREAT') && flags.has('O_EXCL')) return failure('EEXIST');
  const changes = flags.has('O_CREAT') || flags.has('O_TRUNC') || mode !== 'O_RDONLY';
  if (there?.kind === 'directory' && changes) return failure('EISDIR');
  if (there === null && !flags.has('O_CREAT')) return failure('ENOENT');
  const inode = there === null ? createFile(fs, found.ok) : success(there);
  if (!('ok' in inode)) return inode;
  if (flags.has('O_TRUNC')) itruncate(fs, inode.ok, 0);
  inode.ok.opens++;
  return success({
    inode: inode.ok,
    readable: mode !== 'O_WRONLY',
    writable: mode !== 'O_RDONLY',
    append: flags.has('O_APPEND'),
    offset: 0,
  });
}

/** @kernel vfs_create */
function createFile(
  fs: FileSystem,
  { parent, name, slash }: Found,
): Outcome<Inode, 'EISDIR' | 'ENOSPC'> {
  if (slash) return failure('EISDIR');
  const inode = ialloc(fs, 'file');
  if (inode === null) return failure('ENOSPC');
  if (addEntry(fs, parent, name, inode.number)) inode.links = 1;
  iupdate(fs, inode);
  iput(fs, inode);
  return inode.links === 1 ? success(inode) : failure('ENOSPC');
}

/** @kernel fput, vn_close */
export function closeFile(fs: FileSystem, { inode }: OpenFile): void {
  inode.opens--;
  iput(fs, inode);
}

/** @kernel generic_file_read, vn_read */
export function readFile(
  fs: FileSystem,
  file: OpenFile,
  length: number,
): Outcome<Uint8Array, 'EBADF' | 'EISDIR' | 'EINVAL'> {
  if (!file.readable) return failure('EBADF');
  if (file.inode.kind === 'directory' && !fs.rules.readsDirectories) return failure('EISDIR');
  if (file.offset < 0) return failure('EINVAL');
  const octets = readi(fs, file.inode, file.offset, length);
  file.offset += octets.length;
  return success(octets);
}

/**
 * @errors EFBIG — beyond the largest size. ENOSPC — the store is full.
 * @kernel generic_file_write, vn_write
 */
export function writeFile(
  fs: FileSystem,
  file: OpenFile,
  octets: Uint8Array,
): Outcome<number, 'EBADF' | 'EINVAL' | 'EFBIG' | 'ENOSPC'> {
  const { inode } = file;
  const { writesAllOrNothing } = fs.rules;
  if (!file.writable) return failure('EBADF');
  if (octets.length === 0) return success(0);
  const offset = file.append ? inode.octets : file.offset;
  if (offset < 0) return failure('EINVAL');
  const room = maxFileOctets(fs) - offset;
  if (room <= 0 || (writesAllOrNothing && room < octets.length)) return failure('EFBIG');
  const before = inode.octets;
  const wanted = octets.subarray(0, room);
  const written = writei(fs, inode, offset, wanted);
  if (written < wanted.length && (writesAllOrNothing || written === 0)) {
    itruncate(fs, inode, before);
    return failure('ENOSPC');
  }
  file.offset = offset + written;
  return success(written);
}

/** @errors EINVAL — the offset would be negative. @kernel sys_lseek */
export function seekFile(
  { rules }: FileSystem,
  file: OpenFile,
  offset: number,
  whence: 'SEEK_SET' | 'SEEK_CUR' | 'SEEK_END',
): Outcome<number, 'EINVAL'> {
  const base = { SEEK_SET: 0, SEEK_CUR: file.offset, SEEK_END: file.inode.octets }[whence];
  if (base + offset < 0 && !rules.seeksBelowZero) return failure('EINVAL');
  file.offset = base + offset;
  return success(file.offset);
}

/** @errors EINVAL — a negative size, or not open for writing. @kernel sys_ftruncate */
export function truncateFile(
  fs: FileSystem,
  file: OpenFile,
  length: number,
): Outcome<Done, 'EINVAL' | 'EFBIG'> {
  if (length < 0 || !file.writable) return failure('EINVAL');
  if (length > maxFileOctets(fs)) return failure('EFBIG');
  itruncate(fs, file.inode, length);
  return success({});
}
