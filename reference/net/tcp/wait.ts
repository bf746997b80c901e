/**
 * Sleeping at a stream socket.
 *
 * Who sleeps lets the socket go and takes it again; time that was slept counts, so that a call that sleeps
 * several times is not longer than it was allowed.
 *
 * Source: Linux 2.6.11, net/core/stream.c, sk_stream_wait_memory(); include/net/sock.h, sk_wait_event().
 */
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import { waitEvent } from '../../kernel/wait-queue.ts';
import { after, cancel } from '../clock.ts';
import { wakeSock } from '../sock.ts';
import { lockSock, releaseSock } from './lock.ts';
import type { TcpSock } from './tcp-sock.ts';

/** What a call may still sleep, in nanoseconds. */
export interface Patience {
  left: number;
}

/** @param limit - SO_RCVTIMEO or SO_SNDTIMEO. @kernel sock_rcvtimeo, sock_sndtimeo */
export function patience(dontWait: boolean, limit: number): Patience {
  return { left: dontWait ? 0 : limit };
}

export type Slept = 'ready' | 'timeout' | 'signal';

/**
 * Sleeps until something holds.
 *
 * @param exclusive - only one of those who wait for the same is woken.
 */
export function* sleepAt(
  sk: TcpSock,
  task: Task,
  patient: Patience,
  ready: () => boolean,
  exclusive = false,
): Steps<Slept> {
  releaseSock(sk);
  const { clock } = sk.net;
  const began = clock.now;
  let late = patient.left <= 0;
  const timer =
    patient.left === Infinity || late
      ? null
      : after(clock, patient.left, () => {
          late = true;
          wakeSock(sk);
        });
  let how = yield* waitEvent(
    sk.sleepers,
    { task, exclusive },
    'interruptible',
    () => ready() || late,
  );
  cancel(timer);
  patient.left -= clock.now - began;
  if (ready()) how = 'done';
  lockSock(sk);
  if (how === 'signal') return 'signal';
  return ready() ? 'ready' : 'timeout';
}
