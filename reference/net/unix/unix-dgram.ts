/**
 * Messages between local sockets of Linux: datagrams, and those of a connection that keeps boundaries.
 *
 * Both wait whole in the queue of the receiver; nothing is lost and nothing is overtaken. A datagram queue
 * takes eleven from those whom it does not send to itself. Between two that are each other's peer only
 * the charge of the sender counts, or each might wait for the other.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_dgram_sendmsg(), unix_dgram_recvmsg(),
 * unix_seqpacket_sendmsg(); net/core/datagram.c, skb_recv_datagram().
 */
import { failure, success } from '../../../contract/index.ts';
import { ERESTARTSYS } from '../../kernel/interrupted-call.ts';
import type { Task } from '../../kernel/task.ts';
import { waitEvent, wakeUp } from '../../kernel/wait-queue.ts';
import { copyFaults, copyFromUser } from '../user-memory.ts';
import type { Answer, Call, Received, Receiving, UnixName } from './family.ts';
import { detach, duplicate, type Rights } from './scm.ts';
import {
  connectionBased,
  unixDgramDisconnected,
  unixMaySend,
  unixWaitForPeer,
} from './unix-connect.ts';
import { unixAutobind, unixFindOther } from './unix-name.ts';
import {
  freeSkb,
  newSkb,
  queueFull,
  queueSkb,
  sockError,
  waitForRoom,
  type Outgoing,
  type UnixSkb,
  type UnixSock,
} from './unix-sock.ts';

/** Of the send buffer, what no message may use. */
const OVERHEAD = 32;

/** @kernel unix_dgram_sendmsg */
export function* unixDgramSend(
  sk: UnixSock,
  task: Task,
  { octets, mapped, to, nonblock, rights }: Outgoing,
): Call<number> {
  const newer = sk.domain.profile === 'linux-6';
  const before = sk.peer;
  if (!newer && to === null && before === null) return failure('ENOTCONN');
  if (sk.passCredentials) {
    const named = unixAutobind(sk);
    if (!('ok' in named)) return named;
  }
  if (octets.length > sk.sndbuf - OVERHEAD) return failure('EMSGSIZE');
  const room = yield* waitForRoom(sk, task, nonblock);
  if (typeof room === 'symbol' || !('ok' in room)) return room;
  if (copyFromUser({ octets, mapped }, 0, octets.length) === null) return failure('EFAULT');
  // Linux 6.18 asks for the peer behind all that.
  const peer = newer ? sk.peer : before;
  if (to === null && peer === null) return failure('ENOTCONN');
  const skb = newSkb(sk, task, octets);
  const other = to === null ? peer : null;
  const sent = yield* deliver(skb, task, { other, to, nonblock, rights });
  if (typeof sent === 'symbol' || !('ok' in sent)) freeSkb(skb);
  return sent;
}

/** Puts a message into the queue of its receiver, as soon as that has room. */
function* deliver(
  skb: UnixSkb,
  task: Task,
  {
    other: known,
    to,
    nonblock,
    rights,
  }: {
    readonly other: UnixSock | null;
    readonly to: UnixName | null;
    readonly nonblock: boolean;
    readonly rights: Rights;
  },
): Call<number> {
  const { sender: sk } = skb;
  let other = known;
  for (;;) {
    if (other === null) {
      const found = receiverOf(sk, to);
      if (!('ok' in found)) return found;
      other = found.ok;
    }
    if (!unixMaySend(sk, other)) return failure('EPERM');
    if (other.dead) {
      if (sk.peer === other) return failure(peerIsDead(sk, other));
      other = null;
      continue;
    }
    if (other.receiveShutdown) return failure('EPIPE');
    if (other.peer === sk || !queueFull(other)) {
      queueSkb(other, skb, rights);
      return success(skb.octets.length);
    }
    if (nonblock) return failure('EAGAIN');
    if ((yield* unixWaitForPeer(other, task)) === 'signal') return ERESTARTSYS;
  }
}

function receiverOf(sk: UnixSock, to: UnixName | null): Answer<UnixSock> {
  return to === null ? failure('ECONNRESET') : unixFindOther(sk.domain, to, sk.type);
}

/** Who sends to a peer that has closed learns it, and has no peer any more. */
function peerIsDead(sk: UnixSock, other: UnixSock): 'ECONNREFUSED' {
  sk.peer = null;
  unixDgramDisconnected(sk, other);
  return 'ECONNREFUSED';
}

/** An address is passed over: a connection has one receiver. @kernel unix_seqpacket_sendmsg */
export function* unixSeqpacketSend(sk: UnixSock, task: Task, message: Outgoing): Call<number> {
  const error = sockError(sk);
  if (error !== null) return failure(error);
  if (sk.state !== 'established') return failure('ENOTCONN');
  return yield* unixDgramSend(sk, task, { ...message, to: null });
}

/** Waits for a message; null where reading was shut down. @kernel skb_recv_datagram */
function* waitForMessage(sk: UnixSock, task: Task, nonblock: boolean): Call<UnixSkb | null> {
  const something = () => sk.error !== null || sk.receiveQueue.length > 0 || sk.receiveShutdown;
  for (;;) {
    const error = sockError(sk);
    if (error !== null) return failure(error);
    const [first] = sk.receiveQueue;
    if (first !== undefined) return success(first);
    if (nonblock && !endShows(sk)) return failure('EAGAIN');
    if (sk.receiveShutdown) return success(null);
    if (connectionBased(sk) && sk.state === 'close') return failure('ENOTCONN');
    const waiter = { task, exclusive: true };
    const how = yield* waitEvent(sk.sleepers, waiter, 'interruptible', something);
    if (how === 'signal') return ERESTARTSYS;
  }
}

/** Whether one that does not wait is told of the end; 2.6.11 does not look for it. */
function endShows({ type, domain, receiveShutdown }: UnixSock): boolean {
  return domain.profile === 'linux-6' && type === 'SOCK_SEQPACKET' && receiveShutdown;
}

const nothing = (): Received => ({
  octets: new Uint8Array(0),
  truncated: false,
  from: null,
  rights: [],
});

/** @kernel unix_dgram_recvmsg */
export function* unixDgramReceive(
  sk: UnixSock,
  task: Task,
  { size, peek, nonblock, mapped }: Receiving,
): Call<Received> {
  if (sk.type === 'SOCK_SEQPACKET' && sk.state !== 'established' && mustBeConnected(sk)) {
    return failure('ENOTCONN');
  }
  const got = yield* waitForMessage(sk, task, nonblock);
  if (typeof got === 'symbol' || !('ok' in got)) return got;
  const skb = got.ok;
  if (skb === null) return success(nothing());
  wakeUp(sk.peerWait);
  const octets = skb.octets.subarray(0, size);
  const faulted = copyFaults(mapped, 0, octets.length);
  const rights = faulted ? [] : peek ? duplicate(skb.rights) : detach(skb.rights);
  if (!peek) {
    sk.receiveQueue.shift();
    freeSkb(skb);
  }
  // With its files it is gone, whether or not the program gets it.
  if (faulted) return failure('EFAULT');
  // The name that the sender has by now, not the one that it had.
  const { name: from } = skb.sender;
  return success({ octets, truncated: octets.length < skb.octets.length, from, rights });
}

/** 2.6.11 looks only before it sleeps. */
function mustBeConnected({ domain, state }: UnixSock): boolean {
  return domain.profile === 'linux-6' || state === 'listen';
}
