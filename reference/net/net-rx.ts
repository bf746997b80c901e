/**
 * The NET_RX softirq: devices that have packets are polled in turn, within a budget.
 *
 * A device that has something asks to be polled and stands on a list. Each turn it may hand over as
 * many packets as its weight says, then the next one has its turn. When the budget or the time of one
 * run is used up, the softirq is raised again and ends: others are to have the processor in between.
 *
 * Source: Linux 2.6.11, net/core/dev.c, net_rx_action; for `linux-6`, Linux 6.18. Left out: other
 * processors, threaded and busy polling, the second look at the list before a run of 6.18 ends.
 */
import type { Work } from '../kernel/softirq.ts';

/** Packets a device may hand over in one turn. @kernel weight_p, NAPI_POLL_WEIGHT */
export const POLL_WEIGHT = 64;

/** Packets in one run of the softirq. @kernel netdev_max_backlog in 2.6.11, netdev_budget later */
export const NETDEV_BUDGET = 300;

/** Jiffies that one run of the softirq may take. @kernel netdev_budget_usecs */
const NETDEV_BUDGET_JIFFIES = 2;

/** @kernel struct net_device, struct napi_struct */
export interface PollDevice<Piece> {
  /** Hands over packets, at most so many, and returns how many; done for now, it leaves the list. */
  readonly poll: (limit: number) => Generator<Piece, number, void>;
  /** On the list, or being polled. @kernel __LINK_STATE_RX_SCHED, NAPI_STATE_SCHED */
  scheduled: boolean;
  /** What is left of its weight; 2.6.11 only. */
  quota: number;
}

/** @kernel struct softnet_data */
export interface Softnet<Packet, Piece> {
  readonly jiffies: () => number;
  /** Raises NET_RX, from inside an interrupt or softirq. */
  readonly raise: () => void;
  /** Hands a packet to the protocols; what is done in one piece has no steps. @kernel netif_receive_skb */
  readonly receive: (packet: Packet) => Work<Piece> | undefined;
  /** @kernel poll_list */
  pollList: Array<PollDevice<Piece>>;
  /** @kernel time_squeeze */
  timeSqueeze: number;
}

export function newPollDevice<Piece>(poll: PollDevice<Piece>['poll']): PollDevice<Piece> {
  return { poll, scheduled: false, quota: 0 };
}

/** @kernel netif_rx_schedule, napi_schedule */
export function netRxSchedule<Piece>(
  softnet: Softnet<never, Piece>,
  device: PollDevice<Piece>,
): void {
  if (device.scheduled) return;
  device.scheduled = true;
  device.quota = POLL_WEIGHT;
  softnet.pollList.push(device);
  softnet.raise();
}

/** The device has nothing more. @kernel netif_rx_complete, napi_complete */
export function netRxComplete<Piece>(
  softnet: Softnet<never, Piece>,
  device: PollDevice<Piece>,
): void {
  device.scheduled = false;
  const at = softnet.pollList.indexOf(device);
  if (at >= 0) softnet.pollList.splice(at, 1);
}

/** @kernel net_rx_action of Linux 2.6.11 */
export function* netRxAction<Piece>(softnet: Softnet<never, Piece>): Work<Piece> {
  const start = softnet.jiffies();
  let budget = NETDEV_BUDGET;
  for (let device = softnet.pollList[0]; device !== undefined; device = softnet.pollList[0]) {
    if (budget <= 0 || softnet.jiffies() - start > 1) {
      softnet.timeSqueeze++;
      softnet.raise();
      return;
    }
    const work = yield* device.poll(Math.min(device.quota, budget));
    device.quota -= work;
    budget -= work;
    if (!device.scheduled) continue;
    // It has more: the others first, then again with its full weight.
    softnet.pollList.push(...softnet.pollList.splice(0, 1));
    device.quota = POLL_WEIGHT;
  }
}

/** Who used up its weight has to wait for the next run. @kernel net_rx_action of Linux 6.18 */
export function* netRxAction6<Piece>(softnet: Softnet<never, Piece>): Work<Piece> {
  const start = softnet.jiffies();
  let budget = NETDEV_BUDGET;
  const list = softnet.pollList.splice(0);
  const repoll: Array<PollDevice<Piece>> = [];
  for (let device = list.shift(); device !== undefined; device = list.shift()) {
    const work = yield* device.poll(POLL_WEIGHT);
    budget -= work;
    if (work >= POLL_WEIGHT) repoll.push(device);
    if (budget <= 0 || softnet.jiffies() - start >= NETDEV_BUDGET_JIFFIES) {
      softnet.timeSqueeze++;
      break;
    }
  }
  softnet.pollList = [...list, ...softnet.pollList, ...repoll];
  if (softnet.pollList.length > 0) softnet.raise();
}
