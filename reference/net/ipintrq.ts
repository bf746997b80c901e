/**
 * The IP input queue of 4.4BSD.
 *
 * The driver appends a packet and asks for the network's software interrupt; ipintr takes one after
 * the other until the queue is empty. It knows no budget: as long as packets come, nothing of lower
 * priority runs.
 *
 * Source: 4.4BSD-Lite2, net/if.h (IF_QFULL, IFQ_MAXLEN), net/if_ethersubr.c, ether_input,
 * netinet/ip_input.c, ipintr. Left out: the other protocols' queues.
 */
import type { Work } from '../kernel/softirq.ts';

/** @kernel IFQ_MAXLEN */
const IFQ_MAXLEN = 50;

/** @kernel struct ifqueue */
export interface IfQueue<Packet> {
  readonly packets: Packet[];
  total: number;
  /** @kernel ifq_drops */
  dropped: number;
}

export function newIfQueue<Packet>(): IfQueue<Packet> {
  return { packets: [], total: 0, dropped: 0 };
}

/**
 * The end of a driver's work; at splimp, so that nothing takes from the queue meanwhile.
 *
 * @returns whether the packet was queued.
 * @kernel ether_input
 */
export function etherInput<Packet>(
  queue: IfQueue<Packet>,
  packet: Packet,
  schednetisr: () => void,
): boolean {
  queue.total++;
  schednetisr();
  if (queue.packets.length >= IFQ_MAXLEN) {
    queue.dropped++;
    return false;
  }
  queue.packets.push(packet);
  return true;
}

/** @kernel ipintr */
export function* ipintr<Packet, Piece>(
  queue: IfQueue<Packet>,
  receive: (packet: Packet) => Work<Piece> | undefined,
): Work<Piece> {
  for (let packet = queue.packets.shift(); packet !== undefined; packet = queue.packets.shift()) {
    const steps = receive(packet);
    if (steps !== undefined) yield* steps;
  }
}
