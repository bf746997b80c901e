/** kernspec experiment. */
import path from 'node:path';
import type { Profile } from '../../contract/index.ts';
import {
  bandText,
  renderExperiment,
  type CellFigures,
  type Claim,
  type Drawn,
} from '../../reports/experiment.ts';
import { folderToWrite, writeOne } from '../../reports/folder.ts';
import { claimsOf } from '../experiment/bands.ts';
import { cellsOf, tracedPlans } from '../experiment/cells.ts';
import type { RunPlan, RunResult } from '../experiment/one-run.ts';
import { runAll } from '../experiment/run-all.ts';
import { byCell, figuresOf } from '../experiment/verdicts.ts';
import { UsageError } from '../problems.ts';
import { colour, print, progressOn } from './terminal.ts';

export interface ExperimentOptions {
  readonly impl: string;
  readonly profile?: Profile;
  readonly seed: number;
  readonly runs: number;
  readonly parallel: number;
  readonly out: string;
}

/** What the figures may be read as. */
const HONESTY = [
  'The notes say that Vegas has 31 % to 71 % better throughput than Reno and 20 % to 50 % less losses.',
  'The paper says 37 % to 71 % better, with one-fifth to one-half of the losses. They differ.',
  'Both are against the Reno of 1990, on the Internet of 1994; the conversations here are synthetic, their load chosen.',
  'Against NewReno Vegas gains a tenth; where 20 buffers or more hold all that may be under way, nothing.',
  'The bands are those of another simulation, with 60 runs a figure; what is not met is shown as such.',
  'Linux has Vegas as an option only.',
];

export async function experimentCommand(name: string, options: ExperimentOptions): Promise<number> {
  if (name !== 'vegas') throw new UsageError(`there is no experiment ${name}; there is vegas`);
  const { impl, seed, runs, parallel, out, profile = 'bsd-4.4' } = options;
  folderToWrite(out);
  const common = { impl, profile, seed, runs };
  const cells = cellsOf(common);
  const plans: RunPlan[] = [...cells.flatMap((cell) => cell.plans), ...tracedPlans(common)];
  const results = await withProgress(plans, parallel);
  const byName = byCell(cells, results);
  const [figures, claims] = [figuresOf(byName), claimsOf(byName)];
  print(tables(figures, claims).join('\n'));
  const drawn = ['Reno', 'Vegas'].map((title, at): Drawn => {
    const trace = results[results.length - 2 + at]?.trace;
    return { title, window: [], queue: [], drops: [], ...trace };
  });
  const write = (file: string, text: string) => writeOne(path.join(out, file), text);
  write('vegas.csv', csv(figures, claims));
  write('vegas.html', renderExperiment({ honesty: HONESTY, figures, claims, drawn }));
  print(`\n${HONESTY.join('\n')}\n\nwritten: ${out}/vegas.csv, ${out}/vegas.html`);
  return claims.every(({ holds }) => holds) ? 0 : 1;
}

async function withProgress(plans: readonly RunPlan[], threads: number): Promise<RunResult[]> {
  const progress = progressOn(process.stderr);
  progress.started(plans.length);
  const results = await runAll(plans, threads, () => progress.finished('pass'));
  progress.clear();
  return results;
}

function tables(figures: readonly CellFigures[], claims: readonly Claim[]): string[] {
  const lines = [
    'transfer                                 runs  KB/s  spread  KB again  median  timeouts',
  ];
  for (const { cell, runs, rate, rateSpread, resent, resentMedian, timeouts } of figures) {
    lines.push(
      cell.padEnd(40) +
        String(runs).padStart(5) +
        rate.toFixed(1).padStart(7) +
        rateSpread.toFixed(1).padStart(7) +
        resent.toFixed(1).padStart(9) +
        resentMedian.toFixed(1).padStart(9) +
        timeouts.toFixed(2).padStart(9),
    );
  }
  lines.push('', `${'claim'.padEnd(76)}ours   paper   band`);
  for (const claim of claims) {
    const { id, what, ours, paper, holds } = claim;
    const line = `${id.padEnd(4)}${what.padEnd(68)}${ours.toFixed(2).padStart(8)}${paper.padStart(8)}   ${bandText(claim)}`;
    lines.push(holds ? `${line}  met` : colour.red(`${line}  not met`));
  }
  return lines;
}

function csv(figures: readonly CellFigures[], claims: readonly Claim[]): string {
  const quoted = (text: string) => `"${text}"`;
  const rows = figures.map((one) =>
    [
      quoted(one.cell),
      one.runs,
      one.rate,
      one.rateSpread,
      one.resent,
      one.resentMedian,
      one.timeouts,
    ].join(','),
  );
  const judged = claims.map((one) =>
    [one.id, quoted(one.what), one.ours, quoted(one.paper), one.least, one.most, one.holds].join(
      ',',
    ),
  );
  return [
    'cell,runs,KB a second,spread,KB sent again,median,timeouts',
    ...rows,
    '',
    'id,claim,ours,paper,least,most,holds',
    ...judged,
    '',
  ].join('\n');
}
