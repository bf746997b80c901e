/**
 * Output of a terminal: what is done to octets on their way to the line, echo among them.
 *
 * With OPOST a newline becomes carriage return and newline, and the column of the cursor is followed, so
 * that erasing a tab knows how far to go back.
 *
 * Source: Linux 2.6.11, drivers/char/n_tty.c, opost(), echo_char(), eraser(), write_chan(). Left out:
 * tabs turned into spaces, other delays, ECHOCTL: a control character is echoed as it is.
 */
import { failure, success } from '../../contract/index.ts';
import { ERESTARTSYS, type Restartable } from './interrupted-call.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';
import { isOn, outputRoom, putChars, type Tty } from './tty.ts';
import { waitEvent } from './wait-queue.ts';

export const BEL = 0x07;
const BS = 0x08;
const TAB = 0x09;
export const NL = 0x0a;
export const CR = 0x0d;
const SPACE = 0x20;

const TAB_WIDTH = 8;

const isControl = (octet: number): boolean => octet < SPACE || octet === 0x7f;

/** Where the cursor is behind an octet. */
function columnBehind(octet: number, column: number): number {
  if (octet === NL || octet === CR) return octet === CR ? 0 : column;
  if (octet === TAB) return column - (column % TAB_WIDTH) + TAB_WIDTH;
  if (octet === BS) return Math.max(column - 1, 0);
  return isControl(octet) ? column : column + 1;
}

/** Hands one octet to the line. @returns whether there was room. @kernel opost */
export function opost(tty: Tty, octet: number): boolean {
  if (!isOn(tty, 'OPOST')) return putChars(tty, [octet]);
  const octets = octet === NL && isOn(tty, 'ONLCR') ? [CR, NL] : [octet];
  if (!putChars(tty, octets)) return false;
  for (const put of octets) tty.column = columnBehind(put, tty.column);
  return true;
}

/** Echoes an octet of the line that is being typed. @kernel echo_char */
export function echo(tty: Tty, octet: number): void {
  if (tty.typed.length === 0) tty.lineColumn = tty.column;
  opost(tty, octet);
}

/** Takes an octet that was erased off the screen; what remains was typed before it. */
export function echoErased(tty: Tty, erased: number): void {
  if (erased === TAB) {
    const column = tty.typed.reduce((at, octet) => columnBehind(octet, at), tty.lineColumn);
    for (; tty.column > column; tty.column--) putChars(tty, [BS]);
  } else if (!isControl(erased)) {
    putChars(tty, [BS, SPACE, BS]);
    tty.column = Math.max(tty.column - 1, 0);
  }
}

/**
 * @returns how many octets were written: all, or those before a signal or before O_NONBLOCK forbade to sleep.
 * @errors EAGAIN — it would sleep. EIO — the line is hung up.
 * @kernel write_chan
 */
export function* ttyWrite(
  tty: Tty,
  task: Task,
  octets: Uint8Array,
  nonblock: boolean,
): Steps<Restartable<number, 'EAGAIN' | 'EIO'>> {
  for (let written = 0; ;) {
    if (tty.hungUp) return failure('EIO');
    while (written < octets.length && opost(tty, octets[written] ?? 0)) written++;
    if (written === octets.length) return success(written);
    const refusal = nonblock ? failure('EAGAIN') : undefined;
    const roomy = () => outputRoom(tty) > 1 || tty.hungUp;
    const waiter = { task, exclusive: true };
    const ended = refusal ?? (yield* waitEvent(tty.writers, waiter, 'interruptible', roomy));
    if (ended === 'done') continue;
    if (written > 0) return success(written);
    return ended === 'signal' ? ERESTARTSYS : ended;
  }
}
