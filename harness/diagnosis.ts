/**
 * The likely bug behind a failure: the seeded faults that fail the same scenarios.
 *
 * Two sets of failures are alike by Jaccard: what both have by what either has. They are compared among
 * the scenarios of a neighbourhood, the widest first: the whole run, which fits a kernel with one bug;
 * then the feature, whose scenarios share a capability; then the scenarios that share a statement with the
 * failed one. A narrower neighbourhood is looked at only if nothing was alike enough in the wider one: a
 * match in it says less, but is not hidden by other bugs elsewhere.
 */
import type { Failure, Results, ScenarioResult } from '../reports/results.ts';
import type { KillMatrix } from './kill-matrix-file.ts';

export type LikelyBug = Failure['likelyBugs'][number];

/** What is less alike than this is not worth a look. */
const LEAST_LIKENESS = 0.5;

const MAX_BUGS = 3;

/**
 * Faults whose failures are most like the given ones; likeliest first, equals by id.
 *
 * @param failedKeys - keys of failed scenarios, all within the neighbourhood that the matrix covers.
 */
export function likelyBugs(
  failedKeys: readonly string[],
  matrix: Pick<KillMatrix, 'mutants'>,
  max = MAX_BUGS,
): LikelyBug[] {
  const failed = new Set(failedKeys);
  return matrix.mutants
    .map(({ id, does, statement, fails }) => {
      const common = fails.filter((key) => failed.has(key)).length;
      const either = failed.size + fails.length - common;
      return { mutant: id, does, statement, likeness: either === 0 ? 0 : common / either };
    })
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness || (a.mutant < b.mutant ? -1 : 1))
    .slice(0, max)
    .map((bug) => ({ ...bug, likeness: Math.round(bug.likeness * 100) / 100 }));
}

/** Whether a scenario is in the neighbourhood of a failed one. */
type Near = (scenario: ScenarioResult, failed: ScenarioResult) => boolean;

const NEIGHBOURHOODS: readonly Near[] = [
  () => true,
  (scenario, failed) => scenario.feature === failed.feature,
  ({ statements }, failed) => statements.some((id) => failed.statements.includes(id)),
];

/** The results with the likely bugs of each failure. The matrix is only read if something failed. */
export function diagnosed(results: Results, readMatrix: () => KillMatrix): Results {
  const tried = results.scenarios.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (tried.every(({ verdict }) => verdict === 'pass')) return results;
  const matrix = readMatrix();
  const scenarios = results.scenarios.map((scenario) =>
    // Seeded faults answer wrongly; what crashes or hangs is not explained by one of them.
    scenario.verdict === 'fail' && scenario.failure?.kind === 'difference'
      ? {
          ...scenario,
          failure: { ...scenario.failure, likelyBugs: bugsOf(scenario, tried, matrix) },
        }
      : scenario,
  );
  return { ...results, scenarios };
}

/** Only faults that fail this very scenario can be what is behind it. */
function bugsOf(
  failed: ScenarioResult,
  tried: readonly ScenarioResult[],
  matrix: KillMatrix,
): LikelyBug[] {
  const suspects = matrix.mutants.filter(({ fails }) => fails.includes(failed.key));
  for (const near of NEIGHBOURHOODS) {
    const within = tried.filter((scenario) => near(scenario, failed));
    const keys = new Set(within.map(({ key }) => key));
    const mutants = suspects.map((row) => ({
      ...row,
      fails: row.fails.filter((key) => keys.has(key)),
    }));
    const failures = within.filter(({ verdict }) => verdict === 'fail').map(({ key }) => key);
    const bugs = likelyBugs(failures, { mutants });
    if (bugs.length > 0) return bugs;
  }
  return [];
}
