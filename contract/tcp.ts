/**
 * Sockets of streams: TCP as programs call it, and what a connection and a listening socket hold.
 *
 * Source: POSIX.1-2001; RFC 9293, 5681, 6298, 7323; Linux 2.6.11, net/ipv4/tcp*.c; 4.4BSD, netinet/tcp_*.c.
 */
import { z } from 'zod';
import { Handle, Int32, Ipv4, Length, Name, Nothing, Octets, Word16 } from './data.ts';
import { Nanoseconds } from './network.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';
import {
  CONGESTION_CONTROLS,
  TCP_COUNTERS,
  TCP_OPTIONS,
  TCP_STATES,
  TCP_TIMERS,
  TCP_TUNABLES,
  type TcpCounter,
} from './vocabulary.ts';

const Socket = z.strictObject({
  socket: Handle.meta({ description: 'a socket that was handed out, closed or not' }),
});

const ByTask = Socket.extend({ task: Name.meta({ description: 'who makes the call' }) });

const Address = z.strictObject({ address: Ipv4, port: Word16 }).meta({
  description: 'an AF_INET address',
});

const dontWait = z
  .boolean()
  .optional()
  .meta({ description: 'MSG_DONTWAIT or O_NONBLOCK: the call does not sleep' });

const Privileged = z.boolean().optional().meta({
  description: 'the process has the right to do so; left out: it has',
});

const Option = Socket.extend({ option: z.enum(TCP_OPTIONS) });

const OptionValue = z.union([Int32, z.string().max(32)]).meta({
  description:
    'a number; times of SO_RCVTIMEO and SO_SNDTIMEO in milliseconds, 0 for no limit; SO_LINGER in ' +
    'seconds, -1 when it is off; SO_ERROR and TCP_CONGESTION have names, no error is ""',
  examples: [1, 'ECONNRESET', 'reno'],
});

/**
 * Errors of a connection that wait at its socket, told by whichever call comes next. Of one that is given up POSIX has
 * ETIMEDOUT; lwIP knows it as aborted (src/api/err.c, ERR_ABRT).
 */
const PENDING = [
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMSGSIZE',
  'ENETUNREACH',
  'ENONET',
  'ENOPROTOOPT',
  'EOPNOTSUPP',
  'EPROTO',
  'ETIMEDOUT',
] as const;

