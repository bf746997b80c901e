import { describe, expect, it } from 'vitest';
import { renderMatrix } from '../../harness/kill-matrix-table.ts';
import {
  chosenFaults,
  judge,
  judgeMatrix,
  killMatrix,
  matrixOf,
  type SeededFault,
} from '../../harness/kill-matrix.ts';
import { readBook } from '../../harness/run.ts';
import { buildMutant, MUTANTS } from '../../mutants/mutants.ts';

const STATES: Readonly<Record<string, readonly string[]>> = {
  'a: order': ['NTF-01'],
  'a: generated': ['NTF-01', 'NTF-02'],
  'a: leaving': ['NTF-02'],
  'b: sums': ['CSM-08'],
};

const statementsOf = (key: string) => STATES[key] ?? [];

const row = (...fails: string[]) => ({
  id: 'fault',
  statement: 'NTF-01',
  does: 'Does it wrong.',
  fails,
});

const fault: SeededFault = { ...row(), touches: '@cap:notifier-chain' };

describe('judging a fault', () => {
  it('is killed when a scenario of its statement fails', () => {
    const judged = judge(row('a: leaving', 'a: order', 'b: sums'), statementsOf, ['NTF-02']);
    expect(judged).toMatchObject({ fate: 'killed', own: 1, also: 1, others: 1 });
  });

  it('survives when nothing fails', () => {
    const judged = judge(row(), statementsOf);
    expect(judged).toMatchObject({ fate: 'survived', own: 0, also: 0, others: 0 });
    expect(judged.firstKiller).toBeUndefined();
  });

  it('is killed elsewhere when only scenarios of other statements fail, expected or not', () => {
    const judged = judge(row('a: leaving', 'b: sums'), statementsOf, ['NTF-02']);
    expect(judged).toMatchObject({ fate: 'killed-elsewhere', own: 0, also: 1, others: 1 });
    expect(judged.firstKiller).toBe('a: leaving');
  });

  it('names the killer that states least', () => {
    expect(judge(row('a: generated', 'a: order'), statementsOf).firstKiller).toBe('a: order');
  });
});

describe('the table', () => {
  const verdict = {
    rows: [
      judge(row('a: order'), statementsOf),
      { ...judge(row(), statementsOf), id: 'survivor' },
      { ...judge(row('b: sums'), statementsOf), id: 'elsewhere' },
    ],
    killed: 1,
    survived: 1,
    killedElsewhere: 1,
    passed: false,
  };

  it('ends with what is wrong, and the sum', () => {
    const lines = renderMatrix(verdict, { colour: false }).trimEnd().split('\n');
    expect(lines[1]).toBe('fault      NTF-01       1     0       0  a: order');
    expect(lines.slice(-7)).toEqual([
      'survivor SURVIVED: every scenario passes on it.',
      '  It breaks NTF-01: Does it wrong.',
      '',
      'elsewhere WAS KILLED ELSEWHERE ONLY: no scenario of NTF-01 fails on it.',
      '  It breaks NTF-01: Does it wrong.',
      '',
      'mutants: 1 killed, 1 survived, 1 killed only elsewhere',
    ]);
  });
});

describe('choosing faults', () => {
  it('takes ids and statements', () => {
    const other = { ...fault, id: 'other', statement: 'CSM-08' };
    expect(chosenFaults([fault, other], ['NTF-01'])).toEqual([fault]);
    expect(chosenFaults([fault, other], ['other'])).toEqual([other]);
    expect(chosenFaults([fault, other], [])).toEqual([fault, other]);
  });

  it('names what is near when there is no such fault', () => {
    expect(() => chosenFaults([fault], ['faulty'])).toThrow(
      'there is no mutant faulty; the nearest are fault, NTF-01',
    );
  });
});

describe('a matrix', () => {
  it('passes only if there is a fault and every one is killed', () => {
    const book = readBook();
    const empty = matrixOf({ seed: 1, runs: 1 }, []);
    expect(judgeMatrix(empty, [], book).passed).toBe(false);
    const survived = matrixOf({ seed: 1, runs: 1 }, [row()]);
    expect(judgeMatrix(survived, [fault], book)).toMatchObject({ survived: 1, passed: false });
  });

  it('is the same each time, and has the scenarios that notice', async () => {
    const options = { seed: 1, runs: 5, only: ['ntf-default-priority-lowest'] };
    const first = await killMatrix(MUTANTS, buildMutant, options);
    expect(first.mutants.map(({ fails }) => fails)).toEqual([
      [
        'kernel/notifier-chain.feature: It hears after the earlier zeroes, before the later ones and before the negative',
      ],
    ]);
    expect(await killMatrix(MUTANTS, buildMutant, options)).toEqual(first);
  });
});
