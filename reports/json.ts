/** The file `results.json`. */
import { Results } from './results.ts';

/**
 * The bytes of `results.json`. Keys come in the order of the model, those of a table by name, in
 * whatever order the results were put together.
 */
export function resultsText(results: Results): string {
  // Parsing rebuilds each object in the order of its schema.
  const inOrder = Results.parse(results);
  const { implementation } = inOrder;
  implementation.capabilities = sortedByKey(implementation.capabilities);
  implementation.pinned = sortedByKey(implementation.pinned);
  return `${JSON.stringify(inOrder, null, 2)}\n`;
}

function sortedByKey<T>(table: Record<string, T>): Record<string, T> {
  const byName = ([a]: [string, T], [b]: [string, T]) => (a < b ? -1 : a > b ? 1 : 0);
  return Object.fromEntries(Object.entries(table).sort(byName));
}
