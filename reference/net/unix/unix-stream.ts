/**
 * Streams between local sockets of Linux.
 *
 * A write is cut into pieces of at most half the send buffer; each waits in the queue of the receiver and
 * is charged to the writer until its last octet was read. A read joins pieces, but 2.6.11 never those of
 * different programs: who reads is told of one writer.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_stream_sendmsg(), unix_stream_recvmsg().
 */
import { failure, success, type Errno } from '../../../contract/index.ts';
import { ERESTARTSYS } from '../../kernel/interrupted-call.ts';
import { joined } from '../../kernel/pipe-buffers.ts';
import { sendSignal, type Task } from '../../kernel/task.ts';
import { waitEvent } from '../../kernel/wait-queue.ts';
import type { Call, Received, Receiving } from './family.ts';
import { detach, duplicate, type Rights } from './scm.ts';
import {
  freeSkb,
  newSkb,
  queueSkb,
  sockError,
  waitForRoom,
  type Outgoing,
  type UnixSkb,
  type UnixSock,
} from './unix-sock.ts';

/** The most that is taken in one piece. @kernel SKB_MAX_ALLOC */
const SKB_MAX_ALLOC = 16_224;

/** Two pieces are to fit into the send buffer, so that writer and reader take turns. */
function pieceSize({ sndbuf }: UnixSock): number {
  return Math.min((sndbuf >> 1) - 64, SKB_MAX_ALLOC);
}

/** @kernel unix_stream_sendmsg */
export function* unixStreamSend(
  sk: UnixSock,
  task: Task,
  { octets, to, nonblock, noSignal, rights }: Outgoing,
): Call<number> {
  if (to !== null) return failure(sk.state === 'established' ? 'EISCONN' : 'EOPNOTSUPP');
  const other = sk.peer;
  if (other === null) return failure('ENOTCONN');
  let sent = 0;
  const brokenPipe = () => {
    if (sent > 0) return success(sent);
    if (!noSignal) sendSignal(task, 'SIGPIPE');
    return failure('EPIPE');
  };
  if (sk.sendShutdown) return brokenPipe();
  while (sent < octets.length) {
    const room = yield* waitForRoom(sk, task, nonblock);
    if (typeof room === 'symbol' || !('ok' in room)) return sent > 0 ? success(sent) : room;
    if (other.dead || other.receiveShutdown) return brokenPipe();
    const piece = octets.slice(sent, sent + pieceSize(sk));
    // The first piece takes the files.
    queueSkb(other, newSkb(sk, task, piece), rights);
    sent += piece.length;
  }
  return success(sent);
}

/** What a read finds where no octet waits; undefined: nothing, and it is to wait. */
function withoutOctets(sk: UnixSock): { readonly errno: Errno } | 'end' | undefined {
  const error = sockError(sk);
  if (error !== null) return failure(error);
  return sk.receiveShutdown ? 'end' : undefined;
}

/** @kernel unix_stream_recvmsg */
export function* unixStreamReceive(
  sk: UnixSock,
  task: Task,
  { size, peek, nonblock }: Receiving,
): Call<Received> {
  if (sk.state !== 'established') return failure('EINVAL');
  const something = () => sk.receiveQueue.length > 0 || sk.error !== null || sk.receiveShutdown;
  for (;;) {
    if (sk.receiveQueue.length > 0) {
      const rights: Rights = [];
      return success({ ...received(takeOctets(sk, size, peek, rights)), rights });
    }
    const found = withoutOctets(sk);
    if (found === 'end') return success({ ...received([]), rights: [] });
    if (found !== undefined) return found;
    if (nonblock) return failure('EAGAIN');
    const waiter = { task, exclusive: false };
    const how = yield* waitEvent(sk.sleepers, waiter, 'interruptible', something);
    if (how === 'signal') return ERESTARTSYS;
  }
}

const received = (parts: readonly Uint8Array[]): Omit<Received, 'rights'> => ({
  octets: joined(parts),
  truncated: false,
  from: null,
});

/** @param rights - gets the files that come with the octets. */
function takeOctets(sk: UnixSock, size: number, peek: boolean, rights: Rights): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const newer = sk.domain.profile === 'linux-6';
  const [first] = sk.receiveQueue;
  let left = size;
  for (const skb of [...sk.receiveQueue]) {
    if (!newer && skb.writer !== first?.writer) break;
    const chunk = skb.octets.subarray(0, left);
    parts.push(chunk);
    left -= chunk.length;
    rights.push(...(peek ? duplicate(skb.rights) : detach(skb.rights)));
    if (!peek) pull(sk, skb, chunk.length);
    // Octets behind those with files are of another read, so that it is known whose they are.
    if (rights.length > 0) break;
    // What is looked at was, before linux-6, of one piece only.
    if (left === 0 || (peek && !newer)) break;
  }
  return parts;
}

/** Octets of the first piece were read; with its last octet it goes. */
function pull(sk: UnixSock, skb: UnixSkb, length: number): void {
  skb.octets = skb.octets.subarray(length);
  if (skb.octets.length > 0) return;
  sk.receiveQueue.shift();
  freeSkb(skb);
}
