/**
 * Small segments that are sent again go together.
 *
 * Linux joins what went in two segments where one has room for both; 4.4BSD keeps octets and no segments, and
 * so fills what it sends again with whatever there is, sent before or not.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_retrans_try_collapse(), and its caller; Linux 6, the same
 * function; 4.4BSD, netinet/tcp_output.c, tcp_output().
 */
import { bufferData, LOST, trimHead, unlink, type TcpBuffer } from './buffers.ts';
import { PSH, SYN } from './constants.ts';
import { after, before, distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';

/**
 * Puts into a buffer that is about to be sent again what follows it and fits.
 *
 * @kernel tcp_retrans_try_collapse
 */
export function joinFollowing(sk: TcpSock, buffer: TcpBuffer, mss: number): void {
  if ((buffer.flags & SYN) !== 0) return;
  switch (sk.net.profile) {
    case 'bsd-4.4':
      fillUp(sk, buffer, mss);
      return;
    case 'linux-6':
      while (buffer.length < mss && joinNext(sk, buffer, mss));
      return;
    default:
      if (buffer.length < mss >> 1) joinNext(sk, buffer, mss);
  }
}

/**
 * What is to be sent next anyway goes by itself.
 *
 * @returns whether it was joined: it is under way, fits, and the peer's window has room for it.
 */
function joinNext(sk: TcpSock, buffer: TcpBuffer, mss: number): boolean {
  const { next } = buffer;
  if (next === null || next === sk.sendHead || !before(next.seq, sk.sndMax)) return false;
  if (buffer.length + next.length > mss) return false;
  if (after(next.endSeq, (sk.sndUna + sk.sndWnd) | 0)) return false;
  swallow(sk, buffer, next);
  return true;
}

/** 4.4BSD pushes what leaves nothing behind. */
function fillUp(sk: TcpSock, buffer: TcpBuffer, mss: number): void {
  takeRoomful(sk, buffer, mss);
  if (buffer.next !== null) buffer.flags &= ~PSH;
  else if (buffer.length > 0) buffer.flags |= PSH;
}

/** As many octets as both windows and the segment have room for, sent before or not. */
function takeRoomful(sk: TcpSock, buffer: TcpBuffer, mss: number): void {
  const end = (sk.sndUna + Math.min(sk.sndWnd, sk.cwnd)) | 0;
  for (let { next } = buffer; next !== null; { next } = buffer) {
    const room = Math.min(mss - buffer.length, distance(next.seq, end));
    // A FIN takes no room.
    if (room <= 0 && next.length > 0) return;
    if (room < next.length) {
      takeFrom(sk, buffer, next, room);
      return;
    }
    swallow(sk, buffer, next);
  }
}

/** The next buffer comes into this one whole, and is no more. */
function swallow(sk: TcpSock, buffer: TcpBuffer, next: TcpBuffer): void {
  addData(buffer, bufferData(next));
  buffer.endSeq = next.endSeq;
  buffer.flags |= next.flags;
  if (next === sk.sendHead) beginBehind(sk, next);
  else if (before(next.seq, sk.sndNxt)) uncount(sk, next);
  sk.wmemQueued -= next.truesize;
  unlink(sk.sendQueue, next);
}

/** What was to be sent next goes with the other one. */
function beginBehind(sk: TcpSock, { next, endSeq }: TcpBuffer): void {
  sk.sendHead = next;
  sk.sndNxt = endSeq;
}

function takeFrom(sk: TcpSock, buffer: TcpBuffer, next: TcpBuffer, octets: number): void {
  addData(buffer, bufferData(next).subarray(0, octets));
  trimHead(next, octets);
  buffer.endSeq = next.seq;
  if (next === sk.sendHead) sk.sndNxt = next.seq;
}

/** Memory that was cut is shared, so there is new memory for both. */
function addData(buffer: TcpBuffer, data: Uint8Array): void {
  const bytes = new Uint8Array(buffer.length + data.length);
  bytes.set(bufferData(buffer));
  bytes.set(data, buffer.length);
  buffer.bytes = bytes;
  buffer.start = 0;
  buffer.length = bytes.length;
  buffer.sum = -1;
}

/** One less is under way. */
function uncount(sk: TcpSock, { marks }: TcpBuffer): void {
  sk.packetsOut -= 1;
  if ((marks & LOST) !== 0) sk.lostOut -= 1;
  // Duplicates tell how many have arrived and not which; it may have been this one.
  if (sk.sackedOut > 0) sk.sackedOut -= 1;
}
