/**
 * The local socket of 4.4BSD.
 *
 * What is sent is appended to the receive buffer of the peer at once; the send buffer stays empty. Of a
 * stream the two buffers are one: whatever waits with the reader is taken from the high-water mark of the
 * writer, and given back when it was read. Of datagrams the mark of the sender is only the longest that
 * it may send, and one that the receiver has no room for fails.
 *
 * Source: 4.4BSD-Lite2, kern/uipc_usrreq.c; kern/uipc_socket.c; sys/socketvar.h, sys/unpcb.h. Left out:
 * mbufs of streams, time limits.
 */
import type { Errno } from '../../../contract/index.ts';
import { MCLBYTES, PIPSIZ } from '../../kernel/pipe-buffers.ts';
import { wakeUp, type WaitQueue } from '../../kernel/wait-queue.ts';
import type { UnixName } from './family.ts';
import { attach, detach, scmDestroy, type FileTable, type OpenFile, type Rights } from './scm.ts';
import type { Directory, Inode } from './socket-file.ts';

/** What was appended by one send. */
export interface Chunk {
  octets: Uint8Array;
  readonly from: UnixName | null;
  /** Octets that it counts for in the buffer, with the address. */
  readonly charge: number;
  /** Memory of its mbufs, which is limited as well. */
  readonly memory: number;
  /** Files that go with it. @kernel SCM_RIGHTS */
  readonly rights: Rights;
}

/** @kernel struct socket, struct unpcb */
export interface BsdSocket {
  readonly directory: Directory<BsdSocket>;
  readonly files: FileTable;
  readonly type: 'SOCK_STREAM' | 'SOCK_DGRAM';
  /** @kernel SS_ISCONNECTED, SS_CANTSENDMORE, SS_CANTRCVMORE, SO_ACCEPTCONN */
  connected: boolean;
  cantSendMore: boolean;
  cantReceiveMore: boolean;
  acceptsConnections: boolean;
  error: Errno | null;
  name: UnixName | null;
  inode: Inode<BsdSocket> | null;
  /** @kernel unp_conn */
  peer: BsdSocket | null;
  /** Datagram sockets that are connected to it. @kernel unp_refs */
  readonly referring: Set<BsdSocket>;
  /** @kernel so_rcv.sb_mb */
  readonly received: Chunk[];
  /** High-water marks: of a stream's send buffer less what waits with the peer. */
  sendMark: number;
  readonly receiveMark: number;
  /** How much of what it holds was taken from the peer's mark. @kernel unp_cc */
  takenFromPeer: number;
  readonly readers: WaitQueue;
  readonly writers: WaitQueue;
  /** Connections that wait to be accepted. @kernel so_q, so_qlimit, so_timeo */
  readonly queue: BsdSocket[];
  queueLimit: number;
  readonly acceptors: WaitQueue;
}

/** @kernel unpdg_sendspace, unpdg_recvspace */
const DATAGRAM_SENDSPACE = 2048;
const DATAGRAM_RECVSPACE = 4096;

/** @kernel unp_attach */
export function newBsdSocket(
  { directory, files }: Pick<BsdSocket, 'directory' | 'files'>,
  type: BsdSocket['type'],
): BsdSocket {
  const stream = type === 'SOCK_STREAM';
  return {
    directory,
    files,
    type,
    connected: false,
    cantSendMore: false,
    cantReceiveMore: false,
    acceptsConnections: false,
    error: null,
    name: null,
    inode: null,
    peer: null,
    referring: new Set(),
    received: [],
    sendMark: stream ? PIPSIZ : DATAGRAM_SENDSPACE,
    receiveMark: stream ? PIPSIZ : DATAGRAM_RECVSPACE,
    takenFromPeer: 0,
    readers: [],
    writers: [],
    queue: [],
    queueLimit: 0,
    acceptors: [],
  };
}

/** Octets in the receive buffer. @kernel so_rcv.sb_cc */
export function held({ received }: BsdSocket): number {
  return received.reduce((sum, { charge }) => sum + charge, 0);
}

/** @kernel MSIZE, MINCLSIZE, sizeof(struct sockaddr) */
const MSIZE = 128;
const MINCLSIZE = 208;
const SOCKADDR = 16;

/** An address with its length and family. */
function addressLength(name: UnixName | null): number {
  return name !== null && 'path' in name ? name.path.length + 2 : SOCKADDR;
}

/** Octets in front of the descriptors, and of one. @kernel struct cmsghdr */
const CMSG_HEADER = 12;
const DESCRIPTOR = 4;

/** Octets that files take in a buffer beside those of the message. */
export function controlLength({ length }: Pick<readonly unknown[], 'length'>): number {
  return length === 0 ? 0 : CMSG_HEADER + length * DESCRIPTOR;
}

/** An mbuf for the address, one for data, one for files, and memory behind that if the data are many. */
function mbufMemory(length: number, rights: Rights): number {
  const clusters = length < MINCLSIZE ? 0 : Math.ceil(length / MCLBYTES);
  return (rights.length === 0 ? 2 : 3) * MSIZE + clusters * MCLBYTES;
}

/**
 * Appends a datagram with the address of its sender, if there is room.
 *
 * @kernel sbappendaddr
 */
export function appendDatagram(
  to: BsdSocket,
  octets: Uint8Array,
  from: UnixName | null,
  rights: Rights,
): boolean {
  const charge = octets.length + addressLength(from) + controlLength(rights);
  const memory = to.received.reduce((sum, chunk) => sum + chunk.memory, 0);
  const space = Math.min(to.receiveMark - held(to), 2 * to.receiveMark - memory);
  if (charge > space) return false;
  const memoryOfIt = mbufMemory(octets.length, rights);
  to.received.push({ octets, from, charge, memory: memoryOfIt, rights: attach(rights) });
  wakeUp(to.readers, Infinity);
  return true;
}

/** Nothing can be sent or received any more. @kernel soisdisconnected */
export function disconnected(so: BsdSocket): void {
  so.connected = false;
  cantSendMore(so);
  cantReceiveMore(so);
}

/** @kernel socantsendmore */
export function cantSendMore(so: BsdSocket): void {
  so.cantSendMore = true;
  wakeUp(so.writers, Infinity);
}

/** @kernel socantrcvmore */
export function cantReceiveMore(so: BsdSocket): void {
  so.cantReceiveMore = true;
  wakeUp(so.readers, Infinity);
  wakeUp(so.acceptors, Infinity);
}

/** @kernel soisconnected */
export function nowConnected(so: BsdSocket): void {
  so.connected = true;
  wakeUp(so.readers, Infinity);
  wakeUp(so.writers, Infinity);
}

/** Files that wait to be received. */
export function filesIn({ received, queue }: BsdSocket): OpenFile[] {
  return [...received.flatMap(({ rights }) => rights), ...queue.flatMap(filesIn)];
}

/** Throws away what waits to be received, with its files. @kernel sorflush, unp_dispose */
export function discardReceived({ received }: BsdSocket): void {
  for (const { rights } of received.splice(0)) scmDestroy(detach(rights));
}
