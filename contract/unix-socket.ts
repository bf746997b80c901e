/**
 * Sockets of AF_UNIX: between programs of one host, by names in its file system.
 *
 * Source: POSIX.1-2001; Linux 2.6.11, net/unix/af_unix.c; 4.4BSD, kern/uipc_usrreq.c, uipc_socket.c.
 */
import { z } from 'zod';
import { Handle, Int32, Length, Name, Nothing, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';

const Socket = z.strictObject({
  socket: Handle.meta({ description: 'a socket that was handed out, closed or not' }),
});

const ByTask = Socket.extend({ task: Name.meta({ description: 'who makes the call' }) });

/** Longer than any system has room for, so that one may be refused. */
const MAX_PATH = 200;

const Path = z
  .string()
  .max(MAX_PATH)
  .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*(?:\/[a-z0-9]+)?$/, 'not a path of at most two names')
  .meta({
    description:
      'a path in a directory that is empty at boot, where a file can be made; it has no directories. ' +
      'The length of an address counts the octets of the path and no more',
    examples: ['mailbox'],
  });

export const Address = z.union([
  z.strictObject({ path: Path }),
  z.strictObject({
    abstract: Octets.min(2).max(214).meta({
      description: 'what follows the zero octet; of Linux only, others take it for an empty path',
    }),
  }),
]);

/** What a socket is called; null for one that has no name. */
export const AnyName = Address.nullable();

const TYPES = ['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_SEQPACKET'] as const;

export type UnixSocketType = (typeof TYPES)[number];

export const nonblock = z.boolean().optional().meta({
  description: 'with O_NONBLOCK, or MSG_DONTWAIT; left out: without',
});

/** Why a name cannot be looked up, or made. */
const PATH_ERRORS = ['EINVAL', 'ENOENT', 'ENOTDIR'] as const;

/** Why nobody is found under a name. */
export const FIND_ERRORS = [
  ...PATH_ERRORS,
  'ECONNREFUSED',
  'ENOTSOCK',
  'EPERM',
  'EPROTOTYPE',
] as const;

/** Options; the value of a flag is 0 or 1, of an error or a type its name. */
const OPTIONS = [
  'SO_ACCEPTCONN',
  'SO_ERROR',
  'SO_PASSCRED',
  'SO_PEERCRED',
  'SO_SNDBUF',
  'SO_TYPE',
] as const;

export type UnixOption = (typeof OPTIONS)[number];

const Option = Socket.extend({ option: z.enum(OPTIONS) });

const OptionValue = z.union([Int32, z.string().max(32)]).meta({
  description:
    'a number; for SO_ERROR the name of the error or "" for none, for SO_TYPE the name, for ' +
    'SO_PEERCRED the task whose the peer is or "" for none',
  examples: [1, 'ECONNRESET', 'SOCK_DGRAM'],
});

