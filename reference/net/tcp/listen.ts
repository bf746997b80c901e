/**
 * Listening: the two queues, what they hold, and their end.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_listen_start(), tcp_listen_stop(); include/net/sock.h,
 * sk_acceptq_is_full(); net/ipv4/tcp_ipv4.c, tcp_synq_is_full(); 4.4BSD, kern/uipc_socket2.c, sonewconn1().
 */
import { failure, success, type Errno, type Outcome } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { wakeSock } from '../sock.ts';
import { getPort, portIsFree } from './bind.ts';
import { tcpSendActiveReset } from './control.ts';
import { hash } from './hash.ts';
import { withSock } from './lock.ts';
import type { OpenRequest } from './request.ts';
import { destroy, setState } from './set-state.ts';
import { requestExpires } from './synack.ts';
import { dropRequests, newSynQueue, type SynQueue } from './syn-queue.ts';
import type { TcpSock } from './tcp-sock.ts';
import { secondsNow } from './timestamp.ts';

export interface Listening {
  backlog: number;
  readonly synQueue: SynQueue;
  /** Complete connections, the first to come first; the first is at `from`. */
  acceptQueue: TcpSock[];
  from: number;
  /** Connections that were taken, and those that were looked at to find them. */
  accepts: number;
  acceptProbes: number;
  /** Seconds since boot, when the queue of requests was last too full; for cookies. */
  lastOverflow: number | null;
}

type Done = Record<string, never>;

/** @kernel inet_listen, sys_listen */
export function tcpListen(sk: TcpSock, asked: number): Outcome<Done, Errno> {
  const { somaxconn } = sk.net.tcp.tunables;
  const bsd = sk.net.profile === 'bsd-4.4';
  // Unsigned, a negative number is huge; 4.4BSD takes it for none.
  const wanted = asked < 0 ? (bsd ? 0 : somaxconn) : asked;
  const backlog = Math.min(wanted, somaxconn);
  if (sk.state !== 'LISTEN') {
    if (sk.socketState !== 'unconnected' || sk.state !== 'CLOSED') return failure('EINVAL');
    // 4.4BSD has ended its listening, and not its queue.
    if (sk.listening !== null) return failure('EINVAL');
    const started = tcpListenStart(sk);
    if (!('ok' in started)) return started;
  }
  if (sk.listening !== null) sk.listening.backlog = backlog;
  return success({});
}

/** @kernel tcp_listen_start */
function tcpListenStart(sk: TcpSock): Outcome<Done, Errno> {
  enter('tcp_listen_start');
  if (sk.port === 0) {
    const got = getPort(sk, 0);
    if (!('ok' in got)) return got;
  }
  setState(sk, 'LISTEN');
  // Now that it listens, others may be in its way that were not before.
  if (!portIsFree(sk, sk.port)) {
    setState(sk, 'CLOSED');
    return failure('EADDRINUSE');
  }
  sk.listening = {
    backlog: 0,
    synQueue: newSynQueue(sk.net, (request) => withSock(sk, () => requestExpires(sk, request))),
    acceptQueue: [],
    from: 0,
    accepts: 0,
    acceptProbes: 0,
    lastOverflow: null,
  };
  sk.receiveShutdown = false;
  sk.sendShutdown = false;
  hash(sk);
  return success({});
}

/** Connections that nobody has accepted. @kernel sk_ack_backlog */
export function acceptQueueLength({ acceptQueue, from }: Listening): number {
  return acceptQueue.length - from;
}

/** How many complete connections may wait. */
function acceptCapacity(sk: TcpSock, backlog: number): number {
  return sk.net.profile === 'notes' ? backlog : backlog + 1;
}

/** @kernel sk_acceptq_is_full */
export function acceptQueueIsFull(sk: TcpSock): boolean {
  const { listening } = sk;
  if (listening === null) return true;
  if (sk.net.profile === 'bsd-4.4') return false;
  return acceptQueueLength(listening) >= acceptCapacity(sk, listening.backlog);
}

/** Both queues together are too long for another one. @kernel sonewconn1 */
export function bsdQueuesAreFull({ listening }: TcpSock): boolean {
  if (listening === null) return true;
  const all = listening.synQueue.length + acceptQueueLength(listening);
  return all > Math.floor((3 * listening.backlog) / 2);
}

/** @kernel tcp_synq_is_full */
export function synQueueIsFull(sk: TcpSock): boolean {
  const { tunables } = sk.net.tcp;
  const length = sk.listening?.synQueue.length ?? 0;
  switch (sk.net.profile) {
    case 'bsd-4.4':
      return bsdQueuesAreFull(sk);
    case 'notes':
      return length >= tunables.maxSynBacklog;
    case 'linux-6':
      return length >= Math.min(tunables.maxSynBacklog, Math.max(sk.listening?.backlog ?? 0, 8));
    default:
      return length >= synQueueMost(sk);
  }
}

/** In 2.6.11 the limit is a power of two, 64 at least. @kernel max_qlen_log */
export function synQueueMost({ net }: TcpSock): number {
  let most = 64;
  while (most < net.tcp.tunables.maxSynBacklog) most *= 2;
  return most;
}

/** Puts a connection at the end. @kernel tcp_acceptq_queue */
export function queueAccept(sk: TcpSock, child: TcpSock): void {
  sk.listening?.acceptQueue.push(child);
  child.parent = sk;
}

/** The connection at a place of the queue. */
function lookAt(listening: Listening, place: number): TcpSock | undefined {
  const child = listening.acceptQueue[place];
  if (child !== undefined) listening.acceptProbes += 1;
  return child;
}

/** Takes the first, whoever it is from: nothing is searched. @returns undefined when there is none. */
export function takeAccept(sk: TcpSock): TcpSock | undefined {
  const { listening } = sk;
  if (listening === null) return undefined;
  const child = lookAt(listening, listening.from);
  if (child === undefined) return undefined;
  listening.accepts += 1;
  listening.from += 1;
  if (listening.from >= 64 && listening.from * 2 >= listening.acceptQueue.length) {
    listening.acceptQueue = listening.acceptQueue.slice(listening.from);
    listening.from = 0;
  }
  child.parent = null;
  return child;
}

/** Requests are forgotten, connections that nobody has accepted are reset. @kernel tcp_listen_stop */
export function tcpListenStop(sk: TcpSock): void {
  const { listening } = sk;
  if (listening === null) return;
  dropRequests(listening.synQueue);
  for (let child = takeAccept(sk); child !== undefined; child = takeAccept(sk)) {
    resetChild(child);
  }
  sk.listening = null;
  wakeSock(sk);
}

/** @kernel tcp_disconnect, for an orphan */
export function resetChild(child: TcpSock): void {
  withSock(child, () => {
    child.dead = true;
    if (child.state !== 'CLOSED') {
      const alive = child.state !== 'TIME_WAIT';
      if (alive) tcpSendActiveReset(child);
      setState(child, 'CLOSED');
    }
    destroy(child);
  });
}

/** The queue of requests has overflowed. */
export function noteOverflow(sk: TcpSock): void {
  if (sk.listening !== null) sk.listening.lastOverflow = secondsNow(sk.net);
}

export type { OpenRequest };
