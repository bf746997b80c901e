/**
 * Which scenarios fail on which seeded faults: the suite under test.
 *
 * A fault is given as data with a function that builds an implementation that has it. What is run on it
 * are the scenarios that it can touch, or the one that a stored matrix names as its witness; what has to
 * fail is one that states the statement that it breaks.
 */
import type { Profile } from '../contract/index.ts';
import { MATRIX_FORMAT, type KillMatrix, type MatrixRow } from './kill-matrix-file.ts';
import { selectorOf, type Witnesses } from './kill-matrix-witness.ts';
import { CannotDrive } from './problems.ts';
import { readBook, runUndiagnosed, type Book } from './run.ts';
import { unknown } from './select.ts';

/** A seeded fault, as far as running and judging it goes. */
export interface SeededFault {
  readonly id: string;
  /** The statement that it breaks. */
  readonly statement: string;
  /** Statements whose scenarios may fail as well. */
  readonly alsoBreaks?: readonly string[];
  readonly does: string;
  /** Tag expression of the scenarios that are run on it. */
  readonly touches: string;
  /** The profile to run it in; left out: the implementation's own. */
  readonly profile?: Profile;
}

/** An implementation that was built to have a fault. */
export interface BuiltFault {
  /** Module file. */
  readonly impl: string;
  remove(): void;
}

export interface MatrixOptions {
  readonly seed: number;
  readonly runs: number;
  /** Ids of faults, or statements; left out or empty: all. */
  readonly only?: readonly string[];
  /** Run nothing more on a fault once a scenario has failed on it. */
  readonly stopAtFailure?: boolean | undefined;
  /** Run on each fault its witness and nothing else; left out: all scenarios that can show it. */
  readonly witnesses?: Witnesses | undefined;
  readonly progress?: (row: MatrixRow, done: number, total: number) => void;
}

/** In process nothing hangs that could be timed out; it is a bound for a promise that never settles. */
const CALL_TIMEOUT_MS = 2000;

/**
 * Runs every fault, one after the other, in this process.
 *
 * @throws UsageError — `only` names neither a fault nor a statement of one.
 */
export async function killMatrix<Fault extends SeededFault>(
  faults: readonly Fault[],
  build: (fault: Fault) => BuiltFault,
  options: MatrixOptions,
  book: Book = readBook(),
): Promise<KillMatrix> {
  const chosen = chosenFaults(faults, options.only ?? []);
  const mutants: MatrixRow[] = [];
  for (const fault of chosen) {
    const row = await runFault(fault, build, scenariosFor(fault, options), options, book);
    mutants.push(row);
    options.progress?.(row, mutants.length, chosen.length);
  }
  return matrixOf(options, mutants);
}

export function matrixOf({ seed, runs }: MatrixOptions, mutants: readonly MatrixRow[]): KillMatrix {
  return { format: MATRIX_FORMAT, seed, runs, mutants: [...mutants] };
}

/** @throws UsageError — a name is neither that of a fault nor a statement of one. */
export function chosenFaults<Fault extends SeededFault>(
  faults: readonly Fault[],
  only: readonly string[],
): readonly Fault[] {
  const known = new Set(faults.flatMap(({ id, statement }) => [id, statement]));
  for (const name of only) if (!known.has(name)) throw unknown(`mutant ${name}`, name, [...known]);
  return faults.filter(
    ({ id, statement }) => only.length === 0 || only.includes(id) || only.includes(statement),
  );
}

/** In place of a scenario, where the implementation does not even start. */
const NOT_DRIVEN = 'it cannot be driven';

/** Verdicts that say nothing of an implementation. */
const NO_VERDICT: Readonly<Record<string, boolean>> = { inconclusive: true, error: true };

/** Selectors, none where there is no witness. */
function scenariosFor({ id, touches }: SeededFault, { witnesses }: MatrixOptions): string[] {
  if (witnesses === undefined) return [touches];
  const witness = witnesses.get(id);
  return witness === undefined ? [] : [selectorOf(witness)];
}

