/**
 * select: sleeping until one of several open files is ready.
 *
 * Each pass asks every file; the first one also enters the caller into the wait queues that the poll
 * routines name. So whatever makes one of them ready after it was asked wakes the caller, who then asks
 * all of them again: what it is told is what holds when it returns. Before that it leaves every queue.
 *
 * Source: Linux 2.6.11, fs/select.c, do_select(), max_select_fd(), sys_select(); 4.4BSD,
 * kern/sys_generic.c, select(), selscan(). Left out: ticks, to which the kernel rounds a timeout up.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { getFile, putFile, type File, type FileRules, type Readiness } from './file.ts';
import { fileAt, type FileTable } from './file-table.ts';
import { newPollTable, pollFreeWait, type PollTable } from './poll-table.ts';
import type { Steps } from './processors.ts';
import { SCHEDULE, signalPending, type Task } from './task.ts';
import type { Timeouts } from './timeouts.ts';

/** @kernel fd_set_bits */
export interface Sets {
  readonly read: number[];
  readonly write: number[];
  readonly except: number[];
}

/** What differs between systems. */
export interface SelectRules {
  /** What a negative bound gives; 4.4BSD takes it as unsigned, so that it bounds nothing. */
  readonly negativeBound: 'EINVAL' | 'none';
}

/** What makes a file ready, by set. @kernel POLLIN_SET, POLLOUT_SET, POLLEX_SET */
const WANTED = {
  read: ['IN', 'HUP', 'ERR'],
  write: ['OUT', 'ERR'],
  except: ['PRI'],
} as const satisfies Record<keyof Sets, readonly Readiness[]>;

/** Members below the bound, each once. */
function bounded(sets: Sets, nfds: number): Sets {
  const below = (fds: readonly number[]) => [...new Set(fds)].filter((fd) => fd < nfds);
  return { read: below(sets.read), write: below(sets.write), except: below(sets.except) };
}

/** The files of all members. @errors EBADF — one is not open. @kernel max_select_fd */
function filesOf(table: FileTable, sets: Sets): Outcome<Map<number, File>, 'EBADF'> {
  const files = new Map<number, File>();
  for (const fd of [...sets.read, ...sets.write, ...sets.except]) {
    const file = fileAt(table, fd);
    if (!('ok' in file)) return file;
    files.set(fd, file.ok);
  }
  return success(files);
}

/** One pass over all files. */
function scan(files: ReadonlyMap<number, File>, sets: Sets, table: PollTable, rules: FileRules) {
  const told = new Map<number, readonly Readiness[]>();
  for (const [fd, file] of files) {
    told.set(fd, file.operations.poll?.(file, table) ?? rules.withoutPoll);
  }
  const ready = (name: keyof Sets) =>
    sets[name].filter((fd) => told.get(fd)?.some((event) => isWanted(name, event)));
  return { read: ready('read'), write: ready('write'), except: ready('except') };
}

function isWanted(name: keyof Sets, event: Readiness): boolean {
  const wanted: readonly Readiness[] = WANTED[name];
  return wanted.includes(event);
}

const sizeOf = ({ read, write, except }: Sets): number =>
  read.length + write.length + except.length;

/** @kernel do_select */
function* doSelect(
  files: ReadonlyMap<number, File>,
  sets: Sets,
  task: Task,
  timeouts: Timeouts,
  atMs: number,
  rules: FileRules,
): Steps<Outcome<Sets, 'EINTR'>> {
  const table = newPollTable(task);
  const deadline = { task, atMs };
  timeouts.deadlines.add(deadline);
  for (const file of files.values()) getFile(file);
  try {
    for (;;) {
      task.state = 'interruptible';
      const ready = scan(files, sets, table, rules);
      if (sizeOf(ready) > 0 || timeouts.nowMs >= atMs) return success(ready);
      if (signalPending(task)) return failure('EINTR');
      yield SCHEDULE;
    }
  } finally {
    task.state = 'running';
    pollFreeWait(table);
    timeouts.deadlines.delete(deadline);
    for (const file of files.values()) putFile(file);
  }
}

/**
 * @param atMs - when it gives up; Infinity: never.
 * @errors EINTR — a signal came, whether its handler has SA_RESTART or not.
 * @kernel sys_select
 */
export function* sysSelect(
  table: FileTable,
  task: Task,
  nfds: number,
  sets: Sets,
  timeouts: Timeouts,
  atMs: number,
  rules: FileRules & SelectRules,
): Steps<Outcome<Sets, 'EBADF' | 'EINTR' | 'EINVAL'>> {
  if (nfds < 0 && rules.negativeBound === 'EINVAL') return failure('EINVAL');
  const looked = bounded(sets, nfds < 0 ? Infinity : nfds);
  const files = filesOf(table, looked);
  if (!('ok' in files)) return files;
  return yield* doSelect(files.ok, looked, task, timeouts, atMs, rules);
}
