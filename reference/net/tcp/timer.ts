/**
 * A timer that is moved much more often than it fires.
 *
 * Putting it off only notes the new time: when the clock comes to the old one, it goes on to the new.
 * One that was stopped keeps its place on the clock, without work, for when it is started again.
 *
 * Source: the idea of mod_timer() of Linux 2.6.11, kernel/timer.c.
 */
import { after, cancel, type Clock, type ClockTimer } from '../clock.ts';

export interface LazyTimer {
  readonly clock: Clock;
  readonly fire: () => void;
  /** Nanoseconds since boot; Infinity while it does not run. */
  due: number;
  armed: ClockTimer | null;
  /** What the clock calls; made once. */
  readonly expire: () => void;
}

export function newTimer(clock: Clock, fire: () => void): LazyTimer {
  const timer: LazyTimer = {
    clock,
    fire,
    due: Infinity,
    armed: null,
    expire: () => {
      timer.armed = null;
      if (timer.due > clock.now) {
        arm(timer);
        return;
      }
      timer.due = Infinity;
      fire();
    },
  };
  return timer;
}

function arm(timer: LazyTimer): void {
  const { clock, due, expire } = timer;
  timer.armed = after(clock, due - clock.now, expire);
}

/** Has it fire at a time; moves it when it runs. @kernel mod_timer */
export function startTimer(timer: LazyTimer, due: number): void {
  timer.due = due;
  const { armed } = timer;
  if (armed !== null && armed.queued && armed.at <= due) {
    armed.work = timer.expire;
    return;
  }
  cancel(armed);
  arm(timer);
}

/** @kernel del_timer */
export function stopTimer(timer: LazyTimer): void {
  timer.due = Infinity;
  cancel(timer.armed);
}

export function timerRuns({ due }: LazyTimer): boolean {
  return due !== Infinity;
}
