/**
 * Wait queues: where tasks sleep until something happens.
 *
 * Source: Linux 2.6.11, include/linux/wait.h, kernel/sched.c; 4.4BSD, kern/kern_synch.c.
 */
import { z } from 'zod';
import { Name, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

export const waitQueue = {
  does: 'Sleep and wake-up on wait queues, by name. A task and a queue are there when they are first named; a task makes one call at a time.',
  version: 1,
  methods: {
    wait: method({
      does: 'A task sleeps on a queue until it is woken and the event has happened.',
      kernel: 'wait_event, wait_event_interruptible; tsleep',
      args: z.strictObject({
        task: Name,
        queue: Name,
        event: Name.optional().meta({
          description: 'looked at before each sleep; left out: the next wake-up ends the wait',
        }),
        interruptible: z.boolean().optional().meta({
          description: 'a signal ends the wait too; left out: it does not',
        }),
        exclusive: z.boolean().optional().meta({
          description: 'of the exclusive sleepers a wake-up wakes one; left out: not exclusive',
        }),
      }),
      ok: Nothing,
      errnos: ['EINTR'],
      sleeps: true,
    }),
    wakeUp: method({
      does: 'Wakes the sleepers of a queue: all that are not exclusive and one that is, or all.',
      kernel: 'wake_up, wake_up_all; wakeup',
      args: z.strictObject({
        queue: Name,
        all: z.boolean().optional().meta({ description: 'every exclusive one; left out: one' }),
      }),
      ok: Nothing,
    }),
    happen: method({
      does: 'An event happens. Nobody is woken by that.',
      args: z.strictObject({ event: Name }),
      ok: Nothing,
    }),
    signal: method({
      does: 'Posts a signal to a task, which stays pending when it does not end a wait.',
      kernel: 'send_sig; psignal',
      args: z.strictObject({ task: Name }),
      ok: Nothing,
    }),
    woken: method({
      does: 'The tasks whose wait ended since the last such question, in the order in which they went on.',
      args: z.strictObject({}),
      ok: z.strictObject({ tasks: z.array(Name).max(1000) }),
    }),
  },
} as const satisfies PortSpec;
