/** What is said at the end: by the gate, and of the reports. */
import path from 'node:path';
import { counted, shellWord } from '../../reports/text.ts';
import { EXIT, type Judgement } from '../gate.ts';
import { colour, print } from './terminal.ts';

/** Findings that the tool itself can settle; an excuse is a person's. */
const UPDATED = new Set(['new', 'changed', 'passes', 'not-applicable', 'unknown']);

/** @param files - the baseline, and the results that were judged; left out: they were not kept. */
export function printJudgement({ findings, known, exit }: Judgement, files?: JudgedFiles): void {
  for (const { kind, scenario, says } of findings) {
    const bad = kind === 'new' || kind === 'changed';
    print(
      `${bad ? colour.red(`✗ ${kind}`) : colour.yellow(`! ${kind}`)}  ${scenario}\n    ${says}`,
    );
  }
  const verdict =
    exit === EXIT.asExpected ? colour.green('as expected') : colour.red('not as expected');
  print(
    `gate: ${verdict}, ${counted(known, 'known failure')}, ${counted(findings.length, 'finding')}`,
  );
  if (files !== undefined && findings.some(({ kind }) => UPDATED.has(kind))) {
    print(colour.dim(`to accept that: ${updateCommand(files)}`));
  }
}

export interface JudgedFiles {
  readonly baseline: string;
  readonly results: readonly string[];
}

function updateCommand({ baseline, results }: JudgedFiles): string {
  const named = results.map((file) => ` --results ${shellWord(file)}`);
  return `kernspec gate update --baseline ${shellWord(baseline)}${named.join('')}`;
}

/** Where the reports are; the page first, which is for people. */
export function writtenLine(out: string, paths: readonly string[]): string {
  const names = paths.map((file) => path.basename(file));
  const page = names.includes('index.html') ? ['index.html'] : [];
  const others = names.filter((name) => name !== 'index.html');
  return `reports in ${out}: ${[...page, ...others].join(', ')}`;
}
