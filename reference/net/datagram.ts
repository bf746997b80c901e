/**
 * Sleeping at a socket: for a datagram to read, for room to send.
 *
 * Source: Linux 2.6.11, net/core/datagram.c, skb_recv_datagram(); net/core/sock.c, sock_alloc_send_skb().
 */
import { failure, success, type Errno, type Outcome } from '../../contract/index.ts';
import { ERESTARTSYS, type Restartable } from '../kernel/interrupted-call.ts';
import type { Steps } from '../kernel/processors.ts';
import type { Task } from '../kernel/task.ts';
import { waitEvent } from '../kernel/wait-queue.ts';
import { after, cancel } from './clock.ts';
import type { SkBuff } from './sk-buff.ts';
import { sockError, sockTimeo, wakeSock, type Sock } from './sock.ts';

/**
 * Sleeps until something holds, at most so long.
 *
 * @param timeoutNs - Infinity for no limit.
 * @kernel schedule_timeout
 */
function* sleepUntil(
  sk: Sock,
  task: Task,
  timeoutNs: number,
  ready: () => boolean,
): Steps<'ready' | 'timeout' | 'signal'> {
  let late = timeoutNs === 0;
  const timer =
    timeoutNs === Infinity || late
      ? null
      : after(sk.net.clock, timeoutNs, () => {
          late = true;
          wakeSock(sk);
        });
  const waiter = { task, exclusive: false };
  const how = yield* waitEvent(sk.sleepers, waiter, 'interruptible', () => ready() || late);
  cancel(timer);
  if (ready()) return 'ready';
  return how === 'signal' ? 'signal' : 'timeout';
}

/**
 * Waits until the first datagram is there.
 *
 * @returns null where reading was shut down.
 * @kernel skb_recv_datagram, wait_for_packet
 */
export function* waitForDatagram(
  sk: Sock,
  task: Task,
  dontWait: boolean,
): Steps<Restartable<SkBuff | null, Errno>> {
  const look = (): Outcome<SkBuff | null, Errno> | undefined => {
    const error = sockError(sk);
    if (error !== null) return failure(error);
    const [first] = sk.receiveQueue;
    if (first !== undefined) return success(first);
    if (sk.closed) return failure('EBADF');
    return sk.receiveShutdown ? success(null) : undefined;
  };
  const something = (): boolean =>
    sk.error !== null || sk.receiveQueue.length > 0 || sk.receiveShutdown || sk.closed;
  for (;;) {
    const there = look();
    if (there !== undefined) return there;
    if (dontWait) return failure('EAGAIN');
    const how = yield* sleepUntil(sk, task, sockTimeo(sk, 'rcvtimeo'), something);
    if (how === 'timeout') return failure('EAGAIN');
    if (how === 'signal') return ERESTARTSYS;
  }
}

/** Waits until buffers may be sent. @kernel sock_wait_for_wmem */
export function* waitForRoom(
  sk: Sock,
  task: Task,
  dontWait: boolean,
): Steps<Restartable<Record<string, never>, Errno>> {
  const room = (): boolean => sk.wmemAlloc < sk.sndbuf;
  for (;;) {
    const error = sockError(sk);
    if (error !== null) return failure(error);
    if (sk.sendShutdown) return failure('EPIPE');
    if (room()) return success({});
    if (dontWait) return failure('EAGAIN');
    const how = yield* sleepUntil(
      sk,
      task,
      sockTimeo(sk, 'sndtimeo'),
      () => room() || sk.error !== null,
    );
    if (how === 'timeout') return failure('EAGAIN');
    if (how === 'signal') return ERESTARTSYS;
  }
}
