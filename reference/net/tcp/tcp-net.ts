/**
 * What a host's TCP has: its sockets by their addresses, its settings, its counters.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, struct tcp_hashinfo; include/net/snmp.h.
 */
import { TCP_COUNTERS, type Profile, type TcpCounter } from '../../../contract/index.ts';
import { newTupleTable, type TupleTable } from './tuple-table.ts';
import type { TcpSock } from './tcp-sock.ts';
import type { TimeWaitSock } from './time-wait.ts';
import { defaultTunables, type TcpTunables } from './tunables.ts';

export type Connection = TcpSock | TimeWaitSock;

/** Who has a port. @kernel struct tcp_bind_bucket */
export interface BindBucket {
  readonly owners: Set<Connection>;
  /** All have got it by connecting, so that others may as well. @kernel fastreuse == -1 */
  byConnect: boolean;
}

export interface TcpNet {
  readonly tunables: TcpTunables;
  readonly counters: Record<TcpCounter, number>;
  /** Connections by both ends. @kernel tcp_ehash */
  readonly established: TupleTable<Connection>;
  /** By port, newest first. @kernel tcp_listening_hash */
  readonly listening: Map<number, TcpSock[]>;
  /** By port. @kernel tcp_bhash */
  readonly bound: Map<number, BindBucket>;
  /** From which initial sequence numbers and cookies are made. */
  readonly secret: number;
}

export function newTcpNet(profile: Profile, random: () => number): TcpNet {
  return {
    tunables: defaultTunables(profile),
    counters: Object.fromEntries(TCP_COUNTERS.map((name) => [name, 0])) as TcpNet['counters'],
    established: newTupleTable(random()),
    listening: new Map(),
    bound: new Map(),
    secret: random() | 0,
  };
}
