/**
 * How far a write is copied whose octets end where the writer has no memory.
 *
 * It is copied piece by piece, and a piece that faults is not taken at all. Linux 2.6.11 copies as much as
 * goes into a segment. Linux 6 copies as much as goes into a fragment of pages, whatever becomes a segment of
 * it. 4.4BSD hands each mbuf down before it copies the next.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(), skb_add_data(); Linux 6, net/core/sock.c,
 * skb_page_frag_refill(); 4.4BSD, kern/uipc_socket.c, sosend(). Left out: fragments and clusters that are
 * partly filled, and a send buffer with less room than a cluster.
 */
import type { UserOctets } from '../user-memory.ts';
import type { TcpSock } from './tcp-sock.ts';

/** @kernel SKB_FRAG_PAGE_ORDER */
const PAGE_FRAGMENT = 32_768;

/** Octets of a cluster, of an mbuf without one, and how many are worth a cluster. @kernel MCLBYTES, MHLEN, MINCLSIZE */
const CLUSTER = 2048;
const MBUF = 100;
const WORTH_A_CLUSTER = 208;

/** @returns octets from the beginning of the write on. */
export function reachOf({ net }: TcpSock, { octets, mapped }: UserOctets): number {
  const total = octets.length;
  if (mapped === undefined || mapped >= total) return total;
  switch (net.profile) {
    case 'bsd-4.4':
      return reachOfMbufs(total, mapped);
    case 'linux-6':
      return Math.floor(mapped / PAGE_FRAGMENT) * PAGE_FRAGMENT;
    default:
      // Which octets share a segment is known only when they are put there.
      return total;
  }
}

function reachOfMbufs(total: number, mapped: number): number {
  let at = 0;
  for (;;) {
    const piece = Math.min(total - at, total - at >= WORTH_A_CLUSTER ? CLUSTER : MBUF);
    if (at + piece > mapped) return at;
    at += piece;
  }
}

/** What of the rest of a write is there; undefined for all. */
export function mappedOf({ mapped }: UserOctets, copied: number): number | undefined {
  return mapped === undefined ? undefined : Math.max(0, mapped - copied);
}
