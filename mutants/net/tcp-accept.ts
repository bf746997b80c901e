/** Faults of accept: a listening socket that is shut down, and no more room for open files. */
import type { Mutant } from '../mutant.ts';

export const TCP_ACCEPT: readonly Mutant[] = [
  {
    id: 'accept-shut-down-listens-on',
    statement: 'ACC-01',
    file: 'net/tcp/close',
    find: `else if (receive)
                tcpDisconnect(sk);
            return success({});`,
    replace: `return success({});`,
    does: 'Goes on listening when the socket is shut down for reading.',
  },
  {
    id: 'accept-shut-down-for-writing-ends',
    statement: 'ACC-01',
    file: 'net/tcp/close',
    find: `else if (receive)
                tcpDisconnect(sk);
            return success({});`,
    replace: `else
                tcpDisconnect(sk);
            return success({});`,
    does: 'Ends the listening when the socket is shut down for writing alone.',
  },
  {
    id: 'accept-bsd-shut-down-waits',
    statement: 'ACC-01',
    profile: 'bsd-4.4',
    file: 'net/tcp/accept',
    find: `const aborted = () => sk.receiveShutdown;`,
    replace: `const aborted = () => false;`,
    does: 'Waits in 4.4BSD for a connection at a socket that is shut down.',
  },
  {
    id: 'accept-bsd-shut-down-loses-queue',
    statement: 'ACC-01',
    profile: 'bsd-4.4',
    file: 'net/tcp/close',
    find: `shutBsdListener(sk, send);
            else`,
    replace: `tcpListenStop(sk);
            else`,
    does: 'Resets in 4.4BSD what waits, when the listening socket is shut down.',
  },
  {
    id: 'accept-bsd-shut-down-not-told',
    statement: 'ACC-01',
    profile: 'bsd-4.4',
    file: 'net/tcp/close',
    find: `setState(sk, 'CLOSED');
    wakeSock(sk);
}`,
    replace: `setState(sk, 'CLOSED');
}`,
    does: 'Lets sleep in 4.4BSD who waits at a socket that was shut down for writing.',
  },
  {
    id: 'accept-bsd-close-forgets-queue',
    statement: 'ACC-01',
    profile: 'bsd-4.4',
    file: 'net/tcp/close',
    find: `if (sk.listening !== null) {
        setState(sk, 'CLOSED');`,
    replace: `if (sk.state === 'LISTEN') {
        setState(sk, 'CLOSED');`,
    does: 'Forgets in 4.4BSD what waits at a socket that was shut down, when it is closed.',
  },
  {
    id: 'accept-takes-before-it-has-room',
    statement: 'KRN-13',
    profile: 'linux-6',
    file: 'net/sys-socket',
    find: `if (net.profile === 'linux-6') {`,
    replace: `if (false) {`,
    does: 'Takes a connection out of the queue before there is a descriptor for it.',
  },
  {
    id: 'accept-bsd-takes-before-it-has-room',
    statement: 'KRN-13',
    profile: 'bsd-4.4',
    file: 'net/sys-socket',
    find: `if (net.profile === 'bsd-4.4') {`,
    replace: `if (false) {`,
    does: 'Takes a connection in 4.4BSD out of the queue before there is a descriptor for it.',
  },
  {
    id: 'accept-keeps-what-has-no-room',
    statement: 'KRN-13',
    file: 'net/sys-socket',
    find: `putFile(connection);
        return fd;`,
    replace: `return fd;`,
    does: 'Leaves a connection open that nobody can have.',
  },
  {
    id: 'open-files-without-limit',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `system.open + files <= system.most`,
    replace: `true`,
    does: 'Has room for any number of open files.',
  },
  {
    id: 'open-files-a-pipe-is-one',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `system.open + files <= system.most`,
    replace: `system.open < system.most`,
    does: 'Looks for room for one end of a pipe only.',
  },
  {
    id: 'open-files-counted-by-descriptor',
    statement: 'KRN-13',
    file: 'kernel/file-table',
    find: `if (file.system === null)
        system.open++;`,
    replace: `system.open++;`,
    does: 'Counts each descriptor of an open file.',
  },
  {
    id: 'open-files-never-fewer',
    statement: 'KRN-13',
    file: 'kernel/file',
    find: `if (file.system !== null)
        file.system.open--;`,
    replace: ``,
    does: 'Goes on counting files that are closed.',
  },
];
