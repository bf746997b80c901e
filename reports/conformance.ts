/**
 * All implementations against all statements, and each with each: what a page of it says.
 *
 * A deviation that somebody has explained is told apart from one that nobody knew of.
 */
import { pairFigures, type InteropResults, type PairFigures } from './interop.ts';
import type { Results, ScenarioResult, StatementResult } from './results.ts';
import { groupBy } from './text.ts';
import { needsAttention, type Status, STATUS } from './verdicts.ts';

/** One implementation, as it was judged. */
export interface Judged {
  readonly results: Results;
  /** Why each scenario fails that is known to, by its key. */
  readonly known: ReadonlyMap<string, string>;
}

export interface About {
  /** ISO date of the runs. */
  readonly date: string;
  /** The command that makes the page. */
  readonly command: string;
}

/** How a statement fares: `known` where it fails and an expectations file says why. */
export type Mark = Status | 'known';

/** What an implementation comes to. */
export interface Column {
  readonly name: string;
  readonly version: string;
  readonly profile: string;
  readonly passed: number;
  /** Scenarios that apply and have a verdict. */
  readonly judged: number;
  readonly explained: number;
  readonly unexplained: number;
  readonly deviations: readonly Deviation[];
}

/** Scenarios that fail for one reason. */
export interface Deviation {
  readonly reason: string;
  readonly known: boolean;
  readonly statements: readonly string[];
  readonly scenarios: number;
}

export interface ComparedStatement {
  readonly id: string;
  readonly says: string;
  /** One for each column. */
  readonly marks: readonly Mark[];
}

export interface ComparedArea {
  readonly id: string;
  readonly title: string;
  readonly statements: readonly ComparedStatement[];
}

export interface Comparison extends About {
  readonly suite: string;
  readonly columns: readonly Column[];
  /** Areas of which something was judged, and of these the statements that were. */
  readonly areas: readonly ComparedArea[];
  readonly pairs: readonly PairFigures[];
}

/** What the marks mean, in the order in which a legend has them. */
export const LEGEND: readonly (readonly [Mark, string])[] = [
  ['pass', 'every scenario of the statement that applies passes'],
  ['known', 'some do not, and why is known: see below'],
  ['fail', 'some do not, and nobody has explained it'],
  ['not-applicable', 'it does not apply: another profile, or not offered'],
  ['not-covered', 'no scenario was run'],
];

export const NOBODY = 'Nobody has explained it.';

/** The character that stands for a mark; where nothing was run, there is none. */
export function characterOf(mark: Mark): string {
  if (mark === 'known') return '≠';
  return mark === 'not-covered' ? '' : STATUS[mark].mark;
}

export function compare(
  judged: readonly Judged[],
  about: About,
  interop?: InteropResults,
): Comparison {
  return {
    ...about,
    suite: judged[0]?.results.suite ?? '',
    columns: judged.map(columnOf),
    areas: areasOf(judged),
    pairs: interop?.pairs.map(pairFigures) ?? [],
  };
}

function columnOf({ results, known }: Judged): Column {
  const bad = results.scenarios.filter(needsAttention);
  const explained = bad.filter(({ key }) => known.has(key)).length;
  return {
    name: nameOf(results),
    version: results.implementation.version,
    profile: results.profile,
    passed: results.totals.pass,
    judged: results.totals.pass + bad.length,
    explained,
    unexplained: bad.length - explained,
    deviations: deviationsOf(bad, known),
  };
}

/** The name that it was run by, if it comes with kernspec; else what it calls itself. */
function nameOf({ implementation: { spec, name } }: Results): string {
  return /^[\w-]+$/.test(spec) ? spec : name;
}

/** Scenarios of one reason stand together. */
function deviationsOf(
  bad: readonly ScenarioResult[],
  known: ReadonlyMap<string, string>,
): Deviation[] {
  const reasons = groupBy(bad, ({ key }) => known.get(key) ?? NOBODY);
  return [...reasons].map(([reason, scenarios]) => ({
    reason,
    known: reason !== NOBODY,
    statements: [...new Set(scenarios.flatMap(({ statements }) => statements))].sort(),
    scenarios: scenarios.length,
  }));
}

function areasOf(judged: readonly Judged[]): ComparedArea[] {
  const statements = judged[0]?.results.statements ?? [];
  const marks = judged.map(marksOf);
  const compared = (id: string) => marks.map((of) => of.get(id) ?? 'not-covered');
  return [...groupBy(statements, ({ area }) => area)].flatMap(([id, own]) => {
    const rows = own
      .map((one) => ({ id: one.id, says: one.says, marks: compared(one.id) }))
      .filter((one) => one.marks.some((mark) => mark !== 'not-covered'));
    return rows.length === 0 ? [] : [{ id, title: own[0]?.areaTitle ?? '', statements: rows }];
  });
}

/** What stands in the column of an implementation, by the statement's id. */
function marksOf({ results, known }: Judged): ReadonlyMap<string, Mark> {
  const unexplained = new Set(
    results.scenarios
      .filter((one) => needsAttention(one) && !known.has(one.key))
      .flatMap((scenario) => scenario.statements),
  );
  const isBad = ({ status }: StatementResult) =>
    status === 'fail' || status === 'error' || status === 'inconclusive';
  return new Map(
    results.statements.map((one) => [
      one.id,
      isBad(one) && !unexplained.has(one.id) ? 'known' : one.status,
    ]),
  );
}
