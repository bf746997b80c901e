/**
 * accept as the system call: the connection, and the address of who is at its other end.
 *
 * A connection whose address cannot be told is lost to the program: it is closed again, but not by 4.4BSD.
 *
 * Source: Linux 2.6.11, net/socket.c, sys_accept(); 4.4BSD, kern/uipc_syscalls.c, accept1().
 */
import { success, type Errno, type Outcome } from '../../../contract/index.ts';
import type { Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import type { InetAddress } from '../udp.ts';
import { tcpAccept } from './accept.ts';
import { tcpCloseNow } from './close.ts';
import type { TcpSock } from './tcp-sock.ts';

export interface Accepted<Told> {
  readonly child: TcpSock;
  readonly told: Told;
}

/**
 * @param tell - gives the program the address of the peer.
 * @kernel sys_accept
 */
export function* sysAccept<Told>(
  sk: TcpSock,
  task: Task,
  dontWait: boolean,
  tell: (peer: InetAddress) => Outcome<Told, Errno>,
): Steps<Restartable<Accepted<Told>, Errno>> {
  const accepted = yield* tcpAccept(sk, task, dontWait);
  if (typeof accepted === 'symbol' || !('ok' in accepted)) return accepted;
  const child = accepted.ok;
  // Of a connection that is over already as well.
  const told = tell(child.af.addr2sockaddr(child));
  if ('ok' in told) return success({ child, told: told.ok });
  // In 4.4BSD it has a descriptor by then, which the program is not told.
  if (sk.net.profile !== 'bsd-4.4') tcpCloseNow(child);
  return told;
}
