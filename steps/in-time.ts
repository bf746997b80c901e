/** Whether what a host sends leaves when it is due, by the clock that it declares. */
import assert from 'node:assert/strict';
import { lateBy } from '../harness/clock.ts';
import type { CapturedFrame } from './network-scene.ts';
import type { SuiteWorld } from './world.ts';

/**
 * Never early, and late by no more than the implementation declares and than went by unasked.
 *
 * @param due - nanoseconds that the scenario has let go by.
 * @param told - what was sent, and when.
 */
export function assertInTime(
  { clock }: SuiteWorld,
  { at, slack }: Pick<CapturedFrame, 'at' | 'slack'>,
  due: number,
  told: string,
): void {
  const latest = due + slack + lateBy(clock, due);
  if (at >= due && at <= latest) return;
  const expected = latest === due ? `${due} ns` : `${due} to ${latest} ns`;
  throw new assert.AssertionError({ message: told, expected, actual: `${at} ns` });
}
