/**
 * Software interrupts: work that an interrupt handler leaves for a moment at which interrupts are on.
 *
 * A scene is data: what each handler does, and what one process does, action by action. The kernel
 * plays it on one processor and answers with what happened, in order. Nothing else runs, so a scene
 * has exactly one right trace.
 *
 * Source: Linux 2.6.11 and 6.18, kernel/softirq.c and include/linux/interrupt.h.
 */
import { z } from 'zod';
import { Name } from './data.ts';
import { Hz } from './jiffies.ts';
import { method, type PortSpec } from './port.ts';
import { MAX_SCENE_STEPS, SOFTIRQ_VECTORS } from './vocabulary.ts';

const Vector = z.enum(SOFTIRQ_VECTORS).meta({
  description:
    'Linux 2.6.11 has HI, TIMER, NET_TX, NET_RX, SCSI and TASKLET; Linux 6.18 has BLOCK where SCSI ' +
    'was, and also IRQ_POLL, SCHED, HRTIMER and RCU',
});

const Times = z.int().min(1).max(1000).optional().meta({
  description: 'how often the action has an effect in a scene; left out: each time it is reached',
});

const Mark = z.strictObject({ do: z.literal('mark'), name: Name });
const Raise = z.strictObject({ do: z.literal('raise'), vector: Vector, times: Times });
const Interrupt = z.strictObject({
  do: z.literal('interrupt'),
  line: Name.meta({ description: 'the device interrupts here, by this line' }),
});
const Queue = z.strictObject({
  do: z.literal('queue'),
  item: Name.meta({ description: 'appended to the one work queue of the scene' }),
});
const Take = z.strictObject({ do: z.literal('take') });
const Spend = z.strictObject({
  do: z.literal('spend'),
  us: z.int().min(1).max(100_000).meta({
    description: 'microseconds that pass; the scene begins at a tick, and nothing else takes time',
  }),
});
const Resched = z.strictObject({ do: z.literal('resched') });
const BhDisable = z.strictObject({ do: z.literal('bh-disable') });
const BhEnable = z.strictObject({ do: z.literal('bh-enable') });
const Sleep = z.strictObject({ do: z.literal('sleep') });

/** What any context may do; a hard handler may do nothing else. */
const ANYWHERE = [Mark, Raise, Interrupt, Queue, Spend, Resched] as const;
const DEFERRED = [...ANYWHERE, Take, BhDisable, BhEnable] as const;

const Schedule = z.strictObject({ do: z.literal('schedule'), tasklet: Name, times: Times });
const Disable = z.strictObject({ do: z.literal('disable'), tasklet: Name });
const Enable = z.strictObject({ do: z.literal('enable'), tasklet: Name });
const TASKLET_ACTIONS = [Schedule, Disable, Enable] as const;

const HandlerAction = z.discriminatedUnion('do', [...ANYWHERE]);
const SoftirqAction = z.discriminatedUnion('do', [...DEFERRED]);
const ProcessAction = z.discriminatedUnion('do', [...DEFERRED, Sleep]);
const TaskletHandlerAction = z.discriminatedUnion('do', [...ANYWHERE, ...TASKLET_ACTIONS]);
const TaskletSoftirqAction = z.discriminatedUnion('do', [...DEFERRED, ...TASKLET_ACTIONS]);
const TaskletProcessAction = z.discriminatedUnion('do', [...DEFERRED, ...TASKLET_ACTIONS, Sleep]);

/** Longest script: one handler, or the process. */
const MAX_ACTIONS = 64;

function script<Action extends z.ZodType>(action: Action, does: string) {
  return z
    .array(action)
    .max(MAX_ACTIONS)
    .meta({
      description:
        `${does}, one action after another: mark (leaves a mark in the trace), raise (a softirq ` +
        'vector), interrupt, queue and take (all that is in the work queue), spend (time passes), ' +
        'resched (a process that should run instead becomes ready), bh-disable and bh-enable ' +
        '(local_bh_disable, local_bh_enable), sleep (until the processor has nothing else to do)',
    });
}

