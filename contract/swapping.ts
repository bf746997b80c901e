/**
 * Swapping: whole processes leave memory and come back.
 *
 * The suite says who sleeps, who wakes and how much time passes; who is swapped when is the swapper's.
 * A process is in memory as a whole or not at all, and only one that is can run.
 *
 * Source: 4.4BSD-Lite2, vm/vm_glue.c (scheduler, swapout_threads); Sixth Edition UNIX, sched().
 */
import { z } from 'zod';
import { Length, Name, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

const OneProcess = z.strictObject({ process: Name });

export const swapping = {
  does: 'A machine whose processes do not all fit in memory, and a swapper.',
  version: 1,
  methods: {
    boot: method({
      does: 'Boots a machine; whatever ran before is gone.',
      args: z.strictObject({
        frames: z.int().min(1).max(256).meta({ description: 'that processes can have' }),
        pageOctets: z.literal([16, 64, 256, 1024, 4096]),
        swapPages: z.int().min(0).max(4096),
      }),
      ok: Nothing,
    }),
    start: method({
      does: 'Starts a process: runnable, its memory zeroes, in memory or on the swap device.',
      kernel: 'fork, newproc',
      args: OneProcess.extend({ pages: z.int().min(1).max(256) }),
      ok: Nothing,
      errnos: ['EEXIST', 'ENOMEM'],
    }),
    sleep: method({
      does: 'The process goes to sleep; only one that runs can.',
      kernel: 'tsleep',
      args: OneProcess,
      ok: Nothing,
      errnos: ['ESRCH', 'EAGAIN'],
    }),
    wake: method({
      does: 'The process becomes runnable, wherever it is; one that is already stays so.',
      kernel: 'wakeup, setrunnable',
      args: OneProcess,
      ok: Nothing,
      errnos: ['ESRCH'],
    }),
    exit: method({
      does: 'The process ends; its memory and its swap space are free.',
      kernel: 'exit',
      args: OneProcess,
      ok: Nothing,
      errnos: ['ESRCH'],
    }),
    pass: method({
      does: 'Time passes; the swapper looks around once a second.',
      kernel: 'schedcpu, scheduler',
      args: z.strictObject({ seconds: z.int().min(1).max(3600) }),
      ok: Nothing,
    }),
    read: method({
      does: 'The process reads its memory; EAGAIN: it does not run, for it sleeps or is not in memory.',
      args: OneProcess.extend({ at: Length, length: z.int().min(1).max(65_536) }),
      ok: z.strictObject({ octets: Octets }),
      errnos: ['ESRCH', 'EAGAIN', 'EFAULT'],
    }),
    write: method({
      does: 'The process writes its memory; EAGAIN: it does not run.',
      args: OneProcess.extend({ at: Length, octets: Octets }),
      ok: Nothing,
      errnos: ['ESRCH', 'EAGAIN', 'EFAULT'],
    }),
    state: method({
      does: 'Who is where, in any order.',
      kernel: 'ps, vmstat',
      args: Nothing,
      ok: z.strictObject({
        freeFrames: z.int().min(0),
        freeSwapPages: z.int().min(0),
        processes: z
          .array(
            z.strictObject({
              process: Name,
              pages: z.int().min(1),
              asleep: z.boolean(),
              inMemory: z.boolean(),
            }),
          )
          .max(1000),
      }),
    }),
  },
} as const satisfies PortSpec;
