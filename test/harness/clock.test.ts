/** What a clock lets be asked, and how late it may be. */
import { describe, expect, it } from 'vitest';
import { beyondClock, clockOf, INSTANT_TAG, lateBy, type Clock } from '../../harness/clock.ts';

const REAL: Clock = { kind: 'real', tickMs: 4, lateness: 0.125 };
const COARSE: Clock = { kind: 'virtual', tickMs: 250, lateness: 0 };

const MS = 1_000_000;

describe('a clock', () => {
  it('that nobody has declared is virtual and in time', () => {
    expect(clockOf(undefined)).toMatchObject({ kind: 'virtual' });
    expect(lateBy(clockOf(undefined), 3000 * MS)).toBe(0);
  });

  it.each([
    [REAL, 0, 4 * MS],
    [REAL, 1000 * MS, 129 * MS],
    [REAL, 1, 4 * MS + 1],
    [COARSE, 0, 250 * MS],
    [COARSE, 1000 * MS, 250 * MS],
  ])('is late by a tick and its part of the delay at most: %j after %i ns', (clock, ns, late) => {
    expect(lateBy(clock, ns)).toBe(late);
  });
});

describe('a scenario', () => {
  const asked = (steps: readonly string[], tags: readonly string[] = [], maxWaitMs = 5000) => ({
    steps,
    tags,
    maxWaitMs,
  });

  it.each([
    [[], 0],
    [['3 s go by', '2000 ms go by'], 5000],
    [['1 s goes by', 'bob sends 3 s go by to carol'], 1000],
    [['5000000000 ns go by'], 5000],
  ])('that says %j waits %i ms', (steps, waitMs) => {
    expect(beyondClock(REAL, asked(steps, [], waitMs))).toBeUndefined();
    if (waitMs === 0) return;
    expect(beyondClock(REAL, asked(steps, [], waitMs - 1))).toBe(
      `it lets ${waitMs / 1000} s of real time go by, and --max-wait is ${waitMs - 1} ms`,
    );
  });

  it('that asks about an instant needs a clock that stands still', () => {
    expect(beyondClock(REAL, asked([], [INSTANT_TAG]))).toMatch(/the clock is real/);
    expect(beyondClock(COARSE, asked([], [INSTANT_TAG]))).toBeUndefined();
  });

  it('may let years go by where time is virtual', () => {
    expect(beyondClock(COARSE, asked(['100000000 s go by']))).toBeUndefined();
  });
});
