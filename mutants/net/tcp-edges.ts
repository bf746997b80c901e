/** Faults at the edges of what TCP takes: of windows, segments, options and requests. */
import type { Mutant } from '../mutant.ts';

export const TCP_EDGES: readonly Mutant[] = [
  {
    id: 'tcp-fin-beyond-window',
    statement: 'TCP-01',
    file: 'net/tcp/data-queue',
    find: `if (beyond <= 0)`,
    replace: `if (beyond <= 1)`,
    does: 'Takes one number more than it has offered.',
  },
  {
    id: 'tcp-old-fin-counts',
    statement: 'TCP-01',
    file: 'net/tcp/data-queue',
    find: `const old = !after(endSeq, sk.rcvNxt);`,
    replace: `const old = before(endSeq, sk.rcvNxt);`,
    does: 'Takes once more a segment that ends where it is.',
  },
  {
    id: 'tcp-urgent-beyond-segment',
    statement: 'SOC-14',
    file: 'net/tcp/urgent',
    find: `place >= segment.data.length`,
    replace: `place > segment.data.length`,
    does: 'Looks for the urgent octet one behind the segment.',
  },
  {
    id: 'tcp-old-urgent-read-on',
    statement: 'SOC-14',
    file: 'net/tcp/urgent',
    find: `skipOldMark(sk);
    sk.urgState`,
    replace: `sk.urgState`,
    does: 'Gives an old urgent octet with the others once a newer one has come.',
  },
  {
    id: 'tcp-time-wait-not-anew',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `if (old || (flags & ACK) !== 0)
            schedule(tw, tw.timeout);`,
    replace: ``,
    does: 'Lets TIME_WAIT end though segments of the connection still come.',
  },
  {
    id: 'tcp-time-wait-syn-puts-off',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `if (old || (flags & ACK) !== 0)`,
    replace: `if (true)`,
    does: 'Stays in TIME_WAIT as long as somebody sends SYNs.',
  },
  {
    id: 'tcp-orphan-takes-data',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `endSeq !== ((tw.rcvNxt + 1) | 0)`,
    replace: `false`,
    does: 'Ends in order although octets came that nobody will read.',
  },
  {
    id: 'tcp-syn-window-scaled',
    statement: 'CON-01',
    file: 'net/tcp/syn-sent',
    find: `sk.maxWindow = segment.window;
    syncMss(sk, pathMtuOf(sk));
    initializeRcvMss(sk);
    sk.copiedSeq`,
    replace: `sk.maxWindow = segment.window * 2 ** sk.sndWscale;
    syncMss(sk, pathMtuOf(sk));
    initializeRcvMss(sk);
    sk.copiedSeq`,
    does: 'Counts the window of an answer to its SYN in units.',
  },
  {
    id: 'tcp-own-scale-kept',
    statement: 'CON-01',
    file: 'net/tcp/syn-sent',
    find: `sk.rcvWscale = 0;`,
    replace: ``,
    does: 'Offers windows in units to a peer that knows none.',
  },
  {
    id: 'tcp-any-stamp-echoed',
    statement: 'CON-01',
    file: 'net/tcp/syn-sent',
    find: `return between(tsecr, retransStamp, timestampNow(net));`,
    replace: `return true;`,
    does: 'Takes an answer that echoes a stamp it has never sent.',
  },
  {
    id: 'tcp-request-window-short',
    statement: 'LSN-04',
    file: 'net/tcp/check-request',
    find: `return !(seq === end && seq === endSeq);`,
    replace: `return true;`,
    does: 'Takes no ACK from the end of the window for a request.',
  },
  {
    id: 'tcp-window-less-than-segment',
    statement: 'CON-01',
    file: 'net/tcp/congestion-reno',
    find: `underWay === 0 || `,
    replace: ``,
    does: 'Sends nothing once segments have become longer than its congestion window.',
  },
];
