/**
 * Changing the settings of a terminal.
 *
 * A change takes effect at once, or when all output has left the line, so that what was written under the
 * old settings goes out under them. Between cooked and raw mode the input that nobody has read is kept:
 * lines lose their ends as places to stop at, raw input becomes what the system makes of it.
 *
 * Source: POSIX.1-2001, tcsetattr(); Linux 2.6.11, drivers/char/tty_ioctl.c, set_termios(); n_tty.c,
 * n_tty_set_termios(); Linux 6.18, drivers/tty/n_tty.c; 4.4BSD, kern/tty.c, ttioctl(), ttypend(). A speed
 * of 0 drops the modem's line, and the modem's answer to that, a hang-up, is taken to come at once.
 */
import { failure, success } from '../../contract/index.ts';
import { ERESTARTSYS, type Restartable } from './interrupted-call.ts';
import type { Steps } from './processors.ts';
import { setLineSpeed, startLine } from './serial-line.ts';
import type { Task } from './task.ts';
import { bitsPerSecond, type Termios } from './termios.ts';
import { ttyReceive } from './tty-input.ts';
import { flushInput, hangUp, inputChanged, isOn, type Tty } from './tty.ts';
import { waitEvent } from './wait-queue.ts';

export type WhenToSet = 'TCSANOW' | 'TCSADRAIN' | 'TCSAFLUSH';

type Nothing = Record<string, never>;

/**
 * Waits until all output has left.
 *
 * @errors EIO — the line is hung up.
 * @kernel tty_wait_until_sent
 */
export function* ttyDrain(tty: Tty, task: Task): Steps<Restartable<Nothing, 'EIO'>> {
  const waiter = { task, exclusive: true };
  const idle = () => tty.line.waiting.length === 0;
  const result = yield* waitEvent(tty.writers, waiter, 'interruptible', idle);
  if (result === 'signal') return ERESTARTSYS;
  return tty.hungUp ? failure('EIO') : success({});
}

/** The mark of an end of file, where there are no lines any more: VDISABLE, as it is kept. */
const END_OF_FILE_MARK = 0;

/** @kernel n_tty_set_termios */
function changeMode(tty: Tty, cooked: boolean): void {
  const { typed, lines } = tty;
  tty.typed = [];
  if (!cooked) {
    tty.lines = [];
    const mark = ({ endOfFile }: { endOfFile: boolean }) => (endOfFile ? [END_OF_FILE_MARK] : []);
    tty.typed = [...lines.flatMap((line) => [...line.octets, ...mark(line)]), ...typed];
  } else if (tty.rules.rawInputBecomes === 'retyped') ttyReceive(tty, typed);
  else if (tty.rules.rawInputBecomes === 'typed') tty.typed = typed;
  else if (typed.length > 0) tty.lines = [{ octets: typed, endOfFile: false }];
}

/** @kernel change_termios */
function changeTermios(tty: Tty, termios: Termios): void {
  const wasCooked = isOn(tty, 'ICANON');
  tty.termios = termios;
  const cooked = isOn(tty, 'ICANON');
  if (cooked !== wasCooked) changeMode(tty, cooked);
  setLineSpeed(tty.line, bitsPerSecond(termios.speed), tty.clock.nowMs);
  // Nobody could start again what is stopped.
  if (!isOn(tty, 'IXON')) startLine(tty.line, tty.clock.nowMs);
  if (termios.speed === 0) hangUp(tty);
  else tty.hungUp = false;
  inputChanged(tty);
}

/**
 * @errors EINVAL — there is no such baud rate. EIO — the line was hung up while it waited.
 * @kernel set_termios
 */
export function* ttySet(
  tty: Tty,
  task: Task,
  when: WhenToSet,
  termios: Termios,
): Steps<Restartable<Nothing, 'EINVAL' | 'EIO'>> {
  if (!tty.rules.baudTable.has(termios.speed)) return failure('EINVAL');
  if (when !== 'TCSANOW') {
    const drained = yield* ttyDrain(tty, task);
    if (drained === ERESTARTSYS || !('ok' in drained)) return drained;
  }
  if (when === 'TCSAFLUSH') flushInput(tty);
  changeTermios(tty, termios);
  return success({});
}
