/** Faults of who may have a port of streams. */
import type { Mutant } from '../mutant.ts';

export const TCP_PORTS: readonly Mutant[] = [
  {
    id: 'tcp-time-wait-frees-port',
    statement: 'BND-01',
    file: 'net/tcp/time-wait',
    find: `sharePort(net, port, tw);`,
    replace: ``,
    does: 'Gives a port away while what is left of a connection is still remembered.',
  },
  {
    id: 'tcp-child-leaves-port',
    statement: 'BND-01',
    file: 'net/tcp/child',
    find: `sharePort(sk.net, sk.port, child);`,
    replace: ``,
    does: 'Gives away the port of a server that has stopped, though its connections go on.',
  },
  {
    id: 'tcp-second-alone-shares-port',
    statement: 'BND-01',
    file: 'net/tcp/bind',
    find: `sk.reuseAddress && other.reuseAddress`,
    replace: `sk.reuseAddress`,
    does: 'Shares the port of one who has not said that it may be shared.',
  },
  {
    id: 'tcp-listener-shares-port',
    statement: 'BND-01',
    file: 'net/tcp/bind',
    find: ` && other.state !== 'LISTEN'`,
    replace: ``,
    does: 'Shares the port of a socket that listens.',
  },
  {
    id: 'tcp-same-ends-twice',
    statement: 'CON-01',
    alsoBreaks: ['BND-01'],
    file: 'net/tcp/connect',
    find: `if (uniqueTuple(sk, sk.port))`,
    replace: `if (true)`,
    does: 'Makes two connections with the same two ends.',
  },
];
