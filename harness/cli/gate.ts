/** kernspec gate check, write, update. */
import { existsSync } from 'node:fs';
import { writeOne } from '../../reports/folder.ts';
import { counted } from '../../reports/text.ts';
import { baselineText, isDate, readBaseline } from '../baseline.ts';
import { baselineOf, EXIT, judge } from '../gate.ts';
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
  if (what === 'check') {
    const today = options.today ?? new Date().toISOString().slice(0, 10);
    if (!isDate(today))
      throw new UsageError(`--today wants a date such as 2027-01-31, not "${today}"`);
    const keys = readSpecification().scenarios.map(({ key }) => key);
    const judgement = judge(results, readBaseline(options.baseline), keys, today);
    printJudgement(judgement, { baseline: options.baseline, results: options.results ?? [] });
    return judgement.exit;
  }
  if (what === 'write' && existsSync(options.baseline) && options.force !== true) {
    throw new UsageError(
      `${options.baseline} exists; "kernspec gate update" keeps its reasons, --force replaces it`,
    );
  }
  const previous = what === 'update' ? readBaseline(options.baseline) : undefined;
  const baseline = baselineOf(results, previous);
  writeOne(options.baseline, baselineText(baseline));
  print(`${options.baseline}: ${counted(baseline.entries.length, 'known failure')}`);
  return EXIT.asExpected;
}
