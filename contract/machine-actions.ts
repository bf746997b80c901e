/**
 * The actions that programs of the machine are made of.
 *
 * A program is a list of actions. Each takes one step of the processor that runs it, unless it says
 * otherwise; between two steps an interrupt may come. What an action may not do in the context it is
 * in, the kernel catches as a bug.
 */
import { z } from 'zod';
import { ERRNOS } from './errno.ts';
import { Int32, Name } from './data.ts';
import { PRIORITY_LEVELS, SOFTIRQS } from './vocabulary.ts';

/** Signals of the machine, by name. */
export const SIGNALS = [
  'SIGINT',
  'SIGILL',
  'SIGFPE',
  'SIGKILL',
  'SIGSEGV',
  'SIGALRM',
  'SIGUSR1',
  'SIGCHLD',
] as const;

export type Signal = (typeof SIGNALS)[number];

export type PriorityLevel = (typeof PRIORITY_LEVELS)[number];

export type Softirq = (typeof SOFTIRQS)[number];

export const REGISTERS = ['r0', 'r1', 'r2', 'r3'] as const;

export type Register = (typeof REGISTERS)[number];

export const Steps = z.int().min(0).max(10_000).meta({ description: 'steps of the processor' });

const SignalName = z.enum(SIGNALS);
const RegisterName = z.enum(REGISTERS).meta({ description: 'general register' });
const Variable = Name.meta({
  description:
    'word of kernel memory, 0 before its first store; "it": named as what was taken last',
});
const Channel = Name.meta({
  description: 'what is slept on; "it": named as what this program took last from a queue',
});
const Address = z
  .int()
  .min(0)
  .max(0xffff_ffff)
  .meta({ description: 'user address; 0x1000 to 0x1fff is mapped, one word an address' });
const Ticks = z.int().min(1).max(1_000_000).meta({ description: 'ticks of the clock from now on' });

/** How a spin lock is taken. */
const Guard = z
  .enum(['plain', 'irq', 'bh'])
  .optional()
  .meta({
    description:
      'irq: with local interrupts off, restored as they were; bh: with bottom halves disabled; ' +
      'left out: plain',
  });

const plain = <Verb extends string>(verb: Verb) => z.strictObject({ do: z.literal(verb) });

export const Action = z.discriminatedUnion('do', [
  // Anywhere
  plain('compute').extend({ steps: Steps.min(1).meta({ description: 'takes so many steps' }) }),
  plain('mark').extend({ what: Name }),
  plain('look').meta({ description: 'shows the state of the processor in the trace' }),
  plain('set').extend({ register: RegisterName, value: Int32 }),
  plain('add').extend({ register: RegisterName, value: Int32 }),

  // In user mode
  plain('call').extend({
    number: z.int().min(-1).max(1000).meta({ description: 'of the system call' }),
    args: z.array(Int32).max(6).optional().meta({ description: 'left out: none' }),
  }),
  plain('poke').extend({ address: Address, value: Int32 }).meta({ description: 'store in memory' }),
  plain('peek').extend({ address: Address, register: RegisterName }),
  plain('float-divide').extend({
    reportedAfter: Steps.meta({
      description:
        'steps of the same process until it is reported; its next float-divide reports it too',
    }),
  }),

  // In user mode, where they reach the process as a signal, and in the kernel, where they do not
  plain('divide-by-zero'),
  plain('illegal').meta({ description: 'an instruction that there is not' }),
  plain('touch').extend({ address: Address }),

  // In the kernel, wherever; a process that tries one in user mode is trapped
  plain('load').extend({ register: RegisterName, from: Variable }),
  plain('store').extend({ register: RegisterName, in: Variable }),
  plain('atomic-add').extend({ to: Variable, value: Int32 }),
  plain('enqueue').extend({ queue: Name, item: Name }).meta({
    description: 'takes two steps: it reads where the queue ends, then writes there',
  }),
  plain('dequeue').extend({ queue: Name }),
  plain('wake').extend({ channel: Channel }),
  plain('raise-softirq').extend({ softirq: z.enum(SOFTIRQS) }),
  plain('raise-line').extend({ line: Name }),
  plain('start').extend({ line: Name, steps: Steps }).meta({
    description:
      'a device begins; it raises its line when this processor has taken so many steps more',
  }),
  plain('signal').extend({ process: Name, signal: SignalName }).meta({
    description: 'reaches nobody where that process was not forked yet, or has ended',
  }),
  plain('raise-priority')
    .extend({ to: z.enum(PRIORITY_LEVELS) })
    .meta({ description: 'of the processor, unless it is higher; what it was is kept (splbio)' }),
  plain('lower-priority')
    .extend({ to: z.enum(PRIORITY_LEVELS) })
    .meta({
      description: 'of the processor, unless it is lower',
    }),
  plain('restore-priority').meta({
    description: 'to what it was before the last raise that was not yet restored (splx)',
  }),
  plain('disable-interrupts').meta({ description: 'on this processor' }),
  plain('enable-interrupts'),
  plain('disable-line').extend({ line: Name }).meta({
    description:
      'on all processors, until it was enabled as often; goes on when its handler runs on no other',
  }),
  plain('enable-line').extend({ line: Name }),
  plain('save-interrupts').meta({ description: 'keeps whether they are on, and disables them' }),
  plain('restore-interrupts').meta({ description: 'as they were before the matching save' }),
  plain('disable-bottom-halves'),
  plain('enable-bottom-halves'),
  plain('disable-preemption'),
  plain('enable-preemption'),
  plain('lock').extend({ lock: Name, guard: Guard }).meta({
    description: 'spin lock; a step for each try',
  }),
  plain('unlock').extend({ lock: Name, guard: Guard }),
  plain('up').extend({ semaphore: Name }),
  plain('set-timer').extend({ timer: Name, ticks: Ticks }),
  plain('delete-timer').extend({ timer: Name }),

  // In a system call
  plain('sleep').extend({
    on: Name.meta({ description: 'channel' }),
    interruptible: z.boolean().optional().meta({
      description: 'a signal ends the sleep, and the call; left out: it does not',
    }),
    until: z.strictObject({ variable: Variable, is: Int32 }).optional().meta({
      description: 'looked at before each sleep; left out: the next wake-up ends it',
    }),
  }),
  plain('down').extend({ semaphore: Name }),
  plain('copy-in').extend({ address: Address, register: RegisterName }),
  plain('copy-out').extend({ register: RegisterName, address: Address }),
  plain('transfer').extend({
    octets: z.int().min(1).max(1_000_000).meta({
      description: 'to the caller; what a call that is then interrupted returns',
    }),
  }),
  plain('return').extend({ value: Int32 }),
  plain('fail').extend({ errno: z.enum(ERRNOS) }),
  plain('yield').meta({ description: 'lets others run; goes on when its turn comes' }),
  plain('alarm')
    .extend({
      ticks: z
        .int()
        .min(0)
        .max(1_000_000)
        .meta({ description: 'ticks from now on; 0: none any more' }),
    })
    .meta({
      description: 'SIGALRM for the caller',
    }),
  plain('fork').extend({
    process: Name.meta({ description: 'of the scene, with this parent, and not forked yet' }),
  }),
  plain('wait').meta({
    description: 'for a child to end; returns its status, -1 if a signal has ended it, or ECHILD',
  }),
  plain('exit').extend({ status: z.int().min(0).max(255) }),
]);

export type Action = z.infer<typeof Action>;

export const Program = z.array(Action).max(1000).meta({ description: 'actions, in order' });
