/**
 * The local socket of Linux, and who pays for what waits in it.
 *
 * There is no receive buffer. A message goes straight into the queue of the receiver and is charged to the
 * sender until it was read; a sender whose charge has reached its limit waits. It is woken only when three
 * quarters of the charge are gone, so that it does not run for every message that is read.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c; include/net/af_unix.h; net/core/sock.c, sock_alloc_send_pskb().
 * Left out: time limits.
 */
import { failure, success, type Errno, type Profile } from '../../../contract/index.ts';
import { ERESTARTSYS } from '../../kernel/interrupted-call.ts';
import type { Task } from '../../kernel/task.ts';
import { waitEvent, wakeUp, type WaitQueue } from '../../kernel/wait-queue.ts';
import { SK_BUFF_SIZE } from '../sk-buff.ts';
import type { Call, Done, Sending, UnixName, UnixType } from './family.ts';
import { attach, detach, scmDestroy, type FileTable, type OpenFile, type Rights } from './scm.ts';
import type { Directory, Inode } from './socket-file.ts';

/** The names of one host, and its rules. */
export interface UnixDomain {
  readonly profile: Profile;
  readonly directory: Directory<UnixSock>;
  /** Those with a name that is no file, by type and name. @kernel unix_socket_table */
  readonly abstract: Map<string, UnixSock>;
  readonly files: FileTable;
  /** The next name that the system will choose. @kernel ordernum */
  order: number;
}

/** A message, or a piece of a stream. @kernel struct sk_buff */
export interface UnixSkb {
  /** What is left of it to read. */
  octets: Uint8Array;
  readonly sender: UnixSock;
  /** The program that wrote it. @kernel UNIXCREDS */
  readonly writer: Task;
  readonly truesize: number;
  /** Files that go with it. @kernel UNIXCB(skb).fp */
  readonly rights: Rights;
}

/** A message that is being sent: its files are its sender's until it is queued. */
export type Outgoing = Omit<Sending, 'rights'> & { readonly rights: Rights };

/** @kernel struct unix_sock */
export interface UnixSock {
  readonly domain: UnixDomain;
  readonly type: UnixType;
  /** @kernel TCP_CLOSE, TCP_LISTEN, TCP_ESTABLISHED */
  state: 'close' | 'listen' | 'established';
  /** Its last user has closed it; others may still point to it. @kernel SOCK_DEAD */
  dead: boolean;
  name: UnixName | null;
  inode: Inode<UnixSock> | null;
  peer: UnixSock | null;
  receiveShutdown: boolean;
  sendShutdown: boolean;
  /** Waits to be told by a call. */
  error: Errno | null;
  readonly receiveQueue: UnixSkb[];
  /** Of a listener: the other ends of those that have connected. */
  readonly acceptQueue: UnixSock[];
  /** How many may wait in either queue, less one. @kernel sk_max_ack_backlog */
  backlog: number;
  /** What its messages that nobody has read are charged for, in octets. */
  wmemAlloc: number;
  sndbuf: number;
  /** Readers and writers of the socket, and those who accept from it. */
  readonly sleepers: WaitQueue;
  /** Those who wait for its queue to shorten. @kernel peer_wait */
  readonly peerWait: WaitQueue;
  passCredentials: boolean;
  /** The program that the peer was made by. @kernel sk_peercred */
  peerTask: Task | null;
}

/** @kernel sysctl_unix_max_dgram_qlen */
const MAX_DGRAM_QLEN = 10;

/** @kernel sysctl_wmem_default */
const WMEM_DEFAULT = 110_592;
const WMEM_DEFAULT_6 = 212_992;

