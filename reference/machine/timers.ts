/**
 * Timers of the kernel, as the clock of the machine runs them.
 *
 * They are kept in the order in which they fire. Among timers that are due at the same tick Linux
 * 2.6.11 fires the one that was set first, 4.4BSD and today's Linux the one that was set last.
 *
 * Source: Linux 2.6.11, kernel/timer.c; 4.4BSD, kern/kern_clock.c, timeout(). Left out: wheel and
 * delta list, which differ from this in speed alone.
 */
import type { Action } from '../../contract/index.ts';
import { bug } from '../kernel/bug.ts';
import { enter, leave } from './context.ts';
import { record, type Machine, type PendingTimer, type Processor } from './state.ts';

/** @kernel mod_timer; untimeout and timeout */
export function setTimer(machine: Machine, timer: PendingTimer): void {
  deleteTimer(machine, timer.name);
  const { profile } = machine;
  const behindEquals = profile === 'notes' || profile === 'linux-2.6.11';
  const place = machine.timers.findIndex(({ expires }) =>
    behindEquals ? expires > timer.expires : expires >= timer.expires,
  );
  machine.timers.splice(place < 0 ? machine.timers.length : place, 0, timer);
}

/** @kernel del_timer; untimeout */
export function deleteTimer(machine: Machine, name: string): void {
  const place = machine.timers.findIndex((timer) => timer.name === name);
  if (place >= 0) machine.timers.splice(place, 1);
}

export function timerDue({ timers, ticks }: Machine): boolean {
  return timers[0] !== undefined && timers[0].expires <= ticks;
}

/** Fires the first timer that is due. @returns whether there was one. */
export function fireNextTimer(processor: Processor): boolean {
  const { machine } = processor;
  if (!timerDue(machine)) return false;
  machine.timers.shift()?.fires(processor);
  return true;
}

/** Runs the program of a timer in the softirq that has found it due. */
export function enterTimer(processor: Processor, name: string, program: readonly Action[]): void {
  record(processor, name, 'starts');
  const end = (): void => {
    leave(processor);
    record(processor, name, 'ends');
  };
  enter(processor, { kind: 'timer', who: name, program, leave: end });
}

/** The program of a timer of the scene. @throws KernelBug — there is no such timer. */
export function timerProgram({ scene }: Machine, name: string): readonly Action[] {
  const timer = scene.timers?.find((other) => other.name === name);
  return timer?.program ?? bug(`there is no timer ${name}`);
}
