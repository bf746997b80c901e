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
  {
    id: 'tcp-retransmissions-uncounted',
    statement: 'TCP-02',
    file: 'net/tcp/output',
    find: `sk.net.tcp.counters.RetransSegs += 1;`,
    replace: `;`,
    does: 'Does not count what is sent again behind the first segment after a timeout.',
  },
  {
    id: 'tcp-arrived-part-sent-again',
    statement: 'TCP-02',
    file: 'net/tcp/output',
    find: `fitBuffer(sk, buffer);`,
    replace: `;`,
    does: 'Sends again the whole of a segment of which a part has arrived.',
  },
  {
    id: 'tcp-sent-again-beyond-window',
    statement: 'TCP-02',
    file: 'net/tcp/retransmit',
    find: `if (!before(buffer.seq, windowEnd) && buffer.seq !== sk.sndUna)`,
    replace: `if (false)`,
    does: 'Sends again what the peer has taken its window back from.',
  },
];
