/**
 * System calls on sockets by descriptor.
 *
 * Each finds the socket behind the number and does what the protocol has for it; the file is held open
 * meanwhile, so that a close by somebody else does not take it away from a call that sleeps.
 *
 * Source: Linux 2.6.11, net/socket.c, sys_socket() to sys_getsockopt(), sys_socketcall(); 4.4BSD,
 * kern/uipc_syscalls.c.
 */
import {
  failure,
  success,
  type Errno,
  type Outcome,
  type SocketCall,
} from '../../contract/index.ts';
import type { TcpOption } from '../../contract/index.ts';
import { getFile, putFile, type File } from '../kernel/file.ts';
import {
  closeDescriptor,
  fileAt,
  installFile,
  lowestFree,
  roomForFiles,
} from '../kernel/file-table.ts';
import type { FileTable } from '../kernel/file-table.ts';
import { outcomeOf, type Restartable } from '../kernel/interrupted-call.ts';
import type { Steps } from '../kernel/processors.ts';
import { sysRead, sysWrite } from '../kernel/read-write.ts';
import type { FileRules } from '../kernel/file.ts';
import type { Task } from '../kernel/task.ts';
import type { Net } from './net.ts';
import { protocolOf, type SocketType } from './socket.ts';
import { newSocketFile, receiveFrom, sendTo, socketOf } from './socket-file.ts';
import { waitForConnection } from './tcp/accept.ts';
import { ipv4Specific } from './tcp/af-specific.ts';
import { tcpBind, tcpName, tcpPeer } from './tcp/bind-call.ts';
import { tcpShutdown } from './tcp/close.ts';
import { tcpStreamConnect } from './tcp/connect.ts';
import { tcpListen } from './tcp/listen.ts';
import { openTcp } from './tcp/open.ts';
import { sysAccept } from './tcp/sys-accept.ts';
import { tcpGetOption, tcpSetOption } from './tcp/tcp-option.ts';
import type { TcpSock } from './tcp/tcp-sock.ts';
import type { InetAddress } from './udp.ts';

/** Arguments, those that a call has no use for left at what is nothing. */
export interface SocketArgs {
  readonly fd: number;
  readonly domain: string;
  readonly type: SocketType;
  readonly protocol: number;
  readonly to: InetAddress;
  readonly backlog: number;
  readonly octets: Uint8Array;
  readonly size: number;
  readonly dontWait: boolean;
  readonly how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR';
  readonly option: TcpOption;
  readonly optionValue: number;
}

export interface SocketAnswer {
  readonly value: number;
  readonly octets?: Uint8Array;
  readonly address?: InetAddress;
  readonly optionValue?: number | string;
}

export interface Caller {
  readonly net: Net;
  readonly table: FileTable;
  readonly task: Task;
  readonly rules: FileRules;
}

type Answering = Steps<Restartable<SocketAnswer, Errno>>;

const ZERO = { value: 0 };

const zero = (outcome: Outcome<unknown, Errno>): Outcome<SocketAnswer, Errno> =>
  'ok' in outcome ? success(ZERO) : outcome;

/** A number and an open file for a socket. @errors EMFILE. ENFILE. @kernel sock_map_fd, falloc */
function placeFor(table: FileTable): Outcome<number, 'EMFILE' | 'ENFILE'> {
  const fd = lowestFree(table);
  if (!('ok' in fd)) return fd;
  const room = roomForFiles(table);
  return 'ok' in room ? fd : room;
}

/** @kernel sys_socket */
function sysSocket({ net, table }: Caller, args: SocketArgs): Outcome<SocketAnswer, Errno> {
  if (args.domain !== 'AF_INET') return failure('EAFNOSUPPORT');
  const { type, protocol } = args;
  const allowed = protocolOf(net.profile, { type, protocol, privileged: true });
  if (!('ok' in allowed)) return allowed;
  const fd = placeFor(table);
  if (!('ok' in fd)) return fd;
  installFile(table, fd.ok, newSocketFile(openTcp(net, ipv4Specific)));
  return success({ value: fd.ok });
}

/** Gives the connection that was accepted a descriptor. */
function* acceptInto(caller: Caller, file: File<TcpSock>, dontWait: boolean): Answering {
  const { table, task, net } = caller;
  const accepted = yield* sysAccept(file.data, task, dontWait, success);
  if (typeof accepted === 'symbol' || !('ok' in accepted)) return accepted;
  const { child, told } = accepted.ok;
  // Only 4.4BSD hands the flag of the listening socket down.
  const connection = newSocketFile(child, net.profile === 'bsd-4.4' && file.nonblock);
  const fd = placeFor(table);
  if (!('ok' in fd)) {
    // It is too late to leave it in the queue.
    putFile(connection);
    return fd;
  }
  installFile(table, fd.ok, connection);
  return success({ value: fd.ok, address: told });
}

