/** kernspec mutants. */
import { pathToFileURL } from 'node:url';
import { EXIT } from '../gate.ts';
import { readKillMatrix, writeKillMatrix, MATRIX_FILE } from '../kill-matrix-file.ts';
import { killMatrixInProcesses, type FaultModule } from '../kill-matrix-processes.ts';
import { renderMatrix } from '../kill-matrix-table.ts';
import { judgeMatrix, type MatrixOptions } from '../kill-matrix.ts';
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
  const { only = [], seed, runs, write, check } = options;
  if (only.length > 0 && (write === true || check === true)) {
    throw new UsageError('--write and --check are about the whole matrix; leave --only out');
  }
  const { MUTANTS } = (await import(pathToFileURL(MODULE).href)) as FaultModule;
  const bar = progressOn(process.stderr);
  const progress: MatrixOptions['progress'] = (_row, done, total) => {
    if (done === 1) bar.started(total);
    bar.finished({ key: '', verdict: 'pass' });
  };
  const matrix = await killMatrixInProcesses(MODULE, MUTANTS, { seed, runs, only, progress });
  bar.clear();
  const verdict = judgeMatrix(matrix, MUTANTS, readBook());
  print(renderMatrix(verdict, { colour: colour.isColorSupported }).trimEnd());
  if (write === true) {
    writeKillMatrix(matrix);
    print(`${MATRIX_FILE}: written`);
  }
  if (check === true && JSON.stringify(matrix) !== JSON.stringify(readKillMatrix())) {
    print(colour.red('the stored kill matrix is stale: kernspec mutants --write'));
    return EXIT.regression;
  }
  return verdict.passed ? EXIT.asExpected : EXIT.regression;
}
