/** Faults of sockets that are bound to an interface. */
import type { Mutant } from '../mutant.ts';

const option = 'net/socket-option';
const route = 'net/route';
const inetPort = 'net/inet-port';

export const BOUND_DEVICE: readonly Mutant[] = [
  {
    id: 'bound-device-hears-all',
    statement: 'BND-05',
    alsoBreaks: ['OPT-02'],
    file: inetPort,
    find: `        [sk.boundDevice ?? 0, device],
`,
    replace: ``,
    does: 'Gives a socket what comes by other interfaces than its own.',
  },
  {
    id: 'bound-device-takes-ports-everywhere',
    statement: 'BND-05',
    alsoBreaks: ['OPT-02'],
    file: inetPort,
    find: `if (sk.boundDevice !== null && other.boundDevice !== null && sk.boundDevice !== other.boundDevice)
        return false;`,
    replace: ``,
    does: 'Refuses a port that a socket has which is bound to another interface.',
  },
  {
    id: 'bound-device-takes-no-port',
    statement: 'BND-05',
    alsoBreaks: ['BND-01', 'OPT-02'],
    file: inetPort,
    find: `if (sk.boundDevice !== null && other.boundDevice !== null && sk.boundDevice !== other.boundDevice)`,
    replace: `if (sk.boundDevice !== other.boundDevice)`,
    does: 'Gives a port to two sockets of which one hears by all interfaces.',
  },
  {
    id: 'bound-device-raw-hears-all',
    statement: 'OPT-02',
    alsoBreaks: ['SOC-10'],
    file: 'net/raw',
    find: `sk.boundDevice === null || sk.boundDevice === device`,
    replace: `true`,
    does: 'Gives a raw socket what comes by other interfaces than its own.',
  },
  {
    id: 'bound-device-not-for-sending',
    statement: 'OPT-02',
    file: 'net/udp',
    find: `const device = net.devices.get(sk.boundDevice ?? '');`,
    replace: `const device = undefined;`,
    does: 'Sends by whatever interface the routes say.',
  },
  {
    id: 'bound-device-no-way-without-route',
    statement: 'OPT-02',
    file: route,
    find: `return known ?? { destination: address, prefix: 32, gateway: null, device };`,
    replace: `return known;`,
    does: 'Has no way by an interface that no route leaves by.',
  },
  {
    id: 'bound-device-best-route-of-all',
    statement: 'OPT-02',
    file: route,
    find: `find((route) => route.device === device && leadsTo(route, address))`,
    replace: `find((route) => leadsTo(route, address))`,
    does: 'Takes the best route, whichever interface it leaves by.',
  },
  {
    id: 'bound-device-route-kept',
    statement: 'OPT-02',
    file: option,
    find: `            sk.cachedDst = null;
`,
    replace: ``,
    does: 'Goes on by the route that a connected socket knows already.',
  },
  {
    id: 'bound-device-of-any-name',
    statement: 'OPT-02',
    file: option,
    find: `if (name !== '' && !sk.net.devices.has(name))
                return failure('ENODEV');`,
    replace: ``,
    does: 'Binds a socket to an interface that there is not.',
  },
  {
    id: 'bound-device-for-everybody',
    statement: 'OPT-02',
    file: option,
    find: `if (guarded && !privileged)`,
    replace: `if (false)`,
    does: 'Lets everybody bind a socket to an interface.',
  },
  {
    id: 'bound-device-for-the-privileged',
    statement: 'OPT-02',
    profile: 'linux-6',
    file: option,
    find: `sk.net.profile !== 'linux-6' || sk.boundDevice !== null`,
    replace: `true`,
    does: 'Lets only a privileged program bind a socket to an interface.',
  },
  {
    id: 'bound-device-error-by-any',
    statement: 'BND-05',
    alsoBreaks: ['OPT-02'],
    file: 'net/udp',
    find: `return lookupSock(net, { ...flow, device });`,
    replace: `return lookupSock(net, { ...flow, device: 'eth0' });`,
    does: 'Tells a socket of errors that came by another interface.',
  },
  {
    id: 'bound-device-hears-no-errors',
    statement: 'BND-05',
    alsoBreaks: ['OPT-02'],
    file: 'net/udp',
    find: `return lookupSock(net, { ...flow, device });`,
    replace: `return lookupSock(net, { ...flow, device: null });`,
    does: 'Tells no socket of errors that is bound to an interface.',
  },
];
