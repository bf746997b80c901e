/**
 * Which sockets the domains have.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_create(); net/netlink/af_netlink.c, netlink_create();
 * 4.4BSD, kern/uipc_domain.c, pffindtype(), pffindproto(); kern/uipc_proto.c; net/rtsock.c, routesw.
 */
import { failure, success, type Errno, type Outcome, type Profile } from '../../contract/index.ts';
import { protocolOf, type SocketType } from './socket.ts';

export type Domain = 'AF_INET' | 'AF_UNIX' | 'AF_NETLINK' | 'AF_ROUTE' | 'AF_UNKNOWN';

interface Asked {
  readonly type: SocketType;
  readonly protocol: number;
  readonly privileged: boolean;
}

type Answer = Outcome<number, Errno>;

/** Protocols of netlink; a number below that nobody has registered cannot be told by it. @kernel MAX_LINKS */
const MAX_LINKS = 32;
const PF_UNIX = 1;

function unixCreate(profile: Profile, { type, protocol }: Asked): Answer {
  if (profile === 'bsd-4.4') {
    const known = type === 'SOCK_STREAM' || type === 'SOCK_DGRAM';
    return known && protocol === 0 ? success(0) : failure('EPROTONOSUPPORT');
  }
  return protocol === 0 || protocol === PF_UNIX ? success(protocol) : failure('EPROTONOSUPPORT');
}

function netlinkCreate({ type, protocol }: Asked): Answer {
  if (type !== 'SOCK_RAW' && type !== 'SOCK_DGRAM') return failure('ESOCKTNOSUPPORT');
  return protocol < MAX_LINKS ? success(protocol) : failure('EPROTONOSUPPORT');
}

function routeCreate({ type, protocol, privileged }: Asked): Answer {
  if (type !== 'SOCK_RAW') return failure('EPROTONOSUPPORT');
  return privileged ? success(protocol) : failure('EACCES');
}

/** @returns the protocol of the socket. @kernel sock_create, socreate */
export function socketProtocol(profile: Profile, domain: Domain, asked: Asked): Answer {
  const bsd = profile === 'bsd-4.4';
  if (domain === 'AF_INET') return protocolOf(profile, asked);
  if (domain === 'AF_UNIX') return unixCreate(profile, asked);
  if (domain === 'AF_NETLINK' && !bsd) return netlinkCreate(asked);
  // What Linux has by that name is netlink.
  if (domain === 'AF_ROUTE') return bsd ? routeCreate(asked) : netlinkCreate(asked);
  return failure('EAFNOSUPPORT');
}
