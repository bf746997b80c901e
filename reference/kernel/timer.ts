/**
 * Kernel timers: what a timer is, and what can be done to one.
 *
 * A timer is pending exactly while it is in a slot of the wheel. It leaves the slot before its
 * function is called, so the function finds its timer free and may start it again. Where a timer
 * waits and when it fires is the wheel's affair.
 *
 * Source: Linux 2.6.11, kernel/timer.c and include/linux/timer.h. Left out: the locks, the timer that
 * is running on another processor (del_timer_sync), the check of the preemption count.
 */
import { bugOn } from './bug.ts';
import type { Jiffies } from './jiffies.ts';

/** Timers that wait together, in the order of their arrival. */
export type Slot = Set<TimerList>;

/** @kernel struct timer_list */
export interface TimerList {
  readonly function: () => void;
  /** The jiffy at which it is due, an unsigned 32-bit integer. */
  expires: number;
  /** Where it waits; null while it is not pending. */
  entry: Slot | null;
}

/** @kernel tvec_base_t, struct timer_base — the wheel of a processor. */
export interface TimerBase {
  readonly clock: Jiffies;
  /** Puts a timer where its expiry belongs, out of where it waits if it does. */
  place(timer: TimerList): void;
  /** Calls what is due by jiffies. @kernel __run_timers, in the TIMER softirq */
  run(): void;
  /** Ticks until run() has something to do, at least 1: before that it would change nothing. */
  ticksToWork(): number;
}

/** What differs between systems. */
export interface TimerRules {
  /** add_timer looks whether the timer is pending; in 2.6.11 it is mod_timer, and does not. */
  readonly addLooks: boolean;
}

/** @kernel init_timer */
export function initTimer(handler: () => void): TimerList {
  return { function: handler, expires: 0, entry: null };
}

/** @kernel timer_pending */
export function timerPending(timer: TimerList): boolean {
  return timer.entry !== null;
}

/** @kernel detach_timer */
export function detachTimer(timer: TimerList): void {
  timer.entry?.delete(timer);
  timer.entry = null;
}

/** @kernel list_add_tail */
export function attachTimer(timer: TimerList, slot: Slot): void {
  slot.add(timer);
  timer.entry = slot;
}

/** @throws KernelBug — the timer is pending, where the rules say to look. @kernel add_timer */
export function addTimer(
  base: TimerBase,
  timer: TimerList,
  expires: number,
  { addLooks }: TimerRules,
): void {
  bugOn(addLooks && timerPending(timer), 'a timer is added that is pending');
  setTimer(base, timer, expires);
}

/** @returns whether it was pending. @kernel mod_timer */
export function modTimer(base: TimerBase, timer: TimerList, expires: number): boolean {
  const pending = timerPending(timer);
  // Setting it to what it is must not cost it its place among those of the same tick.
  if (!pending || timer.expires !== expires) setTimer(base, timer, expires);
  return pending;
}

/** @kernel __mod_timer */
function setTimer(base: TimerBase, timer: TimerList, expires: number): void {
  timer.expires = expires;
  base.place(timer);
}

/** @returns whether it was pending. @kernel del_timer */
export function delTimer(timer: TimerList): boolean {
  const pending = timerPending(timer);
  detachTimer(timer);
  return pending;
}

/**
 * Lets ticks come, each with its TIMER softirq.
 *
 * Ticks whose softirq would find nothing to do are counted together, which nobody can tell.
 */
export function passTicks(base: TimerBase, ticks: number): void {
  for (let left = ticks; left > 0;) {
    const step = Math.min(left, base.ticksToWork());
    missTicks(base, step);
    base.run();
    left -= step;
  }
}

/** Ticks that are counted while softirqs are held off. */
export function missTicks({ clock }: TimerBase, ticks: number): void {
  clock.jiffies = (clock.jiffies + ticks) >>> 0;
}
