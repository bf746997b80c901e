/**
 * Callouts, hardclock and softclock.
 *
 * Functions that wait for their time are a list in the order of that time, each with the difference to
 * the one before it. So the clock interrupt counts down a single entry for all of them, and asks for
 * softclock only when that entry is due; softclock, which interrupts no longer wait for, calls what is due.
 *
 * Invariant: the times up to the first positive one sum up to what is overdue (0 or less); from there on
 * the sum of the times up to an entry is the number of ticks until it is due.
 *
 * Source: 4.4BSD, kern/kern_clock.c. Left out: the accounting and the wall clock of hardclock; the
 * priority that softclock drops to around each call.
 */
import { bug } from './bug.ts';

/** What a callout calls; functions are told apart by identity. */
export type TimeoutFunction = (argument: number) => void;

/** @kernel struct callout */
interface Callout {
  readonly function: TimeoutFunction;
  readonly argument: number;
  /** Ticks after the entry before it; 0 or less: due, so many ticks ago. */
  time: number;
  next: Callout | null;
}

export interface Callouts {
  /** First to be called. @kernel calltodo */
  next: Callout | null;
  /** How many more can wait. @kernel callfree */
  free: number;
}

/** How a clock interrupt gets softclock to run. */
export interface Softclock {
  /** Runs it at once. @kernel softclock */
  call(): void;
  /** Asks for a software interrupt, to be taken when the priority falls. @kernel setsoftclock */
  request(): void;
}

/** @param size - how many can wait at once. @kernel ncallout */
export function newCallouts(size: number): Callouts {
  return { next: null, free: size };
}

/**
 * @param ticks - from now; less than 1 counts as 1.
 * @throws KernelBug — as many wait as the table holds.
 * @kernel timeout
 */
export function timeout(
  callouts: Callouts,
  func: TimeoutFunction,
  argument: number,
  ticks: number,
): void {
  if (callouts.free === 0) bug('timeout table full');
  callouts.free -= 1;
  let time = Math.max(ticks, 1);
  let place: Pick<Callout, 'next'> = callouts;
  // Not beyond its equals: a newcomer goes before those that are due at the same tick.
  while (place.next !== null && time > place.next.time) {
    // What is overdue lies in the past and takes nothing off the time.
    time -= Math.max(place.next.time, 0);
    place = place.next;
  }
  const { next } = place;
  place.next = { function: func, argument, time, next };
  if (next !== null) next.time -= time;
}

/** Takes back the first that waits with this function and argument, if any. @kernel untimeout */
export function untimeout(callouts: Callouts, func: TimeoutFunction, argument: number): void {
  let place: Pick<Callout, 'next'> = callouts;
  while (place.next !== null && !isCall(place.next, func, argument)) place = place.next;
  const gone = place.next;
  if (gone === null) return;
  place.next = gone.next;
  callouts.free += 1;
  if (gone.next !== null) gone.next.time += Math.max(gone.time, 0);
}

function isCall(callout: Callout, func: TimeoutFunction, argument: number): boolean {
  return callout.function === func && callout.argument === argument;
}

/**
 * The clock interrupt.
 *
 * @param basePriority - nothing was held off by what it interrupts, so softclock can run right away,
 * which saves a software interrupt.
 * @kernel hardclock
 */
export function hardclock(callouts: Callouts, basePriority: boolean, softclock: Softclock): void {
  if (!countDown(callouts)) return;
  if (basePriority) softclock.call();
  else softclock.request();
}

/** Counts the first time that is not overdue, and all that are. @returns whether one is due. */
function countDown(callouts: Callouts): boolean {
  let due = false;
  for (let callout = callouts.next; callout !== null; callout = callout.next) {
    callout.time -= 1;
    if (callout.time > 0) return due;
    due = true;
    if (callout.time === 0) return due;
  }
  return due;
}

/** Calls all that are due, also those that become due meanwhile. @kernel softclock */
export function softclock(callouts: Callouts): void {
  for (let due = callouts.next; due !== null && due.time <= 0; due = callouts.next) {
    // Freed first, so that the function finds room to have itself called again.
    callouts.next = due.next;
    callouts.free += 1;
    due.function(due.argument);
  }
}
