/**
 * Sending and receiving by the local sockets of 4.4BSD.
 *
 * Source: 4.4BSD-Lite2, kern/uipc_socket.c, sosend(), soreceive(); kern/uipc_usrreq.c, PRU_SEND, PRU_RCVD;
 * kern/uipc_syscalls.c, sendit().
 */
import { failure, success, type Errno } from '../../../contract/index.ts';
import { bug } from '../../kernel/bug.ts';
import { ERESTARTSYS } from '../../kernel/interrupted-call.ts';
import { joined, MCLBYTES, PIPSIZ } from '../../kernel/pipe-buffers.ts';
import { sendSignal, type Task } from '../../kernel/task.ts';
import { waitEvent, wakeUp } from '../../kernel/wait-queue.ts';
import { copyFaults, copyFromUser } from '../user-memory.ts';
import type { Answer, Call, Received, Receiving, Sending } from './family.ts';
import { attach, detach, scmDestroy, scmSend, type Rights } from './scm.ts';
import { appendDatagram, controlLength, held, type BsdSocket, type Chunk } from './uipc-socket.ts';
import { unpConnect, unpDisconnect } from './uipc-usrreq.ts';

/** Data of one mbuf with a packet header, and from where on a cluster is taken. @kernel MHLEN, MINCLSIZE */
const MHLEN = 100;
const MINCLSIZE = 208;

/** Why nothing can be sent now, however much room there is. */
function cannotSend(so: BsdSocket, addressed: boolean): Errno | null {
  if (so.cantSendMore) return 'EPIPE';
  const { error } = so;
  so.error = null;
  if (error !== null) return error;
  if (so.connected) return null;
  if (so.type === 'SOCK_STREAM') return 'ENOTCONN';
  return addressed ? null : 'EDESTADDRREQ';
}

/** @kernel unp_internalize */
const internalize = (wanted: Sending['rights']) => scmSend(wanted, Infinity);

/** Files that go with a message are told of in one mbuf. @kernel sockargs, MLEN */
const MOST_RIGHTS = 24;

/** @kernel sendit, sosend */
export function* sosend(so: BsdSocket, task: Task, message: Sending): Call<number> {
  if (message.rights.length > MOST_RIGHTS) return failure('EINVAL');
  const sent =
    so.type === 'SOCK_DGRAM' ? sendDatagram(so, message) : yield* sendStream(so, task, message);
  const broken = typeof sent !== 'symbol' && 'errno' in sent && sent.errno === 'EPIPE';
  if (broken && !message.noSignal) sendSignal(task, 'SIGPIPE');
  return sent;
}

/** One with an address is connected to that for as long as it takes. @kernel uipc_usrreq, PRU_SEND */
function sendDatagram(so: BsdSocket, message: Sending): Answer<number> {
  const { octets, to } = message;
  const cannot = cannotSend(so, to !== null);
  if (cannot !== null) return failure(cannot);
  if (octets.length > so.sendMark) return failure('EMSGSIZE');
  if (copyFromUser(message, 0, octets.length) === null) return failure('EFAULT');
  const internalized = internalize(message.rights);
  if (!('ok' in internalized)) return internalized;
  const rights = internalized.ok;
  const sent = sendTo(so, octets, to, rights);
  scmDestroy(rights);
  return sent;
}

function sendTo(
  so: BsdSocket,
  octets: Uint8Array,
  to: Sending['to'],
  rights: Rights,
): Answer<number> {
  if (to !== null) {
    if (so.peer !== null) return failure('EISCONN');
    const connected = unpConnect(so, to);
    if (!('ok' in connected)) return connected;
  }
  const { peer } = so;
  if (peer === null) return failure('ENOTCONN');
  const taken = appendDatagram(peer, octets, so.name, rights);
  if (to !== null) unpDisconnect(so);
  return taken ? success(octets.length) : failure('ENOBUFS');
}

/** Room that a writer waits for, if not all of its octets fit. @kernel so_snd.sb_lowat */
const LOW_WATER = Math.min(MCLBYTES, PIPSIZ);

function* sendStream(so: BsdSocket, task: Task, message: Sending): Call<number> {
  const { octets, nonblock } = message;
  let sent = 0;
  const waiter = { task, exclusive: false };
  while (sent < octets.length || sent === 0) {
    const cannot = cannotSend(so, false);
    if (cannot !== null) return failure(cannot);
    if (octets.length === 0) break;
    // Files go with the first octets.
    const passing = sent === 0 ? message.rights : [];
    const control = controlLength(passing);
    const mustWait = () =>
      so.sendMark < octets.length - sent + control && so.sendMark < Math.max(LOW_WATER, control);
    if (mustWait()) {
      if (nonblock) return sent > 0 ? success(sent) : failure('EAGAIN');
      const something = () => !mustWait() || so.cantSendMore || so.error !== null;
      const how = yield* waitEvent(so.writers, waiter, 'interruptible', something);
      if (how === 'signal') return sent > 0 ? success(sent) : ERESTARTSYS;
      continue;
    }
    const internalized = internalize(passing);
    if (!('ok' in internalized)) return internalized;
    const put = putMbufs(so, message, sent, internalized.ok);
    scmDestroy(internalized.ok);
    // Of what has gone before nothing is told.
    if (put === null) return failure('EFAULT');
    sent += put;
  }
  return success(sent);
}

