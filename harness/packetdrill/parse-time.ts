/** Times, in seconds with a fraction. */
import type { Tokens } from './tokens.ts';

/** Whole microseconds; what is finer is cut off, as packetdrill does. */
export function parseTime(tokens: Tokens): number {
  const { text, place } = tokens.accept('decimal') ?? tokens.expect('integer', undefined, 'a time');
  if (text.startsWith('-')) throw tokens.error(place, 'a time is not negative');
  const [whole = '', fraction = ''] = text.split('.');
  const us = Number(whole) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  if (us <= MOST_US) return us;
  throw tokens.error(place, `${text} s is longer than any run, which ends at ${MOST_US / 1e6} s`);
}

/** As far as the contract's nanoseconds reach. */
const MOST_US = 1_000_000_000_000;
