/**
 * Files of a file system as open files: the routines of the type.
 *
 * A file of a store can always be read and written without waiting for somebody, so it has no poll.
 *
 * Source: Linux 2.6.11, fs/ext2/file.c, ext2_file_operations; fs/ioctl.c, file_ioctl(); 4.4BSD,
 * kern/vfs_vnops.c, vnops, vn_ioctl().
 */
import { failure, success } from '../../contract/index.ts';
import type { FileOperations } from '../kernel/file.ts';
import { closeFile, readFile, seekFile, writeFile, type OpenFile } from './open-file.ts';
import type { FileSystem } from './super-block.ts';

/** An open file, and the file system that it is of. */
export interface RegularFile {
  readonly fs: FileSystem;
  readonly open: OpenFile;
}

export const REGULAR_OPERATIONS: FileOperations<RegularFile> = {
  *read({ data: { fs, open } }, _task, count) {
    return readFile(fs, open, count);
  },
  *write({ data: { fs, open } }, _task, octets) {
    return writeFile(fs, open, octets);
  },
  llseek: ({ data: { fs, open } }, offset, whence) => seekFile(fs, open, offset, whence),
  ioctl: ({ data: { open } }, request) =>
    request === 'FIONREAD' ? success(open.inode.octets - open.offset) : failure('ENOTTY'),
  release: ({ data: { fs, open } }) => closeFile(fs, open),
};
