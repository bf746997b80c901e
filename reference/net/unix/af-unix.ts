/**
 * The family AF_UNIX of Linux.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_create(), unix_stream_ops, unix_dgram_ops,
 * unix_seqpacket_ops; net/core/sock.c.
 */
import { failure, success, type Profile } from '../../../contract/index.ts';
import { outcomeOf } from '../../kernel/interrupted-call.ts';
import type { Answer, Call, Passed, Sending, UnixFamily } from './family.ts';
import { newFileTable, openFile, scmDestroy, scmSend, type Rights } from './scm.ts';
import type { Task } from '../../kernel/task.ts';
import type { Directory } from './socket-file.ts';
import {
  unixAccept,
  unixDgramConnect,
  unixListen,
  unixSocketpair,
  unixStreamConnect,
} from './unix-connect.ts';
import { sockaddrUn } from './sockaddr-un.ts';
import { unixDgramReceive, unixDgramSend, unixSeqpacketSend } from './unix-dgram.ts';
import { unixBind } from './unix-name.ts';
import { unixRelease, unixShutdown } from './unix-release.ts';
import {
  filesIn,
  flushFiles,
  newUnixSock,
  sockError,
  wakeAll,
  type Outgoing,
  type UnixDomain,
  type UnixSock,
} from './unix-sock.ts';
import { unixStreamReceive, unixStreamSend } from './unix-stream.ts';

/** Most and least that a send buffer may be set to, before it is doubled. @kernel sysctl_wmem_max */
const WMEM_MAX = 110_592;
const WMEM_MAX_6 = 212_992;
const SOCK_MIN_SNDBUF = 2048;
const SOCK_MIN_SNDBUF_6 = 4608;

/** Twice what is asked for, since what buffers cost is counted as well. @kernel sock_setsockopt */
function setSendBuffer(sk: UnixSock, asked: number): void {
  const newer = sk.domain.profile === 'linux-6';
  const most = newer ? WMEM_MAX_6 : WMEM_MAX;
  // A negative number is a huge one where it is compared.
  const taken = asked < 0 ? most : Math.min(asked, most);
  sk.sndbuf = Math.max(2 * taken, newer ? SOCK_MIN_SNDBUF_6 : SOCK_MIN_SNDBUF);
  wakeAll(sk);
}

function setOption(sk: UnixSock, option: string, value: number | string): Answer {
  if (option === 'SO_SNDBUF') setSendBuffer(sk, Number(value));
  else if (option === 'SO_PASSCRED') sk.passCredentials = Number(value) !== 0;
  else return failure('ENOPROTOOPT');
  return success({});
}

function getOption(sk: UnixSock, option: string): Answer<number | string> {
  switch (option) {
    case 'SO_ACCEPTCONN':
      return success(sk.state === 'listen' ? 1 : 0);
    case 'SO_ERROR':
      return success(sockError(sk) ?? '');
    case 'SO_PASSCRED':
      return success(sk.passCredentials ? 1 : 0);
    case 'SO_PEERCRED':
      return success(sk.peerTask?.name ?? '');
    case 'SO_SNDBUF':
      return success(sk.sndbuf);
    case 'SO_TYPE':
      return success(sk.type);
    default:
      return failure('ENOPROTOOPT');
  }
}

/** Files that may go with one message. @kernel SCM_MAX_FD */
const SCM_MAX_FD = 255;
const SCM_MAX_FD_6 = 253;

function sendBy(sk: UnixSock, task: Task, message: Outgoing): Call<number> {
  if (sk.type === 'SOCK_STREAM') return unixStreamSend(sk, task, message);
  if (sk.type === 'SOCK_DGRAM') return unixDgramSend(sk, task, message);
  return unixSeqpacketSend(sk, task, message);
}

/** The files are looked at before anything else; those of a message that is not sent are left again. */
function* send(sk: UnixSock, task: Task, message: Sending): Call<number> {
  const most = sk.domain.profile === 'linux-6' ? SCM_MAX_FD_6 : SCM_MAX_FD;
  const scm = scmSend(message.rights, most);
  if (!('ok' in scm)) return scm;
  try {
    return yield* sendBy(sk, task, { ...message, rights: scm.ok });
  } finally {
    scmDestroy(scm.ok);
  }
}

/** Those that the reader has no room for are closed. @kernel scm_detach_fds */
function pass(rights: Rights, room: number | null): Passed {
  const beyond = rights.splice(room ?? 0);
  const cut = beyond.length > 0;
  scmDestroy(beyond);
  return { rights, cut };
}

export function linuxFamily(
  profile: Profile,
  directory: Directory<UnixSock>,
): UnixFamily<UnixSock> {
  const files = newFileTable();
  const domain: UnixDomain = { profile, directory, abstract: new Map(), files, order: 1 };
  return {
    create(type) {
      // There is nothing raw about local sockets; programs may ask for it all the same.
      return success(newUnixSock(domain, type === 'SOCK_RAW' ? 'SOCK_DGRAM' : type));
    },
    pair(type, task) {
      const pair = [newUnixSock(domain, type), newUnixSock(domain, type)] as const;
      unixSocketpair(...pair, task);
      return success(pair);
    },
    bind: unixBind,
    listen: unixListen,
    *connect(sk, task, to, nonblock) {
      if (sk.type === 'SOCK_DGRAM') return unixDgramConnect(sk, to);
      return yield* unixStreamConnect(sk, task, to, nonblock);
    },
    *accept(sk, task, nonblock) {
      const got = yield* unixAccept(sk, task, nonblock);
      return outcomeOf(got, (end) => ({ socket: end, from: end.peer?.name ?? null }));
    },
    send,
    receive(sk, task, how) {
      if (sk.type === 'SOCK_STREAM') return unixStreamReceive(sk, task, how);
      return unixDgramReceive(sk, task, how);
    },
    pass,
    file: (sk) =>
      openFile(files, {
        holds: () => filesIn(sk),
        flush: () => flushFiles(sk),
        release: () => unixRelease(sk),
      }),
    name: ({ name }) => name,
    peer: ({ peer }) => (peer === null ? failure('ENOTCONN') : success(peer.name)),
    address: (name) => sockaddrUn(profile, name),
    senderAddress: (_sk, name) => (name === null ? null : sockaddrUn(profile, name)),
    acceptedInVain: (end) => unixRelease(end),
    setOption,
    getOption,
    shutdown: unixShutdown,
  };
}
