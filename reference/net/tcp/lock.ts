/**
 * Who works on a socket: while a call or a timer does, segments wait in the backlog.
 *
 * Source: Linux 2.6.11, net/core/sock.c, lock_sock(), release_sock(), __release_sock().
 */
import type { TcpSock } from './tcp-sock.ts';
import { backlogReceive } from './input.ts';

/** @kernel lock_sock */
export function lockSock(sk: TcpSock): void {
  sk.owned = true;
}

/** Works off what has come meanwhile. @kernel release_sock */
export function releaseSock(sk: TcpSock): void {
  while (sk.backlog.length > 0) {
    const { backlog } = sk;
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