function scene<H extends z.ZodType, S extends z.ZodType, P extends z.ZodType>(
  handler: H,
  softirq: S,
  process: P,
) {
  return {
    hz: Hz.optional().meta({
      description: 'ticks of jiffies in a second; left out: as the kernel has it',
    }),
    interrupts: z
      .array(z.strictObject({ line: Name, does: script(handler, 'what the handler does') }))
      .max(16)
      .meta({ description: 'the lines that have a hard handler' }),
    softirqs: z
      .array(z.strictObject({ vector: Vector, does: script(softirq, 'what the softirq does') }))
      .max(SOFTIRQ_VECTORS.length)
      .meta({ description: 'the vectors that have a handler' }),
    process: script(process, 'what the process does'),
  };
}

export const SOFTIRQ_CONTEXTS = [
  'process',
  'interrupt',
  'interrupt exit',
  'bh enable',
  'ksoftirqd',
] as const;

const Context = z.enum(SOFTIRQ_CONTEXTS).meta({
  description:
    'where it ran: in the process, in a hard handler, or in softirqs run on interrupt exit, by ' +
    'local_bh_enable or by ksoftirqd; tasklets run where their softirq does',
});

const Happening = z.strictObject({
  event: z.enum(['mark', 'handler', 'softirq', 'tasklet', 'take', 'wake']).meta({
    description:
      'a mark was reached, a hard handler began, a softirq or tasklet began, an item was taken ' +
      'from the work queue, ksoftirqd was woken; the softirq that runs tasklets leaves no trace',
  }),
  name: z.string().max(32).meta({
    description: 'of the mark, the line, the vector, the tasklet, the item; or "ksoftirqd"',
  }),
  context: Context,
  pass: z.int().min(1).optional().meta({
    description: 'of a softirq: the pass over the pending vectors in which it ran, from 1',
  }),
});

const Played = z.strictObject({
  trace: z.array(Happening).max(2 * MAX_SCENE_STEPS),
  pending: z.array(Vector).meta({ description: 'vectors still raised at the end, in their order' }),
  ksoftirqd: z.enum(['asleep', 'woken']).meta({ description: 'at the end' }),
});

/** The misuses that any scene can hold. */
const BUGS = [
  'a raised vector has no handler',
  'local_bh_enable without local_bh_disable',
  'a softirq ends with bottom halves disabled',
  'the process sleeps with bottom halves disabled',
  'a line interrupts again before its handler has ended',
  'the scene does not come to an end',
] as const;

export const softirq = {
  does: 'Software interrupts on one processor: vectors, when they run and in which order.',
  version: 1,
  methods: {
    play: method({
      does: 'Plays a scene. EINVAL: a vector that this system does not have, a line that has no handler, one of them given twice, or another HZ than this kernel is built for.',
      kernel: 'raise_softirq, __do_softirq, irq_exit, local_bh_enable, ksoftirqd',
      args: z.strictObject(scene(HandlerAction, SoftirqAction, ProcessAction)),
      ok: Played,
      errnos: ['EINVAL'],
      bugs: BUGS,
    }),
  },
} as const satisfies PortSpec;

export const tasklet = {
  does: 'Tasklets on one processor: work that runs once however often it was scheduled.',
  version: 1,
  methods: {
    play: method({
      does: 'Plays a scene with tasklets. The HI and TASKLET vectors are theirs. EINVAL: as of softirq.play, a tasklet that is not there or is given twice, or a handler for HI or TASKLET.',
      kernel:
        'tasklet_schedule, tasklet_hi_schedule, tasklet_disable, tasklet_enable, tasklet_action',
      args: z.strictObject({
        ...scene(TaskletHandlerAction, TaskletSoftirqAction, TaskletProcessAction),
        tasklets: z
          .array(
            z.strictObject({
              tasklet: Name,
              vector: z.enum(['HI', 'TASKLET']).meta({
                description: 'by which softirq it runs: tasklet_hi_schedule or tasklet_schedule',
              }),
              does: script(
                TaskletSoftirqAction,
                'what the tasklet does; besides, schedule, disable and enable name a tasklet',
              ),
            }),
          )
          .max(16),
      }),
      ok: Played,
      errnos: ['EINVAL'],
      bugs: [...BUGS, 'a tasklet is to be disabled by what interrupted it, or by itself'],
    }),
  },
} as const satisfies PortSpec;
