/**
 * What an sk_buff says of its packet on the way through the stack.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h, struct sk_buff.
 */
import { z } from 'zod';
import { Handle, Ipv4, Length, Name, Nothing, Word16, Word32 } from './data.ts';
import { Nanoseconds } from './network.ts';
import { method, type PortSpec } from './port.ts';
import { IP_SUMMED, PACKET_TYPES, SKB_PROBES } from './vocabulary.ts';

export const skbTrace = {
  does: 'Fields of each packet of the `network` as functions of the stack are given it.',
  version: 1,
  methods: {
    watch: method({
      does: 'Keeps in mind from now on what these functions are given, and no others.',
      args: z.strictObject({ functions: z.array(z.enum(SKB_PROBES)).max(SKB_PROBES.length) }),
      ok: Nothing,
    }),
    seen: method({
      does: 'What they were given since the last such question, in order.',
      kernel: 'struct sk_buff',
      args: Nothing,
      ok: z.strictObject({
        seen: z
          .array(
            z.strictObject({
              function: z.enum(SKB_PROBES),
              stamp: Nanoseconds.meta({ description: 'when it came in; 0 for what did not' }),
              dev: Name.nullable(),
              inputDev: Name.nullable(),
              packetType: z.enum(PACKET_TYPES),
              protocol: Word16.meta({ description: 'as in the Ethernet header' }),
              priority: Word32,
              summed: z.enum(IP_SUMMED).meta({ description: 'ip_summed' }),
              length: Length.meta({ description: 'skb->len' }),
              socket: Handle.nullable().meta({
                description: 'sk: a socket that was handed out; null for none',
              }),
              route: z
                .strictObject({ device: Name, nextHop: Ipv4 })
                .nullable()
                .meta({ description: 'dst; null before there is one' }),
            }),
          )
          .max(10_000),
      }),
    }),
  },
} as const satisfies PortSpec;
