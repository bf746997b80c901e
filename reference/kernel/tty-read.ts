/**
 * Reading from a terminal.
 *
 * A cooked read gets at most one line. A raw read waits for VMIN octets, or fewer when fewer are asked
 * for; VTIME bounds the wait: from the call on when VMIN is 0, else from the last octet on, so that it
 * does not begin before there is one. What a reader has to look at wakes it, and it looks at everything
 * anew, the settings too.
 *
 * Source: POSIX.1-2001, 11.1.6, 11.1.7; Linux 2.6.11, drivers/char/n_tty.c, read_chan(); 4.4BSD, kern/tty.c,
 * ttread().
 */
import { failure, success } from '../../contract/index.ts';
import { ERESTARTSYS, type Restartable } from './interrupted-call.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';
import { waitEventTimeout } from './timeouts.ts';
import { inputAvailable, isOn, type Tty } from './tty.ts';

const TENTH_MS = 100;

/** Whether a read need not wait, whatever the time. */
function isEnough(tty: Tty, count: number): boolean {
  if (isOn(tty, 'ICANON')) return tty.lines.length > 0;
  const { VMIN, VTIME } = tty.termios;
  if (VMIN === 0) return VTIME === 0 || tty.typed.length > 0;
  return tty.typed.length >= Math.min(VMIN, count);
}

/** When a raw read that has not enough gives up; Infinity: never. */
function patienceEndsMs(tty: Tty, begunMs: number): number {
  const { VMIN, VTIME } = tty.termios;
  const timed = VTIME > 0 && (VMIN === 0 || tty.typed.length > 0);
  if (isOn(tty, 'ICANON') || !timed) return Infinity;
  return (VMIN === 0 ? begunMs : tty.clock.nowMs) + VTIME * TENTH_MS;
}

function take(tty: Tty, count: number): number[] {
  return isOn(tty, 'ICANON') ? takeLine(tty, count) : tty.typed.splice(0, count);
}

/** The octets of the first line; the mark of an end of file goes with the last of them. */
function takeLine(tty: Tty, count: number): number[] {
  const [line] = tty.lines;
  if (line === undefined) return [];
  const octets = line.octets.splice(0, count);
  const markStays = line.endOfFile && octets.length === count && tty.rules.markOutlivesItsOctets;
  if (line.octets.length === 0 && !markStays) tty.lines.shift();
  return octets;
}

/**
 * @returns the octets; none at an end of file, when time is up, and when the line is hung up.
 * @errors EAGAIN — it would sleep.
 * @kernel read_chan
 */
export function* ttyRead(
  tty: Tty,
  task: Task,
  count: number,
  nonblock: boolean,
): Steps<Restartable<number[], 'EAGAIN'>> {
  const begunMs = tty.clock.nowMs;
  if (count === 0) return success([]);
  while (!tty.hungUp && !isEnough(tty, count)) {
    const some = inputAvailable(tty) > 0;
    if (nonblock) return some ? success(take(tty, count)) : failure('EAGAIN');
    const { changes } = tty;
    const result = yield* waitEventTimeout(
      tty.readers,
      { task, exclusive: true },
      tty.clock,
      patienceEndsMs(tty, begunMs),
      () => tty.changes !== changes,
    );
    if (result === 'timeout') break;
    if (result === 'signal') {
      if (!some || tty.rules.interruptedReadKeepsInput) return ERESTARTSYS;
      break;
    }
  }
  return success(take(tty, count));
}
