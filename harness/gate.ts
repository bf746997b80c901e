/**
 * The gate: a run held against a baseline.
 *
 * What fails and is not in the baseline is a regression; what is in it and no longer fails is stale, and
 * has to leave it, so that it cannot hide the next one.
 */
import type { Results, ScenarioResult } from '../reports/results.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';
import { UsageError } from './problems.ts';
import { unknown } from './select.ts';

/** The reason of an entry that nobody has looked into yet. */
export const UNEXPLAINED = 'not explained yet';

/** Verdicts that a baseline may know of. */
export const BASELINE_VERDICTS = ['fail', 'inconclusive', 'error'] as const;

/** What `kernspec` exits with. */
export const EXIT = {
  asExpected: 0,
  regression: 1,
  usage: 2,
  stale: 3,
  notDriven: 4,
  nothingRan: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Finding {
  readonly kind: 'new' | 'changed' | 'passes' | 'not-applicable' | 'unknown' | 'expired';
  readonly scenario: string;
  readonly says: string;
}

export interface Judgement {
  readonly exit: ExitCode;
  readonly findings: readonly Finding[];
  /** Failures that the baseline knows. */
  readonly known: number;
}

type BadVerdict = BaselineEntry['verdict'];

function isBad(verdict: ScenarioResult['verdict']): verdict is BadVerdict {
  return (BASELINE_VERDICTS as readonly string[]).includes(verdict);
}

/** A run without a baseline: whatever fails is new. */
export const NO_BASELINE: Baseline = { implementation: '', profile: '', entries: [] };

/**
 * @param keys - of every scenario that the suite has, whether it was run or not.
 * @param today - ISO date, against which expiry is judged.
 */
export function judge(
  results: Results,
  baseline: Baseline,
  keys: readonly string[],
  today: string,
): Judgement {
  const byKey = new Map(results.scenarios.map((scenario) => [scenario.key, scenario]));
  const entries = new Map(baseline.entries.map((entry) => [entry.scenario, entry]));
  const findings = [
    ...results.scenarios.flatMap((scenario) => onScenario(scenario, entries.get(scenario.key))),
    ...baseline.entries.flatMap((entry) => onEntry(entry, byKey.get(entry.scenario), keys, today)),
  ];
  const ran = results.scenarios.filter(({ verdict }) => verdict === 'pass' || isBad(verdict));
  const bad = ran.filter(({ verdict }) => isBad(verdict)).length;
  const worse = findings.filter(({ kind }) => kind === 'new' || kind === 'changed').length;
  return { exit: exitCode(findings, ran.length, worse), findings, known: bad - worse };
}

function exitCode(findings: readonly Finding[], ran: number, worse: number): ExitCode {
  if (ran === 0) return EXIT.nothingRan;
  if (worse > 0) return EXIT.regression;
  return findings.length > 0 ? EXIT.stale : EXIT.asExpected;
}

function onScenario(scenario: ScenarioResult, entry: BaselineEntry | undefined): Finding[] {
  const { key, verdict, failure } = scenario;
  if (!isBad(verdict)) return [];
  if (entry === undefined) {
    return [{ kind: 'new', scenario: key, says: `${verdict}: ${firstLine(failure?.message)}` }];
  }
  const changed =
    entry.verdict !== verdict ||
    (entry.fingerprint !== undefined && entry.fingerprint !== failure?.fingerprint);
  if (!changed) return [];
  const was = entry.verdict === verdict ? 'otherwise' : `as ${entry.verdict}`;
  const says = `it is known to fail, but ${was}; now ${verdict}: ${firstLine(failure?.message)}`;
  return [{ kind: 'changed', scenario: key, says }];
}

function firstLine(message = ''): string {
  return message.split('\n', 1)[0] ?? '';
}

function onEntry(
  { scenario, expires, line }: BaselineEntry,
  result: ScenarioResult | undefined,
  keys: readonly string[],
  today: string,
): Finding[] {
  const at = line > 0 ? ` (line ${line} of the baseline)` : '';
  if (!keys.includes(scenario)) {
    const { message } = unknown(`scenario "${scenario}"`, scenario, keys);
    return [{ kind: 'unknown', scenario, says: `${message}${at}` }];
  }
  if (result?.verdict === 'pass') {
    return [{ kind: 'passes', scenario, says: `it passes now; remove it${at}` }];
  }
  if (result?.verdict === 'not-applicable') {
    const says = `it is not applicable (${result.reason ?? ''}); remove it${at}`;
    return [{ kind: 'not-applicable', scenario, says }];
  }
  if (result !== undefined && expires !== undefined && expires < today) {
    return [{ kind: 'expired', scenario, says: `its excuse expired on ${expires}${at}` }];
  }
  return [];
}

/**
 * Refuses a baseline of another implementation, or of another profile of it.
 *
 * @param file - where it is from.
 * @throws UsageError — it says nothing of what ran.
 */
export function refuseForeign(
  { implementation, profile }: Baseline,
  results: Results,
  file: string,
): void {
  const { name } = results.implementation;
  if (name === implementation && profile === results.profile) return;
  throw new UsageError(
    `${file} is the baseline of "${implementation}" in profile ${profile}, and what ran is "${name}" in profile ` +
      `${results.profile}; give the baseline of that one, or correct its first lines`,
  );
}

/** Entries that no scenario goes by any more, each in a sentence. */
export function unknownEntries({ entries }: Baseline, keys: readonly string[]): readonly Finding[] {
  return entries.flatMap((entry) => onEntry(entry, undefined, keys, ''));
}

/** A baseline of everything that failed; what is known of an entry already is kept. */
export function baselineOf(results: Results, previous: Baseline = NO_BASELINE): Baseline {
  const known = new Map(previous.entries.map((entry) => [entry.scenario, entry]));
  const run = new Set(results.scenarios.map(({ key }) => key));
  const failing = results.scenarios.flatMap(({ key, verdict, failure }): BaselineEntry[] => {
    if (!isBad(verdict)) return [];
    const { reason = UNEXPLAINED, issue, expires } = known.get(key) ?? {};
    return [
      {
        scenario: key,
        verdict,
        ...(failure !== undefined && { fingerprint: failure.fingerprint }),
        reason,
        ...(issue !== undefined && { issue }),
        ...(expires !== undefined && { expires }),
        line: 0,
      },
    ];
  });
  const notRunNow = previous.entries.filter(({ scenario }) => !run.has(scenario));
  const { name } = results.implementation;
  const entries = [...failing, ...notRunNow];
  return { ...previous, implementation: name, profile: results.profile, entries };
}
