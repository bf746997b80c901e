/** kernspec conformance: the results of several implementations side by side. */
import { existsSync, writeFileSync } from 'node:fs';
import { conformancePage, type Judged } from '../../reports/conformance.ts';
import type { Results } from '../../reports/results.ts';
import { readBaseline } from '../baseline.ts';
import { EXIT } from '../gate.ts';
import { UsageError } from '../problems.ts';
import { readResults } from '../results-file.ts';
import { fileFromRoot } from '../root.ts';
import { print } from './terminal.ts';

export interface ConformanceOptions {
  readonly date?: string;
  readonly write?: string;
}

/** @throws UsageError — a file holds no results, or two are of one implementation. */
export async function conformanceCommand(
  files: readonly string[],
  { date, write }: ConformanceOptions,
): Promise<number> {
  const columns = files.map((file) => judged(readResults(file)));
  refuseTwice(columns, files);
  const page = conformancePage(columns, {
    date: date ?? new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
    command: `kernspec conformance ${files.join(' ')}`,
  });
  if (write === undefined) {
    print(page.trimEnd());
  } else {
    writeFileSync(write, page);
    print(`${files.length} implementations in ${write}`);
  }
  return EXIT.asExpected;
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
