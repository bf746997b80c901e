/**
 * SYN cookies: a request that is kept nowhere but in the initial sequence number.
 *
 * The number holds the minute, the peer's MSS as a place in a short table, and a hash over both with a
 * secret, so that the last segment of the handshake proves that the first was answered.
 *
 * Source: D. Bernstein, SYN cookies; Linux 2.6.11, net/ipv4/syncookies.c.
 */
import { addressedTo } from './check-request.ts';
import { advertisedMssTo } from './mss.ts';
import type { OpenRequest } from './request.ts';
import type { Segment } from './segment.ts';
import type { TcpSock } from './tcp-sock.ts';
import { secondsNow } from './timestamp.ts';
import { hashWords } from './tuple-table.ts';
import { selectInitialWindow } from './window.ts';

/** @kernel msstab */
const MSS_TABLE = [64, 256, 512, 536, 1024, 1440, 1460, 4312] as const;

const COOKIE_BITS = 24;
const COOKIE_MASK = (1 << COOKIE_BITS) - 1;

/** Minutes that a cookie is good for. @kernel COUNTER_TRIES */
const COUNTER_TRIES = 4;

const minuteNow = ({ net }: TcpSock): number => Math.floor(secondsNow(net) / 60);

/** A hash over the two ends and a number. @kernel cookie_hash */
function cookieHash(sk: TcpSock, { saddr, sport, daddr, dport }: Segment, count: number): number {
  const ends = hashWords(saddr ^ sk.net.tcp.secret, daddr, (sport << 16) | dport);
  return hashWords(ends, count, 0x5bd1_e995);
}

/** @kernel secure_tcp_syn_cookie */
function makeCookie(
  sk: TcpSock,
  segment: Segment,
  seq: number,
  minute: number,
  data: number,
): number {
  const plain = cookieHash(sk, segment, 0) + seq + (minute << COOKIE_BITS);
  return (plain + ((cookieHash(sk, segment, minute + 1) + data) & COOKIE_MASK)) | 0;
}

/** @returns the place in the table; undefined for what is no cookie of ours. @kernel check_tcp_syn_cookie */
function readCookie(
  sk: TcpSock,
  segment: Segment,
  cookie: number,
  seq: number,
): number | undefined {
  const rest = (cookie - cookieHash(sk, segment, 0) - seq) | 0;
  const now = minuteNow(sk);
  const age = (now - (rest >>> COOKIE_BITS)) & 0xff;
  if (age >= COUNTER_TRIES) return undefined;
  const data = (rest - cookieHash(sk, segment, now - age + 1)) & COOKIE_MASK;
  return data < MSS_TABLE.length ? data : undefined;
}

/** @kernel cookie_v4_init_sequence */
export function cookieInitSequence(sk: TcpSock, segment: Segment, mss: number): number {
  let place = MSS_TABLE.length - 1;
  while (place > 0 && (MSS_TABLE[place] ?? 0) > mss) place -= 1;
  return makeCookie(sk, segment, segment.seq, minuteNow(sk), place);
}

/** Cookies count only while the queue has overflowed just before. */
function overflowedLately(sk: TcpSock): boolean {
  const last = sk.listening?.lastOverflow ?? null;
  if (last === null) return false;
  return secondsNow(sk.net) - last <= Math.ceil(sk.net.tcp.tunables.synackTimeout / 1000);
}

/**
 * An ACK that no request is waiting for.
 *
 * @returns the connection that it completes; the listening socket itself when it completes none.
 * @kernel cookie_v4_check
 */
export function cookieCheck(sk: TcpSock, segment: Segment): TcpSock | null {
  if (!sk.net.tcp.tunables.synCookies || !overflowedLately(sk)) return sk;
  const cookie = (segment.ack - 1) | 0;
  const rcvIsn = (segment.seq - 1) | 0;
  const place = readCookie(sk, segment, cookie, rcvIsn);
  if (place === undefined) return sk;
  const mss = MSS_TABLE[place] ?? 536;
  return addressedTo(sk, segment, requestOf(sk, segment, cookie, rcvIsn, mss));
}

function requestOf(
  sk: TcpSock,
  { saddr, sport, daddr }: Segment,
  sntIsn: number,
  rcvIsn: number,
  mss: number,
): OpenRequest {
  const advmss = advertisedMssTo(sk, saddr, daddr);
  const window = selectInitialWindow(sk, advmss, sk.userWindowClamp, false);
  return {
    net: sk.net,
    raddr: saddr,
    rport: sport,
    laddr: daddr,
    rcvIsn,
    sntIsn,
    mss,
    advmss,
    rcvWnd: window.rcvWnd,
    windowClamp: window.windowClamp,
    rcvWscale: 0,
    sndWscale: undefined,
    timestamps: false,
    tsRecent: 0,
    retrans: 0,
    acked: true,
    created: sk.net.clock.now,
    expires: Infinity,
    lastOowAck: null,
    waits: false,
    next: null,
  };
}
