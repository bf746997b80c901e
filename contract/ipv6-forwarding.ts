/**
 * A router of IPv6, as far as it shows who may cut a packet.
 *
 * Source: RFC 8200, RFC 4443.
 */
import { z } from 'zod';
import { Ipv6, MacAddress, Name, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

export const ipv6Forwarding = {
  does: 'Forwarding of IPv6 between interfaces of the `network`, with neighbours that need not be asked after.',
  version: 1,
  methods: {
    addAddress: method({
      does: 'Gives an interface an address, and with it a route to that network.',
      args: z.strictObject({
        interface: Name,
        address: Ipv6,
        prefix: z.int().min(0).max(128),
      }),
      ok: Nothing,
      errnos: ['ENODEV'],
    }),
    addNeighbour: method({
      does: 'Tells, for good, the link address of a host on the network of an interface.',
      kernel: 'NUD_PERMANENT',
      args: z.strictObject({ address: Ipv6, mac: MacAddress }),
      ok: Nothing,
    }),
    set: method({
      does: 'Switches forwarding on or off; it is off before.',
      kernel: 'forwarding in /proc/sys/net/ipv6/conf/all',
      args: z.strictObject({ on: z.boolean() }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;
