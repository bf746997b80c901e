/**
 * How many files may be open in the whole system.
 *
 * Goes with `descriptor` and `socket-call`: what these open counts, of all tasks together. Two descriptors of one open
 * file are one; a pipe is two.
 *
 * Source: POSIX.1-2001, open(), ENFILE; Linux 2.6.11, fs/file_table.c, get_empty_filp(); 4.4BSD,
 * kern/kern_descrip.c, falloc().
 */
import { z } from 'zod';
import { Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';
import { MAX_DESCRIPTORS } from './vocabulary.ts';

export const openFiles = {
  does: 'The limit on the open files of all tasks. No task here has the right to go beyond it.',
  version: 1,
  methods: {
    limit: method({
      does: 'Sets how many files may be open. What is open stays open.',
      kernel: 'fs.file-max; kern.maxfiles',
      args: z.strictObject({
        files: z.int().min(1).max(MAX_DESCRIPTORS).meta({
          description: 'open files, however many descriptors lead to each',
        }),
      }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
