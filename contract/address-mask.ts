/**
 * Masks of networks that hosts ask for.
 *
 * Source: RFC 950, appendix I; RFC 1122, section 3.2.2.9; 4.4BSD, netinet/ip_icmp.c.
 */
import { z } from 'zod';
import { Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

export const addressMask = {
  does: 'Has the host of the `network` answer who asks for the mask of its network. It does not before.',
  version: 1,
  methods: {
    answer: method({
      does: 'Switches it on or off. EOPNOTSUPP: this system never answers.',
      kernel: 'icmpmaskrepl; net.inet.icmp.maskrepl',
      args: z.strictObject({ on: z.boolean() }),
      ok: Nothing,
      errnos: ['EOPNOTSUPP'],
    }),
  },
} as const satisfies PortSpec;
