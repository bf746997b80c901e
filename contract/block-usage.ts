/**
 * What tasks are charged for blocks of the disk.
 *
 * Goes with `descriptor`, whose calls are what is charged. How many blocks a call needs is the system's
 * affair: names, maps and inodes lie in blocks too, and what is in memory already costs nothing.
 *
 * Source: 4.4BSD, sys/resource.h, ru_inblock, ru_oublock, kern/vfs_bio.c; Linux from 2.6.20 on,
 * include/linux/task_io_accounting_ops.h. Linux 2.6.11 has both numbers and charges nothing.
 */
import { z } from 'zod';
import { ByTask } from './descriptor.ts';
import { Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Blocks = z.int().min(0);

export const blockUsage = {
  does: 'The blocks that each task has had read and written by its calls on descriptors.',
  version: 1,
  methods: {
    usage: method({
      does: 'What a task was charged since it is there; a task that was forked begins at nothing.',
      kernel: 'getrusage',
      args: ByTask,
      ok: z.strictObject({
        blocksIn: Blocks.meta({ description: 'had to be read, since they were not in memory' }),
        blocksOut: Blocks.meta({
          description: 'were changed, each counted once until it has been written',
        }),
      }),
    }),
    forget: method({
      does: 'Writes what is due and keeps nothing of any file in memory; nobody is charged.',
      kernel: 'sync; vm.drop_caches',
      args: Nothing,
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
