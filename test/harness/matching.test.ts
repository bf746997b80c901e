/** Matching faster must match the same. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { loadSupport } from '@cucumber/cucumber/api';
import { expect, test } from 'vitest';
import { matchFaster } from '../../harness/matching.ts';
import { ROOT } from '../kernspec.ts';

interface Library {
  readonly stepDefinitions: readonly {
    readonly expression: { match(text: string): readonly { group: unknown }[] | null };
    matchesStepName(text: string): boolean;
  }[];
}

const steps = readdirSync(path.join(ROOT, 'dist', 'steps')).filter((name) => name.endsWith('.js'));

/** Steps as the features write them, placeholders of outlines included. */
function texts(): string[] {
  const folder = path.join(ROOT, 'features');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const all = files
    .filter((file) => file.endsWith('.feature'))
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'));
  const found = all.flatMap((line) => /^ *(?:Given|When|Then|And) (.*)$/.exec(line)?.[1] ?? []);
  return [...new Set(found)];
}

test('every text of the features matches the same definitions with the same groups', async () => {
  const library = await loadSupport(
    {
      sources: { defaultDialect: 'en', paths: [], names: [], tagExpression: '', order: 'defined' },
      support: { importPaths: steps.map((name) => path.join(ROOT, 'dist', 'steps', name)) },
    },
    { cwd: ROOT },
  );
  const { stepDefinitions } = library as unknown as Library;
  // Cucumber asks for the groups only of those that match.
  const groups = () =>
    texts().map((text) =>
      stepDefinitions.flatMap((definition, at) =>
        definition.matchesStepName(text)
          ? [[at, definition.expression.match(text)?.map(({ group }) => group)]]
          : [],
      ),
    );
  const before = JSON.stringify(groups());
  matchFaster(library);
  expect(JSON.stringify(groups())).toBe(before);
  // The second time it is from memory.
  expect(JSON.stringify(groups())).toBe(before);
});
