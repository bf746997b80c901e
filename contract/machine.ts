/**
 * The machine: processors that run processes, system calls, interrupt handlers and software
 * interrupts, all given as programs.
 *
 * One request holds a whole scene and is answered with what happened, in order. Nothing is kept
 * between two requests.
 *
 * Source: 4.4BSD and Linux 2.6.11; the vocabulary is our own.
 */
import { z } from 'zod';
import { Int32, Name, Schedule, Word32 } from './data.ts';
import { Program, REGISTERS, SIGNALS, Steps } from './machine-actions.ts';
import { PRIORITY_LEVELS, SOFTIRQS } from './vocabulary.ts';
import { method, type PortSpec } from './port.ts';
import { EVENTS, MAX_MACHINE_EVENTS, MAX_MACHINE_STEPS } from './vocabulary.ts';

export const MAX_PROCESSORS = 8;

const ProcessorNumber = z
  .int()
  .min(0)
  .max(MAX_PROCESSORS - 1);

const SignalHandler = z.strictObject({
  signal: z.enum(SIGNALS),
  restart: z.boolean().optional().meta({
    description: 'SA_RESTART: an interrupted call begins again; left out: it fails with EINTR',
  }),
  program: Program,
});

const Process = z.strictObject({
  name: Name,
  program: Program.meta({ description: 'in user mode' }),
  priority: z.int().min(0).max(99).optional().meta({
    description: 'a higher one runs first; left out: 0',
  }),
  processor: ProcessorNumber.optional().meta({
    description: 'the only one that runs it; left out: any',
  }),
  parent: Name.optional().meta({
    description: 'the process that forks it; left out: it is there from the beginning',
  }),
  handlers: z.array(SignalHandler).max(8).optional(),
});

const Call = z.strictObject({
  name: Name,
  number: z.int().min(0).max(1000),
  program: Program.meta({ description: 'in kernel mode; returns 0 unless it says otherwise' }),
});

const Line = z.strictObject({
  name: Name,
  level: z.enum(PRIORITY_LEVELS).optional().meta({
    description: 'served when the priority of the processor is below it; left out: splbio',
  }),
  fast: z.boolean().optional().meta({
    description: 'its handler runs with local interrupts off (SA_INTERRUPT); left out: not',
  }),
  program: Program.optional().meta({ description: 'its handler; left out: nobody claims it' }),
});

const Softirq = z.strictObject({ name: z.enum(SOFTIRQS), program: Program });

const Timer = z.strictObject({ name: Name, program: Program });

const Arrival = z.strictObject({
  line: Name,
  after: Steps.meta({ description: 'raised when its processor has taken so many steps' }),
  processor: ProcessorNumber.optional().meta({ description: 'that is interrupted; left out: 0' }),
});

const Scene = z.strictObject({
  processors: z.int().min(1).max(MAX_PROCESSORS).optional().meta({ description: 'left out: 1' }),
  interruptStack: z
    .enum(['process', 'system'])
    .optional()
    .meta({
      description:
        'where handlers run: on the kernel stack of whoever is interrupted, or on a stack of the ' +
        'processor; left out: process',
    }),
  softInterrupts: z
    .enum(['flag', 'hardware'])
    .optional()
    .meta({
      description:
        'a software interrupt is a flag that is looked at when the priority drops, or a line of the ' +
        'lowest level; left out: flag',
    }),
  preemptible: z.boolean().optional().meta({
    description: 'kernel mode too may be preempted (CONFIG_PREEMPT); left out: it may not',
  }),
  clock: z
    .strictObject({
      every: Steps.min(1).meta({ description: 'steps of a processor from tick to tick' }),
      quantum: z.int().min(1).max(1000).optional().meta({
        description: 'ticks that a process runs before an equal has its turn; left out: no end',
      }),
    })
    .optional()
    .meta({ description: 'left out: the clock stands still' }),
  processes: z.array(Process).max(16).optional(),
  calls: z.array(Call).max(32).optional(),
  lines: z.array(Line).max(16).optional(),
  softirqs: z.array(Softirq).max(SOFTIRQS.length).optional(),
  timers: z.array(Timer).max(16).optional(),
  memory: z.record(Name, Int32).optional().meta({ description: 'words that are not 0 at first' }),
  semaphores: z.record(Name, z.int().min(0).max(1000)).optional().meta({
    description: 'counts; one that is not named here begins at 1',
  }),
  arrivals: z.array(Arrival).max(1000).optional(),
  schedule: Schedule.optional(),
});

