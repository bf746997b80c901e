/** Faults of messages that go over local sockets, and of their queues. */
import type { Mutant } from '../mutant.ts';

const sock = 'net/unix/unix-sock';
const dgram = 'net/unix/unix-dgram';

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
    }`,
    replace: `    if (!peek) {
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
    const octets`,
    replace: `    const octets`,
    does: 'Leaves who waits for a queue asleep.',
  },
];
