/**
 * Descriptors that go with messages between local sockets.
 *
 * Source: POSIX.1-2001, sendmsg(), recvmsg(), SCM_RIGHTS; Linux 2.6.11, net/core/scm.c; 4.4BSD,
 * kern/uipc_usrreq.c.
 */
import { z } from 'zod';
import { Handle, Length, Name, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';
import { Address, AnyName, FIND_ERRORS, nonblock } from './unix-socket.ts';

/** More than any system lets go with one message. */
const MOST_RIGHTS = 300;

const ByTask = z.strictObject({
  socket: Handle.meta({ description: 'a socket of `unix-socket`, closed or not' }),
  task: Name.meta({ description: 'who makes the call' }),
});

export const descriptorPassing = {
  does:
    'Messages of `unix-socket` that take descriptors of such sockets with them. One that is received is a handle ' +
    'of its own for the same open socket, which stays open until all of its descriptors are closed.',
  version: 1,
  methods: {
    send: method({
      does: 'Sends a message, or octets of a stream, with descriptors.',
      kernel: 'sendmsg, SCM_RIGHTS; scm_fp_copy, unix_attach_fds; unp_internalize',
      args: ByTask.extend({
        octets: Octets,
        rights: z.array(Handle).max(MOST_RIGHTS).meta({
          description: 'sockets whose descriptors go with it; one that is closed gives EBADF',
        }),
        to: Address.optional().meta({ description: 'left out: to the peer' }),
        nonblock,
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
      does: 'Takes the next message, or octets of a stream, and the descriptors that came with it.',
      kernel: 'recvmsg, SCM_RIGHTS; unix_detach_fds, scm_detach_fds; unp_externalize',
      args: ByTask.extend({
        size: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
        room: z
          .int()
          .min(1)
          .max(MOST_RIGHTS)
          .meta({ description: 'descriptors that the control data have room for' }),
        peek: z.boolean().optional().meta({ description: 'MSG_PEEK: what is read stays' }),
        nonblock,
      }),
      ok: z.strictObject({
        octets: Octets,
        truncated: z.boolean().meta({ description: 'MSG_TRUNC: there was more of the message' }),
        from: AnyName.meta({ description: 'null for a sender without a name, and for a stream' }),
        rights: z.array(Handle).max(MOST_RIGHTS).meta({ description: 'in the order of sending' }),
        controlTruncated: z
          .boolean()
          .meta({ description: 'MSG_CTRUNC: there were more descriptors' }),
      }),
      errnos: ['EAGAIN', 'EBADF', 'ECONNRESET', 'EINTR', 'EINVAL', 'ENOTCONN'],
      sleeps: true,
    }),
  },
} as const satisfies PortSpec;
