/**
 * TIME_WAIT: what is left of a connection until no segment of it can be under way any more.
 *
 * A small object in the place of the socket. The same object waits for the peer's FIN in FIN_WAIT_2
 * when no program has the socket any more.
 *
 * Source: RFC 9293, section 3.6; RFC 6191; Linux 2.6.11, net/ipv4/tcp_minisocks.c, tcp_time_wait(),
 * tcp_timewait_state_process().
 */
import { enter } from '../../kernel/ftrace.ts';
import { NS_PER_MS } from '../clock.ts';
import type { Net } from '../net.ts';
import { putPort, sharePort } from './bind.ts';
import { mayAnswer } from './challenge-ack.ts';
import { ACK, FIN, RST, SYN } from './constants.ts';
import { lookupListener } from './hash.ts';
import { parseOptions, type SegmentOptions } from './options.ts';
import { sendBare, sendReset } from './reply.ts';
import type { Segment } from './segment.ts';
import { after, before, between } from './seq.ts';
import { tcpDone } from './set-state.ts';
import type { TcpSock } from './tcp-sock.ts';
import { newTimer, startTimer, stopTimer, type LazyTimer } from './timer.ts';
import { pawsRejects, secondsNow, timestampNow } from './timestamp.ts';
import { insertTuple, removeTuple, type Tupled } from './tuple-table.ts';
import { unhash } from './hash.ts';
import { receiveWindow } from './window.ts';

/** @kernel struct tcp_tw_bucket */
export interface TimeWaitSock extends Tupled {
  readonly net: Net;
  state: 'FIN_WAIT_2' | 'TIME_WAIT';
  readonly sourceAddress: number;
  readonly reuseAddress: boolean;
  readonly boundDevice: string | null;
  readonly portLocked: true;
  rcvNxt: number;
  readonly sndNxt: number;
  readonly rcvWnd: number;
  readonly rcvWscale: number;
  readonly timestamps: boolean;
  tsRecent: number;
  tsRecentStamp: number;
  /** Milliseconds that it stays. */
  readonly timeout: number;
  lastOowAck: number | null;
  timer: LazyTimer;
}

/**
 * Puts the small object in the place of a socket, which is then done.
 *
 * @param ms - that it stays in FIN_WAIT_2.
 * @kernel tcp_time_wait
 */
export function tcpTimeWait(sk: TcpSock, state: TimeWaitSock['state'], ms: number): void {
  enter('tcp_time_wait');
  const { net, receiveAddress, sourceAddress, port, daddr, dport } = sk;
  const tw: TimeWaitSock = {
    net,
    state,
    receiveAddress: receiveAddress === 0 ? sourceAddress : receiveAddress,
    sourceAddress,
    port,
    daddr,
    dport,
    hashNext: null,
    reuseAddress: sk.reuseAddress,
    boundDevice: sk.boundDevice,
    portLocked: true,
    rcvNxt: sk.rcvNxt,
    sndNxt: sk.sndMax,
    rcvWnd: receiveWindow(sk),
    rcvWscale: sk.rcvWscale,
    timestamps: sk.timestamps,
    tsRecent: sk.tsRecent,
    tsRecentStamp: sk.tsRecentStamp,
    timeout: net.tcp.tunables.timeWait,
    lastOowAck: null,
    timer: undefined as unknown as LazyTimer,
  };
  tw.timer = newTimer(net.clock, () => deschedule(tw));
  unhash(sk);
  insertTuple(net.tcp.established, tw);
  sharePort(net, port, tw);
  schedule(tw, state === 'TIME_WAIT' ? tw.timeout : ms);
  tcpDone(sk);
}

/** @kernel tcp_tw_schedule */
function schedule({ timer, net }: TimeWaitSock, ms: number): void {
  startTimer(timer, net.clock.now + ms * NS_PER_MS);
}

/** It is over. @kernel tcp_tw_deschedule */
export function deschedule(tw: TimeWaitSock): void {
  stopTimer(tw.timer);
  removeTuple(tw.net.tcp.established, tw);
  putPort(tw);
}

/** @kernel tcp_in_window */
export function inWindow(seq: number, endSeq: number, start: number, end: number): boolean {
  if (seq === start) return true;
  if (after(endSeq, start) && before(seq, end)) return true;
  return seq === end && seq === endSeq;
}

/** What the segment's timestamp says, where timestamps are used. */
function stampOf(tw: TimeWaitSock, segment: Segment): SegmentOptions | null {
  if (!tw.timestamps || segment.options.length === 0) return null;
  const found = parseOptions(segment, { timestamps: true, windowScaling: false });
  return found.timestamps ? found : null;
}

