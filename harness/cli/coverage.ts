/** kernspec coverage: from what ran and passed, in both directions. */
import type { Results, StatementResult } from '../../reports/results.ts';
import { STATUS } from '../../reports/verdicts.ts';
import { EXIT } from '../gate.ts';
import { readResults } from '../results-file.ts';
import { unknown } from '../select.ts';
import { colour, print } from './terminal.ts';

export async function coverageCommand(options: {
  results: string;
  only?: readonly string[];
  strict?: boolean;
}): Promise<number> {
  const results = readResults(options.results);
  const chosen = choose(results.statements, options.only ?? []).filter(
    ({ kind }) => kind !== 'context',
  );
  for (const statement of chosen) {
    if (statement.status !== 'not-covered' || options.only !== undefined) printStatement(statement);
  }
  const proved = chosen.filter(({ status }) => status === 'pass').length;
  const uncovered = chosen.filter(({ status }) => status === 'not-covered').length;
  const astray = scenariosAstray(results);
  for (const key of astray) print(colour.red(`states nothing of the catalogue: ${key}`));
  print(
    `${proved} of ${chosen.length} statements proved, ${uncovered} stated by no scenario that ran, ` +
      `${astray.length} scenarios without a statement`,
  );
  const complete = proved === chosen.length && astray.length === 0;
  return options.strict === true && !complete ? EXIT.regression : EXIT.asExpected;
}

function choose(statements: readonly StatementResult[], only: readonly string[]) {
  const ids = statements.map(({ id }) => id);
  const areas = [...new Set(statements.map(({ area }) => area))];
  for (const what of only) {
    if (!ids.includes(what) && !areas.includes(what)) {
      throw unknown(`statement or area "${what}"`, what, [...ids, ...areas]);
    }
  }
  return statements.filter(
    ({ id, area }) => only.length === 0 || only.includes(id) || only.includes(area),
  );
}

function scenariosAstray({ statements, scenarios }: Results): string[] {
  const ids = new Set(statements.map(({ id }) => id));
  return scenarios
    .filter((scenario) => !scenario.statements.some((id) => ids.has(id)))
    .map(({ key }) => key);
}

function printStatement({ id, says, status, passed, scenarios }: StatementResult): void {
  const { mark } = STATUS[status];
  const paint = status === 'pass' ? colour.green : status === 'fail' ? colour.red : colour.yellow;
  print(`${paint(mark)} ${id}  ${String(passed).padStart(3)}/${scenarios}  ${says}`);
}
