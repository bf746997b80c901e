/**
 * Input of a terminal: what is done with each octet that arrives.
 *
 * An octet is first turned into another (carriage return, newline), then looked at as flow control, then
 * as a signal, then, in cooked mode, as a character that edits or ends the line. What is none of these is
 * input. Each of the four has its flag, so that raw mode is all of them off.
 *
 * Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char(), eraser(), isig(); 4.4BSD, kern/tty.c,
 * ttyinput(). Left out: IEXTEN (word erase, literal next, reprint), parity, holding off the sender when
 * the input is full: what arrives then is lost.
 */
import { startLine, stopLine } from './serial-line.ts';
import { BEL, CR, echo, echoErased, NL, opost } from './tty-output.ts';
import {
  flushInput,
  flushOutput,
  inputChanged,
  inputHeld,
  isOn,
  putChars,
  type Tty,
  type TtySignal,
} from './tty.ts';

/** Octets arrive from the line. @kernel n_tty_receive_buf */
export function ttyReceive(tty: Tty, octets: Iterable<number>): void {
  if (tty.hungUp) return;
  for (const octet of octets) receiveChar(tty, octet);
}

/** @kernel n_tty_receive_char */
function receiveChar(tty: Tty, arrived: number): void {
  const octet = translated(tty, arrived);
  if (octet === undefined || controlsFlow(tty, octet) || raisesSignal(tty, octet)) return;
  if (isOn(tty, 'ICANON') && (editsLine(tty, octet) || endsLine(tty, octet))) return;
  if (!hasRoom(tty)) {
    if (isOn(tty, 'ECHO')) putChars(tty, [tty.rules.beeps ? BEL : octet]);
    return;
  }
  if (isOn(tty, 'ECHO')) echo(tty, octet);
  tty.typed.push(octet);
  if (!isOn(tty, 'ICANON')) inputChanged(tty);
}

/** Carriage return and newline as the settings have them; undefined: ignored. */
function translated(tty: Tty, octet: number): number | undefined {
  if (octet === CR) {
    if (isOn(tty, 'IGNCR')) return undefined;
    return isOn(tty, 'ICRNL') ? NL : CR;
  }
  return octet === NL && isOn(tty, 'INLCR') ? CR : octet;
}

function controlsFlow(tty: Tty, octet: number): boolean {
  const { VSTART, VSTOP } = tty.termios.characters;
  if (!isOn(tty, 'IXON') || (octet !== VSTART && octet !== VSTOP)) return false;
  if (octet === VSTART) startLine(tty.line, tty.clock.nowMs);
  else stopLine(tty.line);
  return true;
}

function signalOf({ termios }: Tty, octet: number): TtySignal | undefined {
  const { VINTR, VQUIT, VSUSP } = termios.characters;
  if (octet === VINTR) return 'SIGINT';
  if (octet === VQUIT) return 'SIGQUIT';
  return octet === VSUSP ? 'SIGTSTP' : undefined;
}

/** A signal also takes back what was typed and what has not been shown. @kernel isig */
function raisesSignal(tty: Tty, octet: number): boolean {
  const signal = isOn(tty, 'ISIG') ? signalOf(tty, octet) : undefined;
  if (signal === undefined) return false;
  if (!isOn(tty, 'NOFLSH')) {
    flushInput(tty);
    if (signal !== 'SIGTSTP' || !tty.rules.suspendKeepsOutput) flushOutput(tty);
  }
  if (isOn(tty, 'ECHO') && tty.rules.echoesSignals) echo(tty, octet);
  tty.signals.push(signal);
  inputChanged(tty);
  return true;
}

/** Erase and kill reach no further back than the line that is being typed. @kernel eraser */
function editsLine(tty: Tty, octet: number): boolean {
  const { VERASE, VKILL } = tty.termios.characters;
  if (octet === VERASE) erase(tty, octet);
  else if (octet === VKILL) kill(tty, octet);
  else return false;
  return true;
}

function erase(tty: Tty, key: number): void {
  const erased = tty.typed.pop();
  if (erased === undefined || !isOn(tty, 'ECHO')) return;
  if (isOn(tty, 'ECHOE')) echoErased(tty, erased);
  else opost(tty, key);
}

function kill(tty: Tty, key: number): void {
  if (tty.typed.length === 0) return;
  tty.typed = [];
  if (!isOn(tty, 'ECHO')) return;
  opost(tty, key);
  if (isOn(tty, 'ECHOK')) opost(tty, NL);
}

/** A newline, VEOL or VEOF makes a line of what was typed. */
function endsLine(tty: Tty, octet: number): boolean {
  const { VEOF, VEOL } = tty.termios.characters;
  const endOfFile = octet === VEOF;
  if (octet !== NL && octet !== VEOL && !endOfFile) return false;
  // On 4.4BSD the end of a line needs room like any other octet, and is refused like one.
  if (!tty.rules.keepsPlaceForEnd && !hasRoom(tty)) return false;
  if (inputHeld(tty) >= tty.rules.inputLimit) return true;
  if (isOn(tty, 'ECHO') ? !endOfFile : octet === NL && isOn(tty, 'ECHONL')) echo(tty, octet);
  tty.lines.push({ octets: endOfFile ? tty.typed : [...tty.typed, octet], endOfFile });
  tty.typed = [];
  inputChanged(tty);
  return true;
}

/** Whether there is room for an octet that ends no line. */
function hasRoom(tty: Tty): boolean {
  const { inputLimit, keepsPlaceForEnd } = tty.rules;
  return inputHeld(tty) < inputLimit - (keepsPlaceForEnd ? 1 : 0);
}
