/**
 * JUnit XML for continuous integration: a suite per feature, a case per scenario. Nothing in it
 * depends on when the run took place, except the durations that the caller hands in.
 */
import junit, { type TestCase, type TestSuite } from 'junit-report-builder';

import type { Failure, Results, ScenarioResult } from './results.ts';
import { groupBy, visible } from './text.ts';
import { explainCommand, FAILURE_KIND, reasonOf, sourcePlace } from './verdicts.ts';

// The package says that it exports `default`, but as CommonJS it is the builder itself.
const builder = junit as unknown as typeof junit.default;

/**
 * @param durations - seconds by key of the scenario; a scenario without one gets no time.
 */
export function renderJUnit(results: Results, durations?: ReadonlyMap<string, number>): string {
  const report = builder.newBuilder().name('kernspec');
  for (const [feature, scenarios] of groupBy(results.scenarios, (one) => one.feature)) {
    const suite = report.testSuite().name(visible(feature));
    describeRun(suite, results);
    for (const scenario of scenarios) addCase(suite, scenario, durations?.get(scenario.key));
    if (durations) suite.time(sum(scenarios.map(({ key }) => durations.get(key) ?? 0)));
  }
  return `${report.build()}\n`;
}

function sum(seconds: readonly number[]): number {
  const total = seconds.reduce((before, more) => before + more, 0);
  // Whole microseconds: binary fractions would otherwise show as 0.30000000000000004.
  return Math.round(total * 1e6) / 1e6;
}

/** On each suite, since few readers look at properties of the whole. */
function describeRun(suite: TestSuite, results: Results): void {
  const { implementation, profile, seed, shard, cutShort } = results;
  suite.property('implementation', visible(`${implementation.name} ${implementation.version}`));
  suite.property('profile', visible(profile));
  suite.property('seed', String(seed));
  if (shard !== undefined) suite.property('shard', visible(shard));
  if (cutShort !== undefined) suite.property('cutShort', visible(cutShort));
}

function addCase(suite: TestSuite, scenario: ScenarioResult, seconds: number | undefined): void {
  const ids = scenario.statements.length > 0 ? ` [${scenario.statements.join(' ')}]` : '';
  const testCase = suite.testCase().className(visible(scenario.feature));
  testCase.name(visible(`${scenario.name}${ids}`));
  if (seconds !== undefined) testCase.time(seconds);
  judge(testCase, scenario);
}

function judge(testCase: TestCase, scenario: ScenarioResult): void {
  const { verdict, failure } = scenario;
  if (verdict === 'pass') return;
  const reason = visible(reasonOf(scenario) ?? 'no reason given');
  if (verdict === 'not-applicable' || verdict === 'not-run') return skip(testCase, reason);
  const story = characterData(storyOf(scenario));
  const kind = failure?.kind ?? verdict;
  if (verdict === 'fail') testCase.failure(reason, kind).stacktrace(story);
  else if (verdict === 'error') testCase.error(reason, kind, story);
  // A scene that cannot be set says nothing about the behaviour: shown as passing or skipped, it
  // would never be noticed.
  else testCase.error(reason, 'inconclusive', story);
  if (failure?.stderr) testCase.standardError(characterData(failure.stderr));
}

/** The builder takes apart only the first `]]>` of a text, and the second would end the section. */
function characterData(text: string): string {
  return visible(text).replaceAll(']]>', ']]\\u{3e}');
}

/**
 * The builder knows no reason for a skip, but readers of JUnit show the `message` of the element,
 * so it is added when the element is built.
 */
function skip(testCase: TestCase, reason: string): void {
  const build = testCase.skipped().build.bind(testCase);
  testCase.build = (parent) => {
    const element = build(parent);
    for (const child of element.children) if (isSkipped(child)) child.att('message', reason);
    return element;
  };
}

interface Attributable {
  readonly name: string;
  att(name: string, value: string): unknown;
}

function isSkipped(node: object): node is Attributable {
  return 'name' in node && node.name === 'skipped';
}

function storyOf(scenario: ScenarioResult): string {
  const { failure } = scenario;
  const lines = [
    `Rule: ${scenario.rule}`,
    `At: ${sourcePlace(scenario)}`,
    ...(failure ? failureStory(failure) : []),
    `Look deeper: ${explainCommand(scenario)}`,
  ];
  return lines.join('\n');
}

function failureStory(failure: Failure): string[] {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Step', `${failure.step} (line ${failure.line})`],
    ['Failure', FAILURE_KIND[failure.kind]],
    ['Message', failure.message],
    ['Expected', failure.expected],
    ['Actual', failure.actual],
    ['Smallest case', failure.counterexample],
    ['Fingerprint', failure.fingerprint],
    ['Last lines exchanged', failure.exchange.length > 0 ? failure.exchange.join('\n') : undefined],
  ];
  const present = fields.filter(([, text]) => text !== undefined);
  const bugs = failure.likelyBugs.map(({ mutant, does }) => `Likely bug: ${does} (${mutant})`);
  return [...present.map(([label, text]) => field(label, text ?? '')), ...bugs];
}

/** Text of several lines stands below its label. */
function field(label: string, text: string): string {
  return `${label}:${text.includes('\n') ? '\n' : ' '}${text}`;
}
