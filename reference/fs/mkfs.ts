/**
 * A file system is made: an empty layout, and the root in it.
 *
 * Source: mkfs(8) of the MINIX file system.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { bugOn } from '../kernel/bug.ts';
import type { BlockStore } from './block-store.ts';
import { syncBuffers } from './buffer-cache.ts';
import { startDirectory } from './directory.ts';
import { ialloc, ROOT_INODE } from './inode.ts';
import { formatStore, mountStore, type FileRules, type FileSystem } from './super-block.ts';

/**
 * @param files - how many files and directories must fit, the root among them.
 * @param buffers - how many blocks are kept in memory at most.
 * @errors ENOSPC — the store is too small for so many.
 */
export function makeFileSystem(
  store: BlockStore,
  files: number,
  buffers: number,
  rules: FileRules,
): Outcome<FileSystem, 'ENOSPC'> {
  const formatted = formatStore(store, files);
  if (!('ok' in formatted)) return formatted;
  const fs = mountStore(store, buffers, rules);
  const root = ialloc(fs, 'directory');
  bugOn(root?.number !== ROOT_INODE, 'the first inode is not the root');
  if (root === null || !startDirectory(fs, root, root.number)) return failure('ENOSPC');
  syncBuffers(fs.cache);
  return success(fs);
}
