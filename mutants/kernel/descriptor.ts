/** Faults of descriptors: their numbers, copies and ends. */
import type { Mutant } from '../mutant.ts';

export const DESCRIPTOR: readonly Mutant[] = [
  {
    id: 'fd-next-not-lowest',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-03'],
    file: 'kernel/file-table',
    find: `    let fd = from;
    while (files.has(fd))
        fd++;`,
    replace: `    let fd = Math.max(from - 1, -1, ...files.keys()) + 1;`,
    does: 'Hands out the number behind the highest that is taken.',
  },
  {
    id: 'fd-lowest-is-three',
    statement: 'KRN-03',
    alsoBreaks: ['KRN-13', 'KRN-14', 'KRN-15', 'SCL-02', 'KRN-11', 'SCL-09'],
    file: 'kernel/file-table',
    find: `from = 0) {`,
    replace: `from = 3) {`,
    does: 'Hands out no number below 3, as if those of the standard streams were always taken.',
  },
  {
    id: 'fd-limit-one-too-many',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `return fd < limit ?`,
    replace: `return fd <= limit ?`,
    does: 'Hands out the number that is the limit.',
  },
  {
    id: 'fd-limit-one-too-few',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `return fd < limit ?`,
    replace: `return fd < limit - 1 ?`,
    does: 'Keeps the last number below the limit back.',
  },
  {
    id: 'fd-limit-counts-open-ones',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `return fd < limit ?`,
    replace: `return files.size < limit && fd < 1024 ?`,
    does: 'Compares the limit with how many descriptors there are, not with the number.',
  },
  {
    id: 'fd-limit-closes-what-is-beyond',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `const file = files.get(fd);`,
    replace: `const file = fd < 20 ? files.get(fd) : undefined;`,
    does: 'Finds nothing at a number from 20 on.',
  },
  {
    id: 'fd-pipe-takes-the-first-half',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `return 'ok' in second ? success([first.ok, second.ok]) : second;`,
    replace: `if ('ok' in second)
        return success([first.ok, second.ok]);
    const [any] = table.files.values();
    installFile(table, first.ok, getFile(any));
    return second;`,
    does: 'Leaves the first descriptor of a pipe behind when there is none for the second.',
  },
  {
    id: 'fd-pipe-ends-swapped',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15', 'KRN-03'],
    file: 'kernel/file-table',
    find: `success([first.ok, second.ok])`,
    replace: `success([second.ok, first.ok])`,
    does: 'Gives the reading end of a pipe the higher number.',
  },
  {
    id: 'fd-pipe-not-lowest',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-03'],
    file: 'kernel/file-table',
    find: `const second = lowestFree(table, first.ok + 1);`,
    replace: `const second = lowestFree(table, Math.max(first.ok, ...table.files.keys()) + 1);`,
    does: 'Gives the writing end of a pipe the number behind all others.',
  },
  {
    id: 'fd-close-frees-no-number',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15', 'KRN-03'],
    file: 'kernel/file-table',
    find: `    table.files.delete(fd);
    putFile(file.ok);`,
    replace: `    putFile(file.ok);`,
    does: 'Closes a descriptor without freeing its number.',
  },
  {
    id: 'fd-close-releases-nothing',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15', 'SCL-09'],
    file: 'kernel/file-table',
    find: `    table.files.delete(fd);
    putFile(file.ok);`,
    replace: `    table.files.delete(fd);`,
    does: 'Frees the number of a descriptor that is closed, and lets go of nothing.',
  },
  {
    id: 'fd-close-of-nothing-succeeds',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `export function closeDescriptor(table, fd) {
    const file = fileAt(table, fd);
    if (!('ok' in file))
        return file;`,
    replace: `export function closeDescriptor(table, fd) {
    const file = fileAt(table, fd);
    if (!('ok' in file))
        return success({});`,
    does: 'Closes what is not open, without complaint.',
  },
  {
    id: 'fd-dup-counts-nothing',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/file-table',
    find: `installFile(table, free.ok, getFile(file.ok));`,
    replace: `installFile(table, free.ok, file.ok);`,
    does: 'Makes a duplicate that does not keep the file open.',
  },
  {
    id: 'fd-dup-is-a-second-open',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15'],
    file: 'kernel/file-table',
    find: `installFile(table, free.ok, getFile(file.ok));`,
    replace: `installFile(table, free.ok, { ...file.ok, data: { ...file.ok.data, ...(file.ok.data?.open && { open: { ...file.ok.data.open } }) }, references: 2 });`,
    does: 'Makes a duplicate that has an offset and flags of its own.',
  },
  {
    id: 'fd-dup-full-is-ebadf',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `        installFile(table, free.ok, getFile(file.ok));
    return free;`,
    replace: `        installFile(table, free.ok, getFile(file.ok));
    return 'ok' in free ? free : failure('EBADF');`,
    does: 'Answers EBADF to a dup for which there is no number.',
  },
  {
    id: 'fd-dup2-takes-any-number',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `if (to < 0 || to >= table.limit)`,
    replace: `if (to < 0)`,
    does: 'Lets dup2 choose a number from the limit on.',
  },
  {
    id: 'fd-dup2-forgets-the-old',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/file-table',
    find: `    if (before !== undefined)
        putFile(before);
`,
    replace: ``,
    does: 'Replaces by dup2 what had the number, without closing it.',
  },
  {
    id: 'fd-dup2-of-itself-closes',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `    if (to === fd)
        return success(to);`,
    replace: `    if (to === fd) {
        putFile(file.ok);
        table.files.delete(fd);
        return success(to);
    }`,
    does: 'Closes the descriptor that is duplicated as itself.',
  },
  {
    id: 'fd-dup2-closes-before-it-looks',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `export function dupDescriptorTo(table, fd, to) {
`,
    replace: `export function dupDescriptorTo(table, fd, to) {
    if (to !== fd)
        closeDescriptor(table, to);
`,
    does: 'Closes what has the number before it looks whether there is something to duplicate.',
  },
  {
    id: 'fd-dup2-gives-the-lowest',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/file-table',
    find: `    const before = table.files.get(to);`,
    replace: `    to = lowestFree(table).ok ?? to;
    const before = table.files.get(to);`,
    does: 'Takes the lowest number for dup2 as well.',
  },
  {
    id: 'fd-fork-copies-nothing',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15'],
    file: 'kernel/file-table',
    find: `return { files: new Map(copied), limit, system };`,
    replace: `return { files: new Map(), limit, system };`,
    does: 'Gives a child an empty table.',
  },
  {
    id: 'fd-fork-counts-nothing',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15'],
    file: 'kernel/file-table',
    find: `[fd, getFile(file)]`,
    replace: `[fd, file]`,
    does: "Gives a child the parent's open files without counting it.",
  },
  {
    id: 'fd-fork-shares-the-table',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15'],
    file: 'kernel/file-table',
    find: `    const copied = [...files].map(([fd, file]) => [fd, getFile(file)]);
    return { files: new Map(copied), limit, system };`,
    replace: `    for (const file of files.values())
        getFile(file);
    return { files, limit, system };`,
    does: 'Gives a child the very table of its parent.',
  },
  {
    id: 'fd-fork-forgets-the-limit',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `return { files: new Map(copied), limit, system };`,
    replace: `return { files: new Map(copied), limit: 1024, system };`,
    does: 'Gives a child the limit that tasks have at first.',
  },
  {
    id: 'fd-fork-reopens',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15'],
    file: 'kernel/file-table',
    find: `[fd, getFile(file)]`,
    replace: `[fd, { ...getFile(file), data: { ...file.data, ...(file.data?.open && { open: { ...file.data.open } }) }, references: 1 }]`,
    does: 'Gives a child open files of its own, with offsets of their own.',
  },
  {
    id: 'fd-exit-closes-nothing',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/file-table',
    find: `    files.clear();
    for (const file of open)
        putFile(file);`,
    replace: `    files.clear();`,
    does: 'Forgets the table of a task that ends, and closes nothing.',
  },
  {
    id: 'file-released-by-any-close',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15'],
    file: 'kernel/file',
    find: `if (--file.references === 0)`,
    replace: `if (--file.references >= 0)`,
    does: 'Releases what is open whenever one of its descriptors is closed.',
  },
  {
    id: 'file-never-released',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'KRN-15', 'SCL-09'],
    file: 'kernel/file',
    find: `    file.operations.release?.(file);`,
    replace: `    ;`,
    does: 'Never releases what was open.',
  },
  {
    id: 'file-flags-not-kept',
    statement: 'KRN-14',
    file: 'kernel/file',
    find: `return { operations, data, mode, nonblock, offset`,
    replace: `return { operations, data, mode, nonblock: false, offset`,
    does: 'Forgets the O_NONBLOCK of an open.',
  },
];
