/** Faults of terminals: reading raw, output and the line. */
import type { Mutant } from '../mutant.ts';

const read = 'kernel/tty-read';
const output = 'kernel/tty-output';
const line = 'kernel/serial-line';

const PATIENCE = `const timed = VTIME > 0 && (VMIN === 0 || tty.typed.length > 0);`;

export const TTY: readonly Mutant[] = [
  {
    id: 'tty-raw-waits-for-lines',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05'],
    file: 'kernel/tty-input',
    find: `if (isOn(tty, 'ICANON') && (editsLine`,
    replace: `if ((editsLine`,
    does: 'Collects lines whether ICANON is on or off.',
  },
  {
    id: 'tty-vmin-ignored',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05'],
    file: read,
    find: `Math.min(VMIN, count)`,
    replace: `1`,
    does: 'Ends a raw read with the first octet, whatever VMIN says.',
  },
  {
    id: 'tty-vmin-one-more',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05'],
    file: read,
    find: `tty.typed.length >= Math.min(VMIN, count)`,
    replace: `tty.typed.length > Math.min(VMIN, count)`,
    does: 'Waits for one octet more than VMIN.',
  },
  {
    id: 'tty-vmin-zero-waits',
    statement: 'KRN-08',
    file: read,
    find: `return VTIME === 0 || tty.typed.length > 0;`,
    replace: `return tty.typed.length > 0;`,
    does: 'Waits for an octet though VMIN and VTIME are 0.',
  },
  {
    id: 'tty-vtime-ignored',
    statement: 'KRN-08',
    file: read,
    find: PATIENCE,
    replace: `const timed = false;`,
    does: 'Knows no VTIME.',
  },
  {
    id: 'tty-vtime-in-seconds',
    statement: 'KRN-08',
    file: read,
    find: `TENTH_MS = 100`,
    replace: `TENTH_MS = 1000`,
    does: 'Takes VTIME for seconds.',
  },
  {
    id: 'tty-vtime-before-first-octet',
    statement: 'KRN-08',
    file: read,
    find: PATIENCE,
    replace: `const timed = VTIME > 0;`,
    does: 'Lets the time between octets run before the first has come.',
  },
  {
    id: 'tty-vtime-from-the-call-on',
    statement: 'KRN-08',
    file: read,
    find: `(VMIN === 0 ? begunMs : tty.clock.nowMs)`,
    replace: `begunMs`,
    does: 'Counts the time between octets from the call on.',
  },
  {
    id: 'tty-vtime-in-cooked-mode',
    statement: 'KRN-08',
    file: read,
    find: `if (isOn(tty, 'ICANON') || !timed)`,
    replace: `if (!timed)`,
    does: 'Bounds a cooked read by VTIME.',
  },
  {
    id: 'tty-timeout-loses-input',
    statement: 'KRN-08',
    file: read,
    find: `        if (result === 'timeout')
            break;`,
    replace: `        if (result === 'timeout')
            return success([]);`,
    does: 'Reads nothing when time is up, though octets have come.',
  },
  {
    id: 'tty-raw-read-takes-all',
    statement: 'KRN-08',
    file: read,
    find: `tty.typed.splice(0, count)`,
    replace: `tty.typed.splice(0)`,
    does: 'Takes all raw input, whatever was asked for.',
  },
  {
    id: 'tty-nonblock-ignored',
    statement: 'KRN-08',
    file: read,
    find: `        if (nonblock)
            return some ? success(take(tty, count)) : failure('EAGAIN');`,
    replace: ``,
    does: 'Sleeps in a read though O_NONBLOCK is set.',
  },
  {
    id: 'tty-interrupted-read-forgets',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05'],
    file: read,
    find: `if (!some || tty.rules.interruptedReadKeepsInput)`,
    replace: `if (true)`,
    does: 'Fails an interrupted raw read though octets had come, as Linux does not.',
  },
  {
    id: 'tty-onlcr-ignored',
    statement: 'KRN-08',
    file: output,
    find: `octet === NL && isOn(tty, 'ONLCR') ? [CR, NL] : [octet]`,
    replace: `[octet]`,
    does: 'Writes a newline without carriage return.',
  },
  {
    id: 'tty-newline-before-return',
    statement: 'KRN-08',
    file: output,
    find: `? [CR, NL] :`,
    replace: `? [NL, CR] :`,
    does: 'Writes the carriage return behind the newline.',
  },
  {
    id: 'tty-opost-ignored',
    statement: 'KRN-08',
    file: output,
    find: `if (!isOn(tty, 'OPOST'))`,
    replace: `if (false)`,
    does: 'Turns newlines into two octets though OPOST is off.',
  },
  {
    id: 'tty-rub-out-without-blank',
    statement: 'KRN-08',
    file: output,
    find: `putChars(tty, [BS, SPACE, BS]);`,
    replace: `putChars(tty, [BS]);`,
    does: 'Moves the cursor back at an erase and leaves the character on the screen.',
  },
  {
    id: 'tty-tab-is-one-column',
    statement: 'KRN-08',
    file: output,
    find: `if (erased === TAB) {`,
    replace: `if (false) {`,
    does: 'Erases a tab as if it were no character.',
  },
  {
    id: 'tty-tab-is-eight-columns',
    statement: 'KRN-08',
    file: output,
    find: `return column - (column % TAB_WIDTH) + TAB_WIDTH;`,
    replace: `return column + TAB_WIDTH;`,
    does: 'Takes every tab for eight columns.',
  },
  {
    id: 'tty-full-output-is-lost',
    statement: 'KRN-08',
    file: output,
    find: `    if (!putChars(tty, octets))
        return false;`,
    replace: `    putChars(tty, octets);`,
    does: 'Loses what is written to a stopped terminal, instead of having the writer wait.',
  },
  {
    id: 'tty-eleven-bits',
    statement: 'KRN-08',
    file: line,
    find: `BITS_PER_OCTET = 10`,
    replace: `BITS_PER_OCTET = 11`,
    does: 'Sends a second stop bit.',
  },
  {
    id: 'tty-eight-bits',
    statement: 'KRN-08',
    file: line,
    find: `BITS_PER_OCTET = 10`,
    replace: `BITS_PER_OCTET = 8`,
    does: 'Takes the baud rate for octets of eight bits, without start and stop bit.',
  },
  {
    id: 'tty-octet-time-rounded',
    statement: 'KRN-08',
    file: line,
    find: `((run.octets + 1) * BITS_PER_OCTET * 1000) / bitsPerSecond`,
    replace: `(run.octets + 1) * Math.ceil((BITS_PER_OCTET * 1000) / bitsPerSecond)`,
    does: 'Rounds the time of an octet up to a millisecond, so that the error adds up.',
  },
  {
    id: 'tty-idle-line-is-busy',
    statement: 'KRN-08',
    file: line,
    find: `    if (line.stopped || line.waiting.length === 0)
        line.run = null;`,
    replace: `    if (line.stopped)
        line.run = null;
    if (line.waiting.length === 0)
        line.run = { sinceMs: Infinity, octets: 0 };`,
    does: 'Takes an idle line for a busy one, so that nothing leaves after a pause.',
  },
  {
    id: 'tty-stop-cuts-an-octet',
    statement: 'KRN-08',
    file: line,
    find: `    line.stopped = true;`,
    replace: `    line.stopped = true;
    line.run = null;`,
    does: 'Stops in the middle of an octet.',
  },
  {
    id: 'tty-stop-loses-output',
    statement: 'KRN-08',
    file: line,
    find: `    line.stopped = true;`,
    replace: `    line.stopped = true;
    line.waiting.length = 0;`,
    does: 'Discards the output that waits when it is stopped.',
  },
  {
    id: 'tty-stop-ignored',
    statement: 'KRN-08',
    file: line,
    find: `    line.stopped = true;`,
    replace: ``,
    does: 'Takes VSTOP out of the input and goes on sending.',
  },
  {
    id: 'tty-speed-never-changes',
    statement: 'KRN-08',
    file: line,
    find: `    line.bitsPerSecond = bitsPerSecond;`,
    replace: ``,
    does: 'Sends at the speed at which the terminal began.',
  },
];
