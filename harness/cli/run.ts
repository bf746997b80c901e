/** kernspec run. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Profile } from '../../contract/index.ts';
import { folderToWrite } from '../../reports/folder.ts';
import { renderSummary } from '../../reports/terminal.ts';
import { REPORT_FORMATS, writeReports, type ReportFormat } from '../../reports/write.ts';
import type { Baseline } from '../baseline.ts';
import { EXIT, judge, NO_BASELINE, type Judgement } from '../gate.ts';
import { readBook, run, type RunOptions, type RunOutcome } from '../run.ts';
import { printJudgement, writtenLine, type JudgedFiles } from './judgement.ts';
import { onSignals } from './signals.ts';
import { colour, print, progressOn, width } from './terminal.ts';

export interface RunCommandOptions {
  readonly impl: string;
  readonly profile?: Profile;
  readonly peer?: string;
  readonly peerProfile?: Profile;
  readonly seed: number;
  readonly callTimeout: number;
  readonly isolate?: boolean;
  readonly fresh?: boolean;
  readonly only?: readonly string[];
  readonly shard?: string;
  readonly parallel?: number;
  readonly runs: number;
  readonly maxRestarts: number;
  readonly maxWait: number;
  readonly format?: readonly string[];
  readonly out: string;
  readonly baseline?: string;
  readonly figures?: boolean;
}

export async function runCommand(options: RunCommandOptions): Promise<number> {
  const formats = options.format ?? [...REPORT_FORMATS, 'messages'];
  const keeps = formats.some((format) => format !== 'none');
  const baseline = await baselineFrom(options.baseline);
  if (keeps) folderToWrite(options.out);
  const book = readBook();
  const interruption = onSignals();
  const progress = progressOn(process.stderr);
  const outcome = await run(
    { ...runOptions(options, formats), progress, signal: interruption.signal },
    book,
  );
  progress.clear();
  interruption.stop();
  const paths = await writeAll(outcome, options.out, formats);
  const summary = renderSummary(outcome.results, {
    colour: colour.isColorSupported,
    width: width(),
    figures: options.figures ?? false,
  });
  print(summary.trimEnd());
  const keys = book.specification.scenarios.map(({ key }) => key);
  const today = new Date().toISOString().slice(0, 10);
  const judgement = judge(outcome.results, baseline ?? NO_BASELINE, keys, today);
  if (options.baseline !== undefined) printJudgement(judgement, judgedFiles(options, paths));
  if (paths.length > 0) print(writtenLine(options.out, paths));
  if (judgement.exit === EXIT.nothingRan) printNothingRan(outcome);
  return exitCode(judgement, outcome, interruption.exit());
}

async function baselineFrom(file: string | undefined): Promise<Baseline | undefined> {
  return file === undefined ? undefined : (await import('../baseline.ts')).readBaseline(file);
}

function runOptions(options: RunCommandOptions, formats: readonly string[]): RunOptions {
  const { impl, profile, peer, peerProfile, seed, runs, maxRestarts } = options;
  const { isolate, fresh, shard, parallel } = options;
  return {
    impl,
    seed,
    runs,
    maxRestarts,
    parallel,
    callTimeoutMs: options.callTimeout,
    maxWaitMs: options.maxWait,
    only: options.only ?? [],
    ...(profile !== undefined && { profile }),
    ...(peer !== undefined && { peer }),
    ...(peerProfile !== undefined && { peerProfile }),
    ...(isolate !== undefined && { isolate }),
    ...(fresh !== undefined && { fresh }),
    ...(shard !== undefined && { shard }),
    ...(formats.includes('messages') && { messages: path.resolve(options.out, 'messages.ndjson') }),
  };
}

/** What "kernspec gate update" is to be given, where the results were kept. */
function judgedFiles(
  { baseline = '', out }: RunCommandOptions,
  paths: readonly string[],
): JudgedFiles | undefined {
  const results = path.join(out, 'results.json');
  return paths.includes(results) ? { baseline, results: [results] } : undefined;
}

async function writeAll(
  { results, seconds }: RunOutcome,
  out: string,
  formats: readonly string[],
): Promise<string[]> {
  const wanted = REPORT_FORMATS.filter((format): format is ReportFormat =>
    formats.includes(format),
  );
  // Reports of an earlier run would be taken for this one's.
  for (const name of ['results.json', 'junit.xml', 'index.html', 'summary.txt']) {
    if (wanted.length > 0) rmSync(path.join(out, name), { force: true });
  }
  const paths =
    wanted.length === 0
      ? []
      : await writeReports(results, out, { formats: wanted, durations: seconds });
  return formats.includes('messages') ? [...paths, path.join(out, 'messages.ndjson')] : paths;
}

function printNothingRan({ results }: RunOutcome): void {
  // What is cut short says so itself.
  if (results.cutShort !== undefined) return;
  const why =
    results.scenarios.length === 0
      ? 'no scenario was chosen; see --only and --shard'
      : `no chosen scenario applies to this implementation, which offers ${offered(results)}; see "kernspec doctor"`;
  print(colour.red(`nothing ran: ${why}`));
}

function offered({ implementation }: RunOutcome['results']): string {
  return Object.keys(implementation.capabilities).join(', ') || 'nothing';
}

function exitCode(
  judgement: Judgement,
  outcome: RunOutcome,
  interrupted: number | undefined,
): number {
  if (interrupted !== undefined) return interrupted;
  return outcome.givenUp === undefined ? judgement.exit : EXIT.notDriven;
}
