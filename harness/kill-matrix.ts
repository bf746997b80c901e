/**
 * Which scenarios fail on which seeded faults: the suite under test.
 *
 * A fault is given as data with a function that builds an implementation that has it. What is run on it
 * are the scenarios of the capabilities that it touches; what has to fail is one that states the
 * statement that it breaks.
 */
import { run } from './run.ts';
import { unknown } from './select.ts';
import { readBook, type Book } from './run.ts';
import type { SpecifiedScenario } from './specification.ts';

/** A seeded fault, as far as running and judging it goes. */
export interface SeededFault {
  readonly id: string;
  /** The statement that it breaks. */
  readonly statement: string;
  /** Statements whose scenarios may fail as well. */
  readonly alsoBreaks?: readonly string[];
  readonly does: string;
  /** Capabilities whose scenarios are run on it. */
  readonly touches: readonly string[];
}

/** An implementation that was built to have a fault. */
export interface BuiltFault {
  /** Module file. */
  readonly impl: string;
  remove(): void;
}

export interface MatrixRow {
  readonly id: string;
  readonly statement: string;
  readonly does: string;
  /** Keys of the scenarios that fail on it, sorted. */
  readonly fails: readonly string[];
}

export const MATRIX_FORMAT = 'kernspec-kill-matrix/1';

/** The file mutants/kill-matrix.json: deterministic, without timings. */
export interface KillMatrix {
  readonly format: typeof MATRIX_FORMAT;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  readonly mutants: readonly MatrixRow[];
}

export interface MatrixOptions {
  readonly seed: number;
  readonly runs: number;
  /** Ids of faults, or statements; left out or empty: all. */
  readonly only?: readonly string[];
  readonly progress?: (row: MatrixRow, done: number, total: number) => void;
}

/** In process nothing hangs that could be timed out; it is a bound for a promise that never settles. */
const CALL_TIMEOUT_MS = 2000;

/**
 * Runs every fault and keeps what failed.
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
    const row = await runFault(fault, build, options, book);
    mutants.push(row);
    options.progress?.(row, mutants.length, chosen.length);
  }
  return { format: MATRIX_FORMAT, seed: options.seed, runs: options.runs, mutants };
}

function chosenFaults<Fault extends SeededFault>(
  faults: readonly Fault[],
  only: readonly string[],
): readonly Fault[] {
  const known = new Set(faults.flatMap(({ id, statement }) => [id, statement]));
  for (const name of only) if (!known.has(name)) throw unknown(`mutant ${name}`, name, [...known]);
  return faults.filter(
    ({ id, statement }) => only.length === 0 || only.includes(id) || only.includes(statement),
  );
}

async function runFault<Fault extends SeededFault>(
  fault: Fault,
  build: (fault: Fault) => BuiltFault,
  { seed, runs }: MatrixOptions,
  { specification, catalogue }: Book,
): Promise<MatrixRow> {
  const scenarios = specification.scenarios.filter((scenario) => isTouched(scenario, fault));
  const built = build(fault);
  try {
    const { results } = await run(
      {
        impl: built.impl,
        isolate: false,
        seed,
        runs,
        callTimeoutMs: CALL_TIMEOUT_MS,
        // A fault may crash in every scenario, and is to be seen in each.
        maxRestarts: Number.MAX_SAFE_INTEGER,
        only: [],
        parallel: 0,
      },
      { specification: { ...specification, scenarios }, catalogue },
    );
    const failed = results.scenarios.filter(({ verdict }) => verdict === 'fail');
    const { id, statement, does } = fault;
    return { id, statement, does, fails: failed.map(({ key }) => key).sort() };
  } finally {
    built.remove();
  }
}

function isTouched({ capabilities }: SpecifiedScenario, { touches }: SeededFault): boolean {
  return capabilities.some((capability) => touches.includes(capability));
}
