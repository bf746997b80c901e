/**
 * Options of sockets.
 *
 * Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(), sock_getsockopt(); net/ipv4/ip_sockglue.c;
 * net/ipv4/udp.c, udp_setsockopt(); 4.4BSD, kern/uipc_socket.c, sosetopt().
 */
import { failure, success, type Errno, type Outcome, type Profile } from '../../contract/index.ts';
import { inAddr } from './bytes.ts';
import { NS_PER_MS } from './clock.ts';
import { ipMcJoinGroup, ipMcLeaveGroup } from './multicast.ts';
import { tosToPriority } from './priority.ts';
import { dstMtu } from './path-mtu.ts';
import {
  BSD_TICK_MS,
  sockError,
  SOCK_MIN_RCVBUF,
  SOCK_MIN_SNDBUF,
  RMEM_DEFAULT,
  type PmtuDisc,
  type Sock,
} from './sock.ts';
import { udpPush } from './udp.ts';

export type OptionValue = number | string;

interface OptionOps {
  readonly get?: (sk: Sock) => Outcome<OptionValue, Errno>;
  readonly set?: (sk: Sock, value: OptionValue, privileged: boolean) => Outcome<unknown, Errno>;
}

/** Most that a buffer may be set to. @kernel sysctl_rmem_max; sb_max of 4.4BSD */
const MEM_MAX = RMEM_DEFAULT;
const SB_MAX_BSD = 233_016;

/** Least of linux-6, where a buffer is charged for more. */
const MIN_RCVBUF_6 = 2304;
const MIN_SNDBUF_6 = 4608;
const MEM_MAX_6 = 212_992;

/** Precedence from here on is for the administrator. @kernel IPTOS_PREC_CRITIC_ECP */
const CRITIC = 0xa0;

const DISCOVERY = ['IP_PMTUDISC_DONT', 'IP_PMTUDISC_WANT', 'IP_PMTUDISC_DO'] as const;

const done = success({});

const number = (value: OptionValue): number => (typeof value === 'number' ? value : Number(value));

type Flag = 'broadcast' | 'reuseAddress' | 'headerIncluded' | 'receiveErrors' | 'multicastLoop';

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/** What is no address is no group either. */
const groupOf = (value: OptionValue): number =>
  typeof value === 'string' && IPV4.test(value) ? inAddr(value) : 0;

/** @param bit - in 4.4BSD, where a switch is read as the bit that it is kept in. */
function flag(name: Flag, bit = 1): OptionOps {
  return {
    get: (sk) => success(sk[name] ? (sk.net.profile === 'bsd-4.4' ? bit : 1) : 0),
    set(sk, value) {
      sk[name] = number(value) !== 0;
      return done;
    },
  };
}

/** Longest that 4.4BSD lets anybody wait. @kernel SHRT_MAX / hz - hz */
const LONGEST_WAIT_S = 227;
const MS_PER_S = 1000;

/**
 * A time in milliseconds as the system keeps it, in nanoseconds; Infinity for no limit.
 *
 * @kernel sock_set_timeout; in 4.4BSD sosetopt
 */
function keptTimeout(profile: Profile, ms: number): Outcome<number, 'EDOM'> {
  if (profile === 'bsd-4.4') {
    if (Math.trunc(ms / MS_PER_S) > LONGEST_WAIT_S) return failure('EDOM');
    const ticks = Math.trunc(ms / BSD_TICK_MS);
    return success(ticks === 0 ? Infinity : ticks * BSD_TICK_MS * NS_PER_MS);
  }
  if (ms === 0) return success(Infinity);
  const partIsNegative = ms % MS_PER_S < 0;
  if (profile === 'linux-6') {
    return partIsNegative ? failure('EDOM') : success(Math.max(ms, 0) * NS_PER_MS);
  }
  // The part of a second is rounded up, with whatever sign.
  return success((partIsNegative ? ms + 1 : ms) * NS_PER_MS);
}

function timeout(name: 'rcvtimeo' | 'sndtimeo'): OptionOps {
  return {
    get: (sk) => success(sk[name] === Infinity ? 0 : sk[name] / NS_PER_MS),
    set(sk, value) {
      const kept = keptTimeout(sk.net.profile, number(value));
      if ('ok' in kept) sk[name] = kept.ok;
      return kept;
    },
  };
}

/** Linux takes twice what is asked for, since it counts what buffers cost. */
function bufferSize(name: 'rcvbuf' | 'sndbuf', least: number, least6: number): OptionOps {
  return {
    get: (sk) => success(sk[name]),
    set(sk, value) {
      const asked = number(value);
      const { profile } = sk.net;
      if (profile === 'bsd-4.4') {
        if (asked <= 0 || asked > SB_MAX_BSD) return failure('ENOBUFS');
        sk[name] = asked;
        return done;
      }
      const newer = profile === 'linux-6';
      const most = newer ? MEM_MAX_6 : MEM_MAX;
      // A negative number is a huge one where it is compared.
      const taken = asked < 0 ? most : Math.min(asked, most);
      sk[name] = Math.max(2 * taken, newer ? least6 : least);
      if (name === 'sndbuf') sk.writeSpace();
      return done;
    },
  };
}

