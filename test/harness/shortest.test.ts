/** Which of many schedules that fail is told. */
import { describe, expect, it } from 'vitest';
import { interleavings } from '../../harness/interleavings.ts';
import { changes, leastBy, shorterSchedules, shrunk } from '../../harness/shortest.ts';

const who = (processor: number) => processor;

describe('changes', () => {
  it.each([
    [[], 0],
    [[0], 0],
    [[0, 0, 0], 0],
    [[0, 1], 1],
    [[0, 0, 1, 1, 0], 2],
    [[0, 1, 0, 1], 3],
  ])('%j has %i', (schedule, count) => {
    expect(changes(schedule, who)).toBe(count);
  });
});

it('of all orders those that change least are found first', () => {
  const all = [...interleavings([2, 2])];
  expect(leastBy(all, (order) => changes(order, who))).toEqual([0, 0, 1, 1]);
});

it('of nothing there is no least', () => {
  expect(leastBy([], () => 0)).toBeUndefined();
});

it('shorter schedules are the beginnings, and those with a turn left out', () => {
  expect([...shorterSchedules([0, 1, 2])]).toEqual([[], [0], [0, 1], [1, 2], [0, 2], [0, 1]]);
});

describe('shrunk', () => {
  const fails = (order: number[]) => Promise.resolve(order.filter((turn) => turn === 1).length > 1);

  it('leaves out all that it fails without', async () => {
    expect(await shrunk([0, 1, 0, 0, 1, 0], shorterSchedules, fails)).toEqual([1, 1]);
  });

  it('keeps what cannot be smaller', async () => {
    expect(await shrunk([1, 1], shorterSchedules, fails)).toEqual([1, 1]);
  });
});
