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
  if (isOutside(request, segment)) {
    if ((flags & RST) === 0 && mayAnswer(request, segment)) sendRequestAck(sk, request);
    return null;
  }
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

/** Old by its timestamp, or not in the window. */
function isOutside(request: OpenRequest, segment: Segment): boolean {
  if (request.timestamps) {
    const found = parseOptions(segment, { timestamps: true, windowScaling: false });
    const old = found.timestamps && before(found.tsval, request.tsRecent);
    if (old && (segment.flags & RST) === 0) return true;
    if (found.timestamps && !after(segment.seq, (request.rcvIsn + 1) | 0)) {
      request.tsRecent = found.tsval;
    }
  }
  const start = (request.rcvIsn + 1) | 0;
  const end = (start + request.rcvWnd) | 0;
  const { seq, endSeq } = segment;
  if (seq === start || seq === request.rcvIsn) return false;
  if (after(endSeq, start) && before(seq, end)) return false;
  return !(seq === end && seq === endSeq);
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
