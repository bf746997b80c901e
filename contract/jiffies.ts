/**
 * The clock interrupt and jiffies, the count of its ticks.
 *
 * Source: Linux 2.6.11, kernel/timer.c, include/linux/jiffies.h; 4.4BSD, kern/kern_clock.c.
 */
import { z } from 'zod';
import { Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** The highest HZ that Linux 2.6.11 can be compiled for. */
export const MAX_HZ = 1535;

/** Longest time that passes in one call. */
export const MAX_ADVANCE_NS = 1_000_000_000_000;

export const Hz = z
  .int()
  .min(1)
  .max(MAX_HZ)
  .meta({ description: `ticks a second, 1 to ${MAX_HZ}`, examples: [100] });

const Jiffies = Word32.meta({ description: 'jiffies, an unsigned 32-bit integer that wraps' });

export const jiffies = {
  does: 'A clock that interrupts HZ times a second, and jiffies, which counts its ticks.',
  version: 1,
  methods: {
    boot: method({
      does: 'Starts the clock at the moment of a tick that is already counted; what is left out is as the kernel has it. EINVAL: this kernel is built for another HZ.',
      kernel: 'INITIAL_JIFFIES',
      args: z.strictObject({
        hz: Hz.optional(),
        jiffies: Jiffies.optional().meta({ description: 'the first value of jiffies' }),
      }),
      ok: z.strictObject({ hz: Hz, jiffies: Jiffies }),
      errnos: ['EINVAL'],
    }),
    advance: method({
      does: 'Lets time pass. The n-th tick comes at the first nanosecond at which n/HZ seconds are over, so a tick that is no whole number of nanoseconds adds up no error.',
      kernel: 'do_timer',
      args: z.strictObject({
        nanoseconds: z.int().min(0).max(MAX_ADVANCE_NS).meta({ description: 'time that passes' }),
      }),
      ok: z.strictObject({
        ticks: z.int().min(0).meta({ description: 'ticks that came meanwhile' }),
        jiffies: Jiffies,
      }),
    }),
    compare: method({
      does: 'Compares two values of jiffies in each of the four ways.',
      kernel: 'time_after, time_before, time_after_eq, time_before_eq',
      args: z.strictObject({ a: Jiffies, b: Jiffies }),
      ok: z.strictObject({
        after: z.boolean(),
        before: z.boolean(),
        afterEq: z.boolean(),
        beforeEq: z.boolean(),
      }),
    }),
  },
} as const satisfies PortSpec;
