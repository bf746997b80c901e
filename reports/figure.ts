/** Figures as tables and in words. */
import type { Figure } from './results.ts';

/** A column of a figure's table. */
export interface FigureColumn {
  readonly label: string;
  readonly unit: string;
  readonly values: ReadonlyArray<number | null>;
}

/** What was varied, what was measured, and what stands beside it. */
export function figureColumns({ x, y, series, columns }: Figure): FigureColumn[] {
  return [x, ...series.map(({ label, values }) => ({ label, unit: y.unit, values })), ...columns];
}

export function cellText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : String(value);
}

/** Lines of plain text: label, unit and values, each column flush right. */
export function figureTable(figure: Figure): string[] {
  const columns = figureColumns(figure).map(({ label, unit, values }) => {
    const cells = [label, unit, ...figure.x.values.map((_, row) => cellText(values[row]))];
    const width = Math.max(...cells.map((cell) => cell.length));
    return cells.map((cell) => cell.padStart(width));
  });
  const rows = columns[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, row) => columns.map((cells) => cells[row]).join('  '));
}

/** What the plot shows, for those who do not see it. */
export function figureInWords({ title, x, y, series }: Figure): string {
  const curves = series.map(({ label, values }) => {
    const points = values.flatMap((value, row) =>
      value === null ? [] : [{ value, at: x.values[row] ?? 0 }],
    );
    const [first] = points;
    const last = points.at(-1);
    if (first === undefined || last === undefined) return `${label} has no values`;
    const highest = points.reduce((most, point) => (point.value > most.value ? point : most));
    return (
      `${label} goes from ${first.value} at ${first.at} to ${last.value} at ${last.at}, ` +
      `and is highest, ${highest.value}, at ${highest.at}`
    );
  });
  return `${title}. ${y.label}${inUnit(y.unit)} against ${x.label}${inUnit(x.unit)}: ${curves.join('; ')}.`;
}

function inUnit(unit: string): string {
  return unit === '' ? '' : ` in ${unit}`;
}
