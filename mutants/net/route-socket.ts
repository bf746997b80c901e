/** Faults of the route socket, and of which sockets are made. */
import type { Mutant } from '../mutant.ts';

const rtsock = 'net/rtsock';
const domain = 'net/socket-domain';
const profile = 'bsd-4.4';

export const ROUTE_SOCKET: readonly Mutant[] = [
  {
    id: 'rtsock-any-version',
    statement: 'SOC-09',
    file: rtsock,
    find: `if (message[2] !== RTM_VERSION)
        return failure('EPROTONOSUPPORT');`,
    replace: ``,
    does: 'Takes messages of another version.',
  },
  {
    id: 'rtsock-adds-twice',
    statement: 'SOC-09',
    file: rtsock,
    find: `if (routesTo(net, key).length > 0)
        return failure('EEXIST');`,
    replace: ``,
    does: 'Adds a route that is there.',
  },
  {
    id: 'rtsock-host-bits',
    statement: 'SOC-09',
    file: rtsock,
    find: `(inetOf(addresses.get(RTA_DST)) & netmask(prefix)) >>> 0`,
    replace: `inetOf(addresses.get(RTA_DST))`,
    does: 'Keeps bits of a host in a network.',
  },
  {
    id: 'rtsock-mask-ignored',
    statement: 'SOC-09',
    file: rtsock,
    find: `addresses.has(RTA_NETMASK) ? asked : fibLookup(net, inetOf(dst))`,
    replace: `fibLookup(net, inetOf(dst))`,
    does: 'Finds by an address what is asked for by its mask.',
  },
  {
    id: 'rtsock-errno-not-told',
    statement: 'SOC-09',
    file: rtsock,
    find: `putLe32(answer, 24, NUMBERS[errno] ?? 0);`,
    replace: `;`,
    does: 'Does not write the error into the message.',
  },
  {
    id: 'rtsock-never-done',
    statement: 'SOC-09',
    file: rtsock,
    find: `putLe32(answer, 8, le32(answer, 8) | RTF_DONE);`,
    replace: `;`,
    does: 'Does not mark what was done.',
  },
  {
    id: 'rtsock-failure-is-silent',
    statement: 'SOC-09',
    file: rtsock,
    find: `return errno === null ? success({}) : failure(errno);`,
    replace: `return success({});`,
    does: 'Says nothing of a failure to who sends.',
  },
  {
    id: 'rtsock-copy-to-one',
    statement: 'SOC-09',
    file: rtsock,
    find: `queue.push(message);`,
    replace: `{
            queue.push(message);
            return;
        }`,
    does: 'Gives a message to the first listener only.',
  },
  {
    id: 'rtsock-question-returned',
    statement: 'SOC-09',
    file: rtsock,
    find: `'ok' in done && done.ok !== null ? reported(message, done.ok) : message`,
    replace: `message`,
    does: 'Returns a question without the route that was found.',
  },
  {
    id: 'rtsock-length-ignored',
    statement: 'SOC-09',
    file: rtsock,
    find: `octets.length < HEADER || octets.length !== le16(octets, 0)`,
    replace: `octets.length < HEADER`,
    does: 'Takes a message whose length lies.',
  },
  {
    id: 'socket-unix-any-protocol',
    statement: 'SOC-04',
    file: domain,
    find: `protocol === 0 || protocol === PF_UNIX ? success(protocol) : failure('EPROTONOSUPPORT')`,
    replace: `success(protocol)`,
    does: 'Makes a local socket of a protocol of IP.',
  },
  {
    id: 'socket-netlink-stream',
    statement: 'SOC-04',
    file: domain,
    find: `if (type !== 'SOCK_RAW' && type !== 'SOCK_DGRAM')
        return failure('ESOCKTNOSUPPORT');`,
    replace: ``,
    does: 'Makes a netlink socket that is a stream.',
  },
  {
    id: 'socket-netlink-any-protocol',
    statement: 'SOC-04',
    file: domain,
    find: `protocol < MAX_LINKS ? success(protocol) : failure('EPROTONOSUPPORT')`,
    replace: `success(protocol)`,
    does: 'Makes a netlink socket of a protocol that there cannot be.',
  },
  {
    id: 'socket-no-netlink',
    statement: 'SOC-04',
    file: domain,
    find: `if (domain === 'AF_NETLINK' && !bsd)`,
    replace: `if (false)`,
    does: 'Has no netlink sockets.',
  },
  {
    id: 'socket-route-datagrams',
    statement: 'SOC-04',
    profile,
    file: domain,
    find: `if (type !== 'SOCK_RAW')
        return failure('EPROTONOSUPPORT');`,
    replace: ``,
    does: 'Makes a route socket that is not raw.',
  },
  {
    id: 'socket-bsd-sequenced',
    statement: 'SOC-04',
    profile,
    file: domain,
    find: `known && protocol === 0 ? success(0)`,
    replace: `protocol === 0 ? success(0)`,
    does: 'Makes a local socket of a type that it has not.',
  },
];
