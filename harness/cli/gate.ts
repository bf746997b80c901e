/** kernspec gate check, write, update. */
import { existsSync } from 'node:fs';
import { writeOne } from '../../reports/folder.ts';
import type { Results } from '../../reports/results.ts';
import { counted } from '../../reports/text.ts';
import { baselineText, isDate, readBaseline, type Baseline } from '../baseline.ts';
import { baselineOf, EXIT, judge, refuseForeign, unknownEntries } from '../gate.ts';
import { UsageError } from '../problems.ts';
import { joinResults, readResults } from '../results-file.ts';
import { readSpecification } from '../specification.ts';
import { printJudgement } from './judgement.ts';
import { print } from './terminal.ts';

export interface GateCommandOptions {
  readonly baseline: string;
  readonly results?: readonly string[];
  readonly today?: string;
  readonly force?: boolean;
}

export async function gateCommand(what: string, options: GateCommandOptions): Promise<number> {
  const files = options.results ?? ['kernspec-report/results.json'];
  const results = joinResults(files.map(readResults));
  if (what === 'check') return check(results, options);
  const baseline = what === 'update' ? updated(results, options) : written(results, options);
  writeOne(options.baseline, baselineText(baseline));
  print(`${options.baseline}: ${counted(baseline.entries.length, 'known failure')}`);
  return EXIT.asExpected;
}

function check(results: Results, options: GateCommandOptions): number {
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  if (!isDate(today))
    throw new UsageError(`--today wants a date such as 2027-01-31, not "${today}"`);
  const baseline = readBaseline(options.baseline);
  refuseForeign(baseline, results, options.baseline);
  const judgement = judge(results, baseline, keysOf(results), today);
  printJudgement(judgement, { baseline: options.baseline, results: options.results ?? [] });
  return judgement.exit;
}

function written(results: Results, options: GateCommandOptions): Baseline {
  if (existsSync(options.baseline) && options.force !== true) {
    throw new UsageError(
      `${options.baseline} exists; "kernspec gate update" keeps its reasons, --force replaces it`,
    );
  }
  return baselineOf(results);
}

function updated(results: Results, options: GateCommandOptions): Baseline {
  const previous = readBaseline(options.baseline);
  refuseForeign(previous, results, options.baseline);
  const unknown = areScripts(results) ? [] : unknownEntries(previous, keysOf(results));
  for (const { scenario, says } of unknown) {
    const { reason = '' } = previous.entries.find((entry) => entry.scenario === scenario) ?? {};
    print(`dropped  ${scenario}\n    ${says}\n    its reason was: ${reason}`);
  }
  const gone = new Set(unknown.map(({ scenario }) => scenario));
  const entries = previous.entries.filter(({ scenario }) => !gone.has(scenario));
  return baselineOf(results, { ...previous, entries });
}

/** What an entry may be of: a scenario that the specification has, or a script that was run. */
function keysOf(results: Results): readonly string[] {
  const { scenarios } = areScripts(results) ? results : readSpecification();
  return scenarios.map(({ key }) => key);
}

/** A script is a file with one scenario, which goes by its name. */
function areScripts({ scenarios }: Results): boolean {
  return scenarios.some(({ key, feature }) => key === feature);
}
