/** What cucumber does beside running steps, and nobody here has a use for. */
import { createRequire } from 'node:module';

type Run = (scope: unknown, work: () => unknown) => unknown;

interface DataCollector {
  readonly default: { readonly prototype: { parseEnvelope: () => void } };
}

const cucumber = createRequire(import.meta.url);

export function leaveOut(): void {
  leaveScopesOut();
  leaveFormatterDataOut();
}

/**
 * The scope of a scenario and that of the run.
 *
 * So that a step can find its world without `this`, cucumber keeps it in a storage that follows every promise
 * of the process, which before Node 24 costs as much as the promises themselves. Steps here use `this`.
 */
function leaveScopesOut(): void {
  for (const [file, name] of [
    ['test_case_scope', 'runInTestCaseScope'],
    ['test_run_scope', 'runInTestRunScope'],
  ] as const) {
    const scope = cucumber(`@cucumber/cucumber/lib/runtime/scope/${file}`) as Record<string, Run>;
    if (Object.hasOwn(scope, name)) scope[name] = (_, work) => work();
  }
}

/**
 * What formatters ask for afterwards.
 *
 * Each result is kept in an object with a member a step, named by its id; since no two of those objects are
 * alike, they take as much memory as all the rest. Results here come from the messages.
 */
function leaveFormatterDataOut(): void {
  const file = '@cucumber/cucumber/lib/formatter/helpers/event_data_collector';
  const collector = (cucumber(file) as DataCollector).default.prototype;
  if (Object.hasOwn(collector, 'parseEnvelope')) collector.parseEnvelope = () => undefined;
}
