/**
 * IP as protocols use it that size their packets themselves: TCP, SCTP.
 *
 * Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_queue_xmit().
 */
import { z } from 'zod';
import { Handle, Ipv4, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Association = z.strictObject({
  association: Handle.meta({ description: 'an association that was made' }),
});

/** Settings that packets show. */
const SETTINGS = ['IP_MTU_DISCOVER', 'IP_TOS', 'IP_TTL', 'SO_PRIORITY'] as const;

export const ipQueueXmit = {
  does:
    'A protocol on the `network` that cuts its data into segments itself and hands each down to IP, with ' +
    'itself in the place of TCP or SCTP. No handler for what comes in is needed.',
  version: 1,
  methods: {
    open: method({
      does: 'Makes the socket of an association: its peer is fixed, nothing is sent or looked up yet.',
      kernel: 'struct sock, inet->daddr, inet->opt',
      args: z.strictObject({
        protocol: z
          .int()
          .min(1)
          .max(255)
          .meta({ description: 'of IP; none that the kernel itself has' }),
        to: Ipv4,
        sourceRoute: z
          .strictObject({ strict: z.boolean(), stops: z.array(Ipv4).min(1).max(9) })
          .optional()
          .meta({ description: 'the way of its packets; left out: as routing says' }),
      }),
      ok: Association,
    }),
    set: method({
      does: 'Sets an option of the socket.',
      kernel: 'setsockopt',
      args: Association.extend({
        option: z.enum(SETTINGS),
        value: z.union([z.int(), z.string().max(32)]).meta({
          description: 'a number; for IP_MTU_DISCOVER the name',
          examples: [16, 'IP_PMTUDISC_DO'],
        }),
      }),
      ok: Nothing,
      errnos: ['EINVAL', 'ENOPROTOOPT', 'EPERM'],
    }),
    transmit: method({
      does: 'Hands a segment down.',
      kernel: 'ip_queue_xmit',
      args: Association.extend({
        segment: Octets.meta({ description: 'from the transport header on' }),
        mayFragment: z
          .boolean()
          .optional()
          .meta({ description: 'ipfragok: no DF, whatever the socket says; left out: false' }),
      }),
      ok: z.strictObject({
        lookedUp: z
          .boolean()
          .meta({ description: 'a route was asked for; false: the one of before was used' }),
        dropped: z
          .boolean()
          .meta({ description: 'the queue of the interface was full (NET_XMIT_DROP)' }),
      }),
      errnos: ['EHOSTUNREACH', 'EMSGSIZE', 'ENOBUFS', 'ENOMEM', 'EPERM'],
    }),
  },
} as const satisfies PortSpec;
