/** kernspec mutants. */
import { pathToFileURL } from 'node:url';
import { EXIT } from '../gate.ts';
import {
  MATRIX_FILE,
  mergeRows,
  readKillMatrix,
  writeKillMatrix,
  type KillMatrix,
} from '../kill-matrix-file.ts';
import {
  killMatrixInProcesses,
  sayEndless,
  type FaultModule,
  type Ran,
} from '../kill-matrix-processes.ts';
import { renderMatrix } from '../kill-matrix-table.ts';
import { staleness, witnessesOf, type Witnesses } from '../kill-matrix-witness.ts';
import { judgeMatrix, type MatrixOptions, type SeededFault } from '../kill-matrix.ts';
import { UsageError } from '../problems.ts';
import { builtFile } from '../root.ts';
import { readBook } from '../run.ts';
import { colour, print, progressOn } from './terminal.ts';

export interface MutantsCommandOptions {
  readonly only?: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly write?: boolean;
  readonly check?: boolean;
}

/** The harness knows no mutants; they are handed to it by the name of their module. */
const MODULE = builtFile('mutants', 'mutants.js');

export async function mutantsCommand(options: MutantsCommandOptions): Promise<number> {
  const { MUTANTS } = (await import(pathToFileURL(MODULE).href)) as FaultModule;
  return options.check === true ? checkStored(MUTANTS, options) : runAll(MUTANTS, options);
}

async function runAll(
  faults: readonly SeededFault[],
  options: MutantsCommandOptions,
): Promise<number> {
  const { matrix, endless } = await ran(faults, options);
  const verdict = judgeMatrix(matrix, faults, readBook());
  print(renderMatrix(verdict, { colour: colour.isColorSupported }).trimEnd());
  if (options.write === true) {
    writeKillMatrix(stored(matrix, faults, options));
    print(`${MATRIX_FILE}: written`);
  }
  if (endless.length > 0) print(colour.red(sayEndless(endless)));
  return verdict.passed && endless.length === 0 ? EXIT.asExpected : EXIT.regression;
}

/** Rows of a part go among those that are stored. */
function stored(
  matrix: KillMatrix,
  faults: readonly SeededFault[],
  { only = [] }: MutantsCommandOptions,
): KillMatrix {
  if (only.length === 0) return matrix;
  const ids = faults.map(({ id }) => id);
  return mergeRows(readKillMatrix(), matrix, ids);
}

async function checkStored(
  faults: readonly SeededFault[],
  options: MutantsCommandOptions,
): Promise<number> {
  if (options.write === true || (options.only ?? []).length > 0) {
    throw new UsageError(
      '--check is about the whole matrix as it is; leave --write and --only out',
    );
  }
  const witnesses = witnessesOf(readKillMatrix(), readBook().specification);
  const { matrix, endless } = await ran(faults, options, witnesses);
  const wrong = staleness(readKillMatrix(), faults, matrix.mutants, witnesses);
  for (const line of wrong) print(colour.red(line));
  if (endless.length > 0) print(colour.red(sayEndless(endless)));
  if (wrong.length === 0) {
    print(
      colour.green(`mutants: ${faults.length} killed, each by the scenario that is to notice it`),
    );
    return EXIT.asExpected;
  }
  print(colour.red('the stored kill matrix is stale: kernspec mutants --write'));
  return EXIT.regression;
}

async function ran(
  faults: readonly SeededFault[],
  { only = [], seed, runs }: MutantsCommandOptions,
  witnesses?: Witnesses,
): Promise<Ran> {
  const bar = progressOn(process.stderr);
  const progress: MatrixOptions['progress'] = (_row, done, total) => {
    if (done === 1) bar.started(total);
    bar.finished('pass');
  };
  const settings = { seed, runs, only, witnesses, progress };
  return killMatrixInProcesses(MODULE, faults, settings).finally(() => bar.clear());
}
