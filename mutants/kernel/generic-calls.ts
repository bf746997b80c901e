/** Faults of the calls that serve every type of file, and of opening. */
import type { Mutant } from '../mutant.ts';

export const GENERIC_CALLS: readonly Mutant[] = [
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
    const room = roomForFiles(table);
    if (!('ok' in room))
        return room;
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
];
