/**
 * A stream from one host of a lab to another: a program that writes as soon as there is room, and one that
 * reads as soon as something has come.
 *
 * Each octet tells its place in the stream, so what is read is held against what stands there.
 */
import assert from 'node:assert/strict';
import type { Errno } from '../../contract/index.ts';
import type { ClientPorts, MaybeAsleep } from '../client.ts';
import { filling } from '../packets/index.ts';
import type { Prepared } from './row.ts';

type Tcp = ClientPorts['tcp'];

/** A program with a connection, on a host. */
export interface StreamEnd {
  readonly tcp: Tcp;
  readonly task: string;
  readonly socket: string;
}

/** Octets after which the stream looks as it did before. */
const PERIOD = 251;
/** Most octets in one call; writing less at a time costs less where there is no room for them. */
const MOST = 65_536;
const USUAL = 4096;
const PATTERN = filling(MOST + PERIOD);

/** What stands at a place of a stream, from 0. */
export function streamAt(place: number, length: number): string {
  const from = 2 * (place % PERIOD);
  return PATTERN.slice(from, from + 2 * length);
}

/** The connection is no more. */
export class StreamBroken extends assert.AssertionError {}

/**
 * The value of a call that does not wait; undefined where there is nothing to be had yet.
 *
 * @throws StreamBroken - the call fails.
 */
function atOnce<Value>(outcome: MaybeAsleep<Value, Errno>, what: string): Value | undefined {
  if ('ok' in outcome) return outcome.ok;
  assert.ok('errno' in outcome, `${what} without waiting does not answer at once`);
  if (outcome.errno === 'EAGAIN') return undefined;
  const message = `what ${what} fails with`;
  throw new StreamBroken({ message, actual: outcome.errno, expected: 'EAGAIN' });
}

/** Octets of each call in turn, again and again from the first. */
export type Sizes = readonly number[];

export class StreamWriter {
  readonly #end: StreamEnd;
  readonly #length: number;
  readonly #sizes: Sizes;
  #calls = 0;
  #ended = false;
  /** Octets that were taken. */
  moved = 0;
  /** The last call found no room. */
  full = false;

  /** @param length - of the stream; infinity where it never ends. */
  constructor(end: StreamEnd, length: number, sizes: Sizes = [USUAL]) {
    this.#end = end;
    this.#length = length;
    this.#sizes = sizes;
  }

  /** All is written, and the stream has been ended. */
  get done(): boolean {
    return this.#ended;
  }

  /** Writes until there is no more room, and ends the stream behind its last octet. */
  async goOn(): Promise<void> {
    const { tcp, task, socket } = this.#end;
    while (this.moved < this.#length) {
      const size = Math.min(this.#nextSize(), this.#length - this.moved);
      const octets = streamAt(this.moved, size);
      const taken = atOnce(await tcp.send({ socket, task, octets, dontWait: true }), 'writing');
      this.full = taken === undefined || taken.length < size;
      if (taken !== undefined) this.moved += taken.length;
      if (this.full) return;
      this.#calls++;
    }
    if (this.#ended) return;
    this.#ended = true;
    const ending = await tcp.shutdown({ socket, how: 'SHUT_WR' });
    assert.ok('ok' in ending, 'the end of the stream cannot be told');
  }

  #nextSize(): number {
    return this.#sizes[this.#calls % this.#sizes.length] ?? MOST;
  }
}

export class StreamReader {
  readonly #end: StreamEnd;
  readonly #sizes: Sizes;
  #calls = 0;
  /** Octets that have come. */
  moved = 0;
  /** The stream has ended. */
  done = false;

  constructor(end: StreamEnd, sizes: Sizes = [MOST]) {
    this.#end = end;
    this.#sizes = sizes;
  }

  /** Reads what is there, each octet held against what was written. */
  async goOn(): Promise<void> {
    const { tcp, task, socket } = this.#end;
    while (!this.done) {
      const size = this.#sizes[this.#calls % this.#sizes.length] ?? MOST;
      const got = atOnce(await tcp.receive({ socket, task, size, dontWait: true }), 'reading');
      if (got === undefined) return;
      this.#calls++;
      const length = got.octets.length / 2;
      assert.equal(got.octets, streamAt(this.moved, length), `what is read from ${this.moved}`);
      this.moved += length;
      this.done = length === 0;
    }
  }
}

/** How large the buffers of a connection are to be; as they are where it is left out. */
export interface StreamBuffers {
  readonly sending?: number | undefined;
  readonly receiving?: number | undefined;
}

/** A host and the program on it. */
export interface StreamHost {
  readonly ports: Pick<ClientPorts, 'tcp'>;
  readonly task: string;
}

/**
 * Begins a connection: the server listens, and the client begins to connect; the lab has to run for it.
 *
 * The buffers are those of both ends, the client's for sending and the server's for receiving first.
 */
export async function beginStream(
  client: StreamHost,
  server: StreamHost,
  to: { readonly address: string; readonly port: number },
  { sending, receiving }: StreamBuffers,
  prepared: Prepared,
): Promise<BegunStream> {
  const listening = await opened(server, { receiving }, prepared);
  prepared(await listening.tcp.bind({ socket: listening.socket, to }));
  prepared(await listening.tcp.listen({ socket: listening.socket, backlog: 1 }));
  const end = await opened(client, { sending }, prepared);
  const { tcp, task, socket } = end;
  // What it comes to is told by the socket that is accepted.
  await tcp.connect({ socket, task, to, dontWait: true });
  return { client: end, listening };
}

export interface BegunStream {
  readonly client: StreamEnd;
  readonly listening: StreamEnd;
}

/** The server's end of a connection that is complete; undefined before. */
export async function acceptStream({ listening }: BegunStream): Promise<StreamEnd | undefined> {
  const { tcp, task, socket } = listening;
  const accepted = atOnce(await tcp.accept({ socket, task, dontWait: true }), 'accepting');
  return accepted && { tcp, task, socket: accepted.socket };
}

async function opened(
  { ports: { tcp }, task }: StreamHost,
  { sending, receiving }: StreamBuffers,
  prepared: Prepared,
): Promise<StreamEnd> {
  const { socket } = prepared(await tcp.open({}));
  for (const [option, value] of [
    ['SO_SNDBUF', sending],
    ['SO_RCVBUF', receiving],
  ] as const) {
    if (value !== undefined) prepared(await tcp.setOption({ socket, option, value }));
  }
  return { tcp, task, socket };
}
