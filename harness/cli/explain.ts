/** kernspec explain. */
import { existsSync } from 'node:fs';
import type { Results } from '../../reports/results.ts';
import { readResults } from '../results-file.ts';
import { readBook, type Book } from '../run.ts';
import { unknown } from '../select.ts';
import type { Rule, SpecifiedScenario } from '../specification.ts';
import { figureTable } from '../../reports/figure.ts';
import { STATUS } from '../../reports/verdicts.ts';
import { visible } from '../../reports/text.ts';
import { explainFailure } from './explain-failure.ts';
import { colour, print } from './terminal.ts';

/** Where a run leaves them if nothing is said. */
const LAST_RESULTS = 'kernspec-report/results.json';

export async function explainCommand(
  asked: string,
  { results: file }: { results: string },
): Promise<number> {
  const book = readBook();
  // Before the first run there are none; a file that was named is to be there.
  const results = file === LAST_RESULTS && !existsSync(file) ? undefined : readResults(file);
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
  const told = new Map<string, string>();
  for (const rule of rules) explainRule(rule, book, results, told);
}

/** @param told - failures that were told in full already: the scenario, by fingerprint. */
function explainRule(
  rule: Rule,
  book: Book,
  results: Results | undefined,
  told: Map<string, string>,
): void {
  print('');
  print(`${colour.bold(rule.name)}`);
  const profiles = rule.profiles.length > 0 ? `, in profile ${rule.profiles.join(', ')}` : '';
  print(colour.dim(`  ${rule.level}${profiles}; features/${rule.feature}:${rule.line}`));
  if (rule.description !== '') print(`  ${rule.description}`);
  if (rule.source !== '') print(`  Source: ${rule.source}`);
  for (const scenario of book.specification.scenarios) {
    if (scenario.feature === rule.feature && scenario.rule === rule.name) {
      explainOne(scenario, results, told);
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

function explainOne(
  scenario: SpecifiedScenario,
  results: Results | undefined,
  told = new Map<string, string>(),
): void {
  const result = results?.scenarios.find(({ key }) => key === scenario.key);
  const { mark, word } = STATUS[result?.verdict ?? 'not-run'];
  const paint =
    result?.verdict === 'pass' ? colour.green : result?.failure ? colour.red : colour.dim;
  const reason = result?.reason === undefined ? '' : ` (${result.reason})`;
  const { failure } = result ?? {};
  const same = failure && told.get(failure.fingerprint);
  const like = same === undefined ? '' : `, in the same way as "${same}"`;
  print(`  ${paint(mark)} ${scenario.name}  ${paint(word)}${reason}${like}`);
  if (result !== undefined && failure !== undefined && same === undefined) {
    told.set(failure.fingerprint, scenario.name);
    explainFailure(result, failure);
  }
  for (const figure of result?.figures ?? []) {
    print(`\n      ${visible(figure.title)}\n`);
    for (const line of figureTable(figure)) print(`      ${visible(line)}`);
  }
}
