/** Faults of names: paths, directories, links. */
import type { Mutant } from '../mutant.ts';

const statement = 'KRN-07';

export const NAMES: readonly Mutant[] = [
  {
    id: 'nam-file-as-directory',
    statement,
    file: 'fs/namei',
    find: `        if (found.inode.kind !== 'directory')
            return failure('ENOTDIR');`,
    replace: `        if (found.inode.kind !== 'directory')
            return failure('ENOENT');`,
    does: 'Answers ENOENT where a path goes through a file.',
  },
  {
    id: 'nam-final-slash-ignored',
    statement,
    file: 'fs/namei',
    find: `    if (found.slash && found.inode?.kind === 'file')
        return failure('ENOTDIR');`,
    replace: ``,
    does: 'Finds a file by a path that ends in a slash.',
  },
  {
    id: 'nam-empty-path-is-root',
    statement,
    file: 'fs/namei',
    find: `    if (path === '')
        return failure('ENOENT');`,
    replace: ``,
    does: 'Takes the empty path for the root.',
  },
  {
    id: 'nam-double-slash',
    statement,
    file: 'fs/namei',
    find: `const names = path.split('/').filter((name) => name !== '');`,
    replace: `const names = path === '/' ? [] : path.slice(1).split('/');`,
    does: 'Looks for a name between two slashes.',
  },
  {
    id: 'nam-long-name-cut-off',
    statement,
    file: 'fs/directory',
    find: `export function nameOctets(name) {
    return new TextEncoder().encode(name).length;`,
    replace: `export function nameOctets(name) {
    return name.length > 1000 ? name.length : 0;`,
    does: 'Takes a name that is too long.',
  },
  {
    id: 'nam-longest-name-refused',
    statement,
    file: 'fs/namei',
    find: `if (nameOctets(name) > NAME_MAX)`,
    replace: `if (nameOctets(name) >= NAME_MAX)`,
    does: 'Refuses a name of the longest length.',
  },
  {
    id: 'nam-long-path-taken',
    statement,
    file: 'fs/namei',
    find: `    if (nameOctets(path) > fs.rules.pathMax)
        return failure('ENAMETOOLONG');`,
    replace: ``,
    does: 'Takes a path of any length.',
  },
  {
    id: 'nam-first-letter-only',
    statement,
    file: 'fs/directory',
    find: `.find((entry) => entry.name === name);`,
    replace: `.find((entry) => entry.name.startsWith(name));`,
    does: 'Finds a file by the beginning of its name.',
  },
  {
    id: 'nam-case-ignored',
    statement,
    file: 'fs/directory',
    find: `.find((entry) => entry.name === name);`,
    replace: `.find((entry) => entry.name.toLowerCase() === name.toLowerCase());`,
    does: 'Does not tell capital letters from small ones.',
  },
  {
    id: 'nam-free-entries-listed',
    statement,
    file: 'fs/directory',
    find: `function writeEntry(fs, directory, at, name, inode) {`,
    replace: `function writeEntry(fs, directory, at, name, inode) {
    if (inode === 0)
        return true;`,
    does: 'Does not take a name out of its directory.',
  },
  {
    id: 'nam-last-entry-overwritten',
    statement,
    file: 'fs/directory',
    find: `free?.at ?? directory.octets, name`,
    replace: `free?.at ?? (directory.octets >= 512 ? 448 : directory.octets), name`,
    does: 'Has room for eight names in a directory, and overwrites the last.',
  },
  {
    id: 'nam-parent-link-not-counted',
    statement,
    file: 'fs/names',
    find: `        changeLinks(fs, parent, 1);
        return success({});`,
    replace: `        return success({});`,
    does: 'Does not count the .. of a new directory as a link to its parent.',
  },
  {
    id: 'nam-parent-link-kept',
    statement,
    file: 'fs/names',
    find: `    changeLinks(fs, parent, -1);
    changeLinks(fs, inode, -2);`,
    replace: `    changeLinks(fs, inode, -2);`,
    does: 'Keeps the link that the .. of a removed directory was.',
  },
  {
    id: 'nam-directory-made-twice',
    statement,
    file: 'fs/names',
    find: `    const { parent, name, inode } = found.ok;
    if (inode !== null)
        return failure('EEXIST');`,
    replace: `    const { parent, name, inode } = found.ok;
    if (inode !== null)
        return success({});`,
    does: 'Says that it has made a directory that was there.',
  },
  {
    id: 'nam-refused-directory-leaks',
    statement,
    file: 'fs/names',
    find: `    directory.links = 0;
    iput(fs, directory);
    return failure('ENOSPC');`,
    replace: `    return failure('ENOSPC');`,
    does: 'Keeps the inode of a directory for which there was no room.',
  },
  {
    id: 'nam-refused-file-leaks',
    statement,
    file: 'fs/open-file',
    find: `    iupdate(fs, inode);
    iput(fs, inode);
    return inode.links === 1`,
    replace: `    iupdate(fs, inode);
    return inode.links === 1`,
    does: 'Keeps the inode of a file whose name finds no room.',
  },
  {
    id: 'nam-non-empty-removed',
    statement,
    file: 'fs/names',
    find: `    if (!isEmptyDirectory(fs, inode))
        return failure('ENOTEMPTY');`,
    replace: ``,
    does: 'Removes a directory with all that is in it.',
  },
  {
    id: 'nam-dots-count',
    statement,
    file: 'fs/directory',
    find: `.every(({ name }) => name === '.' || name === '..');`,
    replace: `.every(({ name }) => name === '.');`,
    does: 'Takes a directory with nothing but . and .. for one that is not empty.',
  },
  {
    id: 'nam-rmdir-removes-files',
    statement,
    file: 'fs/names',
    find: `    if (inode.kind !== 'directory')
        return failure('ENOTDIR');
    if (!isEmptyDirectory(fs, inode))`,
    replace: `    if (inode.kind === 'directory' && !isEmptyDirectory(fs, inode))`,
    does: 'Removes a file as if it were a directory.',
  },
  {
    id: 'nam-root-removed',
    statement,
    file: 'fs/names',
    find: `    if (name === '')
        return failure('EBUSY');`,
    replace: `    if (name === '')
        return failure('ENOENT');`,
    does: 'Does not find the root when it is to be removed.',
  },
  {
    id: 'nam-removed-by-its-dot',
    statement,
    file: 'fs/names',
    find: `    if (name === '.')
        return failure('EINVAL');`,
    replace: `    if (name === '.')
        return success({});`,
    does: 'Says that it has removed a directory by the name that it has in itself.',
  },
  {
    id: 'nam-unlink-removes-directories',
    statement,
    file: 'fs/names',
    find: `    if (inode?.kind === 'directory')
        return failure(fs.rules.unlinkDirectory);
    if (inode === null`,
    replace: `    if (inode === null`,
    does: 'Unlinks a directory like a file.',
  },
  {
    id: 'nam-unlink-directory-errno',
    statement,
    file: 'fs/names',
    find: `        return failure(fs.rules.unlinkDirectory);`,
    replace: `        return failure(fs.rules.unlinkDirectory === 'EPERM' ? 'EISDIR' : 'EPERM');`,
    does: 'Refuses to unlink a directory with the other errno.',
  },
  {
    id: 'nam-unlink-frees-linked-file',
    statement,
    file: 'fs/names',
    find: `    removeEntry(fs, parent, entry);
    changeLinks(fs, inode, -1);
    iput(fs, inode);`,
    replace: `    removeEntry(fs, parent, entry);
    changeLinks(fs, inode, -inode.links);
    iput(fs, inode);`,
    does: 'Frees a file with the first of its names that goes.',
  },
  {
    id: 'nam-unlink-frees-nothing',
    statement,
    file: 'fs/names',
    find: `    changeLinks(fs, inode, -1);
    iput(fs, inode);`,
    replace: `    changeLinks(fs, inode, -1);`,
    does: 'Does not free a file whose last name goes.',
  },
  {
    id: 'nam-link-is-a-copy',
    statement,
    file: 'fs/names',
    find: `    if (!addEntry(fs, parent, name, source.ok.number))
        return failure('ENOSPC');
    changeLinks(fs, source.ok, 1);`,
    replace: `    const copy = ialloc(fs, 'file');
    copy.octets = source.ok.octets;
    if (!addEntry(fs, parent, name, copy.number))
        return failure('ENOSPC');
    changeLinks(fs, copy, 1);`,
    does: 'Makes a new file instead of a second name.',
  },
  {
    id: 'nam-link-not-counted',
    statement,
    file: 'fs/names',
    find: `    changeLinks(fs, source.ok, 1);`,
    replace: ``,
    does: 'Does not count a second name.',
  },
  {
    id: 'nam-link-over-another',
    statement,
    file: 'fs/names',
    find: `    if (inode !== null)
        return failure('EEXIST');
    if (slash)`,
    replace: `    if (slash)`,
    does: 'Gives a file a name that another one has.',
  },
  {
    id: 'nam-directory-linked',
    statement,
    file: 'fs/names',
    find: `    if (source.ok.kind === 'directory')
        return failure('EPERM');`,
    replace: ``,
    does: 'Gives a directory a second name.',
  },
  {
    id: 'nam-create-file-with-slash',
    statement: 'KRN-07',
    file: 'fs/open-file',
    find: `    if (slash)
        return failure('EISDIR');`,
    replace: ``,
    does: 'Creates a file by a name that ends in a slash.',
  },
  {
    id: 'nam-link-to-slash',
    statement: 'KRN-07',
    file: 'fs/names',
    find: `    if (slash)
        return failure('ENOENT');`,
    replace: ``,
    does: 'Links a file by a name that ends in a slash.',
  },
];
