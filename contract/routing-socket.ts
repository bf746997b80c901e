/**
 * Sockets by which programs ask for routes and change them: netlink, and the route socket of 4.4BSD.
 *
 * Messages are octets, as on the socket. All numbers in them are little-endian and as long as on i386 (a long
 * is four octets), but addresses and ports are in network order; errors are the numbers of the system.
 *
 * Source: RFC 3549; Linux 2.6.11, net/netlink/af_netlink.c, net/core/rtnetlink.c; 4.4BSD, net/rtsock.c.
 */
import { z } from 'zod';
import { Handle, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Socket = z.strictObject({
  socket: Handle.meta({ description: 'a socket that was handed out, closed or not' }),
});

const Privileged = z.boolean().optional().meta({
  description: 'the process has all rights; left out: it has',
});

const shared = {
  send: method({
    does: 'Sends one message, or several behind each other.',
    kernel: 'send; netlink_sendmsg, route_output',
    args: Socket.extend({ octets: Octets }),
    ok: Nothing,
    errnos: [
      'EAFNOSUPPORT',
      'EBADF',
      'EEXIST',
      'EINVAL',
      'EMSGSIZE',
      'ENETUNREACH',
      'ENOBUFS',
      'EOPNOTSUPP',
      'EPROTONOSUPPORT',
      'ESRCH',
    ],
  }),
  receive: method({
    does: 'Takes what waits next, as a receive of 65536 octets with MSG_DONTWAIT.',
    kernel: 'recv; netlink_recvmsg, soreceive',
    args: Socket,
    ok: z.strictObject({ octets: Octets }),
    errnos: ['EAGAIN', 'EBADF', 'ENOBUFS'],
  }),
  close: method({
    does: 'Closes the socket.',
    kernel: 'close; netlink_release, raw_detach',
    args: Socket,
    ok: Nothing,
    errnos: ['EBADF'],
  }),
} as const;

export const netlink = {
  does: 'Netlink sockets for the routes of the `network`. A request is done when `send` is answered.',
  version: 1,
  methods: {
    open: method({
      does: 'Makes a socket, and binds it to groups.',
      kernel: 'socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE); netlink_bind',
      args: z.strictObject({
        groups: z
          .array(z.enum(['RTMGRP_IPV4_ROUTE']))
          .max(1)
          .meta({ description: 'whose messages it will get' }),
        privileged: Privileged,
      }),
      ok: Socket,
    }),
    ...shared,
  },
} as const satisfies PortSpec;

export const routeSocket = {
  does: 'Route sockets of 4.4BSD for the routes of the `network`. A request is done when `send` is answered.',
  version: 1,
  methods: {
    open: method({
      does: 'Makes a socket that hears of all address families, or of AF_INET.',
      kernel: 'socket(AF_ROUTE, SOCK_RAW, protocol); route_usrreq',
      args: z.strictObject({ family: z.enum(['AF_INET']).nullable() }),
      ok: Socket,
    }),
    ...shared,
  },
} as const satisfies PortSpec;
