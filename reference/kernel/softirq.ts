/**
 * Software interrupts.
 *
 * A hard interrupt does what cannot wait and raises a bit for the rest. The bits are looked at when
 * the outermost hard interrupt ends and when bottom halves are enabled again, so what was raised runs
 * as soon as nothing more urgent is in the way, and with interrupts on. Softirqs do not nest: one that
 * runs is a section with bottom halves disabled. A pass takes all bits that are set, lowest first;
 * what is raised meanwhile waits for the next pass. After a number of passes what is left goes to
 * ksoftirqd, a thread that competes with processes, so that a flood cannot keep them out for ever.
 *
 * Whatever may be interrupted is a generator. What it yields is its owner's affair: processor time,
 * or nothing at all.
 *
 * Source: Linux 2.6.11, kernel/softirq.c and kernel/irq/handle.c; for `linux-6`, Linux 6.18. Left out:
 * other processors, threaded handlers.
 */
import { bug, bugOn } from './bug.ts';

/** @kernel MAX_SOFTIRQ_RESTART */
export const MAX_SOFTIRQ_RESTART = 10;

/** Work of a kernel context, in whatever pieces its owner wants to look at. */
export type Work<Piece> = Generator<Piece, void, void>;

/** Where softirqs are run from. */
export type SoftirqContext = 'interrupt exit' | 'bh enable' | 'ksoftirqd';

/** What a softirq handler is told. */
export interface SoftirqRun {
  readonly context: SoftirqContext;
  /** Of the loop over the pending bits, from 1. */
  readonly pass: number;
}

/** @kernel struct softirq_action */
export type SoftirqAction<Piece> = (run: SoftirqRun) => Work<Piece>;

/** What differs between systems. */
export interface SoftirqRules {
  /** Vectors in the order of their bits. */
  readonly vectors: readonly string[];
  /** Passes before the rest is left to ksoftirqd. */
  readonly maxRestart: number;
  /** Milliseconds, counted in jiffies, after which no further pass is begun. @kernel MAX_SOFTIRQ_TIME */
  readonly maxTimeMs: number;
  /** No further pass is begun when another process should run. */
  readonly yieldsToProcess: boolean;
  /** Hard handlers run with interrupts off, so that none interrupts another. */
  readonly handlersIrqsOff: boolean;
}

export const SOFTIRQS_2_6_11: SoftirqRules = {
  vectors: ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'SCSI', 'TASKLET'],
  maxRestart: MAX_SOFTIRQ_RESTART,
  maxTimeMs: Infinity,
  yieldsToProcess: false,
  handlersIrqsOff: false,
};

export const SOFTIRQS_6_18: SoftirqRules = {
  vectors: [
    ...['HI', 'TIMER', 'NET_TX', 'NET_RX', 'BLOCK'],
    ...['IRQ_POLL', 'TASKLET', 'SCHED', 'HRTIMER', 'RCU'],
  ],
  maxRestart: MAX_SOFTIRQ_RESTART,
  maxTimeMs: 2,
  yieldsToProcess: true,
  handlersIrqsOff: true,
};

/** 4.4BSD runs what was asked for until nothing is; the network is all that there is of it here. */
export const NETISRS_4_4BSD: SoftirqRules = {
  vectors: ['NET_RX'],
  maxRestart: Infinity,
  maxTimeMs: Infinity,
  yieldsToProcess: false,
  handlersIrqsOff: false,
};

/** What one processor knows of its interrupts. */
export interface SoftirqCpu<Piece> {
  readonly rules: SoftirqRules;
  readonly jiffies: () => number;
  /** Jiffies of a second. */
  readonly hz: number;
  /** Called when ksoftirqd, which slept, becomes ready. */
  readonly wakeUp: (by: SoftirqContext | 'process') => void;
  /** @kernel softirq_vec */
  readonly vec: Map<number, SoftirqAction<Piece>>;
  /** @kernel local_softirq_pending — a bit a vector. */
  pending: number;
  /** Hard handlers that have begun and not ended. @kernel hardirq_count */
  hardirqs: number;
  /** Sections with bottom halves disabled, running softirqs included. @kernel softirq_count */
  softirqs: number;
  irqsOff: boolean;
  /** Handlers of interrupts that came while they were off. */
  readonly held: Array<() => Work<Piece>>;
  ksoftirqdReady: boolean;
  needResched: boolean;
}

export function newSoftirqCpu<Piece>(
  owner: Pick<SoftirqCpu<Piece>, 'rules' | 'jiffies' | 'hz' | 'wakeUp'>,
): SoftirqCpu<Piece> {
  return {
    ...owner,
    vec: new Map(),
    pending: 0,
    hardirqs: 0,
    softirqs: 0,
    irqsOff: false,
    held: [],
    ksoftirqdReady: false,
    needResched: false,
  };
}

