/**
 * The window that is offered.
 *
 * It never shrinks, and it grows in steps that are worth a segment. Linux counts what buffers cost and
 * keeps a quarter of the room for that; 4.4BSD and the notes count octets.
 *
 * Source: RFC 9293, section 3.8.6; Linux 2.6.11, net/ipv4/tcp_output.c, __tcp_select_window(),
 * tcp_select_window(), tcp_select_initial_window(); 4.4BSD, netinet/tcp_output.c.
 */
import type { Net } from '../net.ts';
import { MAX_WINDOW } from './constants.ts';
import type { TcpSock } from './tcp-sock.ts';

/** A quarter of a buffer is for what is not data. @kernel tcp_adv_win_scale */
const ADV_WIN_SCALE = 2;
/** Old peers took a window for a signed number. @kernel MAX_TCP_WINDOW */
const MAX_SIGNED_WINDOW = 32_767;
/** The greatest receive buffers there are, of 2.6.11 and of Linux 6. @kernel sysctl_tcp_rmem[2] */
const RMEM_MOST = 174_760;
const RMEM_MOST_6 = 6_291_456;

/** Whether a buffer's octets are counted, or what it costs. */
export function countsOctets({ profile }: Net): boolean {
  return profile === 'notes' || profile === 'bsd-4.4';
}

/** What of a receive buffer of that size can be window. @kernel tcp_win_from_space */
export function windowFromSpace(net: Net, space: number): number {
  return countsOctets(net) ? space : space - (space >> ADV_WIN_SCALE);
}

/** Octets that the peer may still send. @kernel tcp_receive_window */
export function receiveWindow({ rcvWup, rcvWnd, rcvNxt }: TcpSock): number {
  return Math.max(0, (rcvWup + rcvWnd - rcvNxt) | 0);
}

/** Most that fits the header's field. */
function mostOffered(sk: TcpSock): number {
  if (sk.rcvWscale > 0) return MAX_WINDOW * 2 ** sk.rcvWscale;
  return sk.net.profile === 'linux-2.6.11' ? MAX_SIGNED_WINDOW : MAX_WINDOW;
}

/** Room in the receive buffer. @kernel tcp_space */
export function receiveSpace(sk: TcpSock): number {
  return Math.max(0, windowFromSpace(sk.net, sk.rcvbuf - sk.rmemAlloc));
}

/** @kernel tcp_full_space */
export function fullSpace(sk: TcpSock): number {
  return windowFromSpace(sk.net, sk.rcvbuf);
}

/** The window that would be worth offering now. @kernel __tcp_select_window */
export function selectWindow(sk: TcpSock): number {
  return sk.net.profile === 'bsd-4.4' ? selectBsdWindow(sk) : selectLinuxWindow(sk);
}

function selectLinuxWindow(sk: TcpSock): number {
  const full = Math.min(sk.windowClamp, fullSpace(sk));
  const mss = Math.min(sk.ack.rcvMss, full);
  let free = receiveSpace(sk);
  if (free < full >> 1) {
    sk.ack.quick = 0;
    if (free < mss) return 0;
  }
  free = Math.min(free, sk.rcvSsthresh);
  if (sk.rcvWscale > 0) {
    const unit = 2 ** sk.rcvWscale;
    return Math.ceil(free / unit) * unit;
  }
  if (sk.rcvWnd <= free - mss || sk.rcvWnd > free) return Math.floor(free / mss) * mss;
  return sk.rcvWnd;
}

/** @kernel tcp_output of 4.4BSD, silly window */
function selectBsdWindow(sk: TcpSock): number {
  const free = Math.max(0, sk.rcvbuf - sk.rmemAlloc);
  return free < sk.rcvbuf / 4 && free < sk.mss ? 0 : free;
}

/**
 * The window that is offered now, and notes that it was.
 *
 * @returns the field of the header.
 * @kernel tcp_select_window
 */
export function offerWindow(sk: TcpSock): number {
  const current = receiveWindow(sk);
  const wanted = Math.max(current, selectWindow(sk));
  sk.rcvWnd = wanted;
  sk.rcvWup = sk.rcvNxt;
  // A window that does not fill a unit is rounded down where it had to be kept.
  return Math.min(wanted, mostOffered(sk)) >>> sk.rcvWscale;
}

export interface InitialWindow {
  readonly rcvWnd: number;
  readonly windowClamp: number;
  readonly wscale: number;
}

/**
 * Window and scale of a SYN.
 *
 * @param scaling - whether the peer can be told a scale.
 * @kernel tcp_select_initial_window
 */
export function selectInitialWindow(
  sk: TcpSock,
  mss: number,
  clamp: number,
  scaling: boolean,
): InitialWindow {
  const { net } = sk;
  let space = Math.min(fullSpace(sk), clamp === 0 ? Infinity : clamp);
  // A whole number of segments, where there is one.
  if (!countsOctets(net) && space > mss) space = Math.floor(space / mss) * mss;
  const wscale = scaling ? scaleFor(sk, clamp) : 0;
  const most = MAX_WINDOW * 2 ** wscale;
  const field = net.profile === 'linux-2.6.11' ? MAX_SIGNED_WINDOW : MAX_WINDOW;
  let rcvWnd = Math.min(space, field);
  if (!countsOctets(net) && mss > 2 ** wscale) {
    rcvWnd = Math.min(rcvWnd, initialSegments(sk, mss) * mss);
  }
  return { rcvWnd, windowClamp: clamp === 0 ? most : Math.min(clamp, most), wscale };
}

/** Source: RFC 2414; since 2.6.39 ten. */
function initialSegments({ net }: TcpSock, mss: number): number {
  if (net.profile === 'linux-6') return 20;
  if (mss > 1460 * 3) return 2;
  return mss > 1460 ? 3 : 4;
}

/** The greatest receive buffer that the socket can come to have. */
export function mostBuffer({ net, rcvbuf, rcvbufLocked }: TcpSock): number {
  // To 2.6.11 a program that says how large it is to be makes no difference.
  if (net.profile === 'linux-2.6.11') return Math.max(rcvbuf, RMEM_MOST);
  return net.profile === 'linux-6' && !rcvbufLocked ? RMEM_MOST_6 : rcvbuf;
}

/** Large enough for that; none is so large that RFC 7323's bound of 14 would be reached. */
function scaleFor(sk: TcpSock, clamp: number): number {
  const most = mostBuffer(sk);
  let space = clamp === 0 ? most : Math.min(most, clamp);
  let scale = 0;
  for (; space > MAX_WINDOW; scale++) space >>= 1;
  return scale;
}
