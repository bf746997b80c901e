/**
 * The clock.
 *
 * Every processor has a clock interrupt of its own, at a level above all devices. Its handler does the
 * least: it counts the tick, charges it to whoever was found running, ends a used up quantum, and asks
 * for the software interrupt that runs the timers.
 *
 * Source: 4.4BSD, kern/kern_clock.c, hardclock(); Linux 2.6.11, kernel/timer.c, do_timer(),
 * update_process_times(), run_local_timers().
 */
import { levelOf, inUserMode, type Frame, type Line, type Processor } from './state.ts';
import { raiseLine } from './interrupts.ts';
import { raiseSoftirq } from './softirqs.ts';
import { timerDue } from './timers.ts';

export const CLOCK: Line = {
  name: 'clock',
  level: levelOf('splclock'),
  fast: true,
  program: [{ do: 'hardclock' }],
};

/** Raises the clock's line when its time has come. */
export function runClock(processor: Processor): void {
  const { clock } = processor.machine.scene;
  if (clock === undefined || processor.steps === 0) return;
  if (processor.steps % clock.every === 0) raiseLine(processor, CLOCK);
}

/** @kernel hardclock; do_timer, update_process_times */
export function hardclock(processor: Processor): void {
  const { machine, current } = processor;
  // One processor keeps the time of day.
  if (processor.id === 0) machine.ticks += 1;
  charge(processor);
  current.ranTicks += 1;
  const quantum = machine.scene.clock?.quantum ?? Infinity;
  if (current !== processor.idle && current.ranTicks >= quantum) processor.needResched = true;
  if (processor.id === 0 && softclockNeeded(processor)) raiseSoftirq(processor, 'TIMER');
}

/** Linux 2.6.11 asks for it at every tick. */
function softclockNeeded({ machine }: Processor): boolean {
  return machine.profile === 'linux-2.6.11' || timerDue(machine);
}

/** A whole tick goes to the mode that it found. */
function charge(processor: Processor): void {
  const { current } = processor;
  const found = interrupted(processor);
  if (found.kind === 'idle') processor.idleTicks += 1;
  else if (inUserMode(found)) current.usage.user += 1;
  else current.usage.system += 1;
}

/** The frame under that of the clock. */
function interrupted({ interruptStack, current }: Processor): Frame {
  const stack = [...current.frames, ...interruptStack];
  return stack.at(-2) as Frame;
}
