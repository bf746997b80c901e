import { describe, expect, it } from 'vitest';
import { diagnosed, likelyBugs } from '../../harness/diagnosis.ts';
import { MATRIX_FORMAT, readKillMatrix, type KillMatrix } from '../../harness/kill-matrix-file.ts';
import { judgeMatrix } from '../../harness/kill-matrix.ts';
import { readBook } from '../../harness/run.ts';
import { summarise } from '../../harness/summarise.ts';
import { MUTANTS } from '../../mutants/mutants.ts';
import type { Results, ScenarioResult } from '../../reports/results.ts';

const mutant = (id: string, ...fails: string[]) => ({
  id,
  statement: 'NTF-01',
  does: `Does ${id}.`,
  fails,
});

const matrixOf = (...mutants: ReturnType<typeof mutant>[]): KillMatrix => ({
  format: MATRIX_FORMAT,
  seed: 1,
  runs: 1,
  mutants,
});

const named = (bugs: ReturnType<typeof likelyBugs>) =>
  bugs.map(({ mutant: id, likeness }) => [id, likeness]);

describe('likely bugs', () => {
  const matrix = matrixOf(
    mutant('all-four', 'a', 'b', 'c', 'd'),
    mutant('two', 'a', 'b'),
    mutant('the-same-two', 'b', 'a'),
    mutant('three', 'a', 'b', 'c'),
    mutant('one', 'a'),
    mutant('nothing'),
    mutant('elsewhere', 'x', 'y'),
  );

  it('come likeliest first, equals by id, at most three', () => {
    expect(named(likelyBugs(['a', 'b'], matrix))).toEqual([
      ['the-same-two', 1],
      ['two', 1],
      ['three', 0.67],
    ]);
  });

  it('are as many as asked for, and alike by half at least', () => {
    expect(named(likelyBugs(['a', 'b'], matrix, 9)).map(([id]) => id)).toEqual([
      'the-same-two',
      'two',
      'three',
      'all-four',
      'one',
    ]);
  });

  it('are none where nothing is alike, or nothing failed', () => {
    expect(likelyBugs(['q', 'a', 'r'], matrix)).toEqual([]);
    expect(likelyBugs([], matrix)).toEqual([]);
  });

  it('say what the bug does and what it breaks', () => {
    expect(likelyBugs(['x', 'y'], matrix)).toEqual([
      { mutant: 'elsewhere', does: 'Does elsewhere.', statement: 'NTF-01', likeness: 1 },
    ]);
  });
});

const failure: NonNullable<ScenarioResult['failure']> = {
  kind: 'difference',
  step: '',
  line: 0,
  message: '',
  exchange: [],
  fingerprint: '',
  likelyBugs: [],
};

function scenario(key: string, failed: boolean, statements = ['NTF-01']): ScenarioResult {
  const [feature = ''] = key.split(':');
  const verdict = failed ? 'fail' : 'pass';
  const base = { key, feature, rule: '', name: key, line: 1, statements, property: false };
  return { ...base, verdict, steps: [], ...(failed && { failure }) };
}

function resultsOf(scenarios: readonly ScenarioResult[]): Results {
  const hello = { protocol: 1, name: 'it', version: '1', capabilities: {} };
  const facts = { impl: 'it', hello: hello as never, profile: 'notes', seed: 1, runs: 1, only: [] };
  return summarise(facts, [], { features: [], rules: [] }, scenarios);
}

const bugsOf = (results: Results, key: string) =>
  results.scenarios.find((one) => one.key === key)?.failure?.likelyBugs.map(({ mutant: id }) => id);

describe('the diagnosis of a run', () => {
  it('compares whole runs first', () => {
    const matrix = matrixOf(mutant('both', 'f: 1', 'g: 1'), mutant('one', 'f: 1'));
    const results = resultsOf([scenario('f: 1', true), scenario('g: 1', true)]);
    expect(
      bugsOf(
        diagnosed(results, () => matrix),
        'f: 1',
      ),
    ).toEqual(['both', 'one']);
  });

  it('then features, so that a second bug elsewhere does not hide the first', () => {
    const matrix = matrixOf(mutant('first', 'f: 1'), mutant('second', 'g: 1'));
    const others = [1, 2, 3, 4].map((at) => scenario(`g: ${at}`, true));
    const results = diagnosed(resultsOf([scenario('f: 1', true), ...others]), () => matrix);
    expect(bugsOf(results, 'f: 1')).toEqual(['first']);
  });

  it('then statements, so that a second bug in the feature does not either', () => {
    const matrix = matrixOf(mutant('first', 'f: 1'));
    const others = [2, 3, 4].map((at) => scenario(`f: ${at}`, true, ['NTF-02']));
    const results = diagnosed(resultsOf([scenario('f: 1', true), ...others]), () => matrix);
    expect(bugsOf(results, 'f: 1')).toEqual(['first']);
    expect(bugsOf(results, 'f: 2')).toEqual([]);
  });

  it('takes no scenario for passed or failed that was not tried', () => {
    const matrix = matrixOf(mutant('wide', 'f: 1', 'g: 1', 'g: 2', 'g: 3'));
    const untried = { ...scenario('g: 1', false), verdict: 'not-applicable' as const };
    const results = diagnosed(resultsOf([scenario('f: 1', true), untried]), () => matrix);
    expect(bugsOf(results, 'f: 1')).toEqual(['wide']);
  });

  it('does not look at the matrix when nothing failed', () => {
    const results = resultsOf([scenario('f: 1', false)]);
    const never = () => expect.fail('the matrix was read');
    expect(diagnosed(results, never)).toBe(results);
  });
});

describe('the stored matrix', () => {
  const { mutants } = readKillMatrix();

  it('has every mutant, killed by a scenario of its statement; else run kernspec mutants --write', () => {
    expect(mutants.map(({ id }) => id)).toEqual(MUTANTS.map(({ id }) => id));
    const { rows } = judgeMatrix(readKillMatrix(), MUTANTS, readBook());
    expect(rows.filter(({ fate }) => fate !== 'killed')).toEqual([]);
  });

  /** A machine is one whole: every program of it goes through its way into the kernel. */
  const ofMachine = new Set(
    MUTANTS.filter(({ file }) => file.startsWith('machine/')).map(({ id }) => id),
  );

  it('has no mutant of a mechanism that breaks more than it was said to', () => {
    const { rows } = judgeMatrix(readKillMatrix(), MUTANTS, readBook());
    const more = rows.filter(({ id, others }) => others > 0 && !ofMachine.has(id));
    expect(more.map(({ id }) => id)).toEqual([]);
  });

  it('names scenarios that exist; else run kernspec mutants --write', () => {
    const keys = new Set(readBook().specification.scenarios.map(({ key }) => key));
    expect(mutants.flatMap(({ fails }) => fails).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('recognises every mutant, or another that no scenario tells from it', () => {
    const missed = mutants.filter(
      ({ fails }) => likelyBugs(fails, { mutants }, 1)[0]?.likeness !== 1,
    );
    expect(missed).toEqual([]);
  });
});
