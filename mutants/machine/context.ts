/** Faults of entering and leaving. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/context';

export const MACHINE_CONTEXT: readonly Mutant[] = [
  {
    id: 'irq-registers-not-restored',
    statement: 'IRQ-03',
    file,
    find: '    processor.registers = frame.saved.registers;',
    replace: '    processor.registers = { ...processor.registers, pc: frame.saved.registers.pc };',
    does: 'Restores the program counter alone.',
  },
  {
    id: 'irq-one-register-not-saved',
    statement: 'IRQ-03',
    file,
    find: '    processor.registers = frame.saved.registers;',
    replace: '    processor.registers = { ...frame.saved.registers, r3: processor.registers.r3 };',
    does: 'Forgets to save one of the registers.',
  },
  {
    id: 'irq-flag-not-restored',
    statement: 'IRQ-03',
    file,
    find: '    processor.interrupts = frame.saved.interrupts;',
    replace: '',
    does: 'Leaves interrupts as the handler leaves them.',
  },
  {
    id: 'irq-level-not-restored',
    statement: 'IRQ-03',
    file,
    find: '    processor.level = frame.saved.level;',
    replace: '',
    does: 'Leaves the priority as the handler leaves it.',
  },
  {
    id: 'irq-registers-cleared',
    statement: 'IRQ-03',
    file,
    find: '    registers.pc = 0;',
    replace: '    Object.assign(registers, { pc: 0, r0: 0, r1: 0, r2: 0, r3: 0 });',
    does: 'Enters with cleared registers instead of those of whom it interrupts.',
  },
  {
    id: 'irq-stack-always-borrowed',
    statement: 'IRQ-04',
    file,
    find: `machine.scene.interruptStack === 'system' && ON`,
    replace: 'false && ON',
    does: 'Runs handlers on the stack of whoever is interrupted, though there is one for them.',
  },
  {
    id: 'irq-stack-never-borrowed',
    statement: 'IRQ-04',
    file,
    find: `machine.scene.interruptStack === 'system' && ON`,
    replace: 'ON',
    does: 'Runs handlers on a stack of their own, though there should be none.',
  },
  {
    id: 'irq-stack-not-for-softirqs',
    statement: 'IRQ-04',
    file,
    find: `['interrupt', 'softirq', 'timer']`,
    replace: `['interrupt']`,
    does: 'Runs software interrupts on the stack of the process, though there is an interrupt stack.',
  },
  {
    id: 'irq-stack-frame-left',
    statement: 'IRQ-04',
    file,
    find: 'onOwnStack ? processor.interruptStack.length : kernelFrames;',
    replace: `onOwnStack ? processor.interruptStack.length : kernelFrames + (current.left ?? 0);
    if (frame.kind === 'interrupt')
        current.left = (current.left ?? 0) + 1;`,
    does: 'Leaves a frame behind on the stack for each handler.',
  },
  {
    id: 'handler-in-user-mode',
    statement: 'BOT-02',
    file,
    find: '    const user = inUserMode(frame);',
    replace: `    const user = current.frames.length > 0 && inUserMode(current.frames[0]) && frame.kind !== 'call';`,
    does: 'Runs the bottom half in the mode of the process that it interrupts.',
  },
];
