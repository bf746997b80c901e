/**
 * A router that hides hosts behind its own address.
 *
 * Source: RFC 3022, RFC 4787.
 */
import { z } from 'zod';
import { Name, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

export const nat = {
  does:
    'Source NAT of a host on the `network` that forwards. Fragments pass one by one, as they come: nothing ' +
    'is put together on the way.',
  version: 1,
  methods: {
    masquerade: method({
      does:
        'What is forwarded out by the interface gets its first address and, where the protocol has ports, ' +
        'a port that nobody else has; answers go to whom they are for. Said once for an interface.',
      kernel: 'iptables -t nat -A POSTROUTING -o INTERFACE -j MASQUERADE',
      args: z.strictObject({
        interface: Name,
        mapIds: z.boolean().meta({
          description: 'datagrams that may be cut get identifications of the router, too',
        }),
      }),
      ok: Nothing,
      errnos: ['ENODEV'],
    }),
  },
} as const satisfies PortSpec;
