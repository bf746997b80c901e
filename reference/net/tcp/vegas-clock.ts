/**
 * The clock of each segment: Vegas reads it when a segment leaves and when its ACK comes.
 *
 * The timeout is the mean plus twice the mean deviation and a sixteenth more, without any rounding to ticks.
 * An ACK that had to wait for a segment that was sent again says nothing of the path, and measures nothing.
 *
 * Source: JSAC 13(8), section III-A; ns-2, tcp/tcp-vegas.cc; P. Karn on segments that were sent again.
 */
import { EVER_RETRANS, type TcpBuffer } from './buffers.ts';
import type { TcpSock } from './tcp-sock.ts';
import { vegasOf, type VegasClock } from './vegas-state.ts';

/** A buffer has been acknowledged. */
export function noteAcked(sk: TcpSock, buffer: TcpBuffer): void {
  // The SYN is shorter than a segment with data: it crosses the path faster than they can.
  if (buffer.length === 0) return;
  const { clock } = vegasOf(sk);
  if ((buffer.marks & EVER_RETRANS) !== 0) clock.ambiguous = true;
  // No round trip takes no time, whatever the clock says.
  else clock.sample = Math.max(sk.net.clock.now - buffer.sentAt, 1);
}

/** @returns what the ACK at hand has measured; null for nothing. */
export function takeSample(clock: VegasClock): number | null {
  const sample = clock.ambiguous ? null : clock.sample;
  clock.sample = null;
  clock.ambiguous = false;
  if (sample !== null) measure(clock, sample);
  return sample;
}

function measure(clock: VegasClock, rtt: number): void {
  clock.baseRtt = Math.min(clock.baseRtt, rtt);
  if (clock.mean8 === 0) {
    clock.mean8 = 8 * rtt;
    clock.deviation4 = rtt;
  }
  const error = rtt - clock.mean8 / 8;
  clock.mean8 += error;
  clock.deviation4 += Math.abs(error) - clock.deviation4 / 4;
  const timeout = (clock.mean8 / 4 + clock.deviation4) / 2;
  clock.timeout = timeout + timeout / 16;
}

/** Whether a segment has been under way for longer than it should be. */
export function isOverdue(sk: TcpSock, buffer: TcpBuffer): boolean {
  return sk.net.clock.now - buffer.sentAt >= vegasOf(sk).clock.timeout;
}

/** A segment is sent again: the next one is given more time, until a sample says how much. */
export function waitLonger(clock: VegasClock, transmissions: number): void {
  clock.timeout += transmissions > 1 ? clock.timeout : clock.timeout / 8;
}
