/** Faults where a pointer of a socket call leads nowhere. */
import type { Mutant } from '../mutant.ts';

const pointers = 'net/user-pointers';
const memory = 'net/user-memory';
const proto = 'net/inet-proto';
const address = 'net/sockaddr';
const recvmsg = 'net/tcp/recvmsg';
const reach = 'net/tcp/send-reach';

export const FAULTING_ADDRESS: readonly Mutant[] = [
  {
    id: 'nowhere-address-of-any-length',
    statement: 'BND-01',
    file: address,
    find: `if (length < 0 || length > most)`,
    replace: `if (false)`,
    does: 'Follows the pointer to an address before it looks at the length.',
  },
  {
    id: 'nowhere-address-of-nothing',
    statement: 'BND-01',
    file: address,
    find: `return length === 0 ? success({}) : failure('EFAULT');`,
    replace: `return failure('EFAULT');`,
    does: 'Follows the pointer to an address of no octets.',
  },
  {
    id: 'nowhere-name-without-room',
    statement: 'BND-01',
    file: address,
    find: `if (written > 0 && memory === null)`,
    replace: `if (memory === null)`,
    does: 'Follows the pointer to room for an address where it is said to be none.',
  },
  {
    id: 'nowhere-before-socket',
    statement: 'BND-01',
    alsoBreaks: ['ACC-03', 'RCV-01', 'SND-01'],
    file: pointers,
    find: `BEFORE_LOOKUP[profile].includes(nowhere)`,
    replace: `nowhere !== 'octets'`,
    does: 'Follows all pointers before it looks for the socket.',
  },
  {
    id: 'nowhere-after-socket',
    statement: 'BND-01',
    file: pointers,
    find: `BEFORE_LOOKUP[profile].includes(nowhere)`,
    replace: `false`,
    does: 'Looks for the socket before it follows the pointer to the structure of a message.',
  },
  {
    id: 'nowhere-before-peer',
    statement: 'BND-01',
    file: pointers,
    find: `const name = nameOf(sk.ok);`,
    replace: `if (told.length === null) return failure('EFAULT');
    const name = nameOf(sk.ok);`,
    does: 'Follows the pointers to a name before it knows whether there is one.',
  },
  {
    id: 'nowhere-name-length-first',
    statement: 'BND-01',
    file: pointers,
    find: `else if (profile === 'linux-6' && (told.length ?? -1) >= 0)`,
    replace: `else if ((told.length ?? -1) >= 0)`,
    does: 'Writes how long an address is before the address.',
  },
  {
    id: 'nowhere-octets-sent',
    statement: 'SND-01',
    alsoBreaks: ['RCV-01', 'SND-02'],
    file: memory,
    find: `return null;`,
    replace: `return octets.subarray(at, at + length);`,
    does: 'Sends something in place of octets that are not there.',
  },
  {
    id: 'nowhere-last-octet',
    statement: 'SND-01',
    alsoBreaks: ['RCV-01', 'RCV-03', 'SND-02'],
    file: memory,
    find: `at + length > mapped`,
    replace: `at + length >= mapped`,
    does: 'Takes the last octet of memory for one that is not there.',
  },
  {
    id: 'nowhere-nothing-to-copy',
    statement: 'SND-01',
    alsoBreaks: ['RCV-01', 'RCV-03', 'SND-02'],
    file: memory,
    find: `mapped !== undefined && length > 0 && at + length > mapped`,
    replace: `mapped !== undefined && at + length >= mapped`,
    does: 'Follows a pointer to no octets.',
  },
  {
    id: 'nowhere-bsd-before-error',
    statement: 'SND-01',
    profile: 'bsd-4.4',
    file: 'net/udp',
    find: `sk.net.profile !== 'bsd-4.4' || sk.error !== null || !asked`,
    replace: `sk.net.profile !== 'bsd-4.4' || !asked`,
    does: 'Copies a datagram before it tells the error that waits.',
  },
  {
    id: 'nowhere-bsd-before-peer',
    statement: 'SND-01',
    profile: 'bsd-4.4',
    file: 'net/udp',
    find: `sk.net.profile !== 'bsd-4.4' || sk.error !== null || !asked`,
    replace: `sk.net.profile !== 'bsd-4.4' || sk.error !== null`,
    does: 'Copies a datagram before it asks whom to send it to.',
  },
  {
    id: 'nowhere-datagram-kept',
    statement: 'RCV-01',
    alsoBreaks: ['SND-01'],
    file: proto,
    find: `if (!peek) {`,
    replace: `if (!peek && !faulted) {`,
    does: 'Leaves a datagram in the queue that could not be copied out.',
  },
  {
    id: 'nowhere-datagram-needs-all',
    statement: 'RCV-01',
    alsoBreaks: ['SND-01'],
    file: proto,
    find: `Math.min(size ?? Infinity, received.octets.length)`,
    replace: `received.octets.length`,
    does: 'Copies more of a datagram than there was room for.',
  },
  {
    id: 'nowhere-datagram-room',
    statement: 'RCV-01',
    alsoBreaks: ['SND-01'],
    file: proto,
    find: `Math.min(size ?? Infinity, received.octets.length)`,
    replace: `(size ?? received.octets.length)`,
    does: 'Needs memory for all the room, however short the datagram is.',
  },
  {
    id: 'nowhere-datagram-not-counted',
    statement: 'RCV-01',
    profile: 'linux-6',
    file: proto,
    find: `        if (faulted)
            prot.wasLost(sk);
        else
`,
    replace: ``,
    does: 'Counts a datagram as read that could not be copied out.',
  },
  {
    id: 'nowhere-address-told-first',
    statement: 'RCV-01',
    alsoBreaks: ['SND-01'],
    file: pointers,
    find: `if (nowhere === 'msghdr' || nowhere === 'msg_iov')`,
    replace: `if (nowhere !== 'octets')`,
    does: 'Follows the pointers to an address before it takes the datagram.',
  },
  {
    id: 'nowhere-stream-lost',
    statement: 'RCV-03',
    file: recvmsg,
    find: `if (copied.faulted && isBsd(sk))`,
    replace: `if (copied.faulted)`,
    does: 'Takes octets off the stream that it could not copy out.',
  },
  {
    id: 'nowhere-stream-kept',
    statement: 'RCV-03',
    profile: 'bsd-4.4',
    file: recvmsg,
    find: `if (copied.faulted && isBsd(sk))`,
    replace: `if (false)`,
    does: 'Leaves octets in the stream that it could not copy out.',
  },
  {
    id: 'nowhere-stream-part-untold',
    statement: 'RCV-03',
    file: recvmsg,
    find: `(isBsd(sk) || copied.total === 0)`,
    replace: `true`,
    does: 'Tells nothing of the octets that it has copied out before those that it could not.',
  },
  {
    id: 'nowhere-urgent-kept',
    statement: 'SOC-14',
    alsoBreaks: ['RCV-03'],
    file: recvmsg,
    find: `        if (!peek)
            sk.urgState = 'read';
        if (copyFaults(mapped, 0, Math.min(size, 1)))
            return failure('EFAULT');
`,
    replace: `        if (copyFaults(mapped, 0, Math.min(size, 1)))
            return failure('EFAULT');
        if (!peek)
            sk.urgState = 'read';
`,
    does: 'Leaves an urgent octet that it could not copy out.',
  },
  {
    id: 'nowhere-segment-part',
    statement: 'SND-02',
    file: reach,
    find: `            // Which octets share a segment is known only when they are put there.
            return total;
`,
    replace: `            return mapped;
`,
    does: 'Takes of a segment the octets that are there.',
  },
  {
    id: 'nowhere-fragment-part',
    statement: 'SND-02',
    profile: 'linux-6',
    file: reach,
    find: `return Math.floor(mapped / PAGE_FRAGMENT) * PAGE_FRAGMENT;`,
    replace: `return total;`,
    does: 'Copies into segments and not into fragments of pages.',
  },
  {
    id: 'nowhere-mbuf-part',
    statement: 'SND-02',
    profile: 'bsd-4.4',
    file: reach,
    find: `return reachOfMbufs(total, mapped);`,
    replace: `return mapped;`,
    does: 'Sends of an mbuf the octets that are there.',
  },
  {
    id: 'nowhere-mbufs-told',
    statement: 'SND-02',
    profile: 'bsd-4.4',
    file: 'net/tcp/sendmsg',
    find: `(copied === 0 || losesCount(sk, 'refused'))`,
    replace: `copied === 0`,
    does: 'Tells how much it has sent where it has to tell of the fault.',
  },
  {
    id: 'nowhere-accepted-left-open',
    statement: 'ACC-03',
    file: 'net/tcp/sys-accept',
    find: `if (sk.net.profile !== 'bsd-4.4')`,
    replace: `if (told.errno !== 'EFAULT')`,
    does: 'Leaves a connection open that no program has.',
  },
  {
    id: 'nowhere-accepted-closed',
    statement: 'ACC-03',
    profile: 'bsd-4.4',
    file: 'net/tcp/sys-accept',
    find: `if (sk.net.profile !== 'bsd-4.4')`,
    replace: `if (true)`,
    does: 'Closes a connection that has a descriptor already.',
  },
  {
    id: 'nowhere-option-of-any-length',
    statement: 'OPT-02',
    file: pointers,
    find: `failure(length < (option === 'IP_TTL' ? 1 : INT) ? 'EINVAL' : 'EFAULT')`,
    replace: `failure('EFAULT')`,
    does: 'Follows the pointer to a value before it looks at the length.',
  },
  {
    id: 'nowhere-option-of-ip-an-int',
    statement: 'OPT-02',
    file: pointers,
    find: `length < (option === 'IP_TTL' ? 1 : INT)`,
    replace: `length < INT`,
    does: 'Refuses a value of an octet.',
  },
  {
    id: 'nowhere-error-kept',
    statement: 'OPT-01',
    file: pointers,
    find: `if (option === 'SO_ERROR')`,
    replace: `if (false)`,
    does: 'Keeps an error that it could not tell.',
  },
  {
    id: 'nowhere-error-lost-early',
    statement: 'OPT-01',
    file: pointers,
    find: `    const bsd = profile === 'bsd-4.4';
    if (length === null)`,
    replace: `    const bsd = profile === 'bsd-4.4';
    if (option === 'SO_ERROR')
        forgetError(sk.ok);
    if (length === null)`,
    does: 'Forgets an error before it knows how much room there is.',
  },
  {
    id: 'nowhere-value-length-first',
    statement: 'OPT-01',
    file: pointers,
    find: `if (option === 'IP_TTL' && !bsd)`,
    replace: `if (!bsd)`,
    does: 'Writes how long a value is before the value.',
  },
  {
    id: 'nowhere-ip-value-length-behind',
    statement: 'OPT-01',
    file: pointers,
    find: `if (option === 'IP_TTL' && !bsd)`,
    replace: `if (false)`,
    does: 'Writes how long a value of IP is behind the value.',
  },
];
