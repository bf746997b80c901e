/**
 * Sockets of datagrams: UDP, and raw ones above IP.
 *
 * Source: POSIX.1-2001; RFC 768; Linux 2.6.11, net/ipv4/af_inet.c, udp.c, raw.c; 4.4BSD, netinet.
 */
import { z } from 'zod';
import { Handle, Int32, Ipv4, Length, MacAddress, Name, Nothing, Octets, Word16 } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';

const Socket = z.strictObject({
  socket: Handle.meta({ description: 'a socket that was handed out, closed or not' }),
});

const ByTask = Socket.extend({ task: Name.meta({ description: 'who makes the call' }) });

const Address = z.strictObject({ address: Ipv4, port: Word16 }).meta({
  description: 'an AF_INET address; the port of a raw socket is 0',
});

/** Most datagrams that wait at one socket: none is smaller than its descriptor. */
const MAX_DATAGRAMS = 10_000;

const dontWait = z.boolean().optional().meta({ description: 'MSG_DONTWAIT' });

const Privileged = z.boolean().optional().meta({
  description: 'the process has the right to do so; left out: it has',
});

/** Options that are a number; those of time are in milliseconds, 0 for no limit. */
const OPTIONS = [
  'SO_BINDTODEVICE',
  'SO_BROADCAST',
  'SO_ERROR',
  'SO_PRIORITY',
  'SO_RCVBUF',
  'SO_RCVTIMEO',
  'SO_REUSEADDR',
  'SO_SNDBUF',
  'SO_SNDTIMEO',
  'SO_TYPE',
  'IP_ADD_MEMBERSHIP',
  'IP_DROP_MEMBERSHIP',
  'IP_HDRINCL',
  'IP_MTU',
  'IP_MTU_DISCOVER',
  'IP_MULTICAST_LOOP',
  'IP_MULTICAST_TTL',
  'IP_RECVERR',
  'IP_TOS',
  'IP_TTL',
  'UDP_CORK',
  'ICMP_FILTER',
] as const;

export type SocketOption = (typeof OPTIONS)[number];

const Option = Socket.extend({ option: z.enum(OPTIONS) });

const OptionValue = z.union([Int32, z.string().max(32)]).meta({
  description:
    'a number; for SO_ERROR the name of the error or "" for none, for SO_TYPE and IP_MTU_DISCOVER the name, ' +
    'for IP_ADD_MEMBERSHIP and IP_DROP_MEMBERSHIP the group, on the interface that the system chooses, for ' +
    'SO_BINDTODEVICE the interface or "" for any',
  examples: [1, 'ECONNREFUSED', 'SOCK_DGRAM', 'IP_PMTUDISC_DO'],
});

/** Errors that wait at a socket, told by whichever call comes next. */
const PENDING = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOPROTOOPT',
  'EOPNOTSUPP',
  'EHOSTDOWN',
  'ENONET',
  'EPROTO',
  'EMSGSIZE',
] as const;

