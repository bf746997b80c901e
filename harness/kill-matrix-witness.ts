/**
 * Witnesses: for each fault the one scenario that a stored kill matrix names as the one that notices.
 *
 * To run every scenario on every fault takes minutes, to run the witnesses seconds. They show that no fault
 * survives; what else fails on a fault is known only from the whole matrix.
 */
import type { KillMatrix, MatrixRow } from './kill-matrix-file.ts';
import type { SeededFault } from './kill-matrix.ts';
import type { Specification, SpecifiedScenario } from './specification.ts';

/** The witness of each fault that has one, by the fault's id. */
export type Witnesses = ReadonlyMap<string, SpecifiedScenario>;

export function witnessesOf(matrix: KillMatrix, { scenarios }: Specification): Witnesses {
  const byKey = new Map(scenarios.map((scenario) => [scenario.key, scenario]));
  const found = matrix.mutants.flatMap((row): [string, SpecifiedScenario][] => {
    const [witness] = row.fails
      .flatMap((key) => byKey.get(key) ?? [])
      .filter(({ statements }) => statements.includes(row.statement))
      .toSorted(cheaperFirst);
    return witness === undefined ? [] : [[row.id, witness]];
  });
  return new Map(found);
}

/** One case before many; then what states least, as it is the most to the point. */
function cheaperFirst(a: SpecifiedScenario, b: SpecifiedScenario): number {
  return Number(a.property) - Number(b.property) || a.statements.length - b.statements.length;
}

/** As --only takes it. */
export function selectorOf({ feature, line }: SpecifiedScenario): string {
  return `${feature}:${line}`;
}

/**
 * What is wrong with a stored matrix, a line each.
 *
 * @param rows - what failed when the witness alone was run on each fault; a fault without a row never ended.
 */
export function staleness(
  stored: KillMatrix,
  faults: readonly SeededFault[],
  rows: readonly MatrixRow[],
  witnesses: Witnesses,
): string[] {
  const noticed = new Set(rows.filter(({ fails }) => fails.length > 0).map(({ id }) => id));
  const storedRows = new Map(stored.mutants.map((row) => [row.id, row]));
  const ids = new Set(faults.map(({ id }) => id));
  const gone = stored.mutants.filter(({ id }) => !ids.has(id));
  return [
    ...faults.flatMap(({ id, statement, does }) => {
      const row = storedRows.get(id);
      const witness = witnesses.get(id);
      if (row?.statement !== statement || row.does !== does) return `${id} is not stored as it is`;
      if (witness === undefined) return `${id} has no witness: no scenario of ${statement} notices`;
      return noticed.has(id) ? [] : `${id} is not noticed any more by its witness, ${witness.key}`;
    }),
    ...gone.map(({ id }) => `${id} is stored and no fault any more`),
  ];
}
