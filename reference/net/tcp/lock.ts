/**
 * Who works on a socket: while a call or a timer does, segments wait in the backlog.
 *
 * Source: Linux 2.6.11, net/core/sock.c, lock_sock(), release_sock(), __release_sock().
 */
import { bugOn } from '../../kernel/bug.ts';
import type { TcpSock } from './tcp-sock.ts';
import { backlogReceive } from './input.ts';

/** Looks at a backlog in a row: more than any transfer of a host with itself needs. */
const MOST_LOOKS = 1000;

/** @kernel lock_sock */
export function lockSock(sk: TcpSock): void {
  sk.owned = true;
}

/** Works off what has come meanwhile. @kernel release_sock */
export function releaseSock(sk: TcpSock): void {
  let looks = 0;
  while (sk.backlog.length > 0) {
    const { backlog } = sk;
    // What is answered here comes back at once, so that two sockets of a host might go on for ever.
    bugOn(looks++ === MOST_LOOKS, 'the backlog of a socket has no end');
    sk.backlog = [];
    for (const segment of backlog) backlogReceive(sk, segment);
  }
  sk.owned = false;
}

/** Does something with the socket to itself. */
export function withSock<Value>(sk: TcpSock, work: () => Value): Value {
  if (sk.owned) return work();
  lockSock(sk);
  const value = work();
  releaseSock(sk);
  return value;
}
