/** Faults of UDP where it could easily be otherwise. */
import type { Mutant } from '../mutant.ts';

const udp = 'net/udp';

export const UDP_BOUNDARIES: readonly Mutant[] = [
  {
    id: 'udp-length-below-header',
    statement: 'RCV-01',
    file: udp,
    find: ` || length < UDP_HEADER)`,
    replace: `)`,
    does: 'Takes a datagram that says it is shorter than its header.',
  },
  {
    id: 'udp-length-not-cut',
    statement: 'RCV-01',
    file: udp,
    find: `if (length < datagram.length)
        skbTrim(skb, length);`,
    replace: ``,
    does: 'Gives a program what is behind the datagram in the packet, too.',
  },
  {
    id: 'udp-broadcast-no-port',
    statement: 'RCV-01',
    file: udp,
    find: `        for (const sk of allMatching(net, flow))`,
    replace: `        if (allMatching(net, flow).length === 0)
            net.counters.UdpNoPorts += 1;
        for (const sk of allMatching(net, flow))`,
    does: 'Counts a port that nobody has where all were meant.',
  },
  {
    id: 'udp-address-to-peer',
    statement: 'SND-01',
    alsoBreaks: ['CON-03'],
    file: udp,
    find: `const own = sk.connected && message.to === undefined;`,
    replace: `const own = sk.connected;`,
    does: 'Sends to the peer, whoever was named.',
  },
  {
    id: 'udp-cut-up-and-told',
    statement: 'MTU-03',
    alsoBreaks: ['CON-02'],
    file: udp,
    find: `if (tooBig && sk.pmtuDisc === 'DONT')
        return;`,
    replace: ``,
    does: 'Tells of a path MTU to who lets his packets be cut up.',
  },
  {
    id: 'multicast-ttl-256',
    statement: 'OPT-02',
    file: 'net/socket-option',
    find: `ttl < 0 || ttl > 255`,
    replace: `ttl < 0 || ttl > 256`,
    does: 'Takes a time to live that eight bits have no room for.',
  },
  {
    id: 'tos-precedence-counts',
    statement: 'PRI-02',
    alsoBreaks: ['PRI-05'],
    file: 'net/priority',
    find: `tos & 0x1e`,
    replace: `tos & 0xfe`,
    does: 'Looks up the precedence in a table of what is behind it.',
  },
];
