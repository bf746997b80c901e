/**
 * Connecting: the first segment of the handshake, and waiting for the others.
 *
 * Source: RFC 9293, section 3.10.1; Linux 2.6.11, net/ipv4/af_inet.c, inet_stream_connect();
 * net/ipv4/tcp_ipv4.c, tcp_v4_connect(); net/ipv4/tcp_output.c, tcp_connect(); net/ipv4/tcp.c,
 * tcp_disconnect().
 */
import { failure, success, type Errno, type Outcome } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { ERESTARTSYS, type Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { ipRouteOutput } from '../route.ts';
import { sockError, sockTimeo, wakeSock } from '../sock.ts';
import type { InetAddress } from '../udp.ts';
import { getConnectPort, putPort, uniqueTuple } from './bind.ts';
import { append, newBuffer, purge } from './buffers.ts';
import { NO_THRESHOLD, SYN } from './constants.ts';
import { tcpSendActiveReset } from './control.ts';
import { hash, unhash } from './hash.ts';
import { secureSequenceNumber } from './isn.ts';
import { tcpListenStop } from './listen.ts';
import { lockSock, releaseSock, withSock } from './lock.ts';
import { advertisedMss, initializeRcvMss, syncMss } from './mss.ts';
import { pathMtuOf } from './rebuild-header.ts';
import { timeSegment } from './rtt-bsd.ts';
import { setState } from './set-state.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { clearTimers, resetKeepaliveTimer, resetRetransmitTimer } from './timer-control.ts';
import { tcpTransmitSkb } from './transmit.ts';
import { timestampNow } from './timestamp.ts';
import { patience, sleepAt } from './wait.ts';
import { selectInitialWindow } from './window.ts';

type Done = Record<string, never>;
const DONE = success({});

/** A handshake of 4.4BSD takes no longer, in milliseconds. @kernel TCPTV_KEEP_INIT */
const BSD_KEEP_INIT = 75_000;

/** @kernel inet_stream_connect */
export function* tcpStreamConnect(
  sk: TcpSock,
  task: Task,
  to: InetAddress | null,
  dontWait: boolean,
): Steps<Restartable<Done, Errno>> {
  if (to === null) return withSock(sk, () => tcpDisconnect(sk));
  lockSock(sk);
  const result = yield* connecting(sk, task, to, dontWait);
  releaseSock(sk);
  return result;
}

function* connecting(
  sk: TcpSock,
  task: Task,
  to: InetAddress,
  dontWait: boolean,
): Steps<Restartable<Done, Errno>> {
  const bsd = sk.net.profile === 'bsd-4.4';
  if (sk.state === 'LISTEN') return failure(bsd ? 'EOPNOTSUPP' : 'EISCONN');
  if (sk.socketState === 'connected') return failure('EISCONN');
  const again = sk.socketState === 'connecting';
  if (!again) {
    const started = tcpV4Connect(sk, to);
    if (!('ok' in started)) return started;
    sk.socketState = 'connecting';
  }
  const inHandshake = (): boolean => sk.state === 'SYN_SENT' || sk.state === 'SYN_RECEIVED';
  if (inHandshake()) {
    if (dontWait) return failure(again ? 'EALREADY' : 'EINPROGRESS');
    const how = yield* sleepAt(
      sk,
      task,
      patience(false, sockTimeo(sk, 'sndtimeo')),
      () => !inHandshake(),
    );
    if (how === 'signal') return ERESTARTSYS;
    if (how === 'timeout') return failure(again ? 'EALREADY' : 'EINPROGRESS');
  }
  if (sk.state === 'CLOSED') return connectFailed(sk);
  sk.socketState = 'connected';
  return DONE;
}

/** The socket may be used again. */
function connectFailed(sk: TcpSock): Outcome<never, Errno> {
  const error = sockError(sk) ?? 'ECONNABORTED';
  tcpDisconnect(sk);
  return failure(error);
}

/** @kernel tcp_v4_connect */
function tcpV4Connect(sk: TcpSock, to: InetAddress): Outcome<Done, Errno> {
  enter('tcp_v4_connect');
  const { net } = sk;
  const device = net.devices.get(sk.boundDevice ?? '');
  const found = ipRouteOutput(net, { daddr: to.address, saddr: sk.sourceAddress, device });
  if (!('ok' in found)) return found;
  const dst = found.ok;
  if (dst.type === 'broadcast' || dst.type === 'multicast') return failure('ENETUNREACH');
  if (sk.sourceAddress === 0) sk.sourceAddress = dst.source;
  sk.receiveAddress = sk.sourceAddress;
  sk.daddr = dst.destination;
  sk.dport = to.port;
  const port = connectPort(sk);
  if (!('ok' in port)) {
    forgetPeer(sk);
    return port;
  }
  sk.cachedDst = dst;
  setState(sk, 'SYN_SENT');
  hash(sk);
  sk.ident.id = timeStamp(net) & 0xffff;
  sk.iss = secureSequenceNumber(net, sk.sourceAddress, sk.daddr, sk.port, sk.dport);
  tcpConnect(sk);
  return DONE;
}

function connectPort(sk: TcpSock): Outcome<Done, Errno> {
  if (sk.port === 0) return getConnectPort(sk);
  if (uniqueTuple(sk, sk.port)) return DONE;
  return failure(sk.net.profile === 'bsd-4.4' ? 'EADDRINUSE' : 'EADDRNOTAVAIL');
}

function forgetPeer(sk: TcpSock): void {
  sk.daddr = 0;
  sk.dport = 0;
  if (sk.addressLocked) return;
  sk.sourceAddress = 0;
  sk.receiveAddress = 0;
}

/** @kernel tcp_connect_init */
function connectInit(sk: TcpSock): void {
  const { tunables } = sk.net.tcp;
  sk.mssClamp = sk.userMss > 0 ? sk.userMss : 0xffff;
  sk.maxWindow = 0;
  syncMss(sk, pathMtuOf(sk));
  sk.advmss = advertisedMss(sk);
  const room = sk.advmss - (tunables.timestamps ? 12 : 0);
  const window = selectInitialWindow(sk, room, sk.userWindowClamp, tunables.windowScaling);
  sk.rcvWnd = window.rcvWnd;
  sk.windowClamp = window.windowClamp;
  sk.rcvWscale = window.wscale;
  sk.rcvSsthresh = sk.rcvWnd;
  initializeRcvMss(sk);
  for (const name of ['sndUna', 'sndNxt', 'sndMax', 'sndSml', 'sndUp', 'writeSeq'] as const) {
    sk[name] = sk.iss;
  }
  sk.pushedSeq = sk.iss;
  sk.sndWnd = 0;
  sk.sndWl1 = 0;
  sk.rcvNxt = 0;
  sk.rcvWup = 0;
  sk.copiedSeq = 0;
  sk.error = null;
  sk.softError = null;
  sk.receiveShutdown = false;
  sk.sendShutdown = false;
  sk.done = false;
  sk.rtt.rto = tunables.synTimeout;
  sk.retransmits = 0;
}

/** Sends the SYN, which waits for its answer like any other segment. @kernel tcp_connect */
function tcpConnect(sk: TcpSock): void {
  enter('tcp_connect');
  connectInit(sk);
  sk.cwnd = sk.congestion.counts === 'segments' ? 2 : 2 * sk.mss;
  const syn = newBuffer(sk.iss, SYN, new Uint8Array(0), 0);
  syn.endSeq = (sk.iss + 1) | 0;
  syn.when = timeStamp(sk.net);
  syn.transmissions = 1;
  sk.retransStamp = timestampNow(sk.net);
  append(sk.sendQueue, syn);
  sk.packetsOut = 1;
  sk.writeSeq = syn.endSeq;
  sk.sndNxt = syn.endSeq;
  sk.sndMax = syn.endSeq;
  sk.pushedSeq = syn.endSeq;
  timeSegment(sk, syn.seq);
  sk.net.tcp.counters.ActiveOpens += 1;
  resetRetransmitTimer(sk);
  if (sk.net.profile === 'bsd-4.4') resetKeepaliveTimer(sk, BSD_KEEP_INIT);
  tcpTransmitSkb(sk, syn);
}

/** What has come and what was to be sent is gone; the socket is as new. @kernel tcp_disconnect */
export function tcpDisconnect(sk: TcpSock): Outcome<Done, Errno> {
  enter('tcp_disconnect');
  const { state } = sk;
  const reset = needsReset(sk, state);
  if (reset) tcpSendActiveReset(sk);
  if (reset || state === 'SYN_SENT') sk.error = 'ECONNRESET';
  if (state !== 'CLOSED') setState(sk, 'CLOSED');
  if (state === 'LISTEN') tcpListenStop(sk);
  clearTimers(sk);
  unhash(sk);
  purge(sk.received);
  purge(sk.outOfOrder);
  purge(sk.sendQueue);
  sk.sendHead = null;
  sk.rmemAlloc = 0;
  sk.wmemQueued = 0;
  if (!sk.portLocked) putPort(sk);
  forgetPeer(sk);
  forgetConnection(sk);
  wakeSock(sk);
  return DONE;
}

/** Whether the peer believes that there is a connection. @kernel tcp_need_reset */
function needsReset(sk: TcpSock, state: TcpSock['state']): boolean {
  if (state === 'ESTABLISHED' || state === 'CLOSE_WAIT' || state === 'FIN_WAIT_1') return true;
  if (state === 'FIN_WAIT_2' || state === 'SYN_RECEIVED') return true;
  const unsent = sk.sndMax !== sk.writeSeq;
  return unsent && (state === 'CLOSING' || state === 'LAST_ACK');
}

function forgetConnection(sk: TcpSock): void {
  sk.socketState = 'unconnected';
  sk.receiveShutdown = false;
  sk.sendShutdown = false;
  sk.done = false;
  sk.packetsOut = 0;
  sk.octetsAcked = 0;
  sk.lostOut = 0;
  sk.sackedOut = 0;
  sk.retransOut = 0;
  sk.caState = 'Open';
  sk.ssthresh = NO_THRESHOLD;
  sk.cwndCount = 0;
  sk.dupacks = 0;
  sk.ccState = undefined;
  sk.rtt.srtt = 0;
  sk.rtt.backoff = 0;
  sk.rtt.timedSince = null;
  sk.probesOut = 0;
  sk.timestamps = false;
  sk.windowScaling = false;
  sk.sndWscale = 0;
  sk.rcvWscale = 0;
  sk.urgMode = false;
  sk.urgState = 'none';
  sk.cachedDst = null;
  sk.backlog = [];
  Object.assign(sk.ack, { scheduled: false, pushed: false, quick: 0, pingpong: false, ato: 0 });
}
