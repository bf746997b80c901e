/**
 * Sockets as programs have them: system calls by number, on descriptors.
 *
 * Source: POSIX.1-2001; Linux 2.6.11, net/socket.c, sys_socketcall(), asm-i386/unistd.h, linux/net.h;
 * Linux 6, asm/unistd_64.h; 4.4BSD, kern/syscalls.master.
 */
import { z } from 'zod';
import { Int32, Ipv4, Length, Name, Nothing, Octets, Word16 } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';
import { SOCKET_CALLS, TCP_OPTIONS } from './vocabulary.ts';

const Address = z.strictObject({ address: Ipv4, port: Word16 });

const Number = Int32.meta({ description: 'of a system call' });

const Code = z.int().min(0).max(1000);

export const socketCall = {
  does:
    'Stream sockets of the `network` in the table of `descriptor`: each call is a system call with a ' +
    'number. What they make can be read, written, selected and closed like anything that is open.',
  version: 1,
  methods: {
    numbers: method({
      does: 'The numbers of the calls that the system has.',
      kernel: 'sys_call_table, sys_socketcall; sysent',
      args: Nothing,
      ok: z.strictObject({
        calls: z
          .array(
            z.strictObject({
              call: z.enum(SOCKET_CALLS),
              number: Number,
              code: Code.nullable().meta({
                description: 'the first argument, where several calls have one number in common',
              }),
            }),
          )
          .max(SOCKET_CALLS.length),
      }),
    }),
    call: method({
      does: 'Makes the call of that number with those of the arguments that it has.',
      kernel: 'system_call; syscall',
      args: z.strictObject({
        task: Name.meta({ description: 'who makes the call' }),
        number: Number,
        code: Code.optional(),
        fd: Int32.optional().meta({ description: 'any number, a descriptor or not' }),
        domain: z.enum(['AF_INET', 'AF_UNKNOWN']).optional(),
        type: z.enum(['SOCK_STREAM', 'SOCK_SEQPACKET']).optional(),
        protocol: z.int().min(0).max(255).optional(),
        to: Address.optional(),
        backlog: Int32.optional(),
        octets: Octets.optional(),
        size: Length.max(MAX_OCTETS).optional(),
        dontWait: z.boolean().optional().meta({ description: 'MSG_DONTWAIT' }),
        how: z.enum(['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR']).optional(),
        option: z.enum(TCP_OPTIONS).optional(),
        optionValue: Int32.optional(),
      }),
      ok: z.strictObject({
        value: Int32.meta({
          description: 'what it returns: a descriptor, a count of octets, or 0',
        }),
        octets: Octets.optional().meta({ description: 'what it has read' }),
        address: Address.optional().meta({ description: 'what it tells of an end' }),
        optionValue: z.union([Int32, z.string().max(32)]).optional(),
      }),
      errnos: [
        'EADDRINUSE',
        'EADDRNOTAVAIL',
        'EAFNOSUPPORT',
        'EAGAIN',
        'EALREADY',
        'EBADF',
        'ECONNABORTED',
        'ECONNREFUSED',
        'ECONNRESET',
        'EHOSTUNREACH',
        'EINPROGRESS',
        'EINTR',
        'EINVAL',
        'EISCONN',
        'EMFILE',
        'ENETUNREACH',
        'ENFILE',
        'ENOPROTOOPT',
        'ENOSYS',
        'ENOTCONN',
        'ENOTSOCK',
        'EOPNOTSUPP',
        'EPIPE',
        'EPROTONOSUPPORT',
        'ESOCKTNOSUPPORT',
        'ETIMEDOUT',
      ],
      sleeps: true,
    }),
  },
} as const satisfies PortSpec;
