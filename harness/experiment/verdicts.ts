/** What the runs of each cell come to. */
import type { CellFigures } from '../../reports/experiment.ts';
import type { Cell } from './cells.ts';
import type { RunResult } from './one-run.ts';

export type Results = ReadonlyMap<string, readonly RunResult[]>;

export const mean = (values: readonly number[]): number =>
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
