/**
 * What fragments that wait for the rest of their datagrams take of memory.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_fragment.c, ip_frag_mem, ip_evictor().
 */
import { z } from 'zod';
import { Length, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

export const reassemblyMemory = {
  does: 'The memory that fragments on the `network` wait in, and its two marks.',
  version: 1,
  methods: {
    read: method({
      does: 'How much it is, and how much it may be.',
      kernel: '/proc/net/sockstat; ipfrag_high_thresh, ipfrag_low_thresh in /proc/sys/net/ipv4',
      args: Nothing,
      ok: z.strictObject({
        octets: Length.meta({ description: 'taken, with what keeping fragments costs' }),
        datagrams: Length.meta({ description: 'of which not all fragments have come' }),
        high: Length.meta({ description: 'octets above which a fragment has others thrown away' }),
        low: Length.meta({ description: 'octets down to which they are' }),
      }),
    }),
  },
} as const satisfies PortSpec;
