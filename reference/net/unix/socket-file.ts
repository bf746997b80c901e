/**
 * Names of sockets in the file system.
 *
 * A name leads to an inode, and the inode to the socket that was bound to it. The file outlives its socket:
 * then it leads to nobody, until somebody removes it. And it may be renamed, or removed while the socket
 * is there, since the socket belongs to the inode and not to the name.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_find_socket_byinode(); 4.4BSD, sys/vnode.h, v_socket. Left
 * out: directories but the one, permissions, links.
 */
import { failure, success, type Outcome } from '../../../contract/index.ts';

/** @kernel struct inode; struct vnode */
export interface Inode<Socket> {
  readonly kind: 'socket' | 'file';
  /** Null where the socket that was bound to it is gone. */
  socket: Socket | null;
}

/** The directory in which programs meet. */
export type Directory<Socket> = Map<string, Inode<Socket>>;

type PathError = 'ENOENT' | 'ENOTDIR';
type Done = Outcome<Record<string, never>, PathError>;

const DONE = success({});

/** A path of two names leads through a directory, and there is none. @kernel path_lookup, namei */
function walk<Socket>(directory: Directory<Socket>, path: string): PathError | null {
  const [first = '', ...rest] = path.split('/');
  if (path === '') return 'ENOENT';
  if (rest.length === 0) return null;
  return directory.has(first) ? 'ENOTDIR' : 'ENOENT';
}

export function lookup<Socket>(
  directory: Directory<Socket>,
  path: string,
): Outcome<Inode<Socket>, PathError> {
  const wrong = walk(directory, path);
  if (wrong !== null) return failure(wrong);
  const inode = directory.get(path);
  return inode === undefined ? failure('ENOENT') : success(inode);
}

/** @errors EEXIST — the name is taken, by whatever file. @kernel vfs_mknod, VOP_CREATE */
export function makeNode<Socket>(
  directory: Directory<Socket>,
  path: string,
  inode: Inode<Socket>,
): Outcome<Inode<Socket>, PathError | 'EEXIST'> {
  const wrong = walk(directory, path);
  if (wrong !== null) return failure(wrong);
  if (directory.has(path)) return failure('EEXIST');
  directory.set(path, inode);
  return success(inode);
}

export function unlink<Socket>(directory: Directory<Socket>, path: string): Done {
  const found = lookup(directory, path);
  if (!('ok' in found)) return found;
  directory.delete(path);
  return DONE;
}

/** What had the new name before is no longer found. */
export function rename<Socket>(directory: Directory<Socket>, from: string, to: string): Done {
  const found = lookup(directory, from);
  if (!('ok' in found)) return found;
  const wrong = walk(directory, to);
  if (wrong !== null) return failure(wrong);
  directory.delete(from);
  directory.set(to, found.ok);
  return DONE;
}
