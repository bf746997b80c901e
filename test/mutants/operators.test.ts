import { describe, expect, it } from 'vitest';
import { killMatrix } from '../../harness/kill-matrix.ts';
import { buildMutant, operatorFaults, type Choice } from '../../tools/operator-faults.ts';
import { operatorEdits } from '../../tools/operators.ts';

/** The text after each edit. */
const edited = (text: string) =>
  operatorEdits(text).map(
    ({ start, end, instead }) => text.slice(0, start) + instead + text.slice(end),
  );

describe('faults of one operator', () => {
  it.each([
    ['a <= b;', ['a < b;', ';']],
    ['let a = b && !c;', ['let a = b || !c;', 'let a = b && (c);']],
    ['let a = b + 2;', ['let a = b - 2;', 'let a = b + (2 + 1);']],
    ['let a = b === c;', ['let a = b !== c;']],
    ['if (a === b) c();', ['if (false) c();', 'if (a !== b) c();', 'if (a === b) ;']],
    ['if (a) c();', ['if (!(a)) c();', 'if (false) c();', 'if (a) ;']],
    ['let a = b ? c : d;', ['let a = !(b) ? c : d;']],
    ['let a = true;', ['let a = false;']],
    ['a -= b;', ['a += b;', ';']],
  ])('%s', (text, expected) => {
    expect(edited(text).toSorted()).toEqual([...expected].toSorted());
  });

  it.each(["throw new Error('a' + b);", "import { a } from './1.js';", "let a = 'b' + c;"])(
    'leaves %s as it is',
    (text) => {
      expect(operatorEdits(text)).toEqual([]);
    },
  );
});

describe('faults that are tried', () => {
  const choice: Choice = { files: ['net/csum'], profile: 'notes', seed: 1 };

  it('have ids of their own, and are drawn alike by one seed', () => {
    const all = operatorFaults(choice);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const ids = (seed: number) =>
      operatorFaults({ ...choice, sample: 5, seed }).map(({ id }) => id);
    expect(ids(1)).toHaveLength(5);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
  });

  it('say where they are and what stands there', () => {
    const [first] = operatorFaults(choice);
    expect(first?.does).toMatch(/^net\/csum\.js:\d+: .*⟦.* → .*⟧/);
  });

  it('are run until something fails on them', async () => {
    const faults = operatorFaults({ ...choice, sample: 3 });
    const options = { seed: 1, runs: 5, stopAtFailure: true };
    const { mutants } = await killMatrix(faults, buildMutant, options);
    expect(mutants).toHaveLength(3);
    for (const { fails } of mutants) expect(fails.length).toBeLessThanOrEqual(1);
    expect(mutants.filter(({ fails }) => fails.length === 1).length).toBeGreaterThan(0);
  });
});
