/**
 * sk_buff: the buffer in which a packet travels through the network stack.
 *
 * Positions are offsets in octets from `head`, so that they mean the same in every address space.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h and net/core/skbuff.c.
 */
import { z } from 'zod';
import { Handle, Int32, Length, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Skb = z.strictObject({ skb: Handle });
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
      kernel: 'skb_trim; from Linux 2.6.18 on pskb_trim where there are page fragments',
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
