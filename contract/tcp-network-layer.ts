/**
 * The table by which TCP calls the network layer below it, and another layer in IP's place.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, struct tcp_func; net/ipv4/tcp_ipv4.c, ipv4_specific.
 */
import { z } from 'zod';
import { Handle, Ipv4, Nothing, Octets, Word16 } from './data.ts';
import { method, type PortSpec } from './port.ts';
import { TCP_LAYER_FUNCTIONS } from './vocabulary.ts';

const Socket = z.strictObject({
  socket: Handle.meta({ description: 'a socket over the other layer' }),
});

export const tcpNetworkLayer = {
  does:
    'The network layer below `tcp` as a table of functions: that of IPv4, and sockets whose table is of ' +
    'another layer, which the suite plays.',
  version: 1,
  methods: {
    table: method({
      does: 'The table of IPv4.',
      kernel: 'ipv4_specific',
      args: Nothing,
      ok: z.strictObject({
        functions: z
          .array(
            z.strictObject({
              name: z.enum(TCP_LAYER_FUNCTIONS),
              is: z.string().min(1).max(64).meta({ description: 'by its name in Linux 2.6.11' }),
            }),
          )
          .max(TCP_LAYER_FUNCTIONS.length),
        headerLength: z.int().min(0).max(255).meta({ description: 'net_header_len, octets' }),
        addressLength: z.int().min(0).max(255).meta({ description: 'sockaddr_len, octets' }),
      }),
    }),
    open: method({
      does:
        'Makes a socket of `tcp` over the other layer. That layer has addresses and MTUs as the `network` has ' +
        'them; what TCP hands down waits to be taken, and it knows options by what they were last set to.',
      args: z.strictObject({
        headerLength: z.int().min(0).max(255).meta({ description: 'octets of its header' }),
        check: Word16.meta({ description: 'what it fills in as checksum' }),
        peer: z
          .strictObject({ address: Ipv4, port: Word16 })
          .meta({ description: 'what it tells as the address of any peer' }),
      }),
      ok: Socket,
    }),
    handedDown: method({
      does: 'Takes the segments that TCP has handed down since the last such question.',
      kernel: 'queue_xmit',
      args: Socket,
      ok: z.strictObject({
        segments: z.array(Octets).max(1000).meta({ description: 'from the TCP header on' }),
      }),
    }),
    handUp: method({
      does: "A segment for the socket's connection has come by the other layer, which found it whole.",
      args: Socket.extend({
        from: Ipv4.meta({ description: 'the host that it comes from' }),
        to: Ipv4,
        segment: Octets.meta({ description: 'from the TCP header on' }),
      }),
      ok: Nothing,
      errnos: ['EBADF'],
    }),
    called: method({
      does: 'The functions of the table that TCP has called since the last such question, in order.',
      args: Socket,
      ok: z.strictObject({ functions: z.array(z.enum(TCP_LAYER_FUNCTIONS)).max(1000) }),
    }),
  },
} as const satisfies PortSpec;
