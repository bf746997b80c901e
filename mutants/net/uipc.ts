/** Faults of the local sockets of 4.4BSD. */
import type { Mutant } from '../mutant.ts';

const usrreq = 'net/unix/uipc-usrreq';
const transfer = 'net/unix/uipc-transfer';
const socket = 'net/unix/uipc-socket';
const domain = 'net/unix/uipc';
const profile = 'bsd-4.4';

export const UIPC: readonly Mutant[] = [
  {
    id: 'unp-backlog-exact',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `Math.floor((3 * head.queueLimit) / 2)`,
    replace: `head.queueLimit`,
    does: 'Has no more connections wait than one above the backlog.',
  },
  {
    id: 'unp-backlog-unbounded',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `Math.min(Math.max(backlog, 0), SOMAXCONN)`,
    replace: `Math.max(backlog, 0)`,
    does: 'Takes a backlog however large.',
  },
  {
    id: 'unp-file-for-socket',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `if (kind !== 'socket')
        return failure('ENOTSOCK');`,
    replace: ``,
    does: 'Refuses at a file that is no socket.',
  },
  {
    id: 'unp-type-ignored',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05'],
    profile,
    file: usrreq,
    find: `if (named.type !== so.type)
        return failure('EPROTOTYPE');`,
    replace: ``,
    does: 'Connects sockets of different types.',
  },
  {
    id: 'unp-listener-connects',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `if (so.acceptsConnections)
        return failure('EOPNOTSUPP');`,
    replace: ``,
    does: 'Connects a socket that listens.',
  },
  {
    id: 'unp-stays-connected',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    profile,
    file: usrreq,
    find: `if (so.connected)
        unpDisconnect(so);
`,
    replace: ``,
    does: 'Leaves a datagram socket with its peer of before.',
  },
  {
    id: 'unp-drop-untold',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `for (const other of so.referring)
        unpDrop(other, 'ECONNRESET');`,
    replace: ``,
    does: 'Tells nobody that the peer of its datagrams is gone.',
  },
  {
    id: 'unp-shutdown-keeps',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `        discardReceived(so);
    }
    if (how`,
    replace: `    }
    if (how`,
    does: 'Keeps what waits when reading is shut down.',
  },
  {
    id: 'unp-shutdown-one-sided',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `if (so.type === 'SOCK_STREAM' && so.peer !== null)
            cantReceiveMore(so.peer);`,
    replace: ``,
    does: 'Does not tell the peer of a shutdown.',
  },
  {
    id: 'unp-path-too-long',
    statement: 'SOC-04',
    profile,
    file: usrreq,
    find: `const LONGEST_PATH = 105;`,
    replace: `const LONGEST_PATH = 108;`,
    does: 'Takes a path that an mbuf has no room for.',
  },
  {
    id: 'unp-datagram-two-peers',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05'],
    profile,
    file: transfer,
    find: `if (so.peer !== null)
            return failure('EISCONN');`,
    replace: ``,
    does: 'Sends to an address though there is a peer.',
  },
  {
    id: 'unp-datagram-stays-connected',
    statement: 'SOC-04',
    alsoBreaks: ['SOC-05'],
    profile,
    file: transfer,
    find: `if (to !== null)
        unpDisconnect(so);`,
    replace: ``,
    does: 'Keeps the receiver of one datagram as its peer.',
  },
  {
    id: 'unp-datagram-lost-silently',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    profile,
    file: transfer,
    find: `taken ? success(octets.length) : failure('ENOBUFS')`,
    replace: `success(octets.length)`,
    does: 'Does not say that a datagram had no room.',
  },
  {
    id: 'unp-no-signal',
    statement: 'SOC-04',
    profile,
    file: transfer,
    find: `if (broken && !message.noSignal)
        sendSignal(task, 'SIGPIPE');`,
    replace: ``,
    does: 'Sends no SIGPIPE.',
  },
  {
    id: 'unp-no-low-water',
    statement: 'SOC-04',
    profile,
    file: transfer,
    find: `so.sendMark < octets.length - sent + control && so.sendMark < Math.max(LOW_WATER, control)`,
    replace: `so.sendMark <= 0`,
    does: 'Lets a sender go on as soon as there is any room.',
  },
  {
    id: 'unp-waits-for-low-water',
    statement: 'SOC-04',
    profile,
    file: transfer,
    find: `so.sendMark < octets.length - sent + control && so.sendMark < Math.max(LOW_WATER, control)`,
    replace: `so.sendMark < LOW_WATER`,
    does: 'Lets nothing be sent without room for 2048 octets.',
  },
  {
    id: 'unp-no-pressure',
    statement: 'SOC-04',
    profile,
    file: transfer,
    find: `so.sendMark -= settle(peer);`,
    replace: ``,
    does: 'Lets a stream hold any number of octets.',
  },
  {
    id: 'unp-pressure-stays',
    statement: 'SOC-04',
    profile,
    file: transfer,
    find: `peer.sendMark -= settle(so);`,
    replace: ``,
    does: 'Gives a sender nothing back for what was received.',
  },
  {
    id: 'unp-message-cut-silently',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    profile,
    file: transfer,
    find: `const truncated = octets.length < first.octets.length`,
    replace: `const truncated = false`,
    does: 'Does not say that a message was cut.',
  },
  {
    id: 'unp-reads-unconnected',
    statement: 'SOC-04',
    profile,
    file: transfer,
    find: `if (!so.connected && so.type === 'SOCK_STREAM')
            return failure('ENOTCONN');`,
    replace: ``,
    does: 'Sleeps for a stream that is not connected.',
  },
  {
    id: 'unp-datagram-address-free',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    profile,
    file: socket,
    find: `octets.length + addressLength(from)`,
    replace: `octets.length`,
    does: 'Does not count the address of a datagram.',
  },
  {
    id: 'unp-datagram-buffer-unbounded',
    statement: 'SOC-05',
    alsoBreaks: ['SOC-04'],
    profile,
    file: socket,
    find: `if (charge > space)
        return false;`,
    replace: ``,
    does: 'Takes datagrams without room for them.',
  },
  {
    id: 'unp-sequenced-packets',
    statement: 'SOC-07',
    alsoBreaks: ['SOC-04'],
    profile,
    file: domain,
    find: `return known ? success(newBsdSocket(host, type)) : failure('EPROTONOSUPPORT');`,
    replace: `return success(newBsdSocket(host, type));`,
    does: 'Makes a socket of a type that it has not.',
  },
];
