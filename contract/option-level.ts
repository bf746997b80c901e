/**
 * Options of sockets by level and number, as the system calls have them.
 *
 * Source: POSIX.1-2001, setsockopt(), "level"; Linux 2.6.11, include/asm-i386/socket.h, include/linux/in.h,
 * include/linux/tcp.h; 4.4BSD, sys/socket.h, netinet/in.h, netinet/tcp.h.
 */
import { z } from 'zod';
import { Handle, Int32, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';
import { OPTION_LEVELS, TCP_OPTIONS } from './vocabulary.ts';

const Numbered = z.strictObject({
  socket: Handle.meta({ description: 'a socket of `tcp`' }),
  level: z.enum(OPTION_LEVELS),
  number: z.int().min(0).max(65_535).meta({ description: 'of the option, at that level' }),
});

const Value = Int32.meta({ description: 'what stands in an int; of an option that has no int, 0' });

export const optionLevel = {
  does:
    'Options of stream sockets of `tcp` as setsockopt and getsockopt know them: a level, and a number at ' +
    'that level, which are the own ones of the system.',
  version: 1,
  methods: {
    numbers: method({
      does: 'Under which level and number the system has the options that the contract has names for.',
      args: Nothing,
      ok: z.strictObject({
        options: z
          .array(
            z.strictObject({
              option: z.enum(TCP_OPTIONS),
              level: z.enum(OPTION_LEVELS),
              number: z.int().min(0).max(65_535),
            }),
          )
          .max(TCP_OPTIONS.length),
      }),
    }),
    set: method({
      does: 'Sets the option of that number at that level.',
      kernel: 'setsockopt',
      args: Numbered.extend({ value: Value }),
      ok: Nothing,
      errnos: ['EACCES', 'EBADF', 'EDOM', 'EINVAL', 'ENOBUFS', 'ENOENT', 'ENOPROTOOPT', 'EPERM'],
    }),
    get: method({
      does: 'Reads it.',
      kernel: 'getsockopt',
      args: Numbered,
      ok: z.strictObject({ value: Value }),
      errnos: ['EBADF', 'EINVAL', 'ENOPROTOOPT', 'ENOTCONN'],
    }),
  },
} as const satisfies PortSpec;
