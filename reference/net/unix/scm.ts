/**
 * Open files that are passed in messages between local sockets.
 *
 * A message refers to a file as a descriptor does, so the file stays open on its way whoever closes it. A
 * socket that is only referred to from messages which nobody can ever receive, such as one that waits in
 * its own queue, would stay for ever: so whenever a local socket goes, those that can still be reached are
 * looked for, and from the others the messages are taken.
 *
 * Source: Linux 2.6.11, net/core/scm.c; net/unix/garbage.c, unix_gc(); 4.4BSD, kern/uipc_usrreq.c,
 * unp_internalize(), unp_gc(). Left out: files that are no local sockets.
 */
import { failure, success } from '../../../contract/index.ts';
import type { Answer } from './family.ts';

/** @kernel struct file */
export interface OpenFile {
  readonly table: FileTable;
  /** Descriptors, calls under way and messages that refer to it. @kernel f_count */
  references: number;
  /** How many of them are messages. @kernel inflight; in 4.4BSD f_msgcount */
  inFlight: number;
  /** Those that wait in its queues, and in those of connections that nobody has accepted. */
  readonly holds: () => OpenFile[];
  /** Throws messages with files away, since nobody will receive them. */
  readonly flush: () => void;
  /** Its last user is gone. */
  readonly release: () => void;
}

/** The open local sockets of a host. */
export interface FileTable {
  readonly files: Set<OpenFile>;
  /** Whose last user is gone: the end of one may be that of the next. */
  readonly ending: OpenFile[];
}

export const newFileTable = (): FileTable => ({ files: new Set(), ending: [] });

export function openFile(
  table: FileTable,
  { holds, flush, release }: Pick<OpenFile, 'holds' | 'flush' | 'release'>,
): OpenFile {
  const file = { table, references: 1, inFlight: 0, holds, flush, release };
  table.files.add(file);
  return file;
}

/** One user less. A chain of files that hold each other ends file by file, not call in call. @kernel fput */
export function fput(file: OpenFile): void {
  file.references--;
  if (file.references > 0) return;
  const { files, ending } = file.table;
  files.delete(file);
  ending.push(file);
  if (ending.length > 1) return;
  for (const last of ending) last.release();
  ending.length = 0;
}

/** What a message takes with it, or a reader was given. @kernel struct scm_fp_list */
export type Rights = OpenFile[];

/**
 * Files for a message; each has one user more from now on.
 *
 * @param wanted - null for a descriptor that is closed.
 * @errors EINVAL — they are too many. EBADF — one is closed.
 * @kernel scm_fp_copy; in 4.4BSD sockargs, unp_internalize
 */
export function scmSend(wanted: readonly (OpenFile | null)[], most: number): Answer<Rights> {
  if (wanted.length > most) return failure('EINVAL');
  const rights = wanted.filter((file) => file !== null);
  if (rights.length < wanted.length) return failure('EBADF');
  for (const file of rights) file.references++;
  return success(rights);
}

/** @kernel scm_destroy */
export function scmDestroy(rights: Rights): void {
  for (const file of rights.splice(0)) fput(file);
}

/** They are the message's now. @kernel unix_attach_fds */
export function attach(rights: Rights): Rights {
  for (const file of rights) file.inFlight++;
  return rights.splice(0);
}

/** They are the reader's now. @kernel unix_detach_fds */
export function detach(rights: Rights): Rights {
  for (const file of rights) file.inFlight--;
  return rights.splice(0);
}

/** Other users of the same files, for a reader who leaves the message. @kernel scm_fp_dup */
export function duplicate(rights: Rights): Rights {
  for (const file of rights) file.references++;
  return [...rights];
}

/**
 * Finds files that nobody can reach, and throws away what keeps them.
 *
 * @kernel unix_gc; unp_gc
 */
export function unixGc({ files }: FileTable): void {
  const all = [...files];
  if (all.every(({ inFlight }) => inFlight === 0)) return;
  const reached = new Set<OpenFile>();
  const next = all.filter(({ references, inFlight }) => references > inFlight);
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    next.push(...file.holds());
  }
  for (const file of all) if (!reached.has(file)) file.flush();
}
