/**
 * Data that come: in order to the program, out of order to where they wait for what is missing.
 *
 * Source: RFC 9293, section 3.10.7.4, seventh; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_data_queue(),
 * tcp_ofo_queue(), tcp_fin().
 */
import { enter } from '../../kernel/ftrace.ts';
import { wakeSock } from '../sock.ts';
import { dataReceived, enterQuickack, scheduleAck } from './ack-policy.ts';
import { append, insertBehind, newBuffer, purge, trimHead, unlink } from './buffers.ts';
import type { TcpBuffer } from './buffers.ts';
import { FIN } from './constants.ts';
import { tcpSendAck } from './control.ts';
import { setState } from './set-state.ts';
import type { Segment } from './segment.ts';
import { after, before, distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { tcpTimeWait } from './time-wait.ts';
import { countsOctets, receiveWindow } from './window.ts';

/** A buffer with a segment's data, charged to the socket. */
function bufferOf(sk: TcpSock, segment: Segment): TcpBuffer {
  const { seq, endSeq, flags, data, truesize } = segment;
  const buffer = newBuffer(seq, flags, data, countsOctets(sk.net) ? data.length : truesize);
  buffer.length = data.length;
  buffer.endSeq = endSeq;
  return buffer;
}

/** Cuts off what lies beyond the window: the FIN first, which is its last. */
function trimToWindow(sk: TcpSock, buffer: TcpBuffer): void {
  const beyond = distance((sk.rcvNxt + receiveWindow(sk)) | 0, buffer.endSeq);
  if (beyond <= 0) return;
  let octets = beyond;
  if ((buffer.flags & FIN) !== 0) {
    buffer.flags &= ~FIN;
    buffer.endSeq = (buffer.endSeq - 1) | 0;
    octets -= 1;
  }
  buffer.length -= octets;
  buffer.endSeq = (buffer.endSeq - octets) | 0;
  if (countsOctets(sk.net)) buffer.truesize = buffer.length;
}

/** Whether a FIN alone lies just behind the window: it takes no room. */
function onlyFin({ data, flags }: Segment): boolean {
  return data.length === 0 && (flags & FIN) !== 0;
}

/** @kernel tcp_data_queue */
export function tcpDataQueue(sk: TcpSock, segment: Segment): void {
  const { seq, endSeq } = segment;
  if (seq === endSeq) return;
  enter('tcp_data_queue', segment.data.length);
  const window = receiveWindow(sk);
  const old = !after(endSeq, sk.rcvNxt);
  const beyond = !before(seq, (sk.rcvNxt + window) | 0) && !(onlyFin(segment) && seq === sk.rcvNxt);
  if (old || beyond) {
    // The peer has missed an ACK, or does not know the window.
    enterQuickack(sk);
    scheduleAck(sk);
    return;
  }
  const buffer = bufferOf(sk, segment);
  if (!onlyFin(segment)) trimToWindow(sk, buffer);
  if (after(buffer.seq, sk.rcvNxt)) {
    outOfOrder(sk, buffer);
    return;
  }
  if (before(buffer.seq, sk.rcvNxt)) enterQuickack(sk);
  inOrder(sk, buffer);
}

/** Takes a buffer that continues the stream, and what it was waited for with. */
function inOrder(sk: TcpSock, buffer: TcpBuffer): void {
  accept(sk, buffer);
  if (buffer.length > 0) dataReceived(sk, buffer);
  else scheduleAck(sk);
  if ((buffer.flags & FIN) !== 0) tcpFin(sk);
  if (sk.outOfOrder.head !== null) {
    ofoQueue(sk);
    if (sk.net.profile === 'bsd-4.4') enterQuickack(sk);
    // The gap may be closed: the peer is to know at once.
    if (sk.outOfOrder.head === null) sk.ack.pingpong = false;
  }
  wakeSock(sk);
}

/** Puts a buffer at the end of the stream, without what has come before. */
function accept(sk: TcpSock, buffer: TcpBuffer): void {
  const known = distance(buffer.seq, sk.rcvNxt);
  if (known > 0) trimHead(buffer, Math.min(known, buffer.length));
  sk.rcvNxt = buffer.endSeq;
  if (buffer.length === 0) return;
  if (countsOctets(sk.net)) buffer.truesize = buffer.length;
  sk.rmemAlloc += buffer.truesize;
  append(sk.received, buffer);
}

/** @kernel tcp_ofo_queue */
function ofoQueue(sk: TcpSock): void {
  for (let first = sk.outOfOrder.head; first !== null; first = sk.outOfOrder.head) {
    if (after(first.seq, sk.rcvNxt)) return;
    unlinkWaiting(sk, first);
    if (!after(first.endSeq, sk.rcvNxt)) continue;
    accept(sk, first);
    if ((first.flags & FIN) !== 0) tcpFin(sk);
  }
}

function unlinkWaiting(sk: TcpSock, buffer: TcpBuffer): void {
  unlink(sk.outOfOrder, buffer);
  sk.rmemAlloc -= buffer.truesize;
}

/**
 * Puts a buffer among those that wait, without what is there already; what it covers goes.
 *
 * Each octet waits once, so that waiting data take no more room than the window has.
 */
function outOfOrder(sk: TcpSock, buffer: TcpBuffer): void {
  enterQuickack(sk);
  scheduleAck(sk);
  let place = sk.outOfOrder.tail;
  while (place !== null && after(place.seq, buffer.seq)) place = place.prev;
  if (place !== null && after(place.endSeq, buffer.seq)) {
    if (!after(buffer.endSeq, place.endSeq)) return;
    trimHead(buffer, Math.min(distance(buffer.seq, place.endSeq), buffer.length));
  }
  for (let next = following(sk, place); next !== null; next = following(sk, place)) {
    if (!after(buffer.endSeq, next.seq)) break;
    if (before(buffer.endSeq, next.endSeq)) {
      trimTail(buffer, distance(next.seq, buffer.endSeq));
      break;
    }
    unlinkWaiting(sk, next);
  }
  if (countsOctets(sk.net)) buffer.truesize = buffer.length;
  sk.rmemAlloc += buffer.truesize;
  insertBehind(sk.outOfOrder, place, buffer);
}

function following(sk: TcpSock, place: TcpBuffer | null): TcpBuffer | null {
  return place === null ? sk.outOfOrder.head : place.next;
}

function trimTail(buffer: TcpBuffer, octets: number): void {
  buffer.length -= octets;
  buffer.endSeq = (buffer.endSeq - octets) | 0;
}

/** The peer sends no more. @kernel tcp_fin */
function tcpFin(sk: TcpSock): void {
  enter('tcp_fin');
  scheduleAck(sk);
  sk.receiveShutdown = true;
  sk.done = true;
  switch (sk.state) {
    case 'ESTABLISHED':
      setState(sk, 'CLOSE_WAIT');
      sk.ack.pingpong = true;
      break;
    case 'FIN_WAIT_1':
      tcpSendAck(sk);
      setState(sk, 'CLOSING');
      break;
    case 'FIN_WAIT_2':
      tcpSendAck(sk);
      tcpTimeWait(sk, 'TIME_WAIT', 0);
      break;
    default:
      break;
  }
  for (let buffer = sk.outOfOrder.head; buffer !== null; buffer = buffer.next) {
    sk.rmemAlloc -= buffer.truesize;
  }
  purge(sk.outOfOrder);
}
