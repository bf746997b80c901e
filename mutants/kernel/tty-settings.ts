/** Faults of terminals: rates, modes, and hanging up. */
import type { Mutant } from '../mutant.ts';

const ioctl = 'kernel/tty-ioctl';
const termios = 'kernel/termios';

export const TTY_SETTINGS: readonly Mutant[] = [
  {
    id: 'tty-rates-missing',
    statement: 'KRN-08',
    file: termios,
    find: `200, 300,`,
    replace: `300,`,
    does: 'Has no rate of 200 baud.',
  },
  {
    id: 'tty-134-is-134',
    statement: 'KRN-08',
    file: termios,
    find: `speed === 134 ? 134.5 : speed`,
    replace: `speed`,
    does: 'Runs at 134 baud where 134.5 is meant.',
  },
  {
    id: 'tty-any-rate',
    statement: 'KRN-08',
    file: ioctl,
    find: `if (!tty.rules.baudTable.has(termios.speed))`,
    replace: `if (false)`,
    does: 'Takes any number for a baud rate.',
  },
  {
    id: 'tty-zero-is-a-speed',
    statement: 'KRN-08',
    file: ioctl,
    find: `    if (termios.speed === 0)
        hangUp(tty);`,
    replace: `    if (false)
        hangUp(tty);`,
    does: 'Does not hang up at a rate of 0.',
  },
  {
    id: 'tty-drain-does-not-wait',
    statement: 'KRN-08',
    file: ioctl,
    find: `const idle = () => tty.line.waiting.length === 0;`,
    replace: `const idle = () => true;`,
    does: 'Does not wait for the output to leave.',
  },
  {
    id: 'tty-drain-forgets-the-last',
    statement: 'KRN-08',
    file: ioctl,
    find: `const idle = () => tty.line.waiting.length === 0;`,
    replace: `const idle = () => tty.line.waiting.length <= 1;`,
    does: 'Takes the output for sent when its last octet has begun to leave.',
  },
  {
    id: 'tty-drain-always',
    statement: 'KRN-08',
    file: ioctl,
    find: `if (when !== 'TCSANOW') {`,
    replace: `{`,
    does: 'Waits for the output to leave with TCSANOW as well.',
  },
  {
    id: 'tty-flush-keeps-input',
    statement: 'KRN-08',
    file: ioctl,
    find: `    if (when === 'TCSAFLUSH')
        flushInput(tty);`,
    replace: ``,
    does: 'Does not discard input with TCSAFLUSH.',
  },
  {
    id: 'tty-drain-discards-input',
    statement: 'KRN-08',
    file: ioctl,
    find: `if (when === 'TCSAFLUSH')`,
    replace: `if (when !== 'TCSANOW')`,
    does: 'Discards input with TCSADRAIN as well.',
  },
  {
    id: 'tty-flush-before-the-wait',
    statement: 'KRN-08',
    file: ioctl,
    find: `    if (when !== 'TCSANOW') {`,
    replace: `    const late = when;
    if (late === 'TCSAFLUSH') {
        flushInput(tty);
        when = 'TCSADRAIN';
    }
    if (when !== 'TCSANOW') {`,
    does: 'Discards the input before it waits for the output, so that what is typed meanwhile stays.',
  },
  {
    id: 'tty-mode-change-loses-lines',
    statement: 'KRN-08',
    file: ioctl,
    find: `[...lines.flatMap((line) => [...line.octets, ...mark(line)]), ...typed]`,
    replace: `typed`,
    does: 'Forgets complete lines when cooked mode is switched off.',
  },
  {
    id: 'tty-mode-change-loses-typing',
    statement: 'KRN-08',
    file: ioctl,
    find: `[...lines.flatMap((line) => [...line.octets, ...mark(line)]), ...typed]`,
    replace: `lines.flatMap((line) => line.octets)`,
    does: 'Forgets the line that was being typed when cooked mode is switched off.',
  },
  {
    id: 'tty-mode-change-keeps-lines',
    statement: 'KRN-08',
    file: ioctl,
    find: `    if (cooked !== wasCooked)
        changeMode(tty, cooked);`,
    replace: ``,
    does: 'Leaves lines as lines, which no raw read finds.',
  },
  {
    id: 'tty-raw-input-lost',
    statement: 'KRN-08',
    file: ioctl,
    find: `        tty.typed = typed;
`,
    replace: `        tty.typed = [];
`,
    does: 'Forgets raw input when cooked mode is switched on.',
  },
  {
    id: 'tty-hang-up-without-signal',
    statement: 'KRN-08',
    file: 'kernel/tty',
    find: `    tty.signals.push('SIGHUP');`,
    replace: ``,
    does: 'Hangs up without SIGHUP.',
  },
  {
    id: 'tty-hang-up-keeps-output',
    statement: 'KRN-08',
    file: 'kernel/tty',
    find: `    tty.line.waiting.length = 0;`,
    replace: `    tty.line.bitsPerSecond = 38400;
    tty.line.run = { sinceMs: tty.clock.nowMs, octets: 0 };`,
    does: 'Goes on sending after the hang-up.',
  },
  {
    id: 'tty-poll-tells-of-half-lines',
    statement: 'KRN-08',
    file: 'kernel/tty',
    find: `isOn(tty, 'ICANON') ? tty.lines.length > 0 : tty.typed.length >= wanted`,
    replace: `tty.lines.length > 0 || tty.typed.length >= wanted`,
    does: 'Tells poll of input in the middle of a line, where a read sleeps.',
  },
  {
    id: 'tty-poll-misses-end-of-file',
    statement: 'KRN-08',
    file: 'kernel/tty',
    find: `isOn(tty, 'ICANON') ? tty.lines.length > 0 : tty.typed.length >= wanted`,
    replace: `inputAvailable(tty) >= wanted`,
    does: 'Does not tell poll of an end of file.',
  },
  {
    id: 'tty-deadline-missed',
    statement: 'KRN-08',
    file: 'kernel/timeouts',
    find: `if (atMs <= nowMs)`,
    replace: `if (atMs < nowMs)`,
    does: 'Wakes who sleeps with a deadline when that is past, and not when it comes.',
  },
  {
    id: 'tty-newline-is-column-0',
    statement: 'KRN-08',
    file: 'kernel/tty-output',
    find: `return octet === CR ? 0 : column;`,
    replace: `return 0;`,
    does: 'Takes a newline for a carriage return as well.',
  },
  {
    id: 'tty-read-of-nothing-waits',
    statement: 'KRN-08',
    file: 'kernel/tty-read',
    find: `    if (count === 0)
        return success([]);`,
    replace: ``,
    does: 'Waits in a read of nothing.',
  },
  {
    id: 'tty-write-forgets-a-part',
    statement: 'KRN-08',
    file: 'kernel/tty-output',
    find: `        if (written > 0)
            return success(written);`,
    replace: ``,
    does: 'Forgets the part of a write that was done before a signal came.',
  },
  {
    id: 'tty-suspend-keeps-output',
    statement: 'KRN-08',
    file: 'kernel/tty-input',
    find: `if (signal !== 'SIGTSTP' || !tty.rules.suspendKeepsOutput)`,
    replace: `if (signal !== 'SIGTSTP')`,
    does: 'Keeps the output that waits at VSUSP, as Linux does not.',
  },
  {
    id: 'tty-discards-octet-under-way',
    statement: 'KRN-08',
    file: 'kernel/serial-line',
    find: `line.waiting.length = line.run === null ? 0 : 1;`,
    replace: `line.waiting.length = 0;`,
    does: 'Discards the octet that is on its way.',
  },
  {
    id: 'tty-setting-changes-mode',
    statement: 'KRN-08',
    profile: 'linux-6',
    file: 'kernel/tty-ioctl',
    find: `    if (cooked !== wasCooked)
        changeMode(tty, cooked);`,
    replace: `    changeMode(tty, cooked);`,
    does: 'Treats input as at a change of the mode, whatever was set.',
  },
  {
    id: 'tty-drain-of-dead-line',
    statement: 'KRN-08',
    file: 'kernel/tty-ioctl',
    find: `return tty.hungUp ? failure('EIO') : success({});`,
    replace: `return success({});`,
    does: 'Lets a drain succeed whose line has gone down.',
  },
];
