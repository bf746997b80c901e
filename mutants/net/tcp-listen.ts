/** Faults of listening, accepting and connecting. */
import type { Mutant } from '../mutant.ts';

export const TCP_LISTEN: readonly Mutant[] = [
  {
    id: 'tcp-accept-queue-off-by-one',
    statement: 'LSN-05',
    file: 'net/tcp/listen',
    find: `return sk.net.profile === 'notes' ? backlog : backlog + 1;`,
    replace: `return backlog + 1;`,
    does: 'Has room for one connection more than the backlog says.',
  },
  {
    id: 'tcp-accept-queue-unbounded',
    statement: 'LSN-05',
    file: 'net/tcp/check-request',
    find: `const child = acceptQueueIsFull(sk) ? null : sk.af`,
    replace: `const child = sk.af`,
    does: 'Completes handshakes without regard to the backlog.',
  },
  {
    id: 'tcp-bsd-queues-counted-apart',
    statement: 'LSN-05',
    profile: 'bsd-4.4',
    file: 'net/tcp/listen',
    find: `const all = listening.synQueue.length + acceptQueueLength(listening);`,
    replace: `const all = listening.synQueue.length;`,
    does: 'Counts in 4.4BSD only connections that are not complete.',
  },
  {
    id: 'tcp-young-requests-unbounded',
    statement: 'LSN-05',
    profile: 'linux-2.6.11',
    file: 'net/tcp/conn-request',
    find: `if (profile === 'linux-6' || young > 1) {`,
    replace: `if (profile === 'linux-6') {`,
    does: 'Takes requests in Linux 2.6.11 although the accept queue is full.',
  },
  {
    id: 'tcp-request-left-after-reset',
    statement: 'LSN-04',
    alsoBreaks: ['LSN-03'],
    file: 'net/tcp/check-request',
    find: `sendReset(sk.net, segment);
    drop(sk, request);
}`,
    replace: `sendReset(sk.net, segment);
}`,
    does: 'Keeps a request that was reset.',
  },
  {
    id: 'tcp-request-reset-by-anybody',
    statement: 'LSN-04',
    alsoBreaks: ['LSN-03'],
    file: 'net/tcp/check-request',
    find: `if (isOld(request, segment) || !fits(sk, request, segment)) {`,
    replace: `if (false) {`,
    does: 'Lets a reset from outside the window take a request away.',
  },
  {
    id: 'tcp-request-stays-in-both',
    statement: 'LSN-04',
    alsoBreaks: ['LSN-03', 'LSN-05', 'ACC-02', 'LSN-02', 'TCP-01', 'TCP-03', 'TXP-02'],
    file: 'net/tcp/check-request',
    find: `if (child !== null) {
        drop(sk, request);`,
    replace: `if (child !== null) {`,
    does: 'Leaves a request where it was when its handshake is complete.',
  },
  {
    id: 'tcp-request-for-each-syn',
    statement: 'LSN-03',
    alsoBreaks: ['LSN-04', 'LSN-05'],
    file: 'net/tcp/syn-queue',
    find: `if (isFrom(request, segment))
            return request;`,
    replace: `if (isFrom(request, segment) && (segment.flags & 2) === 0)
            return request;`,
    does: 'Makes a second request of a SYN that comes again.',
  },
  {
    id: 'tcp-request-wrong-ack-completes',
    statement: 'LSN-04',
    alsoBreaks: ['LSN-03', 'TCP-01'],
    file: 'net/tcp/check-request',
    find: `if ((flags & ACK) !== 0 && segment.ack !== ((request.sntIsn + 1) | 0)) {`,
    replace: `if (false) {`,
    does: 'Completes a handshake with an ACK of another number.',
  },
  {
    id: 'tcp-synack-not-sent-again',
    statement: 'LSN-04',
    file: 'net/tcp/synack',
    find: `sendSynack(sk, request);
    if (request.retrans === 0)`,
    replace: `if (request.retrans === 0)`,
    does: 'Sends the second segment of the handshake once only.',
  },
  {
    id: 'tcp-synack-without-back-off',
    statement: 'LSN-04',
    file: 'net/tcp/synack',
    find: `: 2 ** retrans;`,
    replace: `: 1;`,
    does: 'Sends the second segment again at equal times.',
  },
  {
    id: 'tcp-request-never-given-up',
    statement: 'LSN-04',
    alsoBreaks: ['LSN-03'],
    file: 'net/tcp/synack',
    find: `if (late || request.retrans >= retriesAllowed(sk, queue)) {`,
    replace: `if (late) {`,
    does: 'Keeps a request for ever.',
  },
  {
    id: 'tcp-listen-close-keeps-children',
    statement: 'LSN-04',
    alsoBreaks: ['LSN-03', 'ACC-01'],
    file: 'net/tcp/listen',
    find: `resetChild(child);
    }`,
    replace: `;
    }`,
    does: 'Does not reset connections that nobody has accepted when the listening ends.',
  },
  {
    id: 'tcp-answers-without-listening',
    statement: 'LSN-01',
    alsoBreaks: ['ACC-01'],
    file: 'net/tcp/hash',
    find: `if (list.length === 0)
        listening.delete(sk.port);`,
    replace: `list.push(sk);
    listening.set(sk.port, list);
    sk.state = 'LISTEN';`,
    does: 'Goes on answering when the socket is closed.',
  },
  {
    id: 'tcp-listener-takes-ack',
    statement: 'LSN-01',
    alsoBreaks: ['TCP-01'],
    file: 'net/tcp/state-process',
    find: `if ((segment.flags & ACK) !== 0)
        return false;
    if ((segment.flags & RST) !== 0)
        return true;`,
    replace: `if ((segment.flags & RST) !== 0)
        return true;`,
    does: 'Does not refuse an ACK that no request is behind.',
  },
  {
    id: 'tcp-listen-when-connected',
    statement: 'LSN-02',
    file: 'net/tcp/listen',
    find: `if (sk.socketState !== 'unconnected' || sk.state !== 'CLOSED')
            return failure('EINVAL');`,
    replace: ``,
    does: 'Lets a connected socket listen.',
  },
  {
    id: 'tcp-listen-again-ignored',
    statement: 'LSN-02',
    file: 'net/tcp/listen',
    find: `sk.listening.backlog = backlog;`,
    replace: `sk.listening.backlog ||= backlog;`,
    does: 'Keeps the first backlog when it listens again.',
  },
  {
    id: 'tcp-backlog-not-limited',
    statement: 'LSN-02',
    file: 'net/tcp/listen',
    find: `const backlog = Math.min(wanted, somaxconn);`,
    replace: `const backlog = wanted;`,
    does: 'Takes any backlog that is asked for.',
  },
  {
    id: 'tcp-negative-backlog-is-none',
    statement: 'LSN-02',
    file: 'net/tcp/listen',
    find: `asked < 0 ? (bsd ? 0 : somaxconn) : asked`,
    replace: `Math.max(asked, 0)`,
    does: 'Takes a negative backlog for none.',
  },
  {
    id: 'tcp-accept-newest-first',
    statement: 'ACC-01',
    alsoBreaks: ['LSN-14', 'ACC-03'],
    file: 'net/tcp/listen',
    find: `sk.listening?.acceptQueue.push(child);`,
    replace: `sk.listening?.acceptQueue.splice(sk.listening.from, 0, child);`,
    does: 'Gives the newest connection first.',
  },
  {
    id: 'tcp-accept-does-not-wake',
    statement: 'ACC-01',
    alsoBreaks: ['LSN-04'],
    file: 'net/tcp/input',
    find: `wakeUp(parent.sleepers, 1);`,
    replace: `;`,
    does: 'Does not wake who waits for a connection.',
  },
  {
    id: 'tcp-accept-wakes-for-request',
    statement: 'ACC-01',
    alsoBreaks: ['TCP-01', 'LSN-14', 'LSN-04'],
    file: 'net/tcp/accept',
    find: `acceptQueueLength(sk.listening) > 0;`,
    replace: `acceptQueueLength(sk.listening) + sk.listening.synQueue.length > 0;`,
    does: 'Takes a request for a connection.',
  },
  {
    id: 'tcp-accept-ends-listening',
    statement: 'ACC-02',
    alsoBreaks: ['ACC-01', 'LSN-03', 'LSN-04', 'LSN-05', 'LSN-14', 'ACC-03', 'LSN-08'],
    file: 'net/tcp/listen',
    find: `child.parent = null;
    return child;`,
    replace: `child.parent = null;
    listening.backlog = 0;
    return child;`,
    does: 'Has no room for further connections once one was accepted.',
  },
  {
    id: 'tcp-accept-tells-own-address',
    statement: 'ACC-03',
    alsoBreaks: ['ACC-01', 'BND-03', 'LSN-05', 'LSN-14', 'SCL-09', 'TCP-01', 'ACC-02', 'LSN-04'],
    file: 'net/tcp/af-specific',
    find: `addr2sockaddr: ({ daddr, dport }) => ({ address: daddr, port: dport }),`,
    replace: `addr2sockaddr: ({ sourceAddress, dport }) => ({ address: sourceAddress, port: dport }),`,
    does: 'Tells the own address as that of the client.',
  },
  {
    id: 'tcp-child-has-listeners-address',
    statement: 'ACC-03',
    alsoBreaks: ['BND-03', 'BND-08', 'SCL-09', 'SOC-01'],
    file: 'net/tcp/child',
    find: `child.receiveAddress = request.laddr;
    child.sourceAddress`,
    replace: `child.receiveAddress = sk.receiveAddress || 1;
    child.sourceAddress`,
    does: 'Gives a connection the address of the listening socket.',
  },
  {
    id: 'tcp-connect-twice',
    statement: 'CON-01',
    file: 'net/tcp/connect',
    find: `if (sk.socketState === 'connected')
        return failure('EISCONN');`,
    replace: `if (sk.socketState === 'connected')
        return failure('EALREADY');`,
    does: 'Says of a connection that is there that it is still being made.',
  },
  {
    id: 'tcp-connect-no-ealready',
    statement: 'CON-01',
    file: 'net/tcp/connect',
    find: `if (dontWait)
            return failure(again ? 'EALREADY' : 'EINPROGRESS');`,
    replace: `if (dontWait)
            return failure('EINPROGRESS');`,
    does: 'Says the second time as well that a connection has just begun.',
  },
  {
    id: 'tcp-syn-without-mss',
    statement: 'CON-01',
    alsoBreaks: ['TCP-01', 'TXP-08', 'OPT-02'],
    file: 'net/tcp/mss',
    find: `return asProgramWants(sk, mssOfMtu(pathMtuOf(sk), sk.af.netHeaderLength));`,
    replace: `return 536;`,
    does: 'Tells every peer to send segments of 536 octets.',
  },
  {
    id: 'tcp-peers-mss-ignored',
    statement: 'CON-01',
    alsoBreaks: ['TCP-02', 'TCP-03'],
    file: 'net/tcp/syn-sent',
    find: `sk.mssClamp = sk.userMss > 0 ? Math.min(mss, sk.userMss) : mss;`,
    replace: ``,
    does: 'Sends segments that are longer than the server takes.',
  },
  {
    id: 'tcp-timestamps-unasked',
    statement: 'CON-01',
    alsoBreaks: ['TCP-02', 'TCP-03', 'SND-02', 'TCP-01'],
    file: 'net/tcp/syn-sent',
    find: `sk.timestamps = options.timestamps;`,
    replace: `sk.timestamps = true;`,
    does: 'Uses timestamps although the server has not said so.',
  },
  {
    id: 'tcp-syn-retries-off-by-one',
    statement: 'CON-01',
    file: 'net/tcp/timer-handlers',
    find: `if (sk.retransmits < until)
        return false;`,
    replace: `if (sk.retransmits <= until)
        return false;`,
    alsoBreaks: ['TCP-03'],
    does: 'Sends a segment once more than it should before it gives up.',
  },
  {
    id: 'tcp-unreachable-ignored',
    statement: 'CON-01',
    alsoBreaks: ['TCP-03'],
    file: 'net/tcp/error',
    find: `if (meaning !== undefined)
        report(sk, meaning.errno);`,
    replace: ``,
    does: 'Does not listen to what routers say.',
  },
  {
    id: 'tcp-unreachable-of-anything',
    statement: 'CON-01',
    file: 'net/tcp/error',
    find: `if (!('ack' in sk) || !isUnderWay(sk, quoted))`,
    replace: `if (!('ack' in sk))`,
    does: 'Believes an error about a segment that it has not sent.',
  },
  {
    id: 'tcp-failed-socket-not-reusable',
    statement: 'CON-01',
    file: 'net/tcp/connect',
    find: `const error = sockError(sk) ?? 'ECONNABORTED';
    tcpDisconnect(sk);`,
    replace: `const error = sockError(sk) ?? 'ECONNABORTED';`,
    does: 'Leaves a socket unusable whose connection has failed.',
  },
];
