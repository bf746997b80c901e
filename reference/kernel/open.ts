/**
 * Opening by path, and pipes: where open files of each type come from.
 *
 * A number is found before the path is looked at, so a task whose table is full changes nothing. It is
 * used only when the file is open, so a failure leaves none behind. So is the room for one more open file, which Linux
 * 2.6.11 looks for when it has found, or made, the file itself: one that O_CREAT makes would be left there.
 *
 * Source: Linux 2.6.11, fs/open.c, sys_open(), dentry_open(); fs/pipe.c, do_pipe(); 4.4BSD,
 * kern/vfs_syscalls.c, open(); kern/uipc_syscalls.c, pipe().
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { REGULAR_OPERATIONS } from '../fs/file-operations.ts';
import { openFile, type OpenFlag } from '../fs/open-file.ts';
import type { FileSystem } from '../fs/super-block.ts';
import { deviceOpen, deviceOperations, type CharDevice } from './char-device.ts';
import { chrdevOpen, type DeviceTable } from './chrdev.ts';
import { newFile, type File, type FileMode, type IoctlErrno } from './file.ts';
import {
  installFile,
  lowestFree,
  roomForFiles,
  twoLowestFree,
  type FileTable,
} from './file-table.ts';
import { nullOperations } from './mem.ts';
import { pipeOperations } from './pipe-file.ts';
import { newPipe, openPipeFile, type PipeMode, type PipeRules } from './pipe.ts';
import { ttyOperations, type TtyFileRules } from './tty-file.ts';
import type { Tty } from './tty.ts';

/** What paths lead to. */
export interface NameSpace {
  readonly fs: FileSystem;
  readonly ttyNamed: (name: string) => Tty;
  readonly devices: DeviceTable<CharDevice>;
  readonly rules: DeviceFileRules;
}

/** What differs between systems. */
export interface DeviceFileRules {
  readonly tty: TtyFileRules;
  /** Whether the null device stays at its beginning. */
  readonly nullRewinds: boolean;
}

export interface Opening {
  readonly mode: FileMode;
  readonly flags: ReadonlySet<OpenFlag>;
  readonly nonblock: boolean;
}

const DEVICE = /^\/dev\/(tty-)?(.*)$/s;

/** @errors ENXIO — there is no driver. EBUSY — the driver says so. @kernel chrdev_open */
function openDevice(
  { devices }: NameSpace,
  name: string,
  { mode, nonblock }: Opening,
): Outcome<File, 'EBUSY' | 'ENXIO'> {
  const driver = chrdevOpen(devices, name);
  if (!('ok' in driver)) return driver;
  const opened = deviceOpen(driver.ok);
  if (!('ok' in opened)) return opened;
  return success(newFile(deviceOperations(driver.ok), driver.ok, mode, nonblock));
}

function openPath(space: NameSpace, path: string, opening: Opening) {
  const { mode, flags, nonblock } = opening;
  const [device, tty, name = ''] = DEVICE.exec(path) ?? [];
  if (device === undefined) {
    const opened = openFile(space.fs, path, mode, flags);
    if (!('ok' in opened)) return opened;
    const data = { fs: space.fs, open: opened.ok };
    return success<File>(newFile(REGULAR_OPERATIONS, data, mode, nonblock));
  }
  if (flags.has('O_CREAT') && flags.has('O_EXCL')) return failure('EEXIST');
  if (tty !== undefined) {
    const operations = ttyOperations(space.rules.tty);
    return success<File>(newFile(operations, space.ttyNamed(name), mode, nonblock));
  }
  if (name === 'null') {
    const operations = nullOperations(space.rules.nullRewinds);
    return success<File>(newFile(operations, null, mode, nonblock));
  }
  return openDevice(space, name, opening);
}

/** @kernel sys_open */
export function sysOpen(table: FileTable, space: NameSpace, path: string, opening: Opening) {
  const fd = lowestFree(table);
  if (!('ok' in fd)) return fd;
  const room = roomForFiles(table);
  if (!('ok' in room)) return room;
  const file = openPath(space, path, opening);
  if (!('ok' in file)) return file;
  installFile(table, fd.ok, file.ok);
  return success(fd.ok);
}

/** @returns the descriptors of the reading and of the writing end. @kernel do_pipe */
export function sysPipe(
  table: FileTable,
  rules: PipeRules,
  unknownRequest: IoctlErrno,
): Outcome<[reader: number, writer: number], 'EMFILE' | 'ENFILE'> {
  const numbers = twoLowestFree(table);
  if (!('ok' in numbers)) return numbers;
  const room = roomForFiles(table, 2);
  if (!('ok' in room)) return room;
  const pipe = newPipe(rules);
  const operations = pipeOperations(unknownRequest);
  const end = (mode: PipeMode) => newFile(operations, openPipeFile(pipe, mode), mode);
  installFile(table, numbers.ok[0], end('O_RDONLY'));
  installFile(table, numbers.ok[1], end('O_WRONLY'));
  return numbers;
}
