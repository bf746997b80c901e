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
import type { KillMatrix, MatrixRow } from './kill-matrix-file.ts';

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
  { mutants }: Pick<KillMatrix, 'mutants'>,
  max = MAX_BUGS,
): LikelyBug[] {
  const failed = new Set(failedKeys);
  return likeliest(mutants, ({ fails }) => likenessOf(fails, failed), max);
}

function likenessOf(fails: readonly string[], failed: ReadonlySet<string>): number {
  const common = fails.filter((key) => failed.has(key)).length;
  const either = failed.size + fails.length - common;
  return either === 0 ? 0 : common / either;
}

function likeliest(
  suspects: readonly MatrixRow[],
  likeness: (row: MatrixRow) => number,
  max = MAX_BUGS,
): LikelyBug[] {
  return suspects
    .map((row) => ({
      mutant: row.id,
      does: row.does,
      statement: row.statement,
      likeness: likeness(row),
    }))
    .filter((bug) => bug.likeness >= LEAST_LIKENESS)
    .sort((a, b) => b.likeness - a.likeness || (a.mutant < b.mutant ? -1 : 1))
    .slice(0, max)
    .map((bug) => ({ ...bug, likeness: Math.round(bug.likeness * 100) / 100 }));
}

/** Scenarios among which failures are compared; each fault is compared with them once. */
class Neighbourhood {
  readonly #keys: ReadonlySet<string>;
  readonly #failed: ReadonlySet<string>;
  readonly #likeness = new Map<MatrixRow, number>();

  constructor(scenarios: readonly ScenarioResult[]) {
    const failed = scenarios.filter(({ verdict }) => verdict === 'fail');
    this.#keys = new Set(scenarios.map(({ key }) => key));
    this.#failed = new Set(failed.map(({ key }) => key));
  }

  likenessOf(row: MatrixRow): number {
    const known = this.#likeness.get(row);
    if (known !== undefined) return known;
    const within = row.fails.filter((key) => this.#keys.has(key));
    const likeness = likenessOf(within, this.#failed);
    this.#likeness.set(row, likeness);
    return likeness;
  }
}

interface Width {
  /** Failed scenarios of one name have the same neighbours. */
  readonly name: (failed: ScenarioResult) => string;
  /** Whether a scenario is in the neighbourhood of a failed one. */
  readonly near: (scenario: ScenarioResult, failed: ScenarioResult) => boolean;
}

const WIDTHS: readonly Width[] = [
  { name: () => 'run', near: () => true },
  {
    name: ({ feature }) => `feature ${feature}`,
    near: ({ feature }, failed) => feature === failed.feature,
  },
  {
    name: ({ statements }) => `statements ${statements.join(' ')}`,
    near: ({ statements }, failed) => statements.some((id) => failed.statements.includes(id)),
  },
];

/** The results with the likely bugs of each failure. The matrix is only read if something failed. */
export function diagnosed(results: Results, readMatrix: () => KillMatrix): Results {
  const tried = results.scenarios.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (tried.every(({ verdict }) => verdict === 'pass')) return results;
  const diagnosis = new Diagnosis(tried, readMatrix());
  const scenarios = results.scenarios.map((scenario) =>
    // Seeded faults answer wrongly; what crashes or hangs is not explained by one of them.
    scenario.verdict === 'fail' && scenario.failure?.kind === 'difference'
      ? { ...scenario, failure: { ...scenario.failure, likelyBugs: diagnosis.bugsOf(scenario) } }
      : scenario,
  );
  return { ...results, scenarios };
}

class Diagnosis {
  readonly #tried: readonly ScenarioResult[];
  /** Faults by the keys of what fails on them. */
  readonly #suspects = new Map<string, MatrixRow[]>();
  readonly #neighbourhoods = new Map<string, Neighbourhood>();

  constructor(tried: readonly ScenarioResult[], { mutants }: KillMatrix) {
    this.#tried = tried;
    for (const { key } of tried) this.#suspects.set(key, []);
    for (const row of mutants) for (const key of row.fails) this.#suspects.get(key)?.push(row);
  }

  /** Only faults that fail this very scenario can be what is behind it. */
  bugsOf(failed: ScenarioResult): LikelyBug[] {
    const suspects = this.#suspects.get(failed.key) ?? [];
    for (const width of WIDTHS) {
      const neighbourhood = this.#neighbourhood(failed, width);
      const bugs = likeliest(suspects, (row) => neighbourhood.likenessOf(row));
      if (bugs.length > 0) return bugs;
    }
    return [];
  }

  #neighbourhood(failed: ScenarioResult, { name, near }: Width): Neighbourhood {
    const key = name(failed);
    const known = this.#neighbourhoods.get(key);
    if (known !== undefined) return known;
    const made = new Neighbourhood(this.#tried.filter((scenario) => near(scenario, failed)));
    this.#neighbourhoods.set(key, made);
    return made;
  }
}
