/**
 * Renaming: the new name leads to the file before the old one is taken away, so that at no time the
 * file is without a name, and a file that the new name had is replaced in one step.
 *
 * Source: Linux 2.6.11, fs/namei.c (do_rename, vfs_rename); 4.4BSD-Lite2, ufs/ufs/ufs_vnops.c.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { addEntry, changeEntry, findEntry, isEmptyDirectory, removeEntry } from './directory.ts';
import { iget, iput, ROOT_INODE, type Inode } from './inode.ts';
import { lookup, type Found, type LookupErrno } from './namei.ts';
import { changeLinks } from './names.ts';
import type { FileSystem } from './super-block.ts';

type RenameErrno = LookupErrno | 'EISDIR' | 'ENOTEMPTY' | 'EINVAL' | 'EBUSY' | 'ENOSPC';

const isDots = (name: string) => name === '.' || name === '..';

/** Whether a directory is another one or lies above it. @kernel ufs_checkpath */
function isAtOrAbove(fs: FileSystem, above: Inode, below: Inode): boolean {
  for (let at = below; ; at = iget(fs, findEntry(fs, at, '..')?.inode ?? ROOT_INODE)) {
    if (at === above) return true;
    if (at.number === ROOT_INODE) return false;
  }
}

/** What stands in the way of the new name. @returns null — nothing does. */
function obstacle(
  fs: FileSystem,
  moved: Inode,
  { parent, inode, slash }: Found,
): RenameErrno | null {
  if (moved.kind === 'directory') {
    if (isAtOrAbove(fs, moved, parent)) return 'EINVAL';
    if (inode !== null && inode.kind !== 'directory') return 'ENOTDIR';
    if (inode !== null && !isEmptyDirectory(fs, inode)) return 'ENOTEMPTY';
    return null;
  }
  if (inode?.kind === 'directory') return 'EISDIR';
  return slash ? 'ENOTDIR' : null;
}

/**
 * @errors EINVAL — a directory would come to lie in itself.
 * @errors EBUSY — the root, or . or .. where the system says so.
 * @kernel sys_rename
 */
export function renamePath(
  fs: FileSystem,
  from: string,
  to: string,
): Outcome<Record<string, never>, RenameErrno> {
  const source = lookup(fs, from);
  if (!('ok' in source)) return source;
  const target = lookup(fs, to);
  if (!('ok' in target)) return target;
  const { parent: oldParent, name: oldName, entry: oldEntry, inode: moved } = source.ok;
  const { parent: newParent, name: newName, entry: newEntry, inode: replaced } = target.ok;
  if (oldName === '' || newName === '') return failure('EBUSY');
  if (isDots(oldName) || isDots(newName)) return failure(fs.rules.renameDots);
  if (moved === null || oldEntry === undefined) return failure('ENOENT');
  // Two names of one file: nothing happens, and both stay.
  if (moved === replaced) return success({});
  const errno = obstacle(fs, moved, target.ok);
  if (errno !== null) return failure(errno);

  if (newEntry !== undefined) changeEntry(fs, newParent, newEntry, moved.number);
  else if (!addEntry(fs, newParent, newName, moved.number)) return failure('ENOSPC');
  removeEntry(fs, oldParent, oldEntry);
  if (moved.kind === 'directory') adopt(fs, moved, oldParent, newParent);
  if (replaced !== null) dropReplaced(fs, replaced, newParent);
  return success({});
}

/** The .. of a directory follows it, and with it a link of each parent. */
function adopt(fs: FileSystem, moved: Inode, oldParent: Inode, newParent: Inode): void {
  const dots = findEntry(fs, moved, '..');
  if (dots !== undefined) changeEntry(fs, moved, dots, newParent.number);
  changeLinks(fs, oldParent, -1);
  changeLinks(fs, newParent, 1);
}

/** The name that led here leads elsewhere now. */
function dropReplaced(fs: FileSystem, replaced: Inode, parent: Inode): void {
  const directory = replaced.kind === 'directory';
  if (directory) changeLinks(fs, parent, -1);
  changeLinks(fs, replaced, directory ? -2 : -1);
  iput(fs, replaced);
}
