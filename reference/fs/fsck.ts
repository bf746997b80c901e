/**
 * The checker: reads the store as it is and compares what is reached with what is marked.
 *
 * Three passes: from the table of inodes, which blocks are used and how often; from the root, which
 * inodes are reached and by how many names; and then both against the maps and the link counts.
 *
 * Source: 4.4BSD-Lite2, sbin/fsck. Left out: repairing.
 */
import { bitIsSet } from './bitmap.ts';
import { depthOf, readPointer } from './block-map.ts';
import { syncBuffers } from './buffer-cache.ts';
import { entriesOf } from './directory.ts';
import { readInode, ROOT_INODE, type Inode } from './inode.ts';
import { mountStore, type FileSystem } from './super-block.ts';

export interface Problem {
  readonly what:
    | 'a block is used twice'
    | 'a block is lost'
    | 'a block in use is marked free'
    | 'an inode is lost'
    | 'an inode in use is marked free'
    | 'a link count is wrong'
    | 'an entry leads nowhere'
    | 'a directory has a wrong . or ..';
  /** Number of the block or of the inode. */
  readonly where: number;
}

export interface Findings {
  files: number;
  directories: number;
  readonly problems: Problem[];
}

/** @param fs - mounted; what is due is written before the store is read. */
export function checkFileSystem(fs: FileSystem): Findings {
  syncBuffers(fs.cache);
  const { store } = fs.cache;
  const below = mountStore(store, store.blocks, fs.rules);
  const opened = new Set(
    [...fs.inodes.values()].flatMap((inode) => (inode.opens ? [inode.number] : [])),
  );
  const found: Findings = { files: 0, directories: 0, problems: [] };
  checkBlocks(below, found);
  checkInodes(below, opened, namesOf(below, found), found);
  return found;
}

/** All blocks of a file, those of pointers too. */
function* blocksOf(fs: FileSystem, { pointers }: Inode): Generator<number> {
  for (const [slot, block] of pointers.entries()) {
    yield* blocksBelow(fs, block, depthOf(slot));
  }
}

function* blocksBelow(fs: FileSystem, block: number, depth: number): Generator<number> {
  if (block === 0) return;
  yield block;
  if (depth === 0) return;
  for (let slot = 0; slot < fs.cache.store.blockOctets / 4; slot++) {
    yield* blocksBelow(fs, readPointer(fs, block, slot), depth - 1);
  }
}

function* inodesOf(fs: FileSystem): Generator<Inode> {
  for (let number = ROOT_INODE; number < fs.inodeMap.bits; number++) {
    const inode = readInode(fs, number);
    if (inode.kind !== 'free') yield inode;
  }
}

function checkBlocks(fs: FileSystem, { problems }: Findings): void {
  const used = new Set<number>();
  for (const inode of inodesOf(fs)) {
    for (const block of blocksOf(fs, inode)) {
      if (used.has(block)) problems.push({ what: 'a block is used twice', where: block });
      used.add(block);
    }
  }
  for (let block = fs.firstData; block < fs.blockMap.bits; block++) {
    const marked = bitIsSet(fs.cache, fs.blockMap, block);
    if (marked && !used.has(block)) problems.push({ what: 'a block is lost', where: block });
    if (!marked && used.has(block)) {
      problems.push({ what: 'a block in use is marked free', where: block });
    }
  }
}

/** How many names lead to each inode, found by a walk from the root. */
function namesOf(fs: FileSystem, found: Findings): Map<number, number> {
  const names = new Map<number, number>();
  const walk = (directory: Inode, parent: number): void => {
    found.directories++;
    for (const { name, inode: number } of entriesOf(fs, directory)) {
      const known = names.get(number) ?? 0;
      names.set(number, known + 1);
      if (name === '.' || name === '..') {
        const right = name === '.' ? directory.number : parent;
        if (number !== right) {
          found.problems.push({ what: 'a directory has a wrong . or ..', where: directory.number });
        }
        continue;
      }
      const inode = readInode(fs, number);
      if (inode.kind === 'free') {
        found.problems.push({ what: 'an entry leads nowhere', where: number });
      } else if (known > 0) continue;
      else if (inode.kind === 'directory') walk(inode, directory.number);
      else found.files++;
    }
  };
  walk(readInode(fs, ROOT_INODE), ROOT_INODE);
  return names;
}

function checkInodes(
  fs: FileSystem,
  opened: ReadonlySet<number>,
  names: ReadonlyMap<number, number>,
  { problems }: Findings,
): void {
  for (let number = ROOT_INODE; number < fs.inodeMap.bits; number++) {
    const inode = readInode(fs, number);
    const links = names.get(number) ?? 0;
    const inUse = links > 0 || opened.has(number);
    const marked = bitIsSet(fs.cache, fs.inodeMap, number);
    if (inUse && !marked) problems.push({ what: 'an inode in use is marked free', where: number });
    if (!inUse && (marked || inode.kind !== 'free')) {
      problems.push({ what: 'an inode is lost', where: number });
    }
    if (inUse && inode.links !== links) {
      problems.push({ what: 'a link count is wrong', where: number });
    }
  }
}
