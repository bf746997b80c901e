/**
 * The sending side of an asynchronous serial line.
 *
 * Octets wait in a queue and leave one after the other, each after a start bit, eight data bits and a
 * stop bit. As long as the line does not fall idle, the n-th octet of such a run has left n times ten bit
 * times after its beginning: reckoned from there, no rounding adds up. Whoever stops the line does so
 * between two octets.
 *
 * Source: Linux 2.6.11, drivers/serial/serial_core.c, 8250.c; include/linux/serial.h, UART_XMIT_SIZE.
 * Left out: the FIFO of the UART. An octet that is leaving when the speed changes begins anew.
 */

/** 8N1: a start bit, eight of data, a stop bit. */
const BITS_PER_OCTET = 10;

/** Octets that may wait. @kernel UART_XMIT_SIZE */
export const XMIT_SIZE = 4096;

/** Writers go on when fewer than these wait. @kernel WAKEUP_CHARS */
export const WAKEUP_CHARS = 256;

export interface SerialLine {
  /** Oldest first; the first of a running line is on its way. */
  readonly waiting: number[];
  /** Octets that have left, until somebody takes note. */
  sent: number[];
  bitsPerSecond: number;
  stopped: boolean;
  /** Since when the line has been busy without a pause, and how many octets have left since. */
  run: { readonly sinceMs: number; octets: number } | null;
}

export function newSerialLine(bitsPerSecond: number): SerialLine {
  return { waiting: [], sent: [], bitsPerSecond, stopped: false, run: null };
}

/** Begins to send unless it does so already or there is a reason not to. */
function beginRun(line: SerialLine, nowMs: number): void {
  const idle = line.stopped || line.waiting.length === 0 || line.bitsPerSecond === 0;
  if (line.run === null && !idle) line.run = { sinceMs: nowMs, octets: 0 };
}

/** Queues octets. @returns how many, as room allows. */
export function lineWrite(line: SerialLine, octets: readonly number[], nowMs: number): number {
  const taken = octets.slice(0, XMIT_SIZE - line.waiting.length);
  line.waiting.push(...taken);
  beginRun(line, nowMs);
  return taken.length;
}

/** When the next octet has left; Infinity on an idle line. */
export function nextLeavingMs({ run, bitsPerSecond }: SerialLine): number {
  if (run === null) return Infinity;
  return run.sinceMs + ((run.octets + 1) * BITS_PER_OCTET * 1000) / bitsPerSecond;
}

/** The first octet has left; the next begins. */
export function octetLeft(line: SerialLine): void {
  line.sent.push(...line.waiting.splice(0, 1));
  if (line.run !== null) line.run.octets++;
  if (line.stopped || line.waiting.length === 0) line.run = null;
}

/** @kernel stop_tty */
export function stopLine(line: SerialLine): void {
  line.stopped = true;
}

/** @kernel start_tty */
export function startLine(line: SerialLine, nowMs: number): void {
  line.stopped = false;
  beginRun(line, nowMs);
}

export function setLineSpeed(line: SerialLine, bitsPerSecond: number, nowMs: number): void {
  if (bitsPerSecond === line.bitsPerSecond) return;
  line.bitsPerSecond = bitsPerSecond;
  line.run = null;
  beginRun(line, nowMs);
}

/** Forgets what waits, but for an octet that is on its way. @kernel uart_flush_buffer */
export function discardWaiting(line: SerialLine): void {
  line.waiting.length = line.run === null ? 0 : 1;
}
