/** Faults of options of streams. */
import type { Mutant } from '../mutant.ts';

export const TCP_OPTION_FAULTS: readonly Mutant[] = [
  {
    id: 'tcp-option-below-range',
    statement: 'OPT-02',
    file: 'net/tcp/tcp-option',
    find: `value < least || value > most`,
    replace: `value > most`,
    does: 'Takes 0 for how often, or how long.',
  },
  {
    id: 'tcp-maxseg-not-for-clients',
    statement: 'OPT-02',
    file: 'net/tcp/conn-request',
    find: `sk.userMss > 0 ? Math.min(offered, sk.userMss) : offered`,
    replace: `offered`,
    does: 'Sends longer segments to a client than the program of the server wants.',
  },
  {
    id: 'tcp-maxseg-not-for-servers',
    statement: 'OPT-02',
    file: 'net/tcp/syn-sent',
    find: `sk.userMss > 0 ? Math.min(mss, sk.userMss) : mss`,
    replace: `mss`,
    does: 'Sends longer segments to a server than the program of the client wants.',
  },
  {
    id: 'tcp-syncnt-of-host',
    statement: 'OPT-02',
    file: 'net/tcp/timer-handlers',
    find: `sk.synRetries > 0 ? sk.synRetries : tunables.synRetries`,
    replace: `tunables.synRetries`,
    does: 'Sends a SYN as often as the host is set to, whatever the program has said.',
  },
  {
    id: 'tcp-synack-count-of-host',
    statement: 'OPT-02',
    file: 'net/tcp/synack',
    find: `sk.synRetries > 0 ? sk.synRetries : sk.net.tcp.tunables.synackRetries`,
    replace: `sk.net.tcp.tunables.synackRetries`,
    does: 'Sends a SYN-ACK as often as the host is set to, whatever the program has said.',
  },
  {
    id: 'tcp-defer-counts-evenly',
    statement: 'OPT-02',
    file: 'net/tcp/tcp-option',
    find: `3 * 2 ** (synacks - 1)`,
    replace: `3 * synacks`,
    does: 'Takes SYN-ACKs for equally far apart.',
  },
  {
    id: 'tcp-linger2-read-as-none',
    statement: 'OPT-01',
    file: 'net/tcp/tcp-option',
    find: `(linger2 || net.tcp.tunables.finWait2Timeout)`,
    replace: `linger2`,
    does: 'Reads 0 where the host is asked how long it waits.',
  },
  {
    id: 'tcp-negative-mark',
    statement: 'OPT-02',
    file: 'net/tcp/tcp-option',
    find: `value < 0 ? 0x7fff_ffff : value || 1`,
    replace: `value`,
    does: 'Keeps a mark of less than one octet.',
  },
  {
    id: 'tcp-quickack-later',
    statement: 'OPT-02',
    file: 'net/tcp/tcp-option',
    find: `withSock(sk, () => quickAck(sk));`,
    replace: `;`,
    does: 'Leaves an ACK waiting that the program wants to go.',
  },
  {
    id: 'tcp-quickack-for-ever',
    statement: 'OPT-02',
    file: 'net/tcp/tcp-option',
    find: `if ((value & 1) === 0)`,
    replace: `if (false)`,
    does: 'Goes on with ACKs at once though they were wanted for once.',
  },
  {
    id: 'tcp-window-clamp-ignored',
    statement: 'OPT-02',
    file: 'net/tcp/window',
    find: `Math.min(fullSpace(sk), clamp === 0 ? Infinity : clamp)`,
    replace: `fullSpace(sk)`,
    does: 'Offers more at first than the program has said.',
  },
  {
    id: 'tcp-control-changes-unit',
    statement: 'OPT-02',
    file: 'net/tcp/tcp-option',
    find: `recount(sk, ops.counts);`,
    replace: `;`,
    does: 'Takes a window of octets for one of segments when the congestion control changes.',
  },
  {
    id: 'tcp-crossed-window-forgotten',
    statement: 'CON-01',
    alsoBreaks: ['TXP-04'],
    file: 'net/tcp/syn-sent',
    find: `sk.maxWindow = segment.window;
    syncMss(sk, pathMtuOf(sk));
    initializeRcvMss(sk);
    tcpSendSynack(sk);`,
    replace: `syncMss(sk, pathMtuOf(sk));
    initializeRcvMss(sk);
    tcpSendSynack(sk);`,
    does: 'Does not take the window of a SYN that has crossed its own for one that was offered.',
  },
];
