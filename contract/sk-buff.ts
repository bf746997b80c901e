/**
 * sk_buff: the buffer in which a packet travels through the network stack.
 *
 * Positions are offsets in octets from `head`, so that they mean the same in every address space.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h and net/core/skbuff.c.
 */
import { z } from 'zod';
import {
  Handle,
  Int32,
  Length,
  Name,
  Nothing,
  Octets,
  ProcessorStep,
  Schedule,
  Word32,
} from './data.ts';
import { method, type PortSpec } from './port.ts';

const Skb = z.strictObject({ skb: Handle });
const SkbOrNull = z.strictObject({
  skb: Handle.nullable().meta({ description: 'null where the kernel returns NULL' }),
});
const Position = Int32.meta({ description: 'offset in octets from head' });

export const skBuff = {
  does: 'The linear buffer: allocation and the four pointers.',
  version: 1,
  methods: {
    alloc: method({
      does: 'A new, empty buffer.',
      kernel: 'alloc_skb',
      args: z.strictObject({
        size: Length.meta({ description: 'octets asked for; at least these' }),
      }),
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    devAlloc: method({
      does: 'A new buffer as a driver takes it for a frame to come, with 16 octets of headroom for the stack.',
      kernel: 'dev_alloc_skb',
      args: z.strictObject({ size: Length }),
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    reserve: method({
      does: 'Makes headroom in an empty buffer.',
      kernel: 'skb_reserve',
      args: Skb.extend({ length: Length }),
      ok: Nothing,
    }),
    put: method({
      does: 'Extends the contents at the tail and writes the octets there.',
      kernel: 'skb_put',
      args: Skb.extend({ octets: Octets }),
      ok: z.strictObject({
        at: Position.meta({ description: 'where they were written: the old tail' }),
      }),
      bugs: ['the tail passes the end (skb_over_panic)', 'the buffer has page fragments'],
    }),
    push: method({
      does: 'Extends the contents in front and writes the octets there.',
      kernel: 'skb_push',
      args: Skb.extend({ octets: Octets }),
      ok: z.strictObject({
        at: Position.meta({ description: 'where they were written: the new data' }),
      }),
      bugs: ['data passes the head (skb_under_panic)'],
    }),
    pull: method({
      does: 'Removes octets from the front.',
      kernel: 'skb_pull',
      args: Skb.extend({ length: Length }),
      ok: z.strictObject({
        at: Position.nullable().meta({
          description: 'the new data; null where the kernel returns NULL',
        }),
      }),
      bugs: ['the contents are long enough but their linear part is not'],
    }),
    trim: method({
      does: 'Cuts the contents to a length; a greater length changes nothing.',
      kernel: 'skb_trim',
      args: Skb.extend({ length: Length }),
      ok: Nothing,
      bugs: ['a clone shares the fragments that would be cut'],
    }),
    layout: method({
      does: 'The pointers and lengths.',
      kernel: 'struct sk_buff: head, data, tail, end, len, data_len; skb_headroom, skb_tailroom',
      args: Skb,
      ok: z.strictObject({
        data: Position,
        tail: Position,
        end: Position,
        len: Int32.meta({ description: 'octets of contents in all' }),
        dataLen: Int32.meta({ description: 'octets of contents outside the linear buffer' }),
        headroom: Int32,
        tailroom: Int32,
      }),
    }),
    contents: method({
      does: 'The octets of the contents, page fragments included.',
      kernel: 'skb_copy_bits',
      args: Skb,
      ok: z.strictObject({ octets: Octets }),
    }),
    memory: method({
      does: 'Octets of the linear buffer, whether they are contents or not.',
      kernel: 'skb->head[from..from+length]',
      args: Skb.extend({ from: Length, length: Length }),
      ok: z.strictObject({ octets: Octets }),
      bugs: ['not within head and end'],
    }),
    write: method({
      does: 'Overwrites octets of the linear contents, as a layer does with its header.',
      kernel: 'skb->data[offset..]',
      args: Skb.extend({
        offset: Length.meta({ description: 'from data, not from head' }),
        octets: Octets,
      }),
      ok: Nothing,
      bugs: ['not within data and tail'],
    }),
  },
} as const satisfies PortSpec;

export const skBuffSharing = {
  does: 'References, clones and copies of a buffer. A handle is one descriptor; a clone has its own.',
  version: 1,
  methods: {
    get: method({
      does: 'Takes one more reference to the descriptor.',
      kernel: 'skb_get',
      args: Skb,
      ok: Nothing,
    }),
    free: method({
      does: 'Gives up one reference; the last one frees the descriptor, the last descriptor the data.',
      kernel: 'kfree_skb',
      args: Skb,
      ok: z.strictObject({ descriptorFreed: z.boolean(), dataFreed: z.boolean() }),
      bugs: ['the descriptor is freed already', 'the descriptor is still on a list'],
    }),
    state: method({
      does: 'Who else uses the descriptor and the data.',
      kernel: 'skb_cloned, skb_shared, skb->users, skb_shinfo(skb)->dataref',
      args: Skb,
      ok: z.strictObject({
        cloned: z.boolean(),
        shared: z.boolean(),
        users: z.int(),
        dataref: z.int(),
      }),
      bugs: ['the descriptor is freed already'],
    }),
    clone: method({
      does: 'A second descriptor of the same data.',
      kernel: 'skb_clone',
      args: Skb,
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    copy: method({
      does: 'A full copy: descriptor, data, headroom; page fragments become linear.',
      kernel: 'skb_copy',
      args: Skb,
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    shareCheck: method({
      does: "A descriptor to call one's own: the same if nobody else holds it, else a clone for which the reference is given up.",
      kernel: 'skb_share_check',
      args: Skb,
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    unshare: method({
      does: 'A buffer to write into: the same if its data are not cloned, else a copy for which the reference is given up.',
      kernel: 'skb_unshare',
      args: Skb,
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    cow: method({
      does: 'Makes the data private and the headroom at least so long, by re-allocation where needed.',
      kernel: 'skb_cow',
      args: Skb.extend({ headroom: Length }),
      ok: Nothing,
      errnos: ['ENOMEM'],
      bugs: ['the descriptor is shared and its data would have to move'],
    }),
    reallocHeadroom: method({
      does: 'A private copy of the linear part with at least so much headroom; the original is untouched.',
      kernel: 'skb_realloc_headroom',
      args: Skb.extend({ headroom: Length }),
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
    expandHead: method({
      does: 'Re-allocates the data with so much more headroom and tailroom.',
      kernel: 'pskb_expand_head',
      args: Skb.extend({ headroom: Length, tailroom: Length }),
      ok: Nothing,
      errnos: ['ENOMEM'],
      bugs: ['the descriptor is shared'],
    }),
  },
} as const satisfies PortSpec;

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

export const skBuffPaged = {
  does: 'Contents that continue in page fragments. Needs sk-buff; `copyLinearPart` needs sk-buff-sharing.',
  version: 1,
  methods: {
    addFragment: method({
      does: 'Appends a page fragment that holds the octets.',
      kernel: 'skb_shinfo(skb)->frags[]',
      args: Skb.extend({ octets: Octets }),
      ok: Nothing,
      bugs: ['there are MAX_SKB_FRAGS (18) already'],
    }),
    mayPull: method({
      does: 'Makes the first octets of the contents linear.',
      kernel: 'pskb_may_pull',
      args: Skb.extend({ length: Length }),
      ok: z.strictObject({ may: z.boolean() }),
      bugs: ['the descriptor is shared and its data would have to move'],
    }),
    linearize: method({
      does: 'Makes all contents linear.',
      kernel: 'skb_linearize',
      args: Skb,
      ok: Nothing,
      errnos: ['ENOMEM'],
      bugs: ['the descriptor is shared and its data would have to move'],
    }),
    copyLinearPart: method({
      does: 'A copy with a linear part of its own; page fragments are shared.',
      kernel: 'pskb_copy',
      args: Skb,
      ok: Skb,
      errnos: ['ENOMEM'],
    }),
  },
} as const satisfies PortSpec;

/** Views of the three header pointers; `raw` reads the octets from the header to the tail. */
const View = z.enum(['th', 'uh', 'icmph', 'igmph', 'ipiph', 'iph', 'ipv6h', 'arph', 'raw']);

export const skBuffHeaders = {
  does: 'The header pointers h, nh and mac. Needs sk-buff.',
  version: 1,
  methods: {
    mark: method({
      does: 'Lets a header pointer name the present start of the contents.',
      kernel: 'skb->h.raw, skb->nh.raw, skb->mac.raw = skb->data',
      args: Skb.extend({ header: z.enum(['h', 'nh', 'mac']) }),
      ok: Nothing,
    }),
    where: method({
      does: 'The three header pointers; null for one never set.',
      kernel: 'skb->h.raw, skb->nh.raw, skb->mac.raw',
      args: Skb,
      ok: z.strictObject({
        h: Position.nullable(),
        nh: Position.nullable(),
        mac: Position.nullable(),
      }),
    }),
    view: method({
      does: 'Reads what a header pointer names through one member of its union.',
      kernel: 'skb->h.th, skb->nh.iph, skb->mac.raw ...',
      args: Skb.extend({ header: z.enum(['h', 'nh', 'mac']), as: View }),
      ok: z.strictObject({
        fields: z.record(z.string(), z.union([Word32, z.string().max(2 * 65_536)])).meta({
          description:
            'th: source dest seq ackSeq doff · uh: source dest len check · icmph: type code checksum · ' +
            'igmph: type code csum group · iph, ipiph: version ihl tos totLen id fragOff ttl protocol ' +
            'check saddr daddr · ipv6h: version payloadLen nexthdr hopLimit · arph: arHrd arPro arHln arPln ' +
            'arOp · raw: octets. Numbers in host order, addresses dotted, octets in hex; the whole header must lie before the tail',
        }),
      }),
      bugs: ['the header pointer was never set', 'the view is no member of that union'],
    }),
  },
} as const satisfies PortSpec;

const Category = z.enum(['layout', 'socket', 'general', 'feature']);

/** Fields that a buffer carries beside its pointers. */
const FieldName = z.enum([
  'stamp',
  'dev',
  'input_dev',
  'real_dev',
  'priority',
  'protocol',
  'security',
  'pkt_type',
  'ip_summed',
  'csum',
  'cb',
]);

export const skBuffFields = {
  does: 'The fields of a buffer, and its control block. Needs sk-buff.',
  version: 1,
  methods: {
    fields: method({
      does: 'Every field of struct sk_buff with its category.',
      kernel: 'struct sk_buff',
      args: z.strictObject({}),
      ok: z.strictObject({
        fields: z.array(z.strictObject({ name: z.string().max(64), category: Category })).max(200),
      }),
    }),
    set: method({
      does: 'Writes a field; for cb, octets from its start.',
      kernel: 'skb->stamp, skb->dev ... skb->cb',
      args: Skb.extend({
        field: FieldName,
        value: z.union([Word32, z.string().max(256)]).meta({
          description: 'devices by name, cb in hex, the rest as numbers',
        }),
      }),
      ok: Nothing,
      bugs: ['more octets than cb holds'],
    }),
    get: method({
      does: 'Reads a field; cb in full.',
      kernel: 'skb->stamp, skb->dev ... skb->cb',
      args: Skb.extend({ field: FieldName }),
      ok: z.strictObject({ value: z.union([Word32, z.string().max(256), z.null()]) }),
    }),
    tcpReceive: method({
      does: "Fills TCP's control block from the TCP header at data, as TCP does on receipt of a segment.",
      kernel: 'tcp_v4_rcv: TCP_SKB_CB(skb)',
      args: Skb,
      ok: Nothing,
      bugs: ['the contents are shorter than the TCP header says'],
    }),
    tcpControlBlock: method({
      does: "Reads cb as TCP's control block, whoever wrote it last.",
      kernel: 'TCP_SKB_CB(skb)',
      args: Skb,
      ok: z.strictObject({
        seq: Word32,
        endSeq: Word32,
        when: Word32,
        flags: z.int().min(0).max(255),
      }),
    }),
    ipControlBlock: method({
      does: 'Lets IP use cb for its own: it writes its options there, none of them set.',
      kernel: 'memset(&(IPCB(skb)->opt), 0, sizeof(struct ip_options))',
      args: Skb,
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
