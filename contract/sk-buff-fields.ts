/**
 * What an sk_buff says of its packet: header pointers, fields, control block.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h, include/net/tcp.h.
 */
import { z } from 'zod';
import { Handle, Int32, Nothing, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Skb = z.strictObject({ skb: Handle });
const Position = Int32.meta({ description: 'offset in octets from head' });

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
