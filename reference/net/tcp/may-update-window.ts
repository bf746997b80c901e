/**
 * Whether a segment says what the peer's window is.
 *
 * The newest does. Of two that are as new as each other the larger counts: the smaller was overtaken, or is taken back.
 *
 * Source: RFC 9293, section 3.10.7.4, fifth; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_may_update_window().
 */
import type { Segment } from './segment.ts';
import { after } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';

/** @kernel tcp_may_update_window */
export function mayUpdateWindow(sk: TcpSock, { ack, seq }: Segment, window: number): boolean {
  if (after(ack, sk.sndUna) || after(seq, sk.sndWl1)) return true;
  // Later than 6.1 it is believed, too, that there is no room at all.
  const larger = window > sk.sndWnd || (window === 0 && sk.net.profile === 'linux-6');
  return seq === sk.sndWl1 && larger;
}
