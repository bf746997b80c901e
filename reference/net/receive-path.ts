/**
 * A host that does nothing but receive, in virtual time: device, interrupt, queue, softirq, user.
 *
 * One processor. An arrival interrupts whatever runs but another interrupt; what was interrupted goes
 * on afterwards. Each context says how much of the processor it wants next, and the one on top of the
 * stack gets it up to the next arrival. Below the stack stands ksoftirqd, and below that the user, who
 * gets what nobody else wants. So the strict order of priorities is nowhere a rule: it follows from
 * who may interrupt whom.
 *
 * Source: Linux 2.6.11, kernel/softirq.c and net/core/dev.c; J. Mogul and K. Ramakrishnan, Eliminating
 * receive livelock in an interrupt-driven kernel, 1996. Left out: caches, switching times, a ksoftirqd
 * that is nicer than the user.
 */
import { bugOn } from '../kernel/bug.ts';
import {
  doIrq,
  ksoftirqd,
  markSoftirq,
  newSoftirqCpu,
  openSoftirq,
  type SoftirqCpu,
  type SoftirqRules,
  type Work,
} from '../kernel/softirq.ts';
import type { InputSide } from './input-side.ts';
import type { Softnet } from './net-rx.ts';
import {
  asserts,
  frameArrives,
  maskAndSchedule,
  newRxPoll,
  newRxRing,
  type RxRing,
} from './rx-ring.ts';

const NS_PER_SECOND = 1_000_000_000;
const HZ = 1000;
const NS_PER_JIFFY = NS_PER_SECOND / HZ;

/** More than this between two ticks of the nanosecond clock, and somebody goes in a circle. */
const MAX_STEPS_AT_ONCE = 100_000;

export interface Load {
  readonly polling: boolean;
  readonly framesPerSecond: number;
  readonly durationNs: number;
  readonly interruptNs: number;
  readonly protocolNs: number;
  readonly ring: number;
}

/** Frames are numbered in the order in which they arrive. */
type Frame = number;

export type Context = 'interrupt' | 'softirq' | 'ksoftirqd' | 'user';

/** Processor time that a context wants before it goes on. */
interface Demand {
  readonly context: Context;
  ns: number;
}

/** What differs between systems. */
export interface NetworkSystem {
  readonly softirqs: SoftirqRules;
  readonly inputSide: (softnet: Softnet<Frame, Demand>) => InputSide<Frame, Demand>;
}

interface Host {
  readonly load: Load;
  readonly cpu: SoftirqCpu<Demand>;
  readonly ring: RxRing<Frame>;
  readonly stack: Array<{ readonly work: Work<Demand>; demand: Demand | undefined }>;
  readonly handler: () => Work<Demand>;
  readonly time: Record<Context, number>;
  now: number;
  /** When the next frame arrives. */
  next: number;
  offered: number;
  delivered: number;
  interrupts: number;
  /** Frames that a handler or the protocols have in hand. */
  inHand: number;
}

export interface Received {
  readonly offered: number;
  readonly delivered: number;
  readonly droppedAtRing: number;
  readonly droppedAtQueue: number;
  readonly waiting: number;
  readonly interrupts: number;
  readonly time: Readonly<Record<Context, number>>;
}

export function receive(load: Load, system: NetworkSystem): Received {
  const cpu = newSoftirqCpu<Demand>({
    rules: system.softirqs,
    jiffies: () => Math.floor(host.now / NS_PER_JIFFY),
    hz: HZ,
    wakeUp: () => undefined,
  });
  let runsIn: Context = 'softirq';
  const softnet: Softnet<Frame, Demand> = {
    jiffies: cpu.jiffies,
    raise: () => markSoftirq(cpu, 'NET_RX'),
    receive: () => protocols(host, runsIn),
    pollList: [],
    timeSqueeze: 0,
  };
  const input = system.inputSide(softnet);
  openSoftirq(cpu, 'NET_RX', function* ({ context }) {
    runsIn = context === 'ksoftirqd' ? 'ksoftirqd' : 'softirq';
    yield* input.action();
  });
  const ring = newRxRing<Frame>(load.ring);
  const device = newRxPoll(softnet, ring);
  const host: Host = {
    load,
    cpu,
    ring,
    stack: [],
    handler: load.polling
      ? () => pollingHandler(host, () => maskAndSchedule(softnet, ring, device))
      : () => handOver(host, input.enqueue),
    time: { interrupt: 0, softirq: 0, ksoftirqd: 0, user: 0 },
    now: 0,
    next: 0,
    offered: 0,
    delivered: 0,
    interrupts: 0,
    inHand: 0,
  };
  for (let idle = 0; host.now < load.durationNs;) {
    const { now } = host;
    step(host);
    idle = host.now > now ? 0 : idle + 1;
    bugOn(idle > MAX_STEPS_AT_ONCE, 'the host does not come to the end of an instant');
  }
  return {
    offered: host.offered,
    delivered: host.delivered,
    droppedAtRing: ring.dropped,
    droppedAtQueue: input.stat().dropped,
    waiting: ring.frames.length + input.stat().length + host.inHand,
    interrupts: host.interrupts,
    time: host.time,
  };
}

/** When the frame of that number arrives. */
function arrival({ framesPerSecond }: Load, frame: Frame): number {
  return Math.floor((frame * NS_PER_SECOND) / framesPerSecond);
}

/** The handler of a driver without polling: a frame an interrupt, queued when its cost was paid. */
function* handOver(host: Host, enqueue: (frame: Frame) => unknown): Work<Demand> {
  host.interrupts++;
  const frame = host.ring.frames.shift();
  host.inHand++;
  yield { context: 'interrupt', ns: host.load.interruptNs };
  host.inHand--;
  if (frame !== undefined) enqueue(frame);
}

function* pollingHandler(host: Host, maskAndAsk: () => void): Work<Demand> {
  host.interrupts++;
  yield { context: 'interrupt', ns: host.load.interruptNs };
  maskAndAsk();
}

function* protocols(host: Host, context: Context): Work<Demand> {
  host.inHand++;
  yield { context, ns: host.load.protocolNs };
  host.inHand--;
  host.delivered++;
}

/** What arrived is in the ring; then the device interrupts, or the topmost context goes on. */
function step(host: Host): void {
  const { cpu, stack, ring, load } = host;
  while (host.next <= host.now) {
    frameArrives(ring, host.offered++);
    host.next = arrival(load, host.offered);
  }
  if (asserts(ring) && cpu.hardirqs === 0 && !cpu.irqsOff) begin(host, doIrq(cpu, host.handler));
  else if (stack.length === 0 && cpu.ksoftirqdReady) begin(host, ksoftirqd(cpu));
  const top = stack.at(-1);
  if (top === undefined) pass(host, { context: 'user', ns: load.durationNs });
  else if (top.demand !== undefined && top.demand.ns > 0) pass(host, top.demand);
  else advance(host, top);
}

function begin({ stack }: Host, work: Work<Demand>): void {
  stack.push({ work, demand: undefined });
}

function advance({ stack }: Host, top: Host['stack'][number]): void {
  const next = top.work.next();
  if (next.done) stack.pop();
  else top.demand = next.value;
}

/** Time passes, at most to the next arrival. */
function pass(host: Host, demand: Demand): void {
  const until = Math.min(host.next, host.load.durationNs);
  const ns = Math.min(demand.ns, until - host.now);
  demand.ns -= ns;
  host.time[demand.context] += ns;
  host.now += ns;
}
