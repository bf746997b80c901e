/**
 * Initial sequence numbers: nobody outside can tell them, and those of one pair of ends grow with time.
 *
 * Source: RFC 6528; Linux 2.6.11, drivers/char/random.c, secure_tcp_sequence_number().
 */
import type { Net } from '../net.ts';
import { hashWords } from './tuple-table.ts';

/** One number for each microsecond. */
const NS_PER_NUMBER = 1000;

export function secureSequenceNumber(
  { tcp, clock }: Net,
  saddr: number,
  daddr: number,
  sport: number,
  dport: number,
): number {
  const hash = hashWords(saddr ^ tcp.secret, daddr, (sport << 16) | dport);
  return (hash + (Math.floor(clock.now / NS_PER_NUMBER) % 2 ** 32)) | 0;
}
