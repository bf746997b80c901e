/** Faults at edges of messages about routes, which were first made by rule. */
import type { Mutant } from '../mutant.ts';

export const ROUTE_MESSAGE_EDGES: readonly Mutant[] = [
  {
    id: 'netlink-route-without-source',
    statement: 'SCL-10',
    file: 'net/rtnetlink',
    find: `[RTA_PREFSRC, address(source)],
`,
    replace: ``,
    does: 'Does not say from which address a packet would go.',
  },
  {
    id: 'netlink-interface-passed-over',
    statement: 'SCL-10',
    file: 'net/rtnetlink',
    find: `const device = oif === undefined ? null : deviceOfIndex(net, le32(oif, 0));`,
    replace: `const device = null;`,
    does: 'Does not look at the interface that a route is to leave by.',
  },
  {
    id: 'netlink-delete-needs-attributes',
    statement: 'SCL-10',
    file: 'net/rtnetlink',
    find: `function keyOf(net, request) {
    if (request.length < HEADERS)`,
    replace: `function keyOf(net, request) {
    if (request.length <= HEADERS)`,
    does: 'Wants something said of the route to everywhere.',
  },
  {
    id: 'netlink-short-request-passed-over',
    statement: 'SCL-10',
    file: 'net/netlink',
    find: `request.length < NLMSG_HDRLEN + 1`,
    replace: `request.length < NLMSG_HDRLEN + 12`,
    does: 'Passes over a request that ends early.',
  },
  {
    id: 'netlink-header-alone-answered',
    statement: 'SCL-10',
    file: 'net/netlink',
    find: `if (request.length < NLMSG_HDRLEN + 1)
        return null;`,
    replace: ``,
    does: 'Answers a message that ends with its header.',
  },
  {
    id: 'netlink-family-of-others',
    statement: 'SCL-10',
    file: 'net/netlink',
    find: `if (family !== AF_INET && family !== AF_UNSPEC)`,
    replace: `if (false)`,
    does: 'Changes routes of IP for a family that nobody has.',
  },
  {
    id: 'netlink-family-one-more',
    statement: 'SCL-10',
    file: 'net/netlink',
    find: `family >= AF_MAX && !newer`,
    replace: `family > AF_MAX && !newer`,
    does: 'Has room for one family more.',
  },
  {
    id: 'rtsock-no-gateway-flag',
    statement: 'SOC-09',
    profile: 'bsd-4.4',
    file: 'net/rtsock',
    find: `(gateway === null ? 0 : RTF_GATEWAY)`,
    replace: `0`,
    does: 'Does not say that a route has a gateway.',
  },
  {
    id: 'rtsock-no-host-flag',
    statement: 'SOC-09',
    profile: 'bsd-4.4',
    file: 'net/rtsock',
    find: `(prefix === 32 ? RTF_HOST : 0)`,
    replace: `0`,
    does: 'Does not say that a route is to a host.',
  },
  {
    id: 'rtsock-link-by-no-name',
    statement: 'SOC-09',
    profile: 'bsd-4.4',
    file: 'net/rtsock',
    find: `sockaddrDl(device.name)`,
    replace: `sockaddrDl('')`,
    does: 'Does not say which interface a network is on.',
  },
  {
    id: 'rtsock-without-destination',
    statement: 'SOC-09',
    profile: 'bsd-4.4',
    file: 'net/rtsock',
    find: `if (dst === undefined)
        return failure('EINVAL');`,
    replace: ``,
    does: 'Takes a message without a destination for one to everywhere.',
  },
];
