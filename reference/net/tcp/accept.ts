/**
 * Taking connections that are complete.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_accept(), wait_for_connect(); 4.4BSD, kern/uipc_syscalls.c, accept1().
 */
import { failure, success, type Errno } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { ERESTARTSYS, type Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { sockTimeo } from '../sock.ts';
import { acceptQueueLength, takeAccept } from './listen.ts';
import { lockSock, releaseSock } from './lock.ts';
import type { TcpSock } from './tcp-sock.ts';
import { patience, sleepAt } from './wait.ts';

/** @kernel tcp_accept */
export function* tcpAccept(
  sk: TcpSock,
  task: Task,
  dontWait: boolean,
): Steps<Restartable<TcpSock, Errno>> {
  enter('tcp_accept');
  lockSock(sk);
  const result = yield* accepting(sk, task, dontWait);
  releaseSock(sk);
  return result;
}

function* accepting(
  sk: TcpSock,
  task: Task,
  dontWait: boolean,
): Steps<Restartable<TcpSock, Errno>> {
  const there = yield* waiting(sk, task, dontWait);
  if (there === ERESTARTSYS || !('ok' in there)) return there;
  const child = takeAccept(sk);
  // Somebody has ended the listening meanwhile.
  return child === undefined ? failure('EINVAL') : success(child);
}

/** Waits until there is a connection, or the socket listens no longer. @kernel wait_for_connect */
function* waiting(
  sk: TcpSock,
  task: Task,
  dontWait: boolean,
): Steps<Restartable<Record<string, never>, Errno>> {
  if (sk.listening === null) return failure('EINVAL');
  const there = (): boolean => sk.listening === null || acceptQueueLength(sk.listening) > 0;
  if (there()) return success({});
  if (dontWait) return failure('EAGAIN');
  // Only 4.4BSD has a socket that listens and receives no more.
  const aborted = (): boolean => sk.receiveShutdown;
  if (aborted()) return failure('ECONNABORTED');
  const over = (): boolean => there() || aborted();
  const how = yield* sleepAt(sk, task, patience(dontWait, sockTimeo(sk, 'rcvtimeo')), over, true);
  if (how === 'signal') return ERESTARTSYS;
  if (how === 'timeout') return failure('EAGAIN');
  return there() ? success({}) : failure('ECONNABORTED');
}

/** The same for who does not want to take it yet. */
export function* waitForConnection(
  sk: TcpSock,
  task: Task,
  dontWait: boolean,
): Steps<Restartable<Record<string, never>, Errno>> {
  lockSock(sk);
  const there = yield* waiting(sk, task, dontWait);
  releaseSock(sk);
  return there;
}
