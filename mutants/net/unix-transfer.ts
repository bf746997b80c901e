/** Faults of what goes over local sockets, and of their end. */
import type { Mutant } from '../mutant.ts';

const sock = 'net/unix/unix-sock';
const dgram = 'net/unix/unix-dgram';
const stream = 'net/unix/unix-stream';
const release = 'net/unix/unix-release';
const family = 'net/unix/af-unix';

export const UNIX_TRANSFER: readonly Mutant[] = [
  {
    id: 'unix-queue-exact',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `return length > backlog;`,
    replace: `return length >= backlog;`,
    does: 'Has no more wait than the backlog says.',
  },
  {
    id: 'unix-queue-one-more',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `return length > backlog;`,
    replace: `return length > backlog + 1;`,
    does: 'Has two more wait than the backlog says.',
  },
  {
    id: 'unix-error-told-again',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `    sk.error = null;
    return error;`,
    replace: `    return error;`,
    does: 'Tells an error at every call.',
  },
  {
    id: 'unix-sender-not-charged',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `sender.wmemAlloc += skb.truesize;`,
    replace: ``,
    does: 'Charges nobody for what waits.',
  },
  {
    id: 'unix-sender-pays-for-ever',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `sender.wmemAlloc -= paid;`,
    replace: ``,
    does: 'Charges the sender for what was received.',
  },
  {
    id: 'unix-wakes-writers-early',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `if (sender.wmemAlloc * 4 <= sender.sndbuf)`,
    replace: `if (sender.wmemAlloc < sender.sndbuf)`,
    does: 'Wakes a sender for each message that is received.',
  },
  {
    id: 'unix-wakes-no-writer',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: sock,
    find: `if (sender.wmemAlloc * 4 <= sender.sndbuf)
        wakeUp(sender.sleepers, Infinity);`,
    replace: ``,
    does: 'Leaves a sender asleep that has room.',
  },
  {
    id: 'unix-wakes-no-reader',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04', 'SOC-07'],
    file: sock,
    find: `receiver.receiveQueue.push(skb);
    wakeUp(receiver.sleepers);`,
    replace: `receiver.receiveQueue.push(skb);`,
    does: 'Leaves a reader asleep.',
  },
  {
    id: 'unix-newest-first',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: sock,
    find: `receiver.receiveQueue.push(skb);`,
    replace: `receiver.receiveQueue.unshift(skb);`,
    does: 'Receives the newest message first.',
  },
  {
    id: 'unix-message-any-length',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `if (octets.length > sk.sndbuf - OVERHEAD)
        return failure('EMSGSIZE');`,
    replace: ``,
    does: 'Takes a message that is longer than the send buffer.',
  },
  {
    id: 'unix-message-whole-buffer',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `sk.sndbuf - OVERHEAD`,
    replace: `sk.sndbuf`,
    does: 'Lets a message use the whole send buffer.',
  },
  {
    id: 'unix-pair-queue-bounded',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `if (other.peer === sk || !queueFull(other))`,
    replace: `if (!queueFull(other))`,
    does: "Bounds the queue between two that are each other's peer.",
  },
  {
    id: 'unix-queue-unbounded',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    file: dgram,
    find: `if (other.peer === sk || !queueFull(other))`,
    replace: `if (true)`,
    does: 'Lets any number of messages wait.',
  },
  {
    id: 'unix-dead-peer-silent',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05'],
    file: dgram,
    find: `if (sk.peer === other)
                return failure(peerIsDead(sk, other));`,
    replace: ``,
    does: 'Sends on to the name of a peer that has closed.',
  },
  {
    id: 'unix-dead-peer-stays',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05'],
    file: dgram,
    find: `    sk.peer = null;
    unixDgramDisconnected`,
    replace: `    unixDgramDisconnected`,
    does: 'Keeps a peer that has closed.',
  },
  {
    id: 'unix-sends-to-shut-reader',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05', 'SOC-07'],
    file: dgram,
    find: `if (other.receiveShutdown)
            return failure('EPIPE');`,
    replace: ``,
    does: 'Sends messages to who receives no more.',
  },
  {
    id: 'unix-seqpacket-to-address',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04'],
    file: dgram,
    find: `{ ...message, to: null }`,
    replace: `message`,
    does: 'Sends a sequenced packet to an address instead of its peer.',
  },
  {
    id: 'unix-message-not-cut',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `skb.octets.subarray(0, size)`,
    replace: `skb.octets`,
    does: 'Gives more than was asked for.',
  },
  {
    id: 'unix-message-cut-silently',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `truncated: octets.length < skb.octets.length`,
    replace: `truncated: false`,
    does: 'Does not say that a message was cut.',
  },
  {
    id: 'unix-message-rest-stays',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `    if (!peek) {
        sk.receiveQueue.shift();
        freeSkb(skb);
    }
    // The name that the sender has by now, not the one that it had.
    const { name: from } = skb.sender;
    const octets = skb.octets.subarray(0, size);`,
    replace: `    const { name: from } = skb.sender;
    const octets = skb.octets.subarray(0, size);
    if (!peek) {
        skb.octets = skb.octets.subarray(size);
        if (skb.octets.length === 0) {
            sk.receiveQueue.shift();
            freeSkb(skb);
        }
    }`,
    does: 'Keeps the rest of a message that did not fit.',
  },
  {
    id: 'unix-look-takes',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04', 'SOC-07'],
    file: dgram,
    find: `if (!peek) {
        sk.receiveQueue.shift();`,
    replace: `{
        sk.receiveQueue.shift();`,
    does: 'Takes the message that is looked at.',
  },
  {
    id: 'unix-received-twice',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04', 'SOC-05'],
    file: dgram,
    find: `        sk.receiveQueue.shift();
        freeSkb(skb);`,
    replace: `        freeSkb(skb);`,
    does: 'Leaves a message that was received.',
  },
  {
    id: 'unix-queue-room-untold',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    file: dgram,
    find: `    wakeUp(sk.peerWait);
    if (!peek)`,
    replace: `    if (!peek)`,
    does: 'Leaves who waits for a queue asleep.',
  },
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
    find: `if (sk.sendShutdown)
        return brokenPipe();`,
    replace: ``,
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
    find: `        if (sk.receiveQueue.length > 0)
            return success(received`,
    replace: `        if (sk.receiveQueue.length > 0 && sk.error === null)
            return success(received`,
    does: 'Tells a reset before what was sent.',
  },
  {
    id: 'unix-stream-end-loses',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-07'],
    file: stream,
    find: `        if (sk.receiveQueue.length > 0)
            return success(received`,
    replace: `        if (sk.receiveQueue.length > 0 && !sk.receiveShutdown)
            return success(received`,
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
