/**
 * Names that code in a script may use: those of struct tcp_info that the contract's `tcp-info` tells,
 * and constants. Source: Linux, include/linux/tcp.h.
 */
import type { ValueOf } from '../../contract/port.ts';
import type { PORTS, TcpState } from '../../contract/index.ts';

export type TcpInfo = ValueOf<(typeof PORTS)['tcp-info']['methods']['read']>;

/** As Linux numbers the states. */
const STATES: Readonly<Record<TcpState, readonly [name: string, value: number]>> = {
  ESTABLISHED: ['TCP_ESTABLISHED', 1],
  SYN_SENT: ['TCP_SYN_SENT', 2],
  SYN_RECEIVED: ['TCP_SYN_RECV', 3],
  FIN_WAIT_1: ['TCP_FIN_WAIT1', 4],
  FIN_WAIT_2: ['TCP_FIN_WAIT2', 5],
  TIME_WAIT: ['TCP_TIME_WAIT', 6],
  CLOSED: ['TCP_CLOSE', 7],
  CLOSE_WAIT: ['TCP_CLOSE_WAIT', 8],
  LAST_ACK: ['TCP_LAST_ACK', 9],
  LISTEN: ['TCP_LISTEN', 10],
  CLOSING: ['TCP_CLOSING', 11],
};

/** What a slow start threshold is that has not been set. */
const INFINITE = 0x7fff_ffff;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ...Object.values(STATES),
  ['True', 1],
  ['False', 0],
]);

const us = (ns: number | null): number => (ns ?? 0) / 1000;

/** Windows are octets in the contract and segments in struct tcp_info. */
const segments = (octets: number, { mss }: TcpInfo): number =>
  mss === 0 ? 0 : Math.floor(octets / mss);

const FIELDS: Readonly<Record<string, (info: TcpInfo) => number>> = {
  tcpi_state: ({ state }) => STATES[state][1],
  tcpi_backoff: ({ backoff }) => backoff,
  tcpi_rto: ({ retransmissionTimeout }) => us(retransmissionTimeout),
  tcpi_rtt: ({ smoothedRtt }) => us(smoothedRtt),
  tcpi_rttvar: ({ rttVariation }) => us(rttVariation),
  tcpi_snd_mss: ({ mss }) => mss,
  tcpi_snd_cwnd: (info) => segments(info.congestionWindow, info),
  tcpi_snd_ssthresh: (info) =>
    info.slowStartThreshold === null ? INFINITE : segments(info.slowStartThreshold, info),
  tcpi_snd_wnd: ({ sendWindow }) => sendWindow,
  // Linux alone has struct tcp_info, and it counts them.
  tcpi_total_retrans: ({ retransmits }) => retransmits ?? 0,
};

/** The fields that are told, for messages and for the document. */
export const TOLD_FIELDS: readonly string[] = Object.keys(FIELDS);

export function isKnownName(name: string): boolean {
  return CONSTANTS.has(name) || Object.hasOwn(FIELDS, name);
}

export function isField(name: string): boolean {
  return Object.hasOwn(FIELDS, name);
}

/** @param info - of the connection; undefined where the code asks for nothing of it. */
export function valueOfName(name: string, info: TcpInfo | undefined): number {
  const constant = CONSTANTS.get(name);
  if (constant !== undefined) return constant;
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field === undefined || info === undefined) throw new Error(`"${name}" has no value`);
  return field(info);
}
