/**
 * The second segment of the handshake, and how often it is sent again.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_send_synack(); net/ipv4/tcp_output.c,
 * tcp_make_synack(); net/ipv4/tcp_timer.c, tcp_synack_timer(); 4.4BSD, netinet/tcp_timer.h, TCPTV_KEEP_INIT.
 */
import { enter } from '../../kernel/ftrace.ts';
import { NS_PER_MS } from '../clock.ts';
import { ACK, RTO_MAX, SYN, TCP_HEADER } from './constants.ts';
import { synQueueMost } from './listen.ts';
import { synOptionsLength, writeSynOptions, type SynOptions } from './options.ts';
import { sendBare } from './reply.ts';
import type { OpenRequest } from './request.ts';
import { removeRequest, wait, type SynQueue } from './syn-queue.ts';
import type { TcpSock } from './tcp-sock.ts';
import { timestampNow } from './timestamp.ts';

/**
 * Linux 6 and 4.4BSD have kept the request before, and send it again in time.
 *
 * @returns whether the request is worth keeping.
 * @kernel tcp_v4_send_synack
 */
export function sendSynack(sk: TcpSock, request: OpenRequest): boolean {
  enter('tcp_v4_send_synack');
  const { net } = sk;
  const options: SynOptions = {
    mss: request.advmss,
    wscale: request.sndWscale === undefined ? null : request.rcvWscale,
    timestamps: request.timestamps ? { tsval: timestampNow(net), tsecr: request.tsRecent } : null,
  };
  const sent = sendBare(net, {
    saddr: request.laddr,
    sport: sk.port,
    daddr: request.raddr,
    dport: request.rport,
    seq: request.sntIsn,
    ack: (request.rcvIsn + 1) | 0,
    flags: SYN | ACK,
    window: Math.min(request.rcvWnd, 0xffff),
    tos: sk.tos,
    options: {
      length: synOptionsLength(options),
      write: (bytes) => writeSynOptions(bytes, TCP_HEADER, options),
    },
  });
  return sent === 0 || net.profile === 'linux-6' || net.profile === 'bsd-4.4';
}

/** When a SYN-ACK that was sent so often before goes again. */
export function synackDelayNs(sk: TcpSock, retrans: number): number {
  const { synackTimeout } = sk.net.tcp.tunables;
  // 4.4BSD: 6 seconds, then 24.
  const factor = sk.net.profile === 'bsd-4.4' ? [1, 4, 8][Math.min(retrans, 2)] : 2 ** retrans;
  return Math.min(synackTimeout * (factor ?? 1), RTO_MAX) * NS_PER_MS;
}

/** A handshake of 4.4BSD takes no longer. @kernel TCPTV_KEEP_INIT */
const BSD_KEEP_INIT_NS = 75_000 * NS_PER_MS;

/**
 * How many times it is sent again. Where the queue is half full, old requests go sooner the fewer young
 * ones there are, since then those in the queue have probably been made by nobody.
 */
function retriesAllowed(sk: TcpSock, { length, young }: SynQueue): number {
  let allowed = sk.synRetries > 0 ? sk.synRetries : sk.net.tcp.tunables.synackRetries;
  if (!isHalfFull(sk, length)) return allowed;
  for (let enough = young * 2; allowed > 2 && length >= enough; enough *= 2) allowed -= 1;
  return allowed;
}

function isHalfFull(sk: TcpSock, length: number): boolean {
  switch (sk.net.profile) {
    case 'linux-2.6.11':
      return length * 2 >= synQueueMost(sk);
    case 'linux-6':
      return length * 2 > Math.max(sk.listening?.backlog ?? 0, 8);
    default:
      return false;
  }
}

/** A request is due. @kernel tcp_synack_timer */
export function requestExpires(sk: TcpSock, request: OpenRequest): void {
  const queue = sk.listening?.synQueue;
  if (queue === undefined || !request.waits) return;
  const { now } = sk.net.clock;
  const late = sk.net.profile === 'bsd-4.4' && now - request.created >= BSD_KEEP_INIT_NS;
  if (late || request.retrans >= retriesAllowed(sk, queue)) {
    giveUp(sk, queue, request);
    return;
  }
  sendSynack(sk, request);
  if (request.retrans === 0) queue.young -= 1;
  request.retrans += 1;
  request.expires = now + synackDelayNs(sk, request.retrans);
  if (sk.net.profile === 'bsd-4.4') {
    request.expires = Math.min(request.expires, request.created + BSD_KEEP_INIT_NS);
  }
  wait(queue, request);
}

function giveUp(sk: TcpSock, queue: SynQueue, request: OpenRequest): void {
  sk.net.tcp.counters.AttemptFails += 1;
  removeRequest(queue, request);
}
