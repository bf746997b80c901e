/** The kill matrix as a table that a person reads; what is wrong stands at the end. */
import picocolors from 'picocolors';
import type { Judged, MatrixVerdict } from './kill-matrix.ts';

export interface TableOptions {
  readonly colour: boolean;
}

const HEAD = ['mutant', 'statement', 'own', 'also', 'others', 'first killer'] as const;

/** A scenario's key is cut here; the longest are a line and a half. */
const KILLER_WIDTH = 72;

type Paint = ReturnType<typeof picocolors.createColors>;

/** @returns lines, each with its line feed; the last is the sum. */
export function renderMatrix(verdict: MatrixVerdict, { colour }: TableOptions): string {
  const paint = picocolors.createColors(colour);
  const rows = verdict.rows.map(cells);
  const widths = HEAD.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        isCount(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const lines = [
    paint.bold(line(HEAD)),
    ...rows.map((row, at) => painted(line(row), verdict.rows[at], paint)),
    '',
    ...wrong(verdict, paint),
    sum(verdict, paint),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

const isCount = (column: number): boolean => column >= 2 && column <= 4;

function cells({ id, statement, own, also, others, firstKiller = '-' }: Judged): string[] {
  const killer =
    firstKiller.length > KILLER_WIDTH ? `${firstKiller.slice(0, KILLER_WIDTH - 1)}…` : firstKiller;
  return [id, statement, String(own), String(also), String(others), killer];
}

function painted(line: string, row: Judged | undefined, paint: Paint): string {
  if (row?.fate === 'survived') return paint.red(line);
  return row?.fate === 'killed-elsewhere' ? paint.yellow(line) : line;
}

function wrong({ rows }: MatrixVerdict, paint: Paint): string[] {
  const told = (row: Judged, what: string) => [
    paint.red(paint.bold(`${row.id} ${what}`)),
    `  It breaks ${row.statement}: ${row.does}`,
    '',
  ];
  return rows.flatMap((row) => {
    if (row.fate === 'survived') return told(row, 'SURVIVED: every scenario passes on it.');
    if (row.fate === 'killed') return [];
    return told(row, `WAS KILLED ELSEWHERE ONLY: no scenario of ${row.statement} fails on it.`);
  });
}

function sum({ killed, survived, killedElsewhere, passed }: MatrixVerdict, paint: Paint): string {
  const text = `mutants: ${killed} killed, ${survived} survived, ${killedElsewhere} killed only elsewhere`;
  return passed ? paint.green(text) : paint.red(text);
}