/**
 * Sends mbuf by mbuf as long as there seems to be room: a cluster is sent whole.
 *
 * @param from - octets of the message that have been sent.
 * @returns octets more; null where one could not be copied.
 */
function putMbufs(so: BsdSocket, message: Sending, from: number, rights: Rights): number | null {
  const length = message.octets.length - from;
  let put = 0;
  for (let space = so.sendMark - controlLength(rights); put < length && space > 0;) {
    const left = length - put;
    const cluster = left >= MINCLSIZE;
    const wanted = cluster ? Math.min(MCLBYTES, left) : Math.min(MHLEN, left, space);
    const copied = copyFromUser(message, from + put, wanted);
    if (copied === null) return null;
    append(so, copied.slice(), rights);
    space -= cluster ? MCLBYTES : wanted;
    put += wanted;
  }
  return put;
}

function append(so: BsdSocket, octets: Uint8Array, rights: Rights): void {
  const peer = so.peer ?? bug('a stream is connected to nobody');
  const charge = octets.length + controlLength(rights);
  peer.received.push({ octets, from: null, charge, memory: 0, rights: attach(rights) });
  so.sendMark -= settle(peer);
  wakeUp(peer.readers, Infinity);
}

/** Octets that a reader holds more than its writer's mark was moved for; from now on it is moved for all. */
function settle(reader: BsdSocket): number {
  const more = held(reader) - reader.takenFromPeer;
  reader.takenFromPeer += more;
  return more;
}

/** @kernel soreceive */
export function* soreceive(so: BsdSocket, task: Task, how: Receiving): Call<Received> {
  const waiter = { task, exclusive: false };
  const something = () => so.received.length > 0 || so.error !== null || so.cantReceiveMore;
  for (;;) {
    if (so.received.length > 0) {
      const taken = take(so, how);
      return taken === null ? failure('EFAULT') : success(taken);
    }
    if (so.error !== null) {
      const { error } = so;
      if (!how.peek) so.error = null;
      return failure(error);
    }
    if (so.cantReceiveMore) return success(nothing());
    if (!so.connected && so.type === 'SOCK_STREAM') return failure('ENOTCONN');
    if (how.size === 0) return success(nothing());
    if (how.nonblock) return failure('EAGAIN');
    const woken = yield* waitEvent(so.readers, waiter, 'interruptible', something);
    if (woken === 'signal') return ERESTARTSYS;
  }
}

const nothing = (): Received => ({
  octets: new Uint8Array(0),
  truncated: false,
  from: null,
  rights: [],
});

/** @returns null where it could not be copied out; it is gone all the same. */
function take(so: BsdSocket, how: Receiving): Received | null {
  return so.type === 'SOCK_DGRAM' ? takeDatagram(so, how) : takeStream(so, how);
}

function takeDatagram({ received }: BsdSocket, { size, peek, mapped }: Receiving): Received | null {
  const first = peek ? received[0] : received.shift();
  if (first === undefined) return nothing();
  const octets = first.octets.subarray(0, size);
  if (copyFaults(mapped, 0, octets.length)) {
    if (!peek) scmDestroy(detach(first.rights));
    return null;
  }
  const truncated = octets.length < first.octets.length;
  return { octets, truncated, from: first.from, rights: peek ? [] : detach(first.rights) };
}

function takeStream(so: BsdSocket, { size, peek, mapped }: Receiving): Received | null {
  const record = firstRecord(so.received);
  const octets = joined(record.map((chunk) => chunk.octets));
  const read = readableUpTo(record, Math.min(size, octets.length), mapped);
  const taken = octets.subarray(0, read);
  const rights = peek ? [] : detach(record[0]?.rights ?? []);
  if (!peek) {
    const rest = octets.subarray(taken.length);
    const chunk = { octets: rest, from: null, charge: rest.length, memory: 0, rights: [] };
    so.received.splice(0, record.length, ...(rest.length > 0 ? [chunk] : []));
    giveBack(so);
  }
  if (copyFaults(mapped, 0, read)) {
    scmDestroy(rights);
    return null;
  }
  return { octets: taken, truncated: false, from: null, rights };
}

/** Octets that a read takes: none behind the mbuf that it could not copy. */
function readableUpTo(record: readonly Chunk[], size: number, mapped?: number): number {
  let end = 0;
  for (const { octets } of record) {
    end = Math.min(size, end + octets.length);
    if (copyFaults(mapped, 0, end)) break;
  }
  return end;
}

/** Octets with files begin a record, which no read goes beyond. @kernel sbappendcontrol */
function firstRecord(received: readonly Chunk[]): readonly Chunk[] {
  const next = received.findIndex(({ rights }, at) => at > 0 && rights.length > 0);
  return next < 0 ? received.slice() : received.slice(0, next);
}

/** What was read is the writer's again. @kernel uipc_usrreq, PRU_RCVD */
function giveBack(so: BsdSocket): void {
  const { peer } = so;
  if (peer === null) return;
  peer.sendMark -= settle(so);
  wakeUp(peer.writers, Infinity);
}
