/**
 * Counting semaphores, whose waiters sleep.
 *
 * Source: Linux 2.6.11, include/asm-i386/semaphore.h, arch/i386/kernel/semaphore.c.
 */
import { z } from 'zod';
import { Name, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Semaphore = z.strictObject({ semaphore: Name });

const Context = z.enum(['process', 'interrupt']).optional().meta({
  description: 'from where it is called; an interrupt handler may not sleep; left out: process',
});

const Down = Semaphore.extend({ task: Name, context: Context });

const SLEEPS_IN_INTERRUPT = 'called in an interrupt handler, whether it would have to wait or not';

export const semaphore = {
  does: 'Counting semaphores, by name. A task is there when it is first named and makes one call at a time.',
  version: 1,
  methods: {
    init: method({
      does: 'Makes a semaphore.',
      kernel: 'sema_init, init_MUTEX',
      args: Semaphore.extend({
        count: z
          .int()
          .min(0)
          .max(0x7fff_ffff)
          .meta({ description: 'how many can have it at once' }),
      }),
      ok: Nothing,
    }),
    down: method({
      does: 'Takes the semaphore; sleeps, deaf to signals, while nothing is left of its count.',
      kernel: 'down',
      args: Down,
      ok: Nothing,
      bugs: [SLEEPS_IN_INTERRUPT],
      sleeps: true,
    }),
    downInterruptible: method({
      does: 'Takes the semaphore; a signal that is or becomes pending ends the wait, if there is one.',
      kernel: 'down_interruptible',
      args: Down,
      ok: Nothing,
      errnos: ['EINTR'],
      bugs: [SLEEPS_IN_INTERRUPT],
      sleeps: true,
    }),
    downTrylock: method({
      does: 'Takes the semaphore if that needs no wait.',
      kernel: 'down_trylock',
      args: Semaphore.extend({ context: Context }),
      ok: z.strictObject({
        result: z.int().meta({ description: '0: taken; 1: not' }),
      }),
    }),
    up: method({
      does: 'Gives the semaphore back and wakes who has waited longest.',
      kernel: 'up',
      args: Semaphore.extend({ context: Context }),
      ok: Nothing,
    }),
    count: method({
      does: 'How many could take the semaphore now without a wait.',
      args: Semaphore,
      ok: z.strictObject({ count: z.int().min(0) }),
    }),
    signal: method({
      does: 'Posts a signal to a task; it stays pending until it ends a wait.',
      kernel: 'send_sig',
      args: z.strictObject({ task: Name }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