/**
 * A segment comes for a connection that is over.
 *
 * @returns the listening socket that a new SYN goes to, if it may begin a connection anew.
 * @kernel tcp_timewait_state_process
 */
export function timewaitReceive(tw: TimeWaitSock, segment: Segment): TcpSock | undefined {
  enter('tcp_timewait_state_process');
  const stamp = stampOf(tw, segment);
  const rst = (segment.flags & RST) !== 0;
  const old = stamp !== null && pawsRejects(tw, stamp.tsval, secondsNow(tw.net), rst);
  if (tw.state === 'FIN_WAIT_2') {
    finWait2(tw, segment, stamp, old);
    return undefined;
  }
  return timeWait(tw, segment, stamp, old);
}

function remember(tw: TimeWaitSock, stamp: SegmentOptions | null): void {
  if (stamp === null) return;
  tw.tsRecent = stamp.tsval;
  tw.tsRecentStamp = secondsNow(tw.net);
}

function finWait2(
  tw: TimeWaitSock,
  segment: Segment,
  stamp: SegmentOptions | null,
  old: boolean,
): void {
  const { seq, endSeq, flags } = segment;
  if (old || !inWindow(seq, endSeq, tw.rcvNxt, (tw.rcvNxt + tw.rcvWnd) | 0)) {
    // RFC 9293 has no reset answered; Linux does not look here whether it is one.
    const answered = (flags & RST) === 0 || tw.net.profile.startsWith('linux');
    if (answered && mayAnswer(tw, segment)) sendAck(tw);
    return;
  }
  if ((flags & RST) !== 0) {
    deschedule(tw);
    return;
  }
  const syn = (flags & SYN) !== 0 && !before(seq, tw.rcvNxt);
  if (!syn && (!after(endSeq, tw.rcvNxt) || endSeq === seq)) return;
  // Data that nobody will read: the peer is to know.
  if (syn || (flags & FIN) === 0 || endSeq !== ((tw.rcvNxt + 1) | 0)) {
    deschedule(tw);
    sendReset(tw.net, segment);
    return;
  }
  tw.state = 'TIME_WAIT';
  tw.rcvNxt = endSeq;
  remember(tw, stamp);
  schedule(tw, tw.timeout);
  sendAck(tw);
}

function timeWait(
  tw: TimeWaitSock,
  segment: Segment,
  stamp: SegmentOptions | null,
  old: boolean,
): TcpSock | undefined {
  const { seq, endSeq, flags } = segment;
  const rst = (flags & RST) !== 0;
  if (!old && seq === tw.rcvNxt && (seq === endSeq || rst)) {
    if (rst) {
      deschedule(tw);
      return undefined;
    }
    remember(tw, stamp);
    schedule(tw, tw.timeout);
    return undefined;
  }
  if (begins(tw, segment, stamp, old)) {
    const listener = lookupListener(tw.net, segment);
    if (listener !== undefined) {
      deschedule(tw);
      // Beyond all that the old connection can have sent.
      segment.reusedIsn = (tw.sndNxt + 65_535 + 2) | 0 || 1;
      return listener;
    }
  }
  if (!rst) {
    if (old || (flags & ACK) !== 0) schedule(tw, tw.timeout);
    if (mayAnswer(tw, segment)) sendAck(tw);
  }
  return undefined;
}

/** Whether a SYN can only be of a new connection. Source: RFC 6191, section 2. */
function begins(
  tw: TimeWaitSock,
  { flags, seq }: Segment,
  stamp: SegmentOptions | null,
  old: boolean,
): boolean {
  if ((flags & (SYN | RST | ACK)) !== SYN || old) return false;
  return after(seq, tw.rcvNxt) || (stamp !== null && before(tw.tsRecent, stamp.tsval));
}

/** @kernel tcp_v4_timewait_ack */
function sendAck(tw: TimeWaitSock): void {
  sendBare(tw.net, {
    saddr: tw.receiveAddress,
    sport: tw.port,
    daddr: tw.daddr,
    dport: tw.dport,
    seq: tw.sndNxt,
    ack: tw.rcvNxt,
    flags: ACK,
    window: Math.min(tw.rcvWnd >>> tw.rcvWscale, 0xffff),
    timestamps: tw.timestamps ? { tsval: timestampNow(tw.net), tsecr: tw.tsRecent } : null,
  });
}

export { between };
