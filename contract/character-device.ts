/**
 * Character devices: drivers that are described as data, and the hardware behind them.
 *
 * A device has what has arrived and nobody has read, and what was written and the hardware has not
 * taken. Reading and writing sleep as long as there is nothing of the one, or no room in the other.
 *
 * Source: Linux 2.6.11, fs/char_dev.c, include/linux/fs.h, struct file_operations; 4.4BSD, sys/conf.h,
 * struct cdevsw.
 */
import { z } from 'zod';
import { IoctlRequest } from './descriptor.ts';
import { Int32, Length, Name, Nothing, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';
import { DEVICE_ROUTINES } from './vocabulary.ts';

const OneDevice = z.strictObject({ device: Name.meta({ description: 'opened as /dev/NAME' }) });

const Routine = z.enum(DEVICE_ROUTINES);

export const characterDevice = {
  does: 'Drivers of character devices, and the hardware that they drive. Needs `descriptor`.',
  version: 1,
  methods: {
    register: method({
      does: 'Registers a driver. "null", and names that begin with "tty-", are taken.',
      kernel: 'register_chrdev; cdevsw',
      args: OneDevice.extend({
        routines: z
          .array(z.enum([...DEVICE_ROUTINES, 'poll']))
          .max(6)
          .meta({ description: 'that the driver has' }),
        exclusive: z.boolean().meta({ description: 'who opens it while it is open gets EBUSY' }),
        room: Length.max(MAX_OCTETS).meta({ description: 'octets written that may wait' }),
        requests: z
          .array(
            z.strictObject({
              request: IoctlRequest,
              adds: Int32.meta({ description: 'the answer is the argument and this' }),
            }),
          )
          .max(8),
      }),
      ok: Nothing,
      errnos: ['EBUSY'],
    }),
    arrive: method({
      does: 'The hardware interrupts: octets have arrived. The driver wakes who waits for them.',
      args: OneDevice.extend({ octets: Octets }),
      ok: Nothing,
    }),
    take: method({
      does: 'The hardware takes all that waits, and interrupts. The driver wakes who waits for room.',
      args: OneDevice,
      ok: z.strictObject({ octets: Octets }),
    }),
    routines: method({
      does: 'The routines of the driver that were called since the last such question, in order; poll is not told.',
      args: OneDevice,
      ok: z.strictObject({ called: z.array(Routine).max(1000) }),
    }),
  },
} as const satisfies PortSpec;