/** @kernel open_softirq */
export function openSoftirq<Piece>(
  cpu: SoftirqCpu<Piece>,
  vector: string,
  action: SoftirqAction<Piece>,
): void {
  cpu.vec.set(cpu.rules.vectors.indexOf(vector), action);
}

/** @kernel in_interrupt — in a hard handler, in a softirq, or with bottom halves disabled. */
export function inInterrupt(cpu: SoftirqCpu<unknown>): boolean {
  return cpu.hardirqs + cpu.softirqs > 0;
}

/** Sets the bit and trusts that somebody will look. @kernel __raise_softirq_irqoff */
export function markSoftirq(cpu: SoftirqCpu<unknown>, vector: string): void {
  cpu.pending |= 1 << cpu.rules.vectors.indexOf(vector);
}

/** @kernel raise_softirq */
export function raiseSoftirq(cpu: SoftirqCpu<unknown>, vector: string): void {
  markSoftirq(cpu, vector);
  // In an interrupt or with bottom halves disabled, the end of that will look at the bits.
  if (!inInterrupt(cpu)) wakeupSoftirqd(cpu, 'process');
}

/** @kernel wakeup_softirqd */
function wakeupSoftirqd(cpu: SoftirqCpu<unknown>, by: SoftirqContext | 'process'): void {
  if (cpu.ksoftirqdReady) return;
  cpu.ksoftirqdReady = true;
  cpu.wakeUp(by);
}

/**
 * A hard interrupt: its handler and what follows from it. With interrupts off, it is held.
 *
 * @kernel do_IRQ, irq_enter, irq_exit
 */
export function* doIrq<Piece>(cpu: SoftirqCpu<Piece>, handler: () => Work<Piece>): Work<Piece> {
  if (cpu.irqsOff) {
    cpu.held.push(handler);
    return;
  }
  cpu.hardirqs++;
  cpu.irqsOff = cpu.rules.handlersIrqsOff;
  yield* handler();
  cpu.hardirqs--;
  yield* doSoftirq(cpu, 'interrupt exit');
  yield* localIrqEnable(cpu);
}

/** @kernel local_irq_enable — held interrupts are taken at once. */
function* localIrqEnable<Piece>(cpu: SoftirqCpu<Piece>): Work<Piece> {
  cpu.irqsOff = false;
  for (let handler = cpu.held.shift(); handler !== undefined; handler = cpu.held.shift()) {
    yield* doIrq(cpu, handler);
  }
}

/** @kernel local_bh_disable */
export function localBhDisable(cpu: SoftirqCpu<unknown>): void {
  cpu.softirqs++;
}

/** @kernel local_bh_enable */
export function* localBhEnable<Piece>(cpu: SoftirqCpu<Piece>): Work<Piece> {
  cpu.softirqs--;
  yield* doSoftirq(cpu, 'bh enable');
}

/** The jiffies in which so many milliseconds are over. @kernel msecs_to_jiffies */
function msecsToJiffies(ms: number, hz: number): number {
  return Math.ceil((ms * hz) / 1000);
}

/** @kernel do_softirq, __do_softirq */
function* doSoftirq<Piece>(cpu: SoftirqCpu<Piece>, context: SoftirqContext): Work<Piece> {
  if (inInterrupt(cpu) || cpu.pending === 0) return;
  const { maxRestart, maxTimeMs, yieldsToProcess } = cpu.rules;
  const end = cpu.jiffies() + msecsToJiffies(maxTimeMs, cpu.hz);
  cpu.softirqs++;
  let pass = 0;
  do {
    yield* runPending(cpu, { context, pass: ++pass });
    // A bit that was set meanwhile is looked at again while that does no harm to others.
    if (cpu.jiffies() >= end || (yieldsToProcess && cpu.needResched)) break;
  } while (cpu.pending !== 0 && pass < maxRestart);
  if (cpu.pending !== 0) wakeupSoftirqd(cpu, context);
  cpu.softirqs--;
}

/** One pass: the bits are cleared before interrupts are on, so none that comes later is lost. */
function* runPending<Piece>(cpu: SoftirqCpu<Piece>, run: SoftirqRun): Work<Piece> {
  const { pending } = cpu;
  cpu.pending = 0;
  yield* localIrqEnable(cpu);
  for (let bit = 0; pending >> bit !== 0; bit++) {
    if (((pending >> bit) & 1) === 0) continue;
    const action = cpu.vec.get(bit) ?? bug('a raised vector has no handler');
    const before = cpu.softirqs;
    yield* action(run);
    bugOn(cpu.softirqs !== before, 'a softirq ends with bottom halves disabled');
  }
}

/** What the thread does from its wake-up until it sleeps again. @kernel ksoftirqd */
export function* ksoftirqd<Piece>(cpu: SoftirqCpu<Piece>): Work<Piece> {
  while (cpu.pending !== 0) {
    yield* doSoftirq(cpu, 'ksoftirqd');
    // cond_resched: whoever should run instead gets the processor between two rounds.
    cpu.needResched = false;
  }
  cpu.ksoftirqdReady = false;
}
