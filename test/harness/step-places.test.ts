/** An ambiguous step is told with the modules that define it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadSteps } from '../../harness/cucumber.ts';
import { ROOT } from '../kernspec.ts';

interface Definition {
  readonly uri: string;
  readonly line: number;
  readonly pattern: unknown;
}

test('every step is defined in a module of steps, at the line that says its words', async () => {
  const { stepDefinitions } = (await loadSteps()) as unknown as { stepDefinitions: Definition[] };
  const places = stepDefinitions.map(({ uri, line }) => `${uri}:${line}`);
  expect(places.length).toBeGreaterThan(500);
  expect(places.filter((place) => !/^dist\/.*\.steps\.js:\d+$/.test(place))).toEqual([]);
  // Those that are written out; others are made of parts, in a loop.
  const said = stepDefinitions.filter(({ uri, line, pattern }) => {
    const lines = readFileSync(path.join(ROOT, uri), 'utf8').split('\n');
    return lines.slice(line - 1, line + 2).some((text) => text.includes(String(pattern)));
  });
  expect(said.length / places.length).toBeGreaterThan(0.8);
});
