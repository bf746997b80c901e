/**
 * Local sockets of Linux as plain data: the model that properties compare with.
 *
 * Each call is asked first what may become of it; what has, is told. Where a call fails for several reasons
 * at once, a system may give any of them. All calls are made without waiting, and all messages are small.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c; net/core/datagram.c.
 */
import type { Errno, UnixSocketType } from '../../contract/index.ts';

export type LocalName = { readonly path: string } | { readonly abstract: string };

interface Message {
  octets: string;
  readonly from: ModelSocket;
}

export interface ModelSocket {
  open: boolean;
  state: 'close' | 'listen' | 'established';
  name: LocalName | null;
  peer: ModelSocket | null;
  /** Waits to be told. */
  error: Errno | null;
  receivesNoMore: boolean;
  sendsNoMore: boolean;
  queue: Message[];
  /** Of a listener: the other ends of those that have connected. */
  waiting: ModelSocket[];
  backlog: number;
}

export function newModelSocket(): ModelSocket {
  return {
    open: true,
    state: 'close',
    name: null,
    peer: null,
    error: null,
    receivesNoMore: false,
    sendsNoMore: false,
    queue: [],
    waiting: [],
    backlog: 10,
  };
}

/** What may become of a call. */
export interface Expected {
  /** Errnos of which one must come; none: the call must succeed. */
  readonly fails: readonly Errno[];
  /** It may succeed although it may fail, too. */
  readonly mayEnd?: boolean;
  /** What changes when it succeeds. @returns the value that must come, where one is known. */
  readonly succeed: () => unknown;
  /** What changes when it fails. */
  readonly fail?: (errno: Errno) => void;
}

const nothing = () => undefined;
const CLOSED: Expected = { fails: ['EBADF'], succeed: nothing };

export class ModelHost {
  readonly #type: UnixSocketType;
  /** Since 2.6.32 a listener that was shut down for receiving takes nobody any more. */
  readonly #refusesWhenShut: boolean;
  /** By path, or by what follows a zero octet; of a file that stays: null. */
  readonly #names = new Map<string, ModelSocket | null>();

  constructor(type: UnixSocketType, profile: string) {
    this.#type = type;
    this.#refusesWhenShut = profile === 'linux-6';
  }

