/**
 * What a stream socket is ready for.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_poll(); 4.4BSD, kern/sys_socket.c, soo_select().
 */
import { acceptQueueLength } from './listen.ts';
import { distance } from './seq.ts';
import { isWritable } from './send-room.ts';
import type { TcpSock } from './tcp-sock.ts';

export interface Ready {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly exceptional: boolean;
}

/** @kernel tcp_poll */
export function tcpPoll(sk: TcpSock): Ready {
  if (sk.listening !== null) {
    return { readable: acceptQueueLength(sk.listening) > 0, writable: false, exceptional: false };
  }
  const handshake = sk.state === 'SYN_SENT' || sk.state === 'SYN_RECEIVED';
  const over = sk.state === 'CLOSED' && sk.socketState !== 'unconnected';
  const failed = sk.error !== null || over;
  return {
    readable: failed || sk.receiveShutdown || (!handshake && readable(sk)),
    writable: failed || sk.sendShutdown || (!handshake && sk.connected && isWritable(sk)),
    exceptional: sk.urgState === 'there',
  };
}

/** As much as a reader waits for; an urgent octet that is not in line is none of it. */
function readable(sk: TcpSock): boolean {
  const waiting = distance(sk.copiedSeq, sk.rcvNxt);
  const atUrgent = sk.urgState !== 'none' && sk.urgSeq === sk.copiedSeq && !sk.oobInline;
  return sk.received.head !== null && waiting >= sk.rcvlowat + (atUrgent ? 1 : 0);
}