/** @kernel sys_accept, accept1 */
function* accept(caller: Caller, file: File<TcpSock>, { dontWait }: SocketArgs): Answering {
  const { table, task, net } = caller;
  const impatient = dontWait || file.nonblock;
  if (net.profile === 'linux-6') {
    const fd = placeFor(table);
    if (!('ok' in fd)) return fd;
  }
  if (net.profile === 'bsd-4.4') {
    const there = yield* waitForConnection(file.data, task, impatient);
    if (typeof there === 'symbol' || !('ok' in there)) return there;
    const fd = placeFor(table);
    if (!('ok' in fd)) return fd;
  }
  return yield* acceptInto(caller, file, impatient);
}

type OnSocket = (caller: Caller, file: File<TcpSock>, args: SocketArgs) => Answering;

const sending: OnSocket = function* ({ task }, { data, nonblock }, { octets, dontWait }) {
  const sent = yield* sendTo(data, task, octets, dontWait || nonblock);
  return outcomeOf(sent, (value) => ({ value }));
};

const receiving: OnSocket = function* ({ task }, { data, nonblock }, { size, dontWait }) {
  const got = yield* receiveFrom(data, task, size, dontWait || nonblock);
  return outcomeOf(got, (octets) => ({ value: octets.length, octets }));
};

const SLEEPING: Readonly<Partial<Record<SocketCall, OnSocket>>> = {
  accept,
  *connect({ task }, { data, nonblock }, { to, dontWait }) {
    const connected = yield* tcpStreamConnect(data, task, to, dontWait || nonblock);
    return outcomeOf(connected, () => ZERO);
  },
  send: sending,
  sendto: sending,
  sendmsg: sending,
  recv: receiving,
  recvfrom: receiving,
  recvmsg: receiving,
};

type AtOnce = (sk: TcpSock, args: SocketArgs) => Restartable<SocketAnswer, Errno>;

const AT_ONCE: Readonly<Partial<Record<SocketCall, AtOnce>>> = {
  bind: (sk, { to }) => zero(tcpBind(sk, to, true)),
  listen: (sk, { backlog }) => zero(tcpListen(sk, backlog)),
  shutdown: (sk, { how }) => zero(tcpShutdown(sk, how)),
  getsockname: (sk) => success({ value: 0, address: tcpName(sk) }),
  getpeername: (sk) => outcomeOf(tcpPeer(sk), (address) => ({ value: 0, address })),
  setsockopt: (sk, { option, optionValue }) => zero(tcpSetOption(sk, option, optionValue, true)),
  getsockopt: (sk, { option }) =>
    outcomeOf(tcpGetOption(sk, option), (optionValue) => ({ value: 0, optionValue })),
};

/** Finds the socket and holds it open for as long as the call takes. */
function* onSocket(caller: Caller, call: SocketCall, args: SocketArgs): Answering {
  const file = fileAt(caller.table, args.fd);
  if (!('ok' in file)) return file;
  const socket = socketOf(file.ok);
  if (!('ok' in socket)) return socket;
  const now = AT_ONCE[call];
  if (now !== undefined) return now(socket.ok.data, args);
  const work = SLEEPING[call];
  if (work === undefined) return failure('ENOSYS');
  getFile(file.ok);
  try {
    return yield* work(caller, socket.ok, args);
  } finally {
    putFile(file.ok);
  }
}

/** @errors ENOSYS — there is no such call. @kernel sys_socketcall, syscall */
export function* sysCall(
  caller: Caller,
  call: SocketCall | undefined,
  args: SocketArgs,
): Answering {
  const { table, task, rules } = caller;
  if (call === undefined) return failure('ENOSYS');
  if (call === 'socket') return sysSocket(caller, args);
  if (call === 'close') return zero(closeDescriptor(table, args.fd));
  if (call === 'read') {
    const got = yield* sysRead(table, task, args.fd, args.size, rules);
    return outcomeOf(got, (octets) => ({ value: octets.length, octets }));
  }
  if (call === 'write') {
    const written = yield* sysWrite(table, task, args.fd, args.octets, rules);
    return outcomeOf(written, (value) => ({ value }));
  }
  return yield* onSocket(caller, call, args);
}
