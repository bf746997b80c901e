/** Faults of local streams, and of the end of local sockets. */
import type { Mutant } from '../mutant.ts';

const stream = 'net/unix/unix-stream';
const release = 'net/unix/unix-release';
const family = 'net/unix/af-unix';

export const UNIX_STREAM: readonly Mutant[] = [
  {
    id: 'unix-stream-no-signal',
    statement: 'SOC-04',
    file: stream,
    find: `if (!noSignal)
            sendSignal(task, 'SIGPIPE');`,
    replace: ``,
    does: 'Sends no SIGPIPE.',
  },
  {
    id: 'unix-stream-signal-anyway',
    statement: 'SOC-04',
    file: stream,
    find: `if (!noSignal)
            sendSignal(task, 'SIGPIPE');`,
    replace: `sendSignal(task, 'SIGPIPE');`,
    does: 'Sends SIGPIPE to who wants none.',
  },
  {
    id: 'unix-stream-sends-to-address',
    statement: 'SOC-04',
    file: stream,
    find: `if (to !== null)
        return failure(sk.state === 'established' ? 'EISCONN' : 'EOPNOTSUPP');`,
    replace: ``,
    does: 'Passes over the address of who sends on a stream.',
  },
  {
    id: 'unix-stream-shut-writes',
    statement: 'SOC-04',
    file: stream,
    find: `if (sk.sendShutdown) {`,
    replace: `if (false) {`,
    does: 'Sends where sending was shut down.',
  },
  {
    id: 'unix-stream-partial-lost',
    statement: 'SOC-04',
    file: stream,
    find: `return sent > 0 ? success(sent) : room;`,
    replace: `return room;`,
    does: 'Does not say how much was taken before an error.',
  },
  {
    id: 'unix-stream-keeps-borders',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: stream,
    find: `if (left === 0 || (peek && !newer))`,
    replace: `if (true)`,
    does: 'Joins no writes in one read.',
  },
  {
    id: 'unix-stream-rest-lost',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: stream,
    find: `skb.octets = skb.octets.subarray(length);`,
    replace: `skb.octets = skb.octets.subarray(skb.octets.length);`,
    does: 'Loses what of a write did not fit.',
  },
  {
    id: 'unix-stream-look-takes',
    statement: 'SOC-04',
    file: stream,
    find: `if (!peek)
            pull`,
    replace: `pull`,
    does: 'Takes what is looked at.',
  },
  {
    id: 'unix-stream-error-first',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: stream,
    find: `        if (sk.receiveQueue.length > 0) {`,
    replace: `        if (sk.receiveQueue.length > 0 && sk.error === null) {`,
    does: 'Tells a reset before what was sent.',
  },
  {
    id: 'unix-stream-end-loses',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: stream,
    find: `        if (sk.receiveQueue.length > 0) {`,
    replace: `        if (sk.receiveQueue.length > 0 && !sk.receiveShutdown) {`,
    does: 'Ends before all was received.',
  },
  {
    id: 'unix-stream-reads-unconnected',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: stream,
    find: `if (sk.state !== 'established')
        return failure('EINVAL');`,
    replace: ``,
    does: 'Sleeps for a stream that is not connected.',
  },
  {
    id: 'unix-shutdown-one-sided',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: release,
    find: `if (sk.peer !== null && connectionBased(sk))
        end(sk.peer, noMoreOut, noMoreIn);`,
    replace: ``,
    does: 'Does not tell the peer of a shutdown.',
  },
  {
    id: 'unix-shutdown-crossed',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: release,
    find: `end(sk.peer, noMoreOut, noMoreIn);`,
    replace: `end(sk.peer, noMoreIn, noMoreOut);`,
    does: 'Ends the same direction on both sides.',
  },
  {
    id: 'unix-shutdown-wakes-nobody',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: release,
    find: `    wakeAll(sk);
`,
    replace: ``,
    does: 'Leaves those asleep whose direction has ended.',
  },
  {
    id: 'unix-close-never-resets',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04'],
    file: release,
    find: `if (unread || embryo)
            peer.error = 'ECONNRESET';`,
    replace: ``,
    does: 'Ends a connection in order though something was not received.',
  },
  {
    id: 'unix-close-always-resets',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04'],
    file: release,
    find: `if (unread || embryo)
            peer.error = 'ECONNRESET';`,
    replace: `peer.error = 'ECONNRESET';`,
    does: 'Resets a connection that ended in order.',
  },
  {
    id: 'unix-close-leaves-peer',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: release,
    find: `        end(peer, true, true);
`,
    replace: ``,
    does: 'Does not end the peer of a socket that is closed.',
  },
  {
    id: 'unix-close-forgets-waiting',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: release,
    find: `if (wasListening)
        for (const waiting of sk.acceptQueue.splice(0))
            unixRelease(waiting, true);`,
    replace: ``,
    does: 'Leaves those connected whom nobody will accept.',
  },
  {
    id: 'unix-close-wakes-no-waiter',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04', 'SOC-07'],
    file: release,
    find: `    wakeUp(sk.peerWait, Infinity);
    const { peer }`,
    replace: `    const { peer }`,
    does: 'Leaves those asleep who wait for a queue that is gone.',
  },
  {
    id: 'unix-sndbuf-not-doubled',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: family,
    find: `Math.max(2 * taken,`,
    replace: `Math.max(taken,`,
    does: 'Takes a send buffer as it is asked for.',
  },
  {
    id: 'unix-raw-stays-raw',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05'],
    file: family,
    find: `type === 'SOCK_RAW' ? 'SOCK_DGRAM' : type`,
    replace: `type`,
    does: 'Makes a raw local socket.',
  },
  {
    id: 'unix-peer-of-nobody',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: family,
    find: `peer === null ? failure('ENOTCONN') : success(peer.name)`,
    replace: `success(peer?.name ?? null)`,
    does: 'Tells of a peer that is none.',
  },
];
