/**
 * select: waiting for one of several descriptors.
 *
 * Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c; 4.4BSD, kern/sys_generic.c.
 */
import { z } from 'zod';
import { Int32, Nothing } from './data.ts';
import { ByTask, Descriptor } from './descriptor.ts';
import { method, type PortSpec } from './port.ts';

const Set = z.array(Descriptor).max(64);

const Sets = {
  read: Set.meta({ description: 'a read of them would not sleep' }),
  write: Set.meta({ description: 'a write to them would not sleep' }),
  except: Set.meta({ description: 'something exceptional is to be told of them' }),
};

const MOST_MS = 3_600_000;

export const select = {
  does: 'select, in virtual time. Needs `descriptor`; the time is that of `terminal-line` where there are both.',
  version: 1,
  methods: {
    select: method({
      does: 'Waits until one of the descriptors is ready or the time is up, and tells all that are ready.',
      kernel: 'select; sys_select, do_select, selscan',
      args: ByTask.extend({
        nfds: Int32.optional().meta({
          description:
            'descriptors from here on are not looked at; left out: one more than the highest',
        }),
        ...Sets,
        timeoutMs: z.int().min(0).max(MOST_MS).optional().meta({
          description: 'milliseconds; 0 does not wait; left out: without end',
        }),
      }),
      ok: z.strictObject({
        count: z.int().min(0).max(192).meta({ description: 'members of the three sets together' }),
        ...Sets,
        timeoutMs: z.int().min(0).max(MOST_MS).optional().meta({
          description:
            'what the timeout of the caller is afterwards, rounded down; if there was one',
        }),
      }),
      errnos: ['EBADF', 'EINTR', 'EINVAL'],
      sleeps: true,
    }),
    advance: method({
      does: 'Lets time pass.',
      args: z.strictObject({
        ms: z.int().min(0).max(MOST_MS).meta({ description: 'milliseconds' }),
      }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
