/**
 * The memory model: what processors see of each other's accesses to shared memory.
 *
 * A program is a list of actions for each processor. Two things let a processor see memory in another
 * order than that of the programs, and each happens at a step of its own: a store that waits in the
 * processor's store buffer reaches memory, and a processor that went on using an old value takes
 * notice that it is invalid. A machine that orders accesses strictly has no such steps.
 *
 * Source: Linux 2.6.11, Documentation/atomic_ops.txt, include/asm-i386/{atomic,system}.h,
 * include/linux/percpu.h; D. Dice, P. McKenney and others on litmus tests.
 */
import { z } from 'zod';
import { Int32, Name } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** An order of two accesses of one processor to different variables, as others may see it reversed. */
export const REORDERINGS = ['store-load', 'store-store', 'load-load'] as const;

const Register = Name.meta({ description: 'register of this processor; 0 before it is loaded' });

const Sum = z
  .strictObject({ register: Register.optional(), plus: Int32 })
  .meta({ description: 'a constant, or a register plus a constant; 32 bits, wraps' });

/** One access each; what reads and writes in one action is indivisible. */
const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('load'), register: Register, variable: Name }),
  z.strictObject({ do: z.literal('store'), variable: Name, value: Sum }),
  z.strictObject({ do: z.literal('atomic-add'), variable: Name, value: Int32 }),
  z.strictObject({ do: z.literal('atomic-dec-and-test'), variable: Name, register: Register }),
  z.strictObject({ do: z.literal('xchg'), variable: Name, value: Int32, register: Register }),
  z.strictObject({
    do: z.literal('barrier'),
    barrier: z.enum(['smp_mb', 'smp_rmb', 'smp_wmb']),
  }),
  z.strictObject({ do: z.literal('get-cpu-var'), variable: Name }),
  z.strictObject({ do: z.literal('put-cpu-var'), variable: Name }),
]);

const Turn = z.strictObject({
  processor: z.int().min(0).max(3),
  does: z.enum(['next', 'drain', 'invalidate']).meta({
    description:
      '"next": its next action; "drain": its oldest waiting store to `variable` reaches memory; ' +
      '"invalidate": it gives up the old value of `variable` that it still uses',
  }),
  variable: Name.optional().meta({ description: 'with "drain" and "invalidate" only' }),
});

export const memoryModel = {
  does: 'Small programs on processors that share memory: litmus tests.',
  version: 1,
  methods: {
    machine: method({
      does: 'Which two accesses of one processor to different variables another may see in reverse, where no barrier stands between them. A machine that keeps programs in order says none.',
      args: z.strictObject({}),
      ok: z.strictObject({ reorders: z.array(z.enum(REORDERINGS)).max(REORDERINGS.length) }),
    }),
    run: method({
      does: 'Runs the programs to their end, in the order of the schedule; what it lists and cannot be done is skipped, and when it is used up the machine chooses.',
      args: z.strictObject({
        initially: z
          .record(Name, Int32)
          .meta({ description: 'shared variables; one that is not named begins at 0' }),
        perCpu: z
          .record(Name, Int32)
          .meta({ description: 'per-CPU variables, with the value that each copy begins with' }),
        processors: z.array(z.array(Action).max(16)).min(1).max(4),
        schedule: z.array(Turn).max(1_000),
      }),
      ok: z.strictObject({
        memory: z
          .record(Name, Int32)
          .meta({ description: 'shared variables in the end, each that the programs name' }),
        perCpu: z.record(Name, z.array(Int32)).meta({ description: 'their copies, by processor' }),
        registers: z
          .array(z.record(Name, Int32))
          .meta({ description: 'per processor, each register that its program names' }),
        steps: z
          .array(
            z.strictObject({
              turn: Turn,
              others: z
                .array(Turn)
                .max(64)
                .meta({ description: 'what could have come here instead of it' }),
            }),
          )
          .max(1_000)
          .meta({ description: 'every turn in order, so that all that is possible can be tried' }),
      }),
      bugs: [
        'a per-CPU variable is used while preemption is on',
        'put_cpu_var without get_cpu_var',
      ],
    }),
  },
} as const satisfies PortSpec;
