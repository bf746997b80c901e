/** What all commands share of the terminal. */
import picocolors from 'picocolors';
import type { Verdict } from '../../reports/results.ts';
import type { Progress } from '../run.ts';

/** Colours where the terminal has them; NO_COLOR and FORCE_COLOR are honoured. */
export const colour = picocolors;

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Columns to wrap at. */
export function width(): number {
  return process.stdout.columns ?? 100;
}

const BAR = 30;
const REDRAW_MS = 80;

/** One line that is redrawn on a terminal; elsewhere a plain line now and then. */
export function progressOn(stream: NodeJS.WriteStream): Progress & { clear(): void } {
  let [total, count, bad, drawn, lastTenth] = [0, 0, 0, 0, 0];
  const draw = (): void => {
    const filled = total === 0 ? BAR : Math.round((count / total) * BAR);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
    const failed = bad === 0 ? '' : colour.red(`  ${bad} failed`);
    stream.write(`\r\u001b[2K${bar} ${count}/${total}${failed}`);
  };
  const plain = (): void => {
    const tenth = Math.floor((10 * count) / Math.max(total, 1));
    if (tenth === lastTenth) return;
    lastTenth = tenth;
    stream.write(`${count} of ${total} run${bad === 0 ? '' : `, ${bad} failed`}\n`);
  };
  return {
    started(planned) {
      [total, count, bad, lastTenth] = [planned, 0, 0, 0];
    },
    finished(verdict: Verdict) {
      count += 1;
      if (verdict !== 'pass' && verdict !== 'not-applicable') bad += 1;
      if (!stream.isTTY) return plain();
      const now = performance.now();
      if (now - drawn < REDRAW_MS && count < total) return undefined;
      drawn = now;
      return draw();
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}
