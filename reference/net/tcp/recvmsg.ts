/**
 * Reading from a connection.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_recvmsg(), tcp_recv_urg(), cleanup_rbuf(); 4.4BSD,
 * kern/uipc_socket.c, soreceive(); netinet/tcp_output.c, where a window is worth telling of.
 */
import {
  failure,
  freshOctets,
  success,
  type Errno,
  type Outcome,
} from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { ERESTARTSYS, type Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { sockError, sockTimeo } from '../sock.ts';
import { copyFaults } from '../user-memory.ts';
import { trimHead, unlink } from './buffers.ts';
import { tcpSendAck } from './control.ts';
import { lockSock, releaseSock } from './lock.ts';
import { distance } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { patience, sleepAt } from './wait.ts';
import { countsOctets, receiveWindow, selectWindow } from './window.ts';

/** What a program wants to read. */
export interface Reading {
  readonly size: number;
  /** Octets for which there is memory; left out: enough. */
  readonly mapped?: number | undefined;
  readonly peek: boolean;
  readonly waitAll: boolean;
  readonly outOfBand: boolean;
  readonly dontWait: boolean;
}

/** @kernel tcp_recvmsg */
export function* tcpRecvmsg(
  sk: TcpSock,
  task: Task,
  reading: Reading,
): Steps<Restartable<Uint8Array, Errno>> {
  enter('tcp_recvmsg', reading.size);
  lockSock(sk);
  const result =
    sk.state === 'LISTEN'
      ? failure('ENOTCONN')
      : reading.outOfBand
        ? receiveUrgent(sk, reading)
        : yield* receiving(sk, task, reading);
  releaseSock(sk);
  return result;
}

/** Octets from a place of the stream on. */
interface Copied {
  readonly parts: Uint8Array[];
  total: number;
  /** Sequence number of the next octet. */
  seq: number;
  /** It ends here, although there may be more: the mark. */
  atMark: boolean;
  /** What comes next was not copied: memory has ended. */
  faulted: boolean;
}

function* receiving(
  sk: TcpSock,
  task: Task,
  reading: Reading,
): Steps<Restartable<Uint8Array, Errno>> {
  const { size, peek, dontWait } = reading;
  const patient = patience(dontWait, sockTimeo(sk, 'rcvtimeo'));
  const target = targetOf(sk, reading);
  const copied: Copied = { parts: [], total: 0, seq: sk.copiedSeq, ...NOT_YET };
  for (;;) {
    copyOut(sk, copied, reading);
    if (!peek) consume(sk, copied.seq);
    if (copied.faulted) break;
    if (copied.total >= target || copied.atMark) break;
    // Who asks for nothing waits all the same, unless there is something.
    if (size === 0 && waits(sk, copied.seq)) break;
    const ended = endOf(sk, copied.total);
    if (ended !== undefined) {
      if (copied.total > 0 || 'ok' in ended) break;
      return ended;
    }
    if (!peek) cleanupRbuf(sk, copied.total);
    const how = dontWait
      ? 'timeout'
      : yield* sleepAt(sk, task, patient, () => hasMore(sk, copied.seq));
    if (how === 'ready') continue;
    if (copied.total > 0) break;
    return how === 'signal' ? ERESTARTSYS : failure('EAGAIN');
  }
  if (!peek) cleanupRbuf(sk, copied.total);
  return copied.faulted && (isBsd(sk) || copied.total === 0)
    ? failure('EFAULT')
    : success(joined(copied));
}

/** Octets with which the call comes back; 4.4BSD has those for who wants none at once. @kernel sock_rcvlowat */
function targetOf(sk: TcpSock, { size, waitAll }: Reading): number {
  const octets = waitAll ? size : Math.min(sk.rcvlowat, size);
  return isBsd(sk) ? octets : Math.max(1, octets);
}

const NOT_YET = { atMark: false, faulted: false };

const isBsd = ({ net }: TcpSock): boolean => net.profile === 'bsd-4.4';

/** The program's copy; what it was made of belongs to the stack. */
function joined({ parts, total }: Copied): Uint8Array {
  const all = freshOctets(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Something has come that was not read. */
function waits({ received: { tail } }: TcpSock, seq: number): boolean {
  return tail !== null && distance(seq, tail.endSeq) > 0;
}

function hasMore(sk: TcpSock, seq: number): boolean {
  return waits(sk, seq) || sk.error !== null || sk.receiveShutdown || sk.state === 'CLOSED';
}

/** Nothing more will come, or something is wrong; undefined when it is worth waiting. */
function endOf(sk: TcpSock, total: number): Outcome<Uint8Array, Errno> | undefined {
  if (sk.done || (total > 0 && sk.error !== null)) return success(EMPTY);
  const error = sockError(sk);
  if (error !== null) {
    // It is told once; from then on the stream has just ended.
    sk.done = true;
    return failure(error);
  }
  if (sk.receiveShutdown) return success(EMPTY);
  return sk.state === 'CLOSED' ? failure('ENOTCONN') : undefined;
}

const EMPTY = new Uint8Array(0);

/** Copies what is there, up to the mark of urgent data. */
function copyOut(sk: TcpSock, copied: Copied, { size, mapped }: Reading): void {
  for (let buffer = sk.received.head; buffer !== null; buffer = buffer.next) {
    let skip = distance(buffer.seq, copied.seq);
    if (skip >= buffer.length) continue;
    const mark = sk.urgState === 'none' ? -1 : distance(copied.seq, sk.urgSeq);
    if (mark === 0 && copied.total > 0) copied.atMark = true;
    if (copied.atMark || copied.total >= size) return;
    if (mark === 0 && !sk.oobInline) {
      copied.seq = (copied.seq + 1) | 0;
      skip += 1;
    }
    let length = Math.min(buffer.length - skip, size - copied.total);
    if (mark > 0) length = Math.min(length, mark);
    if (length === 0) continue;
    copied.faulted = copyFaults(mapped, copied.total, length);
    // 4.4BSD takes off the queue what it could not copy; elsewhere it stays.
    if (copied.faulted && isBsd(sk)) copied.seq = (copied.seq + length) | 0;
    if (copied.faulted) return;
    const start = buffer.start + skip;
    copied.parts.push(buffer.bytes.subarray(start, start + length));
    copied.total += length;
    copied.seq = (copied.seq + length) | 0;
    if (mark > 0 && length === mark) copied.atMark = true;
  }
}

/** What has been read is gone. */
function consume(sk: TcpSock, seq: number): void {
  sk.copiedSeq = seq;
  if (sk.urgState !== 'none' && distance(sk.urgSeq, seq) > 0) sk.urgState = 'none';
  for (let buffer = sk.received.head; buffer !== null; buffer = sk.received.head) {
    const read = distance(buffer.seq, seq);
    if (read <= 0) return;
    if (read < buffer.length) {
      trimHead(buffer, read);
      if (!countsOctets(sk.net)) return;
      buffer.truesize -= read;
      sk.rmemAlloc -= read;
      return;
    }
    unlink(sk.received, buffer);
    sk.rmemAlloc -= buffer.truesize;
  }
}

/** @kernel tcp_recv_urg */
function receiveUrgent(sk: TcpSock, { peek, size, mapped }: Reading): Outcome<Uint8Array, Errno> {
  if (sk.oobInline || sk.urgState === 'none' || sk.urgState === 'read') return failure('EINVAL');
  if (sk.state === 'CLOSED' && !sk.done) return failure('ENOTCONN');
  if (sk.urgState === 'there') {
    if (!peek) sk.urgState = 'read';
    if (copyFaults(mapped, 0, Math.min(size, 1))) return failure('EFAULT');
    return success(size > 0 ? Uint8Array.of(sk.urgOctet) : EMPTY);
  }
  // Nothing comes any more; 4.4BSD does not look.
  return sk.receiveShutdown && !isBsd(sk) ? success(EMPTY) : failure('EAGAIN');
}

/** Room has become free: the peer may have to be told. @kernel cleanup_rbuf */
export function cleanupRbuf(sk: TcpSock, copied: number): void {
  if (sk.state === 'CLOSED' || sk.state === 'LISTEN' || sk.state === 'SYN_SENT') return;
  if (ackIsDue(sk, copied) || windowIsWorthIt(sk, copied)) tcpSendAck(sk);
}

function ackIsDue(sk: TcpSock, copied: number): boolean {
  const { ack } = sk;
  if (!ack.scheduled) return false;
  if (sk.net.profile === 'bsd-4.4') return false;
  if (distance(sk.rcvWup, sk.rcvNxt) > ack.rcvMss) return true;
  return copied > 0 && ack.pushed && !ack.pingpong && sk.rmemAlloc === 0;
}

function windowIsWorthIt(sk: TcpSock, copied: number): boolean {
  if (copied === 0) return false;
  const now = receiveWindow(sk);
  if (sk.net.profile === 'bsd-4.4') {
    const gained = selectWindow(sk) - now;
    return gained >= 2 * sk.mss || 2 * gained >= sk.rcvbuf;
  }
  // Nothing will come any more that needs the room; 4.4BSD does not look.
  if (sk.receiveShutdown || 2 * now > sk.windowClamp) return false;
  const wanted = selectWindow(sk);
  return wanted > 0 && wanted >= 2 * now;
}

/** Whether what is read next is at the mark. @kernel SIOCATMARK */
export function atMark(sk: TcpSock): boolean {
  return sk.urgState !== 'none' && sk.urgSeq === sk.copiedSeq;
}

/** Octets that can be read; a FIN is none. @kernel SIOCINQ */
export function readableOctets({ received: { tail }, copiedSeq }: TcpSock): number {
  return tail === null ? 0 : Math.max(0, distance(copiedSeq, (tail.seq + tail.length) | 0));
}
