/**
 * From a path to an inode.
 *
 * A walk along the names: each but the last has to be a directory that is there. The names . and ..
 * are entries like others, and the .. of the root is the root itself.
 *
 * Source: Linux 2.6.11, fs/namei.c (link_path_walk); 4.4BSD-Lite2, kern/vfs_lookup.c. Left out:
 * symbolic links, mount points, the cache of names, a current directory other than the root.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { findEntry, NAME_MAX, nameOctets, type Entry } from './directory.ts';
import { iget, ROOT_INODE, type Inode } from './inode.ts';
import type { FileSystem } from './super-block.ts';

export type LookupErrno = 'ENOENT' | 'ENOTDIR' | 'ENAMETOOLONG';

/** Where a path ends. @kernel struct nameidata */
export interface Found {
  /** The directory that the last name is looked up in. */
  readonly parent: Inode;
  /** The last name; empty if the path is the root. */
  readonly name: string;
  /** What the last name leads to; undefined where there is no such name. */
  readonly entry: Entry | undefined;
  /** The same, from the table of inodes. */
  readonly inode: Inode | null;
  /** The path ends in a slash, so only a directory can be meant. */
  readonly slash: boolean;
}

/**
 * Looks up a path whose last name need not be there.
 *
 * @errors ENOENT — a name before the last is not there, or the path is empty.
 * @errors ENOTDIR — a name before the last, or before a final slash, is no directory.
 * @errors ENAMETOOLONG — the path or a name in it is too long.
 */
export function lookup(fs: FileSystem, path: string): Outcome<Found, LookupErrno> {
  if (path === '') return failure('ENOENT');
  if (nameOctets(path) > fs.rules.pathMax) return failure('ENAMETOOLONG');
  const names = path.split('/').filter((name) => name !== '');
  const root = iget(fs, ROOT_INODE);
  let found: Found = { parent: root, name: '', entry: undefined, inode: root, slash: false };
  for (const name of names) {
    if (found.inode === null) return failure('ENOENT');
    if (found.inode.kind !== 'directory') return failure('ENOTDIR');
    if (nameOctets(name) > NAME_MAX) return failure('ENAMETOOLONG');
    const entry = findEntry(fs, found.inode, name);
    const inode = entry === undefined ? null : iget(fs, entry.inode);
    found = { parent: found.inode, name, entry, inode, slash: path.endsWith('/') };
  }
  if (found.slash && found.inode?.kind === 'file') return failure('ENOTDIR');
  return success(found);
}

/** Looks up a path that must be there. @kernel namei */
export function namei(fs: FileSystem, path: string): Outcome<Inode, LookupErrno> {
  const found = lookup(fs, path);
  if (!('ok' in found)) return found;
  return found.ok.inode === null ? failure('ENOENT') : success(found.ok.inode);
}
