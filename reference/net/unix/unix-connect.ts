/**
 * Connecting local sockets of Linux.
 *
 * There is no handshake: who connects makes the other end itself, joins both, and puts it where the
 * listener will find it. So a connection is there before it was accepted, and data may be sent on it.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_listen(), unix_stream_connect(), unix_accept(),
 * unix_dgram_connect(), unix_socketpair().
 */
import { failure, success } from '../../../contract/index.ts';
import { ERESTARTSYS } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { waitEvent, wakeUp, type WaitResult } from '../../kernel/wait-queue.ts';
import type { Answer, Call, Done, UnixName } from './family.ts';
import { unixAutobind, unixFindOther } from './unix-name.ts';
import { freeSkb, newUnixSock, queueFull, wakeAll, type UnixSock } from './unix-sock.ts';

const DONE = success({});

/** @kernel somaxconn */
const SOMAXCONN = 128;
const SOMAXCONN_6 = 4096;

export const connectionBased = ({ type }: Pick<UnixSock, 'type'>): boolean => type !== 'SOCK_DGRAM';

/** @kernel sys_listen, unix_listen */
export function unixListen(sk: UnixSock, task: Task, wanted: number): Answer {
  if (!connectionBased(sk)) return failure('EOPNOTSUPP');
  if (sk.name === null || sk.state === 'established') return failure('EINVAL');
  const most = sk.domain.profile === 'linux-6' ? SOMAXCONN_6 : SOMAXCONN;
  // A negative number is a huge one where it is compared.
  const backlog = wanted < 0 ? most : Math.min(wanted, most);
  if (backlog > sk.backlog) wakeUp(sk.peerWait, Infinity);
  sk.backlog = backlog;
  sk.state = 'listen';
  sk.peerTask = task;
  return DONE;
}

/** Sleeps until a queue has room, or nobody will ever read it. @kernel unix_wait_for_peer */
export function unixWaitForPeer(other: UnixSock, task: Task): Steps<WaitResult> {
  const over = () => other.dead || other.receiveShutdown || !queueFull(other);
  return waitEvent(other.peerWait, { task, exclusive: true }, 'interruptible', over);
}

/** A name is needed by who wants to tell who it is. */
function nameForCredentials(sk: UnixSock): Answer {
  return sk.passCredentials ? unixAutobind(sk) : DONE;
}

/** @kernel unix_stream_connect */
export function* unixStreamConnect(
  sk: UnixSock,
  task: Task,
  to: UnixName | null,
  nonblock: boolean,
): Call<Done> {
  if (to === null) return failure('EINVAL');
  const named = nameForCredentials(sk);
  if (!('ok' in named)) return named;
  for (;;) {
    const found = unixFindOther(sk.domain, to, sk.type);
    if (!('ok' in found)) return found;
    const other = found.ok;
    if (other.state !== 'listen') return failure('ECONNREFUSED');
    if (other.receiveShutdown && sk.domain.profile === 'linux-6') return failure('ECONNREFUSED');
    if (!queueFull(other)) return join(sk, task, other);
    if (nonblock) return failure('EAGAIN');
    // Looked up again behind the sleep: the name may be another's by then.
    if ((yield* unixWaitForPeer(other, task)) === 'signal') return ERESTARTSYS;
  }
}

function join(sk: UnixSock, task: Task, listener: UnixSock): Answer {
  if (sk.state !== 'close') return failure(sk.state === 'listen' ? 'EINVAL' : 'EISCONN');
  const end = newUnixSock(sk.domain, sk.type);
  Object.assign(end, { peer: sk, state: 'established', name: listener.name, peerTask: task });
  Object.assign(sk, { peer: end, state: 'established', peerTask: listener.peerTask });
  listener.acceptQueue.push(end);
  wakeUp(listener.sleepers);
  return DONE;
}

/** @kernel unix_accept */
export function* unixAccept(sk: UnixSock, task: Task, nonblock: boolean): Call<UnixSock> {
  if (!connectionBased(sk)) return failure('EOPNOTSUPP');
  if (sk.state !== 'listen') return failure('EINVAL');
  const waiter = { task, exclusive: true };
  const something = () => sk.acceptQueue.length > 0 || sk.receiveShutdown;
  for (;;) {
    const end = sk.acceptQueue.shift();
    if (end !== undefined) {
      wakeUp(sk.peerWait);
      return success(end);
    }
    if (nonblock) return failure('EAGAIN');
    if (sk.receiveShutdown) return failure('EINVAL');
    const how = yield* waitEvent(sk.sleepers, waiter, 'interruptible', something);
    if (how === 'signal') return ERESTARTSYS;
  }
}

/** @kernel unix_socketpair */
export function unixSocketpair(first: UnixSock, second: UnixSock, task: Task): void {
  first.peer = second;
  second.peer = first;
  for (const sk of [first, second]) {
    sk.peerTask = task;
    if (connectionBased(sk)) sk.state = 'established';
  }
}

/** A socket with a peer takes messages from nobody else. @kernel unix_may_send */
export function unixMaySend(sk: UnixSock, other: UnixSock): boolean {
  return other.peer === null || other.peer === sk;
}

/** @param to - null sets it free. @kernel unix_dgram_connect */
export function unixDgramConnect(sk: UnixSock, to: UnixName | null): Answer {
  let other: UnixSock | null = null;
  if (to !== null) {
    const named = nameForCredentials(sk);
    if (!('ok' in named)) return named;
    const found = unixFindOther(sk.domain, to, sk.type);
    if (!('ok' in found)) return found;
    if (!unixMaySend(sk, found.ok)) return failure('EPERM');
    other = found.ok;
  }
  const old = sk.peer;
  sk.peer = other;
  if (old !== null && old !== other) unixDgramDisconnected(sk, old);
  return DONE;
}

/**
 * What waits from a peer of before is thrown away.
 *
 * The peer is told if it was one in both directions: its messages are lost.
 *
 * @kernel unix_dgram_disconnected
 */
export function unixDgramDisconnected(sk: UnixSock, old: UnixSock): void {
  if (sk.receiveQueue.length === 0) return;
  for (const skb of sk.receiveQueue.splice(0)) freeSkb(skb);
  wakeUp(sk.peerWait, Infinity);
  if (old.dead || old.peer !== sk) return;
  old.error = 'ECONNRESET';
  wakeAll(old);
}
