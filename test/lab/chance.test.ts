/** Chance by seed. */
import { describe, expect, it } from 'vitest';
import { chance } from '../../harness/lab/chance.ts';

const numbers = (seed: number, name: string, count = 1000) => {
  const next = chance(seed, name);
  return Array.from({ length: count }, () => next());
};

describe('a stream of chance', () => {
  it('is the same for the same seed and name', () => {
    expect(numbers(7, 'loss')).toEqual(numbers(7, 'loss'));
  });

  it.each([
    ['another seed', 8, 'loss'],
    ['another name', 7, 'lost'],
    ['no name', 7, ''],
  ])('is another for %s', (_, seed, name) => {
    expect(numbers(seed, name, 8)).not.toEqual(numbers(7, 'loss', 8));
  });

  it.each([0, 1, 0xffff_ffff])('is spread evenly, seed %i', (seed) => {
    const drawn = numbers(seed, 'evenly', 100_000);
    expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const number of drawn) tenths[Math.floor(number * 10)]! += 1;
    // Ten thousand each, with a standard deviation of 95.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
