/** Reads of the frames of the dumbbell what a flow has to know, without decoding all of each. */
import { LINK_HEADER, lengthOf, sendingNs, type Frame, type Seen } from '../lab/index.ts';
import type { Flow, Sample } from './flow.ts';

/** Places in a frame: Ethernet, IPv4 without options, TCP. */
const IP = LINK_HEADER;
const TCP = IP + 20;

/** The value of each hex digit by its character code. */
const DIGIT = Uint8Array.from({ length: 128 }, (_, code) =>
  Number.parseInt(String.fromCharCode(code), 16),
);

function digitAt(frame: string, at: number): number {
  return DIGIT[frame.charCodeAt(at)] ?? 0;
}

function octetAt(frame: Frame, at: number): number {
  if (typeof frame !== 'string') return frame[at] ?? 0;
  return 16 * digitAt(frame, 2 * at) + digitAt(frame, 2 * at + 1);
}

function be16(frame: Frame, at: number): number {
  return (octetAt(frame, at) << 8) | octetAt(frame, at + 1);
}

function be32(frame: Frame, at: number): number {
  return be16(frame, at) * 0x1_0000 + be16(frame, at + 2);
}

export const SYN = 0x02;

export interface TcpFrame {
  readonly source: number;
  readonly destination: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly length: number;
}

export function tcpFrame(frame: Frame): TcpFrame | undefined {
  if (be16(frame, 12) !== 0x0800 || octetAt(frame, IP + 9) !== 6) return undefined;
  const header = 4 * (octetAt(frame, TCP + 12) >> 4);
  return {
    source: be16(frame, TCP),
    destination: be16(frame, TCP + 2),
    sequence: be32(frame, TCP + 4),
    acknowledgment: be32(frame, TCP + 8),
    flags: octetAt(frame, TCP + 13),
    length: be16(frame, IP + 2) - 20 - header,
  };
}

/** What a program has to do, since something has come. */
export interface Wakes {
  /** The connection is there. */
  connected(flow: Flow): void;
  /** The first data have come. */
  firstData(flow: Flow): void;
  acked(flow: Flow): void;
  arrived(flow: Flow): void;
  ended(flow: Flow): void;
}

export class Sniffer {
  readonly flows = new Map<number, Flow>();
  /** Frames that wait at the bottleneck, whenever one comes; kept if asked for. */
  readonly queue: Sample[] | undefined;
  /** When frames were dropped there. */
  readonly drops: number[] = [];
  /** Frames of data that were sent. */
  frames = 0;
  mostWaiting = 0;
  readonly #wakes: Wakes;
  readonly #bitsPerSecond: number;
  #freeAt = 0;
  #begins: number[] = [];

  constructor(wakes: Wakes, bitsPerSecond: number, traced: boolean) {
    this.#wakes = wakes;
    this.#bitsPerSecond = bitsPerSecond;
    this.queue = traced ? [] : undefined;
  }

  seen({ host, direction, at: time, frame, remark }: Seen<Frame>): void {
    const dropped = remark?.startsWith('dropped') === true;
    if (host === 'A' && direction === 'out') this.#passes(time, lengthOf(frame), dropped);
    // What leaves the receiver is looked at where it arrives.
    if (host !== 'A' && direction === 'out') return;
    const tcp = tcpFrame(frame);
    if (tcp === undefined) return;
    if (host === 'A') this.#atSender(time, direction, tcp, dropped);
    else this.#atReceiver(time, tcp);
  }

  #passes(time: number, octets: number, dropped: boolean): void {
    this.frames += 1;
    if (dropped) this.drops.push(time);
    else {
      const begins = Math.max(time, this.#freeAt);
      this.#freeAt = begins + sendingNs(octets, this.#bitsPerSecond);
      if (begins > time) this.#begins.push(begins);
    }
    while ((this.#begins[0] ?? Infinity) <= time) this.#begins.shift();
    this.mostWaiting = Math.max(this.mostWaiting, this.#begins.length);
    this.queue?.push([time, this.#begins.length]);
  }

  #atSender(time: number, direction: 'in' | 'out', tcp: TcpFrame, dropped: boolean): void {
    const flow = this.flows.get(direction === 'out' ? tcp.source : tcp.destination);
    if (flow === undefined) return;
    if (direction === 'out') {
      flow.left(time, tcp.sequence, tcp.length, (tcp.flags & SYN) !== 0, dropped);
    } else if ((tcp.flags & SYN) !== 0) {
      this.#wakes.connected(flow);
    } else {
      flow.acknowledged(time, tcp.acknowledgment);
      this.#wakes.acked(flow);
    }
  }

  #atReceiver(time: number, { source, sequence, length, flags }: TcpFrame): void {
    const flow = this.flows.get(source);
    if (flow === undefined || (flags & SYN) !== 0) return;
    const was = flow.done;
    if (flow.arrived(time, sequence, length)) this.#wakes.firstData(flow);
    if (!flow.done) this.#wakes.arrived(flow);
    else if (!was) this.#wakes.ended(flow);
  }
}
