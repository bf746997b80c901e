/**
 * Steps without cucumber's scopes.
 *
 * So that a step can find its world without `this`, cucumber keeps it in a storage that follows every promise
 * of the process, which before Node 24 costs as much as the promises themselves. Steps here use `this`.
 */
import { createRequire } from 'node:module';

type Run = (scope: unknown, work: () => unknown) => unknown;

const require = createRequire(import.meta.url);

/** Leaves out the scope of a scenario and that of the run. */
export function leaveScopesOut(): void {
  for (const [file, name] of [
    ['test_case_scope', 'runInTestCaseScope'],
    ['test_run_scope', 'runInTestRunScope'],
  ] as const) {
    const scope = require(`@cucumber/cucumber/lib/runtime/scope/${file}`) as Record<string, Run>;
    if (Object.hasOwn(scope, name)) scope[name] = (_, work) => work();
  }
}
