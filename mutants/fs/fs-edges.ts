/** Faults of the file system where there is no room, which were first made by rule. */
import type { Mutant } from '../mutant.ts';

export const FS_EDGES: readonly Mutant[] = [
  {
    id: 'fs-link-without-name',
    statement: 'KRN-07',
    file: 'fs/names',
    find: `if (!addEntry(fs, parent, name, source.ok.number))
        return failure('ENOSPC');`,
    replace: `addEntry(fs, parent, name, source.ok.number);`,
    does: 'Counts a link for whose name there is no room.',
  },
  {
    id: 'fs-undone-write-takes-more',
    statement: 'KRN-07',
    profile: 'bsd-4.4',
    file: 'fs/block-map',
    find: `pointersInBlock(fs) ** (depth - 1)`,
    replace: `pointersInBlock(fs) ** (depth + 1)`,
    does: 'Frees blocks of a long file that are in front of what is cut off.',
  },
  {
    id: 'fs-made-without-room',
    statement: 'KRN-07',
    file: 'fs/super-block',
    find: `if (firstData >= blocks)
        return failure('ENOSPC');`,
    replace: ``,
    does: 'Makes a file system where there is no room for one.',
  },
];
