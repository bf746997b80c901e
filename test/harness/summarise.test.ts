/** A statement is as good as the worst of its scenarios. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../harness/catalogue.ts';
import { statementResults, totals } from '../../harness/summarise.ts';
import { VERDICTS, type ScenarioResult, type Verdict } from '../../reports/results.ts';

const statement = {
  id: 'A-01',
  area: 'A',
  areaTitle: 'A',
  kind: 'behaviour',
  says: 'x',
} as Statement;

function scenario(verdict: Verdict, ...statements: string[]): ScenarioResult {
  return { verdict, statements } as unknown as ScenarioResult;
}

function statusOf(...verdicts: Verdict[]) {
  return statementResults(
    [statement],
    verdicts.map((verdict) => scenario(verdict, 'A-01')),
  )[0];
}

describe('the status of a statement', () => {
  it('is not-covered without a scenario', () => {
    expect(statusOf()).toMatchObject({ status: 'not-covered', scenarios: 0, passed: 0 });
  });

  it.each(VERDICTS)('is that of its only scenario: %s', (verdict) => {
    expect(statusOf(verdict)).toMatchObject({ status: verdict, scenarios: 1 });
  });

  it.each([
    [['pass', 'fail'], 'fail'],
    [['fail', 'error'], 'fail'],
    [['error', 'inconclusive', 'pass'], 'error'],
    [['pass', 'inconclusive'], 'inconclusive'],
    [['pass', 'not-run'], 'not-run'],
    [['pass', 'not-applicable'], 'pass'],
    [['not-applicable', 'not-run'], 'not-run'],
  ] as [Verdict[], Verdict][])('of %j is %s', (verdicts, status) => {
    expect(statusOf(...verdicts)?.status).toBe(status);
  });

  it('is pass only if one passed and none did worse, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VERDICTS)), (verdicts) => {
        const result = statusOf(...verdicts);
        const good = verdicts.every((verdict) => ['pass', 'not-applicable'].includes(verdict));
        expect(result?.status === 'pass').toBe(good && verdicts.includes('pass'));
        expect(statusOf(...verdicts.toReversed())).toEqual(result);
        expect(result?.passed).toBe(verdicts.filter((verdict) => verdict === 'pass').length);
      }),
    );
  });
});

it('a scenario counts for each of its statements, and once in the totals', () => {
  const other = { ...statement, id: 'A-02' };
  const scenarios = [scenario('pass', 'A-01', 'A-02'), scenario('fail', 'A-02')];
  expect(statementResults([statement, other], scenarios)).toMatchObject([
    { id: 'A-01', status: 'pass', scenarios: 1, passed: 1 },
    { id: 'A-02', status: 'fail', scenarios: 2, passed: 1 },
  ]);
  expect(totals(scenarios)).toEqual({
    pass: 1,
    fail: 1,
    inconclusive: 0,
    'not-applicable': 0,
    error: 0,
    'not-run': 0,
  });
});
