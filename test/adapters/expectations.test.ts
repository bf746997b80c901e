/** What is expected of other systems is explained, each deviation for itself. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readBaseline } from '../../harness/baseline.ts';
import { UNEXPLAINED } from '../../harness/gate.ts';
import { ROOT } from '../kernspec.ts';

const adapters = path.join(ROOT, 'adapters');
const files = readdirSync(adapters)
  .map((name) => path.join(adapters, name, 'expectations.yaml'))
  .filter((file) => existsSync(file));

test.each(files)('%s gives a reason for each', (file) => {
  const { entries } = readBaseline(file);
  expect(entries.filter(({ reason }) => reason === UNEXPLAINED)).toEqual([]);
});

test('there are some', () => {
  expect(files.length).toBeGreaterThan(4);
});
