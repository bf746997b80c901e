/** Step definitions that no feature uses, by a dry run. */
import path from 'node:path';
import { Writable } from 'node:stream';
import { runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { cucumberOptions } from '../harness/cucumber.ts';
import { ROOT } from '../harness/root.ts';

const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Each as file:line: expression. */
export async function unusedSteps(): Promise<string[]> {
  const defined = new Map<string, string>();
  const used = new Set<string>();
  const take = ({ stepDefinition, testCase }: Envelope): void => {
    if (stepDefinition !== undefined) {
      const { uri, location } = stepDefinition.sourceReference;
      const place = `${path.relative(path.join(ROOT, 'dist'), uri ?? '')}:${location?.line ?? 0}`;
      defined.set(stepDefinition.id, `${place}: ${stepDefinition.pattern.source}`);
    }
    for (const step of testCase?.testSteps ?? []) {
      for (const id of step.stepDefinitionIds ?? []) used.add(id);
    }
  };
  const features = path.join(ROOT, 'features');
  await runCucumber(
    await cucumberOptions({ paths: [features], dryRun: true, messages: false }),
    { cwd: ROOT, stdout: nowhere(), stderr: nowhere() },
    take,
  );
  return [...defined].filter(([id]) => !used.has(id)).map(([, place]) => place);
}
