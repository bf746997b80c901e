/** kernspec run. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Profile } from '../../contract/index.ts';
import { fileToWrite, folderToWrite, writeOne } from '../../reports/folder.ts';
import { renderSummary } from '../../reports/terminal.ts';
import { REPORT_FORMATS, writeReports, type ReportFormat } from '../../reports/write.ts';
import type { Baseline } from '../baseline.ts';
import { EXIT, judge, NO_BASELINE, refuseForeign, type Judgement } from '../gate.ts';
import { readBook, run, type RunOptions, type RunOutcome } from '../run.ts';
import { printJudgement, writtenLine, type JudgedFiles } from './judgement.ts';
import { onSignals } from './signals.ts';
import { colour, print, progressOn, width } from './terminal.ts';

const MESSAGES = 'messages.ndjson';

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
  const stream = formats.includes('messages') ? streamIn(options.out) : undefined;
  const book = readBook();
  const interruption = onSignals();
  const progress = progressOn(process.stderr);
  const outcome = await run(
    { ...runOptions(options, stream), progress, signal: interruption.signal },
    book,
  ).catch((error: unknown) => {
    if (stream !== undefined) rmSync(stream, { force: true });
    throw error;
  });
  progress.clear();
  interruption.stop();
  const paths = await writeAll(outcome, options.out, formats, stream);
  const summary = renderSummary(outcome.results, {
    colour: colour.isColorSupported,
    width: width(),
    figures: options.figures ?? false,
  });
  print(summary.trimEnd());
  const keys = book.specification.scenarios.map(({ key }) => key);
  const today = new Date().toISOString().slice(0, 10);
  const judgement = judge(outcome.results, baseline ?? NO_BASELINE, keys, today);
  if (paths.length > 0) print(writtenLine(options.out, paths));
  if (baseline !== undefined) {
    refuseForeign(baseline, outcome.results, options.baseline ?? '');
    printJudgement(judgement, judgedFiles(options, paths));
  }
  if (judgement.exit === EXIT.nothingRan) printNothingRan(outcome);
  return exitCode(judgement, outcome, interruption.exit());
}

async function baselineFrom(file: string | undefined): Promise<Baseline | undefined> {
  return file === undefined ? undefined : (await import('../baseline.ts')).readBaseline(file);
}

/** Where the stream of messages goes until it is whole: the process id keeps two runs into one folder apart. */
function streamIn(out: string): string {
  const file = path.resolve(out, MESSAGES);
  fileToWrite(file);
  return `${file}.${process.pid}.tmp`;
}

function runOptions(options: RunCommandOptions, messages: string | undefined): RunOptions {
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
    ...(messages !== undefined && { messages }),
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
  stream: string | undefined,
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
  if (stream === undefined) return paths;
  const messages = path.join(out, MESSAGES);
  // Where nothing was chosen, nothing was said.
  if (existsSync(stream)) renameSync(stream, messages);
  else writeOne(messages, '');
  return [...paths, messages];
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
