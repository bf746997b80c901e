import { describe, expect, it } from 'vitest';
import { MATRIX_FORMAT, mergeRows, type KillMatrix } from '../../harness/kill-matrix-file.ts';
import { selectorOf, staleness, witnessesOf } from '../../harness/kill-matrix-witness.ts';
import { killMatrix, type SeededFault } from '../../harness/kill-matrix.ts';
import { readBook } from '../../harness/run.ts';
import { buildMutant, MUTANTS } from '../../mutants/mutants.ts';

const row = (id: string, ...fails: string[]) => ({
  id,
  statement: 'NTF-01',
  does: `Does ${id}.`,
  fails,
});

const matrixOf = (...mutants: ReturnType<typeof row>[]): KillMatrix => ({
  format: MATRIX_FORMAT,
  seed: 1,
  runs: 1,
  mutants,
});

const scenario = (key: string, statements: readonly string[], property = false) => {
  const [feature = '', name = ''] = key.split(': ');
  const none = { tags: [], capabilities: [], profiles: [] };
  return { key, feature, name, rule: '', line: name.length, statements, property, ...none };
};

const specification = {
  features: [],
  rules: [],
  scenarios: [
    scenario('a.feature: generated', ['NTF-01'], true),
    scenario('a.feature: two', ['NTF-01', 'NTF-02']),
    scenario('a.feature: one', ['NTF-01']),
    scenario('b.feature: sums', ['CSM-08']),
  ],
};

const witnessOf = (...fails: string[]) =>
  witnessesOf(matrixOf(row('fault', ...fails)), specification).get('fault')?.key;

describe('the witness of a fault', () => {
  it('is one case rather than many, and states as little as possible', () => {
    expect(witnessOf('a.feature: generated', 'a.feature: two', 'a.feature: one')).toBe(
      'a.feature: one',
    );
    expect(witnessOf('a.feature: generated', 'a.feature: two')).toBe('a.feature: two');
    expect(witnessOf('a.feature: generated')).toBe('a.feature: generated');
  });

  it('states what the fault breaks', () => {
    expect(witnessOf('b.feature: sums')).toBeUndefined();
    expect(witnessOf()).toBeUndefined();
  });

  it('is a scenario that still exists', () => {
    expect(witnessOf('a.feature: gone', 'a.feature: one')).toBe('a.feature: one');
  });

  it('is selected as on the command line', () => {
    expect(selectorOf(scenario('b.feature: sums', []))).toBe('b.feature:4');
  });
});

describe('a stored matrix', () => {
  const fault = (id: string, does = `Does ${id}.`): SeededFault => ({
    ...{ id, statement: 'NTF-01', does, touches: '' },
  });
  const stored = matrixOf(
    row('noticed', 'a.feature: one'),
    row('missed', 'a.feature: one'),
    row('lost', 'b.feature: sums'),
    row('other', 'a.feature: one'),
    row('gone', 'a.feature: one'),
  );
  const faults = [
    fault('noticed'),
    fault('missed'),
    fault('lost'),
    fault('other', 'Does something else.'),
    fault('new'),
  ];

  it('is stale where faults came, went or changed, and where a witness notices nothing', () => {
    const ran = [row('noticed', 'a.feature: one'), row('missed'), row('other', 'a.feature: one')];
    expect(staleness(stored, faults, ran, witnessesOf(stored, specification))).toEqual([
      'missed is not noticed any more by its witness, a.feature: one',
      'lost has no witness: no scenario of NTF-01 notices',
      'other is not stored as it is',
      'new is not stored as it is',
      'gone is stored and no fault any more',
    ]);
  });

  it('is not stale where each fault is noticed', () => {
    const one = matrixOf(row('noticed', 'a.feature: one'));
    const witnesses = witnessesOf(one, specification);
    expect(staleness(one, [fault('noticed')], one.mutants, witnesses)).toEqual([]);
  });

  it('takes rows made anew, in the order of the faults', () => {
    const fresh = matrixOf(row('missed', 'a.feature: two'), row('new', 'a.feature: one'));
    const ids = faults.map(({ id }) => id);
    const merged = mergeRows(stored, fresh, ids).mutants.map(({ id, fails }) => [id, ...fails]);
    expect(merged).toEqual([
      ['noticed', 'a.feature: one'],
      ['missed', 'a.feature: two'],
      ['lost', 'b.feature: sums'],
      ['other', 'a.feature: one'],
      ['new', 'a.feature: one'],
    ]);
  });
});

describe('running witnesses', () => {
  it('runs one scenario on each fault, and none where there is none', async () => {
    const only = ['ntf-default-priority-lowest', 'csum-odd-octet-dropped'];
    const all = readBook().specification.scenarios;
    const witness = all.find(({ key }) => key.endsWith('before the negative'));
    const witnesses = new Map(
      witness === undefined ? [] : [['ntf-default-priority-lowest', witness]],
    );
    const { mutants } = await killMatrix(MUTANTS, buildMutant, {
      seed: 1,
      runs: 5,
      only,
      witnesses,
    });
    expect(mutants.map(({ id, fails }) => [id, ...fails])).toEqual([
      ['csum-odd-octet-dropped'],
      ['ntf-default-priority-lowest', witness?.key],
    ]);
  });
});
