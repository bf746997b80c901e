/**
 * ICMP errors about segments of ours.
 *
 * Source: RFC 1122, section 4.2.3.9; RFC 5461; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_err(),
 * do_pmtu_discovery(); 4.4BSD, netinet/tcp_subr.c, tcp_ctlinput(), tcp_notify(). Left out: that a handshake of 4.4BSD whose
 * SYN has gone five times, which takes longer than it may, is given up at the second word.
 */
import type { Errno } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { be16, be32 } from '../bytes.ts';
import { bsdErrno, icmpErrno } from '../icmp-errno.ts';
import type { Net } from '../net.ts';
import type { IcmpError, Quoted } from '../protocols.ts';
import { wakeSock } from '../sock.ts';
import { lookupConnection, lookupListener } from './hash.ts';
import { withSock } from './lock.ts';
import { syncMss } from './mss.ts';
import { pathMtuOf } from './rebuild-header.ts';
import { between } from './seq.ts';
import { tcpDone } from './set-state.ts';
import { removeRequest, requestsOf } from './syn-queue.ts';
import type { TcpSock } from './tcp-sock.ts';

const DEST_UNREACH = 3;
const SOURCE_QUENCH = 4;
const FRAGMENTATION_NEEDED = 4;

/** The connection that an error is about. */
function connectionOf(net: Net, { saddr, daddr, transport }: Quoted) {
  const ends = { daddr: saddr, dport: be16(transport, 0), saddr: daddr, sport: be16(transport, 2) };
  return lookupConnection(net, { ...ends, device: null });
}

/** Whether the quoted segment may be under way: an error about another is somebody's guess. */
function isUnderWay(sk: TcpSock, { transport }: Quoted): boolean {
  return between(be32(transport, 4) | 0, sk.sndUna, sk.sndMax);
}

export function tcpIsOurs(net: Net, quoted: Quoted): boolean {
  const sk = connectionOf(net, quoted);
  return sk !== undefined && 'ack' in sk && isUnderWay(sk, quoted);
}

/** @kernel tcp_v4_err */
export function tcpErr(net: Net, quoted: Quoted, error: IcmpError): void {
  enter('tcp_v4_err');
  const sk = connectionOf(net, quoted);
  if (sk === undefined) {
    requestError(net, quoted);
    return;
  }
  if (!('ack' in sk) || !isUnderWay(sk, quoted)) return;
  withSock(sk, () => connectionError(sk, error));
}

function connectionError(sk: TcpSock, error: IcmpError): void {
  if (error.type === SOURCE_QUENCH) {
    sk.congestion.quench(sk);
    return;
  }
  if (sk.net.profile === 'bsd-4.4') {
    notify(sk, bsdErrno(error));
    return;
  }
  if (error.type === DEST_UNREACH && error.code === FRAGMENTATION_NEEDED) {
    pmtuDiscovery(sk);
    return;
  }
  const meaning = icmpErrno(error);
  if (meaning !== undefined) report(sk, meaning.errno);
}

/**
 * 4.4BSD ends nothing for it. That there is no way to the peer, a connection that is there does not even remember.
 *
 * @kernel tcp_notify
 */
function notify(sk: TcpSock, errno: Errno | null): void {
  if (errno === null || (sk.state === 'ESTABLISHED' && errno === 'EHOSTUNREACH')) return;
  sk.softError = errno;
}

/** Before the handshake is done an error is the end of it; after that it is only remembered. */
function report(sk: TcpSock, errno: Errno): void {
  if (sk.state === 'SYN_SENT' || sk.state === 'SYN_RECEIVED') {
    sk.error = errno;
    tcpDone(sk);
  } else if (sk.receiveErrors) {
    sk.error = errno;
    wakeSock(sk);
  } else {
    sk.softError = errno;
  }
}

/** The path is narrower: segments are cut anew, and those under way are sent again at once. */
function pmtuDiscovery(sk: TcpSock): void {
  if (sk.state === 'CLOSED' || sk.pmtuDisc === 'DONT') return;
  const mtu = pathMtuOf(sk);
  if (sk.pmtu <= mtu) return;
  syncMss(sk, mtu);
  if (sk.packetsOut > 0) sk.congestion.resegmented(sk);
}

/** A host that is not there has asked for a connection: the request goes. */
function requestError(net: Net, { saddr, daddr, transport }: Quoted): void {
  const listener = lookupListener(net, { daddr: saddr, dport: be16(transport, 0), device: null });
  const queue = listener?.listening?.synQueue;
  if (listener === undefined || queue === undefined || listener.owned) return;
  for (const request of requestsOf(queue)) {
    if (request.raddr !== daddr || request.rport !== be16(transport, 2)) continue;
    if (request.laddr !== saddr || request.sntIsn !== (be32(transport, 4) | 0)) continue;
    removeRequest(queue, request);
    return;
  }
}
