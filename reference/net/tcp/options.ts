/**
 * Options in the header.
 *
 * Source: RFC 9293, section 3.1, RFC 7323, sections 2 and 3; Linux 2.6.11, net/ipv4/tcp_input.c,
 * tcp_parse_options(); net/ipv4/tcp_output.c, tcp_syn_build_options().
 */
import { be16, be32, octetAt, putBe16, putBe32 } from '../bytes.ts';
import { MAX_WSCALE, SYN } from './constants.ts';
import type { Segment } from './segment.ts';

const EOL = 0;
const NOP = 1;
const MSS = 2;
const WINDOW = 3;
const TIMESTAMP = 8;

/** What a segment's options say. */
export interface SegmentOptions {
  /** 0 where it does not say. */
  mss: number;
  /** Undefined where windows are not scaled. */
  wscale: number | undefined;
  timestamps: boolean;
  tsval: number;
  tsecr: number;
}

/** Which of them mean anything to who reads. */
export interface OptionsWanted {
  readonly timestamps: boolean;
  readonly windowScaling: boolean;
}

/**
 * Reads the options that have the form they should have; behind one whose length lies nothing is read.
 *
 * @kernel tcp_parse_options
 */
export function parseOptions({ options, flags }: Segment, wanted: OptionsWanted): SegmentOptions {
  const found = noOptions();
  const syn = (flags & SYN) !== 0;
  for (let at = 0; at < options.length;) {
    const kind = options[at];
    if (kind === EOL) break;
    if (kind === NOP) {
      at += 1;
      continue;
    }
    const size = octetAt(options, at + 1);
    if (size < 2 || at + size > options.length) break;
    if (kind === MSS && size === 4 && syn) found.mss = be16(options, at + 2);
    if (kind === WINDOW && size === 3 && syn && wanted.windowScaling) {
      found.wscale = Math.min(octetAt(options, at + 2), MAX_WSCALE);
    }
    if (kind === TIMESTAMP && size === 10 && wanted.timestamps) {
      found.timestamps = true;
      found.tsval = be32(options, at + 2) | 0;
      found.tsecr = be32(options, at + 6) | 0;
    }
    at += size;
  }
  return found;
}

export function noOptions(): SegmentOptions {
  return { mss: 0, wscale: undefined, timestamps: false, tsval: 0, tsecr: 0 };
}

/** What a SYN says beside its MSS; null says nothing. */
export interface SynOptions {
  readonly mss: number;
  readonly wscale: number | null;
  readonly timestamps: { readonly tsval: number; readonly tsecr: number } | null;
}

export function synOptionsLength({ wscale, timestamps }: SynOptions): number {
  return 4 + (timestamps === null ? 0 : 12) + (wscale === null ? 0 : 4);
}

/** @kernel tcp_syn_build_options */
export function writeSynOptions(
  bytes: Uint8Array,
  start: number,
  { mss, wscale, timestamps }: SynOptions,
): void {
  bytes[start] = MSS;
  bytes[start + 1] = 4;
  putBe16(bytes, start + 2, mss);
  let at = start + 4;
  if (timestamps !== null) {
    writeTimestamps(bytes, at, timestamps.tsval, timestamps.tsecr);
    at += 12;
  }
  if (wscale !== null) {
    bytes[at] = NOP;
    bytes[at + 1] = WINDOW;
    bytes[at + 2] = 3;
    bytes[at + 3] = wscale;
  }
}

/** With two octets in front that bring the numbers to a word's boundary. @kernel tcp_build_and_update_options */
export function writeTimestamps(bytes: Uint8Array, at: number, tsval: number, tsecr: number): void {
  bytes[at] = NOP;
  bytes[at + 1] = NOP;
  bytes[at + 2] = TIMESTAMP;
  bytes[at + 3] = 10;
  putBe32(bytes, at + 4, tsval);
  putBe32(bytes, at + 8, tsecr);
}