  get #connects(): boolean {
    return this.#type !== 'SOCK_DGRAM';
  }

  bind(sk: ModelSocket, name: LocalName): Expected {
    if (!sk.open) return CLOSED;
    const fails: Errno[] = [];
    if (sk.name !== null) fails.push('EINVAL');
    if (this.#names.has(keyOf(name))) fails.push('EADDRINUSE');
    const succeed = () => {
      sk.name = name;
      this.#names.set(keyOf(name), sk);
    };
    return { fails, succeed };
  }

  unlink(name: LocalName): Expected {
    const there = this.#names.has(keyOf(name));
    return { fails: there ? [] : ['ENOENT'], succeed: () => this.#names.delete(keyOf(name)) };
  }

  /** The socket of a name, or why there is none. */
  #find(name: LocalName): ModelSocket | Errno {
    const found = this.#names.get(keyOf(name));
    if (found === undefined) return 'path' in name ? 'ENOENT' : 'ECONNREFUSED';
    return found ?? 'ECONNREFUSED';
  }

  connect(sk: ModelSocket, to: LocalName): Expected {
    if (!sk.open) return CLOSED;
    const found = this.#find(to);
    return this.#connects ? this.#connectStream(sk, found) : connectDatagrams(sk, found);
  }

  #connectStream(sk: ModelSocket, found: ModelSocket | Errno): Expected {
    const fails: Errno[] = [];
    if (sk.state === 'listen') fails.push('EINVAL');
    if (sk.state === 'established') fails.push('EISCONN');
    if (typeof found === 'string') return { fails: [...fails, found], succeed: nothing };
    const shut = this.#refusesWhenShut && found.receivesNoMore;
    if (found.state !== 'listen' || shut) fails.push('ECONNREFUSED');
    else if (found.waiting.length > found.backlog) fails.push('EAGAIN');
    const succeed = () => {
      const end: ModelSocket = { ...newModelSocket(), state: 'established', name: found.name };
      end.peer = sk;
      sk.peer = end;
      sk.state = 'established';
      found.waiting.push(end);
    };
    return { fails, succeed };
  }

  listen(sk: ModelSocket, backlog: number): Expected {
    if (!sk.open) return CLOSED;
    const can = sk.name !== null && sk.state !== 'established';
    const succeed = () => Object.assign(sk, { state: 'listen', backlog }) && undefined;
    return { fails: can ? [] : ['EINVAL'], succeed };
  }

  accept(sk: ModelSocket): Expected {
    if (!sk.open) return CLOSED;
    if (sk.state !== 'listen') return { fails: ['EINVAL'], succeed: nothing };
    return { fails: sk.waiting.length > 0 ? [] : ['EAGAIN'], succeed: () => sk.waiting.shift() };
  }

  send(sk: ModelSocket, octets: string, to: LocalName | null): Expected {
    if (!sk.open) return CLOSED;
    return this.#connects ? this.#sendConnected(sk, octets) : this.#sendDatagram(sk, octets, to);
  }

  #sendConnected(sk: ModelSocket, octets: string): Expected {
    const fails: Errno[] = [];
    const { peer } = sk;
    if (peer === null) fails.push('ENOTCONN');
    else if (sk.sendsNoMore || peer.receivesNoMore) fails.push('EPIPE');
    // A stream keeps its error for the one who receives.
    if (sk.error !== null && this.#type === 'SOCK_SEQPACKET') fails.push(sk.error);
    const succeed = () => {
      peer?.queue.push({ octets, from: sk });
      return { length: octets.length / 2 };
    };
    return { fails, succeed, fail: forgetting(sk) };
  }

  #sendDatagram(sk: ModelSocket, octets: string, to: LocalName | null): Expected {
    const fails: Errno[] = [];
    const found = to === null ? (sk.peer ?? 'ENOTCONN') : this.#find(to);
    if (sk.error !== null) fails.push(sk.error);
    if (sk.sendsNoMore) fails.push('EPIPE');
    if (typeof found === 'string') fails.push(found);
    else fails.push(...refusals(sk, found));
    const succeed = () => {
      if (typeof found !== 'string') found.queue.push({ octets, from: sk });
      return { length: octets.length / 2 };
    };
    const fail = (errno: Errno) => {
      forgetting(sk)(errno);
      if (errno !== 'ECONNREFUSED' || to !== null) return;
      sk.peer = null;
      sk.queue = [];
    };
    return { fails, succeed, fail };
  }

  receive(sk: ModelSocket, size: number): Expected {
    if (!sk.open) return CLOSED;
    return this.#type === 'SOCK_STREAM'
      ? receiveStream(sk, size)
      : receiveMessage(sk, size, this.#connects);
  }

  /** Ends directions of a socket, and where it is connected those of its peer. */
  shutdown(sk: ModelSocket, receiving: boolean, sending: boolean): Expected {
    if (!sk.open) return CLOSED;
    return { fails: [], succeed: () => this.#end(sk, receiving, sending) };
  }

  #end(sk: ModelSocket, receiving: boolean, sending: boolean): void {
    sk.receivesNoMore ||= receiving;
    sk.sendsNoMore ||= sending;
    if (!this.#connects || sk.peer === null) return;
    sk.peer.receivesNoMore ||= sending;
    sk.peer.sendsNoMore ||= receiving;
  }

  close(sk: ModelSocket): Expected {
    if (!sk.open) return CLOSED;
    return { fails: [], succeed: () => this.#release(sk, false) };
  }

  #release(sk: ModelSocket, neverAccepted: boolean): void {
    const { name, peer } = sk;
    if (name !== null && this.#names.get(keyOf(name)) === sk) {
      if ('path' in name) this.#names.set(keyOf(name), null);
      else this.#names.delete(keyOf(name));
    }
    this.#end(sk, true, true);
    const unread = sk.queue.length > 0;
    if (peer !== null && this.#connects && (unread || neverAccepted)) peer.error = 'ECONNRESET';
    Object.assign(sk, { open: false, peer: null, queue: [], state: 'close' });
    for (const end of sk.waiting.splice(0)) this.#release(end, true);
  }
}

const keyOf = (name: LocalName): string => JSON.stringify(name);

/** An error that was told is told no more. */
const forgetting = (sk: ModelSocket) => (errno: Errno) => {
  if (errno === sk.error) sk.error = null;
};

/** Most messages that wait from those who are no peer, less one. */
const MAX_DGRAM_QLEN = 10;

function refusals(sk: ModelSocket, to: ModelSocket): Errno[] {
  if (!to.open) return ['ECONNREFUSED'];
  const fails: Errno[] = [];
  if (to.peer !== null && to.peer !== sk) fails.push('EPERM');
  if (to.receivesNoMore) fails.push('EPIPE');
  if (to.peer !== sk && to.queue.length > MAX_DGRAM_QLEN) fails.push('EAGAIN');
  return fails;
}

function connectDatagrams(sk: ModelSocket, found: ModelSocket | Errno): Expected {
  if (typeof found === 'string') return { fails: [found], succeed: nothing };
  const refused = found.peer !== null && found.peer !== sk;
  return { fails: refused ? ['EPERM'] : [], succeed: () => changePeer(sk, found) };
}

/** Sets a datagram socket free. */
export function dissolve(sk: ModelSocket): Expected {
  return sk.open ? { fails: [], succeed: () => changePeer(sk, null) } : CLOSED;
}

function changePeer(sk: ModelSocket, to: ModelSocket | null): void {
  const old = sk.peer;
  sk.peer = to;
  if (old === null || old === to || sk.queue.length === 0) return;
  sk.queue = [];
  if (old.open && old.peer === sk) old.error = 'ECONNRESET';
}

function receiveStream(sk: ModelSocket, size: number): Expected {
  if (sk.state !== 'established') return { fails: ['EINVAL'], succeed: nothing };
  const all = sk.queue.map(({ octets }) => octets).join('');
  const [from] = sk.queue;
  const fails: Errno[] = [];
  if (all === '' && sk.error !== null) fails.push(sk.error);
  else if (all === '' && !sk.receivesNoMore) fails.push('EAGAIN');
  const succeed = () => {
    const rest = all.slice(2 * size);
    sk.queue = rest === '' || from === undefined ? [] : [{ octets: rest, from: from.from }];
    return { octets: all.slice(0, 2 * size) };
  };
  return { fails, succeed, fail: forgetting(sk) };
}

function receiveMessage(sk: ModelSocket, size: number, connects: boolean): Expected {
  if (connects && sk.state !== 'established') {
    return { fails: ['ENOTCONN', 'EAGAIN'], succeed: nothing };
  }
  const fail = forgetting(sk);
  const [first] = sk.queue;
  if (sk.error !== null) return { fails: [sk.error], succeed: nothing, fail };
  if (first === undefined) {
    // Who does not wait may be told of the end, or that there is nothing yet.
    return { fails: ['EAGAIN'], mayEnd: sk.receivesNoMore, succeed: () => ({ octets: '' }) };
  }
  const succeed = () => {
    sk.queue.shift();
    const octets = first.octets.slice(0, 2 * size);
    return { octets, truncated: octets !== first.octets, from: first.from.name };
  };
  return { fails: [], succeed };
}
