/** A server played by the property, to which the host connects, and the way into every state. */
import assert from 'node:assert/strict';
import type { TcpState } from '../../contract/index.ts';
import type { TcpFlag } from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import type { Context } from '../property.ts';
import { packetsIn, receivePacket, transmittedBy, type Host } from './host.ts';
import type { Injected, Window } from './tcp-states.ts';

const word32 = (value: number): number => value >>> 0;
const TASK = 'client';
/** Any, and the same for all that is sent. */
const OCTET = '61';
const WINDOW = 0xffff;

export class ServerPeer {
  readonly #context: Context;
  readonly #host: Host;
  readonly #port: number;
  readonly #isn: number;
  #local = 0;
  #socket = '';
  /** The next number of each side, absolute. */
  #own: number;
  #theirs = 0;
  /** What the host has acknowledged last, and the window that it has offered then. */
  #acked = 0;
  #offered = 0;

  /** @param isn - of this side; its SYN has that number. */
  constructor(context: Context, host: Host, port: number, isn: number) {
    this.#context = context;
    this.#host = host;
    this.#port = port;
    this.#isn = word32(isn);
    this.#own = this.#isn;
  }

  /** Brings a connection of the host into a state. */
  async bringInto(state: TcpState): Promise<void> {
    await this.#begin(state === 'LISTEN');
    if (state === 'CLOSED') await this.#peerSends(['RST', 'ACK']);
    if (state === 'CLOSED' || state === 'LISTEN' || state === 'SYN_SENT') return;
    if (state === 'SYN_RECEIVED') {
      await this.#peerSends(['SYN']);
      return;
    }
    await this.#peerSends(['SYN', 'ACK']);
    if (['CLOSE_WAIT', 'LAST_ACK'].includes(state)) await this.#peerSends(['FIN', 'ACK']);
    if (['ESTABLISHED', 'CLOSE_WAIT'].includes(state)) return;
    const before = this.#theirs;
    await this.#shutDown();
    // For the two ends to cross each other, the peer must not acknowledge the host's.
    if (state === 'CLOSING') await this.#peerSends(['FIN', 'ACK'], before);
    if (['FIN_WAIT_2', 'TIME_WAIT'].includes(state)) await this.#peerSends(['ACK']);
    if (state === 'TIME_WAIT') await this.#peerSends(['FIN', 'ACK']);
  }

  async #begin(listens: boolean): Promise<void> {
    const { tcp } = this.#context.ports;
    this.#socket = valueOf(await tcp.open({})).socket;
    if (listens) {
      valueOf(await tcp.listen({ socket: this.#socket, backlog: 1 }));
      this.#local = valueOf(await tcp.name({ socket: this.#socket })).port;
      return;
    }
    const to = { address: this.#host.neighbour, port: this.#port };
    await tcp.connect({ socket: this.#socket, task: TASK, to, dontWait: true });
    await this.#look();
    assert.ok(this.#local !== 0, 'the host sends no SYN');
  }

  /** The peer sends what it has to say next. */
  async #peerSends(flags: readonly TcpFlag[], ack = this.#theirs): Promise<void> {
    await this.#send({ flags, sequence: this.#own, ack, length: 0 });
    if (flags.includes('SYN') || flags.includes('FIN')) this.#own = word32(this.#own + 1);
    await this.#look();
  }

  async #shutDown(): Promise<void> {
    valueOf(await this.#context.ports.tcp.shutdown({ socket: this.#socket, how: 'SHUT_WR' }));
    await this.#look();
  }

  /** A segment comes, with numbers that count from those that the host expects. */
  async inject(segment: Injected): Promise<void> {
    const [sequence, ack] = [this.#own + segment.sequence, this.#theirs + segment.ack];
    await this.#send({ ...segment, sequence: word32(sequence), ack: word32(ack) });
    await this.#look();
  }

  async #send({ flags, sequence, ack, length }: Injected): Promise<void> {
    const { address, neighbour } = this.#host;
    await receivePacket(this.#context, this.#host, {
      kind: 'ipv4',
      source: neighbour,
      destination: address,
      payload: {
        kind: 'tcp',
        sourcePort: this.#port,
        destinationPort: this.#local,
        sequence,
        ...(flags.includes('ACK') && { acknowledgment: ack }),
        flags: [...flags],
        window: WINDOW,
        ...(flags.includes('URG') && { urgentPointer: 1 }),
        data: OCTET.repeat(length),
      },
    });
  }

  /** Learns what the host's segments say. */
  async #look(): Promise<void> {
    for (const { payload } of packetsIn(await transmittedBy(this.#context, this.#host))) {
      if (payload.kind !== 'tcp' || payload.destinationPort !== this.#port) continue;
      if (payload.flags.includes('RST')) continue;
      this.#local = payload.sourcePort;
      const numbers = ['SYN', 'FIN'].filter((flag) => payload.flags.includes(flag as TcpFlag));
      this.#theirs = word32(payload.sequence + payload.data.length / 2 + numbers.length);
      if (!payload.flags.includes('ACK')) continue;
      this.#acked = payload.acknowledgment;
      this.#offered = payload.window;
    }
  }

  /** What the host has said that it takes. */
  get window(): Window {
    const unacknowledged = (this.#own - this.#acked) | 0;
    return { offered: this.#offered - unacknowledged, unacknowledged };
  }

  /** The state of the connection; CLOSED where there is none. */
  async state(): Promise<TcpState> {
    const { connections } = valueOf(await this.#context.ports['tcp-info'].connections({}));
    const found = connections.find(
      ({ local, peer, state }) =>
        local.port === this.#local &&
        (state === 'LISTEN' || (peer.port === this.#port && peer.address === this.#host.neighbour)),
    );
    return found?.state ?? 'CLOSED';
  }

  async close(): Promise<void> {
    const call = { socket: this.#socket, task: TASK };
    await this.#context.ports.tcp.close(call);
    await this.#send({ flags: ['RST'], sequence: this.#own, ack: 0, length: 0 });
    await this.#look();
  }
}
