/** kernspec conformance: the results of several implementations side by side. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { compare, type Comparison, type Judged } from '../../reports/conformance.ts';
import { conformanceMarkdown } from '../../reports/conformance-markdown.ts';
import { folderToWrite, writeOne } from '../../reports/folder.ts';
import { conformanceHtml } from '../../reports/html/conformance.ts';
import type { Results } from '../../reports/results.ts';
import { readBaseline } from '../baseline.ts';
import { EXIT } from '../gate.ts';
import { UsageError } from '../problems.ts';
import { readInteropResults, readResults } from '../results-file.ts';
import { fileFromRoot } from '../root.ts';
import { print } from './terminal.ts';

export interface ConformanceOptions {
  readonly date?: string;
  readonly interop?: string;
  readonly write?: readonly string[];
}

/** @throws UsageError — a file holds no results, or two are of one implementation. */
export async function conformanceCommand(
  files: readonly string[],
  { date, interop, write = [] }: ConformanceOptions,
): Promise<number> {
  const columns = files.map((file) => judged(readResults(file)));
  refuseTwice(columns, files);
  const about = {
    date: date ?? new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
    command: ['kernspec conformance', ...files, ...(interop ? ['--interop', interop] : [])].join(
      ' ',
    ),
  };
  const pairs = interop === undefined ? undefined : readInteropResults(interop);
  const comparison = compare(columns, about, pairs);
  if (write.length === 0) print(conformanceMarkdown(comparison).trimEnd());
  for (const file of write) {
    folderToWrite(path.dirname(file));
    writeOne(file, rendered(comparison, file));
    print(`${files.length} implementations in ${file}`);
  }
  return EXIT.asExpected;
}

function rendered(comparison: Comparison, file: string): string {
  const isHtml = ['.html', '.htm'].includes(path.extname(file));
  return isHtml ? conformanceHtml(comparison) : conformanceMarkdown(comparison);
}

/** With what is known of an implementation that comes with kernspec. */
function judged(results: Results): Judged {
  const file = fileFromRoot('adapters', results.implementation.spec, 'expectations.yaml');
  const entries = existsSync(file) ? readBaseline(file).entries : [];
  return { results, known: new Map(entries.map(({ scenario, reason }) => [scenario, reason])) };
}

function refuseTwice(columns: readonly Judged[], files: readonly string[]): void {
  const first = new Map<string, string>();
  for (const [place, { results }] of columns.entries()) {
    const { spec } = results.implementation;
    const before = first.get(spec);
    const file = files[place] ?? '';
    if (before !== undefined) {
      throw new UsageError(`${before} and ${file} are both results of ${spec}; name one of them`);
    }
    first.set(spec, file);
  }
}
