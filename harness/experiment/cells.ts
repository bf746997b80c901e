/** What the experiment on Vegas measures: cells of runs that differ in seed, buffers or phase alone. */
import type { Profile } from '../../contract/index.ts';
import type { RunPlan } from './one-run.ts';

export interface Cell {
  readonly name: string;
  readonly plans: readonly RunPlan[];
}

interface Common {
  readonly impl: string;
  readonly profile: Profile;
  readonly seed: number;
  /** Runs of a cell with conversations. */
  readonly runs: number;
}

type Variant = Pick<RunPlan, 'control' | 'tunables'>;

const RENO: Variant = { control: 'reno-1990', tunables: {} };
const NEWRENO: Variant = { control: 'newreno', tunables: {} };
const VEGAS_13: Variant = { control: 'vegas', tunables: {} };
const VEGAS_24: Variant = { control: 'vegas', tunables: { vegasBeta: 4, vegasAlpha: 2 } };
const without = (mechanism: string): Variant => ({
  control: 'vegas',
  tunables: { [mechanism]: 0 },
});

const KB = 1024;
const PHASES = Array.from({ length: 10 }, (_, part) => part * 50);
const BUFFERS = [10, 15, 20];

/** One transfer alone, from each part of the tick on. */
function solo(common: Common, variant: Variant, buffers: number, phases = PHASES): RunPlan[] {
  return phases.map((phaseMs) => ({ ...quiet(common, buffers), ...variant, phaseMs }));
}

/** Without conversations. */
function quiet({ impl, profile, seed }: Common, buffers: number) {
  return { impl, profile, seed, buffers, octets: 1024 * KB, load: 0, others: 'reno-1990' };
}

/** With conversations; runs of one place have the same ones in all cells. */
function amid(
  { impl, profile, seed, runs }: Common,
  variant: Variant,
  size: number,
  load: number,
  buffers: readonly number[] = BUFFERS,
): RunPlan[] {
  return Array.from({ length: runs }, (_, run) => ({
    impl,
    profile,
    seed: (seed + 1000 * (run + 1)) >>> 0,
    buffers: buffers[run % buffers.length] ?? 10,
    octets: size * KB,
    load,
    others: 'reno-1990',
    phaseMs: (run * 50) % 500,
    ...variant,
  }));
}

/** One on one, as in the paper's table III: the smaller transfer begins later, by up to 2.5 s. */
const STARTS = 12;
const delayMs = (part: number): number => Math.round((part * 2500) / (STARTS - 1));
/** The larger one begins at as many parts of its tick: by one phase alone Reno comes off better or worse. */
const largePhaseMs = (part: number): number => Math.round((part * 500) / STARTS);

function beside(common: Common, small: Variant, large: Variant): RunPlan[] {
  return [15, 20].flatMap((buffers) =>
    Array.from({ length: STARTS }, (_, part) => ({
      ...quiet(common, buffers),
      ...small,
      octets: 300 * KB,
      phaseMs: delayMs(part) + largePhaseMs(part),
      beside: { octets: 1024 * KB, control: large.control, beforeMs: delayMs(part) },
    })),
  );
}

const PAIRS = [
  ['reno', RENO, 'reno', RENO],
  ['reno', RENO, 'vegas', VEGAS_13],
  ['vegas', VEGAS_13, 'reno', RENO],
  ['vegas', VEGAS_13, 'vegas', VEGAS_13],
] as const;

export function cellsOf(common: Common): Cell[] {
  const cell = (name: string, plans: readonly RunPlan[]): Cell => ({ name, plans });
  const cells = [10, 15, 20, 25].flatMap((buffers) => [
    cell(`solo ${buffers} reno`, solo(common, RENO, buffers)),
    cell(`solo ${buffers} vegas-1,3`, solo(common, VEGAS_13, buffers, [0])),
    cell(`solo ${buffers} vegas-2,4`, solo(common, VEGAS_24, buffers, [0])),
  ]);
  for (const mechanism of ['vegasSlowStart', 'vegasRetransmission', 'vegasAvoidance']) {
    cells.push(cell(`solo 10 without ${mechanism}`, solo(common, without(mechanism), 10)));
  }
  for (const [small, one, large, other] of PAIRS) {
    cells.push(cell(`pair ${small}/${large}`, beside(common, one, other)));
  }
  for (const size of [1024, 512, 128]) {
    cells.push(cell(`amid ${size} 0.8 reno`, amid(common, RENO, size, 0.8)));
    cells.push(cell(`amid ${size} 0.8 vegas-1,3`, amid(common, VEGAS_13, size, 0.8)));
  }
  cells.push(cell('amid 1024 0.8 vegas-2,4', amid(common, VEGAS_24, 1024, 0.8)));
  for (const load of [0.5, 0.6, 0.7]) {
    cells.push(cell(`amid 1024 ${load} reno`, amid(common, RENO, 1024, load)));
    cells.push(cell(`amid 1024 ${load} vegas-2,4`, amid(common, VEGAS_24, 1024, load)));
  }
  for (const load of [0.6, 0.8]) {
    cells.push(cell(`amid 1024 ${load} newreno`, amid(common, NEWRENO, 1024, load)));
  }
  for (const [name, variant] of [
    ['reno', RENO],
    ['vegas-2,4', VEGAS_24],
  ] as const) {
    cells.push(cell(`amid 1024 0.8 40 buffers ${name}`, amid(common, variant, 1024, 0.8, [40])));
  }
  return cells;
}

/** Two transfers whose course is drawn. */
export function tracedPlans(common: Common): readonly RunPlan[] {
  const own = { ...quiet(common, 10), phaseMs: 100, traced: true };
  return [RENO, VEGAS_13].map((variant) => ({ ...own, ...variant }));
}
