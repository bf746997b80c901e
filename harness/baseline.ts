/**
 * The baseline: what an implementation is known to fail, with the reason.
 *
 * A YAML file that the tool writes and people annotate. Bad entries are named with file and line.
 */
import { readFileSync } from 'node:fs';
import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  stringify,
  type Document,
  type YAMLMap,
} from 'yaml';
import { z } from 'zod';
import { BASELINE_VERDICTS } from './gate.ts';
import { UsageError } from './problems.ts';
import { explainIssues } from './validation.ts';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

export function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 2026-02-30 for the second of March; only a true date comes back as it was.
  return (
    ISO_DATE.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
}

/** YAML takes 123456 for a number and 2027-01-31, in some versions, for a date. */
const text = () => z.string('not text; put it in quotes');

const Entry = z.strictObject({
  scenario: text(),
  verdict: z.enum(BASELINE_VERDICTS),
  fingerprint: text().optional(),
  reason: text().min(1, 'say why it fails'),
  issue: z.url('not a URL').optional(),
  expires: text().refine(isDate, 'not a date of the form 2027-01-31').optional(),
});

const Header = z.strictObject({
  implementation: text(),
  profile: text(),
  expect: z.array(z.unknown()).nullish(),
});

export type BaselineEntry = z.infer<typeof Entry> & {
  /** Its line in the file; 0 for one that is not in a file yet. */
  readonly line: number;
};

export interface Baseline {
  /** The comment that its file begins with; undefined: the one that the tool writes. */
  readonly head?: string;
  readonly implementation: string;
  readonly profile: string;
  readonly entries: readonly BaselineEntry[];
}

/** @throws UsageError — the file cannot be read or is not valid; names file, line and remedy. */
export function readBaseline(file: string): Baseline {
  const content = readText(file);
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const [what = ''] = error.message.split('\n', 1);
    throw new UsageError(`${file}:${lines.linePos(error.pos[0]).line}: no YAML: ${what}`);
  }
  const header = Header.safeParse(plain(document, file));
  if (!header.success) {
    throw new UsageError(
      `${file}:1: ${explainIssues(header.error, 'baseline')}; write one with "kernspec gate write"`,
    );
  }
  const { implementation, profile } = header.data;
  const items = document.get('expect') as { items?: unknown[] } | undefined;
  const entries = (items?.items ?? []).map((item) => readEntry(item, file, lines));
  refuseDuplicates(entries, file);
  const head = /^(?:#.*\n)+/.exec(content)?.[0];
  return { ...(head !== undefined && { head }), implementation, profile, entries };
}

/** @throws UsageError — it refers to what is not there, or too often to what is. */
function plain(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}; write it without * and &`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `the baseline ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); ` +
        'write one with "kernspec gate write"',
    );
  }
}

function readEntry(item: unknown, file: string, lines: LineCounter): BaselineEntry {
  const start = isNode(item) ? (item.range?.[0] ?? 0) : 0;
  const parsed = Entry.safeParse(isNode(item) ? item.toJSON() : item);
  if (parsed.success) return { ...parsed.data, line: lines.linePos(start).line };
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? '');
  const at = isMap(item) ? keyPosition(item, field, start) : start;
  throw new UsageError(
    `${file}:${lines.linePos(at).line}: ${explainIssues(parsed.error, 'entry')}; ` +
      'an entry has scenario, verdict (fail, inconclusive or error) and reason, and may have fingerprint, issue, expires',
  );
}

function keyPosition(map: YAMLMap, field: string, otherwise: number): number {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === field);
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? otherwise;
}

function refuseDuplicates(entries: readonly BaselineEntry[], file: string): void {
  const lines = new Map<string, number>();
  for (const { scenario, line } of entries) {
    const first = lines.get(scenario);
    if (first !== undefined) {
      throw new UsageError(
        `${file}:${line}: "${scenario}" is in line ${first} already; remove one of the two`,
      );
    }
    lines.set(scenario, line);
  }
}

const HEAD =
  '# What this implementation is known to fail. Written by "kernspec gate"; say in `reason` why.\n';

/** The text of a baseline file. */
export function baselineText({ head = HEAD, implementation, profile, entries }: Baseline): string {
  const expect = entries.map(({ line: _, ...entry }) => entry);
  return head + stringify({ implementation, profile, expect }, { lineWidth: 0, singleQuote: true });
}
