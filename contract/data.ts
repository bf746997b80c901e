/**
 * The data types that ports are made of.
 *
 * All data are plain JSON. Every type carries its range, so that a bad value is refused at the
 * boundary with the name of its field.
 */
import { z } from 'zod';
import { MAX_OCTETS } from './octets.ts';

/** Lower-case hex, two digits an octet, in the order of memory or of the wire. */
export const Octets = z
  .string()
  .max(2 * MAX_OCTETS, `more than ${MAX_OCTETS} octets`)
  .regex(/^(?:[0-9a-f]{2})*$/, 'not an even number of lower-case hex digits')
  .meta({
    description: 'octets as lower-case hex, two digits each, in memory order',
    examples: ['45000073'],
  });

export const Word16 = z.int().min(0).max(0xffff).meta({ description: 'unsigned 16-bit integer' });

export const Word32 = z
  .int()
  .min(0)
  .max(0xffff_ffff)
  .meta({ description: 'unsigned 32-bit integer' });

export const Int32 = z
  .int()
  .min(-0x8000_0000)
  .max(0x7fff_ffff)
  .meta({ description: 'signed 32-bit integer' });

/** A number of octets: never negative, at most what an unsigned 32-bit length can say. */
export const Length = z
  .int()
  .min(0)
  .max(0xffff_ffff)
  .meta({ description: 'number of octets, 0 to 4294967295' });

export const Ipv4 = z
  .ipv4()
  .meta({ description: 'IPv4 address, dotted decimal', examples: ['10.0.0.1'] });

export const Ipv6 = z
  .string()
  .regex(z.regexes.ipv6, 'not an IPv6 address')
  .meta({ description: 'IPv6 address, in groups of hex only', examples: ['2001:db8::1'] });

export const MacAddress = z
  .string()
  .regex(/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'not a link address: six octets in hex, with colons')
  .meta({ description: 'Ethernet address', examples: ['02:00:00:00:00:01'] });

/** A name that the suite chooses: of a notifier, a chain, a queue. */
export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'not a name: a letter, then letters, digits or hyphens')
  .meta({ description: 'name chosen by the suite: [a-z][a-z0-9-]{0,31}', examples: ['routing'] });

/** A token that the implementation chooses and that the suite only hands back. */
export const Handle = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'opaque token chosen by the implementation', examples: ['skb1'] });

/** Which processor takes the next step, step by step; when it is used up they take turns. */
export const Schedule = z
  .array(z.int().min(0).max(7))
  .max(10_000)
  .meta({
    description:
      'the processor that takes each next step; entries for a processor that has finished are ' +
      'skipped, and when the schedule is used up the unfinished ones take turns from 0',
  });

/** One step that a processor took. */
export const ProcessorStep = z.strictObject({
  processor: z.int().min(0),
  step: z.string().max(200).meta({
    description: 'what it did: "lock", "spin" (the lock was held), "unlock", or a word of your own',
  }),
});

export const Nothing = z.strictObject({});
