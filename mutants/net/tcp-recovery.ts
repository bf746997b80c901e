/** Faults of NewReno. */
import type { Mutant } from '../mutant.ts';

export const TCP_RECOVERY: readonly Mutant[] = [
  {
    id: 'tcp-partial-ack-ignored',
    statement: 'TCP-02',
    file: 'net/tcp/congestion-newreno',
    find: `lost = true;`,
    replace: `lost = false;`,
    does: 'Waits for a timeout when an ACK of a part tells of the next loss.',
  },
];
