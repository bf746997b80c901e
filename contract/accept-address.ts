/**
 * How accept writes the address of a client into a program's memory.
 *
 * Source: POSIX.1-2001, accept(); Linux 2.6.11, net/socket.c, sys_accept(); 4.4BSD, kern/uipc_syscalls.c.
 */
import { z } from 'zod';
import { Handle, Int32, Name, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** Octets of memory that a program gives for an address, all 0xa5 before the call. */
const ADDRESS_MEMORY = 144;

export const acceptAddress = {
  does: 'How the address of a client is written into the memory of a program that accepts by a `tcp` socket.',
  version: 1,
  methods: {
    accept: method({
      does: 'As `tcp.accept` without waiting, for a program that gives memory for the address and says how long it is.',
      kernel: 'accept; sys_accept, move_addr_to_user',
      args: z.strictObject({
        socket: Handle.meta({ description: 'a socket of `tcp`' }),
        task: Name,
        fromLength: Int32.meta({ description: 'addrlen before the call, in octets' }),
      }),
      ok: z.strictObject({
        socket: Handle.meta({ description: 'the connection' }),
        memory: Octets.max(2 * ADDRESS_MEMORY).meta({
          description: `the ${ADDRESS_MEMORY} octets of memory after the call, as the program sees them`,
        }),
        fromLength: Int32.meta({ description: 'addrlen after the call' }),
      }),
      errnos: ['EAGAIN', 'EBADF', 'ECONNABORTED', 'EINVAL', 'EOPNOTSUPP'],
    }),
  },
} as const satisfies PortSpec;
