/**
 * What a host keeps in mind of other hosts, and for how many of them.
 *
 * Source: Linux 2.6.11, net/ipv4/inetpeer.c, inet_peer_threshold: 65536 + 128, a half, a quarter and a sixteenth of
 * that on machines with 32, 16 and 8 MB; Documentation/networking/ip-sysctl.txt; Linux 6, net/ipv4/inetpeer.c.
 */
import { z } from 'zod';
import { Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Hosts = z.int().min(1).max(1_000_000);

export const peerStorage = {
  does: 'How many other hosts the host of the `network` keeps in mind, for their identifications to begin with.',
  version: 1,
  methods: {
    set: method({
      does: 'Sets from how many on another one is forgotten for each that is new.',
      kernel: '/proc/sys/net/ipv4/inet_peer_threshold',
      args: z.strictObject({ threshold: Hosts }),
      ok: Nothing,
    }),
    read: method({
      does: 'That number, and how many destinations have a count of identifications at the moment.',
      kernel: 'peer_total',
      args: Nothing,
      ok: z.strictObject({ threshold: Hosts, hosts: z.int().min(0).max(1_000_000) }),
    }),
  },
} as const satisfies PortSpec;
