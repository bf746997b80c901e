/**
 * Spin locks between processors.
 *
 * Source: Linux 2.6.11, include/linux/spinlock.h, include/asm-i386/spinlock.h.
 */
import { z } from 'zod';
import { Int32, Name, Schedule } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('spin-lock'), lock: Name }),
  z.strictObject({ do: z.literal('spin-unlock'), lock: Name }),
  z.strictObject({ do: z.literal('spin-trylock'), lock: Name }).meta({
    description:
      'where it does not get the lock, the actions up to the spin-unlock of that lock, and that ' +
      'itself, are left out: "if (spin_trylock(&lock)) { ... spin_unlock(&lock); }"',
  }),
  z
    .strictObject({ do: z.literal('increment'), counter: Name })
    .meta({ description: 'reads a shared counter in one step and writes it in the next' }),
  z.strictObject({ do: z.literal('work') }).meta({ description: 'computes for a step' }),
]);

const Processor = z.int().min(0).max(3);

export const spinLock = {
  does: 'Spin locks, by name, taken and released by processors step by step.',
  version: 1,
  methods: {
    run: method({
      does:
        'Runs the programs by the schedule, to their end or until all that have not ended spin for ever. Who ' +
        'spins may have the lock at the moment of its release, out of turn. EINVAL: the machine has not so ' +
        'many processors.',
      kernel: 'spin_lock, spin_unlock, spin_trylock',
      args: z.strictObject({
        processors: z.array(z.array(Action).max(32)).min(1).max(4),
        schedule: Schedule,
      }),
      ok: z.strictObject({
        steps: z
          .array(
            z.strictObject({
              processor: Processor,
              action: z.int().min(0).meta({ description: 'place in its program' }),
              result: z.enum(['done', 'spins', 'busy', 'reads']).meta({
                description:
                  '"spins": tried in vain, and tries again; "busy": spin_trylock without the ' +
                  'lock; "reads": the first half of an increment',
              }),
            }),
          )
          .max(20_000),
        counters: z
          .record(Name, Int32)
          .meta({ description: 'in the end, each that a program names; all begin at 0' }),
        deadlock: z
          .array(z.strictObject({ processor: Processor, waitsFor: Name, heldBy: Processor }))
          .meta({ description: 'who spins for ever, for what; empty where all came to their end' }),
      }),
      errnos: ['EINVAL'],
      bugs: ['spin_unlock of a lock that nobody holds'],
    }),
  },
} as const satisfies PortSpec;
