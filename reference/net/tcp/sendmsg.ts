/**
 * Writing to a connection.
 *
 * Octets are copied into buffers of a segment's size; the last one is filled up before another is begun.
 * Full ones go as soon as they may, so that a long write does not wait for its own end.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(), tcp_push(); net/core/stream.c,
 * sk_stream_wait_connect(), sk_stream_wait_memory(); 4.4BSD, kern/uipc_socket.c, sosend();
 * kern/sys_generic.c, write().
 */
import { failure, freshOctets, success, type Errno } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { ERESTARTSYS, type Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { sockError, sockTimeo } from '../sock.ts';
import { copyFromUser, type UserOctets } from '../user-memory.ts';
import { append, newBuffer, type TcpBuffer } from './buffers.ts';
import { ACK, PSH } from './constants.ts';
import { lockSock, releaseSock } from './lock.ts';
import { currentMss } from './mss.ts';
import { pushPendingFrames, tcpPushOne, tcpPushPendingFrames } from './output.ts';
import { bsdLowat, isWritable, sendCharge, sendRoom } from './send-room.ts';
import { nagleOf, type Nagle } from './send-test.ts';
import { mappedOf, reachOf } from './send-reach.ts';
import { after } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';
import { markPush } from './transmit.ts';
import { patience, sleepAt, type Patience } from './wait.ts';

/** What a program writes. */
export interface Writing extends UserOctets {
  readonly more: boolean;
  readonly outOfBand: boolean;
  readonly dontWait: boolean;
}

/** Memory of a buffer beside its data: descriptor and headers. @kernel sizeof(struct sk_buff), MAX_TCP_HEADER */
const BUFFER_COST = 192 + 160;

/** @returns octets taken. @kernel tcp_sendmsg */
export function* tcpSendmsg(
  sk: TcpSock,
  task: Task,
  writing: Writing,
): Steps<Restartable<number, Errno>> {
  enter('tcp_sendmsg', writing.octets.length);
  lockSock(sk);
  const result = yield* sending(sk, task, writing);
  releaseSock(sk);
  return result;
}

/** Why nothing can be sent; undefined when something can. */
function refusal(sk: TcpSock): Errno | undefined {
  if (sk.error !== null) return sockError(sk) ?? undefined;
  if (sk.sendShutdown) return 'EPIPE';
  return undefined;
}

function* sending(sk: TcpSock, task: Task, writing: Writing): Steps<Restartable<number, Errno>> {
  const patient = patience(writing.dontWait, sockTimeo(sk, 'sndtimeo'));
  const ready = yield* waitConnected(sk, task, patient);
  if (ready !== undefined) return ready;
  const { octets } = writing;
  let copied = 0;
  const refused = refusal(sk);
  if (refused !== undefined) return failure(refused);
  let begun = false;
  let faulted = false;
  const reach = reachOf(sk, writing);
  while (copied < octets.length) {
    const mss = currentMss(sk);
    const rest = { octets: octets.subarray(copied, reach), mapped: mappedOf(writing, copied) };
    const may: boolean = begun || mayBegin(sk, octets.length - copied);
    const taken: number | 'EFAULT' = copied === reach ? 'EFAULT' : may ? fill(sk, rest, mss) : 0;
    if (taken === 'EFAULT') {
      faulted = true;
      break;
    }
    copied += taken;
    begun = taken > 0;
    if (taken > 0) {
      if (copied < octets.length) pushFull(sk, mss, writing);
      continue;
    }
    sk.noSpace = true;
    if (copied > 0) tcpPush(sk, { ...writing, more: false }, beforeSleep(sk));
    const stopped = yield* waitForMemory(sk, task, patient, octets.length - copied);
    if (stopped === undefined) continue;
    if (copied > 0 && !losesCount(sk, stopped)) break;
    return stopped === 'refused' ? failure(refusal(sk) ?? 'EPIPE') : stopped;
  }
  if (copied > 0) tcpPush(sk, writing, nagleOf(sk));
  const untold = faulted && (copied === 0 || losesCount(sk, 'refused'));
  return untold ? failure('EFAULT') : success(copied);
}

/** Who is about to sleep adds nothing to a small segment; 4.4BSD does not know that. */
function beforeSleep(sk: TcpSock): Nagle {
  return sk.net.profile === 'bsd-4.4' ? nagleOf(sk) : 'push';
}

/** @returns undefined when the connection is there. @kernel sk_stream_wait_connect */
function* waitConnected(
  sk: TcpSock,
  task: Task,
  patient: Patience,
): Steps<Restartable<never, Errno> | undefined> {
  const there = (): boolean => sk.state === 'ESTABLISHED' || sk.state === 'CLOSE_WAIT';
  if (there()) return undefined;
  const error = sockError(sk);
  if (error !== null) return failure(error);
  if (sk.state !== 'SYN_SENT' && sk.state !== 'SYN_RECEIVED') return failure(notConnected(sk));
  if (patient.left <= 0) return failure('EAGAIN');
  const over = (): boolean => there() || sk.state === 'CLOSED' || sk.error !== null;
  sk.writePending += 1;
  const how = yield* sleepAt(sk, task, patient, over);
  sk.writePending -= 1;
  if (how === 'signal') return ERESTARTSYS;
  if (how === 'timeout') return failure('EAGAIN');
  return there() ? undefined : failure(sockError(sk) ?? 'EPIPE');
}

/** The notes have an unconnected stream say so; Linux calls it a broken pipe. */
function notConnected(sk: TcpSock): Errno {
  if (sk.sendShutdown || sk.socketState !== 'unconnected') return 'EPIPE';
  return sk.net.profile.startsWith('linux') ? 'EPIPE' : 'ENOTCONN';
}

/** A 4.4BSD writer takes all the room that there is, but does not begin for a little. @kernel sosend */
function mayBegin(sk: TcpSock, wanted: number): boolean {
  return sk.net.profile !== 'bsd-4.4' || sendRoom(sk) >= Math.min(wanted, bsdLowat(sk));
}

/** An error makes 4.4BSD's write forget what it has taken; elsewhere the next call tells of it. */
function losesCount({ net }: TcpSock, stopped: unknown): boolean {
  return net.profile === 'bsd-4.4' && stopped === 'refused';
}

/**
 * Copies what the last buffer, or a new one, takes.
 *
 * @returns octets taken; 0 where there is no room; EFAULT where they are not all in the writer's memory.
 */
function fill(sk: TcpSock, writing: UserOctets, mss: number): number | 'EFAULT' {
  const { octets } = writing;
  const { tail } = sk.sendQueue;
  const room = sendRoom(sk);
  const left = tail === null || sk.sendHead === null ? 0 : mss - tail.length;
  if (tail !== null && left > 0) {
    // What its cost has been paid for already is free.
    const free = room === Infinity || sendCharge(sk) >= sk.sndbuf ? freeInTail(sk, left) : room;
    const taken = Math.min(octets.length, left, free);
    if (taken > 0) {
      const copied = copyFromUser(writing, 0, taken);
      if (copied === null) return 'EFAULT';
      put(sk, tail, copied);
      return taken;
    }
  }
  if (room === 0) return 0;
  const taken = Math.min(octets.length, mss, room);
  const copied = copyFromUser(writing, 0, taken);
  // A buffer with nothing in it would be freed again.
  if (copied === null) return 'EFAULT';
  put(sk, newSegment(sk, mss), copied);
  return taken;
}

/** Where cost is counted the tail may always be filled up. */
function freeInTail(sk: TcpSock, left: number): number {
  return sk.net.profile.startsWith('linux') ? left : 0;
}

/** @kernel sk_stream_alloc_pskb, skb_entail */
function newSegment(sk: TcpSock, mss: number): TcpBuffer {
  const buffer = newBuffer(sk.writeSeq, ACK, freshOctets(mss), mss + BUFFER_COST);
  append(sk.sendQueue, buffer);
  sk.wmemQueued += buffer.truesize;
  sk.sendHead ??= buffer;
  return buffer;
}

/** @kernel skb_add_data */
function put(sk: TcpSock, buffer: TcpBuffer, octets: Uint8Array): void {
  const at = buffer.start + buffer.length;
  if (at + octets.length > buffer.bytes.length) {
    moveToOwnMemory(buffer, buffer.length + octets.length);
  }
  buffer.bytes.set(octets, buffer.start + buffer.length);
  buffer.length += octets.length;
  buffer.endSeq = (buffer.endSeq + octets.length) | 0;
  buffer.flags &= ~PSH;
  buffer.sum = -1;
  sk.writeSeq = (sk.writeSeq + octets.length) | 0;
}

/** Longer segments may go than when it was made, and one that was cut begins in the midst of its memory. */
function moveToOwnMemory(buffer: TcpBuffer, size: number): void {
  const bytes = new Uint8Array(Math.max(size, 2 * buffer.length));
  bytes.set(buffer.bytes.subarray(buffer.start, buffer.start + buffer.length));
  buffer.bytes = bytes;
  buffer.start = 0;
}

/** More than half of the peer's greatest window has not been pushed. @kernel forced_push */
function forcedPush({ writeSeq, pushedSeq, maxWindow }: TcpSock): boolean {
  return after(writeSeq, (pushedSeq + (maxWindow >> 1)) | 0);
}

/** In the middle of a write: what is full may go. */
function pushFull(sk: TcpSock, mss: number, { outOfBand }: Writing): void {
  const { tail } = sk.sendQueue;
  if (tail === null || tail.length < mss || outOfBand) return;
  if (forcedPush(sk)) {
    markPush(sk, tail);
    pushPendingFrames(sk, 'push');
  } else if (tail === sk.sendHead) {
    tcpPushOne(sk, mss);
  }
}

/** At the end of a write. @kernel tcp_push */
function tcpPush(sk: TcpSock, { more, outOfBand }: Writing, nagle: Nagle): void {
  enter('tcp_push');
  const { tail } = sk.sendQueue;
  if (sk.sendHead === null || tail === null) return;
  if (!more || forcedPush(sk)) markPush(sk, tail);
  if (outOfBand) {
    sk.urgMode = true;
    sk.sndUp = tail.endSeq;
  }
  tcpPushPendingFrames(sk, more ? 'cork' : nagle);
}

/**
 * @returns undefined when there is room again; 'refused' where an error or the end of the stream, which
 *   stay to be told, end the wait.
 * @kernel sk_stream_wait_memory
 */
function* waitForMemory(
  sk: TcpSock,
  task: Task,
  patient: Patience,
  wanted: number,
): Steps<Restartable<never, Errno> | 'refused' | undefined> {
  if (patient.left <= 0) return failure('EAGAIN');
  const room = (): boolean => hasRoomAgain(sk, wanted);
  const refused = (): boolean => sk.error !== null || sk.sendShutdown;
  const how = yield* sleepAt(sk, task, patient, () => room() || refused());
  if (how === 'signal') return ERESTARTSYS;
  if (how === 'timeout') return failure('EAGAIN');
  return refused() ? 'refused' : undefined;
}

/** What a writer that was woken looks at. */
function hasRoomAgain(sk: TcpSock, wanted: number): boolean {
  switch (sk.net.profile) {
    case 'bsd-4.4':
      return sendRoom(sk) >= Math.min(wanted, bsdLowat(sk));
    case 'notes':
      return isWritable(sk);
    default:
      return sendRoom(sk) > 0;
  }
}
