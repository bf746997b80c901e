/** Faults of descriptors that are passed between local sockets. */
import type { Mutant } from '../mutant.ts';

const scm = 'net/unix/scm';
const family = 'net/unix/af-unix';
const stream = 'net/unix/unix-stream';
const sock = 'net/unix/unix-sock';
const release = 'net/unix/unix-release';

export const DESCRIPTOR_PASSING: readonly Mutant[] = [
  {
    id: 'scm-no-reference',
    statement: 'SOC-04',
    file: scm,
    find: `for (const file of rights)
        file.references++;
    return success(rights);`,
    replace: `return success(rights);`,
    does: 'Has a message take descriptors without keeping their files open.',
  },
  {
    id: 'scm-never-closed',
    statement: 'SOC-04',
    file: scm,
    find: `for (const file of rights.splice(0))
        fput(file);`,
    replace: `rights.splice(0);`,
    does: 'Leaves files open for ever whose message was thrown away.',
  },
  {
    id: 'scm-closed-descriptor-left-out',
    statement: 'SOC-04',
    file: scm,
    find: `if (rights.length < wanted.length)
        return failure('EBADF');`,
    replace: ``,
    does: 'Passes those descriptors that are open, and says nothing of the others.',
  },
  {
    id: 'scm-one-more',
    statement: 'SOC-04',
    file: scm,
    find: `wanted.length > most`,
    replace: `wanted.length > most + 1`,
    does: 'Has a message take one descriptor more than it may.',
  },
  {
    id: 'scm-one-less',
    statement: 'SOC-04',
    file: scm,
    find: `wanted.length > most`,
    replace: `wanted.length >= most`,
    does: 'Has a message take one descriptor less than it may.',
  },
  {
    id: 'scm-peek-takes',
    statement: 'SOC-04',
    file: stream,
    find: `peek ? duplicate(skb.rights) : detach(skb.rights)`,
    replace: `detach(skb.rights)`,
    does: 'Takes the descriptors of octets that are only looked at.',
  },
  {
    id: 'scm-peek-borrows',
    statement: 'SOC-04',
    file: scm,
    find: `for (const file of rights)
        file.references++;
    return [...rights];`,
    replace: `return [...rights];`,
    does: 'Gives who looks at a message descriptors that keep nothing open.',
  },
  {
    id: 'scm-stream-reads-on',
    statement: 'SOC-04',
    file: stream,
    find: `if (rights.length > 0)
            break;`,
    replace: ``,
    does: 'Reads on behind octets with descriptors.',
  },
  {
    id: 'scm-room-ignored',
    statement: 'SOC-04',
    file: family,
    find: `rights.splice(room ?? 0)`,
    replace: `rights.splice(room === null ? 0 : Infinity)`,
    does: 'Gives a reader more descriptors than he has room for.',
  },
  {
    id: 'scm-too-many-left-open',
    statement: 'SOC-04',
    file: family,
    find: `scmDestroy(beyond);`,
    replace: ``,
    does: 'Leaves descriptors open that the reader has no room for.',
  },
  {
    id: 'scm-not-told-of-more',
    statement: 'SOC-04',
    file: family,
    find: `const cut = beyond.length > 0;`,
    replace: `const cut = false;`,
    does: 'Does not tell a reader that there were more descriptors.',
  },
  {
    id: 'scm-refused-keeps-open',
    statement: 'SOC-04',
    file: family,
    find: `        scmDestroy(scm.ok);`,
    replace: `        scm.ok;`,
    does: 'Leaves files open that were to go with a message that is not sent.',
  },
  {
    id: 'scm-unread-left-open',
    statement: 'SOC-04',
    file: sock,
    find: `    scmDestroy(detach(rights));
    sender.wmemAlloc`,
    replace: `    sender.wmemAlloc`,
    does: 'Leaves files open that wait in a socket that is closed.',
  },
  {
    id: 'unix-gc-never',
    statement: 'SOC-04',
    file: release,
    find: `unixGc(sk.domain.files);`,
    replace: ``,
    does: 'Never looks for sockets that nobody can reach.',
  },
  {
    id: 'unix-gc-references-only',
    statement: 'SOC-04',
    file: scm,
    find: `references > inFlight`,
    replace: `references > 0`,
    does: 'Takes a socket that waits in its own queue for one that somebody has.',
  },
  {
    id: 'unix-gc-queues-forgotten',
    statement: 'SOC-04',
    file: scm,
    find: `next.push(...file.holds());`,
    replace: ``,
    does: 'Closes sockets that wait where somebody can receive them.',
  },
  {
    id: 'unix-gc-one-level',
    statement: 'SOC-04',
    file: scm,
    find: `        next.push(...file.holds());`,
    replace: `        for (const held of file.holds())
            reached.add(held);`,
    does: 'Does not look into the queues of sockets that are on their way.',
  },
  {
    id: 'unix-gc-accept-queue-forgotten',
    statement: 'SOC-04',
    file: sock,
    find: `, ...acceptQueue.flatMap(filesIn)]`,
    replace: `]`,
    does: 'Closes sockets that wait in a connection that nobody has accepted yet.',
  },
  {
    id: 'unix-in-flight-still',
    statement: 'SOC-04',
    file: scm,
    find: `for (const file of rights)
        file.inFlight--;`,
    replace: ``,
    does: 'Counts a descriptor that was received as one that is on its way.',
  },
  {
    id: 'uipc-records-joined',
    statement: 'SOC-04',
    profile: 'bsd-4.4',
    file: 'net/unix/uipc-transfer',
    find: `next < 0 ? received.slice() : received.slice(0, next)`,
    replace: `received.slice()`,
    does: 'Reads on into octets with descriptors.',
  },
  {
    id: 'uipc-too-many-rights',
    statement: 'SOC-04',
    profile: 'bsd-4.4',
    file: 'net/unix/uipc-transfer',
    find: `message.rights.length > MOST_RIGHTS`,
    replace: `false`,
    does: 'Takes more descriptors than an mbuf has room for.',
  },
  {
    id: 'uipc-unread-left-open',
    statement: 'SOC-04',
    profile: 'bsd-4.4',
    file: 'net/unix/uipc-socket',
    find: `scmDestroy(detach(rights));`,
    replace: `detach(rights);`,
    does: 'Leaves files open that wait in a socket that is closed.',
  },
];
