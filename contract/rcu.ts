/**
 * Read-copy update: readers that take no lock, and writers that free the old copy later.
 *
 * Tasks on several processors run lists of actions by a schedule, which also says when the clock
 * ticks on a processor. Who reads may be on another processor than who writes; the trace tells in
 * which order everything happened and what the readers saw.
 *
 * Source: Linux 2.6.11, include/linux/rcupdate.h, kernel/rcupdate.c, Documentation/RCU.
 */
import { z } from 'zod';
import { Int32, Name } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Local = Name.meta({
  description: "variable of this task that holds a structure's address; NULL at first",
});
const Global = Name.meta({ description: 'pointer that all tasks share' });
const Field = Name.meta({ description: 'field of a structure; each holds a number' });

const Value = Int32.nullable().meta({ description: 'null: the poison of freed memory' });

const plain = <Word extends string>(word: Word) => z.strictObject({ do: z.literal(word) });

const Action = z.discriminatedUnion('do', [
  plain('rcu-read-lock'),
  plain('rcu-read-unlock'),
  z.strictObject({ do: z.literal('rcu-dereference'), pointer: Global, into: Local }),
  z.strictObject({ do: z.literal('read'), from: Local, field: Field }),
  z
    .strictObject({ do: z.literal('copy'), from: Local, into: Local })
    .meta({ description: 'allocates a structure and copies another to it' }),
  z.strictObject({ do: z.literal('set'), in: Local, field: Field, value: Int32 }),
  z.strictObject({ do: z.literal('add'), in: Local, field: Field, value: Int32 }),
  z.strictObject({ do: z.literal('rcu-assign-pointer'), pointer: Global, from: Local }),
  z
    .strictObject({ do: z.literal('call-rcu'), structure: Local })
    .meta({ description: 'the callback frees the structure; one that is NULL is no trouble' }),
  plain('synchronize-rcu'),
  z
    .strictObject({ do: z.literal('free'), structure: Local })
    .meta({ description: 'at once; what is freed is overwritten with poison' }),
  z.strictObject({ do: z.literal('spin-lock'), lock: Name }),
  z.strictObject({ do: z.literal('spin-unlock'), lock: Name }),
  plain('schedule').meta({ description: 'gives up the processor, as every sleep does' }),
  plain('user-mode').meta({ description: 'returns from the kernel; only kernel-mode may follow' }),
  plain('kernel-mode').meta({ description: 'enters the kernel again' }),
  plain('work').meta({ description: 'computes for a step' }),
]);

const Task = z.strictObject({
  name: Name,
  processor: z.int().min(0).max(3),
  actions: z.array(Action).max(64).meta({ description: 'begins in kernel mode' }),
});

const Processor = z.int().min(0).max(3);

const Turn = z.strictObject({
  processor: Processor,
  does: z.enum(['step', 'tick']).meta({
    description:
      '"step": the task that runs there takes a step, none if it is idle; "tick": a clock ' +
      'interrupt there, with all that the kernel does about it',
  }),
});

const Event = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('action'),
    processor: Processor,
    task: Name,
    action: z.int().min(0).meta({ description: 'place in its list: this action is done now' }),
    preemptCount: z.int().min(0).meta({ description: 'depth of preempt_disable after it' }),
    value: Value.optional().meta({ description: 'what "read" read' }),
  }),
  z.strictObject({ event: z.literal('spin'), processor: Processor, task: Name }),
  z.strictObject({ event: z.literal('sleep'), processor: Processor, task: Name }),
  z.strictObject({
    event: z.literal('switch'),
    processor: Processor,
    task: Name.nullable().meta({ description: 'runs from now on; null: idle' }),
  }),
  z.strictObject({ event: z.literal('tick'), processor: Processor }),
  z.strictObject({
    event: z.literal('callback'),
    processor: Processor,
    task: Name.meta({ description: 'who called call_rcu' }),
    structure: Local,
    pass: z.int().min(0).optional().meta({
      description: 'callbacks that one pass over the list runs have one number',
    }),
  }),
]);

export const rcu = {
  does: 'Tasks that read and update by RCU, on several processors.',
  version: 1,
  methods: {
    run: method({
      does: 'Runs the tasks to their end and all callbacks with them. On each processor the task that is named first runs first. When the schedule is used up, the processors take turns from 0, a step and a tick each, until nobody has anything left to do. EINVAL: the machine has not so many processors, or cannot say which of several tasks a processor runs, or when it switches; one task on each of two it can step.',
      kernel: 'rcu_read_lock, rcu_dereference, rcu_assign_pointer, call_rcu, synchronize_rcu',
      args: z.strictObject({
        structures: z
          .record(Global, z.record(Field, Int32))
          .meta({ description: 'by the pointer that points to each; other pointers are NULL' }),
        quantum: z
          .int()
          .min(1)
          .max(100)
          .optional()
          .meta({ description: 'ticks after which a task has to give way; left out: never' }),
        tasks: z.array(Task).min(1).max(8),
        schedule: z.array(Turn).max(2_000),
      }),
      ok: z.strictObject({
        trace: z.array(Event).max(5_000),
        structures: z
          .record(Global, z.record(Field, Value))
          .meta({ description: 'what the pointers point to in the end' }),
      }),
      errnos: ['EINVAL'],
      bugs: [
        'a task sleeps, ends or leaves the kernel in a read-side critical section',
        'rcu_read_unlock without rcu_read_lock',
        'spin_unlock of a lock that is not held',
        'NULL is dereferenced',
        'a structure is freed twice',
        'the tasks do not come to an end',
      ],
    }),
  },
} as const satisfies PortSpec;
