import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Results } from '../../reports/results.ts';
import { resultsText } from '../../reports/json.ts';
import { ReportNotWritten } from '../../reports/folder.ts';
import { writeReports } from '../../reports/write.ts';
import { sample } from './sample.ts';

describe('writing the reports', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kernspec-reports-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes the folder and writes each format', async () => {
    const target = join(folder, 'a', 'b');
    const paths = await writeReports(sample(), target);
    const names = ['results.json', 'junit.xml', 'index.html', 'summary.txt'];
    expect(paths).toEqual(names.map((name) => join(target, name)));
    expect((await readdir(target)).toSorted()).toEqual(names.toSorted());
    expect(await readFile(join(target, 'summary.txt'), 'utf8')).toContain('kernspec: 5 passed');
  });

  it('writes the formats that were asked for', async () => {
    const durations = new Map(sample().scenarios.map(({ key }) => [key, 0.25]));
    await writeReports(sample(), folder, { formats: ['junit'], durations });
    expect(await readdir(folder)).toEqual(['junit.xml']);
    expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('time="0.25"');
  });

  it('writes results that can be read back, and that end in a newline', async () => {
    const [path = ''] = await writeReports(sample(), folder, { formats: ['json'] });
    const text = await readFile(path, 'utf8');
    expect(Results.parse(JSON.parse(text))).toEqual(sample());
    expect(text).toMatch(/^\{\n {2}"format": "kernspec-results\/1",\n[\s\S]*\n\}\n$/);
  });

  it('gives the same bytes in whatever order the members were set', () => {
    const backwards = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(backwards);
      if (value === null || typeof value !== 'object') return value;
      const entries = Object.entries(value).map(([key, own]) => [key, backwards(own)]);
      return Object.fromEntries(entries.reverse());
    };
    expect(resultsText(backwards(sample()) as Results)).toBe(resultsText(sample()));
  });

  it('replaces an older report', async () => {
    await writeFile(join(folder, 'index.html'), 'older');
    await writeReports(sample(), folder, { formats: ['html'] });
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('names the path and the remedy when a folder cannot be made', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await expect(writeReports(sample(), join(file, 'below'))).rejects.toThrow(
      new ReportNotWritten(
        `cannot write ${join(file, 'below')}: a part of the path is a file; give the path of a folder`,
      ),
    );
  });

  it('leaves nothing half written behind when a file cannot be replaced', async () => {
    await mkdir(join(folder, 'junit.xml'));
    const attempt = writeReports(sample(), folder, { formats: ['junit'] });
    await expect(attempt).rejects.toThrow(
      /^cannot write .*junit\.xml: there is a folder of that name; remove it or give another folder$/,
    );
    expect(await readdir(folder)).toEqual(['junit.xml']);
  });
});
