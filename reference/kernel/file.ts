/**
 * Open files, of whatever type.
 *
 * An open file has a table of the routines of its type, and the generic calls do no more than look
 * there: a new type is one more table. It counts who uses it, descriptors and calls under way alike, and
 * its release routine runs when the last of them lets go.
 *
 * Source: Linux 2.6.11, include/linux/fs.h, struct file, struct file_operations; fs/file_table.c,
 * fget(), fput(); 4.4BSD, sys/file.h, struct fileops.
 */
import type { Outcome } from '../../contract/index.ts';
import { bugOn } from './bug.ts';
import type { Restartable } from './interrupted-call.ts';
import type { PollTable } from './poll-table.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';

export type FileMode = 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';

export type Whence = 'SEEK_SET' | 'SEEK_CUR' | 'SEEK_END';

/** What the connection of a socket may have come to. */
export type ConnectionErrno =
  'ECONNREFUSED' | 'ECONNRESET' | 'EHOSTUNREACH' | 'ENETUNREACH' | 'ENOTCONN' | 'ETIMEDOUT';

export type ReadErrno = 'EAGAIN' | 'EBADF' | 'EINVAL' | 'EISDIR' | 'ENODEV' | ConnectionErrno;

export type WriteErrno =
  'EAGAIN' | 'EBADF' | 'EFBIG' | 'EINVAL' | 'EIO' | 'ENODEV' | 'ENOSPC' | 'EPIPE' | ConnectionErrno;

export type SeekErrno = 'EINVAL' | 'ESPIPE';

export type IoctlErrno = 'EINVAL' | 'ENOTTY' | 'EOPNOTSUPP';

/** What poll tells; PRI is what select calls exceptional. */
export type Readiness = 'IN' | 'OUT' | 'HUP' | 'ERR' | 'PRI';

/** The open files of all tasks. @kernel files_stat; nfiles, maxfiles */
export interface OpenFiles {
  open: number;
  most: number;
}

/** @kernel struct file */
export interface File<Data = unknown> {
  readonly operations: FileOperations<Data>;
  /** What the type keeps of it. @kernel private_data */
  readonly data: Data;
  readonly mode: FileMode;
  /** @kernel f_flags, O_NONBLOCK */
  nonblock: boolean;
  /** Of types that have no better place for it. @kernel f_pos */
  offset: number;
  /** @kernel f_count */
  references: number;
  /** Among whose open files it counts; null while no descriptor has led to it. */
  system: OpenFiles | null;
}

/** The routines of a type; one that is missing is one that the type does not have. */
export interface FileOperations<Data> {
  read?(file: File<Data>, task: Task, count: number): Steps<Restartable<Uint8Array, ReadErrno>>;
  write?(file: File<Data>, task: Task, octets: Uint8Array): Steps<Restartable<number, WriteErrno>>;
  llseek?(file: File<Data>, offset: number, whence: Whence): Outcome<number, SeekErrno>;
  ioctl?(file: File<Data>, request: string, argument: number): Outcome<number, IoctlErrno>;
  /** @param table - has the caller woken by whatever may change the answer. */
  poll?(file: File<Data>, table: PollTable): readonly Readiness[];
  release?(file: File<Data>): void;
}

/** What differs between systems where a type lacks a routine. */
export interface FileRules {
  readonly withoutReadOrWrite: 'EINVAL' | 'ENODEV';
  readonly withoutSeek: 'ESPIPE' | 'moves' | 'moves below zero too';
  /** What is told of a type that cannot be polled. @kernel DEFAULT_POLLMASK, seltrue */
  readonly withoutPoll: readonly Readiness[];
}

export function newFile<Data>(
  operations: FileOperations<Data>,
  data: Data,
  mode: FileMode,
  nonblock = false,
): File<Data> {
  return { operations, data, mode, nonblock, offset: 0, references: 1, system: null };
}

/** @kernel get_file */
export function getFile(file: File): File {
  file.references++;
  return file;
}

/** @kernel fput */
export function putFile(file: File): void {
  bugOn(file.references === 0, 'a file is put more often than it was got');
  if (--file.references === 0) release(file);
}

/** Nobody uses it any more. @kernel __fput */
function release(file: File): void {
  if (file.system !== null) file.system.open--;
  file.operations.release?.(file);
}
