/**
 * What Vegas keeps of a connection. Times in nanoseconds, windows in octets.
 *
 * Source: L. Brakmo, L. Peterson, TCP Vegas: End to End Congestion Avoidance on a Global Internet, IEEE
 * JSAC 13(8), 1995; ns-2, tcp/tcp-vegas.cc.
 */
import type { TcpSock } from './tcp-sock.ts';

/** Round trips as the clock of each segment shows them. */
export interface VegasClock {
  /** Least round trip of a segment with data; Infinity before the first. */
  baseRtt: number;
  /** Eight times the mean, and four times the mean deviation. */
  mean8: number;
  deviation4: number;
  /** Age from which on a segment counts as lost; Infinity before the first sample. */
  timeout: number;
  /** Of the ACK at hand: the round trip of the newest segment, and whether one had been sent again. */
  sample: number | null;
  ambiguous: boolean;
}

/** How the window grows until the round trip is over. */
export type Growth = 'none' | 'segment-per-ack' | 'segment-per-round';

/** A round trip: from when a segment leaves, the tag, until its ACK comes. */
export interface VegasRound {
  /** First octet of the tag; null before there is one. */
  tag: number | null;
  since: number;
  /** Samples in it, and their sum. */
  samples: number;
  sum: number;
  growth: Growth;
  /** Octets that were under way when it began, and that have been acknowledged in it. */
  window: number;
  acked: number;
  /** Octets by which the window has grown in it. */
  grown: number;
  /** In slow start every other round trip doubles the window. */
  doubles: boolean;
}

export interface VegasState {
  readonly clock: VegasClock;
  readonly round: VegasRound;
  /** ACKs of new data after which the age of the next segment is still to be looked at. */
  worried: number;
  /** The window without what duplicates have added; null when they have not. */
  deflated: number | null;
  /** What had been sent at a coarse timeout; null when its losses are repaired. */
  recover: number | null;
}

function newState(): VegasState {
  return {
    clock: {
      baseRtt: Infinity,
      mean8: 0,
      deviation4: 0,
      timeout: Infinity,
      sample: null,
      ambiguous: false,
    },
    round: {
      tag: null,
      since: 0,
      samples: 0,
      sum: 0,
      growth: 'none',
      window: 0,
      acked: 0,
      grown: 0,
      doubles: false,
    },
    worried: 0,
    deflated: null,
    recover: null,
  };
}

/** The state of a connection that has Vegas; made when it is first asked for. */
export function vegasOf(sk: TcpSock): VegasState {
  sk.ccState ??= newState();
  return sk.ccState as VegasState;
}
