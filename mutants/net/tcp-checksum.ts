/** Faults of the checksums of what TCP sends. */
import type { Mutant } from '../mutant.ts';

const STATEMENT = 'CSM-12';

const KEPT = { find: `    buffer.sum = -1;\n`, replace: `` };

export const TCP_CHECKSUM: readonly Mutant[] = [
  {
    id: 'tcp-sum-kept-when-trimmed',
    statement: STATEMENT,
    file: 'net/tcp/buffers',
    ...KEPT,
    does: 'Sends what is left of a segment with the sum of all of its data.',
  },
  {
    id: 'tcp-sum-kept-when-cut',
    statement: STATEMENT,
    file: 'net/tcp/output',
    ...KEPT,
    does: 'Sends the beginning of a segment that was cut with the sum of all of its data.',
  },
  {
    id: 'tcp-sum-kept-when-collapsed',
    statement: STATEMENT,
    file: 'net/tcp/collapse',
    ...KEPT,
    does: 'Sends segments that were put together with the sum of the first.',
  },
];
