/** kernspec packetdrill. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Profile } from '../../contract/index.ts';
import { renderSummary } from '../../reports/terminal.ts';
import { folderToWrite } from '../../reports/folder.ts';
import { REPORT_FORMATS, writeReports } from '../../reports/write.ts';
import { EXIT, judge, NO_BASELINE, refuseForeign } from '../gate.ts';
import { placeText } from '../packetdrill/problems.ts';
import { readScripts, type ReadScript } from '../packetdrill/read-scripts.ts';
import { runScripts, type ScriptsOutcome } from '../packetdrill/run-scripts.ts';
import { onSignals } from './signals.ts';
import { colour, print, progressOn, width } from './terminal.ts';

export interface PacketdrillOptions {
  readonly impl: string;
  readonly profile?: Profile;
  readonly seed: number;
  readonly callTimeout: number;
  readonly isolate?: boolean;
  readonly maxRestarts: number;
  readonly format?: readonly string[];
  readonly out: string;
  readonly baseline?: string;
  readonly check?: boolean;
}

export async function packetdrillCommand(
  files: readonly string[],
  options: PacketdrillOptions,
): Promise<number> {
  const scripts = readScripts(files);
  if (options.check === true) return check(scripts);
  const baseline =
    options.baseline === undefined
      ? undefined
      : (await import('../baseline.ts')).readBaseline(options.baseline);
  const { impl, profile, seed, isolate, maxRestarts, callTimeout: callTimeoutMs } = options;
  if (options.format?.includes('none') !== true) folderToWrite(options.out);
  const interruption = onSignals();
  const progress = progressOn(process.stderr);
  const outcome = await runScripts(scripts, {
    impl,
    seed,
    callTimeoutMs,
    maxRestarts,
    runs: 0,
    ...(profile !== undefined && { profile }),
    ...(isolate !== undefined && { isolate }),
    progress,
    signal: interruption.signal,
  });
  progress.clear();
  interruption.stop();
  await report(outcome, options);
  const keys = scripts.map(({ file }) => file);
  const today = new Date().toISOString().slice(0, 10);
  const judgement = judge(outcome.results, baseline ?? NO_BASELINE, keys, today);
  if (baseline !== undefined) {
    refuseForeign(baseline, outcome.results, options.baseline ?? '');
    (await import('./judgement.ts')).printJudgement(judgement);
  }
  if (judgement.exit === EXIT.nothingRan) {
    print(colour.red('nothing ran: no script applies to this implementation'));
  }
  return interruption.exit() ?? (outcome.givenUp === undefined ? judgement.exit : EXIT.notDriven);
}

/** Whether they can be run at all, without an implementation. */
function check(scripts: readonly ReadScript[]): number {
  for (const { file, lacks } of scripts) {
    for (const { place, what } of lacks) print(`${placeText(file, place)}: not supported: ${what}`);
  }
  const runnable = scripts.filter(({ lacks }) => lacks.length === 0).length;
  print(`${runnable} of ${scripts.length} scripts can be run`);
  return runnable === 0 ? EXIT.nothingRan : EXIT.asExpected;
}

async function report(
  { results, seconds }: ScriptsOutcome,
  { out, format }: PacketdrillOptions,
): Promise<void> {
  const formats = REPORT_FORMATS.filter((name) => format === undefined || format.includes(name));
  // Reports of an earlier run would be taken for this one's.
  for (const name of ['results.json', 'junit.xml', 'index.html', 'summary.txt']) {
    if (formats.length > 0) rmSync(path.join(out, name), { force: true });
  }
  const paths =
    formats.length === 0 ? [] : await writeReports(results, out, { formats, durations: seconds });
  print(renderSummary(results, { colour: colour.isColorSupported, width: width() }).trimEnd());
  if (paths.length > 0) print((await import('./judgement.ts')).writtenLine(out, paths));
}
