/** The words and the order that all reports use for verdicts. */
import type { Failure, ScenarioResult, StatementResult, Verdict } from './results.ts';
import { shellQuoted } from './text.ts';

export type Status = StatementResult['status'];

/** What a reader should look at first comes first. */
export const BY_URGENCY = [
  'fail',
  'error',
  'inconclusive',
  'not-run',
  'pass',
  'not-applicable',
] as const satisfies readonly Verdict[];

/** The mark stands beside the word, so that neither colour nor font is needed to tell them apart. */
export const STATUS: Record<Status, { readonly word: string; readonly mark: string }> = {
  pass: { word: 'passed', mark: '✓' },
  fail: { word: 'failed', mark: '✗' },
  error: { word: 'error', mark: '!' },
  inconclusive: { word: 'inconclusive', mark: '?' },
  'not-run': { word: 'not run', mark: '·' },
  'not-applicable': { word: 'not applicable', mark: '–' },
  'not-covered': { word: 'not covered', mark: '○' },
};

export const FAILURE_KIND: Record<Failure['kind'], string> = {
  difference: 'It answered something else',
  unsupported: 'It declares the capability but answers "unsupported"',
  'invalid-answer': 'Its answer does not have the shape that the contract asks for',
  crash: 'Its process crashed',
  exit: 'Its process ended',
  hang: 'It did not answer',
  late: 'It answered too late',
  garbage: 'It wrote a line that is no answer',
  oversize: 'It wrote a line that is too long',
  'wrong-id': 'It answered a question that was not asked',
  stray: 'It wrote a line that nobody asked for',
  fault: 'Its adapter reported a fault of its own',
  scene: 'The scene could not be set',
  suite: 'The suite itself failed',
};

/** The message without what only repeats the two values that stand beside it. */
export function messageOf({ message, expected, actual }: Failure): string | undefined {
  if (expected === undefined || actual === undefined) return message;
  if (message.startsWith('expected ')) return undefined;
  const repeated = `: expected ${expected}, got ${actual}`;
  return message.endsWith(repeated) ? message.slice(0, -repeated.length) : message;
}

/** @example verdictCount('error', 2) // '2 errors' */
export function verdictCount(verdict: Verdict, count: number): string {
  const plural = verdict === 'error' && count !== 1 ? 's' : '';
  return `${count} ${STATUS[verdict].word}${plural}`;
}

export function countVerdicts(scenarios: readonly ScenarioResult[]): Map<Verdict, number> {
  const counts = new Map<Verdict, number>(BY_URGENCY.map((verdict) => [verdict, 0]));
  for (const { verdict } of scenarios) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return counts;
}

/** The most urgent verdict: one failure spoils a rule, one passing scenario makes it apply. */
export function worst(scenarios: readonly ScenarioResult[]): Status {
  const found = new Set(scenarios.map((scenario) => scenario.verdict));
  return BY_URGENCY.find((verdict) => found.has(verdict)) ?? 'not-covered';
}

/** Whether somebody has to do something about it: fail, error or inconclusive. */
export function needsAttention(scenario: ScenarioResult): boolean {
  return ['fail', 'error', 'inconclusive'].includes(scenario.verdict);
}

/** Those that need attention, failures of the implementation first, otherwise in given order. */
export function troubles(scenarios: readonly ScenarioResult[]): ScenarioResult[] {
  const urgency = (scenario: ScenarioResult) => BY_URGENCY.indexOf(scenario.verdict);
  return scenarios.filter(needsAttention).sort((a, b) => urgency(a) - urgency(b));
}

/** Why a scenario has its verdict, in one line, when there is anything to say. */
export function reasonOf(scenario: ScenarioResult): string | undefined {
  if (scenario.reason !== undefined) return scenario.reason;
  if (scenario.verdict === 'not-run') return 'the run ended before it';
  return scenario.failure?.message;
}

/** Where a person finds it in the repository. */
export function sourcePlace(scenario: { readonly feature: string; readonly line: number }): string {
  const own = isScript(scenario) || scenario.feature.startsWith('properties/');
  const folder = own ? '' : 'features/';
  return `${folder}${scenario.feature}:${scenario.line}`;
}

/** A packetdrill script, which may be any file. */
function isScript({ feature }: { readonly feature: string }): boolean {
  return feature.endsWith('.pkt');
}

/** The command that explains a failure: by statement, else by the key of the scenario. */
export function explainCommand(scenario: ScenarioResult): string {
  if (isScript(scenario)) return `kernspec packetdrill ${shellQuoted(scenario.feature)}`;
  return `kernspec explain ${scenario.statements[0] ?? shellQuoted(scenario.key)}`;
}
