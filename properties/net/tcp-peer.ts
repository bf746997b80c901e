/** A connection whose other end the suite plays, in numbers that count from the SYN of each side. */
import assert from 'node:assert/strict';
import { filling } from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import type { Context } from '../property.ts';
import { newHost, packetsIn, receivePacket, transmittedBy, type Host } from './host.ts';

const PORT = 80;
const PEER_PORT = 40_001;
/** Near the end of the numbers, so that they begin anew in the midst of a stream. */
const USUAL_ISN = 0xffff_f000;
export const MSS = 1000;
const TASK = 'program';
/** Numbers in a second, at most: one that goes faster would come round within the life of a segment. */
const FASTEST_CLOCK = 20_000_000;
/** And at least: one that goes slower would be waited for longer than time can be let go by. */
const SLOWEST_CLOCK = 10_000;

export interface BufferSizes {
  readonly sending?: number;
  readonly receiving?: number;
}

/** What is different from the usual. */
export interface PeerOptions extends BufferSizes {
  /** Sequence number of the peer's SYN. */
  readonly isn?: number;
  /** The one of the host's SYN, as near as its clock lets the peer choose it. */
  readonly hostIsn?: number;
}

interface Segment {
  readonly flags?: readonly ('SYN' | 'ACK' | 'PSH' | 'FIN' | 'RST')[];
  readonly sequence: number;
  readonly ack: number;
  readonly window: number;
  readonly data?: string;
}

/** Octets of the host in a segment that the peer has got. */
export interface Received {
  readonly begin: number;
  readonly end: number;
}

const word32 = (value: number): number => value >>> 0;

/** What stands at a place of a stream, in either direction: its first octet has number 1. */
export function streamOf(begin: number, end: number): string {
  return filling(end - begin, (begin - 1) % 251);
}

export class TcpPeer {
  readonly #context: Context;
  readonly #host: Host;
  readonly #isn: number;
  /** A SYN has come, so that the host's first number is known. */
  #greeted = false;
  #hostIsn = 0;
  /** What the host's segments have said last. */
  acked = 1;
  window = 0;
  socket = '';

  private constructor(context: Context, host: Host, isn: number) {
    this.#context = context;
    this.#host = host;
    this.#isn = isn;
  }

  /** A connection that the host's program has accepted. */
  static async accepted(context: Context, window: number, options: PeerOptions): Promise<TcpPeer> {
    const host = await newHost(context);
    const peer = new TcpPeer(context, host, options.isn ?? USUAL_ISN);
    const { tcp } = context.ports;
    const { socket: listening } = valueOf(await tcp.open({}));
    const { sending, receiving } = options;
    if (sending !== undefined) await setSize(context, listening, 'SO_SNDBUF', sending);
    if (receiving !== undefined) await setSize(context, listening, 'SO_RCVBUF', receiving);
    valueOf(await tcp.bind({ socket: listening, to: { address: host.address, port: PORT } }));
    valueOf(await tcp.listen({ socket: listening, backlog: 5 }));
    if (options.hostIsn !== undefined) await peer.#waitFor(options.hostIsn);
    await peer.send({ flags: ['SYN'], sequence: 0, ack: 0, window });
    await peer.received();
    assert.ok(peer.#greeted, 'no SYN-ACK has come');
    await peer.send({ sequence: 1, ack: 1, window });
    const call = { socket: listening, task: TASK, dontWait: true };
    peer.socket = valueOf(await tcp.accept(call)).socket;
    return peer;
  }

  /**
   * Lets time go by until the host is about to choose that number. The numbers of a pair of ends go with a
   * clock (RFC 9293, section 3.4.1); of a host whose numbers do not, nothing is asked.
   */
  async #waitFor(isn: number): Promise<void> {
    const first = await this.#askIsn();
    await this.#pass(1);
    const second = await this.#askIsn();
    const perSecond = word32(second - first);
    if (perSecond < SLOWEST_CLOCK || perSecond > FASTEST_CLOCK) return;
    await this.#pass(word32(isn - second) / perSecond);
  }

  async #pass(seconds: number): Promise<void> {
    const { network } = this.#context.ports;
    const { at } = valueOf(await network.now({}));
    valueOf(await network.advance({ to: at + Math.round(seconds * 1e9) }));
  }

  /** Asks for a connection, and takes it back. */
  async #askIsn(): Promise<number> {
    await this.send({ flags: ['SYN'], sequence: 0, ack: 0, window: 0 });
    await this.received();
    await this.send({ flags: ['RST'], sequence: 1, ack: 0, window: 0 });
    return this.#hostIsn;
  }

  async send({ flags = ['ACK'], sequence, ack, window, data = '' }: Segment): Promise<void> {
    const { address, neighbour } = this.#host;
    await receivePacket(this.#context, this.#host, {
      kind: 'ipv4',
      source: neighbour,
      destination: address,
      payload: {
        kind: 'tcp',
        sourcePort: PEER_PORT,
        destinationPort: PORT,
        sequence: word32(this.#isn + sequence),
        acknowledgment: word32(this.#hostIsn + ack),
        flags: [...flags],
        window,
        options: flags.includes('SYN') ? [{ kind: 'mss', value: MSS }] : [],
        data,
      },
    });
  }

  /** Takes the segments that have come; each has the octets that belong at its place. */
  async received(): Promise<Received[]> {
    const got: Received[] = [];
    for (const { payload } of packetsIn(await transmittedBy(this.#context, this.#host))) {
      assert.equal(payload.kind, 'tcp', 'something else than a segment has come');
      if (payload.flags.includes('SYN')) {
        this.#greeted = true;
        this.#hostIsn = payload.sequence;
      }
      this.acked = word32(payload.acknowledgment - this.#isn);
      this.window = payload.window;
      if (payload.data === '') continue;
      const begin = word32(payload.sequence - this.#hostIsn);
      const end = begin + payload.data.length / 2;
      assert.equal(payload.data, streamOf(begin, end), `what stands at ${begin} of the stream`);
      got.push({ begin, end });
    }
    return got;
  }

  /** The program writes without waiting. @returns octets taken. */
  async write(begin: number, length: number): Promise<number> {
    const octets = streamOf(begin, begin + length);
    const { socket } = this;
    const call = { socket, task: TASK, octets, dontWait: true };
    const outcome = await this.#context.ports.tcp.send(call);
    return 'errno' in outcome && outcome.errno === 'EAGAIN' ? 0 : valueOf(outcome).length;
  }

  /** The program reads without waiting. */
  async read(size: number): Promise<string> {
    const call = { socket: this.socket, task: TASK, size, dontWait: true };
    const outcome = await this.#context.ports.tcp.receive(call);
    return 'errno' in outcome && outcome.errno === 'EAGAIN' ? '' : valueOf(outcome).octets;
  }

  async occupancy() {
    return valueOf(await this.#context.ports.tcp.occupancy({ socket: this.socket }));
  }

  async bufferSize(option: 'SO_SNDBUF' | 'SO_RCVBUF'): Promise<number> {
    const { tcp } = this.#context.ports;
    return Number(valueOf(await tcp.getOption({ socket: this.socket, option })).value);
  }
}

async function setSize(
  { ports: { tcp } }: Context,
  socket: string,
  option: 'SO_SNDBUF' | 'SO_RCVBUF',
  value: number,
): Promise<void> {
  valueOf(await tcp.setOption({ socket, option, value }));
}
