/**
 * What TCP keeps of a socket for itself: the segments in its write queue, and who works on it.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, struct tcp_skb_cb; net/core/sock.c, lock_sock(), release_sock().
 */
import { z } from 'zod';
import { Handle, Length, Nothing, Word32 } from './data.ts';
import { Nanoseconds } from './network.ts';
import { method, type PortSpec } from './port.ts';
import { TCP_FLAGS } from './vocabulary.ts';

const Socket = z.strictObject({
  socket: Handle.meta({ description: 'a socket of `tcp`' }),
});

export const tcpSegments = {
  does: 'The control blocks of the segments in the write queue of a socket of `tcp`.',
  version: 1,
  methods: {
    read: method({
      does: 'Those that are not acknowledged and those that are not sent, in order.',
      kernel: 'TCP_SKB_CB of sk_write_queue',
      args: Socket,
      ok: z.strictObject({
        segments: z
          .array(
            z.strictObject({
              sequence: Word32,
              endSequence: Word32.meta({
                description: 'behind the last octet; SYN and FIN count one each',
              }),
              flags: z.array(z.enum(TCP_FLAGS)).max(TCP_FLAGS.length).meta({
                description: 'as the header of the segment has them',
              }),
              when: Nanoseconds.nullable().meta({
                description: 'of its last sending, in the unit that TCP counts in; null for none',
              }),
            }),
          )
          .max(10_000),
      }),
      errnos: ['EBADF'],
    }),
  },
} as const satisfies PortSpec;

export const socketLock = {
  does:
    'A socket of `tcp` as a process in the kernel has it to itself: what comes for it meanwhile waits in ' +
    'the backlog.',
  version: 1,
  methods: {
    own: method({
      does: 'A process begins to work on the socket; said of one that nobody works on.',
      kernel: 'lock_sock',
      args: Socket,
      ok: Nothing,
      errnos: ['EBADF'],
    }),
    release: method({
      does: 'It has done its work; what has come meanwhile is worked off.',
      kernel: 'release_sock, sk->sk_backlog_rcv',
      args: Socket,
      ok: Nothing,
      errnos: ['EBADF'],
    }),
    read: method({
      does: 'How many segments wait in the backlog.',
      kernel: 'sk->sk_backlog',
      args: Socket,
      ok: z.strictObject({ segments: Length }),
      errnos: ['EBADF'],
    }),
  },
} as const satisfies PortSpec;
