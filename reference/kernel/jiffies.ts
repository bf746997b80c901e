/**
 * The clock interrupt and jiffies.
 *
 * A clock is a fraction of a tick that time fills: it is kept in units of 1/HZ nanosecond, in which a
 * tick is 10^9 whatever HZ is, so nothing is ever rounded. Jiffies is an unsigned 32-bit counter that
 * wraps; which of two values is later is told by the sign of their difference.
 *
 * Source: Linux 2.6.11, kernel/timer.c, do_timer() and include/linux/jiffies.h. Left out: jiffies_64,
 * of which this is the low half; wall time; the correction of a clock that is slightly off.
 */

const NSEC_PER_SEC = 1_000_000_000;

export interface Clock {
  /** Ticks a second. */
  readonly hz: number;
  /** What has passed of the present tick, in 1/HZ nanosecond: 0 to below 10^9. */
  phase: number;
}

/** Jiffies as a kernel's other parts share it. */
export interface Jiffies {
  /** Unsigned 32-bit integer. */
  jiffies: number;
}

/** A clock that has just ticked. */
export function newClock(hz: number): Clock {
  return { hz, phase: 0 };
}

/** @param interrupt - taken once for each tick that the time completes. */
export function advanceClock(clock: Clock, nanoseconds: number, interrupt: () => void): void {
  clock.phase += nanoseconds * clock.hz;
  while (clock.phase >= NSEC_PER_SEC) {
    clock.phase -= NSEC_PER_SEC;
    interrupt();
  }
}

/** @kernel do_timer */
export function doTimer(counter: Jiffies): void {
  counter.jiffies = (counter.jiffies + 1) >>> 0;
}

/**
 * Five minutes before the wrap, so that whoever compares wrongly is found out soon after boot.
 *
 * @kernel INITIAL_JIFFIES
 */
export function initialJiffies(hz: number): number {
  return (-300 * hz) >>> 0;
}

/** @kernel time_after */
export function timeAfter(a: number, b: number): boolean {
  return ((b - a) | 0) < 0;
}

/** @kernel time_before */
export function timeBefore(a: number, b: number): boolean {
  return timeAfter(b, a);
}

/** @kernel time_after_eq */
export function timeAfterEq(a: number, b: number): boolean {
  return ((a - b) | 0) >= 0;
}

/** @kernel time_before_eq */
export function timeBeforeEq(a: number, b: number): boolean {
  return timeAfterEq(b, a);
}
