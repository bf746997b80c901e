/**
 * Directories: files that hold names.
 *
 * An entry is the number of an inode and a name, in as many octets as an inode, so entries never
 * cross the border of a block. A number of 0 marks an entry that is free. A directory begins with .
 * and .. and does not shrink.
 *
 * Source: Linux 2.6.11, fs/minix/dir.c; 4.4BSD-Lite2, ufs/ufs/ufs_lookup.c.
 */
import { readi, writei } from './file-data.ts';
import { iupdate, type Inode } from './inode.ts';
import type { FileSystem } from './super-block.ts';

const ENTRY_OCTETS = 64;

/** Longest name in octets. */
export const NAME_MAX = ENTRY_OCTETS - 4;

export interface Entry {
  readonly name: string;
  readonly inode: number;
  /** Offset in the directory. */
  readonly at: number;
}

/** Length of a name as it is stored. */
export function nameOctets(name: string): number {
  return new TextEncoder().encode(name).length;
}

/** All entries, the free ones too. */
function slotsOf(fs: FileSystem, directory: Inode): Entry[] {
  const octets = readi(fs, directory, 0, directory.octets);
  const view = new DataView(octets.buffer);
  return Array.from({ length: octets.length / ENTRY_OCTETS }, (_, slot) => {
    const at = slot * ENTRY_OCTETS;
    const name = octets.subarray(at + 4, at + ENTRY_OCTETS);
    const end = name.indexOf(0);
    return {
      at,
      inode: view.getUint32(at, true),
      name: new TextDecoder().decode(end < 0 ? name : name.subarray(0, end)),
    };
  });
}

export function entriesOf(fs: FileSystem, directory: Inode): Entry[] {
  return slotsOf(fs, directory).filter(({ inode }) => inode !== 0);
}

export function findEntry(fs: FileSystem, directory: Inode, name: string): Entry | undefined {
  return entriesOf(fs, directory).find((entry) => entry.name === name);
}

/** Nothing but . and .. is in it. @kernel empty_dir */
export function isEmptyDirectory(fs: FileSystem, directory: Inode): boolean {
  return entriesOf(fs, directory).every(({ name }) => name === '.' || name === '..');
}

/** Puts a name in the first entry that is free. @returns false — the store is full. */
export function addEntry(fs: FileSystem, directory: Inode, name: string, inode: number): boolean {
  const free = slotsOf(fs, directory).find((slot) => slot.inode === 0);
  return writeEntry(fs, directory, free?.at ?? directory.octets, name, inode);
}

/** Makes a name lead to another inode; its entry is there, so that there is room. */
export function changeEntry(fs: FileSystem, directory: Inode, entry: Entry, inode: number): void {
  writeEntry(fs, directory, entry.at, entry.name, inode);
}

export function removeEntry(fs: FileSystem, directory: Inode, entry: Entry): void {
  writeEntry(fs, directory, entry.at, '', 0);
}

function writeEntry(
  fs: FileSystem,
  directory: Inode,
  at: number,
  name: string,
  inode: number,
): boolean {
  const octets = new Uint8Array(ENTRY_OCTETS);
  new DataView(octets.buffer).setUint32(0, inode, true);
  octets.set(new TextEncoder().encode(name), 4);
  return writei(fs, directory, at, octets) === ENTRY_OCTETS;
}

/** Gives a new directory its first two entries. @returns false — the store is full, and it is to be put. */
export function startDirectory(fs: FileSystem, directory: Inode, parent: number): boolean {
  const started =
    addEntry(fs, directory, '.', directory.number) && addEntry(fs, directory, '..', parent);
  directory.links = started ? 2 : 0;
  iupdate(fs, directory);
  return started;
}
