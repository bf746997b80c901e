/**
 * Watches one direction of a connection at its sender: what leaves it, and how far it has been told it may go.
 *
 * Only what arrives unharmed counts, as the host itself tells it: a router passes on a segment whose checksum is
 * wrong. A window is never taken back: so late ACKs change nothing.
 *
 * Source: RFC 9293, section 3.8.6; RFC 7323, section 2.
 */
import { decode, type EthernetFrame, type TcpSegment } from '../packets/index.ts';
import type { Seen } from './host.ts';

/** Both ends of a connection, as the sender sees them. */
export interface FlowEnds {
  readonly host: string;
  readonly address: string;
  /** 0 for any: a system chooses the ports of clients. */
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
}

/** A probe of a closed window may be an octet long. */
const PROBE = 1;

const distance = (from: number, to: number): number => (to - from) | 0;

export class FlowWatch {
  readonly #ends: FlowEnds;
  #isn: number | undefined;
  /** Shifts that the two SYNs have named. */
  #ownScale: number | undefined;
  #peerScale: number | undefined;
  /** Octets of the stream, from 0: behind what has left, been acknowledged, and been offered. */
  sent = 0;
  acked = 0;
  edge = 0;
  /** Octets of the longest segment. */
  longest = 0;
  /** Most that was under way at any time. */
  mostUnderWay = 0;
  /** By how much the window was exceeded at most, probes aside. */
  mostBeyond = 0;
  /** How long the same octets, or the FIN, have been sent again and again, in nanoseconds. */
  tryingNs = 0;
  #triedSince: number | undefined;

  constructor(ends: FlowEnds) {
    this.#ends = ends;
  }

  see({ host, direction, frame, at }: Seen): void {
    if (host !== this.#ends.host) return;
    const { payload } = decode(frame) as EthernetFrame;
    if (payload?.kind !== 'ipv4' || payload.payload.kind !== 'tcp') return;
    const { address, peer } = this.#ends;
    const { source, destination, payload: segment } = payload;
    if (direction === 'out' && source === address && destination === peer) {
      this.#leaves(segment, at);
    }
    const unharmed = payload.checksumRight === true && segment.checksumRight === true;
    if (direction === 'in' && unharmed && source === peer && destination === address) {
      this.#comes(segment);
    }
  }

  #leaves(segment: TcpSegment, at: number): void {
    const { port, peerPort } = this.#ends;
    if (!isPort(port, segment.sourcePort) || !isPort(peerPort, segment.destinationPort)) return;
    if (segment.flags.includes('SYN')) {
      this.#isn = segment.sequence;
      this.#ownScale = scaleOf(segment);
    }
    const length = segment.data.length / 2;
    if (this.#isn === undefined) return;
    if (length > 0 || segment.flags.includes('FIN')) {
      this.#triedSince ??= at;
      this.tryingNs = at - this.#triedSince;
    }
    if (length === 0) return;
    const begin = distance(this.#isn, segment.sequence) - 1;
    const end = begin + length;
    this.longest = Math.max(this.longest, length);
    this.sent = Math.max(this.sent, end);
    this.mostUnderWay = Math.max(this.mostUnderWay, this.sent - this.acked);
    const beyond = end - this.edge - (length === PROBE ? PROBE : 0);
    this.mostBeyond = Math.max(this.mostBeyond, beyond);
  }

  #comes(segment: TcpSegment): void {
    const { port, peerPort } = this.#ends;
    if (!isPort(peerPort, segment.sourcePort) || !isPort(port, segment.destinationPort)) return;
    const syn = segment.flags.includes('SYN');
    if (syn) this.#peerScale = scaleOf(segment);
    if (this.#isn === undefined || !segment.flags.includes('ACK')) return;
    const scaled = this.#ownScale !== undefined && this.#peerScale !== undefined && !syn;
    const window = segment.window * (scaled ? 2 ** (this.#peerScale ?? 0) : 1);
    const acked = distance(this.#isn, segment.acknowledgment) - 1;
    if (acked > this.acked) this.#triedSince = undefined;
    this.acked = Math.max(this.acked, acked);
    this.edge = Math.max(this.edge, acked + window);
  }
}

const isPort = (wanted: number, port: number): boolean => wanted === 0 || wanted === port;

function scaleOf({ options }: TcpSegment): number | undefined {
  const option = options.find(({ kind }) => kind === 'window-scale');
  return option?.kind === 'window-scale' ? Math.min(option.shift, 14) : undefined;
}
