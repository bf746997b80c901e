/** Faults at edges of the kernel, which were first made by rule: one too many, or one too few. */
import type { Mutant } from '../mutant.ts';

export const KERNEL_EDGES: readonly Mutant[] = [
  {
    id: 'tty-lines-take-no-room',
    statement: 'KRN-08',
    profile: 'bsd-4.4',
    file: 'kernel/tty',
    find: `held.reduce((sum, length) => sum + length, typed.length)`,
    replace: `typed.length`,
    does: 'Does not count the lines that wait to be read.',
  },
  {
    id: 'tty-end-of-file-takes-no-room',
    statement: 'KRN-08',
    profile: 'bsd-4.4',
    file: 'kernel/tty',
    find: `octets.length + (endOfFile ? 1 : 0)`,
    replace: `octets.length`,
    does: 'Does not count an end of file that waits to be read.',
  },
  {
    id: 'swap-leaves-a-page',
    statement: 'KRN-06',
    file: 'kernel/swapping',
    find: `victim.pages > slots`,
    replace: `victim.pages >= slots`,
    does: 'Leaves the last page of the swap device free.',
  },
  {
    id: 'tty-return-keeps-column',
    statement: 'KRN-08',
    file: 'kernel/tty-output',
    find: `return octet === CR ? 0 : column;`,
    replace: `return column;`,
    does: 'Leaves the cursor where it was when it sends a return.',
  },
];
