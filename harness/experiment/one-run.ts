/** One run of an experiment: a transfer that is measured, and what goes on around it. */
import type { Profile } from '../../contract/index.ts';
import { conversations } from './background.ts';
import { onDumbbell } from './boot.ts';
import type { Sample } from './flow.ts';

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
  /** Of the slow timer, at the beginning. */
  readonly phaseMs: number;
  readonly traced?: boolean;
}

export interface RunResult {
  /** KB a second. */
  readonly rate: number;
  /** KB that were sent again. */
  readonly resent: number;
  readonly timeouts: number;
  readonly lost: number;
  readonly frames: number;
  readonly trace?: Trace;
}

/** Times in nanoseconds since the transfer began. */
export interface Trace {
  readonly window: readonly Sample[];
  readonly queue: readonly Sample[];
  readonly drops: readonly number[];
}

const PORT = 3001;
const KB = 1024;
const NS_PER_MS = 1_000_000;
/** Conversations have it to themselves for so long. */
const WARM_UP_NS = 20_000_000_000;
const LONGEST_NS = 400_000_000_000;

export async function oneRun(plan: RunPlan): Promise<RunResult> {
  const { load, seed, octets, control, phaseMs, traced = false } = plan;
  return onDumbbell(plan, async (dumbbell) => {
    const startNs = (load > 0 ? WARM_UP_NS : 1_000_000_000) + phaseMs * NS_PER_MS;
    if (load > 0) {
      dumbbell.plan(conversations(seed, load, 'reno-1990', startNs + LONGEST_NS));
    }
    dumbbell.plan([{ port: PORT, octets, control, startNs }]);
    await dumbbell.run(startNs + LONGEST_NS, () => dumbbell.flow(PORT)?.done === true);
    const flow = dumbbell.flow(PORT);
    if (flow?.done !== true) throw new Error(`${control}: the transfer does not end`);
    const { sniffer } = dumbbell;
    const since = ([at, value]: Sample): Sample => [at - startNs, value];
    return {
      rate: flow.rate / KB,
      resent: flow.resent / KB,
      timeouts: flow.timeouts,
      lost: flow.lost,
      frames: sniffer.frames,
      ...(traced && {
        trace: {
          window: (flow.window ?? []).map(since),
          queue: (sniffer.queue ?? []).map(since).filter(([at]) => at >= 0),
          drops: sniffer.drops.map((at) => at - startNs),
        },
      }),
    };
  });
}
