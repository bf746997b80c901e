/**
 * Notifier chains: prioritised lists by which one kernel subsystem tells others of an event.
 *
 * Source: Linux 2.6.11, kernel/sys.c and include/linux/notifier.h.
 */
import { z } from 'zod';
import { Int32, Name, Nothing, ProcessorStep, Schedule, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Answer = Word32.meta({
  description:
    'NOTIFY_DONE 0x0000, NOTIFY_OK 0x0001, NOTIFY_BAD 0x8002, NOTIFY_STOP 0x8001; any word with ' +
    'NOTIFY_STOP_MASK 0x8000 ends the call',
});

const PlainBlock = z.strictObject({
  name: Name.meta({ description: 'unique on its chain' }),
  priority: Int32.optional().meta({
    description: 'a higher priority runs earlier; left out: the field is not initialised, thus 0',
  }),
  answer: Answer,
});

const CallbackAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('register'), block: PlainBlock }),
  z.strictObject({ do: z.literal('unregister'), name: Name }),
]);

/** One notifier, described as data so that an adapter can build it in another process. */
const Block = PlainBlock.extend({
  actions: z
    .array(CallbackAction)
    .max(16)
    .optional()
    .meta({ description: 'what the callback does to its own chain, before it answers' }),
});

export const notifierChain = {
  does: 'Notifier chains, by name; a chain that was never named is empty.',
  version: 1,
  methods: {
    register: method({
      does: 'Puts a block on a chain. A name that is on the chain stands for the block that has it, which is then registered a second time.',
      kernel: 'notifier_chain_register',
      args: z.strictObject({ chain: Name, block: Block }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    unregister: method({
      does: 'Takes the block of that name off its chain.',
      kernel: 'notifier_chain_unregister',
      args: z.strictObject({ chain: Name, name: Name }),
      ok: Nothing,
      errnos: ['ENOENT'],
    }),
    call: method({
      does: 'Announces an event to the blocks of a chain.',
      kernel: 'notifier_call_chain',
      args: z.strictObject({
        chain: Name,
        event: Word32.meta({ description: 'event value, such as NETDEV_UP 0x0001' }),
        data: z.string().max(64).meta({ description: 'stands for the pointer handed to each' }),
      }),
      ok: z.strictObject({
        result: Answer,
        heard: z
          .array(z.strictObject({ name: Name, event: Word32, data: z.string().max(64) }))
          .max(10_000)
          .meta({ description: 'each block that ran, in order, and what it was handed' }),
      }),
      bugs: ['the chain has no end'],
    }),
  },
} as const satisfies PortSpec;

export const notifierChainSmp = {
  does: 'Registration on several processors at once, step by step.',
  version: 1,
  methods: {
    registerTogether: method({
      does: 'Each processor registers its blocks, one after another, on one chain. A processor takes a step at a time, in the order of the schedule: it takes the lock or spins, looks at one block, links, unlocks.',
      kernel: 'notifier_chain_register under notifier_lock',
      args: z.strictObject({
        chain: Name,
        processors: z.array(z.array(PlainBlock).max(16)).min(1).max(8),
        schedule: Schedule,
      }),
      ok: z.strictObject({
        order: z.array(Name).meta({ description: 'the chain afterwards, first to last' }),
        steps: z.array(ProcessorStep).max(20_000),
      }),
      bugs: ['the processors do not come to an end'],
    }),
  },
} as const satisfies PortSpec;
