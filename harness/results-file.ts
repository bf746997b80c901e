/** Reading the results of earlier runs, and joining those of shards. */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InteropResults } from '../reports/interop.ts';
import { Results } from '../reports/results.ts';
import { readCatalogue } from './catalogue.ts';
import { UsageError } from './problems.ts';
import { statementResults, totals } from './summarise.ts';
import { explainIssues } from './validation.ts';

/** @throws UsageError — there is no such file, or it holds no results. */
export function readResults(file: string): Results {
  return read(file, Results, 'kernspec run');
}

/** @throws UsageError — there is no such file, or it holds no results of pairs. */
export function readInteropResults(file: string): InteropResults {
  return read(file, InteropResults, 'kernspec interop --write');
}

function read<T>(file: string, schema: z.ZodType<T>, writer: string): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new UsageError(`no results in ${file} (${why}); "${writer}" writes them`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${file} holds no results of "${writer}": ${explainIssues(parsed.error, 'results')}`,
  );
}

/**
 * The results of several shards as those of one run.
 *
 * @throws UsageError — they are not of one implementation, profile and seed.
 */
export function joinResults(parts: readonly Results[]): Results {
  const [first, ...rest] = parts;
  if (first === undefined) throw new UsageError('there are no results to join');
  for (const part of rest) {
    const same =
      part.implementation.name === first.implementation.name &&
      part.profile === first.profile &&
      part.seed === first.seed;
    if (!same) throw new UsageError('results of different implementations, profiles or seeds');
  }
  if (rest.length === 0) return first;
  const scenarios = parts
    .flatMap((part) => part.scenarios)
    .sort((a, b) => compare(a.feature, b.feature) || a.line - b.line);
  const { shard: _, ...whole } = first;
  return {
    ...whole,
    totals: totals(scenarios),
    statements: statementResults(readCatalogue(), scenarios),
    scenarios,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
