/**
 * A SYN for a listening socket.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_conn_request(); Linux 6, net/ipv4/tcp_input.c,
 * tcp_conn_request(); 4.4BSD, kern/uipc_socket2.c, sonewconn1().
 */
import { enter } from '../../kernel/ftrace.ts';
import { kfree, kmalloc } from '../../kernel/kernel-memory.ts';
import { DEFAULT_MSS } from './constants.ts';
import { secureSequenceNumber } from './isn.ts';
import { acceptQueueIsFull, noteOverflow, synQueueIsFull } from './listen.ts';
import { advertisedMssTo } from './mss.ts';
import { parseOptions, type SegmentOptions } from './options.ts';
import { requestOctets, type OpenRequest } from './request.ts';
import type { Segment } from './segment.ts';
import { sendSynack, synackDelayNs } from './synack.ts';
import { addRequest } from './syn-queue.ts';
import { cookieInitSequence } from './syn-cookies.ts';
import type { TcpSock } from './tcp-sock.ts';
import { selectInitialWindow } from './window.ts';

type Decision = 'queue' | 'cookie' | 'drop';

/** What becomes of a SYN, by the lengths of the two queues. */
function decide(sk: TcpSock, segment: Segment): Decision {
  const { tunables, counters } = sk.net.tcp;
  const { profile } = sk.net;
  if (synQueueIsFull(sk) && segment.reusedIsn === 0) {
    noteOverflow(sk);
    return tunables.synCookies && profile !== 'bsd-4.4' ? 'cookie' : 'drop';
  }
  const young = sk.listening?.synQueue.young ?? 0;
  if (profile.startsWith('linux') && acceptQueueIsFull(sk)) {
    // Those that have asked just now would need the room that there is not.
    if (profile === 'linux-6' || young > 1) {
      counters.ListenOverflows += 1;
      return 'drop';
    }
  }
  return lastQuarter(sk, segment) ? 'drop' : 'queue';
}

/** Without cookies the last quarter of the queue is kept for peers that are known to be alive. */
function lastQuarter(sk: TcpSock, { reusedIsn }: Segment): boolean {
  const { maxSynBacklog, synCookies } = sk.net.tcp.tunables;
  if (!sk.net.profile.startsWith('linux') || synCookies || reusedIsn !== 0) return false;
  const length = sk.listening?.synQueue.length ?? 0;
  return maxSynBacklog - length < maxSynBacklog >> 2;
}

/** @kernel tcp_v4_conn_request */
export function tcpV4ConnRequest(sk: TcpSock, segment: Segment): boolean {
  enter('tcp_v4_conn_request');
  const { counters } = sk.net.tcp;
  if (!segment.unicast) return true;
  const decision = decide(sk, segment);
  if (decision === 'drop') {
    counters.AttemptFails += 1;
    counters.ListenDrops += 1;
    return true;
  }
  if (!answer(sk, segment, decision === 'cookie')) counters.AttemptFails += 1;
  return true;
}

/** @returns false where there is no memory, or the answer could not leave. */
function answer(sk: TcpSock, segment: Segment, cookie: boolean): boolean {
  const { memory } = sk.net;
  const octets = requestOctets(sk.net);
  if (!kmalloc(memory, octets)) return false;
  const request = newRequest(sk, segment, cookie);
  const sent = sendSynack(sk, request);
  if (sent && !cookie && sk.listening !== null) addRequest(sk.listening.synQueue, request);
  else kfree(memory, octets);
  return sent;
}

/** A cookie has no room for options. */
function optionsOf(sk: TcpSock, segment: Segment, cookie: boolean): SegmentOptions {
  const { timestamps, windowScaling } = sk.net.tcp.tunables;
  return parseOptions(segment, {
    timestamps: timestamps && !cookie,
    windowScaling: windowScaling && !cookie,
  });
}

function newRequest(sk: TcpSock, segment: Segment, cookie: boolean): OpenRequest {
  const { net } = sk;
  const options = optionsOf(sk, segment, cookie);
  const { saddr, sport, daddr, seq } = segment;
  const offered = options.mss === 0 ? DEFAULT_MSS : options.mss;
  const mss = sk.userMss > 0 ? Math.min(offered, sk.userMss) : offered;
  const advmss = advertisedMssTo(sk, saddr, daddr);
  const segmentData = advmss - (options.timestamps ? 12 : 0);
  const window = selectInitialWindow(
    sk,
    segmentData,
    sk.userWindowClamp,
    options.wscale !== undefined,
  );
  return {
    raddr: saddr,
    rport: sport,
    laddr: daddr,
    net,
    rcvIsn: seq,
    sntIsn: isnFor(sk, segment, cookie, mss),
    mss,
    advmss,
    rcvWnd: window.rcvWnd,
    windowClamp: window.windowClamp,
    rcvWscale: window.wscale,
    sndWscale: options.wscale,
    timestamps: options.timestamps,
    tsRecent: options.tsval,
    retrans: 0,
    acked: false,
    created: net.clock.now,
    expires: net.clock.now + synackDelayNs(sk, 0),
    lastOowAck: null,
    waits: true,
    next: null,
  };
}

function isnFor(sk: TcpSock, segment: Segment, cookie: boolean, mss: number): number {
  if (cookie) return cookieInitSequence(sk, segment, mss);
  if (segment.reusedIsn !== 0) return segment.reusedIsn;
  const { saddr, sport, daddr } = segment;
  return secureSequenceNumber(sk.net, daddr, saddr, sk.port, sport);
}
