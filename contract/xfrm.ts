/**
 * Transforms of packets on their way out.
 *
 * Source: Linux 2.6.11, net/ipv4/xfrm4_output.c; include/net/dst.h, dst_output().
 */
import { z } from 'zod';
import { Ipv4, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** Octets of a header or trailer, as long as any of IPsec. */
const MAX_ROOM = 256;

export const xfrm = {
  does:
    'Transforms that packets of this host pass on the `network`, as those of IPsec: outputs of routes that ' +
    'stand on top of each other, IP below.',
  version: 1,
  methods: {
    stack: method({
      does:
        'Packets that are sent to the address pass the transforms from now on, the first first. Each puts ' +
        'its header between the IP header and what follows, its trailer behind, and its number into the ' +
        'IP header. An empty list takes them off.',
      kernel: 'xfrm_lookup, xfrm4_output',
      args: z.strictObject({
        to: Ipv4,
        transforms: z
          .array(
            z.strictObject({
              protocol: z.int().min(1).max(255),
              header: Octets.max(2 * MAX_ROOM),
              trailer: Octets.max(2 * MAX_ROOM),
              answer: z.enum(['NET_XMIT_BYPASS', '0', 'EHOSTUNREACH', 'ENOBUFS', 'EPERM']).meta({
                description:
                  'what its output returns: NET_XMIT_BYPASS to have the next called; 0, having taken ' +
                  'the packet away; or an error, having freed it',
              }),
            }),
          )
          .max(8),
      }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
