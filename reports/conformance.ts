/**
 * All implementations against all statements, as a Markdown page.
 *
 * A deviation that somebody has explained is told apart from one that nobody knew of.
 */
import type { Results, ScenarioResult, StatementResult } from './results.ts';
import { counted, groupBy, visible } from './text.ts';
import { STATUS, type Status } from './verdicts.ts';

/** One implementation, as it was judged. */
export interface Judged {
  readonly results: Results;
  /** Why each scenario fails that is known to, by its key. */
  readonly known: ReadonlyMap<string, string>;
}

export interface About {
  /** ISO date of the runs. */
  readonly date: string;
  /** The command that makes the page. */
  readonly command: string;
}

/** A deviation that an expectations file explains. */
const KNOWN_MARK = '≠';

const BAD: ReadonlySet<Status> = new Set(['fail', 'error', 'inconclusive']);

export function conformancePage(columns: readonly Judged[], { date, command }: About): string {
  const suite = columns[0]?.results.suite ?? '';
  const parts = [
    '# Who does what the specification says',
    `Suite ${suite}, ${date}, by \`${command}\`.`,
    implementationTable(columns),
    legend(),
    ...areaSections(columns),
    ...columns.flatMap(deviations),
  ];
  return `${parts.join('\n\n')}\n`;
}

function implementationTable(columns: readonly Judged[]): string {
  const head = ['implementation', 'version', 'profile', 'scenarios passed', 'known to deviate'];
  const rows = columns.map(({ results, known }) => {
    const { implementation, profile, totals } = results;
    const bad = results.scenarios.filter(({ verdict }) => BAD.has(verdict));
    const explained = bad.filter(({ key }) => known.has(key)).length;
    const unknown = bad.length - explained;
    const deviate = unknown === 0 ? `${explained}` : `${explained}, and ${unknown} unexplained`;
    return [
      titleOf(results),
      implementation.version,
      profile,
      `${totals.pass} of ${totals.pass + bad.length}`,
      deviate,
    ];
  });
  return table(head, rows);
}

function legend(): string {
  return [
    `${STATUS.pass.mark} every scenario of the statement that applies passes`,
    `${KNOWN_MARK} some do not, and why is known: see below`,
    `${STATUS.fail.mark} some do not, and nobody has explained it`,
    `${STATUS['not-applicable'].mark} it does not apply: another profile, or not offered`,
    'empty: no scenario was run',
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

// --- statements --------------------------------------------------------------------------------

/** Areas of which something was judged, a table each. */
function areaSections(columns: readonly Judged[]): string[] {
  const statements = columns[0]?.results.statements ?? [];
  const cells = columns.map(cellsOf);
  const names = columns.map(({ results }) => titleOf(results));
  return [...groupBy(statements, ({ area }) => area)].flatMap(([area, own]) => {
    const shown = own.filter(({ id }) => cells.some((of) => (of.get(id) ?? '') !== ''));
    if (shown.length === 0) return [];
    const rows = shown.map(({ id, says }) => [id, says, ...cells.map((of) => of.get(id) ?? '')]);
    return [`## ${area} ${shown[0]?.areaTitle ?? ''}`, table(['id', 'statement', ...names], rows)];
  });
}

/** What stands in the column of an implementation, by the statement's id. */
function cellsOf({ results, known }: Judged): ReadonlyMap<string, string> {
  const unexplained = new Set(
    results.scenarios
      .filter(({ key, verdict }) => BAD.has(verdict) && !known.has(key))
      .flatMap((scenario) => scenario.statements),
  );
  const mark = ({ id, status }: StatementResult): string => {
    if (status === 'not-covered') return '';
    return BAD.has(status) && !unexplained.has(id) ? KNOWN_MARK : STATUS[status].mark;
  };
  return new Map(results.statements.map((statement) => [statement.id, mark(statement)]));
}

// --- deviations --------------------------------------------------------------------------------

/** What an implementation does otherwise, and why; scenarios of one reason stand together. */
function deviations({ results, known }: Judged): string[] {
  const bad = results.scenarios.filter(({ verdict }) => BAD.has(verdict));
  if (bad.length === 0) return [];
  const reasons = groupBy(bad, ({ key }) => known.get(key) ?? 'Nobody has explained it.');
  const items = [...reasons].map(([reason, scenarios]) => deviation(reason, scenarios));
  return [`## What ${titleOf(results)} does otherwise`, items.join('\n')];
}

function deviation(reason: string, scenarios: readonly ScenarioResult[]): string {
  const ids = [...new Set(scenarios.flatMap(({ statements }) => statements))].sort();
  const count = counted(scenarios.length, 'scenario');
  return `- **${ids.join(', ')}** (${count}): ${cell(reason)}`;
}

// --- Markdown ----------------------------------------------------------------------------------

/** The name that it was run by, if it comes with kernspec; else what it calls itself. */
function titleOf({ implementation: { spec, name } }: Results): string {
  return /^[\w-]+$/.test(spec) ? spec : name;
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
