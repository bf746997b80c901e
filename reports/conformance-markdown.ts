/** All implementations against all statements, as a Markdown page. */
import {
  characterOf,
  LEGEND,
  type Column,
  type Comparison,
  type Deviation,
} from './conformance.ts';
import { matrixOf } from './interop.ts';
import { counted, visible } from './text.ts';

export function conformanceMarkdown(comparison: Comparison): string {
  const { suite, date, command, columns } = comparison;
  const parts = [
    '# Who does what the specification says',
    `Suite ${suite}, ${date}, by \`${command}\`.`,
    implementationTable(columns),
    ...interop(comparison),
    legend(),
    ...areaSections(comparison),
    ...columns.flatMap(deviations),
  ];
  return `${parts.join('\n\n')}\n`;
}

function implementationTable(columns: readonly Column[]): string {
  const head = ['implementation', 'version', 'profile', 'scenarios passed', 'known to deviate'];
  const rows = columns.map((column) => [
    column.name,
    column.version,
    column.profile,
    `${column.passed} of ${column.judged}`,
    column.unexplained === 0
      ? `${column.explained}`
      : `${column.explained}, and ${column.unexplained} unexplained`,
  ]);
  return table(head, rows);
}

function interop({ pairs }: Comparison): string[] {
  if (pairs.length === 0) return [];
  const [head = [], ...rows] = matrixOf(pairs);
  const says =
    'Scenarios of the lab that two of them pass together, of those that both can play: a row is the host under judgement, a column its peer.';
  return ['## Who understands whom', says, table(head, rows), '## What it says'];
}

function legend(): string {
  return LEGEND.map(([mark, meaning]) => `- ${characterOf(mark) || 'empty:'} ${meaning}`).join(
    '\n',
  );
}

function areaSections({ areas, columns }: Comparison): string[] {
  const head = ['id', 'statement', ...columns.map(({ name }) => name)];
  return areas.map(({ id, title, statements }) => {
    const rows = statements.map((one) => [one.id, one.says, ...one.marks.map(characterOf)]);
    return `## ${id} ${title}\n\n${table(head, rows)}`;
  });
}

/** What an implementation does otherwise, and why. */
function deviations({ name, deviations: found }: Column): string[] {
  if (found.length === 0) return [];
  return [`## What ${name} does otherwise`, found.map(deviation).join('\n')];
}

function deviation({ statements, scenarios, reason }: Deviation): string {
  return `- **${statements.join(', ')}** (${counted(scenarios, 'scenario')}): ${cell(reason)}`;
}

/** Lengths are evened out, so that the page reads as text, too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(cell));
  const widths = head.map((_, at) =>
    Math.max(3, ...lines.map((row) => [...(row[at] ?? '')].length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((text, at) => text + ' '.repeat((widths[at] ?? 0) - [...text].length)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [first = [], ...others] = lines;
  return [line(first), rule, ...others.map(line)].join('\n');
}

/** Text of others in a line of Markdown: it ends no cell and starts no markup. */
function cell(text: string): string {
  return visible(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\|<>*_`[\]]/g, (character) => `\\${character}`);
}
