/**
 * Stream sockets as open files: the routines of the type.
 *
 * Source: Linux 2.6.11, net/socket.c, socket_file_ops, sock_aio_read(), sock_aio_write(), sock_ioctl(),
 * sock_poll(), sock_close(); 4.4BSD, kern/sys_socket.c, socketops. Left out: a close that lingers, which
 * would let whoever closes the last descriptor sleep.
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { newFile, type File, type FileOperations, type Readiness } from '../kernel/file.ts';
import type { ReadErrno, WriteErrno, IoctlErrno } from '../kernel/file.ts';
import type { Restartable } from '../kernel/interrupted-call.ts';
import { pollWait } from '../kernel/poll-table.ts';
import type { Steps } from '../kernel/processors.ts';
import { noLlseek } from '../kernel/read-write.ts';
import { sendSignal, type Task } from '../kernel/task.ts';
import { tcpCloseNow } from './tcp/close.ts';
import { tcpPoll } from './tcp/poll.ts';
import { readableOctets, tcpRecvmsg } from './tcp/recvmsg.ts';
import { queuedOctets } from './tcp/send-room.ts';
import { sysSend } from './tcp/sys-send.ts';
import type { TcpSock } from './tcp/tcp-sock.ts';

/** A call on a socket tells whatever its connection has come to. */
type Socketed<Value, To extends Errno> = Steps<Restartable<Value, To>>;

const PLAIN = { peek: false, waitAll: false, outOfBand: false };

export function receiveFrom(
  sk: TcpSock,
  task: Task,
  size: number,
  dontWait: boolean,
): Steps<Restartable<Uint8Array, Errno>> {
  return tcpRecvmsg(sk, task, { ...PLAIN, size, dontWait });
}

export function sendTo(
  sk: TcpSock,
  task: Task,
  octets: Uint8Array,
  dontWait: boolean,
): Steps<Restartable<number, Errno>> {
  const call = { octets, more: false, outOfBand: false, noSignal: false, dontWait };
  return sysSend(sk, task, { ...call, to: undefined }, () => sendSignal(task, 'SIGPIPE'));
}

/** What a request gives that a socket does not know. */
function unknownRequest({ net }: TcpSock): IoctlErrno {
  if (net.profile === 'bsd-4.4') return 'EOPNOTSUPP';
  return net.profile === 'linux-6' ? 'ENOTTY' : 'EINVAL';
}

/** @kernel tcp_ioctl, soo_ioctl */
function ioctl(sk: TcpSock, request: string): Outcome<number, IoctlErrno> {
  if (request !== 'FIONREAD' && request !== 'TIOCOUTQ') return failure(unknownRequest(sk));
  if (sk.state === 'LISTEN' && sk.net.profile !== 'bsd-4.4') return failure('EINVAL');
  return success(request === 'FIONREAD' ? readableOctets(sk) : queuedOctets(sk));
}

function readiness(sk: TcpSock): readonly Readiness[] {
  const { readable, writable, exceptional } = tcpPoll(sk);
  const events: Readiness[] = [];
  if (readable) events.push('IN');
  if (writable) events.push('OUT');
  if (exceptional) events.push('PRI');
  return events;
}

/** @kernel socket_file_ops, socketops */
const SOCKET_OPERATIONS: FileOperations<TcpSock> = {
  read: ({ data, nonblock }, task, count) =>
    receiveFrom(data, task, count, nonblock) as Socketed<Uint8Array, ReadErrno>,
  write: ({ data, nonblock }, task, octets) =>
    sendTo(data, task, octets, nonblock) as Socketed<number, WriteErrno>,
  llseek: noLlseek,
  ioctl: ({ data }, request) => ioctl(data, request),
  poll: ({ data }, table) => {
    pollWait(table, data.sleepers);
    return readiness(data);
  },
  release: ({ data }) => tcpCloseNow(data),
};

export function newSocketFile(sk: TcpSock, nonblock = false): File<TcpSock> {
  return newFile(SOCKET_OPERATIONS, sk, 'O_RDWR', nonblock);
}

/** @errors ENOTSOCK — it is something else. @kernel sockfd_lookup, getsock */
export function socketOf(file: File): Outcome<File<TcpSock>, 'ENOTSOCK'> {
  const isSocket = file.operations === (SOCKET_OPERATIONS as FileOperations<unknown>);
  return isSocket ? success(file as File<TcpSock>) : failure('ENOTSOCK');
}
