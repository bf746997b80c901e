import { describe, expect, it } from 'vitest';

import { arrange, scenariosOf } from '../../reports/book.ts';
import { scenario } from './sample-parts.ts';
import { nothingSelected, sample } from './sample.ts';

describe('the book', () => {
  it('has the areas in the order of the catalogue and every scenario once', () => {
    const results = sample();
    const areas = arrange(results);
    expect(areas.map(({ id }) => id)).toEqual(['CSM', 'NTF', 'SKB']);
    const keys = areas.flatMap(scenariosOf).map(({ key }) => key);
    expect(keys.toSorted()).toEqual(results.scenarios.map(({ key }) => key).toSorted());
  });

  it('puts a feature where most of its statements are', () => {
    const stray = scenario({ name: 'Also shows this', statements: ['SKB-05'] });
    const areas = arrange(sample({ scenarios: [stray, ...sample().scenarios] }));
    expect(areas[0]?.features.map(({ path }) => path)).toEqual(['network/checksum.feature']);
    expect(areas[2]?.features.map(({ path }) => path)).toEqual(['network/sk-buff.feature']);
  });

  it('keeps scenarios without rule, statement or area', () => {
    const stray = scenario({ name: 'Lonely', feature: 'x.feature', rule: '', statements: [] });
    const last = arrange(sample({ scenarios: [stray] })).at(-1);
    expect(last).toMatchObject({
      id: 'OTHER',
      features: [{ path: 'x.feature', title: 'x.feature' }],
    });
    expect(last && scenariosOf(last)).toEqual([stray]);
  });

  it('is empty when there is nothing', () => {
    expect(arrange(nothingSelected())).toEqual([]);
  });
});
