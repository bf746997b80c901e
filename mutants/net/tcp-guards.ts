/** Faults of what TCP has against attackers, old segments and peers that are gone. */
import type { Mutant } from '../mutant.ts';

export const TCP_GUARDS: readonly Mutant[] = [
  {
    id: 'tcp-any-cookie-taken',
    statement: 'LSN-08',
    file: 'net/tcp/syn-cookies',
    find: `if (place === undefined)
        return sk;`,
    replace: ``,
    does: 'Takes any number for a cookie.',
  },
  {
    id: 'tcp-old-timestamps-taken',
    statement: 'TCP-01',
    file: 'net/tcp/timestamp',
    find: `if (!sk.sawTimestamp)
        return false;`,
    replace: `return false;`,
    does: 'Takes segments of an earlier turn of the sequence numbers.',
  },
  {
    id: 'tcp-keepalive-for-ever',
    statement: 'TCP-01',
    file: 'net/tcp/timer-handlers',
    find: `if (sk.probesOut >= sk.keepCount)`,
    replace: `if (false)`,
    does: 'Asks a peer that does not answer for ever.',
  },
  {
    id: 'tcp-accept-not-deferred',
    statement: 'LSN-04',
    file: 'net/tcp/check-request',
    find: `if (sk.deferAccept === 0 || request.retrans >= sk.deferAccept)`,
    replace: `if (true)`,
    does: 'Completes a connection without data though the program wants to wait for some.',
  },
  {
    id: 'tcp-urgent-without-signal',
    statement: 'SOC-14',
    file: 'net/tcp/urgent',
    find: `sk.urgSignal?.();`,
    replace: ``,
    does: 'Tells nobody that urgent data have come.',
  },
];
