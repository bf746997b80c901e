/** The stored kill matrix, mutants/kill-matrix.json: deterministic, without timings. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { fileFromRoot } from './root.ts';

export const MATRIX_FORMAT = 'kernspec-kill-matrix/1';

const MatrixRow = z.strictObject({
  id: z.string(),
  statement: z.string(),
  does: z.string(),
  fails: z.array(z.string()).meta({ description: 'keys of the scenarios that fail on it, sorted' }),
});
export type MatrixRow = z.infer<typeof MatrixRow>;

const KillMatrix = z.strictObject({
  format: z.literal(MATRIX_FORMAT),
  seed: z.int(),
  runs: z.int().meta({ description: 'generated cases for each property' }),
  mutants: z.array(MatrixRow),
});
export type KillMatrix = z.infer<typeof KillMatrix>;

export const MATRIX_FILE = fileFromRoot('mutants', 'kill-matrix.json');

let stored: KillMatrix | undefined;

/** The stored matrix, read once; one without mutants where none is stored. */
export function readKillMatrix(): KillMatrix {
  stored ??= existsSync(MATRIX_FILE)
    ? KillMatrix.parse(JSON.parse(readFileSync(MATRIX_FILE, 'utf8')))
    : { format: MATRIX_FORMAT, seed: 0, runs: 0, mutants: [] };
  return stored;
}

export function writeKillMatrix(matrix: KillMatrix, file = MATRIX_FILE): void {
  writeFileSync(file, `${JSON.stringify(matrix, undefined, 1)}\n`);
}

/**
 * A matrix with some rows made anew.
 *
 * @param ids - all faults that there are, in their order; rows of others are left out.
 */
export function mergeRows(
  known: KillMatrix,
  fresh: KillMatrix,
  ids: readonly string[],
): KillMatrix {
  const rows = new Map([...known.mutants, ...fresh.mutants].map((row) => [row.id, row]));
  return { ...fresh, mutants: ids.flatMap((id) => rows.get(id) ?? []) };
}