/** @kernel unix_create1 */
export function newUnixSock(domain: UnixDomain, type: UnixType): UnixSock {
  return {
    domain,
    type,
    state: 'close',
    dead: false,
    name: null,
    inode: null,
    peer: null,
    receiveShutdown: false,
    sendShutdown: false,
    error: null,
    receiveQueue: [],
    acceptQueue: [],
    backlog: MAX_DGRAM_QLEN,
    wmemAlloc: 0,
    sndbuf: domain.profile === 'linux-6' ? WMEM_DEFAULT_6 : WMEM_DEFAULT,
    sleepers: [],
    peerWait: [],
    passCredentials: false,
    peerTask: null,
  };
}

/** The error that waits, told once. @kernel sock_error */
export function sockError(sk: UnixSock): Errno | null {
  const { error } = sk;
  sk.error = null;
  return error;
}

/** All who sleep in the socket look again. @kernel sk_state_change, sk_error_report */
export function wakeAll({ sleepers }: UnixSock): void {
  wakeUp(sleepers, Infinity);
}

/** @kernel unix_recvq_full */
export function queueFull({ state, acceptQueue, receiveQueue, backlog }: UnixSock): boolean {
  const { length } = state === 'listen' ? acceptQueue : receiveQueue;
  return length > backlog;
}

/** A cache line, to which memory of buffers is rounded up. @kernel SKB_DATA_ALIGN */
const CACHE_LINE = 32;

function truesize(length: number): number {
  return Math.ceil(length / CACHE_LINE) * CACHE_LINE + SK_BUFF_SIZE;
}

/** A message that its sender is charged for from now on. @kernel skb_set_owner_w */
export function newSkb(sender: UnixSock, writer: Task, octets: Uint8Array): UnixSkb {
  const skb = { octets, sender, writer, truesize: truesize(octets.length), rights: [] };
  sender.wmemAlloc += skb.truesize;
  return skb;
}

/** A message is gone: its sender has paid, and its files have one user less. @kernel sock_wfree, unix_write_space */
export function freeSkb({ sender, truesize: paid, rights }: UnixSkb): void {
  scmDestroy(detach(rights));
  sender.wmemAlloc -= paid;
  // A quarter of the buffer and no more is in use. @kernel unix_writable
  if (sender.wmemAlloc * 4 <= sender.sndbuf) wakeUp(sender.sleepers, Infinity);
}

/** @kernel skb_queue_tail, sk_data_ready */
export function queueSkb(receiver: UnixSock, skb: UnixSkb, rights: Rights): void {
  skb.rights.push(...attach(rights));
  receiver.receiveQueue.push(skb);
  wakeUp(receiver.sleepers);
}

const room = ({ wmemAlloc, sndbuf }: UnixSock): boolean => wmemAlloc < sndbuf;

/**
 * Waits until the sender may be charged for one more message, however long.
 *
 * @kernel sock_alloc_send_skb
 */
export function* waitForRoom(sk: UnixSock, task: Task, nonblock: boolean): Call<Done> {
  for (;;) {
    const error = sockError(sk);
    if (error !== null) return failure(error);
    if (sk.sendShutdown) return failure('EPIPE');
    if (room(sk)) return success({});
    if (nonblock) return failure('EAGAIN');
    const waiter = { task, exclusive: false };
    const something = () => room(sk) || sk.sendShutdown || sk.error !== null;
    const how = yield* waitEvent(sk.sleepers, waiter, 'interruptible', something);
    if (how === 'signal') return ERESTARTSYS;
  }
}

/** Files that wait to be received; those of connections that wait to be accepted, too. */
export function filesIn({ receiveQueue, acceptQueue }: UnixSock): OpenFile[] {
  return [...receiveQueue.flatMap(({ rights }) => rights), ...acceptQueue.flatMap(filesIn)];
}

/** Nobody can receive what waits: it goes with its files, and with these goes the last user. @kernel unix_gc */
export function flushFiles({ receiveQueue, acceptQueue }: UnixSock): void {
  for (const skb of receiveQueue.splice(0)) freeSkb(skb);
  for (const end of acceptQueue) flushFiles(end);
}
