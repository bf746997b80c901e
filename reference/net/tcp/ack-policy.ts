/**
 * When data are acknowledged: at once, with other data, or a little later.
 *
 * Source: RFC 9293, section 3.8.6.3, RFC 5681, section 4.2; Linux 2.6.11, net/ipv4/tcp_input.c,
 * tcp_event_data_recv(), tcp_measure_rcv_mss(), tcp_incr_quickack(), __tcp_ack_snd_check(),
 * tcp_grow_window(); 4.4BSD, netinet/tcp_input.c, where every second segment is acknowledged.
 */
import type { TcpBuffer } from './buffers.ts';
import { ATO_MIN, MAX_QUICKACKS, PSH, TCP_HEADER } from './constants.ts';
import { tcpSendAck, tcpSendDelayedAck } from './control.ts';
import { headerLengthOf } from './mss.ts';
import { distance } from './seq.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { timerRuns } from './timer.ts';
import { countsOctets, fullSpace, receiveSpace, selectWindow, windowFromSpace } from './window.ts';

/** @kernel tcp_schedule_ack */
export function scheduleAck({ ack }: TcpSock): void {
  ack.scheduled = true;
}

/** 4.4BSD does not favour a connection that has just begun. @kernel tcp_incr_quickack */
function incrQuickack({ ack, rcvWnd, net }: TcpSock): void {
  if (net.profile === 'bsd-4.4') return;
  const quick = Math.max(2, Math.floor(rcvWnd / (2 * ack.rcvMss)));
  if (quick > ack.quick) ack.quick = Math.min(quick, MAX_QUICKACKS);
}

/** @kernel tcp_enter_quickack_mode */
export function enterQuickack(sk: TcpSock): void {
  if (sk.net.profile === 'bsd-4.4') sk.ack.quick = 1;
  else incrQuickack(sk);
  sk.ack.pingpong = false;
  sk.ack.ato = ATO_MIN;
}

/** Data have come in order. @kernel tcp_event_data_recv */
export function dataReceived(sk: TcpSock, buffer: TcpBuffer): void {
  const { ack } = sk;
  const { length, flags } = buffer;
  const now = timeStamp(sk.net);
  scheduleAck(sk);
  measureRcvMss(sk, length, flags);
  if (ack.ato === 0) {
    incrQuickack(sk);
    ack.ato = ATO_MIN;
  } else {
    adaptAto(sk, now - ack.lrcvtime);
  }
  ack.lrcvtime = now;
  if (length >= 128) growWindow(sk, buffer);
}

/** The time that an ACK waits follows the time between segments. */
function adaptAto(sk: TcpSock, gap: number): void {
  const { ack } = sk;
  if (gap <= ATO_MIN / 2) {
    ack.ato = (ack.ato >> 1) + ATO_MIN / 2;
  } else if (gap < ack.ato) {
    ack.ato = Math.min((ack.ato >> 1) + gap, sk.rtt.rto);
  } else if (gap > sk.rtt.rto) {
    // The peer has begun anew after a pause, with a small window.
    incrQuickack(sk);
  }
}

/** @kernel tcp_measure_rcv_mss */
function measureRcvMss(sk: TcpSock, octets: number, flags: number): void {
  const { ack } = sk;
  const last = ack.lastSegSize;
  ack.lastSegSize = 0;
  if (octets >= ack.rcvMss) {
    ack.rcvMss = octets;
    return;
  }
  const withHeader = octets + headerLengthOf(sk);
  const whole = withHeader >= 536 + TCP_HEADER;
  if (whole || (withHeader >= 88 + TCP_HEADER && (flags & PSH) === 0)) {
    ack.lastSegSize = octets;
    if (octets === last) {
      ack.rcvMss = octets;
      return;
    }
  }
  ack.pushed = true;
}

/** The window opens with what the peer has shown to send. @kernel tcp_grow_window */
function growWindow(sk: TcpSock, buffer: TcpBuffer): void {
  if (countsOctets(sk.net)) return;
  if (sk.rcvSsthresh >= sk.windowClamp || sk.rcvSsthresh >= receiveSpace(sk)) return;
  const increment = growth(sk, buffer);
  if (increment === 0) return;
  sk.rcvSsthresh = Math.min(sk.rcvSsthresh + increment, sk.windowClamp);
  sk.ack.quick = Math.max(sk.ack.quick, 1);
}

/**
 * A buffer that costs more than its data are worth does not open the window as far, and the less the wider it is open
 * already.
 *
 * @kernel __tcp_grow_window
 */
function growth(sk: TcpSock, { length, truesize }: TcpBuffer): number {
  let worth = windowFromSpace(sk.net, truesize);
  if (worth <= length) return 2 * sk.advmss;
  for (let window = fullSpace(sk) >> 1; sk.rcvSsthresh <= window; window >>= 1) {
    worth >>= 1;
    if (worth <= length) return 2 * sk.ack.rcvMss;
  }
  return 0;
}

/** Sends the ACK that is owed, or sees that it is sent. @kernel tcp_ack_snd_check */
export function ackSndCheck(sk: TcpSock): void {
  const { ack } = sk;
  if (!ack.scheduled || sk.state === 'CLOSED') return;
  if (goesAtOnce(sk)) tcpSendAck(sk);
  else tcpSendDelayedAck(sk);
}

/** @kernel __tcp_ack_snd_check */
function goesAtOnce(sk: TcpSock): boolean {
  const { ack, timers } = sk;
  if (sk.outOfOrder.head !== null || !sk.net.tcp.tunables.delayedAcks) return true;
  if (sk.net.profile === 'bsd-4.4') {
    const waits = timers !== null && timerRuns(timers.delack);
    return waits || sk.receiveShutdown || ack.quick > 0;
  }
  if (ack.quick > 0 && !ack.pingpong) return true;
  const unacked = distance(sk.rcvWup, sk.rcvNxt);
  return unacked > ack.rcvMss && selectWindow(sk) >= sk.rcvWnd;
}
