/** Faults of giving a file another name. */
import type { Mutant } from '../mutant.ts';

const statement = 'KRN-07';

export const RENAMES: readonly Mutant[] = [
  {
    id: 'ren-old-name-stays',
    statement,
    file: 'fs/rename',
    find: `    removeEntry(fs, oldParent, oldEntry);`,
    replace: ``,
    does: 'Keeps the old name of what it renames.',
  },
  {
    id: 'ren-replaced-file-leaks',
    statement,
    file: 'fs/rename',
    find: `    if (replaced !== null)
        dropReplaced(fs, replaced, newParent);`,
    replace: ``,
    does: 'Keeps a file whose name was given to another.',
  },
  {
    id: 'ren-dot-dot-stays',
    statement,
    file: 'fs/rename',
    find: `    if (dots !== undefined)
        changeEntry(fs, moved, dots, newParent.number);`,
    replace: ``,
    does: 'Lets .. of a directory lead to where it was before.',
  },
  {
    id: 'ren-parent-links-stay',
    statement,
    file: 'fs/rename',
    find: `    changeLinks(fs, oldParent, -1);
    changeLinks(fs, newParent, 1);`,
    replace: ``,
    does: 'Does not move the link of the parent with a directory.',
  },
  {
    id: 'ren-into-itself',
    statement,
    file: 'fs/rename',
    find: `        if (isAtOrAbove(fs, moved, parent))
            return 'EINVAL';`,
    replace: ``,
    does: 'Moves a directory into itself, out of the tree.',
  },
  {
    id: 'ren-into-itself-directly-only',
    statement,
    file: 'fs/rename',
    find: `        if (isAtOrAbove(fs, moved, parent))`,
    replace: `        if (moved === parent)`,
    does: 'Notices a directory in itself only directly below.',
  },
  {
    id: 'ren-same-file-loses-a-name',
    statement,
    file: 'fs/rename',
    find: `    if (moved === replaced)
        return success({});`,
    replace: ``,
    does: 'Takes a name away when a file is renamed to another name of its own.',
  },
  {
    id: 'ren-over-non-empty',
    statement,
    file: 'fs/rename',
    find: `        if (inode !== null && !isEmptyDirectory(fs, inode))
            return 'ENOTEMPTY';`,
    replace: ``,
    does: 'Puts a directory in place of one that is not empty.',
  },
  {
    id: 'ren-file-over-directory',
    statement,
    file: 'fs/rename',
    find: `    if (inode?.kind === 'directory')
        return 'EISDIR';`,
    replace: ``,
    does: 'Puts a file in place of a directory.',
  },
  {
    id: 'ren-directory-over-file',
    statement,
    file: 'fs/rename',
    find: `        if (inode !== null && inode.kind !== 'directory')
            return 'ENOTDIR';`,
    replace: ``,
    does: 'Puts a directory in place of a file.',
  },
  {
    id: 'nam-rename-file-to-slash',
    statement: 'KRN-07',
    file: 'fs/rename',
    find: `return slash ? 'ENOTDIR' : null;`,
    replace: `return null;`,
    does: 'Renames a file to a name that ends in a slash.',
  },
  {
    id: 'nam-rename-across-takes-a-name',
    statement: 'KRN-07',
    file: 'fs/rename',
    find: `    if (moved === replaced)
        return success({});`,
    replace: `    if (moved === replaced && oldParent === newParent)
        return success({});`,
    does: 'Takes a name away when a file is renamed to its name in another directory.',
  },
];