export const unixSocket = {
  does: 'Sockets of AF_UNIX. A task is there when it is first named, has all rights, and makes one call at a time.',
  version: 1,
  methods: {
    open: method({
      does: 'Makes a socket; Linux takes SOCK_RAW for SOCK_DGRAM.',
      kernel: 'socket(AF_UNIX, type, 0); unix_create',
      args: z.strictObject({ type: z.enum([...TYPES, 'SOCK_RAW']) }),
      ok: Socket,
      errnos: ['EPROTONOSUPPORT'],
    }),
    pair: method({
      does: 'Makes two sockets that are connected.',
      kernel: 'socketpair; unix_socketpair, unp_connect2',
      args: z.strictObject({ type: z.enum(TYPES), task: Name }),
      ok: z.strictObject({ first: Handle, second: Handle }),
      errnos: ['EPROTONOSUPPORT'],
    }),
    bind: method({
      does: 'Gives the socket a name; a path becomes a file. Without a name the system chooses one.',
      kernel: 'bind; unix_bind, unix_autobind, unp_bind',
      args: Socket.extend({ to: AnyName }),
      ok: Nothing,
      errnos: ['EADDRINUSE', 'EBADF', 'ENOSPC', ...PATH_ERRORS],
    }),
    listen: method({
      does: 'Has the socket wait for connections.',
      kernel: 'listen; unix_listen, solisten',
      args: ByTask.extend({ backlog: Int32 }),
      ok: Nothing,
      errnos: ['EBADF', 'EINVAL', 'EOPNOTSUPP'],
    }),
    connect: method({
      does: 'Connects to a name; without one (AF_UNSPEC) sets a datagram socket free again.',
      kernel: 'connect; unix_stream_connect, unix_dgram_connect, unp_connect',
      args: ByTask.extend({ to: AnyName, nonblock }),
      ok: Nothing,
      errnos: ['EAGAIN', 'EBADF', 'EINTR', 'EISCONN', 'EMSGSIZE', 'EOPNOTSUPP', ...FIND_ERRORS],
      sleeps: true,
    }),
    accept: method({
      does: 'Takes the oldest connection that waits.',
      kernel: 'accept; unix_accept',
      args: ByTask.extend({ nonblock }),
      ok: Socket.extend({ from: AnyName }),
      errnos: ['EAGAIN', 'EBADF', 'ECONNABORTED', 'EINTR', 'EINVAL', 'EOPNOTSUPP'],
      sleeps: true,
    }),
    send: method({
      does: 'Sends a message, or octets of a stream. Where EPIPE sends SIGPIPE as well, the task gets it.',
      kernel: 'sendto; unix_stream_sendmsg, unix_dgram_sendmsg, sosend',
      args: ByTask.extend({
        octets: Octets,
        to: Address.optional().meta({ description: 'left out: to the peer' }),
        nonblock,
        noSignal: z.boolean().optional().meta({ description: 'MSG_NOSIGNAL' }),
      }),
      ok: z.strictObject({ length: Length.meta({ description: 'octets taken' }) }),
      errnos: [
        'EAGAIN',
        'EBADF',
        'ECONNRESET',
        'EDESTADDRREQ',
        'EINTR',
        'EISCONN',
        'EMSGSIZE',
        'ENOBUFS',
        'ENOTCONN',
        'EOPNOTSUPP',
        'EPIPE',
        ...FIND_ERRORS,
      ],
      sleeps: true,
    }),
    receive: method({
      does: 'Takes the next message, or octets of a stream; no octets of a stream are its end.',
      kernel: 'recvfrom; unix_stream_recvmsg, unix_dgram_recvmsg, soreceive',
      args: ByTask.extend({
        size: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
        peek: z.boolean().optional().meta({ description: 'MSG_PEEK: what is read stays' }),
        nonblock,
      }),
      ok: z.strictObject({
        octets: Octets,
        truncated: z.boolean().meta({ description: 'MSG_TRUNC: there was more of the message' }),
        from: AnyName.meta({
          description:
            'null for a sender without a name, for a stream and where reading was shut down',
        }),
      }),
      errnos: ['EAGAIN', 'EBADF', 'ECONNRESET', 'EINTR', 'EINVAL', 'ENOTCONN'],
      sleeps: true,
    }),
    name: method({
      does: 'The name of the socket.',
      kernel: 'getsockname; unix_getname',
      args: Socket,
      ok: z.strictObject({ name: AnyName }),
      errnos: ['EBADF'],
    }),
    peer: method({
      does: 'The name of the peer.',
      kernel: 'getpeername; unix_getname',
      args: Socket,
      ok: z.strictObject({ name: AnyName }),
      errnos: ['EBADF', 'ENOTCONN'],
    }),
    setOption: method({
      does: 'Sets an option.',
      kernel: 'setsockopt',
      args: Option.extend({ value: OptionValue }),
      ok: Nothing,
      errnos: ['EBADF', 'EINVAL', 'ENOBUFS', 'ENOPROTOOPT'],
    }),
    getOption: method({
      does: 'Reads an option.',
      kernel: 'getsockopt',
      args: Option,
      ok: z.strictObject({ value: OptionValue }),
      errnos: ['EBADF', 'ENOPROTOOPT'],
    }),
    shutdown: method({
      does: 'Ends one direction, or both.',
      kernel: 'shutdown; unix_shutdown, unp_shutdown',
      args: Socket.extend({ how: z.enum(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']) }),
      ok: Nothing,
      errnos: ['EBADF', 'ENOTCONN'],
    }),
    close: method({
      does: 'Closes the socket; a call that is under way in it holds it open until it ends.',
      kernel: 'close; unix_release, unp_detach',
      args: Socket,
      ok: Nothing,
      errnos: ['EBADF'],
    }),
    makeFile: method({
      does: 'Makes a file that is no socket.',
      kernel: 'creat',
      args: z.strictObject({ path: Path }),
      ok: Nothing,
      errnos: ['EEXIST', 'ENOENT', 'ENOTDIR'],
    }),
    unlink: method({
      does: 'Removes a name from the directory.',
      kernel: 'unlink',
      args: z.strictObject({ path: Path }),
      ok: Nothing,
      errnos: ['ENOENT', 'ENOTDIR'],
    }),
    rename: method({
      does: 'Gives a file another name in the directory.',
      kernel: 'rename',
      args: z.strictObject({ from: Path, to: Path }),
      ok: Nothing,
      errnos: ['ENOENT', 'ENOTDIR'],
    }),
    interrupt: method({
      does: 'A signal comes to a task and its handler runs; if the task sleeps in a call, the call is interrupted.',
      kernel: 'send_sig; psignal',
      args: z.strictObject({
        task: Name,
        restart: z.boolean().meta({ description: 'the handler was installed with SA_RESTART' }),
      }),
      ok: Nothing,
    }),
    signals: method({
      does: 'The signals that were sent to a task since the last such question, in order. All are handled, so none ends it.',
      args: z.strictObject({ task: Name }),
      ok: z.strictObject({ signals: z.array(z.enum(['SIGPIPE', 'SIGUSR1'])).max(1000) }),
    }),
  },
} as const satisfies PortSpec;
