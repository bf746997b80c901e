/** One run of an experiment: a transfer that is measured, and what goes on around it. */
import type { Profile } from '../../contract/index.ts';
import { conversations } from './background.ts';
import { onDumbbell } from './boot.ts';
import type { Dumbbell } from './dumbbell.ts';
import type { Flow, Sample } from './flow.ts';

/** As plain data, since a run may be made by another thread. */
export interface RunPlan {
  readonly impl: string;
  readonly profile: Profile;
  readonly seed: number;
  readonly buffers: number;
  readonly octets: number;
  readonly control: string;
  readonly tunables: Readonly<Record<string, number>>;
  /** Part of the bottleneck that conversations take; 0: there are none. */
  readonly load: number;
  /** Congestion control of the conversations. */
  readonly others: string;
  /** Of the slow timer, at the beginning. */
  readonly phaseMs: number;
  /** A transfer that has begun before, over the same path. */
  readonly beside?: Beside;
  readonly traced?: boolean;
}

export interface Beside {
  readonly octets: number;
  readonly control: string;
  readonly beforeMs: number;
}

export interface RunResult {
  /** KB a second. */
  readonly rate: number;
  /** KB that were sent again. */
  readonly resent: number;
  readonly timeouts: number;
  /** Milliseconds from the beginning to the first of them; -1 without one. */
  readonly firstTimeoutMs: number;
  readonly lost: number;
  readonly frames: number;
  /** Frames that waited from 3 s on, if nothing else was on the way: the fewest, and the most. */
  readonly waiting?: readonly [fewest: number, most: number];
  /** The most that ever did. */
  readonly mostWaiting: number;
  /** Of the transfer that had begun before. */
  readonly other?: Pick<RunResult, 'rate' | 'resent' | 'timeouts'>;
  readonly trace?: Trace;
}

/** Times in nanoseconds since the transfer began. */
export interface Trace {
  readonly window: readonly Sample[];
  readonly queue: readonly Sample[];
  readonly drops: readonly number[];
}

const PORT = 3001;
const OTHER_PORT = 3002;
const KB = 1024;
const NS_PER_MS = 1_000_000;
/** Conversations have it to themselves for so long. */
const WARM_UP_NS = 20_000_000_000;
/** Later than any transfer begins that is not amid conversations. */
const QUIET_NS = 5_000_000_000;
/**
 * One on one both have connected by then, one after the other: the small transfer is to be inside the large one, and
 * where its SYN finds the bottleneck full it begins 6 s later, when the large one is over.
 */
const CONNECT_NS = 3_000_000_000;
const OTHER_CONNECT_NS = 2_000_000_000;
const LONGEST_NS = 400_000_000_000;
/** A transfer has settled, and is about to end. */
const SETTLED_NS = 3_000_000_000;
const ENDING_NS = 400_000_000;

export async function oneRun(plan: RunPlan): Promise<RunResult> {
  const alone = plan.load === 0 && plan.beside === undefined;
  const traced = plan.traced === true || alone;
  return onDumbbell({ ...plan, traced }, async (dumbbell) => {
    const startNs = (plan.load > 0 ? WARM_UP_NS : QUIET_NS) + plan.phaseMs * NS_PER_MS;
    await transfers(dumbbell, plan, startNs);
    const { sniffer } = dumbbell;
    const flow = ended(dumbbell, PORT);
    return {
      ...outcomeOf(flow),
      firstTimeoutMs: flow.timeouts > 0 ? (flow.firstTimeoutAt - flow.startedAt) / NS_PER_MS : -1,
      lost: flow.lost,
      frames: sniffer.frames,
      mostWaiting: sniffer.mostWaiting,
      ...(plan.beside && { other: outcomeOf(ended(dumbbell, OTHER_PORT)) }),
      ...(alone && { waiting: waitingWhile(flow, sniffer.queue ?? []) }),
      ...(plan.traced && { trace: traceOf(dumbbell, flow, startNs) }),
    };
  });
}

async function transfers(dumbbell: Dumbbell, plan: RunPlan, startNs: number): Promise<void> {
  const { seed, load, octets, control, others, beside } = plan;
  if (load > 0) dumbbell.plan(conversations(seed, load, others, startNs + LONGEST_NS));
  const measured = { port: PORT, octets, control, startNs };
  if (beside === undefined) dumbbell.plan([measured]);
  else {
    const before = beside.beforeMs * NS_PER_MS;
    dumbbell.plan([{ ...measured, connectNs: CONNECT_NS }]);
    dumbbell.plan([
      { ...beside, port: OTHER_PORT, startNs: startNs - before, connectNs: OTHER_CONNECT_NS },
    ]);
  }
  const ports = beside === undefined ? [PORT] : [PORT, OTHER_PORT];
  await dumbbell.run(startNs + LONGEST_NS, () =>
    ports.every((port) => dumbbell.flow(port)?.done === true),
  );
}

function ended(dumbbell: Dumbbell, port: number): Flow {
  const flow = dumbbell.flow(port);
  if (flow?.done === true) return flow;
  throw new Error(`${flow?.plan.control}: the transfer does not end in ${LONGEST_NS / 1e9} s`);
}

const outcomeOf = ({ rate, resent, timeouts }: Flow) => ({
  rate: rate / KB,
  resent: resent / KB,
  timeouts,
});

function waitingWhile({ startedAt, endedAt }: Flow, queue: readonly Sample[]): [number, number] {
  const [from, to] = [startedAt + SETTLED_NS, endedAt - ENDING_NS];
  const waiting = queue.filter(([at]) => at >= from && at <= to).map(([, frames]) => frames);
  return [Math.min(...waiting), Math.max(...waiting)];
}

function traceOf({ sniffer }: Dumbbell, flow: Flow, startNs: number): Trace {
  const since = ([at, value]: Sample): Sample => [at - startNs, value];
  return {
    window: (flow.window ?? []).map(since),
    queue: (sniffer.queue ?? []).map(since).filter(([at]) => at >= 0),
    drops: sniffer.drops.map((at) => at - startNs),
  };
}
