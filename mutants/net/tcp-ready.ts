/** Faults of what a stream is said to be ready for. */
import type { Mutant } from '../mutant.ts';

export const TCP_READY: readonly Mutant[] = [
  {
    id: 'tcp-listening-always-readable',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `acceptQueueLength(sk.listening) > 0`,
    replace: `true`,
    does: 'Says of a listening socket that a connection waits when none does.',
  },
  {
    id: 'tcp-low-water-mark-not-looked-at',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `sk.net.profile === 'linux-2.6.11' ? 1 : sk.rcvlowat`,
    replace: `1`,
    does: 'Calls a stream readable with fewer octets than a reader would wait for.',
  },
  {
    id: 'tcp-writable-while-connecting',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `(sk.connected || failsAtOnce(sk)) && sk.state`,
    replace: `sk.state`,
    does: 'Says that a connection that is being made can be written.',
  },
  {
    id: 'tcp-unconnected-ready-for-nothing',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `return state === 'CLOSED' && net.profile !== 'bsd-4.4';`,
    replace: `return false;`,
    does: 'Has whoever asks wait for a socket that is not connected, though each call would fail at once.',
  },
  {
    id: 'tcp-broken-not-writable',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `return sk.net.profile !== 'linux-2.6.11';`,
    replace: `return false;`,
    does: 'Has a writer wait for a stream that it has ended itself.',
  },
  {
    id: 'tcp-urgent-octet-readable',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `least + (atUrgent ? 1 : 0)`,
    replace: `least`,
    does: 'Calls a stream readable where there is an urgent octet alone.',
  },
  {
    id: 'tcp-urgent-before-it-came',
    statement: 'CHR-12',
    file: 'net/tcp/poll',
    find: `urgState === 'there'`,
    replace: `urgState !== 'none'`,
    does: 'Says that there is urgent data that nobody can read yet.',
  },
];
