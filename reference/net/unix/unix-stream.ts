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
import { copyFaults, copyFromUser } from '../user-memory.ts';
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

/** The most that is taken in one piece; in 6.18 of pages, too. @kernel SKB_MAX_ALLOC, UNIX_SKB_FRAGS_SZ */
const SKB_MAX_ALLOC = 16_224;
const SKB_MAX_ALLOC_6 = 3776 + 32_768;

/** Two pieces are to fit into the send buffer, so that writer and reader take turns. */
function pieceSize({ sndbuf, domain }: UnixSock): number {
  const most = domain.profile === 'linux-6' ? SKB_MAX_ALLOC_6 : SKB_MAX_ALLOC;
  return Math.min((sndbuf >> 1) - 64, most);
}

/** @kernel unix_stream_sendmsg */
export function* unixStreamSend(
  sk: UnixSock,
  task: Task,
  { octets, mapped, to, nonblock, noSignal, rights }: Outgoing,
): Call<number> {
  if (to !== null) return failure(sk.state === 'established' ? 'EISCONN' : 'EOPNOTSUPP');
  const other = sk.peer;
  if (other === null) return failure('ENOTCONN');
  if (sk.sendShutdown) {
    if (!noSignal) sendSignal(task, 'SIGPIPE');
    return failure('EPIPE');
  }
  let sent = 0;
  while (sent < octets.length) {
    const room = yield* waitForRoom(sk, task, nonblock);
    if (typeof room === 'symbol' || !('ok' in room)) return sent > 0 ? success(sent) : room;
    const piece = copyFromUser({ octets, mapped }, sent, pieceSize(sk))?.slice();
    if (piece === undefined) return sent > 0 ? success(sent) : failure('EFAULT');
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
export function* unixStreamReceive(sk: UnixSock, task: Task, how: Receiving): Call<Received> {
  if (sk.state !== 'established') return failure('EINVAL');
  const something = () => sk.receiveQueue.length > 0 || sk.error !== null || sk.receiveShutdown;
  for (;;) {
    if (sk.receiveQueue.length > 0) {
      const rights: Rights = [];
      const parts = takeOctets(sk, how, rights);
      return parts === null ? failure('EFAULT') : success({ ...received(parts), rights });
    }
    const found = withoutOctets(sk);
    if (found === 'end') return success({ ...received([]), rights: [] });
    if (found !== undefined) return found;
    if (how.nonblock) return failure('EAGAIN');
    const waiter = { task, exclusive: false };
    const woken = yield* waitEvent(sk.sleepers, waiter, 'interruptible', something);
    if (woken === 'signal') return ERESTARTSYS;
  }
}

const received = (parts: readonly Uint8Array[]): Omit<Received, 'rights'> => ({
  octets: joined(parts),
  truncated: false,
  from: null,
});

/**
 * @param rights - gets the files that come with the octets.
 * @returns null where not even the first piece could be copied; one that could not stays.
 */
function takeOctets(
  sk: UnixSock,
  { size, peek, mapped }: Receiving,
  rights: Rights,
): Uint8Array[] | null {
  const parts: Uint8Array[] = [];
  const newer = sk.domain.profile === 'linux-6';
  const [first] = sk.receiveQueue;
  let left = size;
  for (const skb of [...sk.receiveQueue]) {
    if (!newer && skb.writer !== first?.writer) break;
    const chunk = skb.octets.subarray(0, left);
    if (copyFaults(mapped, size - left, chunk.length)) return parts.length === 0 ? null : parts;
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
