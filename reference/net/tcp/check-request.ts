/**
 * A segment from who has asked for a connection: the last of the handshake, or something else.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_check_req().
 */
import { enter } from '../../kernel/ftrace.ts';
import { mayAnswer } from './challenge-ack.ts';
import { ACK, RST, SYN } from './constants.ts';
import { acceptQueueIsFull, queueAccept } from './listen.ts';
import { parseOptions } from './options.ts';
import { sendBare, sendReset } from './reply.ts';
import type { OpenRequest } from './request.ts';
import type { Segment } from './segment.ts';
import { after, before } from './seq.ts';
import { sendSynack } from './synack.ts';
import { removeRequest } from './syn-queue.ts';
import type { TcpSock } from './tcp-sock.ts';
import { inWindow } from './time-wait.ts';
import { timestampNow } from './timestamp.ts';

/** @returns the socket that the segment goes on with; null when all is done. @kernel tcp_check_req */
export function checkRequest(sk: TcpSock, segment: Segment, request: OpenRequest): TcpSock | null {
  enter('tcp_check_req');
  const { seq, flags } = segment;
  const control = flags & (RST | SYN | ACK);
  if (seq === request.rcvIsn && control === SYN) {
    // The same SYN once more: our answer was lost.
    if (mayAnswer(request, segment)) sendSynack(sk, request);
    return null;
  }
  if ((flags & ACK) !== 0 && segment.ack !== ((request.sntIsn + 1) | 0)) {
    if ((flags & RST) === 0) sendReset(sk.net, segment);
    return null;
  }
  if (isOld(request, segment) || !fits(sk, request, segment)) {
    if ((flags & RST) === 0 && mayAnswer(request, segment)) sendRequestAck(sk, request);
    return null;
  }
  rememberStamp(request, segment);
  if ((flags & (RST | SYN)) !== 0 && !isFirstSyn(request, segment)) {
    refuse(sk, segment, request);
    return null;
  }
  if ((flags & ACK) === 0) return null;
  if (defers(sk, segment, request)) return null;
  return addressedTo(sk, segment, request);
}

/** A SYN that crossed ours, or the first one with more behind it. */
function isFirstSyn({ rcvIsn }: OpenRequest, { seq, flags }: Segment): boolean {
  return (flags & RST) === 0 && seq === rcvIsn;
}

/** What its timestamp says; null where none is agreed on, or there is none. */
function stampOf({ timestamps }: OpenRequest, segment: Segment): number | null {
  if (!timestamps) return null;
  const found = parseOptions(segment, { timestamps: true, windowScaling: false });
  return found.timestamps ? found.tsval : null;
}

/** Its timestamp is from before that of the SYN. */
function isOld(request: OpenRequest, segment: Segment): boolean {
  const stamp = stampOf(request, segment);
  return stamp !== null && before(stamp, request.tsRecent) && (segment.flags & RST) === 0;
}

/** Whether it is in the window; 4.4BSD cuts off what is before it, and takes the ACK. */
function fits(sk: TcpSock, { rcvIsn, rcvWnd }: OpenRequest, { seq, endSeq }: Segment): boolean {
  const start = (rcvIsn + 1) | 0;
  if (seq === rcvIsn && sk.net.profile === 'bsd-4.4') return true;
  return inWindow(seq, endSeq, start, (start + rcvWnd) | 0);
}

/** Only a segment that goes on from what was acknowledged sets the newest. */
function rememberStamp(request: OpenRequest, segment: Segment): void {
  const stamp = stampOf(request, segment);
  if (stamp !== null && !after(segment.seq, (request.rcvIsn + 1) | 0)) request.tsRecent = stamp;
}

/** A reset, or a SYN where none can be. */
function refuse(sk: TcpSock, segment: Segment, request: OpenRequest): void {
  sk.net.tcp.counters.AttemptFails += 1;
  if ((segment.flags & SYN) !== 0 && (segment.flags & RST) === 0) sendReset(sk.net, segment);
  drop(sk, request);
}

function drop(sk: TcpSock, request: OpenRequest): void {
  if (sk.listening !== null) removeRequest(sk.listening.synQueue, request);
}

/** The program wants to see connections only with data. */
function defers(sk: TcpSock, { seq, endSeq }: Segment, request: OpenRequest): boolean {
  if (sk.deferAccept === 0 || request.retrans >= sk.deferAccept) return false;
  if (endSeq !== seq || seq !== ((request.rcvIsn + 1) | 0)) return false;
  request.acked = true;
  return true;
}

/** @kernel tcp_v4_or_send_ack */
function sendRequestAck(sk: TcpSock, request: OpenRequest): void {
  sendBare(sk.net, {
    saddr: request.laddr,
    sport: sk.port,
    daddr: request.raddr,
    dport: request.rport,
    seq: (request.sntIsn + 1) | 0,
    ack: (request.rcvIsn + 1) | 0,
    flags: ACK,
    window: Math.min(request.rcvWnd, 0xffff),
    timestamps: request.timestamps
      ? { tsval: timestampNow(sk.net), tsecr: request.tsRecent }
      : null,
  });
}

/**
 * The handshake is complete: makes the connection, if it has room to wait in.
 *
 * @returns the new socket; null where there is no room.
 */
export function addressedTo(sk: TcpSock, segment: Segment, request: OpenRequest): TcpSock | null {
  const { counters, tunables } = sk.net.tcp;
  const child = acceptQueueIsFull(sk) ? null : sk.af.synRecvSock(sk, segment, request);
  if (child !== null) {
    drop(sk, request);
    queueAccept(sk, child);
    return child;
  }
  counters.ListenOverflows += 1;
  counters.ListenDrops += 1;
  if (tunables.abortOnOverflow) {
    sendReset(sk.net, segment);
    drop(sk, request);
  } else {
    // The client believes that it is connected; it will say so again.
    request.acked = true;
  }
  return null;
}
