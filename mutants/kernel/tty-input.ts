/** Faults of what a terminal does with its input. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/tty-input';

export const TTY_INPUT: readonly Mutant[] = [
  {
    id: 'tty-serves-half-lines',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file: 'kernel/tty-read',
    find: `        return tty.lines.length > 0;`,
    replace: `        return tty.lines.length > 0 || tty.typed.length > 0;`,
    does: 'Ends a cooked read as soon as something is typed.',
  },
  {
    id: 'tty-lines-run-together',
    statement: 'KRN-08',
    file: 'kernel/tty-read',
    find: `    const octets = line.octets.splice(0, count);`,
    replace: `    for (const next of tty.lines.splice(1))
        line.octets.push(...next.octets);
    const octets = line.octets.splice(0, count);`,
    does: 'Gives a cooked read all the lines that there are.',
  },
  {
    id: 'tty-rest-of-line-lost',
    statement: 'KRN-08',
    file: 'kernel/tty-read',
    find: `if (line.octets.length === 0 && !markStays)`,
    replace: `if (!markStays)`,
    does: 'Drops what a short read has left of its line.',
  },
  {
    id: 'tty-newline-not-read',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-06', 'SCL-05'],
    file,
    find: `endOfFile ? tty.typed : [...tty.typed, octet]`,
    replace: `tty.typed`,
    does: 'Hands over lines without what ended them.',
  },
  {
    id: 'tty-end-of-file-is-input',
    statement: 'KRN-08',
    file,
    find: `endOfFile ? tty.typed : [...tty.typed, octet]`,
    replace: `[...tty.typed, octet]`,
    does: 'Hands over the VEOF character with the line that it ended.',
  },
  {
    id: 'tty-end-of-file-only-when-empty',
    statement: 'KRN-08',
    file,
    find: `const endOfFile = octet === VEOF;`,
    replace: `if (octet === VEOF && tty.typed.length > 0)
        return true;
    const endOfFile = octet === VEOF;`,
    does: 'Ignores VEOF in the middle of a line.',
  },
  {
    id: 'tty-end-of-file-stays',
    statement: 'KRN-08',
    file: 'kernel/tty-read',
    find: `line.endOfFile && octets.length === count && tty.rules.markOutlivesItsOctets`,
    replace: `line.endOfFile && octets.length > 0`,
    does: 'Lets a VEOF that has ended a line make an end of file as well.',
  },
  {
    id: 'tty-end-of-file-for-ever',
    statement: 'KRN-08',
    file: 'kernel/tty-read',
    find: `line.endOfFile && octets.length === count && tty.rules.markOutlivesItsOctets`,
    replace: `line.endOfFile && octets.length === 0`,
    does: 'Tells end of file again and again once VEOF was typed.',
  },
  {
    id: 'tty-erase-crosses-lines',
    statement: 'KRN-08',
    file,
    find: `    const erased = tty.typed.pop();`,
    replace: `    const erased = tty.typed.pop() ?? tty.lines.at(-1)?.octets.pop();`,
    does: 'Erases into a line that was ended already.',
  },
  {
    id: 'tty-erase-is-input',
    statement: 'KRN-08',
    file,
    find: `    if (octet === VERASE)
        erase(tty, octet);
    else`,
    replace: `    `,
    does: 'Knows no erase character.',
  },
  {
    id: 'tty-kill-erases-one',
    statement: 'KRN-08',
    file,
    find: `    tty.typed = [];
    if (!isOn(tty, 'ECHO'))`,
    replace: `    tty.typed.pop();
    if (!isOn(tty, 'ECHO'))`,
    does: 'Takes back one character at VKILL.',
  },
  {
    id: 'tty-kill-crosses-lines',
    statement: 'KRN-08',
    file,
    find: `    tty.typed = [];
    if (!isOn(tty, 'ECHO'))`,
    replace: `    tty.typed = [];
    tty.lines = [];
    if (!isOn(tty, 'ECHO'))`,
    does: 'Takes back all lines at VKILL.',
  },
  {
    id: 'tty-keys-are-fixed',
    statement: 'KRN-08',
    file,
    find: `const { VERASE, VKILL } = tty.termios.characters;`,
    replace: `const VERASE = 0x7f;
    const VKILL = 0x15;`,
    does: 'Erases and kills with DEL and ^U, whatever was set.',
  },
  {
    id: 'tty-no-eol',
    statement: 'KRN-08',
    file,
    find: `octet !== NL && octet !== VEOL && !endOfFile`,
    replace: `octet !== NL && !endOfFile`,
    does: 'Knows no VEOL.',
  },
  {
    id: 'tty-return-not-mapped',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `return isOn(tty, 'ICRNL') ? NL : CR;`,
    replace: `return CR;`,
    does: 'Leaves a carriage return as it is, whatever ICRNL says.',
  },
  {
    id: 'tty-return-always-mapped',
    statement: 'KRN-08',
    file,
    find: `return isOn(tty, 'ICRNL') ? NL : CR;`,
    replace: `return NL;`,
    does: 'Turns a carriage return into a newline in raw mode too.',
  },
  {
    id: 'tty-mapped-twice',
    statement: 'KRN-08',
    file,
    find: `        return isOn(tty, 'ICRNL') ? NL : CR;
    }`,
    replace: `        if (!isOn(tty, 'ICRNL'))
            return CR;
        octet = NL;
    }`,
    does: 'Maps a carriage return to a newline and that back again when ICRNL and INLCR are on.',
  },
  {
    id: 'tty-no-echo',
    statement: 'KRN-08',
    file,
    find: `    if (isOn(tty, 'ECHO'))
        echo(tty, octet);
    tty.typed.push(octet);`,
    replace: `    tty.typed.push(octet);`,
    does: 'Does not echo what is typed.',
  },
  {
    id: 'tty-echoes-always',
    statement: 'KRN-08',
    file,
    find: `    if (isOn(tty, 'ECHO'))
        echo(tty, octet);
    tty.typed.push(octet);`,
    replace: `    echo(tty, octet);
    tty.typed.push(octet);`,
    does: 'Echoes passwords.',
  },
  {
    id: 'tty-echoes-end-of-file',
    statement: 'KRN-08',
    file,
    find: `isOn(tty, 'ECHO') ? !endOfFile :`,
    replace: `isOn(tty, 'ECHO') ? true :`,
    does: 'Echoes the VEOF character.',
  },
  {
    id: 'tty-echonl-ignored',
    statement: 'KRN-08',
    file,
    find: `octet === NL && isOn(tty, 'ECHONL')`,
    replace: `false`,
    does: 'Knows no ECHONL.',
  },
  {
    id: 'tty-erase-shown-as-character',
    statement: 'KRN-08',
    file,
    find: `if (isOn(tty, 'ECHOE'))`,
    replace: `if (false)`,
    does: 'Echoes the erase character and leaves the erased one on the screen.',
  },
  {
    id: 'tty-erase-of-nothing-shown',
    statement: 'KRN-08',
    file,
    find: `if (erased === undefined || !isOn(tty, 'ECHO'))`,
    replace: `if (!isOn(tty, 'ECHO'))`,
    does: 'Moves the cursor back though there was nothing to erase, into the prompt.',
  },
  {
    id: 'tty-kill-not-shown',
    statement: 'KRN-08',
    file,
    find: `    if (isOn(tty, 'ECHOK'))
        opost(tty, NL);`,
    replace: ``,
    does: 'Does not begin a new line on the screen at VKILL.',
  },
  {
    id: 'tty-interrupt-is-input',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `    if (octet === VINTR)
        return 'SIGINT';`,
    replace: ``,
    does: 'Knows no interrupt character.',
  },
  {
    id: 'tty-quit-is-interrupt',
    statement: 'KRN-08',
    file,
    find: `return 'SIGQUIT';`,
    replace: `return 'SIGINT';`,
    does: 'Sends SIGINT for VQUIT.',
  },
  {
    id: 'tty-suspend-is-input',
    statement: 'KRN-08',
    file,
    find: `octet === VSUSP ? 'SIGTSTP' : undefined`,
    replace: `undefined`,
    does: 'Knows no suspend character.',
  },
  {
    id: 'tty-signals-without-isig',
    statement: 'KRN-08',
    file,
    find: `isOn(tty, 'ISIG') ? signalOf(tty, octet) : undefined`,
    replace: `signalOf(tty, octet)`,
    does: 'Sends signals in raw mode too.',
  },
  {
    id: 'tty-signal-keeps-input',
    statement: 'KRN-08',
    file,
    find: `        flushInput(tty);
        if (signal`,
    replace: `        if (signal`,
    does: 'Keeps what was typed before an interrupt character.',
  },
  {
    id: 'tty-signal-keeps-lines',
    statement: 'KRN-08',
    file,
    find: `        flushInput(tty);
        if (signal`,
    replace: `        tty.typed = [];
        if (signal`,
    does: 'Takes back only the line that is being typed at an interrupt character.',
  },
  {
    id: 'tty-signal-keeps-output',
    statement: 'KRN-08',
    file,
    find: `flushOutput(tty);`,
    replace: `void tty;`,
    does: 'Goes on with the output that waits after an interrupt character.',
  },
  {
    id: 'tty-noflsh-ignored',
    statement: 'KRN-08',
    file,
    find: `if (!isOn(tty, 'NOFLSH')) {`,
    replace: `{`,
    does: 'Discards input and output at a signal though NOFLSH is set.',
  },
  {
    id: 'tty-signal-character-is-input-too',
    statement: 'KRN-08',
    file,
    find: `    tty.signals.push(signal);`,
    replace: `    tty.signals.push(signal);
    tty.typed.push(octet);`,
    does: 'Sends the signal and keeps the character as input.',
  },
  {
    id: 'tty-signal-character-echoed',
    statement: 'KRN-08',
    file,
    find: `isOn(tty, 'ECHO') && tty.rules.echoesSignals`,
    replace: `isOn(tty, 'ECHO')`,
    does: 'Echoes the character that sent a signal, as Linux 2.6.11 does not.',
  },
  {
    id: 'tty-flow-control-without-ixon',
    statement: 'KRN-08',
    file,
    find: `if (!isOn(tty, 'IXON') || `,
    replace: `if (`,
    does: 'Stops and starts the output in raw mode too.',
  },
  {
    id: 'tty-flow-control-is-input',
    statement: 'KRN-08',
    file,
    find: `    else
        stopLine(tty.line);
    return true;`,
    replace: `    else
        stopLine(tty.line);
    return false;`,
    does: 'Stops the output and keeps the character as input.',
  },
  {
    id: 'tty-never-starts-again',
    statement: 'KRN-08',
    file,
    find: `        startLine(tty.line, tty.clock.nowMs);`,
    replace: `        void tty;`,
    does: 'Never starts what VSTOP has stopped.',
  },
  {
    id: 'tty-full-line-takes-more',
    statement: 'KRN-08',
    file,
    find: `    if (!hasRoom(tty)) {
        if (isOn`,
    replace: `    if (false) {
        if (isOn`,
    does: 'Keeps lines of any length.',
  },
  {
    id: 'tty-full-line-cannot-end',
    statement: 'KRN-08',
    file,
    find: `inputHeld(tty) >= tty.rules.inputLimit`,
    replace: `inputHeld(tty) >= tty.rules.inputLimit - 1`,
    does: 'Refuses the newline of a full line.',
  },
  {
    id: 'tty-no-bell',
    statement: 'KRN-08',
    file,
    find: `tty.rules.beeps ? BEL : octet`,
    replace: `octet`,
    does: 'Echoes what is typed beyond a full line as if it were kept.',
  },
  {
    id: 'tty-reader-not-woken',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05', 'SCL-06'],
    file,
    find: `    tty.typed = [];
    inputChanged(tty);`,
    replace: `    tty.typed = [];`,
    does: 'Does not wake a reader when a line was ended.',
  },
  {
    id: 'tty-raw-reader-not-woken',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05'],
    file,
    find: `    if (!isOn(tty, 'ICANON'))
        inputChanged(tty);`,
    replace: ``,
    does: 'Does not wake a raw reader.',
  },
  {
    id: 'tty-edits-raw-input',
    statement: 'KRN-08',
    alsoBreaks: ['SCL-05'],
    file,
    find: `if (isOn(tty, 'ICANON') && (editsLine(tty, octet) || endsLine(tty, octet)))`,
    replace: `if (editsLine(tty, octet) || (isOn(tty, 'ICANON') && endsLine(tty, octet)))`,
    does: 'Erases and kills in raw mode too.',
  },
];
