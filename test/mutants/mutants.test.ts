import { describe, expect, it } from 'vitest';
import parseTagExpression from '@cucumber/tag-expressions';
import { readCatalogue } from '../../harness/catalogue.ts';
import { readBook } from '../../harness/run.ts';
import { mutatedText } from '../../mutants/build.ts';
import { MUTANTS } from '../../mutants/mutants.ts';

const ids = MUTANTS.map(({ id }) => id);

describe('the mutants', () => {
  it('have ids of their own, in kebab-case', () => {
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('break statements of the catalogue', () => {
    const known = readCatalogue().map(({ id }) => id);
    const named = MUTANTS.flatMap(({ statement, alsoBreaks = [] }) => [statement, ...alsoBreaks]);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('say what they do in a sentence', () => {
    expect(MUTANTS.filter(({ does }) => !/^[A-Z].*\.$/.test(does))).toEqual([]);
  });

  it.each(MUTANTS)('$id has its place exactly once in the compiled reference', (mutant) => {
    expect(mutatedText(mutant)).toContain(mutant.replace);
  });

  it('can be shown by scenarios of the statements that they break', () => {
    const { scenarios } = readBook().specification;
    const lost = MUTANTS.filter(({ statement, touches }) => {
      const touched = parseTagExpression(touches);
      return !scenarios.some(
        (s) => s.statements.includes(statement) && touched.evaluate([...s.tags]),
      );
    });
    expect(lost).toEqual([]);
  });

  it('break every statement that a scenario states', () => {
    const stated = new Set(readBook().specification.scenarios.flatMap((s) => s.statements));
    const broken = new Set(MUTANTS.map(({ statement }) => statement));
    expect([...stated].filter((id) => !broken.has(id)).sort()).toEqual([]);
  });
});
