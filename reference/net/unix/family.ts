/**
 * What a family of local sockets does, whichever system's it is.
 *
 * Linux and 4.4BSD agree on what programs see and on little else: Linux charges the sender for what the
 * receiver has not read, 4.4BSD moves the marks of two buffers against each other. So each has its files.
 */
import type { Errno, Outcome } from '../../../contract/index.ts';
import type { Restartable } from '../../kernel/interrupted-call.ts';
import type { Steps } from '../../kernel/processors.ts';
import type { Task } from '../../kernel/task.ts';
import type { OpenFile, Rights } from './scm.ts';

export type UnixType = 'SOCK_STREAM' | 'SOCK_DGRAM' | 'SOCK_SEQPACKET';

/** A path in the file system, or octets behind a zero octet. @kernel struct sockaddr_un */
export type UnixName = { readonly path: string } | { readonly abstract: string };

export type Done = Record<string, never>;
export type Answer<Value = Done> = Outcome<Value, Errno>;
export type Call<Value> = Steps<Restartable<Value, Errno>>;

export interface Sending {
  readonly octets: Uint8Array;
  /** Null for the peer. */
  readonly to: UnixName | null;
  readonly nonblock: boolean;
  readonly noSignal: boolean;
  /** Files that go with it; null for a descriptor that is closed. */
  readonly rights: readonly (OpenFile | null)[];
  /** Of the octets, those that are in memory; left out: all. */
  readonly mapped?: number | undefined;
}

export interface Receiving {
  readonly size: number;
  readonly peek: boolean;
  readonly nonblock: boolean;
  /** Octets for which there is memory; left out: enough. */
  readonly mapped?: number | undefined;
}

export interface Received {
  readonly octets: Uint8Array;
  readonly truncated: boolean;
  readonly from: UnixName | null;
  /** Files that came with it; they have the reader as their user. */
  readonly rights: Rights;
}

/** What a reader is told of the files that came with a message. */
export interface Passed {
  readonly rights: Rights;
  /** There were more. @kernel MSG_CTRUNC */
  readonly cut: boolean;
}

export type ShutdownHow = 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR';

/** The calls on sockets of a family. @kernel struct proto_ops; in 4.4BSD struct protosw */
export interface UnixFamily<Socket> {
  create(type: UnixType | 'SOCK_RAW'): Answer<Socket>;
  pair(type: UnixType, task: Task): Answer<readonly [Socket, Socket]>;
  bind(sk: Socket, name: UnixName | null): Answer;
  listen(sk: Socket, task: Task, backlog: number): Answer;
  connect(sk: Socket, task: Task, to: UnixName | null, nonblock: boolean): Call<Done>;
  accept(
    sk: Socket,
    task: Task,
    nonblock: boolean,
  ): Call<{ readonly socket: Socket; readonly from: UnixName | null }>;
  send(sk: Socket, task: Task, message: Sending): Call<number>;
  receive(sk: Socket, task: Task, how: Receiving): Call<Received>;
  /**
   * Gives a reader as many of the files as it has room for.
   *
   * @param room - null for a reader who has not asked for files.
   */
  pass(rights: Rights, room: number | null): Passed;
  /** An open file by which the socket is used. */
  file(sk: Socket): OpenFile;
  name(sk: Socket): UnixName | null;
  peer(sk: Socket): Answer<UnixName | null>;
  /** A name as a program sees it that asks for it, or that has accepted who has it. */
  address(name: UnixName | null, asked: 'name' | 'accept'): Uint8Array;
  /** That of who has sent what the socket has received; null where none is told. */
  senderAddress(sk: Socket, name: UnixName | null): Uint8Array | null;
  /** The program was not told of a connection that it has accepted. */
  acceptedInVain(end: Socket): void;
  setOption(sk: Socket, option: string, value: number | string): Answer;
  getOption(sk: Socket, option: string): Answer<number | string>;
  shutdown(sk: Socket, how: ShutdownHow): Answer;
}