/** What an observer sees of a processor. */
const State = z.strictObject({
  mode: z.enum(['user', 'kernel']),
  current: Name.nullable().meta({ description: 'the process that has the processor; null: idle' }),
  stack: Name.nullable().meta({
    description:
      'whose stack it is: a process, "idle", or "interrupt" for the one of the processor; null in user mode',
  }),
  depth: z.int().min(0).meta({
    description: 'frames on that stack; in user mode: on the kernel stack of the process, so 0',
  }),
  level: z.enum(PRIORITY_LEVELS).meta({ description: 'priority of the processor' }),
  interrupts: z.boolean().meta({ description: 'local interrupts are on' }),
  preemptCount: Word32.meta({
    description: 'preemption disabled + 0x100 x bottom halves disabled + 0x10000 x hard interrupts',
  }),
  registers: z.strictObject(
    Object.fromEntries(REGISTERS.map((name) => [name, Int32])) as Record<
      (typeof REGISTERS)[number],
      typeof Int32
    >,
  ),
  args: z.array(Int32).max(6).meta({ description: 'of the system call; empty outside of one' }),
  result: Int32.nullable().meta({ description: 'of the last call of the process; null: none yet' }),
  errno: z.string().nullable().meta({ description: 'of the process; null before a call failed' }),
});

export type EventName = keyof typeof EVENTS;

const TraceEvent = z.strictObject({
  processor: ProcessorNumber,
  step: z.int().min(0).meta({ description: 'steps that this processor had taken' }),
  who: z.string().max(40).meta({
    description: 'process, "idle", line, software interrupt, timer, or "ksoftirqd"',
  }),
  did: z.enum(Object.keys(EVENTS) as [EventName, ...EventName[]]).meta({
    description: Object.entries(EVENTS)
      .map(([name, what]) => `${name}: ${what}`)
      .join('; '),
  }),
  what: z.string().max(64).optional(),
  state: State.optional().meta({ description: 'with sees' }),
});

const Wait = z.strictObject({
  who: z.string().max(40),
  for: z.string().max(64).meta({ description: 'channel, semaphore, lock, or "child"' }),
  heldBy: z.string().max(40).optional().meta({ description: 'where somebody holds it' }),
});

const Usage = z.strictObject({
  process: Name,
  user: z.int().min(0).meta({ description: 'ticks in user mode' }),
  system: z.int().min(0).meta({ description: 'ticks in kernel mode' }),
});

const Ended = z.strictObject({
  trace: z.array(TraceEvent).max(MAX_MACHINE_EVENTS),
  end: z.enum(['done', 'asleep', 'deadlock', 'bug', 'limit']).meta({
    description:
      'done: no process is left; asleep: those left sleep and nothing will wake them; deadlock: ' +
      'they wait for locks or semaphores that are held; bug: the kernel caught a misuse; limit: ' +
      `${MAX_MACHINE_STEPS} steps were taken or ${MAX_MACHINE_EVENTS} events have happened`,
  }),
  reason: z.string().max(400).optional().meta({ description: 'with bug' }),
  waits: z
    .array(Wait)
    .max(64)
    .meta({ description: 'with asleep and deadlock: who waits for what' }),
  memory: z.record(Name, Int32).meta({ description: 'every word that was ever stored' }),
  queues: z.record(Name, z.array(Name).max(1000)).meta({ description: 'what is left in them' }),
  steps: z.array(z.int().min(0)).max(MAX_PROCESSORS).meta({ description: 'by processor' }),
  ticks: z.int().min(0).meta({ description: 'of the clock on processor 0 (jiffies)' }),
  idle: z
    .int()
    .min(0)
    .meta({ description: 'ticks that found a processor idle, and not in a handler' }),
  usage: z.array(Usage).max(16).meta({ description: 'what ticks were charged to each process' }),
  spurious: z.int().min(0).meta({ description: 'interrupts that nobody claimed' }),
});

const RunMethod = method({
  does: 'Boots a machine, runs the scene until nothing more can happen, and tells what did. Without a schedule the processors take a step each in turn. Names in a list of the scene differ, and the parents, lines and processors that it names are there.',
  args: Scene,
  ok: Ended,
});

export const machine = {
  does: 'One processor with processes, system calls, interrupts, software interrupts, clock and signals.',
  version: 1,
  methods: { run: RunMethod },
} as const satisfies PortSpec;

export const machineSmp = {
  does: 'The same with several processors, which take their steps by a schedule.',
  version: 1,
  methods: { run: RunMethod },
} as const satisfies PortSpec;
