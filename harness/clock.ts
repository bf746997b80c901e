/**
 * Time as an implementation declares it in hello.
 *
 * A virtual clock stands still unless the suite moves it, so what is due at an instant happens at that
 * instant. Some systems look at their timers only now and then, and where the clock is real, time passes by
 * itself: what they do is never early, and late by no more than they declared. Their scenarios wait until
 * everything has happened that is due; what is so one moment before cannot be asked of a real clock.
 */
import type { HelloValue } from '../contract/index.ts';

export type Clock = NonNullable<HelloValue['clock']>;

/** Of who declares none: it is virtual, and everything is in time. */
const IN_TIME: Clock = { kind: 'virtual', tickMs: 0, lateness: 0 };

/** Marks a scenario that asks what is so at one instant. */
export const INSTANT_TAG = '@clock:virtual';

/** Longest that a scenario waits in real time, unless the user says otherwise. */
export const MAX_WAIT_MS = 5000;

const NS_PER_MS = 1_000_000;

const UNITS: Readonly<Record<string, number>> = { ns: 1 / NS_PER_MS, ms: 1, s: 1000 };

const WAIT = /^(\d+) (ns|ms|s) go(?:es)? by$/;

export function clockOf(hello: HelloValue | undefined): Clock {
  return hello?.clock ?? IN_TIME;
}

/** How late what is due after so many nanoseconds may happen, in whole nanoseconds. */
export function lateBy({ tickMs, lateness }: Clock, ns: number): number {
  return Math.ceil(ns * lateness + tickMs * NS_PER_MS);
}

/** Why a scenario asks too much of a clock; undefined if it does not. */
export function beyondClock(clock: Clock, { tags, steps, maxWaitMs }: Asked): string | undefined {
  if (clock.kind === 'virtual') return undefined;
  if (tags.includes(INSTANT_TAG)) return 'it asks what is so at an instant, and the clock is real';
  const waitMs = steps.reduce((sum, step) => sum + waitOf(step), 0);
  if (waitMs <= maxWaitMs) return undefined;
  return `it lets ${waitMs / 1000} s of real time go by, and --max-wait is ${maxWaitMs} ms`;
}

interface Asked {
  readonly tags: readonly string[];
  /** Texts of its steps. */
  readonly steps: readonly string[];
  readonly maxWaitMs: number;
}

function waitOf(step: string): number {
  const [, count, unit = ''] = WAIT.exec(step) ?? [];
  return count === undefined ? 0 : Number(count) * (UNITS[unit] ?? 0);
}
