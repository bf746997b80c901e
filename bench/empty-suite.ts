/** As many empty scenarios and steps as the suite has, for cucumber-js to run on its own. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Results } from '../reports/results.ts';
import { ROOT } from '../harness/root.ts';

/**
 * Writes a project with a feature per feature, a scenario per scenario and a step per step.
 *
 * @returns its folder.
 */
export function writeEmptySuite({ scenarios }: Results): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kernspec-empty-'));
  mkdirSync(path.join(folder, 'features'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(folder, 'features', 'steps.js'),
    "import { Given } from '@cucumber/cucumber';\nGiven('an empty step {int}', (_) => {});\n",
  );
  const features = new Map<string, string[]>();
  for (const { feature, steps } of scenarios) {
    const lines = features.get(feature) ?? [`Feature: ${feature}`];
    features.set(feature, lines);
    lines.push(`  Scenario: number ${lines.length}`);
    lines.push(...steps.map((_, at) => `    Given an empty step ${at}`));
  }
  for (const [at, lines] of [...features.values()].entries()) {
    writeFileSync(path.join(folder, 'features', `${at}.feature`), `${lines.join('\n')}\n`);
  }
  return folder;
}
