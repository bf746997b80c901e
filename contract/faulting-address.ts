/**
 * Socket calls with a pointer that leads nowhere: the process has no memory at that address.
 *
 * Source: POSIX.1-2001, sys/socket.h, EFAULT; Linux 2.6.11, net/socket.c, move_addr_to_kernel(),
 * move_addr_to_user(), sys_sendto() to sys_recvmsg(); 4.4BSD, kern/uipc_syscalls.c, sockargs(), sendit(), recvit().
 */
import { z } from 'zod';
import { Handle, Int32, Length, Name, Nothing, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';

const ByTask = z.strictObject({
  socket: Handle.meta({
    description: 'a socket of `udp`, `tcp` or, where that is offered, `unix-socket`, closed or not',
  }),
  task: Name,
});

const AddressLength = Int32.meta({ description: 'how long it says the address is, in octets' });

/** Pointers of a call that sends; of `sendmsg` the array of pieces, and the structure that has it. */
const SENDING = ['octets', 'address', 'msg_iov', 'msghdr'] as const;
const RECEIVING = ['octets', 'address', 'address-length', 'msg_iov', 'msghdr'] as const;
const NAMING = ['address', 'address-length'] as const;
const OPTIONS = ['SO_REUSEADDR', 'SO_ERROR', 'SO_TYPE', 'IP_TTL'] as const;

export type FaultingOption = (typeof OPTIONS)[number];

const nowhere = <const Pointers extends readonly [string, ...string[]]>(pointers: Pointers) =>
  z.enum(pointers).meta({ description: 'which pointer leads nowhere' });

/** What a call with any of them may answer; without a fault it is as for the socket. */
const FAULTS = ['EBADF', 'EFAULT', 'EINVAL'] as const;

export const faultingAddress = {
  does:
    'Calls on sockets of `udp`, `tcp` and `unix-socket` with one pointer to where the process has no memory. None ' +
    'waits: each is as with MSG_DONTWAIT.',
  version: 2,
  methods: {
    bind: method({
      does: 'As `bind`, where the address leads nowhere.',
      kernel: 'bind; move_addr_to_kernel, sockargs',
      args: ByTask.extend({ length: AddressLength }),
      ok: Nothing,
      errnos: FAULTS,
    }),
    connect: method({
      does: 'As `connect`, where the address leads nowhere.',
      kernel: 'connect; move_addr_to_kernel, sockargs',
      args: ByTask.extend({ length: AddressLength }),
      ok: Nothing,
      errnos: [...FAULTS, 'EISCONN'],
    }),
    send: method({
      does: 'As `send` to the peer.',
      kernel: 'sendto, sendmsg; memcpy_fromiovec, uiomove',
      args: ByTask.extend({
        octets: Octets.meta({ description: 'those that are in memory' }),
        missing: Length.max(MAX_OCTETS).meta({
          description: 'octets to send after those, where memory has ended',
        }),
        nowhere: nowhere(SENDING).meta({
          description: 'which pointer leads nowhere; `octets`: behind the end of those in memory',
        }),
        more: z.boolean().optional().meta({ description: 'MSG_MORE' }),
      }),
      ok: z.strictObject({ length: Length.meta({ description: 'octets taken' }) }),
      errnos: [
        ...FAULTS,
        'EAGAIN',
        'ECONNREFUSED',
        'ECONNRESET',
        'EDESTADDRREQ',
        'EISCONN',
        'EMSGSIZE',
        'ENETUNREACH',
        'ENOBUFS',
        'ENOTCONN',
        'EPERM',
        'EPIPE',
      ],
    }),
    receive: method({
      does: 'As `receive`.',
      kernel: 'recvfrom, recvmsg; memcpy_toiovec, move_addr_to_user, uiomove',
      args: ByTask.extend({
        size: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
        there: Length.max(MAX_OCTETS).meta({
          description: 'of those the ones for which there is memory; not read for another pointer',
        }),
        nowhere: nowhere(RECEIVING).meta({
          description: 'which pointer leads nowhere; `octets`: behind the end of what is there',
        }),
        peek: z.boolean().optional().meta({ description: 'MSG_PEEK' }),
        outOfBand: z.boolean().optional().meta({ description: 'MSG_OOB' }),
      }),
      ok: z.strictObject({ octets: Octets }),
      errnos: [...FAULTS, 'EAGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENOTCONN'],
    }),
    accept: method({
      does: 'As `accept`, with 16 octets for an address.',
      kernel: 'accept; move_addr_to_user',
      args: ByTask.extend({ nowhere: nowhere(NAMING) }),
      ok: z.strictObject({ socket: Handle.meta({ description: 'the connection' }) }),
      errnos: [...FAULTS, 'EAGAIN', 'ECONNABORTED', 'EOPNOTSUPP'],
    }),
    name: method({
      does: 'As `name` or `peer`.',
      kernel: 'getsockname, getpeername; move_addr_to_user',
      args: ByTask.extend({
        of: z.enum(['socket', 'peer']),
        nowhere: nowhere(NAMING),
        length: AddressLength,
      }),
      ok: Nothing,
      errnos: [...FAULTS, 'ENOTCONN'],
    }),
    setOption: method({
      does: 'As `setOption`, where the value leads nowhere.',
      kernel: 'setsockopt',
      args: ByTask.extend({ option: z.enum(OPTIONS), length: Int32 }),
      ok: Nothing,
      errnos: [...FAULTS, 'ENOPROTOOPT'],
    }),
    getOption: method({
      does: 'As `getOption`.',
      kernel: 'getsockopt',
      args: ByTask.extend({
        option: z.enum(OPTIONS),
        nowhere: nowhere(['value', 'value-length']),
        length: Int32.meta({ description: 'octets for which it says there is room' }),
      }),
      ok: Nothing,
      errnos: [...FAULTS, 'ENOPROTOOPT'],
    }),
    memory: method({
      does: 'What is in the memory that a task has handed to its last call of this port.',
      args: z.strictObject({ task: Name }),
      ok: z.strictObject({
        address: Octets.max(32).meta({
          description: 'the 16 octets for an address, all a5 before; none where it leads nowhere',
        }),
        length: Int32.nullable().meta({
          description: 'that of the address or value; null where it leads nowhere',
        }),
      }),
    }),
  },
} as const satisfies PortSpec;