async function runFault<Fault extends SeededFault>(
  fault: Fault,
  build: (fault: Fault) => BuiltFault,
  only: readonly string[],
  { seed, runs, stopAtFailure }: MatrixOptions,
  book: Book,
): Promise<MatrixRow> {
  const { id, statement, does } = fault;
  if (only.length === 0) return { id, statement, does, fails: [] };
  const built = build(fault);
  const settings = {
    impl: built.impl,
    isolate: false,
    ...(fault.profile !== undefined && { profile: fault.profile }),
    seed,
    runs,
    shrink: false,
    callTimeoutMs: CALL_TIMEOUT_MS,
    // A fault may crash in every scenario, and is to be seen in each.
    maxRestarts: Number.MAX_SAFE_INTEGER,
    only,
    parallel: 0,
  };
  const failed = async (stop: boolean | undefined) => {
    const { results } = await runUndiagnosed({ ...settings, stopAtFailure: stop }, book);
    const keys = results.scenarios.flatMap(({ key, verdict }) => (verdict === 'fail' ? [key] : []));
    // A scene that could not be set stops a run as well, and is no failure.
    const early = keys.length === 0 && results.scenarios.some(({ verdict }) => NO_VERDICT[verdict]);
    return { keys, early };
  };
  try {
    const first = await failed(stopAtFailure);
    const { keys } = first.early && stopAtFailure === true ? await failed(false) : first;
    return { id, statement, does, fails: keys.sort() };
  } catch (error) {
    if (error instanceof CannotDrive) return { id, statement, does, fails: [NOT_DRIVEN] };
    throw error;
  } finally {
    built.remove();
  }
}

// Judging

/**
 * killed: a scenario of the broken statement fails; killed-elsewhere: only others do, so nothing says
 * what the statement says; survived: none does.
 */
export type Fate = 'killed' | 'killed-elsewhere' | 'survived';

export interface Judged {
  readonly id: string;
  readonly statement: string;
  readonly does: string;
  readonly fate: Fate;
  /** Failed scenarios of the broken statement. */
  readonly own: number;
  /** Failed scenarios of statements that it was said to break as well. */
  readonly also: number;
  /** Failed scenarios of none of these: the fault breaks more than was thought. */
  readonly others: number;
  /** Of its own, the one that states the fewest statements; else the first of all. */
  readonly firstKiller: string | undefined;
}

export type StatementsOf = (key: string) => readonly string[];

export function judge(
  { id, statement, does, fails }: MatrixRow,
  statementsOf: StatementsOf,
  alsoBreaks: readonly string[] = [],
): Judged {
  const own = fails.filter((key) => statementsOf(key).includes(statement));
  const foreign = fails.filter((key) => !own.includes(key));
  const also = foreign.filter((key) => statementsOf(key).some((one) => alsoBreaks.includes(one)));
  const [firstKiller] = own.toSorted((a, b) => statementsOf(a).length - statementsOf(b).length);
  return {
    id,
    statement,
    does,
    fate: own.length > 0 ? 'killed' : fails.length > 0 ? 'killed-elsewhere' : 'survived',
    own: own.length,
    also: also.length,
    others: foreign.length - also.length,
    firstKiller: firstKiller ?? fails[0],
  };
}

export interface MatrixVerdict {
  readonly rows: readonly Judged[];
  readonly killed: number;
  readonly survived: number;
  readonly killedElsewhere: number;
  /** Every fault was killed by a scenario of the statement that it breaks. */
  readonly passed: boolean;
}

export function judgeMatrix(
  matrix: KillMatrix,
  faults: readonly SeededFault[],
  { specification }: Book,
): MatrixVerdict {
  const statements = new Map(specification.scenarios.map((s) => [s.key, s.statements]));
  const alsoBreaks = new Map(faults.map((fault) => [fault.id, fault.alsoBreaks]));
  const rows = matrix.mutants.map((row) =>
    judge(row, (key) => statements.get(key) ?? [], alsoBreaks.get(row.id)),
  );
  const count = (fate: Fate) => rows.filter((row) => row.fate === fate).length;
  const killed = count('killed');
  return {
    rows,
    killed,
    survived: count('survived'),
    killedElsewhere: count('killed-elsewhere'),
    passed: rows.length > 0 && killed === rows.length,
  };
}
