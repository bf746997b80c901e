/** Writes the reports of a run into a folder, each file whole or not at all. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Results } from './results.ts';
import { captureFile, CAPTURES } from './capture-file.ts';
import { folderToWrite, notWritten } from './folder.ts';
import { renderSummary } from './terminal.ts';

export const REPORT_FORMATS = ['json', 'junit', 'html', 'text'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface WriteOptions {
  /** All of them by default. */
  readonly formats?: readonly ReportFormat[];
  /** Seconds by key of the scenario, for JUnit. */
  readonly durations?: ReadonlyMap<string, number>;
}

const FILE_NAMES: Record<ReportFormat, string> = {
  json: 'results.json',
  junit: 'junit.xml',
  html: 'index.html',
  text: 'summary.txt',
};

/** @returns the paths written, in the order of the formats. */
export async function writeReports(
  results: Results,
  directory: string,
  { formats = REPORT_FORMATS, durations }: WriteOptions = {},
): Promise<string[]> {
  const texts = await Promise.all(formats.map((format) => render(format, results, durations)));
  folderToWrite(directory);
  const paths: string[] = [];
  for (const [place, format] of formats.entries()) {
    const path = join(directory, FILE_NAMES[format]);
    await attempt(path, () => replaceFile(path, texts[place] ?? ''));
    paths.push(path);
  }
  await writeCaptures(results, directory);
  return paths;
}

/** One file for each scenario that failed with frames on the wire; those of an earlier run go. */
async function writeCaptures({ scenarios }: Results, directory: string): Promise<void> {
  const folder = join(directory, CAPTURES);
  await attempt(folder, () => rm(folder, { recursive: true, force: true }));
  const captured = scenarios.filter(({ failure }) => failure?.capture !== undefined);
  if (captured.length === 0) return;
  await attempt(folder, () => mkdir(folder, { recursive: true }));
  for (const scenario of captured) {
    const path = join(directory, captureFile(scenario));
    const bytes = Buffer.from(scenario.failure?.capture ?? '', 'base64');
    await attempt(path, () => writeFile(path, bytes));
  }
}

/** What only one format needs is loaded when that format is asked for. */
async function render(
  format: ReportFormat,
  results: Results,
  durations: ReadonlyMap<string, number> | undefined,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('./json.ts')).resultsText(results);
    case 'junit':
      return (await import('./junit.ts')).renderJUnit(results, durations);
    case 'html':
      return (await import('./html.ts')).renderHtml(results);
    case 'text':
      return renderSummary(results, { colour: false, figures: true });
  }
}

/** A reader sees the old file or the new one, never half of it. */
async function replaceFile(path: string, text: string): Promise<void> {
  // The process id keeps two runs into one folder apart.
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function attempt(path: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw notWritten(path, error);
  }
}
