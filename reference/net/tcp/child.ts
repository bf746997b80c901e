/**
 * From a request to the socket of a connection.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_create_openreq_child(); net/ipv4/tcp_ipv4.c,
 * tcp_v4_syn_recv_sock().
 */
import { enter } from '../../kernel/ftrace.ts';
import { tcpV4RebuildHeader, pathMtuOf } from './rebuild-header.ts';
import { sharePort } from './bind.ts';
import { TIMESTAMPS_ALIGNED } from './constants.ts';
import { hash } from './hash.ts';
import { initializeRcvMss, syncMss } from './mss.ts';
import { openTcp } from './open.ts';
import type { OpenRequest } from './request.ts';
import type { Segment } from './segment.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { secondsNow } from './timestamp.ts';

/** What a program has set at the listening socket holds for its connections. @kernel sk_clone */
function inherit(child: TcpSock, sk: TcpSock): void {
  child.rcvbuf = sk.rcvbuf;
  child.sndbuf = sk.sndbuf;
  child.rcvbufLocked = sk.rcvbufLocked;
  child.sndbufLocked = sk.sndbufLocked;
  child.rcvlowat = sk.rcvlowat;
  child.sndlowat = sk.sndlowat;
  child.rcvtimeo = sk.rcvtimeo;
  child.sndtimeo = sk.sndtimeo;
  child.reuseAddress = sk.reuseAddress;
  child.boundDevice = sk.boundDevice;
  child.ttl = sk.ttl;
  child.tos = sk.tos;
  child.pmtuDisc = sk.pmtuDisc;
  child.receiveErrors = sk.receiveErrors;
  child.keepalive = sk.keepalive;
  child.oobInline = sk.oobInline;
  child.linger = sk.linger;
  child.userMss = sk.userMss;
  child.nodelay = sk.nodelay;
  child.corkOn = sk.corkOn;
  child.keepIdle = sk.keepIdle;
  child.keepInterval = sk.keepInterval;
  child.keepCount = sk.keepCount;
  child.linger2 = sk.linger2;
  child.congestion = sk.congestion;
  child.congestionName = sk.congestionName;
}

/** @kernel tcp_create_openreq_child */
function createChild(sk: TcpSock, request: OpenRequest): TcpSock {
  const child = openTcp(sk.net, sk.af);
  inherit(child, sk);
  child.state = 'SYN_RECEIVED';
  child.irs = request.rcvIsn;
  child.rcvNxt = (request.rcvIsn + 1) | 0;
  child.rcvWup = child.rcvNxt;
  child.copiedSeq = child.rcvNxt;
  child.iss = request.sntIsn;
  const next = (request.sntIsn + 1) | 0;
  child.sndUna = next;
  child.sndNxt = next;
  child.sndMax = next;
  child.sndSml = next;
  child.writeSeq = next;
  child.pushedSeq = next;
  child.sndWl1 = request.rcvIsn;
  child.sndUp = next;
  child.mssClamp = request.mss;
  child.advmss = request.advmss;
  child.timestamps = request.timestamps;
  child.tsRecent = request.tsRecent;
  child.tsRecentStamp = secondsNow(sk.net);
  if (child.timestamps) child.advmss -= TIMESTAMPS_ALIGNED;
  child.windowScaling = request.sndWscale !== undefined;
  child.sndWscale = request.sndWscale ?? 0;
  child.rcvWscale = request.rcvWscale;
  child.windowClamp = request.windowClamp;
  child.rcvWnd = request.rcvWnd;
  child.rcvSsthresh = request.rcvWnd;
  child.lsndtime = timeStamp(sk.net);
  child.socketState = 'connected';
  child.connected = true;
  return child;
}

/** @returns null where there is no way to the peer. @kernel tcp_v4_syn_recv_sock */
export function tcpV4SynRecvSock(
  sk: TcpSock,
  segment: Segment,
  request: OpenRequest,
): TcpSock | null {
  enter('tcp_v4_syn_recv_sock');
  const child = createChild(sk, request);
  child.receiveAddress = request.laddr;
  child.sourceAddress = request.laddr;
  child.port = sk.port;
  child.daddr = request.raddr;
  child.dport = request.rport;
  if (!tcpV4RebuildHeader(child)) return null;
  child.sndWnd = segment.window * 2 ** child.sndWscale;
  child.maxWindow = child.sndWnd;
  syncMss(child, pathMtuOf(child));
  initializeRcvMss(child);
  // The SYN-ACK was answered at the first try: that is a sample, which later systems take.
  if (request.retrans === 0 && sk.net.profile === 'linux-6') {
    child.handshakeMs = Math.max(1, Math.round((sk.net.clock.now - request.created) / 1e6));
  }
  sk.net.tcp.counters.PassiveOpens += 1;
  hash(child);
  sharePort(sk.net, sk.port, child);
  return child;
}
