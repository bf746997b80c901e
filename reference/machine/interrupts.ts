/**
 * Hardware interrupts.
 *
 * A line that is raised stays so until it is served: at once, or when whatever holds it off is over.
 * What holds it off is the priority of the processor, disabled interrupts, its own handler, since
 * the same line never nests, and that it is disabled itself, which counts for all processors. In 4.4BSD a handler runs at the priority of its line, so only a higher
 * line interrupts it; in Linux 2.6 it runs with interrupts on, so any other line does; in today's Linux
 * with interrupts off, so none does. Nobody is switched: the registers of whoever was interrupted lie
 * on the stack below the handler.
 *
 * Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, kernel/irq/handle.c, __do_IRQ(),
 * arch/i386/kernel/irq.c. Left out: several devices on one line.
 */
import { bug } from '../kernel/bug.ts';
import { CLOCK } from './clock.ts';
import { enter, leave } from './context.ts';
import {
  HARDIRQ_OFFSET,
  inInterrupt,
  record,
  topFrame,
  type Frame,
  type Line,
  type Micro,
  type Processor,
} from './state.ts';

/** A device asks for attention. Raised again before it was served, it is served once. */
export function raiseLine(processor: Processor, line: Line): void {
  if (!processor.raised.includes(line)) processor.raised.push(line);
}

function accepts(processor: Processor, line: Line): boolean {
  if (processor.machine.disabledLines.has(line)) return false;
  return processor.interrupts && line.level > processor.level && !inService(processor, line);
}

/** Whether its handler runs, here or, since devices are everybody's, anywhere else. */
function inService(processor: Processor, line: Line): boolean {
  const { processors } = processor.machine;
  const those = line === CLOCK ? [processor] : processors;
  return those.some((other) => other.inService.has(line));
}

/** The line to be served now: the highest, and of equals the one that was raised first. */
export function acceptable(processor: Processor): Line | undefined {
  let chosen: Line | undefined;
  for (const line of processor.raised) {
    if (!accepts(processor, line)) continue;
    if (chosen === undefined || line.level > chosen.level) chosen = line;
  }
  return chosen;
}

/**
 * Enters the handler of the line to be served now, if there is one.
 *
 * @kernel __do_IRQ
 */
export function serveLine(processor: Processor): boolean {
  for (let line = acceptable(processor); line !== undefined; line = acceptable(processor)) {
    processor.raised.splice(processor.raised.indexOf(line), 1);
    if (line.program !== undefined) {
      enterHandler(processor, line, line.program);
      return true;
    }
    processor.machine.spurious += 1;
    record(processor, line.name, 'interrupts unclaimed');
  }
  return false;
}

function enterHandler(processor: Processor, line: Line, program: Frame['program']): void {
  const { machine } = processor;
  record(processor, line.name, 'interrupts');
  const done = (): void => endOfHandler(processor, line);
  enter(processor, { kind: 'interrupt', who: line.name, program, leave: done });
  processor.inService.add(line);
  processor.preemptCount += HARDIRQ_OFFSET;
  if (machine.profile === 'bsd-4.4') processor.level = line.level;
  else if (line.fast || machine.profile === 'linux-6') processor.interrupts = false;
}

/** @kernel irq_exit, ret_from_intr */
function endOfHandler(processor: Processor, line: Line): void {
  processor.preemptCount -= HARDIRQ_OFFSET;
  leave(processor);
  processor.inService.delete(line);
  record(processor, line.name, 'ends');
  if (inInterrupt(processor)) return;
  processor.checkSoftirqs = true;
}

/**
 * Holds a line off everywhere, and waits until its handler has ended elsewhere, so that whoever goes on
 * has the device to itself.
 *
 * @kernel disable_irq, synchronize_irq
 */
export function* disableLine(processor: Processor, line: Line): Micro {
  const { disabledLines } = processor.machine;
  disabledLines.set(line, (disabledLines.get(line) ?? 0) + 1);
  const frame = topFrame(processor);
  frame.waitsForLine = line;
  while (servedElsewhere(processor, line)) yield;
  frame.waitsForLine = undefined;
}

export function servedElsewhere(processor: Processor, line: Line): boolean {
  const others = processor.machine.processors.filter((other) => other !== processor);
  return others.some(({ inService }) => inService.has(line));
}

/** What was raised meanwhile is served now. @kernel enable_irq */
export function enableLine(processor: Processor, line: Line): void {
  const { disabledLines } = processor.machine;
  const depth = disabledLines.get(line) ?? 0;
  if (depth === 0) {
    bug(`${topFrame(processor).who} enables line ${line.name}, which was not disabled`);
  }
  if (depth === 1) disabledLines.delete(line);
  else disabledLines.set(line, depth - 1);
}