const socketMethods = {
  bind: method({
    does: 'Gives the socket an address of its own.',
    kernel: 'bind; inet_bind',
    args: Socket.extend({ to: Address, privileged: Privileged }),
    ok: Nothing,
    errnos: ['EACCES', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EBADF', 'EINVAL'],
  }),
  connect: method({
    does: 'Fixes the peer; without an address (AF_UNSPEC) sets it free again.',
    kernel: 'connect; ip4_datagram_connect, udp_disconnect',
    args: Socket.extend({ to: Address.nullable() }),
    ok: Nothing,
    errnos: ['EACCES', 'EADDRNOTAVAIL', 'EAGAIN', 'EBADF', 'EINVAL', 'ENETUNREACH'],
  }),
  send: method({
    does: 'Sends a datagram, or with `more` (MSG_MORE) a piece of one.',
    kernel: 'sendto; udp_sendmsg, raw_sendmsg',
    args: ByTask.extend({
      octets: Octets,
      to: Address.optional().meta({ description: 'left out: to the peer' }),
      more: z.boolean().optional(),
      outOfBand: z
        .boolean()
        .optional()
        .meta({ description: 'MSG_OOB, which these protocols do not have' }),
      dontWait,
    }),
    ok: z.strictObject({ length: Length.meta({ description: 'octets taken' }) }),
    errnos: [
      'EACCES',
      'EAGAIN',
      'EBADF',
      'EDESTADDRREQ',
      'EINTR',
      'EINVAL',
      'EISCONN',
      'ENOBUFS',
      'ENOMEM',
      'EPERM',
      'EPIPE',
      ...PENDING,
    ],
    sleeps: true,
  }),
  receive: method({
    does: 'Takes the next datagram; what does not fit is lost. A raw socket gets the IP header, too.',
    kernel: 'recvfrom; udp_recvmsg, raw_recvmsg',
    args: ByTask.extend({
      size: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
      peek: z.boolean().optional().meta({ description: 'MSG_PEEK: the datagram stays' }),
      dontWait,
    }),
    ok: z.strictObject({
      octets: Octets,
      truncated: z.boolean().meta({ description: 'MSG_TRUNC: there was more' }),
      from: Address.nullable().meta({ description: 'null where reading was shut down' }),
    }),
    errnos: ['EAGAIN', 'EBADF', 'EINTR', ...PENDING],
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
    errnos: [
      'EADDRINUSE',
      'EADDRNOTAVAIL',
      'EBADF',
      'EDOM',
      'EINVAL',
      'ENOBUFS',
      'ENODEV',
      'ENOPROTOOPT',
      'EPERM',
      ...PENDING.filter((name) => name !== 'ENOPROTOOPT'),
    ],
  }),
  getOption: method({
    does: 'Reads an option.',
    kernel: 'getsockopt',
    args: Option,
    ok: z.strictObject({ value: OptionValue }),
    errnos: ['EBADF', 'ENOPROTOOPT', 'ENOTCONN', 'EOPNOTSUPP'],
  }),
  shutdown: method({
    does: 'Ends one direction, or both.',
    kernel: 'shutdown',
    args: Socket.extend({ how: z.enum(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']) }),
    ok: Nothing,
    errnos: ['EBADF', 'ENOTCONN'],
  }),
  close: method({
    does: 'Closes the socket.',
    kernel: 'close; inet_release',
    args: Socket,
    ok: Nothing,
    errnos: ['EBADF'],
  }),
  occupancy: method({
    does: 'What waits at the socket.',
    kernel: 'SIOCINQ, SIOCOUTQ',
    args: Socket,
    ok: z.strictObject({
      next: Length.meta({ description: 'octets of the next datagram; 0 for none' }),
      datagrams: z.int().min(0).max(MAX_DATAGRAMS).meta({ description: 'datagrams to read' }),
      sending: Length.meta({ description: 'octets of memory handed down and not yet sent' }),
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
} as const;

export const udp = {
  does: 'Datagram sockets on the `network`. A task is there when it is first named; it makes one call at a time.',
  version: 2,
  methods: {
    open: method({
      does: 'Makes a socket.',
      kernel: 'socket(AF_INET, SOCK_DGRAM, 0)',
      args: Nothing,
      ok: Socket,
    }),
    ...socketMethods,
  },
} as const satisfies PortSpec;

export const rawIp = {
  does: 'Raw sockets on the `network`. What can be done with one is the same as in `udp`.',
  version: 2,
  methods: {
    open: method({
      does: 'Makes a socket for a protocol of IP.',
      kernel: 'socket(AF_INET, SOCK_RAW, protocol)',
      args: z.strictObject({
        protocol: z.int().min(1).max(255),
        privileged: Privileged,
      }),
      ok: Socket,
      errnos: ['EACCES', 'EPERM', 'EPROTONOSUPPORT'],
    }),
    ...socketMethods,
  },
} as const satisfies PortSpec;

export const socketCreation = {
  does: 'Which sockets a system makes.',
  version: 1,
  methods: {
    create: method({
      does: 'Makes a socket and closes it again.',
      kernel: 'socket; sock_create, inet_create',
      args: z.strictObject({
        domain: z.enum(['AF_INET', 'AF_UNIX', 'AF_NETLINK', 'AF_ROUTE', 'AF_UNKNOWN']).meta({
          description: 'AF_UNKNOWN: a number below NPROTO that nobody has registered',
        }),
        type: z.enum(['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_SEQPACKET']),
        protocol: z.int().min(0).max(262),
        privileged: Privileged,
      }),
      ok: z.strictObject({
        protocol: z.int().min(0).max(262).meta({
          description: 'of IP, as it will be on the wire; in other domains what was asked for',
        }),
      }),
      errnos: ['EACCES', 'EAFNOSUPPORT', 'EPERM', 'EPROTONOSUPPORT', 'ESOCKTNOSUPPORT'],
    }),
  },
} as const satisfies PortSpec;

/** Octets of memory that a program gives for an address, all 0xa5 before the call. */
const ADDRESS_MEMORY = 144;

export const addressLength = {
  does: 'How the address of a sender is written into the memory of a program that receives by a `udp` socket.',
  version: 1,
  methods: {
    receive: method({
      does: 'As `udp.receive` with MSG_DONTWAIT, for a program that gives memory for the address and says how long it is.',
      kernel: 'recvfrom; move_addr_to_user',
      args: ByTask.extend({
        size: Length.max(MAX_OCTETS),
        fromLength: Int32.meta({ description: 'fromlen before the call, in octets' }),
      }),
      ok: z.strictObject({
        octets: Octets.meta({ description: 'of the datagram' }),
        memory: Octets.max(2 * ADDRESS_MEMORY).meta({
          description: `the ${ADDRESS_MEMORY} octets of memory after the call, as the program sees them`,
        }),
        fromLength: Int32.meta({ description: 'fromlen after the call' }),
      }),
      errnos: ['EAGAIN', 'EBADF', 'EINVAL'],
    }),
  },
} as const satisfies PortSpec;

export const sendPages = {
  does: 'Pages into which the host gathers data of datagrams on devices that gather.',
  version: 1,
  methods: {
    read: method({
      does: 'Those that are not free, in the order in which they were taken.',
      kernel: 'struct page, page_count()',
      args: Nothing,
      ok: z.strictObject({
        pages: z
          .array(
            z.strictObject({
              users: Length.meta({
                description: 'buffers with a fragment in it, and the socket that fills it',
              }),
            }),
          )
          .max(1000),
      }),
    }),
  },
} as const satisfies PortSpec;

export const pendingBuffers = {
  does: 'The buffers of a datagram that a `udp` socket has begun and not sent.',
  version: 2,
  methods: {
    attach: method({
      does: 'As `network.attach`, for a device that can or can not gather what it sends.',
      kernel: 'NETIF_F_SG',
      args: z.strictObject({
        interface: Name,
        mac: MacAddress,
        mtu: z.int().min(68).max(65_535),
        scatterGather: z.boolean(),
      }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    read: method({
      does: 'The buffers in order.',
      kernel: 'sk_write_queue',
      args: Socket,
      ok: z.strictObject({
        buffers: z
          .array(
            z.strictObject({
              length: Length.meta({
                description: 'octets, with the room for an IP header, without that in front',
              }),
              room: Length.meta({
                description: 'octets that were asked for, from the place of the IP header on',
              }),
              front: Length.optional().meta({
                description:
                  'octets left for IPsec in front of the place of the IP header; left out: 0',
              }),
              linear: Length.meta({ description: 'of its octets those in the buffer itself' }),
              fragments: z
                .array(
                  z.strictObject({
                    page: z.int().min(1).meta({ description: 'a number for each page' }),
                    offset: Length,
                    size: Length,
                  }),
                )
                .max(64),
            }),
          )
          .max(1000),
      }),
      errnos: ['EBADF'],
    }),
  },
} as const satisfies PortSpec;
