/** Faults of descriptors, of the generic calls, and of the types behind them. */
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
    alsoBreaks: ['KRN-13', 'KRN-14', 'KRN-15', 'SCL-02'],
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
    find: `return { files: new Map(copied), limit };`,
    replace: `return { files: new Map(), limit };`,
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
    return { files: new Map(copied), limit };`,
    replace: `    for (const file of files.values())
        getFile(file);
    return { files, limit };`,
    does: 'Gives a child the very table of its parent.',
  },
  {
    id: 'fd-fork-forgets-the-limit',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `return { files: new Map(copied), limit };`,
    replace: `return { files: new Map(copied), limit: 1024 };`,
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
    find: `        file.operations.release?.(file);`,
    replace: `        ;`,
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
  {
    id: 'read-ignores-the-mode',
    statement: 'KRN-13',
    file: 'kernel/read-write',
    find: `if (file.mode === 'O_WRONLY')`,
    replace: `if (false)`,
    does: 'Reads what is open for writing only.',
  },
  {
    id: 'write-ignores-the-mode',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/read-write',
    find: `if (file.mode === 'O_RDONLY')`,
    replace: `if (false)`,
    does: 'Writes what is open for reading only.',
  },
  {
    id: 'read-without-routine-is-eof',
    statement: 'KRN-14',
    file: 'kernel/read-write',
    find: `        if (operations.read === undefined)
            return failure(rules.withoutReadOrWrite);`,
    replace: `        if (operations.read === undefined)
            return success(new Uint8Array());`,
    does: 'Gives end of file for a driver that has no routine to read.',
  },
  {
    id: 'write-without-routine-succeeds',
    statement: 'KRN-14',
    file: 'kernel/read-write',
    find: `        if (operations.write === undefined)
            return failure(rules.withoutReadOrWrite);`,
    replace: `        if (operations.write === undefined)
            return success(octets.length);`,
    does: 'Says that all was written to a driver that has no routine for it.',
  },
  {
    id: 'lseek-never-refused',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-13'],
    file: 'kernel/read-write',
    find: `export const noLlseek = () => failure('ESPIPE');`,
    replace: `export const noLlseek = () => success(0);`,
    does: 'Seeks where there is no place to go to.',
  },
  {
    id: 'lseek-does-not-ask-the-type',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-13', 'KRN-15', 'KRN-03'],
    file: 'kernel/read-write',
    find: `file.ok.operations.llseek?.(file.ok, offset, whence);`,
    replace: `undefined;`,
    does: 'Moves an offset of its own, whatever the type says.',
  },
  {
    id: 'lseek-without-routine-refused',
    statement: 'KRN-14',
    file: 'kernel/read-write',
    find: `withoutSeek === 'ESPIPE'`,
    replace: `true`,
    does: 'Refuses to seek where the type has no routine for it.',
  },
  {
    id: 'lseek-without-routine-moves',
    statement: 'KRN-14',
    profile: 'linux-6',
    file: 'kernel/read-write',
    find: `withoutSeek === 'ESPIPE'`,
    replace: `false`,
    does: 'Moves an offset where the type has no routine to seek.',
  },
  {
    id: 'lseek-from-here-is-from-zero',
    statement: 'KRN-14',
    file: 'kernel/read-write',
    find: `(whence === 'SEEK_CUR' ? file.offset : 0)`,
    replace: `0`,
    does: 'Takes SEEK_CUR for SEEK_SET.',
  },
  {
    id: 'null-device-moves',
    statement: 'KRN-14',
    file: 'kernel/mem',
    find: `...(rewinds && { llseek: () => success(0) }),`,
    replace: ``,
    does: 'Moves an offset of the null device.',
  },
  {
    id: 'null-device-rewinds',
    statement: 'KRN-14',
    profile: 'bsd-4.4',
    file: 'kernel/mem',
    find: `...(rewinds && { llseek: () => success(0) }),`,
    replace: `llseek: () => success(0),`,
    does: 'Answers 0 wherever somebody seeks to on the null device, though it is a vnode.',
  },
  {
    id: 'ioctl-unknown-succeeds',
    statement: 'SCL-02',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/read-write',
    find: `?? failure('ENOTTY');`,
    replace: `?? success(0);`,
    does: 'Lets a request succeed where the type takes none.',
  },
  {
    id: 'ioctl-loses-the-argument',
    statement: 'SCL-02',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/read-write',
    find: `(file.ok, request, argument) ??`,
    replace: `(file.ok, request, 0) ??`,
    does: 'Does not hand the argument of ioctl on.',
  },
  {
    id: 'open-number-after-the-file',
    statement: 'KRN-13',
    file: 'kernel/open',
    find: `    const fd = lowestFree(table);
    if (!('ok' in fd))
        return fd;
    const file = openPath(space, path, opening);
    if (!('ok' in file))
        return file;`,
    replace: `    const file = openPath(space, path, opening);
    if (!('ok' in file))
        return file;
    const fd = lowestFree(table);
    if (!('ok' in fd))
        return fd;`,
    does: 'Opens, and creates, before it looks for a number.',
  },
  {
    id: 'open-failure-keeps-the-number',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/open',
    find: `    if (!('ok' in file))
        return file;
    installFile`,
    replace: `    if (!('ok' in file)) {
        installFile(table, fd.ok, newFile(nullOperations(true), null, 'O_RDWR'));
        return file;
    }
    installFile`,
    does: 'Leaves the number taken when the open fails.',
  },
  {
    id: 'open-is-always-for-both',
    statement: 'KRN-13',
    file: 'kernel/open',
    find: `return success(newFile(operations, null, mode, nonblock));`,
    replace: `return success(newFile(operations, null, 'O_RDWR', nonblock));`,
    does: 'Opens for reading and writing, whatever was asked for.',
  },
  {
    id: 'open-device-ignores-refusal',
    statement: 'KRN-14',
    file: 'kernel/open',
    find: `    if (!('ok' in opened))
        return opened;
    return success(newFile(deviceOperations`,
    replace: `    return success(newFile(deviceOperations`,
    does: 'Opens a device although its driver refuses.',
  },
  {
    id: 'open-never-asks-the-driver',
    statement: 'KRN-14',
    alsoBreaks: ['SCL-02'],
    file: 'kernel/open',
    find: `const opened = deviceOpen(driver.ok);`,
    replace: `const opened = success({});`,
    does: 'Opens a device without calling the driver.',
  },
  {
    id: 'open-device-is-not-itself',
    statement: 'KRN-14',
    alsoBreaks: ['SCL-02'],
    file: 'kernel/open',
    find: `deviceOperations(driver.ok), driver.ok, mode`,
    replace: `deviceOperations(driver.ok), [...devices.values()][0], mode`,
    does: 'Leads every device to the one that was registered first.',
  },
  {
    id: 'pipe-one-end-for-both',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/open',
    find: `newFile(operations, openPipeFile(pipe, mode), mode)`,
    replace: `newFile(operations, openPipeFile(pipe, 'O_RDWR'), mode)`,
    does: 'Counts either end of a pipe as reading and writing.',
  },
  {
    id: 'generic-pipe-always-blocks',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-13', 'KRN-15'],
    file: 'kernel/pipe-file',
    find: `pipeRead(data, task, count, nonblock)`,
    replace: `pipeRead(data, task, count, false)`,
    does: 'Sleeps in a read of a pipe, whatever its flags.',
  },
  {
    id: 'generic-pipe-fionread-wrong',
    statement: 'KRN-14',
    file: 'kernel/pipe-file',
    find: `success(data.pipe.buffers.length())`,
    replace: `success(data.pipe.buffers.length() > 0 ? 1 : 0)`,
    does: 'Counts to FIONREAD no more than one octet in a pipe.',
  },
  {
    id: 'generic-pipe-not-released',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/pipe-file',
    find: `release: ({ data }) => putPipeFile(data),`,
    replace: ``,
    does: 'Does not count an end of a pipe out when it is released.',
  },
  {
    id: 'generic-pipe-unknown-request',
    statement: 'KRN-14',
    file: 'kernel/pipe-file',
    find: `: failure(unknownRequest)`,
    replace: `: success(0)`,
    does: 'Lets a pipe answer every request.',
  },
  {
    id: 'generic-tty-raw',
    statement: 'KRN-14',
    file: 'kernel/tty-file',
    find: `outcomeOf(yield* ttyRead(data, task, count, nonblock), (got) => Uint8Array.from(got))`,
    replace: `outcomeOf(yield* ttyRead(data, task, 1, nonblock), (got) => Uint8Array.from(got))`,
    does: 'Reads one octet of a terminal at a time.',
  },
  {
    id: 'generic-tty-seeks',
    statement: 'KRN-14',
    file: 'kernel/tty-file',
    find: `...(rules.refusesToSeek && { llseek: noLlseek }),`,
    replace: ``,
    does: 'Moves an offset in a terminal.',
  },
  {
    id: 'generic-tty-no-seek',
    statement: 'KRN-14',
    profile: 'bsd-4.4',
    file: 'kernel/tty-file',
    find: `...(rules.refusesToSeek && { llseek: noLlseek }),`,
    replace: `llseek: noLlseek,`,
    does: 'Refuses to seek in a terminal, though it is a vnode like all others.',
  },
  {
    id: 'generic-tty-fionread-typed',
    statement: 'KRN-14',
    file: 'kernel/tty-file',
    find: `return success(inputAvailable(tty));`,
    replace: `return success(inputAvailable(tty) + tty.typed.length);`,
    does: 'Counts to FIONREAD a line that is not ended.',
  },
  {
    id: 'generic-tty-outq',
    statement: 'KRN-14',
    file: 'kernel/tty-file',
    find: `return success(tty.line.waiting.length);`,
    replace: `return success(0);`,
    does: 'Says to TIOCOUTQ that all has left.',
  },
  {
    id: 'generic-tty-sti',
    statement: 'KRN-14',
    file: 'kernel/tty-file',
    find: `            ttyReceive(tty, [argument & 0xff]);
`,
    replace: ``,
    does: 'Takes TIOCSTI and types nothing.',
  },
  {
    id: 'generic-tty-unknown-request',
    statement: 'KRN-14',
    file: 'kernel/tty-file',
    find: `return failure(unknownRequest);`,
    replace: `return success(0);`,
    does: 'Lets a terminal answer every request.',
  },
  {
    id: 'generic-file-fionread-whole',
    statement: 'KRN-14',
    file: 'fs/file-operations',
    find: `success(open.inode.octets - open.offset)`,
    replace: `success(open.inode.octets)`,
    does: 'Counts to FIONREAD the whole file, and not from the offset on.',
  },
  {
    id: 'generic-file-never-closed',
    statement: 'KRN-13',
    file: 'fs/file-operations',
    find: `release: ({ data: { fs, open } }) => closeFile(fs, open),`,
    replace: ``,
    does: 'Keeps a file whose last descriptor is closed.',
  },
  {
    id: 'generic-file-reads-at-zero',
    statement: 'KRN-03',
    alsoBreaks: ['KRN-13', 'KRN-14', 'KRN-15'],
    file: 'fs/file-operations',
    find: `return readFile(fs, open, count);`,
    replace: `return readFile(fs, { ...open, offset: 0 }, count);`,
    does: 'Reads a file from its beginning, wherever the offset is.',
  },
  {
    id: 'generic-file-seek-lost',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-13', 'KRN-03'],
    file: 'fs/file-operations',
    find: `seekFile(fs, open, offset, whence)`,
    replace: `seekFile(fs, { ...open }, offset, whence)`,
    does: 'Says where lseek goes to, and stays where it was.',
  },
  {
    id: 'null-keeps-nothing-written',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-13'],
    file: 'kernel/mem',
    find: `return success(octets.length);`,
    replace: `return success(0);`,
    does: 'Takes nothing that is written to the null device.',
  },
  {
    id: 'device-open-not-exclusive',
    statement: 'KRN-14',
    file: 'kernel/char-device',
    find: `if (device.exclusive && device.busy)`,
    replace: `if (false)`,
    does: 'Opens for a second one what is for one at a time.',
  },
  {
    id: 'device-refusal-takes-it',
    statement: 'KRN-14',
    alsoBreaks: ['SCL-02'],
    file: 'kernel/char-device',
    find: `    if (device.exclusive && device.busy)
        return failure('EBUSY');
    device.busy = true;`,
    replace: `    if (device.exclusive && device.busy)
        return failure('EBUSY');
    device.busy = true;
    device.called.push('release');`,
    does: 'Calls release as soon as it is open.',
  },
  {
    id: 'device-stays-busy',
    statement: 'KRN-14',
    file: 'kernel/char-device',
    find: `        data.busy = false;`,
    replace: `        ;`,
    does: 'Stays busy after the last close.',
  },
  {
    id: 'device-always-exclusive',
    statement: 'KRN-14',
    file: 'kernel/char-device',
    find: `if (device.exclusive && device.busy)`,
    replace: `if (device.busy)`,
    does: 'Lets nobody open a device twice.',
  },
  {
    id: 'device-read-never-sleeps',
    statement: 'KRN-14',
    file: 'kernel/char-device',
    find: `    if (nonblock && !some())
        return failure('EAGAIN');
    const waiter = { task, exclusive: false };
    if ((yield* waitEvent(wait, waiter, 'interruptible', some)) === 'signal')
        return ERESTARTSYS;
    return success(Uint8Array.from(arrived.splice(0, count)));`,
    replace: `    return success(Uint8Array.from(arrived.splice(0, count)));`,
    does: 'Gives end of file when nothing has arrived at a device.',
  },
  {
    id: 'device-read-takes-all',
    statement: 'KRN-14',
    file: 'kernel/char-device',
    find: `arrived.splice(0, count)`,
    replace: `arrived.splice(0, arrived.length).slice(0, count)`,
    does: 'Drops what has arrived and was not asked for.',
  },
  {
    id: 'device-write-beyond-room',
    statement: 'KRN-14',
    file: 'kernel/char-device',
    find: `const some = () => roomIn(device) > 0 || octets.length === 0;`,
    replace: `const some = () => true;`,
    does: 'Does not wait until the hardware has taken what waits.',
  },
  {
    id: 'device-write-lost',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/char-device',
    find: `    device.waiting.push(...put);
`,
    replace: ``,
    does: 'Hands the hardware nothing of what is written.',
  },
  {
    id: 'device-interrupt-wakes-no-reader',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/char-device',
    find: `    device.arrived.push(...octets);
    wakeUp(device.wait);`,
    replace: `    device.arrived.push(...octets);`,
    does: 'Takes what arrives and wakes nobody.',
  },
  {
    id: 'device-interrupt-wakes-no-writer',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/char-device',
    find: `    device.waiting = [];
    wakeUp(device.wait);`,
    replace: `    device.waiting = [];`,
    does: 'Takes what waits and wakes nobody.',
  },
  {
    id: 'device-request-answers-argument',
    statement: 'SCL-02',
    file: 'kernel/char-device',
    find: `success((argument + adds) | 0)`,
    replace: `success(argument)`,
    does: 'Gives the argument of a request back, and not the answer.',
  },
  {
    id: 'device-request-unknown',
    statement: 'SCL-02',
    file: 'kernel/char-device',
    find: `return adds === undefined ? failure('ENOTTY') :`,
    replace: `return adds === undefined ? success(0) :`,
    does: 'Lets a driver answer every request.',
  },
  {
    id: 'device-request-einval',
    statement: 'SCL-02',
    file: 'kernel/char-device',
    find: `return adds === undefined ? failure('ENOTTY') :`,
    replace: `return adds === undefined ? failure('EINVAL') :`,
    does: 'Refuses an unknown request to a driver with EINVAL.',
  },
  {
    id: 'device-has-all-routines',
    statement: 'KRN-14',
    alsoBreaks: ['KRN-15'],
    file: 'kernel/char-device',
    find: `.filter(([name]) => routines.has(name))`,
    replace: ``,
    does: 'Calls routines that the driver does not have.',
  },
  {
    id: 'device-written-by-its-read-routine',
    statement: 'KRN-17',
    alsoBreaks: ['KRN-14'],
    file: 'kernel/char-device',
    find: `device.called.push('write');`,
    replace: `device.called.push('read');`,
    does: 'Calls the routine to read where a device is written.',
  },
  {
    id: 'lseek-below-zero',
    statement: 'KRN-14',
    file: 'kernel/read-write',
    find: `moved < 0 && !belowZero`,
    replace: `false`,
    does: 'Moves the offset of a device below zero.',
  },
  {
    id: 'lseek-below-zero-refused',
    statement: 'KRN-14',
    profile: 'bsd-4.4',
    file: 'kernel/read-write',
    find: `moved < 0 && !belowZero`,
    replace: `moved < 0`,
    does: 'Refuses an offset below zero, which 4.4BSD does not.',
  },
  {
    id: 'write-nothing-to-read-only',
    statement: 'KRN-13',
    file: 'kernel/read-write',
    find: `if (file.mode === 'O_RDONLY')`,
    replace: `if (file.mode === 'O_RDONLY' && octets.length > 0)`,
    does: 'Lets nothing be written to what is open for reading only.',
  },
];
