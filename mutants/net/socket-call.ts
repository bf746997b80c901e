/** Faults of sockets as descriptors, and of the system calls on them. */
import type { Mutant } from '../mutant.ts';

const sysSocket = 'net/sys-socket';
const socketFile = 'net/socket-file';
const numbers = 'net/socket-numbers';

export const SOCKET_CALL: readonly Mutant[] = [
  {
    id: 'socket-unknown-number-is-first',
    statement: 'SCL-09',
    file: sysSocket,
    find: `if (call === undefined)
        return failure('ENOSYS');`,
    replace: `if (call === undefined)
        return sysSocket(caller, args);`,
    does: 'Makes a socket for any number that it does not know.',
  },
  {
    id: 'socket-codes-off-by-one',
    statement: 'SCL-09',
    alsoBreaks: ['KRN-13', 'KRN-14'],
    file: numbers,
    find: `one.code === code)`,
    replace: `one.code + 1 === code)`,
    does: 'Takes the code of each call on sockets for that of the one before.',
  },
  {
    id: 'socket-any-descriptor-is-one',
    statement: 'SCL-09',
    file: socketFile,
    find: `return isSocket ? success(file) : failure('ENOTSOCK');`,
    replace: `return isSocket ? success(file) : failure('EBADF');`,
    does: 'Says of what is open and no socket that it is not open.',
  },
  {
    id: 'socket-shutdown-without-effect',
    statement: 'SCL-09',
    alsoBreaks: ['KRN-14'],
    file: sysSocket,
    find: `zero(tcpShutdown(sk, how))`,
    replace: `success(ZERO)`,
    does: 'Lets shutdown succeed without doing anything.',
  },
  {
    id: 'socket-numbers-of-their-own',
    statement: 'KRN-13',
    alsoBreaks: ['KRN-14', 'SCL-09'],
    file: sysSocket,
    find: `installFile(table, fd.ok, newSocketFile(openTcp(net, ipv4Specific)));
    return success({ value: fd.ok });`,
    replace: `const own = Math.max(fd.ok, 16);
    installFile(table, own, newSocketFile(openTcp(net, ipv4Specific)));
    return success({ value: own });`,
    does: 'Gives sockets numbers from 16 on.',
  },
  {
    id: 'socket-close-forgets-connection',
    statement: 'KRN-13',
    alsoBreaks: ['SCL-09'],
    file: socketFile,
    find: `release: ({ data }) => tcpCloseNow(data),`,
    replace: ``,
    does: 'Leaves a connection open whose last descriptor is closed.',
  },
  {
    id: 'socket-accept-keeps-what-has-no-number',
    statement: 'KRN-13',
    file: sysSocket,
    find: `putFile(connection);`,
    replace: ``,
    does: 'Leaves a connection open for which there is no descriptor.',
  },
  {
    id: 'socket-bsd-accept-loses-what-has-no-number',
    statement: 'KRN-13',
    profile: 'bsd-4.4',
    file: sysSocket,
    find: `if (net.profile === 'bsd-4.4') {`,
    replace: `if (false) {`,
    does: 'Takes a connection in 4.4BSD before there is a descriptor for it.',
  },
  {
    id: 'socket-read-ignores-nonblock',
    statement: 'KRN-14',
    file: socketFile,
    find: `receiveFrom(data, task, count, nonblock)`,
    replace: `receiveFrom(data, task, count, false)`,
    does: 'Lets a read of a socket sleep although it does not block.',
  },
  {
    id: 'socket-write-raises-no-signal',
    statement: 'KRN-14',
    file: socketFile,
    find: `sendSignal(task, 'SIGPIPE')`,
    replace: `undefined`,
    does: 'Sends no SIGPIPE to who writes to a socket that is shut down.',
  },
  {
    id: 'socket-ioctl-counts-sent-as-received',
    statement: 'KRN-14',
    file: socketFile,
    find: `request === 'FIONREAD' ? readableOctets(sk) : queuedOctets(sk)`,
    replace: `queuedOctets(sk)`,
    does: 'Counts for FIONREAD what is to be sent.',
  },
  {
    id: 'socket-poll-enters-no-queue',
    statement: 'KRN-14',
    file: socketFile,
    find: `pollWait(table, data.sleepers);`,
    replace: ``,
    does: 'Never wakes a select for what happens at a socket.',
  },
];
