import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { resultsSchema } from '../../reports/json-schema.ts';
import { resultsText } from '../../reports/json.ts';
import { allPassed, nothingSelected, sample } from './sample.ts';

describe('the JSON Schema of the results', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(resultsSchema());

  it('says what it is', () => {
    expect(resultsSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:kernspec:schema:kernspec-results:1',
      title: 'Results of a kernspec run',
    });
  });

  it.each([sample(), allPassed(), nothingSelected()])('accepts what is written', (results) => {
    validate(JSON.parse(resultsText(results)));
    expect(validate.errors).toBeNull();
  });

  it.each([
    ['an unknown member', { ...sample(), when: '2024-01-01' }],
    ['an unknown verdict', { ...sample(), totals: { ...sample().totals, perhaps: 1 } }],
    ['a missing total', { ...sample(), totals: { pass: 1 } }],
    ['another format', { ...sample(), format: 'kernspec-results/2' }],
  ])('refuses %s', (_, results) => {
    expect(validate(results)).toBe(false);
  });
});
