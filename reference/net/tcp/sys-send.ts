/**
 * From the system call to TCP: the layers that a write passes.
 *
 * Source: Linux 2.6.11, net/socket.c, sys_send(), sys_sendto(), sock_sendmsg(), __sock_sendmsg();
 * net/ipv4/af_inet.c, inet_sendmsg(); net/core/stream.c, sk_stream_error().
 */
import { failure, type Errno } from '../../../contract/index.ts';
import { enter } from '../../kernel/ftrace.ts';
import type { Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import type { InetAddress } from '../udp.ts';
import { tcpSendmsg, type Writing } from './sendmsg.ts';
import type { TcpSock } from './tcp-sock.ts';

export interface SendCall extends Writing {
  /** An address, which a connected stream has no use for. */
  readonly to?: InetAddress | undefined;
  /** MSG_NOSIGNAL. */
  readonly noSignal: boolean;
}

/**
 * @param signal - called where the process gets SIGPIPE.
 * @kernel sys_send, sys_sendto
 */
export function* sysSend(
  sk: TcpSock,
  task: Task,
  call: SendCall,
  signal: () => void,
): Steps<Restartable<number, Errno>> {
  enter('sys_send');
  enter('sys_sendto');
  if (call.to !== undefined && sk.net.profile === 'bsd-4.4') {
    return failure(sk.connected ? 'EISCONN' : 'ENOTCONN');
  }
  enter('sock_sendmsg');
  enter('__sock_sendmsg');
  enter('inet_sendmsg');
  const result = yield* tcpSendmsg(sk, task, call);
  const broken = typeof result !== 'symbol' && 'errno' in result && result.errno === 'EPIPE';
  if (broken && !call.noSignal) signal();
  return result;
}
