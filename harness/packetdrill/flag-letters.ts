/** TCP flags as letters. */
import type { TcpFlag } from '../packets/index.ts';

/** In the order in which they are written. */
const LETTERS: ReadonlyArray<readonly [letter: string, flag: TcpFlag]> = [
  ['F', 'FIN'],
  ['S', 'SYN'],
  ['R', 'RST'],
  ['P', 'PSH'],
  ['E', 'ECE'],
  ['W', 'CWR'],
  ['U', 'URG'],
  ['.', 'ACK'],
];

export function flagsOf(letters: string): TcpFlag[] {
  return LETTERS.filter(([letter]) => letters.includes(letter)).map(([, flag]) => flag);
}

export function lettersOf(flags: readonly TcpFlag[]): string {
  const set = LETTERS.filter(([, flag]) => flags.includes(flag));
  return set.map(([letter]) => letter).join('');
}
