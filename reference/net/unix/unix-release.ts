/**
 * The end of local sockets of Linux, in one direction or in all.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_shutdown(), unix_release_sock().
 */
import { success } from '../../../contract/index.ts';
import { wakeUp } from '../../kernel/wait-queue.ts';
import type { Answer, ShutdownHow } from './family.ts';
import { unixGc } from './scm.ts';
import { connectionBased } from './unix-connect.ts';
import { unixUnname } from './unix-name.ts';
import { freeSkb, wakeAll, type UnixSock } from './unix-sock.ts';

/** What ends here for reading ends there for writing; one that has no peer is not refused. */
export function unixShutdown(sk: UnixSock, how: ShutdownHow): Answer {
  const [noMoreIn, noMoreOut] = [how !== 'SHUT_WR', how !== 'SHUT_RD'];
  end(sk, noMoreIn, noMoreOut);
  if (sk.peer !== null && connectionBased(sk)) end(sk.peer, noMoreOut, noMoreIn);
  return success({});
}

function end(sk: UnixSock, receiving: boolean, sending: boolean): void {
  sk.receiveShutdown ||= receiving;
  sk.sendShutdown ||= sending;
  wakeAll(sk);
}

/**
 * Its last user has closed it.
 *
 * @param embryo - it was connected to and never accepted.
 * @kernel unix_release_sock
 */
export function unixRelease(sk: UnixSock, embryo = false): void {
  const wasListening = sk.state === 'listen';
  const unread = sk.receiveQueue.length > 0;
  unixUnname(sk);
  sk.dead = true;
  sk.state = 'close';
  wakeUp(sk.peerWait, Infinity);
  const { peer } = sk;
  if (peer !== null && connectionBased(sk)) {
    // Octets that nobody will read: who wrote them is told.
    if (unread || embryo) peer.error = 'ECONNRESET';
    end(peer, true, true);
  }
  sk.peer = null;
  for (const skb of sk.receiveQueue.splice(0)) freeSkb(skb);
  if (wasListening) for (const waiting of sk.acceptQueue.splice(0)) unixRelease(waiting, true);
  unixGc(sk.domain.files);
}
