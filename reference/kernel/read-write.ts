/**
 * The generic calls on an open file.
 *
 * Each looks whether the file was opened for it, then calls the routine that the type has for it. While
 * the call is under way it holds the file open.
 *
 * Source: Linux 2.6.11, fs/read_write.c, vfs_read(), vfs_write(), sys_lseek(); fs/ioctl.c, sys_ioctl();
 * 4.4BSD, kern/sys_generic.c.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import {
  getFile,
  putFile,
  type File,
  type FileRules,
  type IoctlErrno,
  type ReadErrno,
  type SeekErrno,
  type Whence,
  type WriteErrno,
} from './file.ts';
import { fileAt, type FileTable } from './file-table.ts';
import type { Restartable } from './interrupted-call.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';

/** Looks a number up and holds what is behind it open for as long as the work takes. */
function* onDescriptor<Value, Failure extends Errno>(
  table: FileTable,
  fd: number,
  work: (file: File) => Steps<Restartable<Value, Failure>>,
): Steps<Restartable<Value, Failure | 'EBADF'>> {
  const file = fileAt(table, fd);
  if (!('ok' in file)) return file;
  getFile(file.ok);
  try {
    return yield* work(file.ok);
  } finally {
    putFile(file.ok);
  }
}

/** @errors EBADF — it is not open for reading. @kernel sys_read */
export function sysRead(
  table: FileTable,
  task: Task,
  fd: number,
  count: number,
  rules: FileRules,
): Steps<Restartable<Uint8Array, ReadErrno>> {
  return onDescriptor(table, fd, function* (file): Steps<Restartable<Uint8Array, ReadErrno>> {
    if (file.mode === 'O_WRONLY') return failure('EBADF');
    const { operations } = file;
    if (operations.read === undefined) return failure(rules.withoutReadOrWrite);
    return yield* operations.read(file, task, count);
  });
}

/** @errors EBADF — it is not open for writing. @kernel sys_write */
export function sysWrite(
  table: FileTable,
  task: Task,
  fd: number,
  octets: Uint8Array,
  rules: FileRules,
): Steps<Restartable<number, WriteErrno>> {
  return onDescriptor(table, fd, function* (file): Steps<Restartable<number, WriteErrno>> {
    if (file.mode === 'O_RDONLY') return failure('EBADF');
    const { operations } = file;
    if (operations.write === undefined) return failure(rules.withoutReadOrWrite);
    return yield* operations.write(file, task, octets);
  });
}

/** Moves the offset of a file whose type does not care. @kernel default_llseek */
function defaultLlseek(
  file: File,
  offset: number,
  whence: Whence,
  belowZero: boolean,
): Outcome<number, 'EINVAL'> {
  const moved = offset + (whence === 'SEEK_CUR' ? file.offset : 0);
  if (moved < 0 && !belowZero) return failure('EINVAL');
  file.offset = moved;
  return success(moved);
}

/** Of a type in which there is no place to go to. @kernel no_llseek */
export const noLlseek = (): Outcome<never, 'ESPIPE'> => failure('ESPIPE');

/** @kernel sys_lseek */
export function sysLseek(
  table: FileTable,
  fd: number,
  offset: number,
  whence: Whence,
  rules: FileRules,
): Outcome<number, SeekErrno | 'EBADF'> {
  const file = fileAt(table, fd);
  if (!('ok' in file)) return file;
  const sought = file.ok.operations.llseek?.(file.ok, offset, whence);
  if (sought !== undefined) return sought;
  const { withoutSeek } = rules;
  if (withoutSeek === 'ESPIPE') return noLlseek();
  return defaultLlseek(file.ok, offset, whence, withoutSeek === 'moves below zero too');
}

/** @errors ENOTTY — the type takes no requests. @kernel sys_ioctl */
export function sysIoctl(
  table: FileTable,
  fd: number,
  request: string,
  argument: number,
): Outcome<number, IoctlErrno | 'EBADF'> {
  const file = fileAt(table, fd);
  if (!('ok' in file)) return file;
  return file.ok.operations.ioctl?.(file.ok, request, argument) ?? failure('ENOTTY');
}
