/**
 * Taking connections that are complete.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_accept(), wait_for_connect().
 */
import { failure, success, type Errno } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import { ERESTARTSYS, type Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
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
  if (sk.state !== 'LISTEN') return failure('EINVAL');
  const there = (): boolean => sk.listening === null || acceptQueueLength(sk.listening) > 0;
  if (there()) return success({});
  if (dontWait) return failure('EAGAIN');
  const how = yield* sleepAt(sk, task, patience(dontWait, sk.rcvtimeo), there, true);
  if (how === 'signal') return ERESTARTSYS;
  return how === 'timeout' ? failure('EAGAIN') : success({});
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
