/** Faults of hardware interrupts. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/interrupts';

export const MACHINE_INTERRUPTS: readonly Mutant[] = [
  {
    id: 'irq-each-raise-served',
    statement: 'IRQ-05',
    file,
    find: `    if (!processor.raised.includes(line))
        processor.raised.push(line);`,
    replace: '    processor.raised.push(line);',
    does: 'Counts how often a line was raised, and serves it as often.',
  },
  {
    id: 'irq-lost-when-held-off',
    statement: 'IRQ-05',
    file,
    find: `    if (!processor.raised.includes(line))
        processor.raised.push(line);`,
    replace: `    if (!processor.raised.includes(line) && accepts(processor, line))
        processor.raised.push(line);`,
    does: 'Forgets a line that is raised while it cannot be served.',
  },
  {
    id: 'irq-own-line-nests',
    statement: 'IRQ-05',
    file,
    find: '    return those.some((other) => other.inService.has(line));',
    replace: '    return those.length === 0;',
    does: 'Lets a line interrupt its own handler.',
  },
  {
    id: 'irq-one-handler-at-a-time',
    statement: 'IRQ-05',
    file,
    find: 'those.some((other) => other.inService.has(line))',
    replace: 'those.some((other) => other.inService.size > 0)',
    does: 'Serves no line while any handler runs, as if all shared one mask.',
  },
  {
    id: 'irq-line-on-two-processors',
    statement: 'IRQ-05',
    file,
    find: 'line === CLOCK ? [processor] : processors',
    replace: '[processor]',
    does: 'Lets two processors run the handler of one line at the same time.',
  },
  {
    id: 'irq-fast-ignored',
    statement: 'IRQ-05',
    file,
    find: '    else if (line.fast || machine',
    replace: '    else if (machine',
    does: 'Runs a handler with interrupts on that was registered to keep them off.',
  },
  {
    id: 'irq-level-of-line-taken',
    statement: 'IRQ-05',
    file,
    find: `machine.profile === 'bsd-4.4'`,
    replace: `machine.profile !== 'linux-6'`,
    does: 'Raises the priority to the level of the line, where any other line should nest.',
  },
  {
    id: 'irq-interrupts-stay-off',
    statement: 'IRQ-05',
    file,
    find: `    else if (line.fast || machine.profile === 'linux-6')
        processor.interrupts = false;`,
    replace: `    else
        processor.interrupts = false;`,
    does: 'Runs every handler with interrupts off.',
  },
  {
    id: 'irq-lowest-level-first',
    statement: 'BOT-01',
    file,
    find: 'line.level > chosen.level',
    replace: 'line.level < chosen.level',
    does: 'Serves the lowest of several lines first.',
  },
  {
    id: 'irq-last-raised-first',
    statement: 'BOT-01',
    file,
    find: 'line.level > chosen.level',
    replace: 'line.level >= chosen.level',
    does: 'Of lines of one level, serves the one that was raised last.',
  },
  {
    id: 'irq-unclaimed-not-counted',
    statement: 'BOT-01',
    file,
    find: '        processor.machine.spurious += 1;',
    replace: '',
    does: 'Drops an interrupt that nobody claims without counting it.',
  },
  {
    id: 'irq-claimed-counted',
    statement: 'BOT-01',
    file,
    find: `    record(processor, line.name, 'interrupts');`,
    replace: `    record(processor, line.name, 'interrupts');
    machine.spurious += 1;`,
    does: 'Counts every interrupt as spurious.',
  },
  {
    id: 'irq-unclaimed-holds-others-up',
    statement: 'BOT-01',
    file,
    find: `        record(processor, line.name, 'interrupts unclaimed');`,
    replace: `        record(processor, line.name, 'interrupts unclaimed');
        return true;`,
    does: 'Serves nothing else after an interrupt that nobody claims.',
  },
  {
    id: 'irq-first-handler-for-all',
    statement: 'BOT-01',
    file,
    find: 'enterHandler(processor, line, line.program);',
    replace: `const first = [...processor.machine.lines.values()].find((other) => other !== CLOCK && other.program !== undefined);
            enterHandler(processor, line, line === CLOCK ? line.program : first?.program ?? line.program);`,
    does: 'Calls the handler that was registered first, whatever device has raised its line.',
  },
  {
    id: 'irq-unclaimed-calls-a-handler',
    statement: 'BOT-01',
    file,
    find: 'if (line.program !== undefined)',
    replace: `line = line.program !== undefined ? line : { ...line, program: [...processor.machine.lines.values()].findLast(({ program }) => program !== undefined)?.program };
        if (line.program !== undefined)`,
    does: `Calls somebody else's handler for a line that has none.`,
  },
  {
    id: 'irq-polled-in-the-kernel',
    statement: 'IRQ-01',
    file,
    find: '    return processor.interrupts && line',
    replace: `    return topFrame(processor).kind !== 'user' && processor.interrupts && line`,
    does: 'Notices devices only while in the kernel.',
  },
  {
    id: 'irq-not-in-the-kernel',
    statement: 'IRQ-01',
    file,
    find: '    return processor.interrupts && line',
    replace: `    return topFrame(processor).kind !== 'call' && processor.interrupts && line`,
    does: 'Serves no interrupt during a system call.',
  },
  {
    id: 'irq-handler-where-it-left-off',
    statement: 'IRQ-01',
    file,
    find: `    enter(processor, { kind: 'interrupt',`,
    replace: `    processor.registers.pc = Math.min(processor.registers.pc + 1, processor.current.frames.at(-1).program.length);
    enter(processor, { kind: 'interrupt',`,
    does: 'Skips the step before which the interrupt came.',
  },
  {
    id: 'irq-needs-a-process',
    statement: 'BOT-04',
    file,
    find: '    return processor.interrupts && line',
    replace: '    return processor.current !== processor.idle && processor.interrupts && line',
    does: 'Serves interrupts only while there is a process to run on.',
  },
  {
    id: 'irq-card-polled-when-idle',
    statement: 'IRQ-07',
    file,
    find: '    return processor.interrupts && line',
    replace: `    return ((line.level !== 4 || processor.current === processor.idle) &&
        processor.interrupts) && line`,
    does: 'Looks for frames only when there is nobody to run.',
  },
  {
    id: 'irq-switches-to-another',
    statement: 'IRQ-03',
    file,
    find: '    const done = ()',
    replace: `    if (processor.preemptCount === 0 && processor.current.frames.length === 1)
        giveWay(processor);
    const done = ()`,
    does: 'Takes an interrupt by switching to whoever should run next.',
  },
  {
    id: 'irq-disabled-line-is-served',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `    if (processor.machine.disabledLines.has(line))
        return false;`,
    replace: ``,
    does: 'Serves a line that is disabled.',
  },
  {
    id: 'irq-line-enabled-by-the-first',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `    if (depth === 1)
        disabledLines.delete(line);`,
    replace: `    disabledLines.delete(line);
    if (depth > 0)
        return;`,
    does: 'Enables a line at once, however often it was disabled.',
  },
  {
    id: 'irq-disabled-line-disables-all',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `processor.machine.disabledLines.has(line)`,
    replace: `processor.machine.disabledLines.size > 0`,
    does: 'Holds all lines off while one is disabled.',
  },
  {
    id: 'irq-disable-does-not-wait',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `    while (servedElsewhere(processor, line))
        yield;
`,
    replace: ``,
    does: 'Goes on while the handler of the line that it has disabled still runs elsewhere.',
  },
  {
    id: 'irq-enable-too-often',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `    if (depth === 0) {`,
    replace: `    if (depth < 0) {`,
    does: 'Does not notice that a line is enabled which was not disabled.',
  },
  {
    id: 'irq-disabled-line-is-forgotten',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `    if (!processor.raised.includes(line))`,
    replace: `    if (!processor.raised.includes(line) && !processor.machine.disabledLines.has(line))`,
    does: 'Forgets a line that is raised while it is disabled.',
  },
  {
    id: 'irq-disable-waits-unseen',
    statement: 'IRQ-05',
    file: 'machine/interrupts',
    find: `frame.waitsForLine = line;`,
    replace: `frame.waitsForLine = undefined;`,
    does: 'Does not tell of a wait for a handler that never ends.',
  },
];
