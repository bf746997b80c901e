/**
 * Names and connections of the local sockets of 4.4BSD.
 *
 * Source: 4.4BSD-Lite2, kern/uipc_usrreq.c, unp_bind(), unp_connect(), unp_disconnect(), unp_detach();
 * kern/uipc_socket.c, soconnect(), solisten(), soclose(); kern/uipc_socket2.c, sonewconn().
 */
import { failure, success } from '../../../contract/index.ts';
import { ERESTARTSYS } from '../../kernel/interrupted-call.ts';
import type { Task } from '../../kernel/task.ts';
import { waitEvent, wakeUp } from '../../kernel/wait-queue.ts';
import type { Answer, Call, ShutdownHow, UnixName } from './family.ts';
import { unixGc } from './scm.ts';
import { lookup, makeNode } from './socket-file.ts';
import {
  cantReceiveMore,
  cantSendMore,
  discardReceived,
  disconnected,
  newBsdSocket,
  nowConnected,
  type BsdSocket,
} from './uipc-socket.ts';

const DONE = success({});

/** Longest path that an mbuf has room for with its end; and longest address that a call takes. */
const LONGEST_PATH = 105;
const LONGEST_ADDRESS = 110;

/** Without names that are no files, a zero octet ends a path that is empty. */
const pathOf = (name: UnixName | null): string =>
  name !== null && 'path' in name ? name.path : '';

/** @kernel unp_bind */
export function unpBind(so: BsdSocket, name: UnixName | null): Answer {
  const path = pathOf(name);
  if (so.inode !== null || path.length > LONGEST_PATH) return failure('EINVAL');
  const made = makeNode(so.directory, path, { kind: 'socket', socket: so });
  if ('errno' in made && made.errno === 'EEXIST') return failure('EADDRINUSE');
  if (!('ok' in made)) return made;
  so.inode = made.ok;
  so.name = { path };
  return DONE;
}

/** @kernel SOMAXCONN */
const SOMAXCONN = 5;

/** @kernel solisten */
export function solisten(so: BsdSocket, backlog: number): Answer {
  if (so.inode === null) return failure('EINVAL');
  so.acceptsConnections = true;
  so.queueLimit = Math.min(Math.max(backlog, 0), SOMAXCONN);
  return DONE;
}

/** @kernel soconnect */
export function soconnect(so: BsdSocket, to: UnixName | null): Answer {
  if (so.acceptsConnections) return failure('EOPNOTSUPP');
  if (so.connected && so.type === 'SOCK_STREAM') return failure('EISCONN');
  if (so.connected) unpDisconnect(so);
  return unpConnect(so, to);
}

/** @kernel unp_connect */
export function unpConnect(so: BsdSocket, to: UnixName | null): Answer {
  const path = pathOf(to);
  if (path.length > LONGEST_ADDRESS) return failure('EINVAL');
  if (path.length > LONGEST_PATH) return failure('EMSGSIZE');
  const found = lookup(so.directory, path);
  if (!('ok' in found)) return found;
  const { kind, socket: named } = found.ok;
  if (kind !== 'socket') return failure('ENOTSOCK');
  if (named === null) return failure('ECONNREFUSED');
  if (named.type !== so.type) return failure('EPROTOTYPE');
  const other = so.type === 'SOCK_STREAM' ? sonewconn(named) : named;
  if (other === null) return failure('ECONNREFUSED');
  unpConnect2(so, other);
  return DONE;
}

/** The other end of a connection, in the queue of the listener; null where that has no room. */
function sonewconn(head: BsdSocket): BsdSocket | null {
  if (!head.acceptsConnections) return null;
  if (head.queue.length > Math.floor((3 * head.queueLimit) / 2)) return null;
  const end = newBsdSocket(head, head.type);
  end.name = head.name;
  head.queue.push(end);
  wakeUp(head.acceptors, Infinity);
  return end;
}

/** @kernel unp_connect2 */
export function unpConnect2(so: BsdSocket, other: BsdSocket): void {
  so.peer = other;
  nowConnected(so);
  if (so.type === 'SOCK_DGRAM') {
    other.referring.add(so);
    return;
  }
  other.peer = so;
  nowConnected(other);
}

/** @kernel unp_disconnect */
export function unpDisconnect(so: BsdSocket): void {
  const { peer } = so;
  if (peer === null) return;
  so.peer = null;
  if (so.type === 'SOCK_DGRAM') {
    peer.referring.delete(so);
    so.connected = false;
    return;
  }
  disconnected(so);
  peer.peer = null;
  disconnected(peer);
}

/** @kernel unp_drop */
function unpDrop(so: BsdSocket, errno: 'ECONNABORTED' | 'ECONNRESET'): void {
  so.error = errno;
  unpDisconnect(so);
  wakeUp(so.readers, Infinity);
}

/** @kernel soaccept */
export function* soaccept(so: BsdSocket, task: Task, nonblock: boolean): Call<BsdSocket> {
  if (!so.acceptsConnections) return failure('EINVAL');
  const waiter = { task, exclusive: false };
  const something = () => so.queue.length > 0 || so.cantReceiveMore;
  for (;;) {
    const end = so.queue.shift();
    if (end !== undefined) return success(end);
    if (nonblock) return failure('EAGAIN');
    if (so.cantReceiveMore) return failure('ECONNABORTED');
    const how = yield* waitEvent(so.acceptors, waiter, 'interruptible', something);
    if (how === 'signal') return ERESTARTSYS;
  }
}

/** What waits to be read is thrown away. @kernel soshutdown, sorflush, unp_shutdown */
export function soshutdown(so: BsdSocket, how: ShutdownHow): Answer {
  if (how !== 'SHUT_WR') {
    cantReceiveMore(so);
    discardReceived(so);
  }
  if (how !== 'SHUT_RD') {
    cantSendMore(so);
    if (so.type === 'SOCK_STREAM' && so.peer !== null) cantReceiveMore(so.peer);
  }
  return DONE;
}

/** @kernel soclose, unp_detach */
export function soclose(so: BsdSocket): void {
  for (const waiting of so.queue.splice(0)) {
    unpDrop(waiting, 'ECONNABORTED');
    discardReceived(waiting);
  }
  if (so.inode !== null) so.inode.socket = null;
  unpDisconnect(so);
  // Who is connected to it for datagrams has no peer any more, and is told.
  for (const other of so.referring) unpDrop(other, 'ECONNRESET');
  disconnected(so);
  discardReceived(so);
  unixGc(so.files);
}
