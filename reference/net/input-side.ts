/** What each system has between its drivers and its protocols, in one shape. */
import type { Work } from '../kernel/softirq.ts';
import {
  netifRx,
  netifRx6,
  newInputQueue,
  newInputQueue6,
  type InputQueue,
  type NetRxAnswer,
} from './input-queue.ts';
import { etherInput, ipintr, newIfQueue } from './ipintrq.ts';
import { netRxAction, netRxAction6, type Softnet } from './net-rx.ts';

export interface InputSide<Packet, Piece> {
  /** The last thing that an interrupt handler does with a packet. */
  readonly enqueue: (packet: Packet) => NetRxAnswer;
  /** What the network's softirq does. */
  readonly action: () => Work<Piece>;
  readonly stat: () => InputStat;
}

export interface InputStat {
  /** Packets that wait. */
  readonly length: number;
  readonly throttle: boolean;
  readonly total: number;
  readonly dropped: number;
  /** How often the throttle was switched on. */
  readonly throttled: number;
}

export function inputSide2611<Packet, Piece>(
  softnet: Softnet<Packet, Piece>,
): InputSide<Packet, Piece> {
  const queue = newInputQueue(softnet);
  return {
    enqueue: (packet) => netifRx(queue, packet),
    action: () => netRxAction(softnet),
    stat: () => statOf(queue),
  };
}

export function inputSide618<Packet, Piece>(
  softnet: Softnet<Packet, Piece>,
): InputSide<Packet, Piece> {
  const queue = newInputQueue6(softnet);
  return {
    enqueue: (packet) => netifRx6(queue, packet),
    action: () => netRxAction6(softnet),
    stat: () => statOf(queue),
  };
}

function statOf<Packet, Piece>(queue: InputQueue<Packet, Piece>): InputStat {
  const { packets, taken, throttle, total, dropped, throttled } = queue;
  return { length: packets.length + taken.length, throttle, total, dropped, throttled };
}

export function inputSide44bsd<Packet, Piece>(
  softnet: Softnet<Packet, Piece>,
): InputSide<Packet, Piece> {
  const queue = newIfQueue<Packet>();
  return {
    enqueue: (packet) =>
      etherInput(queue, packet, softnet.raise) ? 'NET_RX_SUCCESS' : 'NET_RX_DROP',
    action: () => ipintr(queue, softnet.receive),
    stat: () => {
      const { packets, total, dropped } = queue;
      return { length: packets.length, throttle: false, total, dropped, throttled: 0 };
    },
  };
}
