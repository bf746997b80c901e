/**
 * Room in the send buffer, and who is woken when there is some again.
 *
 * Linux charges what buffers cost, and wakes a writer when a third is free. 4.4BSD counts octets, wakes
 * at every ACK, and the writer goes on when its low-water mark of room is there. The notes count octets
 * and wake when what waits has dropped below a mark.
 *
 * Source: Linux 2.6.11, net/core/stream.c, sk_stream_write_space(); include/net/sock.h,
 * sk_stream_wspace(); 4.4BSD, kern/uipc_socket.c, sosend(); sys/socketvar.h.
 */
import { wakeSock } from '../sock.ts';
import { distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { countsOctets } from './window.ts';

/** @kernel MCLBYTES */
const BSD_LOWAT = 2048;

/** Octets that were written and are not acknowledged, FIN aside. */
export function queuedOctets(sk: TcpSock): number {
  return Math.max(0, distance(sk.sndUna, sk.writeSeq) - controlOctets(sk));
}

/** SYN and FIN have numbers, but are no octets. */
function controlOctets({ sendQueue }: TcpSock): number {
  const { head, tail } = sendQueue;
  let count = 0;
  if (head !== null && (head.flags & 2) !== 0) count += 1;
  if (tail !== null && (tail.flags & 1) !== 0) count += 1;
  return count;
}

/** What the send buffer is charged with. @kernel sk_wmem_queued; sb_cc */
export function sendCharge(sk: TcpSock): number {
  return countsOctets(sk.net) ? queuedOctets(sk) : sk.wmemQueued;
}

/** Octets that may still be written; where cost is counted, any number as long as there is room at all. */
export function sendRoom(sk: TcpSock): number {
  const free = sk.sndbuf - sendCharge(sk);
  if (free <= 0) return 0;
  return countsOctets(sk.net) ? free : Infinity;
}

/** Room that a 4.4BSD writer wants before it begins. @kernel sb_lowat */
export function bsdLowat({ sndlowat, sndbuf }: TcpSock): number {
  return Math.min(sndlowat ?? BSD_LOWAT, sndbuf);
}

/** The mark that what waits has to drop below, in the notes. */
export function lowWatermark({ sndlowat, sndbuf }: TcpSock): number {
  return Math.min(sndlowat ?? Math.floor((2 * sndbuf) / 3), sndbuf);
}

/** Whether a writer that found no room should look again. @kernel sk_stream_write_space, sowriteable */
export function isWritable(sk: TcpSock): boolean {
  const charge = sendCharge(sk);
  switch (sk.net.profile) {
    case 'bsd-4.4':
      return sk.sndbuf - charge >= bsdLowat(sk);
    case 'notes':
      return charge < lowWatermark(sk);
    default:
      return sk.sndbuf - charge >= charge >> 1;
  }
}

/** Octets of the send buffer have been freed. @kernel tcp_new_space, sk_stream_write_space */
export function newSpace(sk: TcpSock): void {
  if (!sk.noSpace) return;
  if (sk.net.profile === 'bsd-4.4') {
    wakeSock(sk);
    return;
  }
  if (!isWritable(sk)) return;
  sk.noSpace = false;
  wakeSock(sk);
}
