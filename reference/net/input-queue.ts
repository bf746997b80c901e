/**
 * The input queue: where a driver without polling leaves a packet for the NET_RX softirq.
 *
 * The queue takes up a burst that comes faster than protocols can work, and is bounded, so that a
 * flood costs no more than the bound. In 2.6.11 a queue that was full once takes nothing more until
 * it has been emptied. It is itself one of the devices that the softirq polls.
 *
 * Source: Linux 2.6.11, net/core/dev.c, netif_rx, get_sample_stats, process_backlog; for `linux-6`,
 * Linux 6.18, enqueue_to_backlog. Left out: a queue a processor, flow limits.
 */
import {
  netRxComplete,
  netRxSchedule,
  newPollDevice,
  type PollDevice,
  type Softnet,
} from './net-rx.ts';

/** @kernel netdev_max_backlog in 2.6.11 */
const NETDEV_MAX_BACKLOG = 300;

/** @kernel netdev_max_backlog from 2.6.13 on */
const NETDEV_MAX_BACKLOG_6 = 1000;

/** @kernel no_cong, lo_cong, mod_cong: averages above which there is congestion, low to high. */
const NO_CONG = 20;
const LO_CONG = 100;
const MOD_CONG = 290;

export type NetRxAnswer =
  'NET_RX_SUCCESS' | 'NET_RX_DROP' | 'NET_RX_CN_LOW' | 'NET_RX_CN_MOD' | 'NET_RX_CN_HIGH';

export interface InputQueue<Packet, Piece> {
  readonly softnet: Softnet<Packet, Piece>;
  /** The queue as a device to be polled. */
  readonly backlogDev: PollDevice<Piece>;
  /** @kernel input_pkt_queue */
  packets: Packet[];
  /** Taken over from the queue, to be handed on without a lock; Linux 6 only. @kernel process_queue */
  taken: Packet[];
  throttle: boolean;
  /** @kernel avg_blog */
  average: number;
  total: number;
  dropped: number;
  /** How often the throttle was switched on. */
  throttled: number;
}

function newQueue<Packet, Piece>(
  softnet: Softnet<Packet, Piece>,
  process: (queue: InputQueue<Packet, Piece>, limit: number) => Generator<Piece, number, void>,
): InputQueue<Packet, Piece> {
  const queue: InputQueue<Packet, Piece> = {
    softnet,
    backlogDev: newPollDevice((limit) => process(queue, limit)),
    packets: [],
    taken: [],
    throttle: false,
    average: 0,
    total: 0,
    dropped: 0,
    throttled: 0,
  };
  return queue;
}

export function newInputQueue<Packet, Piece>(
  softnet: Softnet<Packet, Piece>,
): InputQueue<Packet, Piece> {
  return newQueue(softnet, processBacklog);
}

export function newInputQueue6<Packet, Piece>(
  softnet: Softnet<Packet, Piece>,
): InputQueue<Packet, Piece> {
  return newQueue(softnet, processBacklog6);
}

/** @kernel netif_rx of Linux 2.6.11 */
export function netifRx<Packet>(queue: InputQueue<Packet, unknown>, packet: Packet): NetRxAnswer {
  const { packets } = queue;
  queue.total++;
  // Not below: one more than the limit is held.
  if (packets.length <= NETDEV_MAX_BACKLOG) {
    if (packets.length === 0) {
      queue.throttle = false;
      netRxSchedule(queue.softnet, queue.backlogDev);
    }
    if (queue.throttle) return drop(queue);
    packets.push(packet);
    return congestion(queue);
  }
  if (!queue.throttle) queue.throttled++;
  queue.throttle = true;
  return drop(queue);
}

function drop(queue: { dropped: number }): NetRxAnswer {
  queue.dropped++;
  return 'NET_RX_DROP';
}

/** How full the queue has been of late, the newcomer included. @kernel get_sample_stats */
function congestion(queue: { average: number; readonly packets: readonly unknown[] }): NetRxAnswer {
  queue.average = (queue.average >> 1) + (queue.packets.length >> 1);
  if (queue.average > MOD_CONG) return 'NET_RX_CN_HIGH';
  if (queue.average > LO_CONG) return 'NET_RX_CN_MOD';
  return queue.average > NO_CONG ? 'NET_RX_CN_LOW' : 'NET_RX_SUCCESS';
}

/** @kernel process_backlog of Linux 2.6.11 */
function* processBacklog<Packet, Piece>(
  queue: InputQueue<Packet, Piece>,
  limit: number,
): Generator<Piece, number, void> {
  const { softnet, backlogDev } = queue;
  const start = softnet.jiffies();
  for (let work = 0; ;) {
    const packet = queue.packets.shift();
    if (packet === undefined) {
      netRxComplete(softnet, backlogDev);
      queue.throttle = false;
      return work;
    }
    const steps = softnet.receive(packet);
    if (steps !== undefined) yield* steps;
    work++;
    // Whether the queue is empty now shows at the next turn.
    if (work >= limit || softnet.jiffies() - start > 1) return work;
  }
}

/** @kernel enqueue_to_backlog of Linux 6.18 */
export function netifRx6<Packet>(queue: InputQueue<Packet, unknown>, packet: Packet): NetRxAnswer {
  const { packets } = queue;
  queue.total++;
  // Not below: one more than the limit is held. What was taken over does not count.
  if (packets.length > NETDEV_MAX_BACKLOG_6) return drop(queue);
  if (packets.length === 0) netRxSchedule(queue.softnet, queue.backlogDev);
  packets.push(packet);
  return 'NET_RX_SUCCESS';
}

/** @kernel process_backlog of Linux 6.18 */
function* processBacklog6<Packet, Piece>(
  queue: InputQueue<Packet, Piece>,
  limit: number,
): Generator<Piece, number, void> {
  for (let work = 0; ;) {
    const packet = queue.taken.shift();
    if (packet !== undefined) {
      const steps = queue.softnet.receive(packet);
      if (steps !== undefined) yield* steps;
      if (++work >= limit) return work;
    } else if (queue.packets.length > 0) {
      queue.taken = queue.packets.splice(0);
    } else {
      netRxComplete(queue.softnet, queue.backlogDev);
      return work;
    }
  }
}
