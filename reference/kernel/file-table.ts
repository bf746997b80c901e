/**
 * The descriptors of a task.
 *
 * A table from numbers to open files. A new descriptor gets the lowest number that is free, which
 * programs rely on. Two numbers, and the tables of two tasks, may lead to one open file: they then share
 * its offset and its flags. Whoever takes an entry out of a table lets go of the file.
 *
 * Source: Linux 2.6.11, fs/open.c, get_unused_fd(), fd_install(), sys_close(); fs/fcntl.c, sys_dup2();
 * kernel/fork.c, copy_files(); fs/file_table.c, get_empty_filp(); 4.4BSD, kern/kern_descrip.c, fdalloc(), falloc(),
 * dup2(), fdcopy(), fdfree(). Left out: close-on-exec, since nothing is executed; CAP_SYS_ADMIN, with which Linux goes
 * beyond the limit on open files.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { getFile, putFile, type File, type OpenFiles } from './file.ts';

type Done = Record<string, never>;

/** @kernel struct files_struct, struct filedesc */
export interface FileTable {
  readonly files: Map<number, File>;
  /** No number from here on is handed out. @kernel RLIMIT_NOFILE */
  limit: number;
  readonly system: OpenFiles;
}

export function newFileTable(limit: number, system: OpenFiles): FileTable {
  return { files: new Map(), limit, system };
}

/** The open file behind a number. @errors EBADF — there is none. @kernel fget */
export function fileAt({ files }: FileTable, fd: number): Outcome<File, 'EBADF'> {
  const file = files.get(fd);
  return file === undefined ? failure('EBADF') : success(file);
}

/** The lowest free number. @errors EMFILE — none is left. @kernel get_unused_fd, fdalloc */
export function lowestFree({ files, limit }: FileTable, from = 0): Outcome<number, 'EMFILE'> {
  let fd = from;
  while (files.has(fd)) fd++;
  return fd < limit ? success(fd) : failure('EMFILE');
}

/** The two lowest free numbers, or none at all. @kernel do_pipe */
export function twoLowestFree(table: FileTable): Outcome<[number, number], 'EMFILE'> {
  const first = lowestFree(table);
  if (!('ok' in first)) return first;
  const second = lowestFree(table, first.ok + 1);
  return 'ok' in second ? success([first.ok, second.ok]) : second;
}

/** @errors ENFILE — the system has as many open files as it may. @kernel get_empty_filp, falloc */
export function roomForFiles({ system }: FileTable, files = 1): Outcome<Done, 'ENFILE'> {
  return system.open + files <= system.most ? success({}) : failure('ENFILE');
}

/** The number takes over a reference to the file. @kernel fd_install */
export function installFile({ files, system }: FileTable, fd: number, file: File): void {
  if (file.system === null) system.open++;
  file.system = system;
  files.set(fd, file);
}

/** @kernel sys_close */
export function closeDescriptor(table: FileTable, fd: number): Outcome<Done, 'EBADF'> {
  const file = fileAt(table, fd);
  if (!('ok' in file)) return file;
  // The number is free before the file is released.
  table.files.delete(fd);
  putFile(file.ok);
  return success({});
}

/** @kernel sys_dup */
export function dupDescriptor(table: FileTable, fd: number): Outcome<number, 'EBADF' | 'EMFILE'> {
  const file = fileAt(table, fd);
  if (!('ok' in file)) return file;
  const free = lowestFree(table);
  if ('ok' in free) installFile(table, free.ok, getFile(file.ok));
  return free;
}

/** @errors EBADF — also for a number that cannot be handed out. @kernel sys_dup2 */
export function dupDescriptorTo(
  table: FileTable,
  fd: number,
  to: number,
): Outcome<number, 'EBADF'> {
  const file = fileAt(table, fd);
  if (!('ok' in file)) return file;
  if (to < 0 || to >= table.limit) return failure('EBADF');
  if (to === fd) return success(to);
  const before = table.files.get(to);
  installFile(table, to, getFile(file.ok));
  if (before !== undefined) putFile(before);
  return success(to);
}

/** The table of a child. @kernel copy_files, fdcopy */
export function copyFileTable({ files, limit, system }: FileTable): FileTable {
  const copied = [...files].map(([fd, file]) => [fd, getFile(file)] as const);
  return { files: new Map(copied), limit, system };
}

/** A task has ended. @kernel exit_files, fdfree */
export function closeAll({ files }: FileTable): void {
  const open = [...files.values()];
  files.clear();
  for (const file of open) putFile(file);
}
