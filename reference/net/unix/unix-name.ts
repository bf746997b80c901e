/**
 * Names of the local sockets of Linux: files, and names that are no files.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_mkname(), unix_bind(), unix_autobind(), unix_find_other().
 */
import { failure, success } from '../../../contract/index.ts';
import type { Answer, UnixName, UnixType } from './family.ts';
import { lookup, makeNode } from './socket-file.ts';
import type { UnixDomain, UnixSock } from './unix-sock.ts';

/** @kernel UNIX_PATH_MAX */
const UNIX_PATH_MAX = 108;

const DONE = success({});

/** Whether it fits into an address; behind a zero octet there is one octet less. @kernel unix_mkname */
function isName(name: UnixName): boolean {
  const length = 'path' in name ? name.path.length : name.abstract.length / 2 + 1;
  return length > 0 && length <= UNIX_PATH_MAX;
}

/** Sockets of different types do not see each other's names. */
const keyOf = (type: UnixType, abstract: string): string => `${type} ${abstract}`;

/** @kernel unix_bind */
export function unixBind(sk: UnixSock, name: UnixName | null): Answer {
  if (name === null) return unixAutobind(sk);
  if (!isName(name) || sk.name !== null) return failure('EINVAL');
  return 'path' in name ? bindFile(sk, name.path) : bindAbstract(sk, name.abstract);
}

function bindFile(sk: UnixSock, path: string): Answer {
  const made = makeNode(sk.domain.directory, path, { kind: 'socket', socket: sk });
  if ('errno' in made && made.errno === 'EEXIST') return failure('EADDRINUSE');
  if (!('ok' in made)) return made;
  sk.inode = made.ok;
  sk.name = { path };
  return DONE;
}

function bindAbstract(sk: UnixSock, abstract: string): Answer {
  const key = keyOf(sk.type, abstract);
  if (sk.domain.abstract.has(key)) return failure('EADDRINUSE');
  sk.domain.abstract.set(key, sk);
  sk.name = { abstract };
  return DONE;
}

/** Names that the system chooses are five hexadecimal digits. */
const ORDERS = 0x10_0000;

/** A name for who has not asked for one; one that has a name keeps it. @kernel unix_autobind */
export function unixAutobind(sk: UnixSock): Answer {
  if (sk.name !== null) return DONE;
  const { domain } = sk;
  for (let tried = 0; tried < ORDERS; tried++) {
    const digits = domain.order.toString(16).padStart(5, '0');
    domain.order = (domain.order + 1) % ORDERS;
    const abstract = [...digits].map((digit) => digit.charCodeAt(0).toString(16)).join('');
    if ('ok' in bindAbstract(sk, abstract)) return DONE;
  }
  return failure('ENOSPC');
}

/** The socket is found by its name no more; of a file the name stays. @kernel unix_remove_socket */
export function unixUnname(sk: UnixSock): void {
  if (sk.inode?.socket === sk) sk.inode.socket = null;
  if (sk.name === null || 'path' in sk.name) return;
  const key = keyOf(sk.type, sk.name.abstract);
  if (sk.domain.abstract.get(key) === sk) sk.domain.abstract.delete(key);
}

/**
 * The socket of a name.
 *
 * @errors ECONNREFUSED — the name is nobody's. EPROTOTYPE — it is of a socket of another type.
 * @kernel unix_find_other
 */
export function unixFindOther(
  domain: UnixDomain,
  name: UnixName,
  type: UnixType,
): Answer<UnixSock> {
  if (!isName(name)) return failure('EINVAL');
  if ('abstract' in name) {
    const named = domain.abstract.get(keyOf(type, name.abstract));
    return named === undefined ? failure('ECONNREFUSED') : success(named);
  }
  const found = lookup(domain.directory, name.path);
  if (!('ok' in found)) return found;
  const { socket } = found.ok;
  if (socket === null) return failure('ECONNREFUSED');
  return socket.type === type ? success(socket) : failure('EPROTOTYPE');
}
