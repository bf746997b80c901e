/**
 * Segments that come in: is it whole, whose is it, and who works on that socket at the moment.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_rcv(), tcp_v4_do_rcv(), tcp_v4_hnd_req();
 * net/ipv4/tcp_minisocks.c, tcp_child_process().
 */
import { enter } from '../../kernel/ftrace.ts';
import { ipHeader } from '../ip-header.ts';
import type { Net } from '../net.ts';
import type { InetProtocol } from '../protocols.ts';
import { PACKET_HOST, type SkBuff } from '../sk-buff.ts';
import { kfreeSkb } from '../sk-buff-sharing.ts';
import { wakeUp } from '../../kernel/wait-queue.ts';
import { tcpV4Receive } from '../transport-checksum.ts';
import { checkRequest } from './check-request.ts';
import { ACK, RST, SYN } from './constants.ts';
import { tcpErr, tcpIsOurs } from './error.ts';
import { tcpRcvEstablished } from './established.ts';
import { lookupConnection, lookupListener } from './hash.ts';
import { lockSock, releaseSock } from './lock.ts';
import { sendReset } from './reply.ts';
import { readSegment, type Segment } from './segment.ts';
import { tcpRcvStateProcess } from './state-process.ts';
import { cookieCheck } from './syn-cookies.ts';
import { searchRequest } from './syn-queue.ts';
import type { TcpSock } from './tcp-sock.ts';
import { timewaitReceive } from './time-wait.ts';

/** @kernel tcp_v4_rcv */
function tcpV4Rcv(net: Net, skb: SkBuff): number {
  enter('tcp_v4_rcv');
  const { counters } = net.tcp;
  if (skb.pktType !== PACKET_HOST) {
    kfreeSkb(skb);
    return 0;
  }
  counters.InSegs += 1;
  const { saddr, daddr } = ipHeader(skb);
  const mib = { inErrors: 0 };
  if (!tcpV4Receive(skb, { source: saddr, destination: daddr }, mib)) {
    counters.InErrs += mib.inErrors;
    kfreeSkb(skb);
    return 0;
  }
  const segment = readSegment(skb);
  // Its octets stay as long as somebody has them; the descriptor has done its work.
  kfreeSkb(skb);
  deliver(net, segment);
  return 0;
}

/** A segment that is whole goes to whose it is. */
export function deliver(net: Net, segment: Segment): void {
  let sk = lookupConnection(net, segment) ?? lookupListener(net, segment);
  if (sk !== undefined && !('ack' in sk)) {
    sk = timewaitReceive(sk, segment);
    if (sk === undefined) return;
  }
  if (sk === undefined) sendReset(net, segment);
  else toSock(sk, segment);
}

/** A socket that somebody is at work on gets it later. @kernel sk_add_backlog */
function toSock(sk: TcpSock, segment: Segment): void {
  if (sk.owned) {
    sk.backlog.push(segment);
    return;
  }
  lockSock(sk);
  backlogReceive(sk, segment);
  releaseSock(sk);
}

/** @kernel tcp_v4_do_rcv, sk->sk_backlog_rcv */
export function backlogReceive(sk: TcpSock, segment: Segment): void {
  enter('tcp_v4_do_rcv');
  let good: boolean;
  if (sk.state === 'ESTABLISHED') {
    good = tcpRcvEstablished(sk, segment);
  } else if (sk.state === 'LISTEN') {
    const found = handleRequest(sk, segment);
    if (found === null) return;
    if (found !== sk) {
      childProcess(sk, found, segment);
      return;
    }
    good = tcpRcvStateProcess(sk, segment);
  } else {
    good = tcpRcvStateProcess(sk, segment);
  }
  if (!good) sendReset(sk.net, segment);
}

/**
 * Whether a segment for a listening socket belongs to a request that waits there.
 *
 * @returns the socket that it is for; null when there is nothing more to do.
 * @kernel tcp_v4_hnd_req
 */
function handleRequest(sk: TcpSock, segment: Segment): TcpSock | null {
  const request = searchRequest(sk, segment);
  if (request !== undefined) return checkRequest(sk, segment, request);
  const connection = lookupConnection(sk.net, segment);
  // It has been made while this segment waited in the backlog.
  if (connection !== undefined) return 'ack' in connection ? connection : null;
  if ((segment.flags & (SYN | RST | ACK)) === ACK) return cookieCheck(sk, segment);
  return sk;
}

/** The segment that made the connection is its first. @kernel tcp_child_process */
function childProcess(parent: TcpSock, child: TcpSock, segment: Segment): void {
  if (child.owned) {
    child.backlog.push(segment);
    return;
  }
  lockSock(child);
  const good = tcpRcvStateProcess(child, segment);
  if (child.state !== 'SYN_RECEIVED') wakeUp(parent.sleepers, 1);
  releaseSock(child);
  if (!good) sendReset(child.net, segment);
}

export const tcpProtocol: InetProtocol = {
  handler: tcpV4Rcv,
  errHandler: tcpErr,
  isOurs: tcpIsOurs,
};