export const tcp = {
  does:
    'Stream sockets on the `network`. A task is there when it is first named; it makes one call at ' +
    'a time, which may sleep until frames, time or other tasks wake it.',
  version: 1,
  methods: {
    open: method({
      does: 'Makes a socket.',
      kernel: 'socket(AF_INET, SOCK_STREAM, 0)',
      args: Nothing,
      ok: Socket,
    }),
    bind: method({
      does: 'Gives the socket an address of its own.',
      kernel: 'bind; inet_bind',
      args: Socket.extend({ to: Address, privileged: Privileged }),
      ok: Nothing,
      errnos: ['EACCES', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EBADF', 'EINVAL'],
    }),
    listen: method({
      does: 'Is willing to accept connections. The socket may be one of `udp` too, which is refused.',
      kernel: 'listen; inet_listen, tcp_listen_start',
      args: Socket.extend({ backlog: Int32 }),
      ok: Nothing,
      errnos: ['EADDRINUSE', 'EBADF', 'EINVAL', 'EOPNOTSUPP'],
    }),
    accept: method({
      does: 'Takes the first complete connection as a socket of its own.',
      kernel: 'accept; inet_accept, tcp_accept',
      args: ByTask.extend({ dontWait }),
      ok: Socket.extend({ from: Address.meta({ description: 'the address of the client' }) }),
      errnos: ['EAGAIN', 'EBADF', 'ECONNABORTED', 'EINTR', 'EINVAL', 'EOPNOTSUPP'],
      sleeps: true,
    }),
    connect: method({
      does: 'Starts a connection and sleeps until it is there; without an address (AF_UNSPEC) ends it.',
      kernel: 'connect; inet_stream_connect, tcp_v4_connect',
      args: ByTask.extend({ to: Address.nullable(), dontWait }),
      ok: Nothing,
      errnos: [
        'EACCES',
        'EADDRINUSE',
        'EADDRNOTAVAIL',
        'EALREADY',
        'EBADF',
        'EINPROGRESS',
        'EINTR',
        'EINVAL',
        'EISCONN',
        ...PENDING,
      ],
      sleeps: true,
    }),
    send: method({
      does: 'Takes octets into the send buffer; sleeps while there is no room for all of them.',
      kernel: 'send; tcp_sendmsg',
      args: ByTask.extend({
        octets: Octets,
        to: Address.optional().meta({ description: 'an address, as sendto has it' }),
        more: z.boolean().optional().meta({ description: 'MSG_MORE' }),
        outOfBand: z
          .boolean()
          .optional()
          .meta({ description: 'MSG_OOB: the last octet is urgent' }),
        noSignal: z.boolean().optional().meta({ description: 'MSG_NOSIGNAL' }),
        dontWait,
      }),
      ok: z.strictObject({ length: Length.meta({ description: 'octets taken' }) }),
      errnos: ['EAGAIN', 'EBADF', 'EINTR', 'EISCONN', 'ENOBUFS', 'ENOTCONN', 'EPIPE', ...PENDING],
      sleeps: true,
    }),
    receive: method({
      does: 'Takes octets that have come, at most so many; none is the end of the stream.',
      kernel: 'recv; tcp_recvmsg',
      args: ByTask.extend({
        size: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
        peek: z.boolean().optional().meta({ description: 'MSG_PEEK: the octets stay' }),
        waitAll: z.boolean().optional().meta({ description: 'MSG_WAITALL' }),
        outOfBand: z.boolean().optional().meta({ description: 'MSG_OOB: the urgent octet' }),
        dontWait,
      }),
      ok: z.strictObject({ octets: Octets }),
      errnos: ['EAGAIN', 'EBADF', 'EINTR', 'EINVAL', 'ENOTCONN', ...PENDING],
      sleeps: true,
    }),
    atMark: method({
      does: 'Whether what is read next is the urgent octet or, where it is not in line, what follows it.',
      kernel: 'SIOCATMARK; sockatmark',
      args: Socket,
      ok: z.strictObject({ atMark: z.boolean() }),
      errnos: ['EBADF', 'EINVAL'],
    }),
    shutdown: method({
      does: 'Ends one direction, or both.',
      kernel: 'shutdown; inet_shutdown, tcp_shutdown',
      args: Socket.extend({ how: z.enum(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']) }),
      ok: Nothing,
      errnos: ['EBADF', 'ENOTCONN'],
    }),
    close: method({
      does: 'Closes the socket; sleeps when it lingers.',
      kernel: 'close; tcp_close',
      args: ByTask,
      ok: Nothing,
      errnos: ['EBADF', 'EINTR', 'EAGAIN'],
      sleeps: true,
    }),
    name: method({
      does: 'The address of the socket.',
      kernel: 'getsockname',
      args: Socket,
      ok: Address,
      errnos: ['EBADF'],
    }),
    peer: method({
      does: 'The address of the peer.',
      kernel: 'getpeername',
      args: Socket,
      ok: Address,
      errnos: ['EBADF', 'ENOTCONN'],
    }),
    setOption: method({
      does: 'Sets an option.',
      kernel: 'setsockopt',
      args: Option.extend({ value: OptionValue, privileged: Privileged }),
      ok: Nothing,
      errnos: ['EBADF', 'EDOM', 'EINVAL', 'ENOBUFS', 'ENOENT', 'ENOPROTOOPT', 'EPERM'],
    }),
    getOption: method({
      does: 'Reads an option.',
      kernel: 'getsockopt',
      args: Option,
      ok: z.strictObject({ value: OptionValue }),
      errnos: ['EBADF', 'ENOPROTOOPT', 'ENOTCONN'],
    }),
    occupancy: method({
      does: 'What waits in the buffers of the socket.',
      kernel: 'SIOCINQ, SIOCOUTQ, SIOCOUTQNSD',
      args: Socket,
      ok: z.strictObject({
        receiving: Length.meta({ description: 'octets that have come in order and can be read' }),
        sending: Length.meta({ description: 'octets taken and not yet acknowledged' }),
        unsent: Length.meta({ description: 'of these those that have not been sent' }),
      }),
      errnos: ['EBADF', 'EINVAL'],
    }),
    ready: method({
      does: 'What the socket is ready for, as `select` would tell.',
      kernel: 'tcp_poll; in 4.4BSD soo_select',
      args: Socket,
      ok: z.strictObject({
        readable: z.boolean(),
        writable: z.boolean(),
        exceptional: z.boolean().meta({ description: 'there is urgent data' }),
      }),
      errnos: ['EBADF'],
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
      does:
        'The signals that calls have raised for a task since the last such question, in order. EOPNOTSUPP: ' +
        'this system has no signals.',
      kernel: 'SIGPIPE, SIGURG',
      args: z.strictObject({ task: Name }),
      ok: z.strictObject({ signals: z.array(z.enum(['SIGPIPE', 'SIGURG'])).max(1000) }),
      errnos: ['EOPNOTSUPP'],
    }),
  },
} as const satisfies PortSpec;

export const tcpInfo = {
  does: 'What a connection of `tcp` keeps.',
  version: 1,
  methods: {
    read: method({
      does: 'The connection of a socket.',
      kernel: 'struct tcp_opt; struct tcpcb; TCP_INFO',
      args: Socket,
      ok: z.strictObject({
        state: z.enum(TCP_STATES),
        mss: Length.meta({
          description: 'octets of data in the longest segment that it sends now',
        }),
        congestionWindow: Length.meta({
          description: 'octets; a system that counts segments multiplies by `mss`',
        }),
        slowStartThreshold: Length.nullable().meta({
          description: 'octets; null while there is none',
        }),
        sendWindow: Length.meta({ description: 'octets that the peer offers, scaled' }),
        receiveWindow: Length.meta({ description: 'octets that it offers the peer, scaled' }),
        inFlight: Length.meta({
          description: 'octets sent and neither acknowledged nor taken for lost',
        }),
        smoothedRtt: Nanoseconds.nullable().meta({ description: 'null before the first sample' }),
        rttVariation: Nanoseconds.nullable().meta({
          description: 'of the mean, not four times it',
        }),
        retransmissionTimeout: Nanoseconds.meta({ description: 'with back-off' }),
        backoff: z.int().min(0).max(64).meta({ description: 'doublings since the last sample' }),
        retransmits: z.int().min(0).max(1_000_000).nullable().meta({
          description:
            'segments sent again since the connection began; null where none counts them',
        }),
        congestionControl: z.enum(CONGESTION_CONTROLS),
        timers: z
          .array(z.strictObject({ timer: z.enum(TCP_TIMERS), at: Nanoseconds }))
          .max(TCP_TIMERS.length)
          .meta({ description: 'those that run, with the time when each is due' }),
      }),
      errnos: ['EBADF'],
    }),
    connections: method({
      does: 'All connections and listening sockets there are, with those that no program has any more.',
      kernel: '/proc/net/tcp; netstat',
      args: Nothing,
      ok: z.strictObject({
        connections: z
          .array(z.strictObject({ state: z.enum(TCP_STATES), local: Address, peer: Address }))
          .max(100_000),
      }),
    }),
  },
} as const satisfies PortSpec;

export const tcpQueues = {
  does: 'The two queues of a listening socket of `tcp`.',
  version: 1,
  methods: {
    read: method({
      does: 'How long they are, and what finding requests has cost.',
      kernel: 'struct tcp_listen_opt, sk_ack_backlog; so_q0len, so_qlen',
      args: Socket,
      ok: z.strictObject({
        incomplete: Length.meta({
          description: 'requests that wait for the last segment of the handshake',
        }),
        complete: Length.meta({ description: 'connections that nobody has accepted' }),
        backlog: Length.meta({ description: 'as it was limited' }),
        octets: Length.meta({ description: 'memory that the incomplete requests take' }),
        lookups: Length.meta({
          description: 'searches among incomplete requests since it listens',
        }),
        probes: Length.meta({ description: 'requests that these searches have looked at' }),
        chains: Length.min(1).meta({
          description: 'chains of the table that the incomplete requests are in; 1 for a list',
        }),
        accepts: Length.meta({ description: 'connections accepted since it listens' }),
        acceptProbes: Length.meta({
          description: 'complete connections that were looked at to find these',
        }),
      }),
      errnos: ['EBADF', 'EINVAL'],
    }),
  },
} as const satisfies PortSpec;

export const tcpMib = {
  does: 'What TCP of the `network` has counted.',
  version: 1,
  methods: {
    read: method({
      does: 'All counters, since boot.',
      kernel: '/proc/net/snmp, /proc/net/netstat',
      args: Nothing,
      ok: z.strictObject({
        counters: z.strictObject(
          Object.fromEntries(TCP_COUNTERS.map((name) => [name, Length])) as Record<
            TcpCounter,
            typeof Length
          >,
        ),
      }),
    }),
  },
} as const satisfies PortSpec;

export const tcpTrace = {
  does: "Which of the kernel's functions a call on a socket of `tcp` passes.",
  version: 1,
  methods: {
    send: method({
      does: 'As `tcp.send` with MSG_DONTWAIT, and tells the functions that were entered, in order.',
      args: ByTask.extend({ octets: Octets }),
      ok: z.strictObject({
        length: Length,
        entered: z.array(z.string().min(1).max(64)).max(1000).meta({
          description: 'by their names in Linux 2.6.11; others than asked about may be among them',
        }),
      }),
      errnos: ['EAGAIN', 'EBADF', 'ENOTCONN', 'EPIPE', ...PENDING],
    }),
  },
} as const satisfies PortSpec;

export const tcpTunables = {
  does: 'Settings of TCP for all sockets that are made later, by neutral names.',
  version: 1,
  methods: {
    set: method({
      does: 'Sets one, if the system has it.',
      kernel: '/proc/sys/net/ipv4/tcp_*; sysctl net.inet.tcp',
      args: z.strictObject({
        tunable: z.enum(TCP_TUNABLES),
        value: z.union([z.int().min(0).max(1_000_000_000), z.enum(CONGESTION_CONTROLS)]).meta({
          description: 'times in milliseconds, switches 0 or 1; the name of a congestion control',
        }),
      }),
      ok: z.strictObject({
        taken: z
          .boolean()
          .meta({ description: 'false: this system has no such setting, or not that value' }),
      }),
    }),
  },
} as const satisfies PortSpec;