const OPTIONS: Readonly<Record<string, OptionOps>> = {
  SO_BROADCAST: flag('broadcast', 0x20),
  SO_REUSEADDR: flag('reuseAddress', 0x4),
  IP_HDRINCL: flag('headerIncluded', 0x8),
  IP_RECVERR: flag('receiveErrors'),
  SO_RCVTIMEO: timeout('rcvtimeo'),
  SO_SNDTIMEO: timeout('sndtimeo'),
  SO_RCVBUF: bufferSize('rcvbuf', SOCK_MIN_RCVBUF, MIN_RCVBUF_6),
  SO_SNDBUF: bufferSize('sndbuf', SOCK_MIN_SNDBUF, MIN_SNDBUF_6),
  SO_BINDTODEVICE: {
    get: ({ net, boundDevice }) =>
      net.profile === 'linux-6' ? success(boundDevice ?? '') : failure('ENOPROTOOPT'),
    set(sk, value, privileged) {
      // Later systems guard only what somebody has bound already.
      const guarded = sk.net.profile !== 'linux-6' || sk.boundDevice !== null;
      if (guarded && !privileged) return failure('EPERM');
      const name = String(value);
      if (name !== '' && !sk.net.devices.has(name)) return failure('ENODEV');
      sk.boundDevice = name === '' ? null : name;
      sk.cachedDst = null;
      return done;
    },
  },
  SO_TYPE: { get: ({ type }) => success(type) },
  SO_ERROR: { get: (sk) => success(sockError(sk) ?? '') },
  SO_PRIORITY: {
    get: ({ priority }) => success(priority),
    set(sk, value, privileged) {
      const wanted = number(value);
      if ((wanted < 0 || wanted > 6) && !privileged) return failure('EPERM');
      sk.priority = wanted;
      return done;
    },
  },
  IP_TTL: {
    get: ({ ttl }) => success(ttl),
    set(sk, value) {
      const ttl = number(value);
      if (ttl !== -1 && (ttl < 1 || ttl > 255)) return failure('EINVAL');
      sk.ttl = ttl === -1 ? 64 : ttl;
      return done;
    },
  },
  IP_TOS: {
    get: ({ tos }) => success(tos),
    set(sk, value, privileged) {
      const tos = number(value) & 0xff;
      const guarded = sk.net.profile !== 'bsd-4.4' && sk.net.profile !== 'linux-6';
      if ((tos & 0xe0) >= CRITIC && !privileged && guarded) return failure('EPERM');
      sk.tos = tos;
      sk.priority = tosToPriority(tos, sk.net.profile);
      return done;
    },
  },
  IP_MULTICAST_TTL: {
    get: ({ multicastTtl }) => success(multicastTtl),
    set(sk, value) {
      const ttl = number(value);
      if (ttl !== -1 && (ttl < 0 || ttl > 255)) return failure('EINVAL');
      sk.multicastTtl = ttl === -1 ? 1 : ttl;
      return done;
    },
  },
  IP_MULTICAST_LOOP: flag('multicastLoop'),
  IP_ADD_MEMBERSHIP: {
    set: (sk, value) => ipMcJoinGroup(sk, groupOf(value)),
  },
  IP_DROP_MEMBERSHIP: {
    set: (sk, value) => ipMcLeaveGroup(sk, groupOf(value)),
  },
  IP_MTU: {
    get: (sk) =>
      sk.cachedDst === null ? failure('ENOTCONN') : success(dstMtu(sk.net, sk.cachedDst)),
  },
  IP_MTU_DISCOVER: {
    get: ({ pmtuDisc }) => success(`IP_PMTUDISC_${pmtuDisc}`),
    set(sk, value) {
      const known = DISCOVERY.find((name) => name === value);
      if (known === undefined) return failure('EINVAL');
      sk.pmtuDisc = known.slice('IP_PMTUDISC_'.length) as PmtuDisc;
      return done;
    },
  },
  UDP_CORK: {
    get: ({ corked }) => success(corked ? 1 : 0),
    set(sk, value) {
      sk.corked = number(value) !== 0;
      if (!sk.corked && sk.cork !== null) return udpPush(sk, 0);
      return done;
    },
  },
  ICMP_FILTER: {
    get: ({ icmpFilter }) => success(icmpFilter),
    set(sk, value) {
      sk.icmpFilter = number(value);
      return done;
    },
  },
};

const LINUX_ONLY = [
  'SO_BINDTODEVICE',
  'IP_MTU',
  'IP_MTU_DISCOVER',
  'IP_RECVERR',
  'UDP_CORK',
  'ICMP_FILTER',
  'SO_PRIORITY',
];

/** Options of a level that sockets of one type have. */
const LEVEL_OF: Readonly<Record<string, Sock['type']>> = {
  UDP_CORK: 'SOCK_DGRAM',
  ICMP_FILTER: 'SOCK_RAW',
};

function optionOf({ net }: Sock, name: string): OptionOps | undefined {
  return net.profile === 'bsd-4.4' && LINUX_ONLY.includes(name) ? undefined : OPTIONS[name];
}

function lacksLevel({ type }: Sock, name: string): boolean {
  return (LEVEL_OF[name] ?? type) !== type;
}

/** @kernel sock_getsockopt and those of the levels below */
export function getOption(sk: Sock, name: string): Outcome<OptionValue, Errno> {
  const option = optionOf(sk, name);
  const bsd = sk.net.profile === 'bsd-4.4';
  if (option !== undefined && lacksLevel(sk, name)) return failure('EOPNOTSUPP');
  // Linux lets every socket read it; who is not raw has it never set.
  if (bsd && name === 'IP_HDRINCL' && sk.type !== 'SOCK_RAW') return failure('ENOPROTOOPT');
  return option?.get?.(sk) ?? failure('ENOPROTOOPT');
}

/** @kernel sock_setsockopt and those of the levels below */
export function setOption(
  sk: Sock,
  name: string,
  value: OptionValue,
  privileged: boolean,
): Outcome<unknown, Errno> {
  const raw = sk.type === 'SOCK_RAW';
  if (lacksLevel(sk, name) || (name === 'IP_HDRINCL' && !raw)) return failure('ENOPROTOOPT');
  return optionOf(sk, name)?.set?.(sk, value, privileged) ?? failure('ENOPROTOOPT');
}
