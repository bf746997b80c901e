/**
 * Names that come and go: files and directories are linked into the tree and taken out of it.
 *
 * What can fail is done first, so that a refusal leaves the tree as it was.
 *
 * Source: Linux 2.6.11, fs/namei.c (vfs_link, vfs_unlink, vfs_mkdir, vfs_rmdir); 4.4BSD-Lite2,
 * ufs/ufs/ufs_vnops.c.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { addEntry, isEmptyDirectory, removeEntry, startDirectory } from './directory.ts';
import { ialloc, iput, iupdate, type Inode } from './inode.ts';
import { lookup, namei, type LookupErrno } from './namei.ts';
import type { FileSystem } from './super-block.ts';

type Done = Record<string, never>;

export function changeLinks(fs: FileSystem, inode: Inode, by: number): void {
  inode.links += by;
  iupdate(fs, inode);
}

/** @errors EPERM — it is a directory. @kernel sys_link */
export function linkPath(
  fs: FileSystem,
  from: string,
  to: string,
): Outcome<Done, LookupErrno | 'EEXIST' | 'EPERM' | 'ENOSPC'> {
  const source = namei(fs, from);
  if (!('ok' in source)) return source;
  if (source.ok.kind === 'directory') return failure('EPERM');
  const found = lookup(fs, to);
  if (!('ok' in found)) return found;
  const { parent, name, inode, slash } = found.ok;
  if (inode !== null) return failure('EEXIST');
  if (slash) return failure('ENOENT');
  if (!addEntry(fs, parent, name, source.ok.number)) return failure('ENOSPC');
  changeLinks(fs, source.ok, 1);
  return success({});
}

/** @kernel sys_unlink */
export function unlinkPath(
  fs: FileSystem,
  path: string,
): Outcome<Done, LookupErrno | 'EISDIR' | 'EPERM'> {
  const found = lookup(fs, path);
  if (!('ok' in found)) return found;
  const { parent, entry, inode } = found.ok;
  if (inode?.kind === 'directory') return failure(fs.rules.unlinkDirectory);
  if (inode === null || entry === undefined) return failure('ENOENT');
  removeEntry(fs, parent, entry);
  changeLinks(fs, inode, -1);
  iput(fs, inode);
  return success({});
}

/** @kernel sys_mkdir */
export function makeDirectory(
  fs: FileSystem,
  path: string,
): Outcome<Done, LookupErrno | 'EEXIST' | 'ENOSPC'> {
  const found = lookup(fs, path);
  if (!('ok' in found)) return found;
  const { parent, name, inode } = found.ok;
  if (inode !== null) return failure('EEXIST');
  const directory = ialloc(fs, 'directory');
  if (directory === null) return failure('ENOSPC');
  const made =
    startDirectory(fs, directory, parent.number) && addEntry(fs, parent, name, directory.number);
  if (made) {
    // Its .. is one more link to the parent.
    changeLinks(fs, parent, 1);
    return success({});
  }
  directory.links = 0;
  iput(fs, directory);
  return failure('ENOSPC');
}

/** @errors EBUSY — the root. EINVAL — the last name is . @kernel sys_rmdir */
export function removeDirectory(
  fs: FileSystem,
  path: string,
): Outcome<Done, LookupErrno | 'ENOTEMPTY' | 'EINVAL' | 'EBUSY'> {
  const found = lookup(fs, path);
  if (!('ok' in found)) return found;
  const { parent, name, entry, inode } = found.ok;
  if (name === '') return failure('EBUSY');
  if (name === '.') return failure('EINVAL');
  if (name === '..') return failure('ENOTEMPTY');
  if (inode === null || entry === undefined) return failure('ENOENT');
  if (inode.kind !== 'directory') return failure('ENOTDIR');
  if (!isEmptyDirectory(fs, inode)) return failure('ENOTEMPTY');
  removeEntry(fs, parent, entry);
  changeLinks(fs, parent, -1);
  changeLinks(fs, inode, -2);
  iput(fs, inode);
  return success({});
}
