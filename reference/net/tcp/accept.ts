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
  if (sk.state !== 'LISTEN') return failure('EINVAL');
  const patient = patience(dontWait, sk.rcvtimeo);
  const there = (): boolean => sk.listening === null || acceptQueueLength(sk.listening) > 0;
  if (!there()) {
    if (dontWait) return failure('EAGAIN');
    const how = yield* sleepAt(sk, task, patient, there, true);
    if (how === 'signal') return ERESTARTSYS;
    if (how === 'timeout') return failure('EAGAIN');
  }
  const child = takeAccept(sk);
  // Somebody has ended the listening meanwhile.
  return child === undefined ? failure('EINVAL') : success(child);
}
