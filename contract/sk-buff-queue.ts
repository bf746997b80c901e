/**
 * Lists of sk_buff, used by one processor or by several.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h (struct sk_buff_head), net/core/skbuff.c.
 */
import { z } from 'zod';
import { Handle, Name, Nothing, ProcessorStep, Schedule } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Skb = z.strictObject({ skb: Handle });
const SkbOrNull = z.strictObject({
  skb: Handle.nullable().meta({ description: 'null where the kernel returns NULL' }),
});
const Queue = z.strictObject({ queue: Name });

export const skBuffQueue = {
  does: 'Lists of buffers, by name; a queue that was never named is empty. Needs sk-buff.',
  version: 1,
  methods: {
    queueHead: method({
      does: 'Puts a buffer first.',
      kernel: 'skb_queue_head',
      args: Queue.extend({ skb: Handle }),
      ok: Nothing,
      bugs: ['the buffer is on a list already'],
    }),
    queueTail: method({
      does: 'Puts a buffer last.',
      kernel: 'skb_queue_tail',
      args: Queue.extend({ skb: Handle }),
      ok: Nothing,
      bugs: ['the buffer is on a list already'],
    }),
    insert: method({
      does: 'Puts a buffer before one that is on a list.',
      kernel: 'skb_insert',
      args: z.strictObject({ before: Handle, skb: Handle }),
      ok: Nothing,
      bugs: ['the buffer is on a list already', 'the other is on none'],
    }),
    append: method({
      does: 'Puts a buffer behind one that is on a list.',
      kernel: 'skb_append',
      args: z.strictObject({ after: Handle, skb: Handle }),
      ok: Nothing,
      bugs: ['the buffer is on a list already', 'the other is on none'],
    }),
    unlink: method({
      does: 'Takes a buffer off its list; on no list, nothing happens.',
      kernel: 'skb_unlink',
      args: Skb,
      ok: Nothing,
    }),
    dequeue: method({
      does: 'Takes the first buffer off.',
      kernel: 'skb_dequeue',
      args: Queue,
      ok: SkbOrNull,
    }),
    dequeueTail: method({
      does: 'Takes the last buffer off.',
      kernel: 'skb_dequeue_tail',
      args: Queue,
      ok: SkbOrNull,
    }),
    peek: method({
      does: 'The first buffer, which stays.',
      kernel: 'skb_peek',
      args: Queue,
      ok: SkbOrNull,
    }),
    peekTail: method({
      does: 'The last buffer, which stays.',
      kernel: 'skb_peek_tail',
      args: Queue,
      ok: SkbOrNull,
    }),
    purge: method({
      does: 'Takes all buffers off and frees them.',
      kernel: 'skb_queue_purge',
      args: Queue,
      ok: Nothing,
    }),
    walk: method({
      does: 'The count, and the buffers as the links tell them.',
      kernel: 'struct sk_buff_head: next, prev, qlen',
      args: Queue,
      ok: z.strictObject({
        qlen: z.int(),
        forward: z.array(Handle).meta({ description: 'along next, from the head' }),
        backward: z.array(Handle).meta({ description: 'along prev, from the head' }),
      }),
      bugs: ['the links do not lead back to the head'],
    }),
    listOf: method({
      does: 'The queue that the buffer says it is on.',
      kernel: 'skb->list',
      args: Skb,
      ok: z.strictObject({ queue: Name.nullable() }),
    }),
  },
} as const satisfies PortSpec;

const QueueAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('queue-tail'), skb: Handle }),
  z.strictObject({ do: z.literal('dequeue') }),
]);

export const skBuffQueueSmp = {
  does: 'One queue used by several processors at once, step by step. Needs sk-buff-queue.',
  version: 1,
  methods: {
    useTogether: method({
      does: 'Each processor performs its actions on one queue, a step at a time, in the order of the schedule: it takes the lock or spins, reads or writes one link or the count, unlocks.',
      kernel: 'skb_queue_tail, skb_dequeue under sk_buff_head.lock',
      args: Queue.extend({
        processors: z.array(z.array(QueueAction).max(16)).min(1).max(8),
        schedule: Schedule,
      }),
      ok: z.strictObject({
        taken: z
          .array(z.array(Handle.nullable()))
          .meta({ description: 'per processor, what each of its dequeues got' }),
        steps: z.array(ProcessorStep).max(20_000),
      }),
      bugs: ['the processors do not come to an end'],
    }),
  },
} as const satisfies PortSpec;
