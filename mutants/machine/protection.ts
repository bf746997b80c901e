/** Faults of keeping others out: priorities, interrupts, bottom halves, spin locks. */
import type { Mutant } from '../mutant.ts';

const ACCEPTS = `line.level > processor.level && !inService`;

const RAISE = `        processor.level = Math.max(processor.level, levelOf(to));`;

const RESTORE = `    processor.interrupts = flags.pop() ??`;

const DISABLE_BH = `    processor.preemptCount += SOFTIRQ_OFFSET;`;

const SPIN = `    while (lock.holder !== undefined) {`;

const TAKEN = `    frame.spinsOn = undefined;`;

const IRQ = `    if (guard === 'irq')
        saveInterrupts(processor);`;

export const PROTECTION: readonly Mutant[] = [
  {
    id: 'prt-equal-level-not-held',
    statement: 'TOP-09',
    file: 'machine/interrupts',
    find: ACCEPTS,
    replace: `line.level >= processor.level && !inService`,
    does: 'Takes an interrupt of the level that the priority is raised to.',
  },
  {
    id: 'prt-held-is-lost',
    statement: 'TOP-09',
    file: 'machine/interrupts',
    find: `    if (!processor.raised.includes(line))`,
    replace: `    if (accepts(processor, line) && !processor.raised.includes(line))`,
    does: 'Forgets an interrupt that comes while it is held off.',
  },
  {
    id: 'prt-held-is-served-each-time',
    statement: 'TOP-09',
    file: 'machine/interrupts',
    find: `    if (!processor.raised.includes(line))
        processor`,
    replace: `    processor`,
    does: 'Serves a line as often as it was raised while it was held off.',
  },
  {
    id: 'prt-splx-to-lowest',
    statement: 'TOP-09',
    file: 'machine/actions',
    find: `lowerPriority(processor, levels.pop() ??`,
    replace: `lowerPriority(processor, levels.pop() * 0 ??`,
    does: 'Goes down to the lowest priority instead of the one before.',
  },
  {
    id: 'prt-raise-lowers',
    statement: 'TOP-09',
    file: 'machine/actions',
    find: RAISE,
    replace: `        processor.level = levelOf(to);`,
    does: 'Lowers the priority when it is raised to a lower level.',
  },
  {
    id: 'prt-held-are-served-oldest-first',
    statement: 'TOP-09',
    file: 'machine/interrupts',
    find: `if (chosen === undefined || line.level > chosen.level)`,
    replace: `if (chosen === undefined)`,
    does: 'Serves the line that was held longest, not the highest.',
  },
  {
    id: 'prt-sleeper-holds-priority',
    statement: 'TOP-09',
    file: 'machine/scheduler',
    find: `    processor.level = next.level;`,
    replace: ``,
    does: 'Leaves the priority raised for the next process when one sleeps.',
  },
  {
    id: 'prt-priority-of-all-processors',
    statement: 'TOP-10',
    file: 'machine/actions',
    find: RAISE,
    replace: `        for (const one of processor.machine.processors)
            one.level = Math.max(one.level, levelOf(to));`,
    does: 'Raises the priority of all processors.',
  },
  {
    id: 'prt-save-on-all-processors',
    statement: 'TOP-10',
    file: 'machine/locks',
    find: `    topFrame(processor).flags.push(processor.interrupts);
    processor.interrupts = false;`,
    replace: `    topFrame(processor).flags.push(processor.interrupts);
    for (const one of processor.machine.processors)
        one.interrupts = false;`,
    does: 'Disables the interrupts of all processors when it saves those of one.',
  },
  {
    id: 'prt-lock-for-each-processor',
    statement: 'TOP-11',
    file: 'machine/locks',
    find: SPIN,
    replace: `    while (lock.holder?.processor === processor.id) {`,
    does: 'Keeps a spin lock for each processor, so that it excludes no other.',
  },
  {
    id: 'prt-raise-does-nothing',
    statement: 'TOP-12',
    file: 'machine/actions',
    find: RAISE,
    replace: ``,
    does: 'Does not raise the priority.',
  },
  {
    id: 'prt-save-does-not-disable',
    statement: 'UNX-07',
    file: 'machine/locks',
    find: `    topFrame(processor).flags.push(processor.interrupts);
    processor.interrupts = false;`,
    replace: `    topFrame(processor).flags.push(processor.interrupts);`,
    does: 'Saves the state of interrupts, but leaves them on.',
  },
  {
    id: 'prt-disable-on-all-processors',
    statement: 'SYN-06',
    file: 'machine/actions',
    find: `    'disable-interrupts'(processor) {
        processor.interrupts = false;`,
    replace: `    'disable-interrupts'(processor) {
        for (const one of processor.machine.processors)
            one.interrupts = false;`,
    does: 'Disables the interrupts of all processors.',
  },
  {
    id: 'prt-disable-does-nothing',
    statement: 'SYN-06',
    file: 'machine/actions',
    find: `        processor.interrupts = false;`,
    replace: ``,
    does: 'Leaves interrupts on when it is told to disable them.',
  },
  {
    id: 'prt-enable-forgets',
    statement: 'SYN-06',
    file: 'machine/actions',
    find: `        processor.interrupts = true;`,
    replace: `        processor.interrupts = true;
        processor.raised.length = 0;`,
    does: 'Forgets what has come while interrupts were disabled.',
  },
  {
    id: 'prt-restore-enables',
    statement: 'SYN-06',
    file: 'machine/locks',
    find: `${RESTORE} bug(`,
    replace: `    processor.interrupts = flags.pop() !== undefined || bug(`,
    does: 'Enables interrupts at the inner restore of two.',
  },
  {
    id: 'prt-restore-unsaved',
    statement: 'SYN-06',
    file: 'machine/locks',
    find: `${RESTORE} bug(\`\${who} restores interrupts that it has not saved\`);`,
    replace: `    processor.interrupts = flags.pop() ?? true;`,
    does: 'Restores interrupts that were not saved.',
  },
  {
    id: 'prt-clock-is-not-held',
    statement: 'SYN-06',
    file: 'machine/interrupts',
    find: `return processor.interrupts && line.level`,
    replace: `return (processor.interrupts || line.name === 'clock') && line.level`,
    does: 'Takes interrupts of the clock while interrupts are disabled.',
  },
  {
    id: 'prt-user-mode-with-interrupts-off',
    statement: 'SYN-06',
    file: 'machine/context',
    find: `    processor.interrupts = frame.saved.interrupts;`,
    replace: `    processor.interrupts &&= frame.saved.interrupts;`,
    does: 'Leaves interrupts off behind a call that has disabled them.',
  },
  {
    id: 'prt-bh-disable-stops-interrupts',
    statement: 'SYN-07',
    file: 'machine/locks',
    find: DISABLE_BH,
    replace: `${DISABLE_BH}
    processor.interrupts = false;`,
    does: 'Disables hardware interrupts together with bottom halves.',
  },
  {
    id: 'prt-bh-does-not-nest',
    statement: 'SYN-07',
    file: 'machine/locks',
    find: `    processor.preemptCount -= SOFTIRQ_OFFSET;`,
    replace: `    processor.preemptCount &= ~SOFTIRQ_MASK;`,
    does: 'Enables bottom halves at the inner enable of two.',
  },
  {
    id: 'prt-bh-enable-does-not-look',
    statement: 'SYN-07',
    file: 'machine/locks',
    find: `        processor.checkSoftirqs = true;`,
    replace: `        processor.softirqs &= -1;`,
    does: 'Enables bottom halves without looking for those that were raised meanwhile.',
  },
  {
    id: 'prt-bh-disable-does-nothing',
    statement: 'SYN-07',
    file: 'machine/softirqs',
    find: `interrupts && !inInterrupt(processor)`,
    replace: `interrupts && (processor.preemptCount & 0xfff_0000) === 0`,
    does: 'Runs software interrupts while bottom halves are disabled.',
  },
  {
    id: 'prt-bh-enable-unguarded',
    statement: 'SYN-07',
    file: 'machine/locks',
    find: `    if ((processor.preemptCount & SOFTIRQ_MASK) === 0) {`,
    replace: `    if (processor.preemptCount < 0) {`,
    does: 'Does not notice that bottom halves are enabled which were not disabled.',
  },
  {
    id: 'prt-sleeps-with-lock',
    statement: 'SYN-04',
    file: 'machine/scheduler',
    find: `    if (!inAtomic(processor) && frame.kind === 'call')`,
    replace: `    if (frame.kind === 'call')`,
    does: 'Lets a process sleep that holds a spin lock.',
  },
  {
    id: 'prt-exits-with-lock',
    statement: 'SYN-04',
    file: 'machine/actions',
    find: `        mustBeAbleToSleep(processor, 'exits');`,
    replace: ``,
    does: 'Lets a process end that holds a spin lock.',
  },
  {
    id: 'prt-returns-with-lock',
    statement: 'SYN-04',
    file: 'machine/context',
    find: `    if (processor.preemptCount !== frame.saved.preemptCount) {`,
    replace: `    processor.preemptCount = frame.saved.preemptCount;
    if (processor.preemptCount < 0) {`,
    does: 'Lets a call return that holds a spin lock.',
  },
  {
    id: 'prt-irq-lock-leaves-interrupts-on',
    statement: 'SYN-04',
    file: 'machine/locks',
    find: IRQ,
    replace: `    if (guard === 'irq')
        topFrame(processor).flags.push(processor.interrupts);`,
    does: 'Takes a lock of the irq variant with interrupts on.',
  },
  {
    id: 'prt-every-lock-is-irq',
    statement: 'SYN-04',
    file: 'machine/locks',
    find: IRQ,
    replace: `    saveInterrupts(processor);`,
    does: 'Disables interrupts for every spin lock, and for good if it is a plain one.',
  },
  {
    id: 'prt-irq-unlock-enables',
    statement: 'SYN-04',
    file: 'machine/locks',
    find: `    if (guard === 'irq')
        restoreInterrupts(processor);`,
    replace: `    if (guard === 'irq')
        processor.interrupts = true;`,
    does: 'Enables interrupts when a lock of the irq variant is given back, whatever they were before.',
  },
  {
    id: 'prt-bh-lock-leaves-bottom-halves-on',
    statement: 'SYN-04',
    file: 'machine/locks',
    find: `    if (guard === 'bh')
        disableBottomHalves(processor);
    disablePreemption(processor);`,
    replace: `    disablePreemption(processor);
    if (guard === 'bh')
        guard = undefined;`,
    does: 'Takes a lock of the bh variant with bottom halves enabled.',
  },
  {
    id: 'prt-lock-is-recursive',
    statement: 'SYN-04',
    file: 'machine/locks',
    find: SPIN,
    replace: `    while (lock.holder !== undefined && lock.holder.processor !== processor.id) {`,
    does: 'Gives a spin lock once more to the processor that holds it.',
  },
  {
    id: 'prt-lock-taken-in-two-steps',
    statement: 'UNX-09',
    file: 'machine/locks',
    find: TAKEN,
    replace: `${TAKEN}
    yield;`,
    does: 'Finds a spin lock free in one step and takes it in the next.',
  },
  {
    id: 'prt-waiter-sleeps',
    statement: 'SYN-04',
    file: 'machine/locks',
    find: `        frame.spinsOn = name;
        yield;`,
    replace: `        frame.spinsOn = name;
        const { current } = processor;
        processor.preemptCount -= PREEMPT_OFFSET;
        sleepOn(processor, name, false);
        makeRunnable(current, processor);
        yield;
        processor.preemptCount += PREEMPT_OFFSET;`,
    does: 'Sleeps between two tries for a spin lock, so that others run.',
  },
  {
    id: 'prt-waiter-holds-interrupts',
    statement: 'SYN-04',
    file: 'machine/interrupts',
    find: `return processor.interrupts && line.level`,
    replace: `return processor.interrupts && processor.current.frames.at(-1)?.spinsOn === undefined && line.level`,
    does: 'Holds interrupts off while it waits for a spin lock.',
  },
];
