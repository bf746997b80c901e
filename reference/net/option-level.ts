/**
 * Options by level and number: the level chooses the table in which the number is looked up.
 *
 * Source: Linux 2.6.11, include/asm-i386/socket.h, include/linux/in.h, include/linux/tcp.h;
 * 4.4BSD, sys/socket.h, netinet/in.h, netinet/tcp.h.
 */
import type { OptionLevel, Profile, TcpOption } from '../../contract/index.ts';

type Table = Readonly<Partial<Record<TcpOption, number>>>;
type Levels = Readonly<Record<OptionLevel, Table>>;

const LINUX: Levels = {
  SOL_SOCKET: {
    SO_REUSEADDR: 2,
    SO_TYPE: 3,
    SO_ERROR: 4,
    SO_SNDBUF: 7,
    SO_RCVBUF: 8,
    SO_KEEPALIVE: 9,
    SO_OOBINLINE: 10,
    SO_PRIORITY: 12,
    SO_LINGER: 13,
    SO_RCVLOWAT: 18,
    SO_SNDLOWAT: 19,
    SO_RCVTIMEO: 20,
    SO_SNDTIMEO: 21,
    SO_ACCEPTCONN: 30,
  },
  IPPROTO_IP: {
    IP_TOS: 1,
    IP_TTL: 2,
    IP_MTU_DISCOVER: 10,
    IP_RECVERR: 11,
    IP_MTU: 14,
  },
  IPPROTO_TCP: {
    TCP_NODELAY: 1,
    TCP_MAXSEG: 2,
    TCP_CORK: 3,
    TCP_KEEPIDLE: 4,
    TCP_KEEPINTVL: 5,
    TCP_KEEPCNT: 6,
    TCP_SYNCNT: 7,
    TCP_LINGER2: 8,
    TCP_DEFER_ACCEPT: 9,
    TCP_WINDOW_CLAMP: 10,
    TCP_QUICKACK: 12,
    TCP_CONGESTION: 13,
  },
};

/** The options of its socket level are bits, or numbers from 0x1001 on. */
const BSD: Levels = {
  SOL_SOCKET: {
    SO_ACCEPTCONN: 0x0002,
    SO_REUSEADDR: 0x0004,
    SO_KEEPALIVE: 0x0008,
    SO_LINGER: 0x0080,
    SO_OOBINLINE: 0x0100,
    SO_SNDBUF: 0x1001,
    SO_RCVBUF: 0x1002,
    SO_SNDLOWAT: 0x1003,
    SO_RCVLOWAT: 0x1004,
    SO_SNDTIMEO: 0x1005,
    SO_RCVTIMEO: 0x1006,
    SO_ERROR: 0x1007,
    SO_TYPE: 0x1008,
  },
  IPPROTO_IP: { IP_TOS: 3, IP_TTL: 4 },
  IPPROTO_TCP: { TCP_NODELAY: 1, TCP_MAXSEG: 2 },
};

const levelsOf = (profile: Profile): Levels => (profile === 'bsd-4.4' ? BSD : LINUX);

const entries = (table: Table) => Object.entries(table) as [TcpOption, number][];

/** The option that a number means at a level; undefined for none. */
export function optionAt(
  profile: Profile,
  level: OptionLevel,
  number: number,
): TcpOption | undefined {
  return entries(levelsOf(profile)[level]).find(([, own]) => own === number)?.[0];
}

export function optionNumbers(profile: Profile) {
  const levels = Object.entries(levelsOf(profile)) as [OptionLevel, Table][];
  return levels.flatMap(([level, table]) =>
    entries(table).map(([option, number]) => ({ option, level, number })),
  );
}
