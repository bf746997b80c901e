/** What the runs come to: cells in figures, and what is claimed of them beside what the paper has. */
import type { CellFigures, Claim } from '../../reports/experiment.ts';
import type { Cell } from './cells.ts';
import type { RunResult } from './one-run.ts';

export type Results = ReadonlyMap<string, readonly RunResult[]>;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return mean(sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1));
}

function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** @param results - of all plans of the cells, in their order. */
export function byCell(cells: readonly Cell[], results: readonly RunResult[]): Results {
  let from = 0;
  return new Map(
    cells.map(({ name, plans }) => [name, results.slice(from, (from += plans.length))]),
  );
}

export function figuresOf(results: Results): CellFigures[] {
  return [...results].map(([cell, runs]) => {
    const rates = runs.map(({ rate }) => rate);
    const resent = runs.map((run) => run.resent);
    return {
      cell,
      runs: runs.length,
      rate: mean(rates),
      rateSpread: spread(rates),
      resent: mean(resent),
      resentMedian: median(resent),
      timeouts: mean(runs.map((run) => run.timeouts)),
    };
  });
}

export function claimsOf(results: Results): Claim[] {
  const cell = (name: string): readonly RunResult[] => {
    const runs = results.get(name);
    if (runs === undefined) throw new Error(`there is no cell ${name}`);
    return runs;
  };
  const rate = (name: string) => mean(cell(name).map((run) => run.rate));
  const resent = (name: string) => mean(cell(name).map((run) => run.resent));
  const timeouts = (name: string) => mean(cell(name).map((run) => run.timeouts));
  const ratio = (one: string, other: string) => rate(one) / rate(other);
  const part = (one: string, other: string) => resent(one) / resent(other);
  const wins = (one: string, other: string) =>
    mean(cell(one).map((run, at) => (run.rate > (cell(other)[at]?.rate ?? 0) ? 100 : 0)));
  const claims: Claim[] = [];
  const claim = (
    id: string,
    what: string,
    ours: number,
    paper: string,
    [least, most]: readonly [number, number],
  ) => claims.push({ id, what, ours, paper, least, most, holds: ours >= least && ours <= most });

  for (const [variant, name] of [
    ['1,3', 'vegas-1,3'],
    ['2,4', 'vegas-2,4'],
  ] as const) {
    const own = `solo 10 ${name}`;
    claim('V1', `Vegas-${variant} alone, 10 buffers: KB a second`, rate(own), '169', [158, 178]);
    claim('V1', `Vegas-${variant} alone, 10 buffers: KB sent again`, resent(own), '0', [0, 0]);
  }
  claim('V2', 'Reno alone, 10 buffers: KB a second', rate('solo 10 reno'), '123', [112, 132]);
  claim('V2', 'Reno alone, 10 buffers: KB sent again', resent('solo 10 reno'), '-', [30, 55]);
  claim('V2', 'Reno alone, 10 buffers: coarse timeouts', timeouts('solo 10 reno'), '1', [1, 1]);
  const alone = ratio('solo 10 vegas-1,3', 'solo 10 reno');
  claim('V3', 'Vegas to Reno alone, 10 buffers: rate', alone, '1.37', [1.31, 1.55]);
  for (const buffers of [20, 25]) {
    const own = ratio(`solo ${buffers} vegas-1,3`, `solo ${buffers} reno`);
    claim('V4', `Vegas to Reno alone, ${buffers} buffers: rate`, own, 'no gain', [0.9, 1.03]);
  }
  const headline = [
    [1024, '1.37', [1.22, 1.53], '0.51', [0.36, 0.62]],
    [512, '1.38', [1.25, 1.7], '0.38', [0.24, 0.48]],
    [128, '1.71', [1.4, 2.1], '0.17', [0.08, 0.26]],
  ] as const;
  for (const [size, rates, rateBand, losses, lossBand] of headline) {
    const [vegas, reno] = [`amid ${size} 0.8 vegas-1,3`, `amid ${size} 0.8 reno`];
    const what = `Vegas-1,3 to Reno, ${size} KB amid conversations`;
    claim('V6', `${what}: rate`, ratio(vegas, reno), rates, rateBand);
    claim('V6', `${what}: sent again`, part(vegas, reno), losses, lossBand);
  }
  const [vegas13, vegas24, reno] = ['vegas-1,3', 'vegas-2,4', 'reno'].map(
    (name) => `amid 1024 0.8 ${name}`,
  ) as [string, string, string];
  const notes = 'the words of the notes, Vegas-2,4';
  claim('V7', `${notes}: % more`, 100 * (ratio(vegas24, reno) - 1), '42', [31, 71]);
  claim('V7', `${notes}: % fewer sent again`, 100 * (1 - part(vegas24, reno)), '39', [20, 50]);
  claim('V8', 'Vegas-1,3 is faster in % of the runs', wins(vegas13, reno), '92', [75, 100]);
  const fewer = timeouts(vegas13) / timeouts(reno);
  claim('V8', 'Vegas-1,3 to Reno: coarse timeouts', fewer, '0.24', [0, 0.5]);
  for (const load of [0.5, 0.6, 0.7, 0.8]) {
    const [one, other] = [`amid 1024 ${load} vegas-2,4`, `amid 1024 ${load} reno`];
    claim('V9', `Vegas-2,4 to Reno at load ${load}: rate`, ratio(one, other), '-', [1.2, 9]);
    claim('V9', `Vegas-2,4 to Reno at load ${load}: sent again`, part(one, other), '-', [0, 0.72]);
  }
  for (const load of [0.6, 0.8]) {
    const [one, other] = [`amid 1024 ${load} vegas-2,4`, `amid 1024 ${load} newreno`];
    claim('V10', `Vegas-2,4 to NewReno at load ${load}: rate`, ratio(one, other), '-', [0.85, 1.1]);
    claim('V10', `the same: sent again`, part(one, other), '-', [0, 0.85]);
  }
  const [one, other] = ['vegas-2,4', 'reno'].map((name) => `amid 1024 0.8 40 buffers ${name}`) as [
    string,
    string,
  ];
  claim('V10', 'Vegas-2,4 to Reno, 40 buffers: rate', ratio(one, other), '-', [0, 1.05]);
  claim('V10', 'the same: sent again', part(one, other), '-', [0, 0.85]);
  const ablation = ratio('solo 10 without vegasSlowStart', 'solo 10 reno');
  claim('V11', 'without its slow start, alone: rate', ablation, '-', [0.95, 1.1]);
  const kept = ratio('solo 10 without vegasRetransmission', 'solo 10 reno');
  claim('V11', 'without its retransmission, alone: rate', kept, '-', [1.31, 1.55]);
  return claims;
}
