/**
 * The states of a connection: those that a segment may leave it in.
 *
 * Where systems have a choice, all that RFC 9293 and its forerunners allow are legal: a reset or a SYN within the
 * window may end the connection or be asked about, an ACK of what was never sent may or may not take a FIN along, and
 * who has data behind its own FIN may be passed over or reset.
 *
 * Source: RFC 9293, section 3.10.7; RFC 5961, sections 3, 4 and 5; RFC 1337; Linux 2.6.11, net/ipv4/tcp_input.c,
 * tcp_rcv_state_process(), of data behind a FIN.
 */
import type { TcpState } from '../../contract/index.ts';
import type { TcpFlag } from '../../harness/packets/index.ts';

/** A segment, in numbers that count from what the connection expects. */
export interface Injected {
  readonly flags: readonly TcpFlag[];
  /** From RCV.NXT to its first number; the one of the peer's SYN where nothing has come yet. */
  readonly sequence: number;
  /** From SND.NXT to what it acknowledges. */
  readonly ack: number;
  /** Octets of data. */
  readonly length: number;
}

/** What the connection has told the peer that it takes. */
export interface Window {
  /** Numbers from RCV.NXT on. */
  readonly offered: number;
  /** Numbers before RCV.NXT that have come, and that the host has not acknowledged. */
  readonly unacknowledged: number;
}

/** States in which our FIN has been sent and not been acknowledged. */
const FIN_UNDER_WAY: readonly TcpState[] = ['FIN_WAIT_1', 'CLOSING', 'LAST_ACK'];
/** States in which the peer's FIN may still come. */
const AFTER_PEERS_FIN: Partial<Record<TcpState, TcpState>> = {
  SYN_RECEIVED: 'CLOSE_WAIT',
  ESTABLISHED: 'CLOSE_WAIT',
  FIN_WAIT_1: 'CLOSING',
  FIN_WAIT_2: 'TIME_WAIT',
};
/** States in which the peer's FIN has come. */
const BEHIND_PEERS_FIN: readonly TcpState[] = ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK'];
/** What the ACK of our FIN, or of our SYN, does. */
const AFTER_OUR_ACK: Partial<Record<TcpState, TcpState>> = {
  SYN_RECEIVED: 'ESTABLISHED',
  FIN_WAIT_1: 'FIN_WAIT_2',
  CLOSING: 'TIME_WAIT',
  LAST_ACK: 'CLOSED',
};

/** The states that a connection may be in when the segment has been dealt with. */
export function legalAfter(
  state: TcpState,
  segment: Injected,
  window: Window,
): ReadonlySet<TcpState> {
  if (state === 'CLOSED' || state === 'LISTEN') return new Set([state]);
  if (state === 'SYN_SENT') return afterSynSent(segment);
  return afterSynchronized(state, segment, window);
}

const has = ({ flags }: Injected, flag: TcpFlag): boolean => flags.includes(flag);

/** Section 3.10.7.3: our SYN is all that was sent. */
function afterSynSent(segment: Injected): ReadonlySet<TcpState> {
  const acks = has(segment, 'ACK');
  if (acks && segment.ack !== 0) return new Set(['SYN_SENT']);
  if (has(segment, 'RST')) return new Set([acks ? 'CLOSED' : 'SYN_SENT']);
  if (!has(segment, 'SYN')) return new Set(['SYN_SENT']);
  // Which of two contradicting flags counts is nowhere said.
  if (has(segment, 'FIN')) {
    return new Set(['SYN_SENT', acks ? 'ESTABLISHED' : 'SYN_RECEIVED', 'CLOSE_WAIT']);
  }
  return new Set([acks ? 'ESTABLISHED' : 'SYN_RECEIVED']);
}

/** Section 3.10.7.4. */
function afterSynchronized(
  state: TcpState,
  segment: Injected,
  window: Window,
): ReadonlySet<TcpState> {
  const legal = new Set<TcpState>();
  // A SYN behind all that was before may begin a new connection; here nobody listens.
  if (state === 'TIME_WAIT' && (has(segment, 'SYN') || has(segment, 'RST'))) {
    return new Set(['TIME_WAIT', 'CLOSED']);
  }
  if (!isAcceptable(segment, window)) {
    legal.add(state);
    if (!isAtEdge(segment, window)) return legal;
  }
  if (has(segment, 'RST')) {
    return new Set(segment.sequence === 0 ? ['CLOSED'] : [state, 'CLOSED']);
  }
  if (has(segment, 'SYN')) {
    legal.add(state);
    legal.add('CLOSED');
    // The SYN may lie before the window, and be trimmed.
    if (segment.sequence >= 0) return legal;
  }
  // One that begins later may be kept until what is before it has come, and its ACK with it.
  if (segment.sequence > 0 || !has(segment, 'ACK')) legal.add(state);
  if (!has(segment, 'ACK')) return legal;
  for (const after of afterAck(state, segment, window)) legal.add(after);
  if (BEHIND_PEERS_FIN.includes(state) && goesOnBehindFin(segment)) legal.add('CLOSED');
  return legal;
}

/** It begins with what has come, and brings data for which there are no numbers left: Linux resets. */
function goesOnBehindFin(segment: Injected): boolean {
  const { sequence, length } = segment;
  return sequence < 0 && sequence + length + (has(segment, 'SYN') ? 1 : 0) > 0;
}

const numbersOf = (segment: Injected): number =>
  segment.length + (has(segment, 'SYN') ? 1 : 0) + (has(segment, 'FIN') ? 1 : 0);

/** It ends where the window begins, or begins where it ends: Linux, who counts from its last ACK, takes it. */
function isAtEdge(segment: Injected, { offered, unacknowledged }: Window): boolean {
  const end = segment.sequence + numbersOf(segment);
  return (end <= 0 && end >= -unacknowledged) || segment.sequence === offered;
}

/** First step: some of it lies in the window. A window is never closed here. */
function isAcceptable(segment: Injected, { offered }: Window): boolean {
  const { sequence } = segment;
  const numbers = numbersOf(segment);
  const inWindow = (number: number) => number >= 0 && number < offered;
  if (numbers === 0) return inWindow(sequence);
  const last = sequence + numbers - 1;
  return inWindow(sequence) || inWindow(last) || (sequence < 0 && last >= offered);
}

/** Fifth and eighth step. */
function afterAck(state: TcpState, segment: Injected, window: Window): TcpState[] {
  const { ack } = segment;
  const finComes = finArrives(segment, window);
  const withFin = (from: TcpState): TcpState => (finComes ? (AFTER_PEERS_FIN[from] ?? from) : from);
  if (ack > 0) return state === 'SYN_RECEIVED' ? [state] : [state, withFin(state)];
  // Of our SYN, or of our FIN: the last number that was sent.
  if (ack === 0) return [withFin(AFTER_OUR_ACK[state] ?? state)];
  // RFC 793 took an ACK of nothing for one of the SYN.
  if (state === 'SYN_RECEIVED') return ack === -1 ? [state, withFin('ESTABLISHED')] : [state];
  // An ACK that is older than any window was may be dropped with all that it comes with.
  return ack < -1 || FIN_UNDER_WAY.includes(state) ? [state, withFin(state)] : [withFin(state)];
}

/** A FIN counts when all before it has come. */
function finArrives(segment: Injected, { offered }: Window): boolean {
  const { sequence, length } = segment;
  const fin = sequence + length + (has(segment, 'SYN') ? 1 : 0);
  return has(segment, 'FIN') && sequence <= 0 && fin >= 0 && fin < offered;
}
