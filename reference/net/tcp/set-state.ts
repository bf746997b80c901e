/**
 * Changes of state, and what is counted with them.
 *
 * Source: RFC 2012; Linux 2.6.11, include/net/tcp.h, tcp_set_state(); net/ipv4/tcp.c, tcp_done().
 */
import type { TcpState } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { wakeSock } from '../sock.ts';
import { unhash } from './hash.ts';
import { purge } from './buffers.ts';
import { putPort } from './bind.ts';
import type { Listening } from './listen.ts';
import type { TcpSock } from './tcp-sock.ts';
import { clearTimers } from './timer-control.ts';

/** Connections that count as established. Source: RFC 2012, tcpCurrEstab. */
const counted = (state: TcpState): boolean => state === 'ESTABLISHED' || state === 'CLOSE_WAIT';

/** @kernel tcp_set_state */
export function setState(sk: TcpSock, state: TcpState): void {
  const { counters } = sk.net.tcp;
  const old = sk.state;
  if (state === 'ESTABLISHED' && old !== 'ESTABLISHED') counters.CurrEstab += 1;
  else if (counted(old) && !counted(state)) counters.CurrEstab -= 1;
  if (state === 'CLOSED') {
    if (counted(old)) counters.EstabResets += 1;
    unhash(sk);
    if (!sk.portLocked) putPort(sk);
  }
  sk.state = state;
  sk.connected = state !== 'CLOSED' && state !== 'LISTEN' && state !== 'SYN_SENT';
}

/** The connection is over. @kernel tcp_done */
export function tcpDone(sk: TcpSock): void {
  enter('tcp_done');
  if (sk.state === 'SYN_SENT' || sk.state === 'SYN_RECEIVED') {
    sk.net.tcp.counters.AttemptFails += 1;
  }
  setState(sk, 'CLOSED');
  clearTimers(sk);
  sk.receiveShutdown = true;
  sk.sendShutdown = true;
  const queue = sk.parent?.listening ?? null;
  if (queue !== null && sk.net.profile === 'bsd-4.4') leaveQueue(sk, queue);
  if (sk.dead) destroy(sk);
  else wakeSock(sk);
}

/** In 4.4BSD nobody is given a connection that is over already. @kernel sofree, soqremque */
function leaveQueue(sk: TcpSock, { acceptQueue, from }: Listening): void {
  acceptQueue.splice(acceptQueue.indexOf(sk, from), 1);
  sk.parent = null;
  sk.dead = true;
}

/** Nothing of it is left. @kernel tcp_destroy_sock */
export function destroy(sk: TcpSock): void {
  clearTimers(sk);
  sk.timers = null;
  unhash(sk);
  putPort(sk);
  purge(sk.sendQueue);
  purge(sk.received);
  purge(sk.outOfOrder);
  sk.sendHead = null;
  sk.packetsOut = 0;
  sk.wmemQueued = 0;
  sk.rmemAlloc = 0;
  sk.backlog = [];
}
