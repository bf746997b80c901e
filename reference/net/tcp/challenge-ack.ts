/**
 * Answers to segments that are out of place: in Linux 6 not more than one in half a second.
 *
 * Two ends that disagree about where they are would answer each other without end, and who forges segments could
 * have a host send as many as he likes.
 *
 * Source: RFC 5961, sections 5 and 7; Linux 6.1, net/ipv4/tcp_input.c, tcp_oow_rate_limited(),
 * tcp_send_challenge_ack().
 */
import type { Net } from '../net.ts';
import { SYN } from './constants.ts';
import { tcpSendAck } from './control.ts';
import type { Segment } from './segment.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';

/** Milliseconds. @kernel sysctl_tcp_invalid_ratelimit */
const APART = 500;

/** Whoever answers, and when it did so last. */
export interface Answering {
  readonly net: Net;
  /** Milliseconds; null before the first. @kernel last_oow_ack_time */
  lastOowAck: number | null;
}

/** Whether a segment that is out of place is answered. @kernel tcp_oow_rate_limited */
export function mayAnswer(who: Answering, { seq, endSeq, flags }: Segment): boolean {
  // Data are no part of a quarrel about ACKs.
  return (seq !== endSeq && (flags & SYN) === 0) || mayAnswerAgain(who);
}

/** @kernel __tcp_oow_rate_limited */
function mayAnswerAgain(who: Answering): boolean {
  if (who.net.profile !== 'linux-6') return true;
  const now = timeStamp(who.net);
  if (who.lastOowAck !== null && now - who.lastOowAck < APART) return false;
  who.lastOowAck = now;
  return true;
}

/** Asks the peer whether it was it. @kernel tcp_send_challenge_ack */
export function sendChallengeAck(sk: TcpSock): void {
  if (mayAnswerAgain(sk)) tcpSendAck(sk);
}
