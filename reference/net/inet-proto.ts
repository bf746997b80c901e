/**
 * The entry points of the protocols of datagrams, as a table for each: the socket layer knows no protocol,
 * it calls what the socket's table says.
 *
 * Source: Linux 2.6.11, include/net/sock.h, struct proto; net/ipv4/udp.c, udp_prot; net/ipv4/raw.c, raw_prot.
 * Streams have theirs in tcp/, since their calls are others.
 */
import { failure, success, type Errno } from '../../contract/index.ts';
import type { Restartable } from '../kernel/interrupted-call.ts';
import type { Steps } from '../kernel/processors.ts';
import type { Task } from '../kernel/task.ts';
import { waitForDatagram } from './datagram.ts';
import { rawContents, rawSendmsg } from './raw.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import type { SkBuff } from './sk-buff.ts';
import { takeFirst, waitingOctets, type Sock } from './sock.ts';
import { autobind } from './socket.ts';
import {
  udpContents,
  udpSendmsg,
  udpWasLost,
  udpWasRead,
  type InetAddress,
  type Message,
} from './udp.ts';
import { copyFaults } from './user-memory.ts';

type Sending = (sk: Sock, task: Task, message: Message) => Steps<Restartable<number, Errno>>;

/** @kernel struct proto */
interface Proto {
  readonly sendmsg: Sending;
  /** Who has sent what waits, and what a program is given of it. */
  readonly contents: (skb: SkBuff) => { readonly from: InetAddress; readonly octets: Uint8Array };
  readonly wasRead: (sk: Sock) => void;
  /** It was taken, and then could not be copied. */
  readonly wasLost: (sk: Sock) => void;
  /** Octets that a read would give of the first datagram. @kernel ioctl, SIOCINQ */
  readonly waiting: (sk: Sock) => number;
}

const UDP_HEADER = 8;

/** @kernel udp_prot */
const UDP_PROT: Proto = {
  sendmsg: udpSendmsg,
  contents: udpContents,
  wasRead: udpWasRead,
  wasLost: udpWasLost,
  waiting: (sk) => Math.max(0, waitingOctets(sk) - UDP_HEADER),
};

/** @kernel raw_prot */
const RAW_PROT: Proto = {
  // It never sleeps.
  *sendmsg(sk, _task, message) {
    return yield* nowOf(rawSendmsg(sk, message));
  },
  contents: rawContents,
  wasRead: () => undefined,
  wasLost: () => undefined,
  waiting: waitingOctets,
};

function* nowOf<Value>(value: Value): Steps<Value> {
  return value;
}

const protOf = ({ type }: Sock): Proto => (type === 'SOCK_RAW' ? RAW_PROT : UDP_PROT);

/** @kernel inet_sendmsg */
export function* inetSendmsg(
  sk: Sock,
  task: Task,
  message: Message,
): Steps<Restartable<number, Errno>> {
  const bound = autobind(sk);
  if (!('ok' in bound)) return bound;
  if (sk.sendShutdown) return failure('EPIPE');
  return yield* protOf(sk).sendmsg(sk, task, message);
}

export interface Received {
  readonly octets: Uint8Array;
  /** Null at the end of what may be received. */
  readonly from: InetAddress | null;
}

export interface InetReading {
  readonly dontWait: boolean;
  readonly peek: boolean;
  /** Octets that it takes at most; left out: all. */
  readonly size?: number;
  /** Octets for which there is memory; left out: enough. */
  readonly mapped?: number | undefined;
}

/** @kernel sock_common_recvmsg, udp_recvmsg, raw_recvmsg */
export function* inetRecvmsg(
  sk: Sock,
  task: Task,
  { dontWait, peek, size, mapped }: InetReading,
): Steps<Restartable<Received, Errno>> {
  const first = yield* waitForDatagram(sk, task, dontWait);
  if (typeof first === 'symbol' || !('ok' in first)) return first;
  const skb = first.ok;
  if (skb === null) return success({ octets: new Uint8Array(0), from: null });
  const prot = protOf(sk);
  const received = prot.contents(skb);
  const faulted = copyFaults(mapped, 0, Math.min(size ?? Infinity, received.octets.length));
  if (!peek) {
    // It is gone, whether or not the process gets it.
    takeFirst(sk);
    kfreeSkb(skb);
    if (faulted) prot.wasLost(sk);
    else prot.wasRead(sk);
  }
  return faulted ? failure('EFAULT') : success(received);
}

/** Octets that a read would give. @kernel inet_ioctl, SIOCINQ */
export function inetWaiting(sk: Sock): number {
  return protOf(sk).waiting(sk);
}
