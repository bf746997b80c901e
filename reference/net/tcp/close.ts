/**
 * The end of a connection, in order or at once.
 *
 * Source: RFC 9293, sections 3.10.4, 3.10.5; RFC 1122, section 4.2.2.13; Linux 2.6.11, net/ipv4/tcp.c,
 * tcp_close(), tcp_shutdown(), tcp_close_state(); net/ipv4/af_inet.c, inet_shutdown(), inet_release(); 4.4BSD,
 * kern/uipc_socket.c, soshutdown(). Left out: what a 4.4BSD listener that is shut down hands on to later connections, and
 * that handshakes which had begun go on.
 */
import {
  failure,
  success,
  type Errno,
  type Outcome,
  type TcpState,
} from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { NS_PER_S } from '../clock.ts';
import { wakeSock } from '../sock.ts';
import { purge } from './buffers.ts';
import { tcpDisconnect } from './connect.ts';
import { tcpSendActiveReset, tcpSendFin } from './control.ts';
import { tcpListenStop } from './listen.ts';
import { lockSock, releaseSock, withSock } from './lock.ts';
import { destroy, setState } from './set-state.ts';
import { finTime } from './state-process.ts';
import type { TcpSock } from './tcp-sock.ts';
import { resetKeepaliveTimer } from './timer-control.ts';
import { dropRequests } from './syn-queue.ts';
import { tcpTimeWait } from './time-wait.ts';
import { patience, sleepAt } from './wait.ts';

type Done = Record<string, never>;

/** State after the program's last word, and whether a FIN says it. @kernel new_state */
const AFTER_CLOSE: Partial<Record<TcpState, readonly [TcpState, fin: boolean]>> = {
  SYN_SENT: ['CLOSED', false],
  SYN_RECEIVED: ['FIN_WAIT_1', true],
  ESTABLISHED: ['FIN_WAIT_1', true],
  CLOSE_WAIT: ['LAST_ACK', true],
};

/** @returns whether a FIN is to be sent. @kernel tcp_close_state */
function closeState(sk: TcpSock): boolean {
  const after = AFTER_CLOSE[sk.state];
  if (after === undefined) return false;
  const [state, fin] = after;
  setState(sk, state);
  return fin;
}

/** Closes a socket; sleeps when it lingers. @kernel inet_release, tcp_close */
export function* tcpClose(sk: TcpSock, task: Task): Steps<Outcome<Done, Errno>> {
  beginClose(sk);
  if (sk.linger !== null && sk.linger > 0) yield* lingerFor(sk, task, sk.linger);
  finishClose(sk);
  return success({});
}

/** The same for who cannot sleep: whatever SO_LINGER says, it does not wait. */
export function tcpCloseNow(sk: TcpSock): void {
  beginClose(sk);
  finishClose(sk);
}

function beginClose(sk: TcpSock): void {
  enter('tcp_close');
  lockSock(sk);
  sk.receiveShutdown = true;
  sk.sendShutdown = true;
  sk.closed = true;
  endConnection(sk);
}

function finishClose(sk: TcpSock): void {
  // From here on nobody is told of anything.
  sk.dead = true;
  wakeSock(sk);
  releaseSock(sk);
  withSock(sk, () => orphaned(sk));
}

function endConnection(sk: TcpSock): void {
  if (sk.listening !== null) {
    setState(sk, 'CLOSED');
    tcpListenStop(sk);
    return;
  }
  const unread = sk.received.head !== null;
  purge(sk.received);
  sk.rmemAlloc = 0;
  if (unread && (sk.connected || sk.state === 'SYN_SENT')) {
    // The peer is to know that what it sent was not read.
    resetNow(sk);
  } else if (sk.linger === 0) {
    tcpDisconnect(sk);
  } else if (closeState(sk)) {
    tcpSendFin(sk);
  }
}

function resetNow(sk: TcpSock): void {
  tcpSendActiveReset(sk);
  setState(sk, 'CLOSED');
}

/** Waits until the FIN has arrived, or so long. @kernel sk_stream_wait_close */
function* lingerFor(sk: TcpSock, task: Task, seconds: number): Steps {
  const closing = (): boolean =>
    sk.state === 'FIN_WAIT_1' || sk.state === 'CLOSING' || sk.state === 'LAST_ACK';
  if (closing()) yield* sleepAt(sk, task, patience(false, seconds * NS_PER_S), () => !closing());
}

/** No program has it any more: what is left ends by itself. */
function orphaned(sk: TcpSock): void {
  if (sk.state === 'FIN_WAIT_2') {
    if (sk.linger2 < 0) {
      resetNow(sk);
    } else {
      const wait = finTime(sk);
      const { timeWait } = sk.net.tcp.tunables;
      if (wait > timeWait) resetKeepaliveTimer(sk, wait - timeWait);
      else tcpTimeWait(sk, 'FIN_WAIT_2', wait);
    }
  }
  if (sk.state === 'CLOSED') destroy(sk);
}

/**
 * 4.4BSD asks no socket whether it is connected. One that listens keeps the connections that wait; shut down for
 * writing its connection is over, though there never was one, and who sleeps in accept is woken.
 *
 * @kernel soshutdown, sorflush; tcp_usrclosed, soisdisconnected
 */
function shutBsdListener(sk: TcpSock, send: boolean): void {
  sk.receiveShutdown = true;
  if (!send) return;
  sk.sendShutdown = true;
  if (sk.listening !== null) dropRequests(sk.listening.synQueue);
  setState(sk, 'CLOSED');
  wakeSock(sk);
}

/** @kernel inet_shutdown, tcp_shutdown */
export function tcpShutdown(
  sk: TcpSock,
  how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR',
): Outcome<Done, Errno> {
  return withSock(sk, () => {
    const receive = how !== 'SHUT_WR';
    const send = how !== 'SHUT_RD';
    if (sk.state === 'CLOSED') return failure('ENOTCONN');
    const bsd = sk.net.profile === 'bsd-4.4';
    if (sk.state === 'LISTEN') {
      if (bsd) shutBsdListener(sk, send);
      else if (receive) tcpDisconnect(sk);
      return success({});
    }
    // A handshake of which only the answers are not wanted goes on in 4.4BSD.
    if (sk.state === 'SYN_SENT' && (send || !bsd)) return tcpDisconnect(sk);
    if (receive) sk.receiveShutdown = true;
    if (send) {
      sk.sendShutdown = true;
      if (closeState(sk)) tcpSendFin(sk);
    }
    wakeSock(sk);
    return success({});
  });
}
