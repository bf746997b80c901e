/** Faults of sockets: buffers and names. */
import type { Mutant } from '../mutant.ts';

const sock = 'net/sock';
const socket = 'net/socket';

export const SOCKETS: readonly Mutant[] = [
  {
    id: 'route-own-address-itself',
    statement: 'BND-06',
    alsoBreaks: ['BND-01'],
    profile: 'linux-6',
    file: 'net/route',
    find: `if (net.profile !== 'linux-6')
        return to;`,
    replace: `if (net.profile !== '')
        return to;`,
    does: 'Takes an address of its own for the one towards it, as older systems did.',
  },
  {
    id: 'sock-receive-buffer-unbounded',
    statement: 'BUF-07',
    alsoBreaks: ['OPT-04'],
    file: sock,
    find: `    if (!hasRoom(sk, cost))
        return false;`,
    replace: ``,
    does: 'Keeps every datagram, however full the receive buffer is.',
  },
  {
    id: 'sock-full-buffer-loses-oldest',
    statement: 'BUF-07',
    file: sock,
    find: `if (!hasRoom(sk, cost))
        return false;`,
    replace: `if (!hasRoom(sk, cost))
        sk.receiveQueue.shift()?.owner?.destructor();`,
    does: 'Makes room for a datagram by throwing the oldest away.',
  },
  {
    id: 'sock-reading-makes-no-room',
    statement: 'BUF-07',
    file: sock,
    find: `destructor: () => uncharge(sk, cost)`,
    replace: `destructor: () => undefined`,
    does: 'Never gives the room of a datagram back.',
  },
  {
    id: 'sock-room-given-back-at-once',
    statement: 'BUF-07',
    profile: 'linux-6',
    file: sock,
    find: `if (batch === undefined || sk.closed) {`,
    replace: `if (true) {`,
    does: 'Gives the room of each datagram back when it is read, as older systems did.',
  },
  {
    id: 'sock-room-given-back-at-the-end',
    statement: 'BUF-07',
    profile: 'linux-6',
    file: sock,
    find: `batch.deficit < sk.rcvbuf >> 2 && `,
    replace: ``,
    does: 'Gives room back only when all that was there has been read.',
  },
  {
    id: 'sock-queue-last-first',
    statement: 'BUF-05',
    alsoBreaks: ['BUF-07', 'RCV-01', 'SOC-05'],
    file: sock,
    find: `sk.receiveQueue.push(skb);`,
    replace: `sk.receiveQueue.unshift(skb);`,
    does: 'Gives the datagram first that came last.',
  },
  {
    id: 'sock-reader-not-woken',
    statement: 'RCV-01',
    file: sock,
    find: `    sk.receiveQueue.push(skb);
    wakeSock(sk);`,
    replace: `    sk.receiveQueue.push(skb);`,
    does: 'Leaves a reader asleep when a datagram comes.',
  },
  {
    id: 'sock-error-told-for-ever',
    statement: 'CON-02',
    alsoBreaks: ['MTU-01', 'MTU-02'],
    file: sock,
    find: `    sk.error = null;
    return error;`,
    replace: `    return error;`,
    does: 'Tells an error at every call.',
  },
  {
    id: 'socket-type-without-protocol',
    statement: 'SOC-12',
    file: socket,
    find: `one.type === type && (protocol === 0 || one.protocol === protocol)`,
    replace: `one.type === type`,
    does: 'Takes whatever protocol is asked for with a type.',
  },
  {
    id: 'socket-protocol-without-type',
    statement: 'SOC-12',
    file: socket,
    find: `one.type === type && (protocol === 0 || one.protocol === protocol)`,
    replace: `protocol === 0 ? one.type === type : one.protocol === protocol`,
    does: 'Takes a protocol with the type of another.',
  },
  {
    id: 'socket-no-default-protocol',
    statement: 'SOC-13',
    alsoBreaks: ['SOC-03', 'SOC-08'],
    file: socket,
    find: `one.type === type && (protocol === 0 || one.protocol === protocol)`,
    replace: `one.type === type && one.protocol === protocol`,
    does: 'Looks for a protocol of the number 0.',
  },
  {
    id: 'socket-wrong-default-protocol',
    statement: 'SOC-13',
    alsoBreaks: ['SOC-03', 'SOC-08'],
    file: socket,
    find: `{ type: 'SOCK_DGRAM', protocol: IPPROTO_UDP }`,
    replace: `{ type: 'SOCK_DGRAM', protocol: IPPROTO_TCP }`,
    does: 'Gives TCP to who asks for datagrams.',
  },
  {
    id: 'socket-type-blamed-on-protocol',
    statement: 'SOC-03',
    file: socket,
    find: `return 'ESOCKTNOSUPPORT';`,
    replace: `return 'EPROTONOSUPPORT';`,
    does: 'Says that the protocol is not supported where it is the type.',
  },
  {
    id: 'socket-raw-for-protocol-zero',
    statement: 'SOC-12',
    file: socket,
    find: `const wild = protocol > 255 || (protocol === 0 && profile !== 'bsd-4.4');`,
    replace: `const wild = protocol > 255;`,
    does: 'Makes a raw socket for no protocol.',
  },
  {
    id: 'socket-raw-for-everybody',
    statement: 'SOC-08',
    file: socket,
    find: `        if (!privileged)
            return failure(profile === 'bsd-4.4' ? 'EACCES' : 'EPERM');
`,
    replace: ``,
    does: 'Gives a raw socket to a program without privilege.',
  },
  {
    id: 'socket-raw-denied-to-all',
    statement: 'SOC-08',
    file: socket,
    find: `        if (!privileged)
            return failure(profile`,
    replace: `        if (protocol >= 0)
            return failure(profile`,
    does: 'Gives a raw socket to nobody.',
  },
  {
    id: 'bind-to-foreign-address',
    statement: 'BND-01',
    file: socket,
    find: `    if (!bindable(net, address))
        return failure('EADDRNOTAVAIL');
`,
    replace: ``,
    does: 'Binds to an address that is not of this host.',
  },
  {
    id: 'bind-port-1023-for-everybody',
    statement: 'BND-01',
    file: socket,
    find: `port < PROT_SOCK &&`,
    replace: `port < PROT_SOCK - 1 &&`,
    does: 'Gives port 1023 without privilege.',
  },
  {
    id: 'bind-port-1024-for-privileged',
    statement: 'BND-01',
    file: socket,
    find: `port < PROT_SOCK &&`,
    replace: `port <= PROT_SOCK &&`,
    does: 'Refuses port 1024 without privilege.',
  },
  {
    id: 'bind-low-port-for-nobody',
    statement: 'BND-01',
    file: socket,
    find: `port < PROT_SOCK && !privileged &&`,
    replace: `port < PROT_SOCK &&`,
    does: 'Refuses ports below 1024 to everybody.',
  },
  {
    id: 'bind-twice',
    statement: 'BND-01',
    file: socket,
    find: `    if (bound)
        return failure('EINVAL');
    sk.`,
    replace: `    sk.`,
    does: 'Binds a socket again that is bound.',
  },
  {
    id: 'bind-keeps-address-of-conflict',
    statement: 'BND-01',
    file: socket,
    find: `        sk.receiveAddress = 0;
        sk.sourceAddress = 0;
        return got;`,
    replace: `        return got;`,
    does: 'Keeps the address although the port was refused.',
  },
  {
    id: 'bind-any-is-first-address',
    statement: 'BND-02',
    alsoBreaks: ['BND-01', 'BND-07'],
    file: socket,
    find: `    sk.receiveAddress = address;`,
    replace: `    sk.receiveAddress = address === 0 ? [...net.devices.values()].flatMap(({ addresses }) => addresses)[0].local : address;`,
    does: 'Takes any address for the first of the host.',
  },
  {
    id: 'bind-closed-socket-keeps-port',
    statement: 'BND-01',
    file: socket,
    find: `        kfreeSkb(skb);
    unhashPort(net, sk);`,
    replace: `        kfreeSkb(skb);`,
    does: 'Keeps the port of a socket that was closed.',
  },
  {
    id: 'connect-without-own-address',
    statement: 'BND-09',
    file: socket,
    find: `    if (sk.sourceAddress === 0)
        sk.sourceAddress = route.ok.source;
    if (sk.receiveAddress === 0)
        sk.receiveAddress = route.ok.source;
`,
    replace: ``,
    does: 'Connects a socket without giving it an address.',
  },
  {
    id: 'connect-keeps-first-peer',
    statement: 'CON-02',
    file: socket,
    find: `sk.dport = sk.type === 'SOCK_RAW' ? 0 : to.port;`,
    replace: `sk.dport = sk.connected ? sk.dport : to.port;`,
    does: 'Keeps the port of the first peer when a socket connects again.',
  },
  {
    id: 'connect-dissolves-nothing',
    statement: 'CON-02',
    file: socket,
    find: `return disconnect(sk);`,
    replace: `return DONE;`,
    does: 'Leaves the connection as it is when it is to be dissolved.',
  },
  {
    id: 'connect-dissolving-unbinds',
    statement: 'CON-02',
    file: socket,
    find: `    if (!sk.portLocked)
        unhashPort(sk.net, sk);`,
    replace: `    unhashPort(sk.net, sk);`,
    does: 'Takes the port that a program chose when it dissolves the connection.',
  },
  {
    id: 'connect-dissolving-forgets-address',
    statement: 'CON-02',
    file: socket,
    find: `if (!sk.addressLocked) {`,
    replace: `if (!sk.connected) {`,
    does: 'Takes the address that a program chose when it dissolves the connection.',
  },
  {
    id: 'socket-peer-of-none',
    statement: 'CON-03',
    file: socket,
    find: `return sk.connected ? success({ address: sk.daddr, port: sk.dport }) : failure('ENOTCONN');`,
    replace: `return success({ address: sk.daddr, port: sk.dport });`,
    does: 'Names a peer where there is none.',
  },
];
