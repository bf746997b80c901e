/**
 * Callouts: functions that BSD's softclock calls some ticks later.
 *
 * Source: 4.4BSD, kern/kern_clock.c and sys/callout.h.
 */
import { z } from 'zod';
import { Int32, Name, Nothing, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** Most entries of one trace; more is taken for a script without an end. */
export const MAX_CLOCK_STEPS = 10_000;

const Callout = {
  function: Name.meta({ description: 'names a function; one that is not defined does nothing' }),
  argument: Word32.meta({ description: 'stands for the pointer that the function is handed' }),
};

const Ticks = Int32.meta({ description: 'ticks from now; 0 or less counts as 1' });

const FunctionAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('timeout'), ...Callout, ticks: Ticks }),
  z.strictObject({ do: z.literal('untimeout'), ...Callout }),
  z.strictObject({
    do: z.literal('compute'),
    ticks: z.int().min(0).max(10_000).meta({
      description: 'clock interrupts that come while it computes; they find the priority raised',
    }),
  }),
]);

const Tick = z.int().min(0).meta({ description: 'clock interrupts since boot' });

const ClockStep = z
  .discriminatedUnion('did', [
    z.strictObject({ tick: Tick, did: z.literal('setsoftclock') }),
    z.strictObject({ tick: Tick, did: z.literal('softclock') }),
    z.strictObject({ tick: Tick, did: z.literal('call'), ...Callout }),
  ])
  .meta({
    description:
      'setsoftclock: hardclock asked for the software interrupt; softclock: it began to run; ' +
      'call: it called a function',
  });

const Trace = z.strictObject({ trace: z.array(ClockStep).max(MAX_CLOCK_STEPS) });

const PANIC = 'timeout table full';

const ENDLESS = `more than ${MAX_CLOCK_STEPS} steps of the trace in one call`;

export const callout = {
  does: 'The callouts of 4.4BSD: a clock interrupt that counts them down and a softclock that calls them.',
  version: 1,
  methods: {
    boot: method({
      does: 'Makes a table of so many free callouts; forgets every function and requested softclock.',
      kernel: 'ncallout',
      args: z.strictObject({
        callouts: z.int().min(1).max(10_000).meta({ description: 'how many can wait at once' }),
      }),
      ok: Nothing,
    }),
    define: method({
      does: 'Says what a function does when it is called; said again, the latest holds.',
      args: z.strictObject({ function: Name, actions: z.array(FunctionAction).max(16) }),
      ok: Nothing,
    }),
    timeout: method({
      does: 'Has a function called with an argument some ticks later.',
      kernel: 'timeout',
      args: z.strictObject({ ...Callout, ticks: Ticks }),
      ok: Nothing,
      bugs: [PANIC],
    }),
    untimeout: method({
      does: 'Takes back the first such call that waits; none is nothing.',
      kernel: 'untimeout',
      args: z.strictObject(Callout),
      ok: Nothing,
    }),
    hardclock: method({
      does: 'Lets the clock interrupt. A processor at base priority has run a requested softclock before that.',
      kernel: 'hardclock',
      args: z.strictObject({
        ticks: z.int().min(0).max(1_000_000),
        priority: z.enum(['base', 'raised']).meta({
          description: 'priority of what is interrupted; raised is that of softclock or above',
        }),
      }),
      ok: Trace,
      bugs: [PANIC, ENDLESS],
    }),
    softclock: method({
      does: 'Lets the priority fall to base: a softclock that was requested runs, else nothing.',
      kernel: 'softclock',
      args: Nothing,
      ok: Trace,
      bugs: [PANIC, ENDLESS],
    }),
  },
} as const satisfies PortSpec;
