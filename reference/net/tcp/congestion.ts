/**
 * The place where a congestion control is put in: what TCP tells it, and what it decides.
 *
 * It owns `cwnd` and `ssthresh`, which it counts in octets or in segments, finds losses from
 * duplicate ACKs, and has what is lost sent again.
 *
 * Source: the idea of struct tcp_congestion_ops of Linux 2.6.13.
 */
import type { CongestionControl } from '../../../contract/index.ts';
import type { Sent } from '../netfilter.ts';
import type { TcpBuffer } from './buffers.ts';
import { newReno } from './congestion-newreno.ts';
import { reno, reno1990 } from './congestion-reno.ts';
import { vegas } from './congestion-vegas.ts';
import { vegasLinux } from './congestion-vegas-linux.ts';
import type { TcpSock } from './tcp-sock.ts';

/** What an ACK was like. */
export interface AckEvent {
  readonly priorUna: number;
  /** Buffers that were under way before it, and as the sender counted them. */
  readonly priorPackets: number;
  readonly priorInFlight: number;
  /** Data, not SYN alone, were acknowledged for the first time. */
  readonly dataAcked: boolean;
  /** The segment has data, SYN or FIN of its own. */
  readonly hasData: boolean;
  readonly windowChanged: boolean;
}

export interface CongestionOps {
  readonly name: CongestionControl;
  /** What `cwnd` counts; `ssthresh` is in the same. */
  readonly counts: 'octets' | 'segments';
  /** Whether the congestion window has room for another segment of that many octets. */
  readonly mayTransmit: (sk: TcpSock, octets: number) => boolean;
  /** SND.UNA has moved on. */
  readonly acked: (sk: TcpSock, event: AckEvent) => void;
  /** It has not, although segments are under way. @returns whether the window that it leaves lets new data go at once. */
  readonly notAcked: (sk: TcpSock, event: AckEvent) => boolean;
  /** The oldest segment has timed out; sends it again. @returns 0, or why it did not leave. */
  readonly timedOut: (sk: TcpSock) => Sent;
  readonly restartAfterIdle: (sk: TcpSock) => void;
  /** The own interface has dropped a segment. */
  readonly localDrop: (sk: TcpSock) => void;
  /** A router asks to slow down. */
  readonly quench: (sk: TcpSock) => void;
  /** The path has become too narrow for what is under way: sends that again. */
  readonly resegmented: (sk: TcpSock) => void;
  /** A segment has left, for the first time or again. */
  readonly sent?: (sk: TcpSock, buffer: TcpBuffer) => void;
  /** A buffer has been acknowledged, before it is freed. */
  readonly bufferAcked?: (sk: TcpSock, buffer: TcpBuffer) => void;
}

const CONTROLS: Record<CongestionControl, () => CongestionOps> = {
  'reno-1990': () => reno1990,
  reno: () => reno,
  newreno: () => newReno,
  vegas: () => vegas,
  'vegas-linux': () => vegasLinux,
};

export function congestionControl(name: CongestionControl): CongestionOps {
  return CONTROLS[name]();
}
