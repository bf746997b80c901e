/**
 * Terminals: what the parts of the line discipline share.
 *
 * In cooked mode input is kept as complete lines, which readers get one at a time, and the line that is
 * being typed, which alone can be edited. In raw mode there are no lines, and all input is what was typed.
 *
 * Source: Linux 2.6.11, drivers/char/n_tty.c; 4.4BSD, kern/tty.c, whose t_canq and t_rawq these two are.
 */
import {
  discardWaiting,
  lineWrite,
  newSerialLine,
  WAKEUP_CHARS,
  XMIT_SIZE,
  type SerialLine,
} from './serial-line.ts';
import { bitsPerSecond, STANDARD_TERMIOS, type TerminalFlag, type Termios } from './termios.ts';
import type { Timeouts } from './timeouts.ts';
import { wakeUp, type WaitQueue } from './wait-queue.ts';

/** A line that was ended; an end of file is a mark behind its octets, other ends are among them. */
export interface Line {
  readonly octets: number[];
  readonly endOfFile: boolean;
}

export type TtySignal = 'SIGINT' | 'SIGQUIT' | 'SIGTSTP' | 'SIGHUP';

/** What differs between systems. */
export interface TtyRules {
  readonly baudTable: ReadonlySet<number>;
  /** Octets of input that are kept at most. @kernel N_TTY_BUF_SIZE, TTYHOG */
  readonly inputLimit: number;
  /** The last place is kept for the end of a line. */
  readonly keepsPlaceForEnd: boolean;
  /** An octet for which there is no room is answered with a bell. */
  readonly beeps: boolean;
  readonly echoesSignals: boolean;
  /** What VSUSP does to the output that waits. */
  readonly suspendKeepsOutput: boolean;
  /** A read that gets all octets before an end of file leaves the mark to the next one. */
  readonly markOutlivesItsOctets: boolean;
  /** What raw input turns into when cooked mode is switched on. */
  readonly rawInputBecomes: 'typed' | 'line' | 'retyped';
  /** A raw read that a signal interrupts leaves the input that it has seen to the next one. */
  readonly interruptedReadKeepsInput: boolean;
}

/** @kernel struct tty_struct */
export interface Tty {
  termios: Termios;
  /** Oldest first. */
  lines: Line[];
  /** The line that is being typed; in raw mode all input. */
  typed: number[];
  /** Where the cursor is, and where it was when the line that is being typed began. */
  column: number;
  lineColumn: number;
  readonly line: SerialLine;
  readonly clock: Timeouts;
  readonly readers: WaitQueue;
  readonly writers: WaitQueue;
  /** Counts what a sleeping reader has to look at. */
  changes: number;
  /** Signals for the foreground process group, until somebody takes note. */
  signals: TtySignal[];
  /** Octets handed to the line, until somebody takes note. */
  output: number[];
  hungUp: boolean;
  readonly rules: TtyRules;
}

export function newTty(clock: Timeouts, rules: TtyRules): Tty {
  return {
    termios: STANDARD_TERMIOS,
    lines: [],
    typed: [],
    column: 0,
    lineColumn: 0,
    line: newSerialLine(bitsPerSecond(STANDARD_TERMIOS.speed)),
    clock,
    readers: [],
    writers: [],
    changes: 0,
    signals: [],
    output: [],
    hungUp: false,
    rules,
  };
}

export function isOn({ termios }: Tty, flag: TerminalFlag): boolean {
  return termios.flags.has(flag);
}

/** Hands octets to the line. @returns whether there was room; if not, none was. @kernel put_char */
export function putChars(tty: Tty, octets: readonly number[]): boolean {
  if (octets.length > outputRoom(tty)) return false;
  lineWrite(tty.line, octets, tty.clock.nowMs);
  tty.output.push(...octets);
  return true;
}

export const outputRoom = ({ line }: Tty): number => XMIT_SIZE - line.waiting.length;

/** Octets that are kept, an end of file counted as one. */
export function inputHeld({ lines, typed }: Tty): number {
  const held = lines.map(({ octets, endOfFile }) => octets.length + (endOfFile ? 1 : 0));
  return held.reduce((sum, length) => sum + length, typed.length);
}

/** Octets that a reader can have. */
export function inputAvailable(tty: Tty): number {
  if (!isOn(tty, 'ICANON')) return tty.typed.length;
  return tty.lines.reduce((sum, { octets }) => sum + octets.length, 0);
}

/** Has sleeping readers look again. */
export function inputChanged(tty: Tty): void {
  tty.changes++;
  wakeUp(tty.readers, Infinity);
}

/** @kernel n_tty_flush_buffer */
export function flushInput(tty: Tty): void {
  tty.lines = [];
  tty.typed = [];
}

export function flushOutput(tty: Tty): void {
  discardWaiting(tty.line);
  wakeUp(tty.writers, Infinity);
}

/** The line is gone: what waits is lost, and everybody is told. @kernel tty_hangup */
export function hangUp(tty: Tty): void {
  if (tty.hungUp) return;
  tty.hungUp = true;
  flushInput(tty);
  tty.line.waiting.length = 0;
  tty.signals.push('SIGHUP');
  inputChanged(tty);
  wakeUp(tty.writers, Infinity);
}

/** @kernel normal_poll */
export function ttyPoll(tty: Tty): ('IN' | 'OUT' | 'HUP')[] {
  if (tty.hungUp) return ['IN', 'OUT', 'HUP'];
  const { VMIN, VTIME } = tty.termios;
  const wanted = VTIME > 0 ? 1 : Math.max(VMIN, 1);
  const readable = isOn(tty, 'ICANON') ? tty.lines.length > 0 : tty.typed.length >= wanted;
  const writable = tty.line.waiting.length < WAKEUP_CHARS;
  return [...(readable ? (['IN'] as const) : []), ...(writable ? (['OUT'] as const) : [])];
}
