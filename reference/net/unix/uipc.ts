/**
 * The domain of local sockets of 4.4BSD.
 *
 * Source: 4.4BSD-Lite2, kern/uipc_proto.c, unixsw; kern/uipc_socket.c, sosetopt(), sogetopt().
 */
import { failure, success } from '../../../contract/index.ts';
import { outcomeOf } from '../../kernel/interrupted-call.ts';
import { wakeUp } from '../../kernel/wait-queue.ts';
import type { Answer, Passed, UnixFamily, UnixType } from './family.ts';
import { newFileTable, openFile, type FileTable, type Rights } from './scm.ts';
import { sockaddrUn, SUN_NONAME } from './sockaddr-un.ts';
import type { Directory } from './socket-file.ts';
import {
  cantReceiveMore,
  discardReceived,
  filesIn,
  newBsdSocket,
  type BsdSocket,
} from './uipc-socket.ts';
import { soreceive, sosend } from './uipc-transfer.ts';
import {
  soaccept,
  soclose,
  soconnect,
  solisten,
  soshutdown,
  unpBind,
  unpConnect2,
} from './uipc-usrreq.ts';

/** Most that a buffer may be set to. @kernel sb_max */
const SB_MAX = 233_016;

function setOption(so: BsdSocket, option: string, value: number | string): Answer {
  if (option !== 'SO_SNDBUF') return failure('ENOPROTOOPT');
  const asked = Number(value);
  if (asked <= 0 || asked > SB_MAX) return failure('ENOBUFS');
  so.sendMark = asked;
  wakeUp(so.writers, Infinity);
  return success({});
}

function getOption(so: BsdSocket, option: string): Answer<number | string> {
  if (option === 'SO_TYPE') return success(so.type);
  if (option === 'SO_SNDBUF') return success(so.sendMark);
  if (option !== 'SO_ERROR') return failure('ENOPROTOOPT');
  const { error } = so;
  so.error = null;
  return success(error ?? '');
}

interface Host {
  readonly directory: Directory<BsdSocket>;
  readonly files: FileTable;
}

function create(host: Host, type: UnixType | 'SOCK_RAW'): Answer<BsdSocket> {
  const known = type === 'SOCK_STREAM' || type === 'SOCK_DGRAM';
  return known ? success(newBsdSocket(host, type)) : failure('EPROTONOSUPPORT');
}

/** All are open, told or not: a program that has too little room has descriptors that it does not know. */
function pass(rights: Rights, room: number | null): Passed {
  const beyond = rights.splice(room ?? 0);
  return { rights, cut: room !== null && beyond.length > 0 };
}

export function bsdFamily(directory: Directory<BsdSocket>): UnixFamily<BsdSocket> {
  const host = { directory, files: newFileTable() };
  return {
    create: (type) => create(host, type),
    pair(type) {
      const [first, second] = [create(host, type), create(host, type)];
      if (!('ok' in first)) return first;
      if (!('ok' in second)) return second;
      unpConnect2(first.ok, second.ok);
      if (type === 'SOCK_DGRAM') unpConnect2(second.ok, first.ok);
      return success([first.ok, second.ok]);
    },
    bind: unpBind,
    listen: (so, _task, backlog) => solisten(so, backlog),
    *connect(so, _task, to) {
      return soconnect(so, to);
    },
    *accept(so, task, nonblock) {
      const got = yield* soaccept(so, task, nonblock);
      return outcomeOf(got, (end) => ({ socket: end, from: end.peer?.name ?? null }));
    },
    send: sosend,
    receive: soreceive,
    pass,
    file: (so) =>
      openFile(host.files, {
        holds: () => filesIn(so),
        flush() {
          cantReceiveMore(so);
          discardReceived(so);
        },
        release: () => soclose(so),
      }),
    name: ({ name }) => name,
    peer: (so) => (so.connected ? success(so.peer?.name ?? null) : failure('ENOTCONN')),
    address: (name, asked) =>
      name === null && asked === 'accept' ? SUN_NONAME : sockaddrUn('bsd-4.4', name),
    senderAddress({ type }, name) {
      if (type === 'SOCK_STREAM') return null;
      return name === null ? SUN_NONAME : sockaddrUn('bsd-4.4', name);
    },
    // It has a descriptor by then, which the program is not told.
    acceptedInVain: () => undefined,
    setOption,
    getOption,
    shutdown: soshutdown,
  };
}
