/**
 * Kernel timers: functions that are called when jiffies reaches a value.
 *
 * Source: Linux 2.6.11, kernel/timer.c and include/linux/timer.h; for `linux-6`,
 * kernel/time/timer.c of Linux 6.18.
 */
import { z } from 'zod';
import { Int32, Name, Nothing, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** Most timers that may fire in one call; more is taken for a script without an end. */
export const MAX_FIRED = 10_000;

/** Most ticks in one call: what a signed 32-bit difference can tell. */
export const MAX_TICKS = 0x7fff_ffff;

const Expires = Word32.meta({
  description: 'the jiffy at which it is due; half of all values lie ahead of jiffies, half behind',
});

const FromNow = Int32.meta({ description: 'ticks from jiffies as it is then; 0 or less is due' });

const Returned = z
  .int()
  .min(0)
  .max(1)
  .meta({ description: '1: the timer was pending; 0: it was not' });

/** What a timer's function does, described as data. */
const HandlerAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('add'), timer: Name, in: FromNow }),
  z.strictObject({ do: z.literal('mod'), timer: Name, in: FromNow }),
  z.strictObject({ do: z.literal('del'), timer: Name }),
  z.strictObject({
    do: z.literal('compute'),
    ticks: z.int().min(0).max(10_000).meta({
      description: 'ticks that come while the function computes; they come on top of the others',
    }),
  }),
]);

const Fired = z.strictObject({
  timer: Name,
  jiffies: Word32.meta({ description: 'jiffies when its function was called' }),
  pending: z.boolean().meta({ description: 'whether the function saw its own timer pending' }),
  returned: z.array(Returned).max(16).meta({ description: 'of its mod and del, in order' }),
});

const PENDING = 'a timer is added that is pending';

const ENDLESS = `more than ${MAX_FIRED} timers fire in one call`;

export const timerWheel = {
  does: 'Kernel timers by name, on one processor. A timer that was never initialised is a fault.',
  version: 1,
  methods: {
    boot: method({
      does: 'Forgets every timer and sets jiffies; the softirq of that tick has run.',
      kernel: 'init_timers_cpu',
      args: z.strictObject({ jiffies: Word32 }),
      ok: Nothing,
    }),
    init: method({
      does: 'Makes a timer that is not pending. A name that is taken is a fault.',
      kernel: 'init_timer',
      args: z.strictObject({
        timer: Name,
        handler: z.array(HandlerAction).max(16).meta({ description: 'what its function does' }),
      }),
      ok: Nothing,
    }),
    add: method({
      does: 'Starts a timer.',
      kernel: 'add_timer',
      args: z.strictObject({ timer: Name, expires: Expires }),
      ok: Nothing,
      bugs: [PENDING],
    }),
    mod: method({
      does: 'Sets when a timer is due, and starts it if it is not pending.',
      kernel: 'mod_timer',
      args: z.strictObject({ timer: Name, expires: Expires }),
      ok: z.strictObject({ returned: Returned }),
    }),
    del: method({
      does: 'Stops a timer.',
      kernel: 'del_timer',
      args: z.strictObject({ timer: Name }),
      ok: z.strictObject({ returned: Returned }),
    }),
    pending: method({
      does: 'Tells whether a timer is pending.',
      kernel: 'timer_pending',
      args: z.strictObject({ timer: Name }),
      ok: z.strictObject({ pending: z.boolean() }),
    }),
    tick: method({
      does: 'Lets ticks come, with the TIMER softirq after each or held off until the last.',
      kernel: 'run_timer_softirq',
      args: z.strictObject({
        ticks: z.int().min(0).max(MAX_TICKS),
        softirq: z.enum(['each', 'last']),
      }),
      ok: z.strictObject({
        jiffies: Word32,
        fired: z.array(Fired).max(MAX_FIRED).meta({ description: 'in the order of the calls' }),
      }),
      bugs: [PENDING, ENDLESS],
    }),
  },
} as const satisfies PortSpec;
