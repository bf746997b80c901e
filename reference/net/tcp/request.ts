/**
 * A request for a connection: what a listening socket keeps of a SYN until the handshake is complete.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, struct open_request.
 */
import type { Net } from '../net.ts';
import type { Segment } from './segment.ts';

export interface OpenRequest {
  readonly net: Net;
  /** The peer's address and port, and the address that it has sent to. */
  readonly raddr: number;
  readonly rport: number;
  readonly laddr: number;
  /** Initial sequence numbers: the peer's and ours. */
  readonly rcvIsn: number;
  readonly sntIsn: number;
  /** The segments that the peer takes, and those that it is told to send. */
  readonly mss: number;
  readonly advmss: number;
  readonly rcvWnd: number;
  readonly windowClamp: number;
  readonly rcvWscale: number;
  /** Undefined where windows are not scaled. */
  readonly sndWscale: number | undefined;
  readonly timestamps: boolean;
  tsRecent: number;
  lastOowAck: number | null;
  /** SYN-ACKs that were sent again. */
  retrans: number;
  /** The handshake is complete, but there was no room. */
  acked: boolean;
  /** Nanoseconds since boot: when it is looked at again, and when it came. */
  expires: number;
  readonly created: number;
  /** False once it is no longer in the queue. */
  waits: boolean;
  next: OpenRequest | null;
}

/** Memory that one takes. @kernel sizeof(struct open_request), on i386; in 4.4BSD socket, inpcb and tcpcb */
const REQUEST_OCTETS = 64;
const BSD_REQUEST_OCTETS = 140 + 84 + 136;

export function requestOctets({ profile }: Net): number {
  return profile === 'bsd-4.4' ? BSD_REQUEST_OCTETS : REQUEST_OCTETS;
}

/** Whether a segment is from who made it. */
export function isFrom(request: OpenRequest, { saddr, sport, daddr }: Segment): boolean {
  return request.rport === sport && request.raddr === saddr && request.laddr === daddr;
}
