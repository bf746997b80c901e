/**
 * Paging: processes whose memory is larger than the machine's.
 *
 * The suite says what processes touch; how the machine decides which page has to go is its own.
 *
 * Source: 4.4BSD-Lite2, vm/vm_fault.c, vm/vm_pageout.c; Linux 2.6.11, mm/memory.c, mm/vmscan.c.
 */
import { z } from 'zod';
import { Length, Name, Nothing, Octets, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Address = Word32.meta({ description: 'virtual address in octets' });
const OneProcess = z.strictObject({ process: Name });

/** Largest access in octets. */
const MAX_ACCESS = 65_536;

const Event = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('fault'), at: Address }),
  z.strictObject({
    event: z.literal('page-out'),
    process: Name.meta({ description: 'whose page is written to swap' }),
    at: Address.meta({ description: 'its first octet' }),
  }),
  z.strictObject({ event: z.literal('page-in'), from: z.enum(['file', 'swap']) }),
  z.strictObject({ event: z.literal('zero-fill') }),
  z.strictObject({ event: z.literal('resume') }),
]);

const Access = z.strictObject({
  octets: Octets.meta({ description: 'what was read or written, up to a signal' }),
  signal: z.enum(['SIGSEGV', 'SIGBUS']).nullable().meta({
    description: 'what the access ended in; the process goes on all the same, as with a handler',
  }),
  trace: z
    .array(Event)
    .max(100_000)
    .meta({
      description:
        'what the machine did, in order: for each page that is not mapped in, a fault, what made it ' +
        'resident, and the instruction resumes',
    }),
});

export const paging = {
  does: 'A machine with few frames, and processes that touch more pages than that.',
  version: 1,
  methods: {
    boot: method({
      does: 'Boots a machine; whatever ran before is gone.',
      args: z.strictObject({
        frames: z.int().min(1).max(256).meta({ description: 'that processes can have' }),
        pageOctets: z.literal([16, 64, 256, 1024, 4096]),
        swapPages: z.int().min(0).max(4096),
      }),
      ok: Nothing,
    }),
    file: method({
      does: 'Puts a file on the disk.',
      args: z.strictObject({ name: Name, octets: Octets }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    map: method({
      does: 'Gives a process memory of its own: zeroes, or the octets of a file. What it writes there no other process and no file sees.',
      kernel: 'mmap with MAP_PRIVATE at a fixed address',
      args: z.strictObject({
        process: Name.meta({ description: 'a process that was never named is new' }),
        at: Address.meta({ description: 'a multiple of the page size' }),
        length: Length.meta({ description: 'in octets; rounded up to whole pages' }),
        access: z.enum(['read-only', 'read-write']),
        file: z
          .strictObject({ name: Name, offset: Length.meta({ description: 'whole pages' }) })
          .optional()
          .meta({ description: 'left out: zeroes' }),
      }),
      ok: Nothing,
      errnos: ['EINVAL', 'EEXIST', 'ENOENT', 'ENOMEM'],
    }),
    read: method({
      does: 'A process reads octets, in ascending order, each by an instruction of its own.',
      args: OneProcess.extend({ at: Address, length: z.int().min(1).max(MAX_ACCESS) }),
      ok: Access,
      errnos: ['ESRCH'],
    }),
    write: method({
      does: 'A process writes octets, in ascending order, each by an instruction of its own.',
      args: OneProcess.extend({ at: Address, octets: Octets.min(2).max(2 * MAX_ACCESS) }),
      ok: Access,
      errnos: ['ESRCH'],
    }),
    resident: method({
      does: 'Which pages of a process are in memory; a page that is not in its map is not.',
      kernel: 'mincore',
      args: OneProcess.extend({ at: Address, pages: z.int().min(1).max(4096) }),
      ok: z.strictObject({ pages: z.array(z.boolean()).max(4096) }),
      errnos: ['ESRCH', 'EINVAL'],
    }),
    usage: method({
      does: 'How often a process has faulted.',
      kernel: 'getrusage: ru_majflt, ru_minflt',
      args: OneProcess,
      ok: z.strictObject({
        majorFaults: z.int().min(0).meta({ description: 'something had to be read in' }),
        minorFaults: z.int().min(0),
      }),
      errnos: ['ESRCH'],
    }),
    exit: method({
      does: 'A process ends; its memory is free.',
      kernel: 'exit',
      args: OneProcess,
      ok: Nothing,
      errnos: ['ESRCH'],
    }),
  },
} as const satisfies PortSpec;
