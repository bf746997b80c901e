/**
 * Checksums: any implementation of the Internet checksum, and the kernel's own routines.
 *
 * Source: RFC 1071, RFC 1624; Linux 2.6.11, include/asm-i386/checksum.h and lib/checksum.c.
 */
import { z } from 'zod';
import { Int32, Ipv4, Octets, Word16, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Check = Word16.meta({ description: 'as a 16-bit number in network order' });

/** The smallest capability: someone who wrote one `in_cksum` can be judged by it. */
export const checksum = {
  does: 'The Internet checksum over octets, and its incremental update.',
  version: 1,
  methods: {
    compute: method({
      does: "The checksum of the octets: the one's complement of the one's complement sum of their 16-bit words.",
      kernel: 'in_cksum, ip_fast_csum, ip_compute_csum',
      args: z.strictObject({ octets: Octets }),
      ok: z.strictObject({ checksum: Check }),
    }),
    update: method({
      does: 'The checksum after one 16-bit word under it has changed, computed from the old checksum alone.',
      kernel: 'ip_nat_cheat_check',
      args: z.strictObject({ checksum: Check, before: Check, after: Check }),
      ok: z.strictObject({ checksum: Check }),
    }),
  },
} as const satisfies PortSpec;

const Sum = Word32.meta({
  description: "32-bit one's complement sum, in the implementation's own byte order and unfolded",
});

const PseudoHeader = z.strictObject({
  source: Ipv4,
  destination: Ipv4,
  length: Word16.meta({ description: 'octets of the transport header and its data' }),
  protocol: z.int().min(0).max(255).meta({ description: '6 for TCP, 17 for UDP' }),
  sum: Sum,
});

/** The kernel's routines. Sums are only comparable after folding and in one byte order. */
export const csum = {
  does: "The kernel's checksum routines, with their 32-bit intermediate sums.",
  version: 1,
  methods: {
    machine: method({
      does: 'The byte order in which this machine keeps sums, and the names of its routines for summing a region, at least one.',
      kernel: 'include/asm-*/checksum.h',
      args: z.strictObject({}),
      ok: z.strictObject({
        byteOrder: z.enum(['little', 'big']),
        routines: z.array(z.string().min(1).max(64)).min(1).max(16),
      }),
    }),
    partial: method({
      does: 'Adds the 16-bit words of a region to a sum, an odd last octet padded with a zero octet.',
      kernel: 'csum_partial',
      args: z.strictObject({
        octets: Octets,
        sum: Sum,
        routine: z
          .string()
          .max(64)
          .optional()
          .meta({ description: 'one of `routines`; left out: the one the kernel uses' }),
      }),
      ok: z.strictObject({ sum: Sum }),
    }),
    blockAdd: method({
      does: 'Adds the sum of a block that starts `offset` octets after the start of the first.',
      kernel: 'csum_block_add',
      args: z.strictObject({ sum: Sum, addend: Sum, offset: Int32.min(0) }),
      ok: z.strictObject({ sum: Sum }),
    }),
    fold: method({
      does: 'Folds a sum to 16 bits and complements it: plain arithmetic on the number.',
      kernel: 'csum_fold',
      args: z.strictObject({ sum: Sum }),
      ok: z.strictObject({
        checksum: Word16.meta({ description: "in the machine's own byte order, like the sum" }),
      }),
    }),
    tcpudpNofold: method({
      does: 'Adds the words of the TCP or UDP pseudo-header to a sum.',
      kernel: 'csum_tcpudp_nofold',
      args: PseudoHeader,
      ok: z.strictObject({ sum: Sum }),
    }),
    tcpudpMagic: method({
      does: 'The fold of `tcpudpNofold`.',
      kernel: 'csum_tcpudp_magic',
      args: PseudoHeader,
      ok: z.strictObject({
        checksum: Word16.meta({ description: "in the machine's own byte order, like the sum" }),
      }),
    }),
  },
} as const satisfies PortSpec;

const Transport = z.enum(['tcp', 'udp']);

const IpSummed = z.enum(['CHECKSUM_NONE', 'CHECKSUM_HW', 'CHECKSUM_UNNECESSARY']).meta({
  description:
    'what the device knows: nothing; the sum of the segment; all is checked. From Linux 2.6.19 on ' +
    'CHECKSUM_HW is called CHECKSUM_COMPLETE on receive and CHECKSUM_PARTIAL on transmit',
});

/** Where transport protocols and devices share the work. */
export const transportChecksum = {
  does: 'The checksum of a TCP segment or UDP datagram on its way out and in, with and without a device that helps.',
  version: 1,
  methods: {
    send: method({
      does: 'Fills in the checksum of a segment and lets the device do its part.',
      kernel: 'tcp_v4_send_check, udp_push_pending_frames, skb_checksum_help',
      args: z.strictObject({
        protocol: Transport,
        source: Ipv4,
        destination: Ipv4,
        segment: Octets.meta({
          description: 'header and data, the check field zero; at least the header',
        }),
        hardware: z.boolean().meta({ description: 'the device sums transport segments itself' }),
        csumOf: Octets.optional().meta({
          description:
            'the octets whose sum stands in skb.csum before the call; left out: the data after the header. Only used without hardware',
        }),
      }),
      ok: z.strictObject({
        check: Check.meta({ description: 'the check field after the call, before the device' }),
        ipSummed: IpSummed,
        csumOffset: z
          .int()
          .min(0)
          .nullable()
          .meta({ description: 'with hardware, skb.csum: offset of the check field; else null' }),
        summed: z
          .int()
          .min(0)
          .meta({ description: 'octets that the call itself summed, the pseudo-header apart' }),
        calls: z
          .array(z.string().max(64))
          .max(32)
          .meta({ description: 'kernel names of the checksum routines entered, in order' }),
        wire: Octets.meta({ description: 'the segment as it leaves the device' }),
      }),
    }),
    receive: method({
      does: 'Verifies the checksum of a segment that a device handed up. A segment that is shorter than its header says is rejected and counted unread.',
      kernel: 'tcp_v4_checksum_init, udp_checksum_init, skb_checksum',
      args: z.strictObject({
        protocol: Transport,
        source: Ipv4,
        destination: Ipv4,
        segment: Octets,
        ipSummed: IpSummed,
        csumOf: Octets.optional().meta({
          description:
            'with CHECKSUM_HW, the octets whose sum the device reports; left out: the segment itself',
        }),
      }),
      ok: z.strictObject({
        accepted: z.boolean(),
        summed: z.int().min(0).meta({ description: 'octets of the segment summed in software' }),
        errors: z
          .int()
          .min(0)
          .meta({ description: "this protocol's count of input errors since the last reset" }),
      }),
    }),
  },
} as const satisfies PortSpec;
