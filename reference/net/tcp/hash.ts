/**
 * Finding the socket that a segment is for.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_hash(), tcp_unhash(), __tcp_v4_lookup(),
 * tcp_v4_lookup_listener().
 */
import type { Net } from '../net.ts';
import type { Connection } from './tcp-net.ts';
import type { TcpSock } from './tcp-sock.ts';
import { insertTuple, lookupTuple, removeTuple } from './tuple-table.ts';

/** @kernel tcp_v4_hash */
export function hash(sk: TcpSock): void {
  sk.hashed = true;
  const { established, listening } = sk.net.tcp;
  if (sk.state !== 'LISTEN') {
    insertTuple(established, sk);
    return;
  }
  const list = listening.get(sk.port);
  if (list === undefined) listening.set(sk.port, [sk]);
  else list.unshift(sk);
}

/** @kernel tcp_unhash */
export function unhash(sk: TcpSock): void {
  if (!sk.hashed) return;
  sk.hashed = false;
  const { established, listening } = sk.net.tcp;
  if (removeTuple(established, sk)) return;
  const list = listening.get(sk.port) ?? [];
  const place = list.indexOf(sk);
  if (place >= 0) list.splice(place, 1);
  if (list.length === 0) listening.delete(sk.port);
}

/** The two ends of a segment, and where it came in. */
export interface Ends {
  readonly saddr: number;
  readonly sport: number;
  readonly daddr: number;
  readonly dport: number;
  readonly device: string | null;
}

/** @kernel __tcp_v4_lookup_established */
export function lookupConnection(net: Net, ends: Ends): Connection | undefined {
  const { daddr, dport, saddr, sport, device } = ends;
  const found = lookupTuple(net.tcp.established, daddr, dport, saddr, sport);
  if (found === undefined || !('boundDevice' in found) || found.boundDevice === null) return found;
  return found.boundDevice === device ? found : undefined;
}

/** The most specific one; of equals the newest. @kernel __tcp_v4_lookup_listener */
export function lookupListener(
  net: Net,
  { daddr, dport, device }: Pick<Ends, 'daddr' | 'dport' | 'device'>,
): TcpSock | undefined {
  let best: TcpSock | undefined;
  let most = -1;
  for (const sk of net.tcp.listening.get(dport) ?? []) {
    let score = 1;
    if (sk.receiveAddress !== 0) {
      if (sk.receiveAddress !== daddr) continue;
      score += 2;
    }
    if (sk.boundDevice !== null) {
      if (sk.boundDevice !== device) continue;
      score += 2;
    }
    if (score > most) [best, most] = [sk, score];
  }
  return best;
}
