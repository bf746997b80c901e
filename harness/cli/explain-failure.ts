/** One failure, as kernspec explain shows it: the steps, the values, the likely bug and what was said. */
import { captureFile } from '../../reports/capture-file.ts';
import type { Failure, ScenarioResult, Step } from '../../reports/results.ts';
import { tableLines, visible } from '../../reports/text.ts';
import { FAILURE_KIND, messageOf } from '../../reports/verdicts.ts';
import { colour, print } from './terminal.ts';

const MARGIN = '      ';
const LABEL_WIDTH = 10;
const MOST_PACKETS = 20;
const MOST_LOG_LINES = 20;

export function explainFailure(scenario: ScenarioResult, failure: Failure): void {
  for (const step of scenario.steps) explainStep(step);
  const { expected, actual, counterexample, packets = [], stderr = '', exchange } = failure;
  row('verdict', FAILURE_KIND[failure.kind]);
  row('message', messageOf(failure));
  row('expected', expected, colour.green);
  row('actual', actual, colour.red);
  row('smallest', counterexample);
  for (const { does, statement, mutant, likeness } of failure.likelyBugs) {
    row('likely bug', `${does} (${mutant}, ${statement}, ${Math.round(likeness * 100)} % alike)`);
  }
  row('packets', lastLines(packets, MOST_PACKETS));
  row('capture', failure.capture && captureFile(scenario));
  row('exchanged', lastLines(exchange, exchange.length), colour.dim);
  row('its log', lastLines(stderr.trimEnd().split('\n'), MOST_LOG_LINES));
}

function explainStep({ keyword, text, table = [], docString, status }: Step): void {
  const [mark, paint] =
    status === 'failed'
      ? [colour.red('✗'), colour.red]
      : [' ', status === 'passed' ? String : colour.dim];
  print(`    ${mark} ${paint(`${keyword} ${text}`)}`);
  for (const line of tableLines(table)) print(`${MARGIN}  ${paint(line)}`);
  for (const line of docString?.split('\n') ?? []) print(`${MARGIN}  ${paint(line)}`);
}

function row(
  label: string,
  text: string | undefined,
  ink: (text: string) => string = String,
): void {
  if (text === undefined || text === '') return;
  for (const [place, line] of visible(text).split('\n').entries()) {
    const name = (place === 0 ? label : '').padEnd(LABEL_WIDTH);
    print(`${MARGIN}${colour.dim(name)}  ${ink(line)}`);
  }
}

function lastLines(lines: readonly string[], most: number): string {
  const left = lines.length - most;
  const before = left > 0 ? [`… ${left} before`] : [];
  return [...before, ...lines.slice(-most)].join('\n');
}
