/** Faults in the addresses of streams. */
import type { Mutant } from '../mutant.ts';

export const STREAM_ADDRESS: readonly Mutant[] = [
  {
    id: 'tcp-peer-name-is-own',
    statement: 'SOC-01',
    alsoBreaks: ['ACC-03', 'BND-03', 'BND-08'],
    file: 'net/tcp/bind-call',
    find: `return there ? success(sk.af.addr2sockaddr(sk)) : failure('ENOTCONN');`,
    replace: `return there ? success(tcpName(sk)) : failure('ENOTCONN');`,
    does: 'Tells the own address as that of the peer.',
  },
  {
    id: 'tcp-name-only-if-chosen',
    statement: 'BND-03',
    alsoBreaks: ['ACC-03', 'BND-08', 'SOC-01'],
    file: 'net/tcp/bind-call',
    find: `return { address: sk.receiveAddress === 0 ? sk.sourceAddress : sk.receiveAddress, port: sk.port };`,
    replace: `return { address: sk.addressLocked ? sk.receiveAddress : 0, port: sk.port };`,
    does: 'Tells the own address only where the program has chosen it.',
  },
  {
    id: 'tcp-listener-at-any-port',
    statement: 'BND-08',
    alsoBreaks: ['LSN-01', 'LSN-07'],
    file: 'net/tcp/hash',
    find: `for (const sk of net.tcp.listening.get(dport) ?? []) {`,
    replace: `for (const sk of [...net.tcp.listening.values()].flat()) {`,
    does: 'Gives a SYN to whoever listens, whatever the port.',
  },
  {
    id: 'accept-keeps-what-it-cannot-tell',
    statement: 'ACC-03',
    file: 'net/tcp/sys-accept',
    find: `tcpCloseNow(child);`,
    replace: ``,
    does: 'Leaves a connection open whose address could not be told.',
  },
  {
    id: 'tcp-bsd-keeps-who-is-gone',
    statement: 'ACC-03',
    alsoBreaks: ['ACC-01'],
    profile: 'bsd-4.4',
    file: 'net/tcp/set-state',
    find: `if (queue !== null && sk.net.profile === 'bsd-4.4')
        leaveQueue(sk, queue);`,
    replace: ``,
    does: 'Lets a connection wait in 4.4BSD that is over already.',
  },
];
