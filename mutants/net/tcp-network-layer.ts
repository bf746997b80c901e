/** Faults of TCP that knows the layer below it by name. */
import type { Mutant } from '../mutant.ts';

export const TCP_NETWORK_LAYER: readonly Mutant[] = [
  {
    id: 'tcp-header-of-ipv4-assumed',
    statement: 'TXP-08',
    file: 'net/tcp/mss',
    find: `mssOfMtu(pathMtuOf(sk), sk.af.netHeaderLength)`,
    replace: `mssOfMtu(pathMtuOf(sk), 20)`,
    does: 'Takes the header below for as long as that of IPv4.',
  },
  {
    id: 'tcp-way-not-looked-for-again',
    statement: 'TXP-08',
    file: 'net/tcp/retransmit',
    find: `if (!sk.af.rebuildHeader(sk))
        return 'EHOSTUNREACH';`,
    replace: ``,
    does: 'Sends again without asking the layer below for the way.',
  },
  {
    id: 'tcp-peer-not-asked-of-layer',
    statement: 'TXP-10',
    file: 'net/tcp/bind-call',
    find: `success(sk.af.addr2sockaddr(sk))`,
    replace: `success({ address: sk.daddr, port: sk.dport })`,
    does: 'Makes the address of a peer itself.',
  },
];
