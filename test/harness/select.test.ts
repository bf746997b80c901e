/** What --only and --shard leave, and what they say of what does not exist. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../harness/catalogue.ts';
import { UsageError } from '../../harness/problems.ts';
import { parseShard, selectScenarios } from '../../harness/select.ts';
import { parseSpecification } from '../../harness/specification.ts';

const catalogue = readCatalogue();
const { scenarios } = parseSpecification();
const select = (...only: string[]) => selectScenarios(scenarios, catalogue, only);
const first = scenarios.find(({ feature }) => feature === 'net/checksum.feature');

describe('--only', () => {
  it('left out chooses all of them', () => {
    expect(select()).toEqual(scenarios);
  });

  it.each(['CSM-08', '@CSM-08', 'csm-08'])('chooses by the id of a statement: %s', (id) => {
    const wanted = scenarios.filter(({ statements }) => statements.includes('CSM-08'));
    expect(wanted.length).toBeGreaterThan(10);
    expect(select(id)).toEqual(wanted);
  });

  it('chooses by area, and by the heading of areas', () => {
    const of = (area: string) =>
      scenarios.filter(({ statements }) => statements.some((id) => id.startsWith(`${area}-`)));
    expect(select('NTF')).toEqual(of('NTF'));
    expect(select('RTE')).toEqual(expect.arrayContaining(of('NTF')));
  });

  it.each([
    'net/checksum.feature',
    'features/net/checksum.feature',
    './features/net/checksum.feature',
  ])('chooses by path: %s', (file) => {
    const wanted = scenarios.filter(({ feature }) => feature === 'net/checksum.feature');
    expect(select(file)).toEqual(wanted);
  });

  it.each(['kernel/', 'features/kernel/', 'features/kernel'])('chooses by folder: %s', (folder) => {
    const chosen = select(folder);
    expect(chosen.length).toBeGreaterThan(10);
    expect(chosen).toEqual(scenarios.filter(({ feature }) => feature.startsWith('kernel/')));
  });

  it('chooses by line, of which there may be several', () => {
    const [one, other] = scenarios.filter(({ feature }) => feature === first?.feature);
    expect(select(`net/checksum.feature:${one?.line}`)).toEqual([one]);
    expect(select(`net/checksum.feature:${one?.line}:${other?.line}`)).toEqual([one, other]);
  });

  it('chooses by an expression of tags', () => {
    const wanted = scenarios.filter(({ tags, property }) => tags.includes('@CSM-06') && !property);
    expect(select('@CSM-06 and not @property')).toEqual(wanted);
  });

  it('chooses what any of several choose, in the order of the features, once', () => {
    const either = new Set([...select('CSM-06'), ...select('SKB')]);
    expect(select('SKB', 'CSM-06', 'CSM-06')).toEqual(
      scenarios.filter((scenario) => either.has(scenario)),
    );
  });

  it.each([
    ['CSM-80', 'there is no statement CSM-80; the nearest are CSM-'],
    ['SKX', 'there is no area SKX; the nearest are '],
    [
      'net/chekcsum.feature',
      'there is no feature net/chekcsum.feature; the nearest are net/checksum',
    ],
    ['net/nowhere/', 'there is no feature net/nowhere/; the nearest are '],
    [
      'net/checksum.feature:1',
      'no scenario of net/checksum.feature begins at line 1; the nearest begin at ',
    ],
    ['@CSM-06 and @propertie', 'there is no tag @propertie; the nearest are @property'],
    ['checksums', 'there is no statement, area, feature or tag "checksums"; the nearest are '],
    ['@CSM-06 and', '"@CSM-06 and" is no tag expression: '],
    ['@CSM-06 @CSM-08', '"@CSM-06 @CSM-08" is no tag expression: '],
    ['', '--only wants a statement id'],
    ['net', 'feature or tag "net"; the nearest are net/'],
    ['CSM-06,CSM-08', 'for several, repeat --only'],
  ])('names what is near to what does not exist: "%s"', (selector, says) => {
    expect(() => select(selector)).toThrow(UsageError);
    expect(() => select(selector)).toThrow(says);
  });

  it('either chooses or explains, whatever is given', () => {
    fc.assert(
      fc.property(fc.string(), (selector) => {
        try {
          select(selector);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

describe('--shard', () => {
  it('divides the chosen ones without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
        const shards = Array.from({ length: count }, (_, at) =>
          selectScenarios(scenarios, catalogue, ['NTF'], { index: at + 1, count }),
        );
        expect(new Set(shards.flat())).toEqual(new Set(select('NTF')));
        expect(shards.flat()).toHaveLength(select('NTF').length);
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is written i/n', () => {
    expect(parseShard('1/1')).toEqual({ index: 1, count: 1 });
    expect(parseShard('3/12')).toEqual({ index: 3, count: 12 });
  });

  it.each(['0/2', '3/2', '1', '1/', '/2', '-1/2', '1/2/3', 'a/b', '1.5/2', '', '1/0'])(
    'is not "%s"',
    (text) => {
      expect(() => parseShard(text)).toThrow(UsageError);
      expect(() => parseShard(text)).toThrow(/--shard wants i\/n .*, such as 1\/4, not "/);
    },
  );
});
