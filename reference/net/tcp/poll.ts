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
  const { error, receiveShutdown } = sk;
  if (sk.listening !== null) {
    const waits = acceptQueueLength(sk.listening) > 0;
    // Only 4.4BSD has one that was shut down.
    return { readable: waits || receiveShutdown, writable: sk.sendShutdown, exceptional: false };
  }
  return {
    readable: error !== null || receiveShutdown || failsAtOnce(sk) || readable(sk),
    writable: error !== null || writable(sk),
    exceptional: isUrgent(sk),
  };
}

/** Who was never connected; to 4.4BSD it has nothing to read. */
function failsAtOnce({ state, net }: TcpSock): boolean {
  return state === 'CLOSED' && net.profile !== 'bsd-4.4';
}

/**
 * As much as a reader waits for; an urgent octet that is not in line is none of it. To 2.6.11 one octet is enough,
 * though a reader would sleep.
 */
function readable(sk: TcpSock): boolean {
  const least = sk.net.profile === 'linux-2.6.11' ? 1 : sk.rcvlowat;
  const atUrgent = sk.urgState !== 'none' && sk.urgSeq === sk.copiedSeq && !sk.oobInline;
  return (
    distance(sk.copiedSeq, sk.rcvNxt) >= least + (atUrgent ? 1 : 0) && sk.received.head !== null
  );
}

/** To 2.6.11 who has ended its half cannot write, though that would fail at once. */
function writable(sk: TcpSock): boolean {
  if (sk.sendShutdown) return sk.net.profile !== 'linux-2.6.11';
  return (sk.connected || failsAtOnce(sk)) && sk.state !== 'SYN_RECEIVED' && isWritable(sk);
}

/** 4.4BSD tells of it from its announcement until the mark has been passed. */
function isUrgent({ urgState, net }: TcpSock): boolean {
  return net.profile === 'bsd-4.4' ? urgState !== 'none' : urgState === 'there';
}
