/**
 * Ports of stream sockets.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_get_port(), tcp_bind_conflict(),
 * tcp_v4_hash_connect(); 4.4BSD, netinet/in_pcb.c, in_pcbbind(), in_pcblookup().
 */
import { failure, success, type Errno, type Outcome } from '../../../contract/index.ts';
import { localPortRange } from '../inet-port.ts';
import type { Net } from '../net.ts';
import type { BindBucket, Connection } from './tcp-net.ts';
import type { TcpSock } from './tcp-sock.ts';
import { lookupTuple } from './tuple-table.ts';

type Done = Record<string, never>;

const overlap = (a: string | null, b: string | null): boolean =>
  a === null || b === null || a === b;

/** Two sockets on one port exclude each other when some segment would be for both. @kernel tcp_bind_conflict */
function conflict(sk: TcpSock, other: Connection): boolean {
  if (sk === other || !overlap(sk.boundDevice, other.boundDevice)) return false;
  const [a, b] = [sk.receiveAddress, other.receiveAddress];
  if (sk.net.profile === 'bsd-4.4') {
    // With SO_REUSEADDR only the very same address counts, of one that has no peer.
    if (sk.reuseAddress) return a === b && other.daddr === 0;
    return a === 0 || b === 0 || a === b;
  }
  if (a !== 0 && b !== 0 && a !== b) return false;
  return !(sk.reuseAddress && other.reuseAddress && other.state !== 'LISTEN');
}

function owners({ tcp }: Net, port: number): Iterable<Connection> {
  return tcp.bound.get(port)?.owners ?? [];
}

export function portIsFree(sk: TcpSock, port: number): boolean {
  for (const other of owners(sk.net, port)) if (conflict(sk, other)) return false;
  return true;
}

function bucketOf({ tcp }: Net, port: number, byConnect: boolean): BindBucket {
  const known = tcp.bound.get(port);
  if (known !== undefined) return known;
  const fresh = { owners: new Set<Connection>(), byConnect };
  tcp.bound.set(port, fresh);
  return fresh;
}

/** Gives the port to a socket. @kernel tcp_bind_hash */
export function takePort(sk: TcpSock, port: number, byConnect = false): void {
  const bucket = bucketOf(sk.net, port, byConnect);
  if (!byConnect) bucket.byConnect = false;
  bucket.owners.add(sk);
  sk.port = port;
}

/** Lets another one have it as well: a child of a listening socket, or who is in TIME_WAIT. */
export function sharePort(net: Net, port: number, owner: Connection): void {
  bucketOf(net, port, false).owners.add(owner);
}

/** @kernel tcp_put_port */
export function putPort(sk: Connection): void {
  const { bound } = sk.net.tcp;
  const bucket = bound.get(sk.port);
  if (bucket === undefined) return;
  bucket.owners.delete(sk);
  if (bucket.owners.size === 0) bound.delete(sk.port);
  if ('portLocked' in sk && !sk.portLocked) sk.port = 0;
}

/** Ports of the local range in the order in which they are tried. */
function* candidates(net: Net): Generator<number> {
  const { first, last } = localPortRange(net.profile);
  const count = last - first + 1;
  const begin = net.profile === 'bsd-4.4' ? net.portRover : net.random() % count;
  for (let tried = 0; tried < count; tried++) {
    const place = (begin + tried) % count;
    net.portRover = (place + 1) % count;
    yield first + place;
  }
}

/** A port that nobody has. @kernel tcp_v4_get_port */
export function getPort(sk: TcpSock, wanted: number): Outcome<Done, 'EADDRINUSE'> {
  if (wanted !== 0) {
    if (!portIsFree(sk, wanted)) return failure('EADDRINUSE');
    takePort(sk, wanted);
    return success({});
  }
  for (const port of candidates(sk.net)) {
    if (sk.net.tcp.bound.has(port)) continue;
    takePort(sk, port);
    return success({});
  }
  return failure('EADDRINUSE');
}

/** A port for a connection: one that others have got by connecting will do, with another peer. @kernel tcp_v4_hash_connect */
export function getConnectPort(sk: TcpSock): Outcome<Done, Errno> {
  const { tcp } = sk.net;
  for (const port of candidates(sk.net)) {
    const bucket = tcp.bound.get(port);
    if (bucket !== undefined && (!bucket.byConnect || !uniqueTuple(sk, port))) continue;
    takePort(sk, port, true);
    return success({});
  }
  return failure('EADDRNOTAVAIL');
}

/** Whether no other connection has these two ends. @kernel __tcp_v4_check_established */
export function uniqueTuple({ net, sourceAddress, daddr, dport }: TcpSock, port: number): boolean {
  return lookupTuple(net.tcp.established, sourceAddress, port, daddr, dport) === undefined;
}
