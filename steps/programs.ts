/** Programs of processors as tables: a column for each, a cell for each action, as C writes it. */
import assert from 'node:assert/strict';
import type { DataTable } from '@cucumber/cucumber';

/** One cell that is not empty. */
export interface Line {
  /** Place of its column, from 0. */
  readonly column: number;
  readonly text: string;
}

export interface Programs {
  /** What stands above each column. */
  readonly heads: readonly string[];
  /** All lines, from top to bottom and in a row from left to right. */
  readonly lines: readonly Line[];
}

export function programsFrom(table: DataTable): Programs {
  const [heads = [], ...rows] = table.raw();
  const lines = rows.flatMap((cells) =>
    cells.flatMap((text, column) => (text === '' ? [] : [{ column, text }])),
  );
  return { heads, lines };
}

/** A way to write an action, and what it stands for. */
export type Phrase<Action> = readonly [pattern: RegExp, action: (...groups: string[]) => Action];

/** @throws Error — nothing of the vocabulary. */
export function actionFrom<Action>(vocabulary: readonly Phrase<Action>[], text: string): Action {
  for (const [pattern, action] of vocabulary) {
    const match = pattern.exec(text);
    if (match !== null) return action(...match.slice(1).map((group) => group ?? ''));
  }
  throw new Error(`no action is written "${text}"`);
}

/** Heads must be "processor 0", "processor 1" and so on. */
export function checkProcessors({ heads }: Programs): void {
  const expected = heads.map((_, processor) => `processor ${processor}`);
  assert.deepEqual(heads, expected, 'the columns of a table of processors');
}
