/** kernspec explain. */
import { existsSync } from 'node:fs';
import type { Results, ScenarioResult } from '../../reports/results.ts';
import { readResults } from '../results-file.ts';
import { readBook, type Book } from '../run.ts';
import { unknown } from '../select.ts';
import type { Rule, SpecifiedScenario } from '../specification.ts';
import { figureTable } from '../../reports/figure.ts';
import { STATUS } from '../../reports/verdicts.ts';
import { visible } from '../../reports/text.ts';
import { colour, print } from './terminal.ts';

export async function explainCommand(
  asked: string,
  { results: file }: { results: string },
): Promise<number> {
  const book = readBook();
  const results = existsSync(file) ? readResults(file) : undefined;
  const id = asked.replace(/^@/, '').toUpperCase();
  const statement = book.catalogue.find((other) => other.id === id);
  if (statement !== undefined) {
    explainStatement(statement, book, results);
  } else {
    explainScenario(asked, book, results);
  }
  print('');
  print(results === undefined ? colour.dim('no results yet: kernspec run') : ranOn(results));
  return 0;
}

function ranOn({ implementation, profile, seed }: Results): string {
  const { name, version } = implementation;
  return colour.dim(`last verdicts: ${name} ${version}, profile ${profile}, seed ${seed}`);
}

function explainStatement(
  statement: Book['catalogue'][number],
  book: Book,
  results?: Results,
): void {
  const { id, kind, areaTitle, says, show } = statement;
  print(`${colour.bold(id)}  ${says}`);
  print(colour.dim(`${areaTitle}, ${kind}${show === '' ? '' : `; to be shown: ${show}`}`));
  const rules = book.specification.rules.filter(({ statements }) => statements.includes(id));
  if (rules.length === 0) {
    print('');
    print(
      kind === 'context' ? 'It is background: no rule has to state it.' : 'No rule states it yet.',
    );
  }
  for (const rule of rules) explainRule(rule, book, results);
}

function explainRule(rule: Rule, book: Book, results: Results | undefined): void {
  print('');
  print(`${colour.bold(rule.name)}`);
  const profiles = rule.profiles.length > 0 ? `, in profile ${rule.profiles.join(', ')}` : '';
  print(colour.dim(`  ${rule.level}${profiles}; features/${rule.feature}:${rule.line}`));
  if (rule.description !== '') print(`  ${rule.description}`);
  if (rule.source !== '') print(`  Source: ${rule.source}`);
  for (const scenario of book.specification.scenarios) {
    if (scenario.feature === rule.feature && scenario.rule === rule.name) {
      explainOne(scenario, results);
    }
  }
}

function explainScenario(asked: string, book: Book, results: Results | undefined): void {
  const { scenarios, rules } = book.specification;
  const scenario = scenarios.find(({ key }) => key === asked);
  if (scenario === undefined) {
    const ids = book.catalogue.map(({ id }) => id);
    throw unknown(`statement or scenario "${asked}"`, asked, [
      ...ids,
      ...scenarios.map((s) => s.key),
    ]);
  }
  const rule = rules.find((r) => r.feature === scenario.feature && r.name === scenario.rule);
  print(colour.bold(scenario.key));
  if (rule !== undefined)
    print(`  ${rule.statements.join(' ')}  ${rule.name}\n  Source: ${rule.source}`);
  explainOne(scenario, results);
}

function explainOne(scenario: SpecifiedScenario, results: Results | undefined): void {
  const result = results?.scenarios.find(({ key }) => key === scenario.key);
  const { mark, word } = STATUS[result?.verdict ?? 'not-run'];
  const paint =
    result?.verdict === 'pass' ? colour.green : result?.failure ? colour.red : colour.dim;
  const reason = result?.reason === undefined ? '' : ` (${result.reason})`;
  print(`  ${paint(mark)} ${scenario.name}  ${paint(word)}${reason}`);
  if (result?.failure !== undefined) explainFailure(result, result.failure);
  for (const figure of result?.figures ?? []) {
    print(`\n      ${visible(figure.title)}\n`);
    for (const line of figureTable(figure)) print(`      ${visible(line)}`);
  }
}

function explainFailure(
  { steps }: ScenarioResult,
  failure: NonNullable<ScenarioResult['failure']>,
): void {
  for (const { keyword, text, status } of steps) {
    const mark =
      status === 'failed' ? colour.red('✗') : status === 'passed' ? ' ' : colour.dim('·');
    print(`      ${mark} ${keyword} ${text}`);
  }
  print(`      ${colour.red(visible(failure.message))}`);
  if (failure.expected !== undefined) print(`      expected: ${visible(failure.expected)}`);
  if (failure.actual !== undefined) print(`      actual:   ${visible(failure.actual)}`);
  if (failure.counterexample !== undefined) {
    print(`      counterexample: ${visible(failure.counterexample)}`);
  }
  for (const { does, statement, likeness } of failure.likelyBugs) {
    print(`      likely: ${does} (${statement}, likeness ${likeness.toFixed(2)})`);
  }
  for (const line of failure.exchange) print(colour.dim(`        ${visible(line)}`));
}
