/**
 * Timestamps, and protection against sequence numbers that have come round.
 *
 * Source: RFC 7323, sections 3 to 5; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_paws_discard(),
 * tcp_disordered_ack(), tcp_replace_ts_recent(); include/net/tcp.h, tcp_paws_check().
 */
import type { Net } from '../net.ts';
import { ACK, PAWS_24_DAYS_S, PAWS_MSL_S, PAWS_WINDOW } from './constants.ts';
import { mayUpdateWindow } from './may-update-window.ts';
import { parseOptions } from './options.ts';
import { SLOW_TICK_MS } from './rtt-bsd.ts';
import type { Segment } from './segment.ts';
import { after } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';

/** The clock that timestamps tell: milliseconds, in 4.4BSD half seconds. */
export function timestampNow(net: Net): number {
  return net.profile === 'bsd-4.4' ? Math.floor(timeStamp(net) / SLOW_TICK_MS) : timeStamp(net);
}

export function secondsNow({ clock }: Net): number {
  return Math.floor(clock.now / 1e9);
}

/** What of timestamps a connection remembers. */
export interface Stamped {
  tsRecent: number;
  tsRecentStamp: number;
}

/** Reads the options of a segment of a connection. @kernel tcp_fast_parse_options */
export function readTimestamps(sk: TcpSock, segment: Segment): void {
  if (segment.options.length === 0 || !sk.timestamps) {
    sk.sawTimestamp = false;
    return;
  }
  const found = parseOptions(segment, { timestamps: true, windowScaling: false });
  sk.sawTimestamp = found.timestamps;
  sk.rcvTsval = found.tsval;
  sk.rcvTsecr = found.tsecr;
}

/** Whether a timestamp is older than what has come before. @kernel tcp_paws_check */
export function pawsRejects(
  { tsRecent, tsRecentStamp }: Stamped,
  tsval: number,
  now: number,
  rst: boolean,
): boolean {
  if (((tsval - tsRecent) | 0) >= 0) return false;
  // A reset from a host that has been started anew is believed after a minute.
  return !(rst && now >= tsRecentStamp + PAWS_MSL_S);
}

/** @kernel tcp_paws_discard */
export function pawsDiscard(sk: TcpSock, segment: Segment): boolean {
  if (!sk.sawTimestamp) return false;
  const behind = (sk.tsRecent - sk.rcvTsval) | 0;
  // Linux lets segments pass that were sent within one tick and overtaken by each other.
  if (behind <= (sk.net.profile === 'bsd-4.4' ? 0 : PAWS_WINDOW)) return false;
  if (secondsNow(sk.net) >= sk.tsRecentStamp + PAWS_24_DAYS_S) return false;
  return !disorderedAck(sk, segment, behind);
}

/**
 * A pure duplicate ACK that was overtaken is harmless, and needed for recovery. 4.4BSD makes no difference.
 *
 * @kernel tcp_disordered_ack
 */
function disorderedAck(sk: TcpSock, segment: Segment, behind: number): boolean {
  const { flags, seq, endSeq, ack, window } = segment;
  return (
    sk.net.profile !== 'bsd-4.4' &&
    (flags & ~8) === ACK &&
    seq === endSeq &&
    seq === sk.rcvNxt &&
    ack === sk.sndUna &&
    !mayUpdateWindow(sk, segment, window * 2 ** sk.sndWscale) &&
    behind <= sk.rtt.rto
  );
}

/** The stamp of the segment that continues what was acknowledged. @kernel tcp_replace_ts_recent */
export function replaceTsRecent(sk: TcpSock, seq: number): void {
  if (!sk.sawTimestamp || after(seq, sk.rcvWup)) return;
  const behind = (sk.tsRecent - sk.rcvTsval) | 0;
  if (behind <= 0 || secondsNow(sk.net) >= sk.tsRecentStamp + PAWS_24_DAYS_S) storeTsRecent(sk);
}

/** @kernel tcp_store_ts_recent */
export function storeTsRecent(sk: TcpSock): void {
  sk.tsRecent = sk.rcvTsval;
  sk.tsRecentStamp = secondsNow(sk.net);
}
