/** Faults of the two queues of a listening socket: bounds, timeouts, searches, order, memory. */
import type { Mutant } from '../mutant.ts';

const listen = 'net/tcp/listen';
const synQueue = 'net/tcp/syn-queue';
const synack = 'net/tcp/synack';
const connRequest = 'net/tcp/conn-request';

/** Statements on how long a request waits. */
const TIMEOUTS = ['LSN-08', 'LSN-09', 'LSN-10', 'LSN-11', 'LSN-12', 'LSN-16'] as const;

const others = (statement: string): readonly string[] =>
  TIMEOUTS.filter((other) => other !== statement);

export const SYN_FLOOD: readonly Mutant[] = [
  {
    id: 'tcp-requests-unbounded',
    statement: 'LSN-06',
    alsoBreaks: ['LSN-08', 'LSN-09', 'LSN-11', 'LSN-15'],
    file: listen,
    find: `return length >= tunables.maxSynBacklog;`,
    replace: `return false;`,
    does: 'Keeps every request, whatever the bound.',
  },
  {
    id: 'tcp-bsd-requests-unbounded',
    statement: 'LSN-06',
    alsoBreaks: ['LSN-05', 'LSN-07', 'LSN-08', 'LSN-09', 'LSN-11', 'LSN-15'],
    profile: 'bsd-4.4',
    file: listen,
    find: `return all > Math.floor((3 * listening.backlog) / 2);`,
    replace: `return false;`,
    does: 'Makes a socket for every SYN, whatever the backlog.',
  },
  {
    id: 'tcp-backlog-counts-half',
    statement: 'LSN-07',
    alsoBreaks: ['LSN-05', 'LSN-14', 'LSN-17'],
    file: listen,
    find: `return sk.net.profile === 'notes' ? backlog : backlog + 1;`,
    replace: `return Math.ceil(backlog / 2);`,
    does: 'Lets half as many connections wait as the backlog says.',
  },
  {
    id: 'tcp-syn-queue-off-by-one',
    statement: 'LSN-08',
    alsoBreaks: ['LSN-06', 'LSN-15'],
    file: listen,
    find: `return length >= tunables.maxSynBacklog;`,
    replace: `return length > tunables.maxSynBacklog;`,
    does: 'Keeps one request more than there is room for.',
  },
  {
    id: 'tcp-last-quarter-for-all',
    statement: 'LSN-08',
    profile: 'linux-2.6.11',
    file: connRequest,
    find: `return maxSynBacklog - length < maxSynBacklog >> 2;`,
    replace: `return false;`,
    does: 'Gives the last quarter of the queue to whoever asks.',
  },
  {
    id: 'tcp-requests-take-no-memory',
    statement: 'LSN-09',
    file: connRequest,
    find: `if (!kmalloc(memory, octets))
        return false;`,
    replace: ``,
    does: 'Keeps requests in memory that it did not ask for.',
  },
  {
    id: 'tcp-request-memory-lost',
    statement: 'LSN-09',
    file: synQueue,
    find: `kfree(queue.net.memory, requestOctets(queue.net));`,
    replace: ``,
    does: 'Never gives the memory of a request back.',
  },
  {
    id: 'tcp-listener-keeps-memory',
    statement: 'LSN-09',
    file: synQueue,
    find: `kfree(queue.net.memory, queue.length * requestOctets(queue.net));`,
    replace: ``,
    does: 'Keeps the memory of requests whose listening socket is closed.',
  },
  {
    id: 'kernel-memory-without-end',
    statement: 'LSN-09',
    file: 'kernel/kernel-memory',
    find: `if (octets > memory.free)
        return false;`,
    replace: ``,
    does: 'Hands memory out that is not there.',
  },
  {
    id: 'tcp-synack-timeout-fixed',
    statement: 'LSN-10',
    alsoBreaks: others('LSN-10'),
    file: synack,
    find: `Math.min(synackTimeout * (factor ?? 1), RTO_MAX)`,
    replace: `Math.min(3000 * (factor ?? 1), RTO_MAX)`,
    does: 'Waits 3 s for the end of a handshake, whatever the setting.',
  },
  {
    id: 'tcp-synack-timeout-at-least-4-s',
    statement: 'LSN-11',
    alsoBreaks: [...others('LSN-11'), 'LSN-04'],
    file: synack,
    find: `Math.min(synackTimeout * (factor ?? 1), RTO_MAX)`,
    replace: `Math.min(Math.max(synackTimeout, 4000) * (factor ?? 1), RTO_MAX)`,
    does: 'Waits at least 4 s for the end of a handshake.',
  },
  {
    id: 'tcp-synack-timeout-at-least-200-ms',
    statement: 'LSN-12',
    alsoBreaks: others('LSN-12'),
    file: synack,
    find: `Math.min(synackTimeout * (factor ?? 1), RTO_MAX)`,
    replace: `Math.min(Math.max(synackTimeout, 200) * (factor ?? 1), RTO_MAX)`,
    does: 'Waits at least 200 ms for the end of a handshake, and says that it does not.',
  },
  {
    id: 'tcp-requests-looked-at-each-half-second',
    statement: 'LSN-16',
    alsoBreaks: [...others('LSN-16'), 'LSN-04'],
    file: synQueue,
    find: `if (request.expires < queue.timer.due)
        startTimer(queue.timer, request.expires);`,
    replace: `const tick = 500000000;
    if (request.expires < queue.timer.due)
        startTimer(queue.timer, Math.ceil(request.expires / tick) * tick);`,
    does: 'Looks for requests that are due at the ticks of a slow timer only, and says nothing of it.',
  },
  {
    id: 'tcp-requests-in-one-chain',
    statement: 'LSN-13',
    file: synQueue,
    find: `return hashWords(raddr ^ secret, rport, 0) & (chains.length - 1);`,
    replace: `return 0;`,
    does: 'Puts all requests into the first chain of the table.',
  },
  {
    id: 'tcp-requests-hashed-by-network',
    statement: 'LSN-13',
    file: synQueue,
    find: `return hashWords(raddr ^ secret, rport, 0) & (chains.length - 1);`,
    replace: `return hashWords((raddr >>> 16) ^ secret, 0, 0) & (chains.length - 1);`,
    does: 'Chooses the chain by the half of the address that neighbours have in common.',
  },
  {
    id: 'tcp-accept-by-port',
    statement: 'LSN-14',
    alsoBreaks: ['ACC-01', 'LSN-17'],
    file: listen,
    find: `sk.listening?.acceptQueue.push(child);`,
    replace: `sk.listening?.acceptQueue.push(child);
    sk.listening?.acceptQueue.sort((a, b) => a.dport - b.dport);`,
    does: 'Keeps the queue in the order of the ports of the clients.',
  },
  {
    id: 'tcp-request-list-hashed',
    statement: 'LSN-15',
    alsoBreaks: ['LSN-13'],
    file: synQueue,
    find: `if (synQueueIsList)
        return 1;`,
    replace: ``,
    does: 'Keeps requests in a hash table where a list was asked for.',
  },
  {
    id: 'tcp-accept-walks-the-queue',
    statement: 'LSN-17',
    file: listen,
    find: `const child = lookAt(listening, listening.from);`,
    replace: `let child;
    for (let place = listening.acceptQueue.length - 1; place >= listening.from; place--)
        child = lookAt(listening, place);`,
    does: 'Walks from the end of the queue to its beginning to find the first.',
  },
  {
    id: 'tcp-half-full-queue-patient',
    statement: 'LSN-08',
    profile: 'linux-2.6.11',
    file: 'net/tcp/synack',
    find: `return length * 2 >= synQueueMost(sk);`,
    replace: `return false;`,
    does: 'Keeps requests as long in a queue that is half full as in one that is empty.',
  },
  {
    id: 'tcp-half-full-by-setting',
    statement: 'LSN-08',
    profile: 'linux-6',
    file: 'net/tcp/synack',
    find: `length * 2 > Math.max(sk.listening?.backlog ?? 0, 8)`,
    replace: `length * 2 >= synQueueMost(sk)`,
    does: 'Calls a queue half full by the setting of the host, where the backlog bounds it.',
  },
];
