/**
 * Memory that the parts of a kernel share.
 *
 * Source: Linux 2.6.11, mm/slab.c, kmalloc(), kmem_cache_alloc(); 4.4BSD, kern/kern_malloc.c.
 */
import { z } from 'zod';
import { Handle, Length, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Octets = Length.meta({ description: 'octets of memory' });

const Block = z.strictObject({
  block: Handle.meta({ description: 'memory that was handed out' }),
});

export const kernelMemory = {
  does:
    'Memory that the parts of the kernel share, with an end. Requests for a connection that wait at a ' +
    'listening socket of `tcp` take of it; others may.',
  version: 1,
  methods: {
    limit: method({
      does: 'Leaves so many octets free; before, there is as much as anybody wants.',
      args: z.strictObject({ octets: Octets }),
      ok: Nothing,
    }),
    free: method({
      does: 'How many octets are free; null where no limit was set.',
      args: Nothing,
      ok: z.strictObject({ octets: Octets.nullable() }),
    }),
    allocate: method({
      does: 'Another part of the kernel takes memory, which cannot wait for it.',
      kernel: 'kmalloc, GFP_ATOMIC; malloc, M_NOWAIT',
      args: z.strictObject({ octets: Octets.min(1) }),
      ok: Block,
      errnos: ['ENOMEM'],
    }),
    release: method({
      does: 'It gives back what it took.',
      kernel: 'kfree; free',
      args: Block,
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
